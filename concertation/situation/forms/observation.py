"""Forms about observation, the catalogue of kinds, and the file of an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.audience_forms import AudienceForm
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.forms import DayField, WordsForm, choose
from concertation.situation.domain.incident_imports import NAME_LENGTH as COLLECTION_LENGTH
from concertation.situation.domain.observation import NAME_LENGTH, WHY_LENGTH, Box, Restriction
from concertation.situation.incidents.enums import Family, LimitKind
from concertation.situation.models import Area, Collection, Kind, Limit


class LimitForm(AudienceForm):
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

    def __init__(self, *args: Any, delegate: Delegate, limit: Limit | None = None, **kwargs: Any) -> None:
        if limit:
            names = ("kind", "since", "until", "why", "limited_by")
            kwargs["initial"] = {name: getattr(limit, name) for name in names}
        super().__init__(*args, delegate=delegate, **kwargs)
        choose(self, "area", [(str(area.pk), area.name) for area in Area.objects.filter(until=None)])
        if limit:
            del self.fields["area"]
            self.drop_readers()
        else:
            del self.fields["is_withdrawn"]
            self.fields["since"].initial = clock.now().date()

    def restriction(self) -> Restriction:
        """Return what was entered."""
        data = self.cleaned_data
        return Restriction(LimitKind(data["kind"]), data["since"], data["until"], data["why"], data["limited_by"])


class AreaForm(WordsForm):
    """An area that is watched, as a box of degrees."""

    west = forms.FloatField(label=_("Western edge (longitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    south = forms.FloatField(label=_("Southern edge (latitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    east = forms.FloatField(label=_("Eastern edge (longitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    north = forms.FloatField(label=_("Northern edge (latitude)"), widget=forms.NumberInput(attrs={"step": "any"}))
    since = DayField(label=_("Watched since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH)

    def box(self) -> Box:
        """Return the edges."""
        return Box(*(self.cleaned_data[edge] for edge in ("west", "south", "east", "north")))


class KindForm(WordsForm):
    """A kind of incident: its code, names and family."""

    code = forms.SlugField(label=_("Code: small letters, digits and hyphens"), max_length=40)
    family = forms.ChoiceField(label=_("Family, within which reports may be of one incident"), choices=Family.choices)

    def __init__(self, *args: Any, kind: Kind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_words("name", _("Name in %(language)s"), NAME_LENGTH, kept=kind.names if kind else {})
        if kind:
            self.fields["family"].initial = kind.family
            del self.fields["code"]


class EditionForm(AudienceForm):
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

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, delegate=delegate, **kwargs)
        self.fields["audience"].label = _("Who may read what is new in it")
        own = Collection.objects.filter(member=delegate.member_id)
        self.known = [collection.name for collection in own]
