"""Forms about observation, the catalogue of kinds, and the file of an import."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.situation.domain.incident_imports import NAME_LENGTH as COLLECTION_LENGTH
from concertation.situation.domain.observation import NAME_LENGTH, WHY_LENGTH, Box, Restriction
from concertation.situation.forms.conditions import DayField
from concertation.situation.incidents.enums import Family, LimitKind
from concertation.situation.models import Area, Collection, Kind, Limit


class LimitForm(forms.Form):
    """An area was closed or restricted; with `limit`, a correction for the same readers."""

    area = forms.ChoiceField(label=_("Area"))
    kind = forms.ChoiceField(
        label=_("The area was"), choices=LimitKind.choices, initial=LimitKind.CLOSED, widget=forms.RadioSelect
    )
    since = DayField(label=pgettext_lazy("days", "From"))
    until = DayField(label=_("Until, and including (empty: until now)"), required=False)
    why = forms.CharField(label=_("Why"), max_length=WHY_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))
    limited_by = forms.CharField(label=_("By whom, if it is known"), max_length=NAME_LENGTH, required=False)
    is_withdrawn = forms.BooleanField(label=_("Take the entry back; nothing stands in its place"), required=False)
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, initial=Audience.COALITION, widget=forms.RadioSelect
    )
    named = forms.MultipleChoiceField(label=_("Named members"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, delegate: Delegate, limit: Limit | None = None, **kwargs: Any) -> None:
        if limit:
            names = ("kind", "since", "until", "why", "limited_by")
            kwargs["initial"] = {name: getattr(limit, name) for name in names}
        super().__init__(*args, **kwargs)
        areas = [(str(area.pk), area.name) for area in Area.objects.filter(until=None)]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        members = [(one.pk, one.name) for one in Member.objects.present() if one.pk != delegate.member_id]
        self.fields["named"].choices = members  # type: ignore[attr-defined]
        if limit:
            del self.fields["area"], self.fields["audience"], self.fields["named"]
        else:
            del self.fields["is_withdrawn"]
            self.fields["since"].initial = clock.now().date()

    def restriction(self) -> Restriction:
        """Return what was entered."""
        data = self.cleaned_data
        return Restriction(LimitKind(data["kind"]), data["since"], data["until"], data["why"], data["limited_by"])

    def readers(self) -> dict[str, Any]:
        """Return for whom it was entered."""
        return {"audience": Audience(self.cleaned_data["audience"]), "named": self.cleaned_data["named"]}


class _NamedForm(forms.Form):
    """Something with a name in each language of the pages."""

    def __init__(self, *args: Any, names: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = names or {}
        for code, _name in settings.LANGUAGES:
            language = {"language": get_language_info(code)["name_translated"]}
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % language,
                required=False,
                max_length=NAME_LENGTH,
                initial=self.kept.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code}),
            )

    def names(self) -> dict[str, str]:
        """Return the names; what is kept in other languages stays."""
        return {**self.kept, **{code: self.cleaned_data[f"name_{code}"] for code, _name in settings.LANGUAGES}}


class AreaForm(_NamedForm):
    """An area that is watched, as a box of degrees."""

    west = forms.FloatField(label=_("Western edge (longitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    south = forms.FloatField(label=_("Southern edge (latitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    east = forms.FloatField(label=_("Eastern edge (longitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    north = forms.FloatField(label=_("Northern edge (latitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    since = DayField(label=_("Watched since"))

    def box(self) -> Box:
        """Return the edges."""
        return Box(*(self.cleaned_data[edge] for edge in ("west", "south", "east", "north")))


class KindForm(_NamedForm):
    """A kind of incident: its code, names and family."""

    code = forms.SlugField(label=_("Code: small letters, digits and hyphens"), max_length=40)
    family = forms.ChoiceField(label=_("Family, within which reports may be of one incident"), choices=Family.choices)

    def __init__(self, *args: Any, kind: Kind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, names=kind.names if kind else None, **kwargs)
        if kind:
            self.fields["family"].initial = kind.family
            del self.fields["code"]


class EditionForm(forms.Form):
    """The file of an edition, the collection that it belongs to, and who may read what is new in it."""

    collection = forms.CharField(
        label=_("Name of the collection"),
        max_length=COLLECTION_LENGTH,
        widget=forms.TextInput(attrs={"list": "collections", "placeholder": "UCDP GED"}),
        help_text=_("A newer edition has the same name: its rows are compared by their identifier."),
    )
    file = forms.FileField(
        label=_("CSV file (UTF-8)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    audience = forms.ChoiceField(
        label=_("Who may read what is new in it"),
        choices=Audience.choices,
        initial=Audience.COALITION,
        widget=forms.RadioSelect,
    )
    named = forms.MultipleChoiceField(label=_("Named members"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = [(one.pk, one.name) for one in Member.objects.present() if one.pk != delegate.member_id]
        self.fields["named"].choices = members  # type: ignore[attr-defined]
        own = Collection.objects.filter(member=delegate.member_id)
        self.known = [collection.name for collection in own]
