"""What stands between every request and its view: the person's language, and refusals in words."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from concertation.core.errors import DomainError
from concertation.core.http import Request


def in_their_language(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Speak the language kept with the person on a device that has not chosen one itself."""

    def middleware(request: Request) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


class ExplainRefusals:
    """Answers a DomainError with its sentence: as text to htmx, as a page to a navigation."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        """Answer a refusal with its own status; leave every other exception alone."""
        if not isinstance(error, DomainError):
            return None
        if request.htmx:
            return HttpResponse(str(error.message), status=error.status, content_type="text/plain; charset=utf-8")
        return render(request, "web/refused.html", {"sentence": error.message}, status=error.status)
