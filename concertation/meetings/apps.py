"""Meetings: schedule, agenda, speaking list, attendance, conclusions."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings of the coalition; `room/` is the media edge."""

    name = "concertation.meetings"
