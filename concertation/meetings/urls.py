"""Addresses of meetings."""

from django.urls import path

from concertation.meetings.views import calendars

app_name = "meetings"
urlpatterns = [
    path("<uuid:meeting_id>/", calendars.download, name="detail"),
    path("<uuid:meeting_id>/calendar.ics", calendars.download, name="calendar"),
]
