"""Forms about meetings: they check the shape of what was typed, the domain functions the rest."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from concertation.coalition.models import Delegate, Member
from concertation.meetings.domain.acts import LONGEST_TITLE
from concertation.meetings.domain.agenda import ItemPlan
from concertation.meetings.domain.schedule import MeetingPlan
from concertation.meetings.domain.session import LONGEST_SENTENCE
from concertation.meetings.enums import Level
from concertation.meetings.models import LONGEST_MEETING, AgendaItem, Meeting, MemberInvitation
from concertation.texts.models import Text

SPOKEN = ("en", "fr", "uk", "de", "it", "es", "pl", "nl", "ro", "sv", "nb", "tr")


def zone_choices() -> list[tuple[str, str]]:
    """Return the time zones of places."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    return [(zone, zone.replace("_", " ")) for zone in zones]


def language_choices() -> list[tuple[str, str]]:
    """Return the languages that may be spoken, by name in the reader's language."""
    names = Locale.parse(get_language() or "en", sep="-").languages
    return [(code, names[code]) for code in SPOKEN]


class WordsForm(forms.Form):
    """A form that begins with the same words in each language of the interface."""

    words_label = _("Title in %(language)s")
    longest = LONGEST_TITLE
    widget: type[forms.Widget] = forms.TextInput

    def __init__(self, *args: Any, known: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known or {}
        rest = dict(self.fields)
        self.fields.clear()
        for code, _name in settings.LANGUAGES:
            self.fields[f"words_{code}"] = forms.CharField(
                label=self.words_label % {"language": get_language_info(code)["name_translated"]},
                required=False,
                max_length=self.longest,
                initial=self.known.get(code, ""),
                widget=self.widget(attrs={"lang": code}),
            )
        self.fields.update(rest)

    def words(self) -> dict[str, str]:
        """Return what was written by language; what is kept in other languages stays."""
        return {
            **self.known,
            **{code: self.cleaned_data.get(f"words_{code}", "") for code, _name in settings.LANGUAGES},
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a form without words in any language."""
        super().clean()
        if not self.errors and not any(word.strip() for word in self.words().values()):
            self.add_error(f"words_{settings.LANGUAGES[0][0]}", _("Write it in at least one language."))
        return self.cleaned_data


class MeetingForm(WordsForm):
    """A meeting to schedule or to change."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    start = forms.TimeField(label=_("Start"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=LONGEST_MEETING, initial=90)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        initial=["en", "fr"],
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.MultipleChoiceField(label=_("Invited"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        if meeting:
            kwargs["initial"] = _facts_of(meeting)
        super().__init__(*args, known=meeting.titles if meeting else None, **kwargs)
        present = [(member.code, member.name) for member in Member.objects.present()]
        members = self.fields["members"]
        assert isinstance(members, forms.MultipleChoiceField)
        members.choices = present
        members.initial = [code for code, _name in present]

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
            titles=self.words(),
            starts_at=datetime.combine(day, start, ZoneInfo(zone)).astimezone(UTC),
            minutes=data["minutes"],
            zone=zone,
            level=Level(data["level"]),
            languages=data["languages"],
            members=data["members"],
        )

    def _clock(self) -> tuple[date, time, str]:
        return self.cleaned_data["day"], self.cleaned_data["start"], self.cleaned_data["zone"]


class ItemForm(WordsForm):
    """An item of the agenda."""

    minutes = forms.IntegerField(label=_("Time in minutes"), min_value=1, max_value=LONGEST_MEETING, initial=15)
    lead = forms.ChoiceField(label=_("Introduced by"), required=False)

    def __init__(self, *args: Any, members: Iterable[Member], item: AgendaItem | None = None, **kwargs: Any) -> None:
        if item:
            kwargs["initial"] = {"minutes": item.minutes, "lead": item.lead_id or ""}
        super().__init__(*args, known=item.titles if item else None, **kwargs)
        lead = self.fields["lead"]
        assert isinstance(lead, forms.ChoiceField)
        lead.choices = [("", _("nobody")), *((member.code, member.name) for member in members)]

    def plan(self) -> ItemPlan:
        """Return what was decided."""
        data = self.cleaned_data
        return ItemPlan(titles=self.words(), minutes=data["minutes"], lead=data["lead"] or None)


class DecisionForm(WordsForm):
    """A decision of the meeting."""

    words_label = _("Decision in %(language)s")
    longest = LONGEST_SENTENCE
    widget = forms.Textarea
    item = forms.ChoiceField(label=_("Under the item"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, items: Sequence[AgendaItem] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = AgendaItem.objects.filter(meeting=meeting) if items is None else items
        item = self.fields["item"]
        assert isinstance(item, forms.ChoiceField)
        item.choices = [("", _("none")), *((str(row.pk), f"{row.position}. {row.title}") for row in rows)]
        item.initial = next((str(row.pk) for row in rows if row.running_since), "")
        for code, _name in settings.LANGUAGES:
            self.fields[f"words_{code}"].widget.attrs["rows"] = 3

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
        chosen.queryset = Meeting.objects.visible_to(reader).upcoming()
        self.has_meetings = chosen.queryset.exists()
