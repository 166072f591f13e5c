"""Says on every request in which capacity the person acts."""

from collections.abc import Callable

from django.http import HttpResponse

from concertation.coalition.queries import delegate_of
from concertation.core.http import Request


def with_delegate(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Set `request.delegate` to the person's present capacity, or None."""

    def middleware(request: Request) -> HttpResponse:
        request.delegate = delegate_of(request.user)
        return get_response(request)

    return middleware
