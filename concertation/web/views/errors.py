"""Error pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be understood."""
    return render(request, "web/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this is not for the person."""
    return render(request, "web/errors/403.html", status=403)


def not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the request could not be proved to come from our own page (CSRF)."""
    return render(request, "web/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "web/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, without asking the database who asks: it may be the fault."""
    return HttpResponse(render_to_string("web/errors/500.html"), status=500)
