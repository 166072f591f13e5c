"""Forms about what members offer, and about what happens to it."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate, Member
from concertation.commitments.deriving import Amount
from concertation.commitments.domain.contributions import TITLE_LENGTH, Announcement, Offer
from concertation.commitments.domain.facts import REFERENCE_LENGTH, Happening
from concertation.commitments.enums import Approval, CaveatKind, FactKind, Line, Phase
from concertation.commitments.forms.fields import LinesField, QuantityField, capability_choices
from concertation.commitments.models import Capability, Requirement, Terms
from concertation.commitments.models.catalogue import BASE
from concertation.core import clock
from concertation.core.forms import Choices, DayField, LinkField, choose
from concertation.core.words import TEXT_LENGTH
from concertation.situation.models import Condition

UNDISCLOSED, EXACT, RANGE = "undisclosed", "exact", "range"


class OfferForm(forms.Form):
    """The terms of a contribution; with `terms`, other terms in their place."""

    title = forms.CharField(label=_("What is offered, in a few words"), max_length=TITLE_LENGTH)
    line = forms.ChoiceField(label=_("Line of effort"), choices=Line.choices)
    capability = forms.ChoiceField(label=_("Capability"))
    known = forms.ChoiceField(
        label=_("How much"),
        choices=[(EXACT, _("a figure")), (RANGE, _("between two figures")), (UNDISCLOSED, _("undisclosed"))],
        widget=forms.RadioSelect,
        initial=EXACT,
    )
    low = QuantityField(label=_("Quantity, or at least"), required=False)
    high = QuantityField(label=_("At most"), required=False)
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Of money, by three letters. Empty: EUR.")
    )
    available_from = DayField(label=_("Available from"))
    available_to = DayField(label=_("Available to"), required=False)
    readiness = forms.IntegerField(
        label=_("Notice to move, in days"), required=False, min_value=0, max_value=3_650, initial=0
    )
    tour = forms.IntegerField(label=_("Tour, in months"), required=False, min_value=1, max_value=600)
    rest = forms.IntegerField(label=_("Rest between tours, in months"), required=False, min_value=0, max_value=600)
    due_on = DayField(label=_("To be delivered by"), required=False)
    expires_on = DayField(label=_("The pledge expires on, unless renewed"), required=False)
    approvals = forms.MultipleChoiceField(
        label=_("Approvals needed"), required=False, choices=Approval.choices, widget=forms.CheckboxSelectMultiple
    )
    conditions = forms.MultipleChoiceField(
        label=_("Only if these conditions hold"), required=False, widget=forms.CheckboxSelectMultiple
    )
    phase = forms.ChoiceField(label=_("Phase"), required=False, choices=[("", _("any")), *Phase.choices])
    earmark = forms.ChoiceField(label=_("Earmarked for"), required=False)
    details = forms.CharField(
        label=_("Details"), required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    link = LinkField()
    valid_from = DayField(label=_("In force from"), required=False, help_text=_("Empty: from today on."))

    def __init__(self, data: Any = None, *, terms: Terms | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=_terms_initial(terms) if terms else initial)
        self.terms = terms
        choose(self, "capability", capability_choices(kept=terms.capability_id if terms else ""))
        choose(self, "conditions", condition_choices())
        choose(self, "earmark", [("", "–"), *_requirement_choices()])

    def clean(self) -> dict[str, Any]:
        """Ask for the figures that the choice promises."""
        super().clean()
        data = self.cleaned_data
        wanted = {EXACT: ["low"], RANGE: ["low", "high"], UNDISCLOSED: []}[data.get("known", UNDISCLOSED)]
        for name in wanted:
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Write the figure, or choose that it is undisclosed."))
        return data

    def offer(self) -> Offer:
        """Return what was typed."""
        data = self.cleaned_data
        capability = Capability.objects.get(pk=data["capability"])
        low = None if data["known"] == UNDISCLOSED else data["low"]
        return Offer(
            title=data["title"],
            line=Line(data["line"]),
            capability=capability.pk,
            amount=Amount(low, data["high"] if data["known"] == RANGE else low),
            currency=(data["currency"].upper() or BASE) if capability.is_money else "",
            available_from=data["available_from"],
            available_to=data["available_to"],
            readiness=data["readiness"] or 0,
            tour=data["tour"],
            rest=data["rest"],
            due_on=data["due_on"],
            expires_on=data["expires_on"],
            approvals=[Approval(name) for name in data["approvals"]],
            conditions=[UUID(key) for key in data["conditions"]],
            phase=data["phase"],
            earmark=UUID(data["earmark"]) if data["earmark"] else None,
            details=data["details"],
            link=data["link"],
        )


class AnnouncementForm(AudienceForm):
    """By whom, when and for whom something is announced."""

    members = forms.MultipleChoiceField(label=_("Offered by"), widget=forms.CheckboxSelectMultiple)
    day = DayField(label=_("Announced on"))
    evidence = forms.CharField(
        label=_("Where and how it was announced"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, delegate: Delegate, initial: dict[str, Any] | None = None) -> None:
        own = [delegate.member_id] if delegate.member_id else []
        initial = {"members": own, "day": clock.now().date(), **(initial or {})}
        super().__init__(data, delegate=delegate, initial=initial)
        offering = Member.objects.present().filter(status__in=[Status.MEMBER, Status.PARTNER])
        choose(self, "members", [(member.pk, member.name) for member in offering])

    def announcement(self) -> Announcement:
        """Return what was typed."""
        data = self.cleaned_data
        return Announcement(data["day"], data["members"], evidence=data["evidence"], **self.readers())


class FactForm(forms.Form):
    """Something that happened to a contribution: the day, and what shows it."""

    day = DayField(label=_("Day"))
    quantity = QuantityField(label=_("Quantity"), required=False, help_text=_("Empty: undisclosed."))
    until = DayField(label=_("Renewed until"))
    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=REFERENCE_LENGTH,
        help_text=_("Of the decision: its number and place."),
    )
    evidence = forms.CharField(
        label=_("Evidence"), required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    link = LinkField()
    void = forms.BooleanField(label=_("Take it back and put nothing in its place"), required=False)

    def __init__(self, *args: Any, kind: str, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = clock.now().date()
        if kind != FactKind.DELIVERED:
            del self.fields["quantity"]
        if kind != FactKind.RENEWED:
            del self.fields["until"]
        if not corrects:
            del self.fields["void"]

    def happening(self) -> Happening:
        """Return the day and what shows it."""
        data = self.cleaned_data
        day: date = data["day"]
        return Happening(day, data["evidence"], data["reference"], data["link"])

    def details(self) -> dict[str, Any]:
        """Return what this kind of entry says besides: the quantity delivered, or until when a pledge is renewed."""
        return {name: self.cleaned_data[name] for name in ("quantity", "until") if name in self.fields}


class CaveatForm(AudienceForm):
    """A limit on the use of a contribution, and who may read how it is worded."""

    kind = forms.ChoiceField(label=_("Class of the caveat"), choices=CaveatKind.choices)
    areas = LinesField(label=_("Not in these areas"), required=False, help_text=_("One a line, named as the needs do."))
    tasks = LinesField(label=_("Not for these tasks"), required=False)
    wording = forms.CharField(
        label=_("Wording"), required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].label = _("Who may read the wording")

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain function."""
        data = self.cleaned_data
        kept = {name: data[name] for name in ("areas", "tasks", "wording")}
        return {"kind": CaveatKind(data["kind"]), **kept, **self.readers()}


