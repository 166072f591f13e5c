"""Forms of measures, packages and statements."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.days import FIRST_DAY, latest_day
from concertation.core.words import LINK_LENGTH
from concertation.pressure.domain.measures import MeasurePlan
from concertation.pressure.domain.statements import REFERENCE_LENGTH, Word
from concertation.pressure.domain.words import BASIS_LENGTH, ISSUER_LENGTH, NAME_LENGTH, SUMMARY_LENGTH
from concertation.pressure.enums import Force, Kind, Stance
from concertation.pressure.forms.words import WordsForm
from concertation.pressure.models import Measure, Package, Statement
from concertation.pressure.queries.alignment import speaking_members

Choices = list[tuple[str, str]]


class DayField(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": FIRST_DAY.isoformat()})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


def link_field(label: Any) -> forms.CharField:
    """Return the field of an address of the web, which the domain functions check."""
    widget = forms.URLInput(attrs={"placeholder": "https://"})
    return forms.CharField(label=label, required=False, max_length=LINK_LENGTH, widget=widget)


class MeasureForm(WordsForm):
    """What a measure is."""

    kinds = forms.MultipleChoiceField(
        label=_("Types"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    territories = forms.CharField(
        label=_("Territories that it targets"),
        required=False,
        max_length=400,
        help_text=_("Codes parted by commas: RU, BY, UA-CRI."),
    )
    basis = forms.CharField(label=_("Legal basis"), required=False, max_length=BASIS_LENGTH)
    issuer = forms.CharField(label=_("Issuer"), required=False, max_length=ISSUER_LENGTH)
    link = link_field(_("Link to the issuer or a source"))
    force = forms.ChoiceField(label=_("It is"), choices=Force.choices, initial=Force.IN_FORCE)

    def __init__(self, *args: Any, measure: Measure | None = None, **kwargs: Any) -> None:
        if measure:
            kwargs["initial"] = _facts_of(measure)
        super().__init__(*args, **kwargs)
        names, summary, group = (measure.names, measure.summary, measure.group) if measure else ({}, {}, {})
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=names)
        self.add_words("summary", _("What it does, in %(language)s"), SUMMARY_LENGTH, rows=3, kept=summary)
        self.add_words("group", _("Target group in %(language)s"), NAME_LENGTH, kept=group)
        self.order_fields([name for name in self.fields if name.startswith(("name_", "summary_"))])

    def plan(self) -> MeasurePlan:
        """Return what was written."""
        data = self.cleaned_data
        return MeasurePlan(
            names=self.words("name"),
            summary=self.words("summary"),
            kinds=data["kinds"],
            territories=data["territories"].split(","),
            group=self.words("group"),
            basis=data["basis"],
            issuer=data["issuer"],
            link=data["link"],
            force=Force(data["force"]),
        )


def _facts_of(measure: Measure) -> dict[str, Any]:
    """Return what a change begins with."""
    return {
        "kinds": measure.kinds,
        "territories": ", ".join(code.upper() for code in measure.territories),
        "basis": measure.basis,
        "issuer": measure.issuer,
        "link": measure.link,
        "force": measure.force,
    }


class PackageForm(WordsForm):
    """A package; measures that it has keep their order, others follow in the order of the list."""

    measures = forms.MultipleChoiceField(label=_("Measures"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, reader: Delegate, package: Package | None = None, **kwargs: Any) -> None:
        self.before = [str(item.measure_id) for item in package.items.all()] if package else []
        kwargs["initial"] = {"measures": self.before}
        super().__init__(*args, **kwargs)
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=package.names if package else {})
        summary = package.summary if package else {}
        self.add_words("summary", _("What it is for, in %(language)s"), SUMMARY_LENGTH, rows=2, kept=summary)
        rows = Measure.objects.visible_to(reader).defer("edition", "summary")
        chosen = self.fields["measures"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        usable = (row for row in rows if row.retired_at is None or str(row.pk) in self.before)
        chosen.choices = [(str(row.pk), row.name) for row in usable]
        self.order_fields([name for name in self.fields if name != "measures"])

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain functions."""
        wanted = self.cleaned_data["measures"]
        kept = [key for key in self.before if key in wanted]
        new = [key for key in wanted if key not in kept]
        measures = [UUID(key) for key in [*kept, *new]]
        return {"names": self.words("name"), "summary": self.words("summary"), "measures": measures}


class StatementForm(forms.Form):
    """What a member says, or what is coded for one; with `corrects`, in the place of what was said before."""

    member = forms.ChoiceField(label=_("Of which member"))
    stance = forms.ChoiceField(label=pgettext_lazy("statement", "The member"), widget=forms.RadioSelect)
    valid_from = DayField(label=pgettext_lazy("statement", "Since"))
    reference = forms.CharField(
        label=_("Legal reference, or on what else it rests"),
        max_length=REFERENCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = link_field(_("Link to a public source"))
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, initial=Audience.COALITION, widget=forms.RadioSelect
    )
    named = forms.MultipleChoiceField(label=_("Named members"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, delegate: Delegate, corrects: Statement | None = None, **kwargs: Any) -> None:
        if corrects:
            kwargs["initial"] = _said_in(corrects)
        super().__init__(*args, **kwargs)
        self.is_coding = delegate.is_secretariat
        self.fields["valid_from"].initial = clock.now().date()
        self.fields["valid_from"].widget.attrs["max"] = latest_day().isoformat()
        stances = [one for one in Stance if corrects or one != Stance.WITHDRAWN]
        self._choose("stance", [(one.value, str(one.label)) for one in stances])
        if self.is_coding:
            del self.fields["audience"], self.fields["named"]
            self._choose("member", [("", "–"), *((one.pk, one.name) for one in speaking_members())])
        else:
            others = (one for one in Member.objects.present() if one.pk != delegate.member_id)
            self._choose("named", [(one.pk, one.name) for one in others])
        if corrects or not self.is_coding:
            del self.fields["member"]

    def _choose(self, field: str, choices: Choices) -> None:
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices

    def word(self) -> Word:
        """Return what was said."""
        data = self.cleaned_data
        return Word(Stance(data["stance"]), data["valid_from"], data["reference"], data["link"])

    def readers(self) -> dict[str, Any]:
        """Return for whom it was said."""
        if "audience" not in self.fields:
            return {}
        return {"audience": Audience(self.cleaned_data["audience"]), "named": self.cleaned_data["named"]}


def _said_in(old: Statement) -> dict[str, Any]:
    """Return what a correction begins with."""
    return {
        "stance": old.stance,
        "valid_from": old.valid_from,
        "reference": old.reference,
        "link": old.link,
        "audience": old.audience,
        "named": old.reader_codes,
    }
