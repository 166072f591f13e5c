"""What stands between every request and its view: caches, the person's language, and refusals in words."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control

from concertation.core.errors import DomainError
from concertation.core.http import Request
from concertation.web.views import errors
from concertation.web.views.home import CACHE_SECONDS


def in_their_language(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Speak the language kept with the person on a device that has not chosen one itself."""

    def middleware(request: Request) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def as_anybody(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Answer public addresses without looking at who asks, so that nothing personal can be in what caches keep.

    Cookies and the languages of the browser are taken away before anything reads them; an answer that caches may keep
    varies by nothing and sets nothing.
    """

    def middleware(request: Request) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or not request.path.startswith("/public/"):
            return get_response(request)
        request.COOKIES = {}
        for header in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE"):
            request.META.pop(header, None)
        response = get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:  # it is about an answer that may be kept, as long again
            patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        if "public" in response.get("Cache-Control", ""):
            del response["Vary"]
            response.cookies.clear()
        return response

    return middleware


def kept_by_nobody(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Let no cache keep an answer that does not say itself who may: most are for one person."""

    def middleware(request: Request) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def without_null(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Refuse the null character, which no form of ours brings and PostgreSQL cannot store."""

    def middleware(request: Request) -> HttpResponse:
        words = (word for name, values in request.POST.lists() for word in (name, *values))
        if "\0" in request.path or any("\0" in word for word in words):
            return errors.bad_request(request)
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
