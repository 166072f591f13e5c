"""Forms about what is needed, and about the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertation.commitments.domain.checks import NAME_LENGTH
from concertation.commitments.domain.requirements import AREA_LENGTH, REASON_LENGTH, Need
from concertation.commitments.enums import Domain, Form, Line, Phase, Priority
from concertation.commitments.forms.fields import QuantityField, capability_choices
from concertation.commitments.models import Capability, Revision
from concertation.commitments.models.catalogue import BASE
from concertation.core.forms import DayField, WordsForm, choose


class RequirementForm(WordsForm):
    """What is needed; with `revision`, what is needed instead."""

    line = forms.ChoiceField(label=_("Line of effort"), choices=Line.choices)
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase.choices)
    capability = forms.ChoiceField(label=_("Capability"))
    quantity = QuantityField(
        label=_("Quantity"), help_text=_("Units and numbers count in each month; stocks and money (in euro) once.")
    )
    needed_from = DayField(label=_("Needed from"))
    needed_to = DayField(label=_("Needed to"))
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=Priority.choices, coerce=int, initial=Priority.MEDIUM.value
    )
    is_essential = forms.BooleanField(label=_("Essential: the plan fills it before all that is not"), required=False)
    area = forms.CharField(
        label=_("Area"),
        required=False,
        max_length=AREA_LENGTH,
        help_text=_("A caveat may exclude it by this name."),
        widget=forms.TextInput(attrs={"list": "areas"}),
    )
    task = forms.CharField(
        label=_("Task"), required=False, max_length=AREA_LENGTH, widget=forms.TextInput(attrs={"list": "tasks"})
    )
    valid_from = DayField(
        label=_("In force from"), required=False, help_text=_("Empty: from today on. What was needed before stays.")
    )
    reason = forms.CharField(label=_("Reason for the change, for everybody"), required=False, max_length=REASON_LENGTH)

    def __init__(self, *args: Any, revision: Revision | None = None, **kwargs: Any) -> None:
        if revision:
            kept = {name: getattr(revision, name) for name in self.base_fields if hasattr(revision, name)}
            kwargs["initial"] = {**kept, "capability": revision.capability_id, "valid_from": None, "reason": ""}
        super().__init__(*args, **kwargs)
        names, capability = (revision.names, revision.capability_id) if revision else ({}, "")
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=names, is_first=True)
        choose(self, "capability", capability_choices(kept=capability))
        if revision is None:
            del self.fields["reason"]

    def need(self) -> Need:
        """Return what was typed."""
        data = self.cleaned_data
        capability = Capability.objects.get(pk=data["capability"])
        return Need(
            names=self.words("name"),
            line=Line(data["line"]),
            phase=Phase(data["phase"]),
            capability=capability.pk,
            quantity=data["quantity"],
            currency=BASE if capability.is_money else "",
            priority=Priority(data["priority"]),
            is_essential=data["is_essential"],
            area=data["area"],
            task=data["task"],
            needed_from=data["needed_from"],
            needed_to=data["needed_to"],
        )


class CapabilityForm(WordsForm):
    """A line of the catalogue; how it is counted is chosen once."""

    domain = forms.ChoiceField(label=_("Domain"), choices=Domain.choices)
    form = forms.ChoiceField(label=_("How it is counted"), choices=Form.choices)
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small letters, digits and hyphens, for files. It never changes.")
    )

    def __init__(self, *args: Any, capability: Capability | None = None, **kwargs: Any) -> None:
        if capability:
            kwargs["initial"] = {"domain": capability.domain}
        super().__init__(*args, **kwargs)
        self.capability = capability
        names, units = (capability.names, capability.units) if capability else ({}, {})
        form_hint = _("The form of one, a bar, that of many: battery|batteries")
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=names, is_first=True)
        self.add_words("unit", _("Counted in, in %(language)s"), NAME_LENGTH, kept=units, help_text=form_hint)
        if capability:
            del self.fields["form"], self.fields["code"]

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain functions."""
        data = self.cleaned_data
        own = {} if self.capability else {"form": Form(data["form"])}
        return {
            "code": self.capability.pk if self.capability else data["code"],
            "names": self.words("name"),
            "units": self.words("unit"),
            "domain": Domain(data["domain"]),
            **own,
        }


class RateForm(forms.Form):
    """What one euro was worth on a day."""

    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3)
    per_euro = QuantityField(label=_("One euro is"))
    day = DayField(label=_("Day"))
    source = forms.CharField(label=_("Source"), max_length=600)
