"""Fields that several forms share."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertation.commitments.models import Capability
from concertation.core.forms import Choices


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
