"""The form of a text: a row a language, and who may read it; the domain functions check the rest."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.models import Delegate, Member
from concertation.texts.domain.texts import TITLE_LENGTH
from concertation.texts.enums import Audience, Pen, State
from concertation.texts.languages import language_name
from concertation.texts.models import Text

OFFERED = ("en", "fr", "uk", "de", "it")
ROLES = [
    ("", pgettext_lazy("version", "not used")),
    ("authentic", pgettext_lazy("version", "authentic")),
    ("translation", pgettext_lazy("version", "translation")),
]


def _present_members() -> list[tuple[str, str]]:
    return [(member.pk, member.name) for member in Member.objects.present()]


class TextForm(forms.Form):
    """Titles and roles by language, the audience, and who holds the pen."""

    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect)
    pen = forms.ChoiceField(label=_("Who holds the pen"), choices=Pen.choices, widget=forms.RadioSelect)
    members = forms.MultipleChoiceField(
        label=_("Named members"),
        choices=_present_members,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None, *, delegate: Delegate, text: Text | None = None) -> None:
        roles = _roles(text)
        titles = text.titles if text else {}
        named = list(text.members.all()) if text else [delegate.member]
        initial = {
            "audience": text.audience if text else Audience.COALITION,
            "pen": text.pen if text else Pen.FREE,
            "members": [member.pk for member in named if member],
        }
        super().__init__(data, initial=initial)
        self.languages = [*roles, *(code for code in (*OFFERED, *titles) if code not in roles)]
        is_fixed = text is not None and text.state == State.ADOPTED
        self.fields["pen"].disabled = is_fixed
        for code in self.languages:
            self._add_language(code, titles.get(code, ""), roles.get(code, ""), is_fixed=is_fixed)

    def _add_language(self, code: str, title: str, role: str, *, is_fixed: bool) -> None:
        """Add the two fields of one language."""
        name = language_name(code)
        self.fields[f"title_{code}"] = forms.CharField(
            label=_("Title in %(language)s") % {"language": name},
            max_length=TITLE_LENGTH,
            required=False,
            initial=title,
            disabled=is_fixed,
        )
        self.fields[f"role_{code}"] = forms.ChoiceField(
            label=_("%(language)s version") % {"language": name},
            choices=ROLES,
            required=False,
            initial=role,
            disabled=is_fixed,
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return the fields of each language, for the template."""
        return [{"code": code, "title": self[f"title_{code}"], "role": self[f"role_{code}"]} for code in self.languages]

    def facts(self) -> dict[str, Any]:
        """Return the arguments for `create_text` and `update_text_settings`."""
        data = self.cleaned_data
        roles = {code: data[f"role_{code}"] for code in self.languages if data[f"role_{code}"]}
        titles = {code: data[f"title_{code}"] for code in self.languages if data[f"title_{code}"]}
        return {
            "titles": titles,
            "languages": list(roles),
            "authentic": [code for code, role in roles.items() if role == "authentic"],
            "audience": Audience(data["audience"]),
            "pen": Pen(data["pen"]),
            "members": data["members"],
        }


def _roles(text: Text | None) -> dict[str, str]:
    """Return the versions there are, English and French as authentic ones for a new text."""
    if text is None:
        return {"en": "authentic", "fr": "authentic"}
    return {version.language: "authentic" if version.is_authentic else "translation" for version in text.versions.all()}
