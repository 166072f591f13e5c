"""What stands in the way of proposing a text for adoption."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.texts.enums import Ending
from concertation.texts.languages import language_name
from concertation.texts.models import Holding, Text
from concertation.texts.queries.proposals import proposals_open
from concertation.texts.queries.steps import steps_of


def hindrances(text: Text) -> list[str]:
    """Return, in the reader's words, what has to be settled before `text` can be proposed."""
    return [*brackets_held(text), *_open_proposals(text), *_authentic_versions(text)]


def brackets_held(text: Text) -> list[str]:
    """Return who holds which open brackets, the oldest first, also those whose words were deleted."""
    found: dict[str, tuple[str, list[str]]] = {}
    held = Holding.objects.filter(bracket__text=text, bracket__ending=Ending.OPEN, until=None)
    for holding in held.select_related("member", "bracket").order_by("bracket__placed_at", "bracket_id", "since", "pk"):
        _words, holders = found.setdefault(str(holding.bracket_id), (holding.bracket.words, []))
        holders.append(holding.member.name)
    return [
        _("square brackets around “%(words)s”, held by %(holders)s") % {"words": words, "holders": ", ".join(holders)}
        for words, holders in found.values()
    ]


def _open_proposals(text: Text) -> list[str]:
    """Return how many proposals wait for a decision, if any do."""
    count = proposals_open(text)
    if not count:
        return []
    words = ngettext("%(count)d proposal waits for a decision.", "%(count)d proposals wait for a decision.", count)
    return [words % {"count": count}]


def _authentic_versions(text: Text) -> list[str]:
    """Return in which authentic versions paragraphs are out of step or missing; working translations may lag behind."""
    steps = steps_of(text)
    found = []
    for language in steps.authentic:
        facts = {"language": language_name(language)}
        if out := sum(one.cause.language in steps.authentic for one in steps.out_in(language)):
            found.append(
                ngettext(
                    "%(count)d paragraph in %(language)s is out of step with another authentic version.",
                    "%(count)d paragraphs in %(language)s are out of step with another authentic version.",
                    out,
                )
                % {"count": out, **facts}
            )
        if missing := sum(
            language in one.without and set(steps.places[one.place.paragraph]) & set(steps.authentic) != set()
            for one in steps.lonely
        ):
            found.append(
                ngettext(
                    "%(count)d paragraph has no counterpart in %(language)s.",
                    "%(count)d paragraphs have no counterpart in %(language)s.",
                    missing,
                )
                % {"count": missing, **facts}
            )
    return found
