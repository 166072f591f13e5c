"""Fields that several forms share."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from concertation.commitments.models import Capability

Choices = list[tuple[str, str]]


class DayField(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "2000-01-01", "max": "2100-12-31"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class QuantityField(forms.Field):
    """A number as people write it: with a comma or a point, and spaces between thousands."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 30}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return a decimal, or None for nothing; raises ValidationError."""
        text = "".join(str(value or "").split())[:31]
        if not text:
            return None
        try:
            number = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            raise forms.ValidationError(_("Write a number, as in 1500 or 2.5."))
        return number

    def prepare_value(self, value: Any) -> Any:
        """Return a number as it is typed."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class LinesField(forms.CharField):
    """Several names, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), max_length=2_000, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the lines that say something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def name_fields(form: forms.Form, names: dict[str, str], longest: int, label: Any) -> None:
    """Put a field for the name in each language of the pages at the head of `form`; `label` takes a language."""
    made = {}
    for code, _name in settings.LANGUAGES:
        made[f"name_{code}"] = forms.CharField(
            label=label % {"language": get_language_info(code)["name_translated"].lower()},
            required=False,
            max_length=longest,
            initial=names.get(code, ""),
            widget=forms.TextInput(attrs={"lang": code}),
        )
    form.fields = {**made, **form.fields}


def names_of(form: forms.Form, prefix: str, kept: dict[str, str]) -> dict[str, str]:
    """Return the names that were typed; what is kept in other languages stays."""
    typed = {code: form.cleaned_data.get(f"{prefix}_{code}", "") for code, _name in settings.LANGUAGES}
    return {**kept, **typed}


def capability_choices(*, kept: str = "") -> list[tuple[str, Choices]]:
    """Return the capabilities that can be chosen, by domain; `kept` is one that stays though it was retired."""
    groups: dict[str, Choices] = {}
    for capability in Capability.objects.all():
        if capability.retired_at is None or capability.pk == kept:
            unit = f" ({capability.unit})" if capability.unit else ""
            groups.setdefault(str(capability.get_domain_display()), []).append(
                (capability.pk, f"{capability.name}{unit}")
            )
    return [(domain, sorted(choices, key=lambda choice: choice[1])) for domain, choices in groups.items()]
