"""Forms about incidents: they check the shape of what was typed, the domain functions the rest."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.models import Delegate
from concertation.core.days import FIRST_DAY, latest_day
from concertation.core.forms import Choices, DayField, begin_today, choose
from concertation.situation.domain.incident_steps import ACTOR_LENGTH, GROUNDS_LENGTH
from concertation.situation.domain.incidents import REASON_LENGTH, Clause
from concertation.situation.incidents.enums import Finding, Measure, State, WhenPrecision, WherePrecision
from concertation.situation.incidents.report import PLACE_LENGTH, SUMMARY_LENGTH, Bounds, Report
from concertation.situation.models import Account, Condition, Incident, Kind
from concertation.situation.models.incidents import BOUNDS
from concertation.situation.queries.incidents import Wanted

DAYS_SHOWN = 30
BOUND_NAMES = {
    "low": pgettext_lazy("figure", "low"),
    "best": pgettext_lazy("figure", "best"),
    "high": pgettext_lazy("figure", "high"),
}


class ChoiceForm(forms.Form):
    """Which incidents are looked at."""

    first = DayField(label=pgettext_lazy("days", "From"), required=False)
    last = DayField(label=pgettext_lazy("days", "Until"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, kinds: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [("", _("all kinds")), *((kind.pk, kind.name) for kind in kinds)])
        choose(
            self,
            "state",
            [
                ("", _("all that count")),
                (State.REPORTED, State.REPORTED.label),
                (State.VERIFIED, State.VERIFIED.label),
                (State.UNVERIFIABLE, State.UNVERIFIABLE.label),
                ("attributed", Finding.ATTRIBUTED.label),
                ("undetermined", Finding.UNDETERMINED.label),
                (State.REJECTED, State.REJECTED.label),
                ("withdrawn", pgettext_lazy("incident", "withdrawn by its source")),
            ],
        )

    def wanted(self) -> Wanted:
        """Return what is wanted; what cannot be understood is as if it had not been asked for."""
        self.is_valid()
        data = self.cleaned_data
        last = min(data.get("last") or latest_day(), latest_day())
        first = data.get("first") or date.fromordinal(last.toordinal() - DAYS_SHOWN + 1)
        return Wanted(max(min(first, last), FIRST_DAY), last, data.get("kind", ""), data.get("state", ""))


class LinesField(forms.CharField):
    """Several items, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def lines(self, value: str) -> list[str]:
        """Return the items."""
        return [line.strip() for line in value.splitlines() if line.strip()]


