"""What forms share that tell something to an audience, and words in several languages."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.core.days import latest_day

Choices = list[tuple[str, str]]


class AudienceForm(forms.Form):
    """A form whose content has readers: the coalition, named members, or the co-chairs only."""

    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, initial=Audience.COALITION, widget=forms.RadioSelect
    )
    named = forms.MultipleChoiceField(label=_("Named members"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegate = delegate
        others = [member for member in Member.objects.present() if member.pk != delegate.member_id]
        self.choose("named", [(member.pk, member.name) for member in others])
        last = self.order_fields_last()
        self.order_fields(last)

    def order_fields_last(self) -> list[str]:
        """Return the names of the fields, those of the audience at the end."""
        return [*(name for name in self.fields if name not in {"audience", "named"}), "audience", "named"]

    def choose(self, field: str, choices: Choices) -> None:
        """Give a field its choices."""
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices

    def until_today(self, field: str) -> None:
        """Let the calendar of a field end today."""
        self.fields[field].widget.attrs["max"] = latest_day().isoformat()

    def readers(self) -> dict[str, Any]:
        """Return for whom it is."""
        return {"audience": Audience(self.cleaned_data["audience"]), "named": self.cleaned_data["named"]}


def by_language(data: dict[str, Any], field: str) -> dict[str, str]:
    """Return what was typed in each language of the pages."""
    return {code: data.get(f"{field}_{code}", "") for code, _name in settings.LANGUAGES}


def language_fields(name: str, label: str, *, longest: int, rows: int = 0, initial: dict[str, str]) -> dict[str, Any]:
    """Return a field for each language of the pages; `label` has a place for the language."""
    made: dict[str, Any] = {}
    for code, _name in settings.LANGUAGES:
        widget = forms.Textarea(attrs={"lang": code, "rows": rows}) if rows else forms.TextInput(attrs={"lang": code})
        made[f"{name}_{code}"] = forms.CharField(
            label=label % {"language": get_language_info(code)["name_translated"]},
            required=False,
            max_length=longest,
            initial=initial.get(code, ""),
            widget=widget,
        )
    return made
