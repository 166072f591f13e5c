"""The form that narrows the record down; what cannot be read as asked is simply not asked for."""

from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.record.events import sentence_of
from concertation.record.queries import Wanted, actions_taken, members_acting


def action_choices() -> list[tuple[str, Any]]:
    """Return the actions that the record holds, in words."""
    named = [(action, sentence_of(action, {})) for action in actions_taken()]
    return [("", pgettext_lazy("acts", "all")), *sorted(named, key=lambda pair: pair[1])]


def member_choices() -> list[tuple[str, Any]]:
    """Return the members that acted, by code; the page shows their names."""
    return [("", pgettext_lazy("members", "all")), *((code, code) for code in members_acting())]


class WantedForm(forms.Form):
    """Which entries a reader looks for; days are days in the reader's time zone."""

    text = forms.CharField(label=_("Words"), required=False, max_length=200)
    action = forms.ChoiceField(label=pgettext_lazy("record", "Act"), required=False, choices=action_choices)
    member = forms.ChoiceField(label=_("Member"), required=False, choices=member_choices)
    since = forms.DateField(
        label=pgettext_lazy("date", "From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(label=pgettext_lazy("date", "To"), required=False, widget=forms.DateInput({"type": "date"}))
    kind = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)
    subject = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """Return what was asked for, as far as it was understood."""
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(
            action=asked.get("action", ""),
            member=asked.get("member", ""),
            subject_kind=asked.get("kind", ""),
            subject_id=asked.get("subject", ""),
            since=_midnight(asked.get("since"), zone),
            before=_midnight(asked.get("until"), zone, days=1),
            text=asked.get("text", ""),
        )


def _midnight(day: date | None, zone: ZoneInfo, *, days: int = 0) -> datetime | None:
    """Return the moment at which the day `days` after `day` begins in `zone`, None outside of any calendar."""
    if day is None or not MINYEAR < day.year < MAXYEAR:
        return None
    return datetime.combine(day + timedelta(days), time(), zone)