class ReportForm(AudienceForm):
    """What happened where and when, and who may read it; with `account`, a correction for the same readers."""

    kind = forms.ChoiceField(label=_("Kind of incident"))
    day = DayField(label=pgettext_lazy("incident", "Day (UTC)"))
    hour = forms.TimeField(
        label=pgettext_lazy("incident", "Time (UTC)"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S"],
    )
    when_precision = forms.ChoiceField(
        label=_("Precision of the time"), choices=WhenPrecision.choices, initial=WhenPrecision.DAY
    )
    place = forms.CharField(label=_("Place"), max_length=PLACE_LENGTH, required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False, widget=forms.NumberInput(attrs={"step": "any"}))
    longitude = forms.FloatField(label=_("Longitude"), required=False, widget=forms.NumberInput(attrs={"step": "any"}))
    where_precision = forms.ChoiceField(
        label=_("Precision of the place"), choices=WherePrecision.choices, initial=WherePrecision.SETTLEMENT
    )
    summary = forms.CharField(
        label=_("What is reported"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sources = LinesField(label=_("Sources, one a line"))
    links = LinesField(label=_("Links to evidence, one a line"))
    concerns = forms.ChoiceField(label=_("Concerns the condition"), required=False)
    reason = forms.CharField(
        label=_("Why it is corrected"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, delegate: Delegate, account: Account | None = None, **kwargs: Any) -> None:
        if account:
            kwargs["initial"] = _initial(account)
        super().__init__(*args, delegate=delegate, **kwargs)
        self._add_figures(account)
        kinds = Kind.objects.all()
        shown = [kind for kind in kinds if not kind.is_retired or (account and account.kind_id == kind.pk)]
        choose(self, "kind", [(kind.pk, kind.name) for kind in shown])
        choose(self, "concerns", [("", "–"), *clause_choices(delegate)])
        begin_today(self, "day")
        if account:
            self.drop_readers()
        else:
            del self.fields["reason"]

    def _add_figures(self, account: Account | None) -> None:
        """Add low, best and high of each measure."""
        for measure in Measure:
            for bound in BOUNDS:
                name = f"{measure}_{bound}"
                label = f"{measure.label}: {BOUND_NAMES[bound]}"
                widget = forms.NumberInput(attrs={"min": 0, "inputmode": "numeric", "aria-label": label})
                initial = getattr(account, name) if account else None
                self.fields[name] = forms.IntegerField(
                    label=label, required=False, min_value=0, initial=initial, widget=widget
                )

    @property
    def figures(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each measure."""
        return [(str(measure.label), [self[f"{measure}_{bound}"] for bound in BOUNDS]) for measure in Measure]

    def report(self) -> Report:
        """Return what was reported."""
        data = self.cleaned_data
        hour: time = data["hour"] or time(0)
        figures: dict[str, Bounds] = {
            measure.value: (data[f"{measure}_low"], data[f"{measure}_best"], data[f"{measure}_high"])
            for measure in Measure
        }
        return Report(
            kind=data["kind"],
            occurred_at=datetime.combine(data["day"], hour, UTC),
            when_precision=WhenPrecision(data["when_precision"]),
            place=data["place"],
            latitude=data["latitude"],
            longitude=data["longitude"],
            where_precision=WherePrecision(data["where_precision"]),
            figures=figures,
            summary=data["summary"],
            sources=data["sources"].splitlines(),
            links=data["links"].splitlines(),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a time known to the minute or hour without one."""
        super().clean()
        data = self.cleaned_data
        exact = data.get("when_precision") in {WhenPrecision.MINUTE, WhenPrecision.HOUR}
        if exact and "hour" not in self.errors and not data.get("hour"):
            self.add_error("hour", _("Give the time, or say that it is known to the day only."))
        return data

    def concern(self) -> Clause | None:
        """Return the condition and clause that it concerns."""
        return as_clause(self.cleaned_data["concerns"])


def as_clause(words: str) -> Clause | None:
    """Return the condition and clause that a choice stands for."""
    if not words:
        return None
    key, _colon, number = words.partition(":")
    return Clause(UUID(key), int(number) if number else None)


def clause_choices(delegate: Delegate) -> Choices:
    """Return the conditions that are watched and their clauses."""
    found: Choices = []
    for condition in Condition.objects.visible_to(delegate).filter(retired_at=None).prefetch_related("wordings"):
        found.append((str(condition.pk), condition.name))
        clauses = enumerate(condition.wording.clauses, 1)
        found += [(f"{condition.pk}:{number}", f"{condition.name}: {words[:70]}") for number, words in clauses]
    return found


class StepForm(forms.Form):
    """A step of one stage: what is found, from which day, to whom it is attributed, on what grounds."""

    finding = forms.ChoiceField(label=pgettext_lazy("incident", "The report is"), widget=forms.RadioSelect)
    actor = forms.CharField(label=_("Attributed to"), max_length=ACTOR_LENGTH, required=False)
    on = DayField(label=_("As of"))
    grounds = forms.CharField(
        label=_("On what grounds"), max_length=GROUNDS_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, findings: list[Finding], **kwargs: Any) -> None:
        prefix = str(findings[0])
        kwargs["auto_id"] = f"id_{prefix}_%s"
        super().__init__(*args, **kwargs)
        choose(self, "finding", [(one.value, one.label) for one in findings])
        begin_today(self, "on")
        if Finding.ATTRIBUTED not in findings:
            del self.fields["actor"]
        if Finding.REMEDY in findings:
            self.fields["grounds"].label = _("The remedy, or why it is withdrawn")
        if len(findings) == 1:
            self.fields["finding"].initial, self.fields["finding"].widget = findings[0].value, forms.HiddenInput()

    def step(self) -> dict[str, Any]:
        """Return the arguments of the domain functions."""
        data = self.cleaned_data
        facts = {"finding": Finding(data["finding"]), "grounds": data["grounds"], "on": data["on"]}
        return {**facts, "actor": data["actor"]} if "actor" in self.fields else facts


def verification_findings(incident: Incident) -> list[Finding]:
    """Return what can be found of a report."""
    findings = [Finding.VERIFIED, Finding.UNVERIFIABLE, Finding.REJECTED]
    return [*findings, Finding.REOPENED] if incident.state != State.REPORTED else findings


def attribution_findings(incident: Incident) -> list[Finding]:
    """Return what can be said of who did it."""
    findings = [Finding.ATTRIBUTED, Finding.UNDETERMINED]
    return [*findings, Finding.UNATTRIBUTED] if incident.attribution else findings


def remedy_findings(incident: Incident) -> list[Finding]:
    """Return what can be said of the remedy."""
    return [Finding.REMEDY, Finding.NO_REMEDY] if incident.has_remedy else [Finding.REMEDY]


def _initial(account: Account) -> dict[str, object]:
    """Return what a correction begins with."""
    clause = f":{account.clause}" if account.clause else ""
    is_timed = account.when_precision in {WhenPrecision.MINUTE, WhenPrecision.HOUR}
    return {
        "kind": account.kind_id,
        "day": account.occurred_at.date(),
        "hour": account.occurred_at.time() if is_timed else None,
        "when_precision": account.when_precision,
        "place": account.place,
        "latitude": account.latitude,
        "longitude": account.longitude,
        "where_precision": account.where_precision,
        "summary": account.summary,
        "sources": "\n".join(account.sources),
        "links": "\n".join(account.links),
        "concerns": f"{account.condition_id}{clause}" if account.condition_id else "",
    }
