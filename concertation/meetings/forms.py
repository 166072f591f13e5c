"""Forms about meetings: they check the shape of what was typed, the domain functions the rest."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concertation.coalition.models import Delegate, Member
from concertation.core.forms import DayField, WordsForm, choose
from concertation.core.languages import language_name
from concertation.core.zones import zone_choices
from concertation.meetings.domain.acts import LONGEST_TITLE
from concertation.meetings.domain.agenda import ItemPlan
from concertation.meetings.domain.schedule import MeetingPlan
from concertation.meetings.domain.session import LONGEST_SENTENCE
from concertation.meetings.enums import Level
from concertation.meetings.models import LONGEST_MEETING, AgendaItem, Meeting, MemberInvitation
from concertation.texts.models import Text

SPOKEN = ("en", "fr", "uk", "de", "it", "es", "pl", "nl", "ro", "sv", "nb", "tr")


def spoken_languages() -> list[tuple[str, str]]:
    """Return the languages that may be spoken, by name in the reader's language."""
    return [(code, language_name(code)) for code in SPOKEN]


class SaidForm(WordsForm):
    """A form that says something in one language at least, in the fields of the stem `words`."""

    def clean(self) -> dict[str, Any]:
        """Refuse a form without words in any language."""
        super().clean()
        if not self.errors and not any(word.strip() for word in self.words("words").values()):
            self.add_error(f"words_{settings.LANGUAGES[0][0]}", _("Write it in at least one language."))
        return self.cleaned_data


class MeetingForm(SaidForm):
    """A meeting to schedule or to change."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    day = DayField(label=_("Date"))
    start = forms.TimeField(label=_("Start"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=LONGEST_MEETING, initial=90)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=spoken_languages,
        initial=["en", "fr"],
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.MultipleChoiceField(label=_("Invited"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        if meeting:
            kwargs["initial"] = _facts_of(meeting)
        super().__init__(*args, **kwargs)
        titles = meeting.titles if meeting else {}
        self.add_words("words", _("Title in %(language)s"), LONGEST_TITLE, kept=titles, is_first=True)
        present = [(member.code, member.name) for member in Member.objects.present()]
        choose(self, "members", present)
        self.fields["members"].initial = [code for code, _name in present]

    def clean(self) -> dict[str, Any]:
        """Refuse an hour that a clock change skips or repeats."""
        super().clean()
        if {"day", "start", "zone"} <= self.cleaned_data.keys() and not _is_one_moment(*self._clock()):
            sentence = _("The clocks change in this zone at that hour. Choose another hour, or the zone UTC.")
            self.add_error("start", sentence)
        return self.cleaned_data

    def plan(self) -> MeetingPlan:
        """Return what was decided."""
        data = self.cleaned_data
        day, start, zone = self._clock()
        return MeetingPlan(
            titles=self.words("words"),
            starts_at=datetime.combine(day, start, ZoneInfo(zone)).astimezone(UTC),
            minutes=data["minutes"],
            zone=zone,
            level=Level(data["level"]),
            languages=data["languages"],
            members=data["members"],
        )

    def _clock(self) -> tuple[date, time, str]:
        return self.cleaned_data["day"], self.cleaned_data["start"], self.cleaned_data["zone"]


class ItemForm(SaidForm):
    """An item of the agenda."""

    minutes = forms.IntegerField(label=_("Time in minutes"), min_value=1, max_value=LONGEST_MEETING, initial=15)
    lead = forms.ChoiceField(label=_("Introduced by"), required=False)

    def __init__(self, *args: Any, members: Iterable[Member], item: AgendaItem | None = None, **kwargs: Any) -> None:
        if item:
            kwargs["initial"] = {"minutes": item.minutes, "lead": item.lead_id or ""}
        super().__init__(*args, **kwargs)
        titles = item.titles if item else {}
        self.add_words("words", _("Title in %(language)s"), LONGEST_TITLE, kept=titles, is_first=True)
        choose(self, "lead", [("", _("nobody")), *((member.code, member.name) for member in members)])

    def plan(self) -> ItemPlan:
        """Return what was decided."""
        data = self.cleaned_data
        return ItemPlan(titles=self.words("words"), minutes=data["minutes"], lead=data["lead"] or None)


class DecisionForm(SaidForm):
    """A decision of the meeting."""

    item = forms.ChoiceField(label=_("Under the item"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, items: Sequence[AgendaItem] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("words", _("Decision in %(language)s"), LONGEST_SENTENCE, rows=3, is_first=True)
        rows = AgendaItem.objects.filter(meeting=meeting) if items is None else items
        choose(self, "item", [("", _("none")), *((str(row.pk), f"{row.position}. {row.title}") for row in rows)])
        self.fields["item"].initial = next((str(row.pk) for row in rows if row.running_since), "")

    def item_id(self) -> UUID | None:
        """Return the item that was chosen."""
        chosen = self.cleaned_data["item"]
        return UUID(chosen) if chosen else None


class TextForm(forms.Form):
    """A text that a meeting may take up: one that belongs to no meeting yet."""

    text = forms.ModelChoiceField(label=_("Text"), queryset=Text.objects.none(), empty_label=None)

    def __init__(self, *args: Any, reader: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Text.objects.visible_to(reader).filter(meeting_link=None)


def _facts_of(meeting: Meeting) -> dict[str, object]:
    """Return what a form about `meeting` begins with, on the clock of its zone."""
    local = meeting.starts_local
    return {
        "level": meeting.level,
        "day": local.date(),
        "start": local.time(),
        "zone": meeting.zone,
        "minutes": meeting.minutes,
        "languages": meeting.languages,
        "members": list(
            MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None).values_list("member_id", flat=True)
        ),
    }


def _is_one_moment(day: date, start: time, zone: str) -> bool:
    """Say whether a clock time names exactly one moment in `zone`."""
    local = datetime.combine(day, start, ZoneInfo(zone))
    return local.utcoffset() == local.replace(fold=1).utcoffset()


class StepForm(forms.Form):
    """On which agenda a step of pressure is put, and with how much time."""

    meeting = forms.ModelChoiceField(label=_("Meeting"), queryset=Meeting.objects.none(), empty_label=None)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST_MEETING, initial=15)

    def __init__(self, *args: Any, reader: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["meeting"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Meeting.objects.visible_to(reader).ahead()
        self.has_meetings = chosen.queryset.exists()