def condition_choices() -> Choices:
    """Return the conditions that are watched."""
    watched = Condition.objects.filter(retired_at=None).prefetch_related("wordings")
    return [(str(condition.pk), condition.name) for condition in watched]


def _requirement_choices() -> Choices:
    """Return the requirements that are open."""
    needs = [requirement.revision for requirement in Requirement.objects.prefetch_related("revisions")]
    return [(str(need.requirement_id), need.name) for need in needs if not need.is_dropped]


def _terms_initial(terms: Terms) -> dict[str, Any]:
    """Return what a revision begins with."""
    copied = ("title", "line", "low", "currency", "available_from", "available_to", "readiness", "tour", "rest")
    kept = {name: getattr(terms, name) for name in copied}
    known = UNDISCLOSED if terms.low is None else EXACT if terms.low == terms.high else RANGE
    return {
        **kept,
        "capability": terms.capability_id,
        "known": known,
        "high": terms.high if known == RANGE else None,
        "due_on": terms.due_on,
        "expires_on": terms.expires_on,
        "approvals": terms.approvals,
        "conditions": [str(condition.pk) for condition in terms.conditions.all()],
        "phase": terms.phase,
        "earmark": str(terms.earmark_id) if terms.earmark_id else "",
        "details": terms.details,
        "link": terms.link,
    }
