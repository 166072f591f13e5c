"""The form of a step."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.models import Delegate
from concertation.core.forms import DayField, WordsForm, choose
from concertation.pressure.domain.steps import StepPlan
from concertation.pressure.domain.words import DRAFT_LENGTH, NAME_LENGTH
from concertation.pressure.enums import Trigger, Verdict
from concertation.pressure.models import Package, Step
from concertation.situation.models import Condition

NOTHING = ("", "–")


class StepForm(WordsForm):
    """When which package is to be proposed, and in which words."""

    package = forms.ChoiceField(label=_("Package that it proposes"))
    trigger = forms.ChoiceField(label=_("It falls due"), choices=Trigger.choices, widget=forms.RadioSelect)
    condition = forms.ChoiceField(label=_("Condition"), required=False)
    verdict = forms.ChoiceField(
        label=pgettext_lazy("step", "Finding of the coalition"), choices=[NOTHING, *Verdict.choices], required=False
    )
    day = DayField(
        label=_("Day"),
        required=False,
        help_text=_("“If not by a day”: due once that day has ended everywhere. “When”: not before it, if given."),
    )
    after = forms.ChoiceField(label=_("Only after this step is done"), required=False)

    def __init__(self, *args: Any, reader: Delegate, step: Step | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _facts_of(step) if step else {"trigger": Trigger.UNLESS})
        super().__init__(*args, **kwargs)
        names, drafts = (step.names, step.drafts) if step else ({}, {})
        title = _("Title of the agenda item, in %(language)s")
        self.add_words("name", title, NAME_LENGTH, kept=names, is_first=True)
        self.add_words("draft", _("Draft decision in %(language)s"), DRAFT_LENGTH, rows=4, kept=drafts)
        packages = Package.objects.visible_to(reader).filter(retired_at=None)
        conditions = Condition.objects.visible_to(reader).prefetch_related("wordings")
        others = [one for one in Step.objects.visible_to(reader) if step is None or one.pk != step.pk]
        self._choose("package", packages)
        self._choose("condition", [one for one in conditions if one.retired_at is None or _is_held(step, one)])
        self._choose("after", others)

    def _choose(self, field: str, rows: Any) -> None:
        choose(self, field, [NOTHING, *((str(row.pk), row.name) for row in rows)])

    def plan(self) -> StepPlan:
        """Return what was written."""
        data = self.cleaned_data
        return StepPlan(
            names=self.words("name"),
            drafts=self.words("draft"),
            package=UUID(data["package"]),
            trigger=Trigger(data["trigger"]),
            condition=_key(data["condition"]),
            verdict=Verdict(data["verdict"]) if data["verdict"] else None,
            day=data["day"],
            after=_key(data["after"]),
        )


def _key(value: str) -> UUID | None:
    return UUID(value) if value else None


def _is_held(step: Step | None, condition: Condition) -> bool:
    return step is not None and step.condition_id == condition.pk


def _facts_of(step: Step) -> dict[str, Any]:
    """Return what a change begins with."""
    return {
        "package": str(step.package_id),
        "trigger": step.trigger,
        "condition": str(step.condition_id or ""),
        "verdict": step.verdict,
        "day": step.day,
        "after": str(step.after_id or ""),
    }
