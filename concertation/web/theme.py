"""Light or dark: the cookie is the truth, read here so that no page flashes; without it the system decides."""

from django.http import HttpRequest

COOKIE = "theme"
CHOICES = {"light", "dark"}


def theme_of(request: HttpRequest) -> str:
    """Return light or dark as chosen on this device, empty to follow the system."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in CHOICES else ""
