"""The rows that the editor draws over the words, as JSON: the socket tells that they changed, this tells how."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from concertation.core.http import DelegateRequest, delegates_only
from concertation.texts.queries.layer import layer_of
from concertation.texts.views.pages import find_text


@delegates_only
@require_safe
def show_layer(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Send the rows of a text."""
    return JsonResponse(layer_of(find_text(request, key), request.delegate))
