"""The form of a deadline: one of a few round choices, or a date and a time, in a zone."""

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from concertation.core import clock
from concertation.texts.deadlines import CHOICES, proposed_local
from concertation.texts.errors import BadTime

USUAL = "three"


class DeadlineForm(forms.Form):
    """When a silence ends; the domain function checks the moment itself."""

    day = forms.DateField(label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, data: QueryDict | None, *, zones: list[str], local: datetime | None = None) -> None:
        local = local or proposed_local(USUAL, zones[0], now=clock.now())
        initial = {"day": local.date(), "time": local.time(), "zone": zones[0]}
        super().__init__(data, initial=initial, auto_id="deadline-%s")
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = [(name, name.replace("_", " ")) for name in zones]

    def chosen(self) -> tuple[datetime, str]:
        """Return the local time that was chosen, and the zone; raises BadTime."""
        self.full_clean()
        zone: str = self.cleaned_data.get("zone", "")
        choice = str(self.data.get("choice", ""))
        if zone and choice in CHOICES:
            return proposed_local(choice, zone, now=clock.now()), zone
        if not self.is_valid():
            raise BadTime
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]), zone
