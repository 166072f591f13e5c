"""Forms about contacts: they check the shape of what was typed, the domain functions the rest."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.forms import DayField, LinkField, WordsForm, choose
from concertation.situation.domain.contacts import SUBJECT_LENGTH, ContactPlan
from concertation.situation.domain.readouts import POINT_LENGTH, READOUT_LENGTH
from concertation.situation.enums import Channel, Initiative
from concertation.situation.models import Contact
from concertation.situation.queries.contacts import counterpart_choices
from concertation.situation.queries.parties import our_members

PLANNED, HELD = "planned", "held"


def _time_field() -> forms.TimeField:
    """Return the field of a time of day, in the browser's own clock."""
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=_("Time, if known"), required=False, widget=widget, input_formats=["%H:%M"])


class ContactForm(AudienceForm):
    """A contact that is planned, or was held."""

    when = forms.ChoiceField(
        label=_("The contact"),
        choices=[
            (PLANNED, pgettext_lazy("contact", "is planned")),
            (HELD, pgettext_lazy("contact", "was held")),
        ],
        initial=PLANNED,
        widget=forms.RadioSelect,
    )
    holder = forms.ChoiceField(label=_("Who of ours holds it"))
    counterparts = forms.MultipleChoiceField(label=_("With whom"), widget=forms.CheckboxSelectMultiple)
    day = DayField(label=_("Day"))
    clock_time = _time_field()
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    initiative = forms.ChoiceField(
        label=_("On whose initiative"), choices=Initiative.choices, initial=Initiative.UNKNOWN
    )
    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT_LENGTH)
    members = forms.MultipleChoiceField(
        label=_("Others of ours that take part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    link = LinkField()

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, delegate=delegate, **kwargs)
        members = [(member.pk, member.name) for member in our_members()]
        own = [pair for pair in members if pair[0] == delegate.member_id]
        choose(self, "holder", members if delegate.is_secretariat else own)
        if not delegate.is_secretariat:
            self.fields["holder"].initial, self.fields["holder"].widget = delegate.member_id, forms.HiddenInput()
        choose(self, "members", [pair for pair in members if pair not in own])
        choose(self, "counterparts", [(str(one.pk), one.name) for one in counterpart_choices(delegate)])
        self.fields["day"].initial = clock.now().date()

    @property
    def is_held(self) -> bool:
        """Whether the contact was held already."""
        return bool(self.cleaned_data["when"] == HELD)

    def plan(self) -> ContactPlan:
        """Return what was told."""
        data = self.cleaned_data
        return ContactPlan(
            counterparts=[UUID(key) for key in data["counterparts"]],
            day=data["day"],
            clock_time=data["clock_time"],
            zone=self.delegate.person.time_zone,
            channel=Channel(data["channel"]),
            initiative=Initiative(data["initiative"]),
            subject=data["subject"],
            members=data["members"],
            link=data["link"],
        )


class HeldForm(forms.Form):
    """That a planned contact was held."""

    day = DayField(label=_("Held on"))
    clock_time = _time_field()
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    initiative = forms.ChoiceField(label=_("On whose initiative"), choices=Initiative.choices)

    def __init__(self, data: Any = None, *, contact: Contact) -> None:
        known: dict[str, object] = {
            "day": min(contact.day, clock.now().date()),
            "clock_time": contact.planned_time,
            "channel": contact.channel,
            "initiative": contact.initiative,
        }
        super().__init__(data, initial=known)


class PointForm(AudienceForm):
    """What a delegation wants raised."""

    words = forms.CharField(
        label=_("What do you want raised?"), max_length=POINT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReadoutForm(AudienceForm, WordsForm):
    """What was said, in one language at least."""

    link = LinkField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("words", _("What was said, in %(language)s"), READOUT_LENGTH, rows=5, is_first=True)
