"""Meetings, their agenda, speaking list and attendance are the truth; mail and calendars mirror them."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.words import in_language
from concertation.meetings.asked import MeetingQuestion as MeetingQuestion  # Django looks for models here
from concertation.meetings.asked import PositionReminder as PositionReminder
from concertation.meetings.briefing.models import Book as Book  # Django looks for models here
from concertation.meetings.conference.models import Conference as Conference  # Django looks for models here
from concertation.meetings.conference.models import ConferenceItem as ConferenceItem
from concertation.meetings.conference.models import Outcome as Outcome
from concertation.meetings.conference.models import Pledge as Pledge
from concertation.meetings.enums import Answer, FloorKind, Level, MailMethod, MeetingStatus
from concertation.meetings.room.models import RoomSeat as RoomSeat  # Django looks for models here
from concertation.texts.models import Text

PRESENT_FOR = timedelta(seconds=75)  # three beats of the room page; a closed laptop is gone after that
LONGEST_MEETING = 24 * 60
EXPECTED_FOR = timedelta(days=1)  # after its start; nobody waits longer for a meeting that was not opened


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by who may see them and by where they stand."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep the meetings to which the delegate's member is invited; the secretariat sees all.

        A member that left, or has not joined again, sees none of those to which it was once invited.
        """
        if delegate.is_secretariat:
            return self
        if delegate.member is None or delegate.member.status in {Status.INVITED, Status.LEFT}:
            return self.none()
        invited = MemberInvitation.objects.filter(member=delegate.member_id, withdrawn_at=None)
        return self.filter(pk__in=invited.values("meeting"))

    def with_answers(self, reader: Delegate) -> Self:
        """Add to each meeting `answer`, what the reader's delegation answered; None without invitation."""
        invitations = MemberInvitation.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None)
        return self.annotate(answer=Subquery(invitations.filter(member=reader.member_id).values("answer")[:1]))

    def with_room(self) -> Self:
        """Add to each meeting its running item, and how many `delegations` are in its room."""
        running = AgendaItem.objects.filter(meeting=OuterRef("pk"), running_since__isnull=False)
        present = Q(attendance__left_at=None, attendance__seen_at__gt=clock.now() - PRESENT_FOR)
        return self.annotate(
            item_titles=Subquery(running.values("titles")[:1]),
            item_position=Subquery(running.values("position")[:1]),
            delegations=Count("attendance__delegate__member", filter=present, distinct=True),
        )

    def running(self) -> Self:
        """Keep those that are open now."""
        return self.filter(opened_at__isnull=False, closed_at=None)

    def upcoming(self) -> Self:
        """Keep those that are open or still to be opened, the nearest first."""
        return self.filter(closed_at=None, cancelled_at=None).order_by("starts_at", "pk")

    def ahead(self) -> Self:
        """Keep those that are open or can still be expected, the nearest first."""
        expected = Q(opened_at__isnull=False) | Q(starts_at__gt=clock.now() - EXPECTED_FOR)
        return self.upcoming().filter(expected)

    def overdue(self) -> Self:
        """Keep those that nobody opened and nobody expects any more."""
        return self.upcoming().filter(opened_at=None, starts_at__lte=clock.now() - EXPECTED_FOR)

    def past(self) -> Self:
        """Keep those that were closed or cancelled, the latest first."""
        over = Q(closed_at__isnull=False) | Q(cancelled_at__isnull=False)
        return self.filter(over).order_by("-starts_at", "pk")


