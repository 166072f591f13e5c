"""Home: what waits for me."""

from django.http import HttpResponse
from django.shortcuts import render

from concertation.core.http import Request


def home(request: Request) -> HttpResponse:
    """Show the home of a delegate, or the public page."""
    return render(request, "web/home.html")
