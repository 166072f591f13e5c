"""Words and drawings for the templates of measures: `{% load pressure %}`."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertation.core.addresses import addresses_of
from concertation.core.words import in_language
from concertation.pressure.aligning import Said
from concertation.pressure.enums import Force, Kind
from concertation.pressure.naming import cell_words, said_name, step_state_name, territory_name
from concertation.pressure.queries.alignment import Row, Table

register = template.Library()
STRONG = mark_safe(' class="strong"')
LETTERS = {Said.APPLIES: "a", Said.PREPARED: "p", Said.NOT: "n", Said.UNKNOWN: "u", Said.NOT_CODED: "c"}

register.filter("territory_name", territory_name)
register.filter("said_name", said_name)
register.filter("step_state_name", step_state_name)


@register.filter
def kind_name(value: str) -> str:
    """Name a type of measure."""
    return str(Kind(value).label)


@register.simple_tag
def alignment_bar(tally: Mapping[Said, int]) -> SafeString:
    """Draw how many stand how as one bar; its label says the same in words."""
    return _bar(tally, tally_words(tally))


def _bar(tally: Mapping[Said, int], label: str) -> SafeString:
    whole = sum(tally.values())
    pieces, left = [], 0.0
    for said, number in tally.items():
        width = 100 * number / whole if whole else 0
        if number:
            kind = said.replace("_", "-")
            pieces.append(f'<rect class="is-{kind}" x="{left:.2f}%" width="{width:.2f}%" height="14"/>')
        left += width
    drawn = mark_safe("".join(pieces))  # noqa: S308  numbers, and words of ours
    return format_html('<svg class="align-bar" height="14" role="img" aria-label="{}">{}</svg>', label, drawn)


@register.simple_tag
def tally_words(tally: Mapping[Said, int]) -> str:
    """Return in words how many stand how; those that nobody stands for are left out."""
    said = [_("%(said)s: %(number)d") % {"said": said_name(one), "number": n} for one, n in tally.items() if n]
    return ", ".join(said) or _("no member")


@register.simple_tag
def links_of(table: Table, query: str) -> dict[UUID, SafeString]:
    """Return a link to each measure, for lists that name many of them many times."""
    address = addresses_of("pressure:measure")
    return {row.measure.pk: _link(row, address, query) for row in table.rows}


@register.simple_tag
def todo_items(missing: Sequence[tuple[Row, Said]], links: Mapping[UUID, SafeString]) -> SafeString:
    """List measures with how a member stands to them; thousands of badges come from the five that there are."""
    marks = badges()
    drawn = [f"<li>{links[row.measure.pk]} {marks[said]}</li>" for row, said in missing]
    return mark_safe("".join(drawn))  # noqa: S308  links and badges are escaped


def badges() -> dict[Said, SafeString]:
    """Return the badge of each answer in the language in use."""
    return _badges(get_language() or "en")


@lru_cache(maxsize=8)
def _badges(_language: str) -> dict[Said, SafeString]:
    return {said: render_to_string("pressure/components/said.html", {"said": said}) for said in Said}


def _link(row: Row, address: Callable[[UUID], str], query: str, weight: str = "") -> SafeString:
    target = address(row.measure.pk) + (f"?{query}" if query else "")
    return format_html('<a{} href="{}">{}</a>', weight, target, row.measure.name)


@register.simple_tag
def matrix_rows(table: Table, query: str) -> SafeString:
    """Draw the rows of the matrix; ten thousand cells are too many for a template, so each comes from a few texts."""
    cells = {
        (said, own): f'<td class="{letter}{"" if own else " k"}">{cell_words(said, own=own)}</td>'
        for said, letter in LETTERS.items()
        for own in (True, False)
    }
    codes = table.codes
    links = links_of(table, query)
    drawn = (_matrix_row(row, codes, cells, links[row.measure.pk]) for row in table.rows)
    return mark_safe("".join(drawn))  # noqa: S308  # every part of it was escaped or is ours


def _matrix_row(row: Row, codes: list[str], cells: Mapping[tuple[Said, bool], str], link: SafeString) -> str:
    """Return one row: its head escaped, its cells from the texts made before."""
    targets = ", ".join(territory_name(code) for code in row.measure.territories[:3])
    head = format_html('<tr><th scope="row">{}<span>{}</span></th>', link, targets)
    state, said = row.state, row.said
    body = "".join([cells[said[code], code not in state or state[code].own] for code in codes])
    return f"{head}{body}</tr>"


@register.simple_tag
def measure_lines(rows: Sequence[Row], query: str) -> SafeString:
    """Draw a line for each measure; hundreds of them share the few badges that there are."""
    address, language = addresses_of("pressure:measure"), get_language() or "en"
    return format_html_join("", "{}", ((_measure_line(row, address, query, language),) for row in rows))


def _measure_line(row: Row, address: Callable[[UUID], str], query: str, language: str) -> SafeString:
    measure = row.measure
    where = ", ".join(territory_name(code) for code in measure.territories)
    about = " · ".join(filter(None, (where, in_language(measure.group or {}), measure.issuer)))
    return format_html(
        '<li class="row-line measure-row"><div class="measure-words">{}<p class="measure-facts">{}</p>'
        '<p class="small muted">{}</p></div><div class="measure-standing">{}{}</div></li>',
        _link(row, address, query, STRONG),
        _facts(tuple(measure.kinds), str(measure.force), measure.gone_at is not None, language),
        about,
        _worded_bar(row.tally) if measure.is_counted else "",
        _partial(row.hidden, language),
    )


def _worded_bar(tally: Mapping[Said, int]) -> SafeString:
    """Draw how many stand how as one bar, with the words below it."""
    words = tally_words(tally)
    return format_html('{}<p class="small">{}</p>', _bar(tally, words), words)


@lru_cache(maxsize=1_000)
def _facts(kinds: tuple[str, ...], force: str, is_gone: bool, _language: str) -> SafeString:
    measure = {"kinds": kinds, "force": force, "get_force_display": Force(force).label, "gone_at": is_gone}
    return render_to_string("pressure/components/facts.html", {"measure": measure})


@lru_cache(maxsize=1_000)
def _partial(hidden: int, _language: str) -> SafeString:
    return render_to_string("pressure/components/partial.html", {"hidden": hidden})
