"""The form of a text: a row a language, and who may read it; the domain functions check the rest."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.models import Delegate, Member
from concertation.core.languages import language_name
from concertation.texts.domain.texts import TITLE_LENGTH
from concertation.texts.enums import Audience, Pen, State
from concertation.texts.languages import OFFERED
from concertation.texts.models import Text

ROLES = [
    ("", pgettext_lazy("version", "not used")),
    ("authentic", pgettext_lazy("version", "authentic")),
    ("translation", pgettext_lazy("version", "working translation")),
]


def present_members() -> list[tuple[str, str]]:
    """Return the members that can be named as readers."""
    return [(member.pk, member.name) for member in Member.objects.present()]


class TextForm(forms.Form):
    """Titles and roles by language, the audience, and who holds the pen."""

    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect)
    pen = forms.ChoiceField(label=_("Who holds the pen"), choices=Pen.choices, widget=forms.RadioSelect)
    members = forms.MultipleChoiceField(
        label=_("Named members"),
        choices=present_members,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: QueryDict | None, *, delegate: Delegate, text: Text | None = None, source: Text | None = None
    ) -> None:
        model = text or source
        roles = _roles(model)
        titles = model.titles if model else {}
        named = list(model.members.all()) if model else [delegate.member]
        initial = {
            "audience": model.audience if model else Audience.COALITION,
            "pen": text.pen if text else Pen.FREE,
            "members": [member.pk for member in named if member],
        }
        super().__init__(data, initial=initial)
        self.languages = [*roles, *(code for code in (*OFFERED, *titles) if code not in roles)]
        is_fixed = text is not None and text.state == State.ADOPTED
        self.fields["pen"].disabled = is_fixed
        for code in self.languages:
            self._add_language(code, titles.get(code, ""), roles.get(code, ""), is_fixed=is_fixed)
        self.asks_wider = bool(data and data.get("is_wider"))
        if text is None:
            self._add_origin(delegate, source)

    def _add_origin(self, delegate: Delegate, source: Text | None) -> None:
        """Add the earlier text to start from, among those that the delegate may read, and the confirmation."""
        earlier = [(str(one.pk), _in_one_line(one)) for one in Text.objects.visible_to(delegate)]
        self.fields["based_on"] = forms.ChoiceField(
            label=_("Start from"),
            choices=[("", _("an empty page")), *earlier],
            required=False,
            initial=str(source.pk) if source else "",
        )
        self.fields["is_wider"] = forms.BooleanField(
            label=_("More members may read these words than the text that they come from: I answer for it."),
            required=False,
        )

    def origin(self) -> dict[str, Any]:
        """Return the arguments of `create_text` about the text to start from."""
        data = self.cleaned_data
        return {"based_on": UUID(data["based_on"]) if data["based_on"] else None, "is_wider": data["is_wider"]}

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


def _in_one_line(text: Text) -> str:
    """Return the title of a text with where it stands."""
    return f"{text.title} ({State(text.state).label})"


def _roles(text: Text | None) -> dict[str, str]:
    """Return the versions there are, English and French as authentic ones for a new text."""
    if text is None:
        return {"en": "authentic", "fr": "authentic"}
    return {version.language: "authentic" if version.is_authentic else "translation" for version in text.versions.all()}
