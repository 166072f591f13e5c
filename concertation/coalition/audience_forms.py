"""The form of whatever has readers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.core.forms import choose


class AudienceForm(forms.Form):
    """A form whose content has readers: the coalition, named members, or the co-chairs only.

    `coalition/components/audience.html` shows these fields.
    """

    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, initial=Audience.COALITION, widget=forms.RadioSelect
    )
    named = forms.MultipleChoiceField(label=_("Named members"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, delegate: Delegate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegate = delegate
        others = (member for member in Member.objects.present() if member.pk != delegate.member_id)
        choose(self, "named", [(member.pk, member.name) for member in others])

    def drop_readers(self) -> None:
        """Ask for no readers: the domain function knows them."""
        del self.fields["audience"], self.fields["named"]

    def readers(self) -> dict[str, Any]:
        """Return for whom it is, as the domain functions take it; nothing where that was not asked."""
        if "audience" not in self.fields:
            return {}
        return {"audience": Audience(self.cleaned_data["audience"]), "named": self.cleaned_data["named"]}
