"""What waits for the holder of the copy, and what its delegation owes by when."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concertation.commitments.queries.briefs import owed_by
from concertation.commitments.queries.members import member_sheet
from concertation.core.briefs import Grid, Section
from concertation.core.waiting import awaiting
from concertation.meetings.briefing.scene import Scene, partial


def parts(scene: Scene) -> Iterator[Section]:
    """Yield the sections."""
    rows = [[thing.title, thing.detail] for thing in awaiting(scene.reader)]
    heading = _("What waits for %(holder)s") % {"holder": scene.reader.person.name}
    grid = Grid([_("What"), _("About")], rows) if rows else None
    yield Section(heading, () if rows else [_("Nothing.")], grid, level=2)
    if scene.member is not None:
        sheet = member_sheet(scene.reader, scene.member)
        owed = owed_by(sheet.entries, scene.member, scene.now.date())
        heading = _("What %(member)s owes by when") % {"member": scene.member.name}
        yield Section(heading, [*owed.sentences, *partial(sheet.hidden)], owed.grid, level=2)
