"""Fields and forms that every app uses."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concertation.core import clock
from concertation.core.days import FIRST_DAY, latest_day
from concertation.core.languages import language_name
from concertation.core.words import LINK_LENGTH

Choices = list[tuple[str, str]]


class DayField(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": FIRST_DAY.isoformat()})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class LinkField(forms.CharField):
    """The address of a public page, which may be left out; the domain functions check it."""

    def __init__(self, label: Any = None) -> None:
        widget = forms.URLInput(attrs={"placeholder": "https://"})
        super().__init__(
            label=label or _("Link to a public source"), required=False, max_length=LINK_LENGTH, widget=widget
        )


def choose(form: forms.Form, field: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of `form` its choices, groups of choices included."""
    chosen = form.fields[field]
    assert isinstance(chosen, forms.ChoiceField)
    chosen.choices = list(choices)


def begin_today(form: forms.Form, field: str) -> None:
    """Put today into a field about a day that has come, and end its calendar there."""
    form.fields[field].initial = clock.now().date()
    form.fields[field].widget.attrs["max"] = latest_day().isoformat()


class WordsForm(forms.Form):
    """A form with words by language; what is kept in languages that the pages do not speak stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: dict[str, Mapping[str, str]] = {}

    def add_words(
        self,
        stem: str,
        label: str | Promise,
        longest: int,
        *,
        kept: Mapping[str, str] | None = None,
        rows: int = 0,
        is_first: bool = False,
        help_text: str | Promise = "",
    ) -> None:
        """Add a field for each language of the pages, which `label` names as %(language)s.

        `rows` makes it one of several lines; `is_first` puts it before the fields that are there.
        """
        self.kept[stem] = kept or {}
        added: dict[str, forms.Field] = {}
        for code, _name in settings.LANGUAGES:
            attributes: dict[str, Any] = {"lang": code, **({"rows": rows} if rows else {})}
            added[f"{stem}_{code}"] = forms.CharField(
                label=str(label) % {"language": language_name(code)},
                required=False,
                max_length=longest,
                initial=self.kept[stem].get(code, ""),
                help_text=str(help_text),
                widget=forms.Textarea(attrs=attributes) if rows else forms.TextInput(attrs=attributes),
            )
        self.fields = {**added, **self.fields} if is_first else {**self.fields, **added}

    def words(self, stem: str) -> dict[str, str]:
        """Return what was written, by language."""
        written = {code: self.cleaned_data.get(f"{stem}_{code}", "") for code, _name in settings.LANGUAGES}
        return {**self.kept[stem], **written}