class Meeting(models.Model):
    """One meeting by video; its status is derived from the moments it was opened, closed or cancelled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    titles = models.JSONField()  # language code -> title
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)  # IANA name of the zone in which it was convened
    level = models.CharField(max_length=32, choices=Level.choices)
    languages = models.JSONField(default=list)  # codes of the languages spoken and written
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    uid = models.CharField(max_length=255, unique=True)  # of the iCalendar event, kept for ever
    sequence = models.PositiveIntegerField(default=0)  # of the iCalendar event, raised by every change
    changed_at = models.DateTimeField()  # of what the invitation says
    revision = models.PositiveIntegerField(default=0)  # raised by every act in the room, which it serialises
    sources = models.JSONField(default=list)

    objects = MeetingQuerySet.as_manager()

    if TYPE_CHECKING:  # set by with_answers and by with_room
        answer: str | None
        item_titles: dict[str, str] | None
        item_position: int | None
        delegations: int

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_MEETING), name="meeting_lasts_up_to_a_day"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="meeting_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(opened_at=None), name="meeting_is_cancelled_before_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.titles)

    @property
    def status(self) -> MeetingStatus:
        """Where the meeting stands."""
        if self.cancelled_at:
            return MeetingStatus.CANCELLED
        if self.closed_at:
            return MeetingStatus.CLOSED
        return MeetingStatus.OPEN if self.opened_at else MeetingStatus.SCHEDULED

    @property
    def is_open(self) -> bool:
        """Whether the meeting is in session."""
        return self.status == MeetingStatus.OPEN

    @property
    def ends_at(self) -> datetime:
        """When the meeting is due to end."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def due_at(self) -> datetime:
        """When the time planned for the meeting is used up: it runs from the opening, however late that was."""
        return (self.opened_at or self.starts_at) + timedelta(minutes=self.minutes)

    @property
    def starts_local(self) -> datetime:
        """The start in the zone in which the meeting was convened."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))


class AgendaItem(models.Model):
    """One item of the agenda; the chair may come back to it, so its time is summed over its runs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField()  # language code -> title
    lead = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField()  # time budget
    began_at = models.DateTimeField(null=True)  # first start
    running_since = models.DateTimeField(null=True)  # start of the present run
    spent = models.PositiveIntegerField(default=0)  # seconds of earlier runs
    ended_at = models.DateTimeField(null=True)  # end of the latest run
    sources = models.JSONField(default=list)

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "meeting", condition=Q(running_since__isnull=False), name="one_item_runs_a_meeting"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="item_has_time"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.titles)

    def seconds_at(self, moment: datetime) -> float:
        """Return how long the item had been discussed up to `moment` of its present run."""
        if self.running_since is None:
            return self.spent
        return self.spent + (moment - self.running_since) / timedelta(seconds=1)

    @property
    def seconds(self) -> float:
        """How long the item has been discussed up to now."""
        return self.seconds_at(clock.now())


class MemberInvitation(models.Model):
    """A member's invitation to a meeting and its delegation's answer."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="meeting_invitations")
    answer = models.CharField(max_length=16, choices=Answer.choices, default=Answer.NONE)
    answered_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-member__is_co_chair", "member__order", "member_id"]
        constraints = [models.UniqueConstraint("meeting", "member", name="one_invitation_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.answer}"


class MeetingText(models.Model):
    """A text that a meeting works on: its owner meeting; the text itself says who may read it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="text_links")
    text = models.OneToOneField(Text, on_delete=models.PROTECT, related_name="meeting_link")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.text_id)


class InvitationMail(models.Model):
    """The last calendar message that a delegate was sent; when it lags behind the meeting, one is due."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="mails")
    delegate = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=8, choices=MailMethod.choices)
    sequence = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "delegate", name="one_mail_state_a_delegate")]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence}"


class FloorRequestQuerySet(models.QuerySet["FloorRequest"]):
    """Requests by where they stand."""

    def waiting(self) -> Self:
        """Keep those in the speaking list, in its order: points of order first."""
        waiting = self.filter(given_at=None, withdrawn_at=None)
        return waiting.order_by("-is_point_of_order", "position", "asked_at", "pk")

    def running(self) -> Self:
        """Keep those who have the floor now."""
        return self.filter(given_at__isnull=False, ended_at=None)

    def heard(self) -> Self:
        """Keep those who had the floor, or have it, in the order in which they spoke."""
        return self.filter(given_at__isnull=False).order_by("given_at", "pk")


class FloorRequest(models.Model):
    """A delegation's request for the floor; given, it is an intervention, from `given_at` to `ended_at`.

    waiting → running → ended; waiting → withdrawn. A request still waiting at the end was not heard.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="floor_requests")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    is_point_of_order = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = FloorRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                condition=Q(given_at__isnull=False, ended_at=None),
                name="one_delegation_has_the_floor",
            ),
            models.UniqueConstraint(
                "meeting",
                "member",
                "is_point_of_order",
                condition=Q(given_at=None, withdrawn_at=None),
                name="one_waiting_request_a_delegation",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(given_at=None), name="withdrawn_requests_were_not_heard"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")),
                name="interventions_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ({self.kind})"

    @property
    def kind(self) -> FloorKind:
        """A statement or a point of order."""
        return FloorKind.POINT_OF_ORDER if self.is_point_of_order else FloorKind.STATEMENT

    @property
    def seconds(self) -> float:
        """How long the intervention lasted, or has lasted up to now; 0 before the floor is given."""
        if self.given_at is None:
            return 0
        return ((self.ended_at or clock.now()) - self.given_at) / timedelta(seconds=1)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Stays in the room by whether they last."""

    def present(self) -> Self:
        """Keep the stays of those whose room page was heard of lately."""
        return self.filter(left_at=None, seen_at__gt=clock.now() - PRESENT_FOR)


class Attendance(models.Model):
    """One stay of a delegate in the room; a stay whose page fell silent ended when it was last seen."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.UniqueConstraint("meeting", "delegate", condition=Q(left_at=None), name="one_stay_at_a_time"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("came_at")), name="people_leave_after_they_come"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate_id} from {self.came_at}"


class Decision(models.Model):
    """Something the meeting decided, as one sentence in each of its languages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, related_name="+")
    sentences = models.JSONField()  # language code -> sentence
    noted_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return in_language(self.sentences)
