"""Fields in each language of the pages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language_info


class WordsForm(forms.Form):
    """A form with words by language; what is kept in languages that the pages do not speak stays."""

    kept: dict[str, Mapping[str, str]]

    def add_words(
        self, stem: str, label: str | Promise, longest: int, *, rows: int = 0, kept: Mapping[str, str] | None = None
    ) -> None:
        """Add a field for each language, which `label` names as %(language)s; `rows` makes it one of several lines."""
        if not hasattr(self, "kept"):
            self.kept = {}
        self.kept[stem] = kept or {}
        for code, _name in settings.LANGUAGES:
            attributes: dict[str, Any] = {"lang": code, **({"rows": rows} if rows else {})}
            self.fields[f"{stem}_{code}"] = forms.CharField(
                label=str(label) % {"language": get_language_info(code)["name_translated"]},
                required=False,
                max_length=longest,
                initial=self.kept[stem].get(code, ""),
                widget=forms.Textarea(attrs=attributes) if rows else forms.TextInput(attrs=attributes),
            )

    def words(self, stem: str) -> dict[str, str]:
        """Return what was written, by language."""
        written = {code: self.cleaned_data.get(f"{stem}_{code}", "") for code, _name in settings.LANGUAGES}
        return {**self.kept[stem], **written}
