"""What every template of ours may rely on."""

from django.conf import settings

from concertation.core import clock
from concertation.core.http import Request
from concertation.web.navigation import sections
from concertation.web.theme import theme_of


def shell(request: Request) -> dict[str, object]:
    """Return who asks (absent on error pages made before the middleware ran), the menu, language, theme, time."""
    return {
        "delegate": getattr(request, "delegate", None),
        "sections": sections(request),
        "languages": settings.LANGUAGES,
        "theme": theme_of(request),
        "server_time": f"{clock.now().timestamp():.6f}",
    }
