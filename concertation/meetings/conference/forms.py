"""Forms about pledges and the list of requirements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.models import Delegate, Member
from concertation.commitments.deriving import Amount
from concertation.commitments.domain.contributions import TITLE_LENGTH, Offer
from concertation.commitments.domain.requirements import REASON_LENGTH, Need
from concertation.commitments.enums import Approval, Domain, Line, Phase
from concertation.commitments.forms.contributions import condition_choices
from concertation.commitments.forms.fields import QuantityField, capability_choices
from concertation.commitments.models import Capability, Revision
from concertation.commitments.models.catalogue import BASE
from concertation.core import clock
from concertation.core.forms import DayField, choose
from concertation.meetings.domain.pledges import PledgeLimits

Choices = list[tuple[str, Any]]
ANSWER_DAYS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Said:
    """By which member something was said, and in which intervention."""

    member: str
    intervention: UUID | None

    @classmethod
    def of(cls, value: str, members: dict[str, str]) -> "Said":
        """Return what a choice stands for; `members` says whose the interventions are."""
        kind, _colon, key = value.partition(":")
        return cls(key, None) if kind == "m" else cls(members[value], UUID(key))


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class PledgeForm(AudienceForm):
    """What a delegation pledges for a requirement: its words, days and unit are those of the requirement."""

    said = forms.ChoiceField(label=_("Said by"), widget=_select())
    requirement = forms.ChoiceField(label=_("Requirement"))
    quantity = QuantityField(label=_("Quantity"), required=False)
    undisclosed = forms.BooleanField(label=_("undisclosed"), required=False)
    currency = forms.CharField(label=_("Currency"), required=False, min_length=3, max_length=3, initial=BASE)
    title = forms.CharField(label=_("What is offered, in a few words"), max_length=TITLE_LENGTH)
    available_from = DayField(label=_("Available from"))
    conditions = forms.MultipleChoiceField(
        label=_("Only if these conditions hold"), required=False, widget=forms.CheckboxSelectMultiple
    )
    approvals = forms.MultipleChoiceField(
        label=_("Approvals needed"), required=False, choices=Approval.choices, widget=forms.CheckboxSelectMultiple
    )
    areas = forms.CharField(label=_("Not in this area"), required=False, max_length=80)

    def __init__(
        self,
        data: Any,
        *,
        delegate: Delegate,
        said: Choices,
        requirements: Choices,
        need: Revision | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, delegate=delegate, **kwargs)
        self.need = need
        choose(self, "said", said)
        choose(self, "requirement", requirements)
        choose(self, "conditions", condition_choices())
        if need and not need.capability.is_money:
            del self.fields["currency"]

    def clean(self) -> dict[str, Any]:
        """Ask for a figure, or for the word that there is none."""
        super().clean()
        data = self.cleaned_data
        if data.get("quantity") is None and not data.get("undisclosed") and "quantity" not in self.errors:
            self.add_error("quantity", _("Write the figure, or choose that it is undisclosed."))
        return data

    def offer(self) -> Offer:
        """Return the terms, earmarked for the requirement."""
        need = self.need
        assert need is not None
        return Offer(
            line=Line(need.line),
            phase=Phase(need.phase),
            available_to=need.needed_to,
            earmark=need.requirement_id,
            **self._said(need.capability),
        )

    def _said(self, capability: Capability) -> dict[str, Any]:
        """Return the terms that were typed."""
        data = self.cleaned_data
        quantity = None if data["undisclosed"] else data["quantity"]
        return {
            "title": data["title"],
            "capability": capability.pk,
            "amount": Amount(quantity, quantity),
            "currency": (data["currency"].upper() or BASE) if capability.is_money else "",
            "available_from": data["available_from"],
            "approvals": [Approval(name) for name in data["approvals"]],
            "conditions": [UUID(key) for key in data["conditions"]],
        }

    def limits(self) -> PledgeLimits:
        """Return for whom it is, and where it may not serve."""
        area = self.cleaned_data["areas"]
        areas = [area] if area else []
        return PledgeLimits(areas=areas, **self.readers())


class UnaskedForm(PledgeForm):
    """What a delegation pledges that no requirement asks for."""

    line = forms.ChoiceField(label=_("Line of effort"), choices=Line.choices, widget=_select())
    capability = forms.ChoiceField(label=_("Capability"), widget=_select())

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choose(self, "capability", capability_choices())
        self.fields["currency"].label, self.fields["currency"].required = _("Currency, of money"), False

    def offer(self) -> Offer:
        """Return the terms, for no requirement."""
        capability = Capability.objects.get(pk=self.cleaned_data["capability"])
        return Offer(line=Line(self.cleaned_data["line"]), **self._said(capability))


class ListForm(forms.Form):
    """Which requirements are put on screen."""

    line = forms.ChoiceField(label=_("Line of effort"), required=False, choices=[("", _("all")), *Line.choices])
    phase = forms.ChoiceField(label=_("Phase"), required=False, choices=[("", _("all")), *Phase.choices])
    domain = forms.ChoiceField(label=_("Domain"), required=False, choices=[("", _("all")), *Domain.choices])


class NoteForm(forms.Form):
    """Closes a requirement with a note."""

    note = forms.CharField(
        label=_("Note, for everybody"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, is_reason: bool = False) -> None:
        super().__init__(data)
        if is_reason:
            self.fields["note"].label, self.fields["note"].required = _("Reason, for everybody"), True


class AskForm(NoteForm):
    """Asks members again, and by when they are to answer."""

    asked = forms.MultipleChoiceField(
        label=_("Ask these members; all of them when none is chosen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = DayField(label=pgettext_lazy("day", "Answer by"))
    field_order = ["until", "note", "asked"]

    def __init__(self, data: Any = None, *, members: Iterable[Member]) -> None:
        super().__init__(data)
        choose(self, "asked", [(member.pk, member.name) for member in members])
        self.fields["until"].initial = clock.now().date() + ANSWER_DAYS


class ChangeForm(forms.Form):
    """Revises figures and days of a requirement; its words are changed on its own page."""

    quantity = QuantityField(label=_("Quantity"))
    needed_from = DayField(label=_("Needed from"))
    needed_to = DayField(label=_("Needed to"))
    reason = forms.CharField(label=_("Reason for the change, for everybody"), required=False, max_length=REASON_LENGTH)

    def __init__(self, data: Any = None, *, need: Revision) -> None:
        kept = {name: getattr(need, name) for name in ("quantity", "needed_from", "needed_to")}
        super().__init__(data, initial=kept)
        self.revision = need

    def need(self) -> Need:
        """Return what is needed instead."""
        data, before = self.cleaned_data, Need.of(self.revision)
        changed = {name: data[name] for name in ("quantity", "needed_from", "needed_to")}
        return Need(**{**{name: getattr(before, name) for name in Need.__dataclass_fields__}, **changed})
