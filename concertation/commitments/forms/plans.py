"""Forms about scenarios and runs: they check the shape of what was typed, the domain functions the rest."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from concertation.coalition.models import Delegate
from concertation.commitments.domain.plans import LIMITS, NAME_LENGTH, Assumed
from concertation.commitments.enums import Approval, Counted
from concertation.commitments.models import PlanScenario
from concertation.core import clock
from concertation.core.forms import DayField, choose
from concertation.situation.models import Condition

FOUND, NEVER, FROM = "found", "never", "from"
LENGTHS = (6, 12, 18, 24, 36, 48, 60)
MONTHS_BEFORE, MONTHS_AHEAD = 3, 36


class ScenarioForm(forms.Form):
    """The name of a scenario, its months, and what it takes for granted."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    first_month = forms.TypedChoiceField(label=_("First month"), coerce=date.fromisoformat)
    months = forms.TypedChoiceField(label=_("Number of months"), coerce=int, initial=12)
    counted = forms.ChoiceField(
        label=_("Contributions that count"),
        choices=Counted.choices,
        initial=Counted.ANNOUNCED,
        widget=forms.RadioSelect,
    )
    approvals = forms.MultipleChoiceField(
        label=_("Approvals assumed while they are pending"),
        help_text=_("Without a mark, approvals are as obtained: what still lacks one is not planned."),
        choices=[(kind.value, capfirst(kind.label)) for kind in Approval],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, reader: Delegate, scenario: PlanScenario | None = None, **kwargs: Any) -> None:
        if scenario:
            kwargs["initial"] = _initial(scenario)
        super().__init__(*args, **kwargs)
        months = _choices(scenario)
        choose(self, "first_month", [(day.isoformat(), date_format(day, "F Y")) for day in months])
        lengths = sorted({*LENGTHS, *([scenario.months] if scenario else [])})
        choose(self, "months", [(str(n), ngettext("%(n)d month", "%(n)d months", n) % {"n": n}) for n in lengths])
        if scenario is None:
            self.fields["first_month"].initial = clock.now().date().replace(day=1).isoformat()
        self.conditions = _conditions(reader, scenario)
        for condition in self.conditions:
            self._ask_about(condition, scenario.holds if scenario else {})

    def _ask_about(self, condition: Condition, holds: dict[str, str | None]) -> None:
        """Add what to assume of a condition, and the day from which it holds."""
        key = str(condition.pk)
        said = FOUND if key not in holds else FROM if holds[key] else NEVER
        self.fields[f"holds_{key}"] = forms.ChoiceField(
            label=condition.name,
            choices=[
                (FOUND, _("as the coalition finds")),
                (FROM, _("holds from the day")),
                (NEVER, pgettext_lazy("condition", "never holds")),
            ],
            initial=said,
            widget=forms.RadioSelect,
        )
        label = _("“%(name)s” holds from") % {"name": condition.name}
        self.fields[f"from_{key}"] = DayField(label=label, required=False, initial=holds.get(key))

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each condition."""
        return [(self[f"holds_{condition.pk}"], self[f"from_{condition.pk}"]) for condition in self.conditions]

    def clean(self) -> dict[str, Any]:
        """Refuse a condition that holds from a day that nobody named."""
        super().clean()
        data = self.cleaned_data
        for condition in self.conditions:
            day = f"from_{condition.pk}"
            if data.get(f"holds_{condition.pk}") == FROM and not data.get(day) and day not in self.errors:
                self.add_error(day, _("Name the day from which it holds."))
        return data

    def assumed(self) -> Assumed:
        """Return what was said."""
        data = self.cleaned_data
        holds: dict[UUID, date | None] = {}
        for condition in self.conditions:
            said = data[f"holds_{condition.pk}"]
            if said != FOUND:
                holds[condition.pk] = data[f"from_{condition.pk}"] if said == FROM else None
        return Assumed(
            name=data["name"],
            first_month=data["first_month"],
            months=data["months"],
            holds=holds,
            approvals=[Approval(kind) for kind in data["approvals"]],
            counted=Counted(data["counted"]),
        )


class RunForm(forms.Form):
    """How long a run may take, and whether it plans with what is not for all."""

    limit = forms.TypedChoiceField(label=_("Time for it"), coerce=int, initial=60)
    restricted = forms.BooleanField(
        label=_("With contributions that are not for all"),
        help_text=_("Then only the secretariat, and members that may read every part of it, see this plan."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "limit", [(str(seconds), time_in_words(seconds)) for seconds in LIMITS])


def time_in_words(seconds: int) -> str:
    """Return a time limit as one says it."""
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = seconds // 60
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _initial(scenario: PlanScenario) -> dict[str, object]:
    return {
        "name": scenario.name,
        "first_month": scenario.first_month.isoformat(),
        "months": scenario.months,
        "counted": scenario.counted,
        "approvals": scenario.assumed,
    }


def _choices(scenario: PlanScenario | None) -> list[date]:
    """Return the months in which a plan can begin: those around now, and that of the scenario."""
    now = clock.now().date()
    months = [_month(now, step) for step in range(-MONTHS_BEFORE, MONTHS_AHEAD)]
    return sorted({*months, *([scenario.first_month] if scenario else [])})


def _month(day: date, step: int) -> date:
    number = day.year * 12 + day.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def _conditions(reader: Delegate, scenario: PlanScenario | None) -> list[Condition]:
    """Return the conditions that are watched, and those that the scenario names."""
    named = scenario.holds if scenario else {}
    rows = Condition.objects.visible_to(reader).prefetch_related("wordings")
    return [row for row in rows if row.retired_at is None or str(row.pk) in named]
