"""Forms about conditions: they check the shape of what was typed, the domain functions the rest."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core.forms import Choices, DayField, LinkField, WordsForm, begin_today, choose
from concertation.situation.domain.assessments import EVIDENCE_LENGTH, Judgement
from concertation.situation.domain.conditions import NAME_LENGTH, WORDING_LENGTH
from concertation.situation.enums import Verdict
from concertation.situation.models import Assessment, Condition, Wording
from concertation.situation.queries.incidents import cited_choices

COALITION, MEMBER = "coalition", "member"


def verdict_choices(*, corrects: bool = False) -> Choices:
    """Return what can be said of a condition; only a correction takes back."""
    said = [verdict for verdict in Verdict if corrects or verdict != Verdict.WITHDRAWN]
    return [(verdict.value, str(verdict.label)) for verdict in said]


class ConditionForm(WordsForm):
    """Name and wording of a condition in each language of the pages."""

    def __init__(self, *args: Any, wording: Wording | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, words = (wording.names, wording.words) if wording else ({}, {})
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=names)
        self.add_words("words", _("Wording in %(language)s"), WORDING_LENGTH, kept=words, rows=5)

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain functions."""
        return {"names": self.words("name"), "words": self.words("words")}


class AssessmentForm(AudienceForm):
    """What a member, or the coalition, says of a condition; with `corrects`, in the place of what it said before."""

    voice = forms.ChoiceField(label=_("Who says it"), widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label=_("The condition is"), widget=forms.RadioSelect)
    valid_from = DayField(label=pgettext_lazy("assessment", "Since"))
    evidence = forms.CharField(
        label=_("On what evidence"), max_length=EVIDENCE_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )
    link = LinkField()
    clause = forms.TypedChoiceField(
        label=_("About"), required=False, coerce=int, empty_value=None, choices=[("", _("the whole wording"))]
    )
    incidents = forms.MultipleChoiceField(
        label=_("Incidents on which it rests"), required=False, widget=forms.CheckboxSelectMultiple
    )

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
        super().__init__(*args, delegate=delegate, **kwargs)
        self.corrects = corrects
        begin_today(self, "valid_from")
        self.voices = self._voices(delegate, can)
        choose(self, "voice", self.voices)
        if len(self.voices) == 1:
            self.fields["voice"].initial, self.fields["voice"].widget = self.voices[0][0], forms.HiddenInput()
        self._offer_grounds(delegate, condition)
        choose(self, "verdict", verdict_choices(corrects=corrects is not None))
        if self.is_finding_only:
            self.drop_readers()

    def _offer_grounds(self, delegate: Delegate, condition: Condition) -> None:
        """Offer the clauses of the wording, and the incidents that may be cited, as far as there are any."""
        clauses = enumerate(condition.wording.clauses, 1)
        numbered = [(str(number), f"{number}. {words[:80]}") for number, words in clauses]
        chosen = {str(row.incident_id) for row in self.corrects.citations.all()} if self.corrects else set()
        cited = [(str(one.pk), f"{one.title}, {date_format(one.day)}") for one in cited_choices(delegate, chosen)]
        choose(self, "clause", [("", str(_("the whole wording"))), *numbered])
        choose(self, "incidents", cited)
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
