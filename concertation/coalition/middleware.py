"""Says on every request in which capacity the person acts."""

from collections.abc import Callable

from django.http import HttpResponse

from concertation.coalition.queries import delegate_of
from concertation.core import live
from concertation.core.http import Request


def with_delegate(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Set `request.delegate` to the person's present capacity, or None; on sign-out, let its sockets look again."""

    def middleware(request: Request) -> HttpResponse:
        delegate = request.delegate = delegate_of(request.user)
        response = get_response(request)
        if delegate and not request.user.is_authenticated:
            live.announce(f"delegate:{delegate.id}")
        return response

    return middleware
