"""Signing in by a link, and the preferences of a person."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from concertation.accounts.domain.links import find_person, redeem_link
from concertation.accounts.domain.people import choose_language
from concertation.accounts.errors import UnknownLanguage
from concertation.core.http import Request


@never_cache
@sensitive_variables("token")
@require_safe
def show_link(request: Request, token: str) -> HttpResponse:
    """Ask before the link is used up, since mail scanners follow links too."""
    return render(request, "accounts/link.html", {"person": find_person(token=token), "token": token})


@never_cache
@sensitive_variables("token")
@require_POST
def use_link(request: Request, token: str) -> HttpResponse:
    """Sign the person of the link in, and use the link up."""
    person = redeem_link(token=token)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    response = redirect(settings.LOGIN_REDIRECT_URL)
    return _remember_language(response, person.language)


@require_POST
def set_language(request: Request) -> HttpResponse:
    """Show the interface in another language from now on, on this device and for this person."""
    language = request.POST.get("language", "")
    if not translation.check_for_language(language) or language not in dict(settings.LANGUAGES):
        raise UnknownLanguage
    if request.user.is_authenticated:
        choose_language(person=request.user, language=language)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return _remember_language(HttpResponseRedirect(back), language)


def _remember_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
