"""Light, dark, or as the system says: kept on the device, not with the person."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from concertation.core.errors import InvalidInput
from concertation.core.http import Request
from concertation.web.theme import CHOICES, COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def choose_theme(request: Request) -> HttpResponse:
    """Keep the chosen theme in a cookie, which scripts may set too; an empty choice follows the system."""
    chosen, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    if chosen and chosen not in CHOICES:
        raise InvalidInput
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, secure=settings.SECURE, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
