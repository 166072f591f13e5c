"""The forms of an import: what the file holds and the file itself, then where its figures come from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.coalition.models import Delegate
from concertation.commitments.imports.columns import Kind
from concertation.commitments.rules import may_offer, may_require
from concertation.core.forms import choose

KINDS = {
    Kind.REQUIREMENTS: pgettext_lazy("what a file holds", "requirements"),
    Kind.CONTRIBUTIONS: pgettext_lazy("what a file holds", "contributions"),
}
ACCEPTED = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kinds_for(delegate: Delegate) -> list[Kind]:
    """Return what `delegate` may import."""
    allowed = {Kind.REQUIREMENTS: may_require(delegate), Kind.CONTRIBUTIONS: may_offer(delegate)}
    return [kind for kind, is_allowed in allowed.items() if is_allowed]


class FileForm(forms.Form):
    """A file, and what its rows are."""

    kind = forms.ChoiceField(label=_("What the file holds"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Table (.xlsx or .csv)"),
        help_text=_("At most 3.5 MB and 10,000 rows. Formulas are not evaluated: save the values alone."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = kinds_for(delegate)
        choose(self, "kind", [(kind.value, KINDS[kind]) for kind in kinds])
        self.fields["kind"].initial = kinds[0].value if kinds else None
