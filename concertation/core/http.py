"""Typed requests, and the one helper that decides between a page and its fragment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from concertation.accounts.models import Person
    from concertation.coalition.models import Delegate

P = ParamSpec("P")


class Request(HttpRequest):
    """A request behind our middleware: who asks, in which capacity, and whether htmx sent it."""

    user: Person | AnonymousUser
    delegate: Delegate | None
    htmx: HtmxDetails


class DelegateRequest(Request):
    """A request of somebody who has a capacity in the coalition."""

    user: Person
    delegate: Delegate


View = Callable[Concatenate[Request, P], HttpResponseBase]
DelegateView = Callable[Concatenate[DelegateRequest, P], HttpResponseBase]


def delegates_only(view: DelegateView[P]) -> View[P]:
    """Let only people with a capacity through; others are sent to sign in, or told plainly (403)."""

    def checked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.delegate is None:
            return render(request, "web/no_capacity.html", status=403)
        return view(cast("DelegateRequest", request), *args, **kwargs)

    update_wrapper(checked, view)
    return checked


def render_page_or_partial(
    request: Request, template: str, context: Mapping[str, object], *, partial: str, status: int = 200
) -> HttpResponse:
    """Render `template` for a navigation, only its `{% partialdef %}` named `partial` for an htmx swap."""
    wants_fragment = bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
    name = f"{template}#{partial}" if wants_fragment else template
    return render(request, name, dict(context), status=status)
