"""Forms of measures, packages and statements."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.models import Delegate
from concertation.core.forms import DayField, LinkField, WordsForm, begin_today, choose
from concertation.pressure.domain.measures import MeasurePlan
from concertation.pressure.domain.statements import REFERENCE_LENGTH, Word
from concertation.pressure.domain.words import BASIS_LENGTH, ISSUER_LENGTH, NAME_LENGTH, SUMMARY_LENGTH
from concertation.pressure.enums import Force, Kind, Stance
from concertation.pressure.models import Measure, Package, Statement
from concertation.pressure.queries.alignment import speaking_members


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
    link = LinkField(_("Link to the issuer or a source"))
    force = forms.ChoiceField(label=_("It is"), choices=Force.choices, initial=Force.IN_FORCE)

    def __init__(self, *args: Any, measure: Measure | None = None, **kwargs: Any) -> None:
        if measure:
            kwargs["initial"] = _facts_of(measure)
        super().__init__(*args, **kwargs)
        names, summary, group = (measure.names, measure.summary, measure.group) if measure else ({}, {}, {})
        what = _("What it does, in %(language)s")
        self.add_words("summary", what, SUMMARY_LENGTH, rows=3, kept=summary, is_first=True)
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=names, is_first=True)
        self.add_words("group", _("Target group in %(language)s"), NAME_LENGTH, kept=group)

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
        names, summary = (package.names, package.summary) if package else ({}, {})
        purpose = _("What it is for, in %(language)s")
        self.add_words("summary", purpose, SUMMARY_LENGTH, rows=2, kept=summary, is_first=True)
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=names, is_first=True)
        rows = Measure.objects.visible_to(reader).defer("edition", "summary")
        usable = (row for row in rows if row.retired_at is None or str(row.pk) in self.before)
        choose(self, "measures", [(str(row.pk), row.name) for row in usable])

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain functions."""
        wanted = self.cleaned_data["measures"]
        kept = [key for key in self.before if key in wanted]
        new = [key for key in wanted if key not in kept]
        measures = [UUID(key) for key in [*kept, *new]]
        return {"names": self.words("name"), "summary": self.words("summary"), "measures": measures}


class StatementForm(AudienceForm):
    """What a member says, or what is coded for one; with `corrects`, in the place of what was said before."""

    member = forms.ChoiceField(label=_("Of which member"))
    stance = forms.ChoiceField(label=pgettext_lazy("statement", "The member"), widget=forms.RadioSelect)
    valid_from = DayField(label=pgettext_lazy("statement", "Since"))
    reference = forms.CharField(
        label=_("Legal reference, or on what else it rests"),
        max_length=REFERENCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = LinkField()

    def __init__(self, *args: Any, delegate: Delegate, corrects: Statement | None = None, **kwargs: Any) -> None:
        if corrects:
            kwargs["initial"] = _said_in(corrects)
        super().__init__(*args, delegate=delegate, **kwargs)
        self.is_coding = delegate.is_secretariat
        begin_today(self, "valid_from")
        stances = [one for one in Stance if corrects or one != Stance.WITHDRAWN]
        choose(self, "stance", [(one.value, one.label) for one in stances])
        if self.is_coding:
            self.drop_readers()
            choose(self, "member", [("", "–"), *((one.pk, one.name) for one in speaking_members())])
        if corrects or not self.is_coding:
            del self.fields["member"]

    def word(self) -> Word:
        """Return what was said."""
        data = self.cleaned_data
        return Word(Stance(data["stance"]), data["valid_from"], data["reference"], data["link"])


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
