"""What every template of ours may rely on."""

from django.conf import settings

from concertation.core.http import Request
from concertation.web.navigation import sections
from concertation.web.theme import theme_of


def shell(request: Request) -> dict[str, object]:
    """Return who asks (absent on error pages made before the middleware ran), the menu, language and theme."""
    return {
        "delegate": getattr(request, "delegate", None),
        "sections": sections(request),
        "languages": settings.LANGUAGES,
        "theme": theme_of(request),
    }
