"""Square brackets in HTML for readers without the editor, in the look that the editor gives them. No words are lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concertation.texts.blocks import Run
from concertation.texts.reading import BracketSpan

NOTHING = SafeString("")


@dataclass(slots=True)
class Cursor:
    """Goes through the linear text of a paragraph with the brackets that stand in it."""

    brackets: Sequence[BracketSpan]
    at: int = 0

    def pieces(self, run: Run) -> Iterator[tuple[str, Run, bool]]:
        """Yield `run` cut where brackets begin and end: what opens before a piece, the piece, whether it is in any.

        Closing brackets come with an empty piece.
        """
        words, begin = run["text"], self.at
        end = begin + len(words)
        cuts = sorted({begin, end, *(cut for cut in self._edges() if begin < cut < end)})
        for first, last in pairwise(cuts):
            inside = any(one.start <= first and last <= one.end for one in self.brackets)
            piece: Run = {**run, "text": words[first - begin : last - begin]}
            yield self._opening(first), piece, inside
            yield self._closing(last), {"text": ""}, False
        self.at = end

    def _edges(self) -> Iterator[int]:
        for one in self.brackets:
            yield from (one.start, one.end)

    def _opening(self, at: int) -> SafeString:
        """Return the signs of the brackets that begin at a place, the longest first."""
        begin = sorted((one for one in self.brackets if one.start == at), key=lambda one: -one.end)
        return format_html_join("", '<span class="bracket-sign" id="bracket-{}">[</span>', ((one.id,) for one in begin))

    def _closing(self, at: int) -> SafeString:
        """Return the signs of the brackets that end at a place, with what belongs to each, the innermost first."""
        end = sorted((one for one in self.brackets if one.end == at), key=lambda one: -one.start)
        return format_html_join("", "{}", ((end_of(one),) for one in end))


def end_of(bracket: BracketSpan) -> SafeString:
    """Return what stands at the end of a bracket: alternatives, the sign, who holds it, what was changed in it."""
    others = format_html_join(
        "",
        '<span class="bracket-other"> / {}{}</span>',
        ((other.words, _codes(other.members, _("supported by"))) for other in bracket.alternatives),
    )
    changed = (
        format_html(' <span class="bracket-changed">({}: “{}”)</span>', _("changed; bracketed were"), bracket.held)
        if bracket.held
        else NOTHING
    )
    own = _codes(bracket.supporters, _("supported by"))
    holders = _codes(bracket.holders, _("bracket held by"))
    return format_html('{}{}<span class="bracket-sign">]</span>{}{}', own, others, holders, changed)


def _codes(members: Sequence[str], meaning: str) -> SafeString:
    """Return the codes of members, raised, with what they mean for those who do not see that."""
    if not members:
        return NOTHING
    return format_html(
        '<sup class="bracket-codes"><span class="visually-hidden">{} </span>{}</sup>', meaning, " ".join(members)
    )
