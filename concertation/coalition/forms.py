"""Forms about members and delegates: they check the shape of what was typed, the domain functions the rest."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concertation.coalition.countries import country_codes, country_name
from concertation.coalition.enums import Capacity, MemberKind, Status
from concertation.core.zones import zone_choices


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name in the reader's language."""
    language = get_language() or "en"
    return sorted(((code, country_name(code, language)) for code in country_codes()), key=lambda pair: pair[1])


class InvitedStateForm(forms.Form):
    """A state to invite."""

    code = forms.ChoiceField(label=_("State"), choices=country_choices)
    capital = forms.CharField(label=_("Capital"), max_length=80)
    time_zone = forms.ChoiceField(label=_("Time zone of the capital"), choices=zone_choices)

    def facts(self) -> dict[str, Any]:
        """Return the arguments for `invite_member`."""
        return {**self.cleaned_data, "kind": MemberKind.STATE}


class InvitedOrganisationForm(forms.Form):
    """An organisation to invite."""

    code = forms.RegexField(
        label=_("Short name"),
        regex=r"^[A-Z][A-Z0-9]{1,7}$",
        help_text=_("Two to eight capital letters or digits, like EU or NATO."),
        error_messages={"invalid": _("Use two to eight capital letters or digits, like EU or NATO.")},
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120)
    capital = forms.CharField(label=_("Seat"), max_length=80)
    time_zone = forms.ChoiceField(label=_("Time zone of the seat"), choices=zone_choices)

    def facts(self) -> dict[str, Any]:
        """Return the arguments for `invite_member`."""
        data = dict(self.cleaned_data)
        names = {"en": data.pop("name_en"), "fr": data.pop("name_fr")}
        return {**data, "names": names, "kind": MemberKind.ORGANISATION}


class StatusForm(forms.Form):
    """The status in which a member joins."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[(s.value, s.label) for s in (Status.MEMBER, Status.PARTNER, Status.OBSERVER)],
    )


class DelegateForm(forms.Form):
    """A person to appoint to a delegation, or to the secretariat."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    capacity = forms.ChoiceField(label=_("Capacity"))
    title = forms.CharField(label=_("Office held"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, of_secretariat: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capacities = [c for c in Capacity if (c == Capacity.SECRETARIAT) is of_secretariat]
        self.fields["capacity"] = forms.ChoiceField(
            label=_("Capacity"), choices=[(c.value, c.label) for c in capacities]
        )
        self.fields["email"].widget.attrs["autocomplete"] = "off"
