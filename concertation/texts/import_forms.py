"""The forms of an import: a file, then the title and readers of the text that it becomes."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concertation.coalition.models import Delegate
from concertation.core.languages import language_name
from concertation.texts.domain.texts import TITLE_LENGTH
from concertation.texts.enums import Audience
from concertation.texts.forms import present_members
from concertation.texts.languages import OFFERED


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in OFFERED]


class FileForm(forms.Form):
    """The file, and the language that it is in where that is open."""

    file = forms.FileField(
        label=_("Word document (.docx)"),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
    )
    language = forms.ChoiceField(label=_("Language of the document"), choices=_languages)

    def __init__(self, *args: Any, language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if language:
            del self.fields["language"]
        else:
            self.fields["language"].initial = get_language()


class ImportedTextForm(forms.Form):
    """What a new text needs besides its words."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect)
    members = forms.MultipleChoiceField(
        label=_("Named members"), choices=present_members, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None = None, *, delegate: Delegate, title: str = "") -> None:
        member = [delegate.member_id] if delegate.member_id else []
        initial = {"title": title[:TITLE_LENGTH], "audience": Audience.COALITION, "members": member}
        super().__init__(data, initial=initial)
