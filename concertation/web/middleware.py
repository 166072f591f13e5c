"""Turns the refusals of domain functions into answers that a person can read."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render

from concertation.core.errors import DomainError
from concertation.core.http import Request


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
