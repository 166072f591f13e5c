"""Says on every request in which capacity the person acts."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpResponse

from concertation.coalition.queries import delegate_of
from concertation.core import live
from concertation.core.http import Request


def with_delegate(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Set `request.delegate` to the person's present capacity, or None; on sign-out, let its sockets look again.

    A page that sends what somebody did a while ago says who (`X-Delegate`). When it is somebody else's machine by now,
    the answer is 401: nobody acts in the name of the next person.
    """

    def middleware(request: Request) -> HttpResponse:
        delegate = request.delegate = delegate_of(request.user)
        meant = request.headers.get("X-Delegate", "")
        if meant and delegate and meant != str(delegate.id):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        response = get_response(request)
        if delegate and not request.user.is_authenticated:
            live.announce(f"delegate:{delegate.id}")
        return response

    return middleware
