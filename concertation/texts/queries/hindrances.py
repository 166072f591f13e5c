"""What stands in the way of proposing a text for adoption."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.texts.enums import Ending
from concertation.texts.models import Holding, Text
from concertation.texts.queries.proposals import proposals_open


def hindrances(text: Text) -> list[str]:
    """Return, in the reader's words, what has to be settled before `text` can be proposed."""
    return [*brackets_held(text), *_open_proposals(text)]


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
