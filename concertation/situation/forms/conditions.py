"""Forms about conditions: they check the shape of what was typed, the domain functions the rest."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.days import FIRST_DAY, latest_day
from concertation.core.words import LINK_LENGTH
from concertation.situation.domain.assessments import EVIDENCE_LENGTH, Judgement
from concertation.situation.domain.conditions import NAME_LENGTH, WORDING_LENGTH
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition, Wording
from concertation.situation.queries.incidents import cited_choices

COALITION, MEMBER = "coalition", "member"
Choices = list[tuple[str, str]]


def verdict_choices(*, corrects: bool = False) -> Choices:
    """Return what can be said of a condition; only a correction takes back."""
    said = [verdict for verdict in Verdict if corrects or verdict != Verdict.WITHDRAWN]
    return [(verdict.value, str(verdict.label)) for verdict in said]


class DayField(forms.DateField):
    """A day that may be looked at or assessed, in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": FIRST_DAY.isoformat()})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class ConditionForm(forms.Form):
    """Name and wording of a condition in each language of the pages."""

    def __init__(self, *args: Any, wording: Wording | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wording = wording
        for code, _name in settings.LANGUAGES:
            language = {"language": get_language_info(code)["name_translated"]}
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % language,
                required=False,
                max_length=NAME_LENGTH,
                initial=wording.names.get(code, "") if wording else "",
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"words_{code}"] = forms.CharField(
                label=_("Wording in %(language)s") % language,
                required=False,
                max_length=WORDING_LENGTH,
                initial=wording.words.get(code, "") if wording else "",
                widget=forms.Textarea(attrs={"lang": code, "rows": 5}),
            )

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain functions; what is kept in other languages stays."""
        kept = self.wording
        return {
            "names": {**(kept.names if kept else {}), **self._by_language("name")},
            "words": {**(kept.words if kept else {}), **self._by_language("words")},
        }

    def _by_language(self, field: str) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"{field}_{code}", "") for code, _name in settings.LANGUAGES}


class AssessmentForm(forms.Form):
    """What a member, or the coalition, says of a condition; with `corrects`, in the place of what it said before."""

    voice = forms.ChoiceField(label=_("Who says it"), widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label=_("The condition is"), widget=forms.RadioSelect)
    valid_from = DayField(label=pgettext_lazy("assessment", "Since"))
    evidence = forms.CharField(
        label=_("On what evidence"), max_length=EVIDENCE_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )
    link = forms.CharField(
        label=_("Link to a public source"),
        required=False,
        max_length=LINK_LENGTH,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    clause = forms.TypedChoiceField(
        label=_("About"), required=False, coerce=int, empty_value=None, choices=[("", _("the whole wording"))]
    )
    incidents = forms.MultipleChoiceField(
        label=_("Incidents on which it rests"), required=False, widget=forms.SelectMultiple(attrs={"size": 4})
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, initial=Audience.COALITION, widget=forms.RadioSelect
    )
    named = forms.MultipleChoiceField(label=_("Named members"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        delegate: Delegate,
        can: dict[str, bool],
        condition: Condition,
        corrects: Assessment | None = None,
        **kwargs: Any,
    ) -> None:
        if corrects:
            kwargs["initial"] = _initial(corrects)
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        self.fields["valid_from"].initial = clock.now().date()
        self.fields["valid_from"].widget.attrs["max"] = latest_day().isoformat()
        self.voices = self._voices(delegate, can)
        self._offer_grounds(delegate, condition)
        self._choose("voice", self.voices)
        self._choose("verdict", verdict_choices(corrects=corrects is not None))
        self._choose("named", [(member.pk, member.name) for member in _others(delegate)])
        if self.is_finding_only:
            del self.fields["audience"], self.fields["named"]

    def _choose(self, field: str, choices: Choices) -> None:
        """Give a field its choices, and the only one at once."""
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices
        if field == "voice" and len(choices) == 1:
            chosen.initial, chosen.widget = choices[0][0], forms.HiddenInput()

    def _offer_grounds(self, delegate: Delegate, condition: Condition) -> None:
        """Offer the clauses of the wording, and the incidents that may be cited, as far as there are any."""
        clauses = enumerate(condition.wording.clauses, 1)
        numbered = [(str(number), f"{number}. {words[:80]}") for number, words in clauses]
        chosen = {str(row.incident_id) for row in self.corrects.citations.all()} if self.corrects else set()
        cited = [(str(one.pk), f"{one.title}, {date_format(one.day)}") for one in cited_choices(delegate, chosen)]
        self._choose("clause", [("", str(_("the whole wording"))), *numbered])
        self._choose("incidents", cited)
        for field, offered in (("clause", numbered), ("incidents", cited)):
            if not offered:
                del self.fields[field]

    def _voices(self, delegate: Delegate, can: dict[str, bool]) -> Choices:
        """Return for whom the delegate may speak here."""
        own = [(MEMBER, delegate.member.name)] if can["assess"] and delegate.member else []
        finding = [(COALITION, str(_("the coalition: its finding")))] if can["find"] else []
        if self.corrects:
            return own if self.corrects.member_id else finding
        return [*own, *finding]

    @property
    def is_finding_only(self) -> bool:
        """Whether nothing else than a finding can come of it, which has no audience to choose."""
        return [key for key, _name in self.voices] == [COALITION]

    def clean(self) -> dict[str, Any]:
        """Refuse a finding that some could not read, instead of opening it silently."""
        super().clean()
        data = self.cleaned_data
        if data.get("voice") == COALITION and data.get("audience", Audience.COALITION) != Audience.COALITION:
            self.add_error("audience", _("A finding is always for the whole coalition."))
        return data

    @property
    def is_finding(self) -> bool:
        """Whether the coalition says it."""
        return bool(self.cleaned_data["voice"] == COALITION)

    def judgement(self) -> Judgement:
        """Return what was said."""
        data = self.cleaned_data
        return Judgement(
            Verdict(data["verdict"]),
            data["valid_from"],
            data["evidence"],
            data["link"],
            data.get("clause") or None,
            tuple(UUID(key) for key in data.get("incidents", ())),
        )

    def readers(self) -> dict[str, Any]:
        """Return for whom it was said."""
        if "audience" not in self.fields:
            return {}
        return {"audience": Audience(self.cleaned_data["audience"]), "named": self.cleaned_data["named"]}


def _others(delegate: Delegate) -> list[Member]:
    """Return the members that the delegate can name as readers."""
    return [member for member in Member.objects.present() if member.pk != delegate.member_id]


def _initial(old: Assessment) -> dict[str, object]:
    """Return what a correction begins with."""
    return {
        "verdict": old.verdict,
        "valid_from": old.valid_from,
        "evidence": old.evidence,
        "link": old.link,
        "clause": old.clause,
        "incidents": [str(row.incident_id) for row in old.citations.all()],
        "audience": old.audience,
        "named": old.reader_codes,
    }
