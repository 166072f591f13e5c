"""Forms about the positions that are asked for before a meeting."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from concertation.core.forms import DayField, choose
from concertation.meetings.models import Meeting
from concertation.situation.forms.positions import PositionForm
from concertation.situation.models import Question


class AskForm(forms.Form):
    """Which questions delegations are asked, and until when, on the clocks of the meeting's zone."""

    questions = forms.MultipleChoiceField(label=_("Questions"), widget=forms.CheckboxSelectMultiple)
    day = DayField(label=_("Due on"))
    time = forms.TimeField(label=_("Due at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def __init__(self, data: Any = None, *, meeting: Meeting, questions: list[Question]) -> None:
        before = meeting.starts_local - timedelta(hours=24)
        super().__init__(data, initial={"day": before.date(), "time": before.time().replace(second=0)})
        self.zone = meeting.zone
        choose(self, "questions", [(str(question.pk), question.name) for question in questions])

    def chosen(self) -> list[UUID]:
        """Return the questions that were chosen."""
        return [UUID(key) for key in self.cleaned_data["questions"]]

    def due_at(self) -> datetime:
        """Return the deadline in UTC."""
        data = self.cleaned_data
        return datetime.combine(data["day"], data["time"], ZoneInfo(self.zone)).astimezone(UTC)


class AnswerForm(PositionForm):
    """Where the reader's delegation stands, and why, said today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moves"].label = _("What would move us")
        self.fields["reason"].required = True
        self.fields["said_on"].widget = forms.HiddenInput()
        self.fields["quote"].widget = self.fields["link"].widget = forms.HiddenInput()
        self.fields["language"].label = _("Language of the reason")
