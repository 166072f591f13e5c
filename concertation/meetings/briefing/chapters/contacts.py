"""Who spoke to whom outside since the last meeting, what was said and heard, and which contacts are planned."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from concertation.core.briefs import Grid, Section
from concertation.core.words import in_language
from concertation.meetings.briefing.scene import Scene, day, names, partial
from concertation.situation.enums import Stance
from concertation.situation.models import Readout
from concertation.situation.queries.contacts import ContactLine, Heard, contacts_for


def parts(scene: Scene) -> Iterator[Section]:
    """Yield what was held, the readouts, what is planned."""
    found = contacts_for(scene.reader)
    held = [line for line in found.held if line.contact.day >= scene.since]
    said = [scene.since_words, *partial(found.hidden)]
    if not held:
        said.append(_("No contact that the holder of this copy may know of."))
    yield Section(_("Contacts that were held"), said, _grid(held), level=2)
    told = _readouts(scene, held)
    for line in held:
        if line.contact.pk in told:
            heading = f"{day(line.contact.day)}: {line.contact.subject}"
            yield Section(heading, in_language(told[line.contact.pk].words).splitlines(), level=2)
    if found.planned:
        yield Section(_("Contacts that are planned"), (), _grid(found.planned), level=2)


def _grid(lines: Sequence[ContactLine]) -> Grid | None:
    if not lines:
        return None
    headers = [_("Day"), _("Of ours"), _("With"), _("How"), _("About"), _("Position heard")]
    return Grid(headers, [_row(line) for line in lines])


def _row(line: ContactLine) -> list[str]:
    contact = line.contact
    return [
        day(contact.day),
        names(contact.members.all()),
        ", ".join(one.name for one in contact.counterparts.all()),
        contact.get_channel_display(),
        contact.subject,
        "; ".join(_heard(heard) for heard in line.heard) or "–",
    ]


def _heard(heard: Heard) -> str:
    """Write a position that was heard, and since when it has been the same."""
    said = heard.statement
    words = {
        "question": said.question.name,
        "stance": Stance(said.stance).label,
        "day": day(heard.unchanged_since) if heard.unchanged_since else "",
    }
    if heard.unchanged_since:
        return _("%(question)s: %(stance)s, unchanged since %(day)s") % words
    return _("%(question)s: %(stance)s") % words


def _readouts(scene: Scene, lines: Sequence[ContactLine]) -> Mapping[UUID, Readout]:
    """Return the last readout of each contact that the reader may read."""
    rows = Readout.objects.visible_to(scene.reader).filter(contact__in=[line.contact.pk for line in lines])
    return {row.contact_id: row for row in rows.order_by("number")}
