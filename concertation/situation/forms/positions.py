"""Forms about questions and positions: they check the shape of what was typed, the domain functions the rest."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.forms import country_choices
from concertation.coalition.models import Delegate
from concertation.core.forms import Choices, DayField, LinkField, WordsForm, begin_today, choose
from concertation.core.languages import language_choices
from concertation.core.words import TEXT_LENGTH
from concertation.situation.domain.conditions import NAME_LENGTH, WORDING_LENGTH
from concertation.situation.domain.statements import Position
from concertation.situation.enums import CounterpartKind, Stance
from concertation.situation.models import Counterpart, Question, QuestionWording, Statement
from concertation.situation.queries.parties import Party, parties_for


def stance_choices(*, corrects: bool = False) -> Choices:
    """Return where one can stand; only a correction takes back."""
    said = [stance for stance in Stance if corrects or stance != Stance.WITHDRAWN]
    return [(stance.value, str(stance.label)) for stance in said]


class QuestionForm(WordsForm):
    """Title and wording of a question in each language of the pages."""

    def __init__(self, *args: Any, wording: QuestionWording | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, words = (wording.names, wording.words) if wording else ({}, {})
        self.add_words("name", _("Title in %(language)s"), NAME_LENGTH, kept=names)
        self.add_words("words", _("Question in %(language)s"), WORDING_LENGTH, kept=words, rows=4)

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain functions."""
        return {"names": self.words("name"), "words": self.words("words")}


class CounterpartForm(WordsForm):
    """Somebody outside the coalition."""

    kind = forms.ChoiceField(label=_("What it is to the coalition"), choices=CounterpartKind.choices)
    country = forms.ChoiceField(label=_("Country, for the flag"), required=False)

    def __init__(self, *args: Any, row: Counterpart | None = None, **kwargs: Any) -> None:
        if row:
            kwargs["initial"] = {"kind": row.kind, "country": row.country}
        super().__init__(*args, **kwargs)
        names = row.names if row else {}
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=names, is_first=True)
        choose(self, "country", [("", "–"), *country_choices()])

    def facts(self) -> dict[str, Any]:
        """Return the arguments of the domain functions."""
        return {
            "names": self.words("name"),
            "kind": CounterpartKind(self.cleaned_data["kind"]),
            "country": self.cleaned_data["country"],
        }


class PositionForm(AudienceForm):
    """Where somebody stands and why, for an audience."""

    stance = forms.ChoiceField(label=_("Position"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    moves = forms.CharField(
        label=_("What would move this position"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    said_on = DayField(label=_("Said on"))
    quote = forms.CharField(
        label=_("In which words"), required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(label=_("Language of the words"), required=False)
    link = LinkField()

    def __init__(self, *args: Any, corrects: Statement | None = None, **kwargs: Any) -> None:
        if corrects:
            kwargs["initial"] = _initial(corrects)
        super().__init__(*args, **kwargs)
        choose(self, "stance", stance_choices(corrects=corrects is not None))
        choose(self, "language", [("", "–"), *language_choices()])
        begin_today(self, "said_on")
        self.fields["language"].initial = (get_language() or "en").split("-")[0]

    def position(self) -> Position:
        """Return what was said."""
        data = self.cleaned_data
        return Position(
            stance=Stance(data["stance"]),
            said_on=data["said_on"],
            quote=data["quote"],
            language=data["language"],
            reason=data["reason"],
            moves=data["moves"],
            link=data["link"],
        )


class StatementForm(PositionForm):
    """A position of the delegate's own member, or of somebody else, on a question."""

    actor = forms.ChoiceField(label=_("Whose position"))

    field_order = ("actor", "stance")

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, delegate=delegate, **kwargs)
        self.parties = {party.key: party for party in parties_for(delegate) if _may_speak_for(delegate, party)}
        choose(self, "actor", [(key, party.name) for key, party in self.parties.items()])
        self.fields["actor"].initial = delegate.member_id
        self.order_fields(["actor", *(name for name in self.fields if name != "actor")])

    def speaker(self) -> dict[str, Any]:
        """Return whose position it is, as the domain function takes it."""
        party = self.parties[self.cleaned_data["actor"]]
        if party.counterpart:
            return {"counterpart_id": party.counterpart.pk}
        return {"member": party.key}


class HeardForm(PositionForm):
    """A position of somebody outside that was heard in a contact."""

    question = forms.ChoiceField(label=_("Question"))
    counterpart = forms.ChoiceField(label=_("Whose position"))

    def __init__(self, *args: Any, questions: list[Question], counterparts: list[Counterpart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "question", [(str(question.pk), question.name) for question in questions])
        choose(self, "counterpart", [(str(one.pk), one.name) for one in counterparts])
        self.fields["said_on"].widget = forms.HiddenInput()
        self.order_fields(["question", "counterpart", *self.fields])

    def facts(self) -> dict[str, Any]:
        """Return on which question who was heard."""
        data = self.cleaned_data
        return {"question_id": UUID(data["question"]), "counterpart_id": UUID(data["counterpart"])}


def _may_speak_for(delegate: Delegate, party: Party) -> bool:
    """Say whether the delegate can enter what `party` said: others for all, members for themselves."""
    return party.counterpart is not None or delegate.is_secretariat or party.key == delegate.member_id


def _initial(old: Statement) -> dict[str, object]:
    """Return what a correction begins with."""
    names = ("stance", "said_on", "quote", "language", "reason", "moves", "link", "audience")
    return {**{name: getattr(old, name) for name in names}, "named": old.reader_codes}
