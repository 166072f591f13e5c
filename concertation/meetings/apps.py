"""Meetings: schedule, agenda, speaking list, attendance, conclusions."""

from django.apps import AppConfig

from concertation.coalition.apps import member_name
from concertation.commitments import origins
from concertation.core import rounds, waiting
from concertation.meetings.enums import Answer, Closing, Level
from concertation.meetings.events import FIELDS, KINDS, SENTENCES
from concertation.pressure import agendas
from concertation.record.events import name_actions, name_fields, name_kinds, name_values


class MeetingsConfig(AppConfig):
    """Meetings of the coalition; `room/` is the media edge."""

    name = "concertation.meetings"

    def ready(self) -> None:
        """Tell home what waits about meetings, the clock loop what to send, and the record how our acts read."""
        from concertation.meetings.briefing import processes  # models are not loaded before this
        from concertation.meetings.conference.pledges import origins_of
        from concertation.meetings.conference.waiting import awaiting_offers
        from concertation.meetings.domain.mailing import send_due_mails
        from concertation.meetings.domain.reminding import send_due_reminders
        from concertation.meetings.tabled import pages_of
        from concertation.meetings.waiting import awaiting_meetings
        from concertation.meetings.waiting_positions import awaiting_positions

        waiting.register(awaiting_meetings)
        waiting.register(awaiting_offers)
        origins.register(origins_of)
        agendas.register(pages_of)
        waiting.register(awaiting_positions)
        rounds.register("meetings.mail", send_due_mails, every=60)
        rounds.register("meetings.reminders", send_due_reminders, every=60)
        rounds.register("meetings.briefing", processes.make_due_book, every=1)
        rounds.register("meetings.briefing_changes", processes.pass_changes_on, every=1)
        name_actions(SENTENCES)
        name_kinds(KINDS)
        name_fields(FIELDS, kind="meeting")
        name_values({"level": dict(Level.choices).get, "answer": dict(Answer.choices).get})
        name_values({"closing": dict(Closing.choices).get, "asked_members": member_name})
