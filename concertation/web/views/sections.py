"""Sections of the menu whose parts are still to come say so, instead of pretending or hiding."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from concertation.core.http import DelegateRequest, delegates_only


@require_safe
@delegates_only
def commit(request: DelegateRequest) -> HttpResponse:
    """Say what committing will be."""
    sentence = _("Here the coalition will keep what is required, who contributes what, and what was delivered.")
    return render(request, "web/not_yet.html", {"heading": pgettext("menu", "Commit"), "sentence": sentence})
