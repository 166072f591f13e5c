"""The pages of contributions: the list, one with its history, and the forms for what happens to it."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from concertation.coalition.models import Member
from concertation.commitments.domain.contributions import announce_contribution, revise_terms
from concertation.commitments.domain.facts import (
    commit_contribution,
    correct_fact,
    join_contribution,
    lift_caveat,
    record_approval,
    record_delivery,
    renew_contribution,
    report_available,
    state_caveat,
    withdraw_contribution,
)
from concertation.commitments.enums import Approval, FactKind, Line, State
from concertation.commitments.errors import AlreadyCorrected, NotNeeded
from concertation.commitments.forms.contributions import AnnouncementForm, CaveatForm, FactForm, OfferForm
from concertation.commitments.forms.fields import capability_choices
from concertation.commitments.models import Contribution, Fact, Requirement
from concertation.commitments.origins import origins_for
from concertation.commitments.queries.contributions import Search, contribution_for, contributions_for, fact_for
from concertation.commitments.queries.members import member_sheet
from concertation.commitments.rules import may_correct, may_offer
from concertation.commitments.views.answers import accepted, status_of
from concertation.core.days import about_day, day_asked, latest_day
from concertation.core.errors import InvalidInput, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial


class Act(NamedTuple):
    """Something that can be entered on a contribution."""

    ability: str  # that it takes, of `rules.abilities`
    kind: FactKind
    title: str | Promise
    word: str | Promise  # on the button
    enter: Callable[..., Fact]


ACTS = {
    "join": Act("join", FactKind.JOINED, _("Join the contribution"), _("Join"), join_contribution),
    "commit": Act("commit", FactKind.COMMITTED, _("Commit the contribution"), _("Commit"), commit_contribution),
    "available": Act(
        "report_available", FactKind.AVAILABLE, _("Report it available"), _("Report available"), report_available
    ),
    "deliver": Act("deliver", FactKind.DELIVERED, _("Record a delivery"), _("Record the delivery"), record_delivery),
    "renew": Act("renew", FactKind.RENEWED, _("Renew the pledge"), _("Renew"), renew_contribution),
    "withdraw": Act(
        "withdraw", FactKind.WITHDRAWN, _("Withdraw the contribution"), _("Withdraw"), withdraw_contribution
    ),
}


@require_safe
@delegates_only
def show_contributions(request: DelegateRequest) -> HttpResponse:
    """Show contributions, by the filters of the address."""
    search = _search(request)
    context = {
        "listing": contributions_for(request.delegate, search),
        "search": search,
        "lines": Line.choices,
        "states": State.choices,
        "capabilities": capability_choices(),
        "members": [(member.pk, member.name) for member in Member.objects.present()],
        "may_offer": may_offer(request.delegate),
    }
    return render_page_or_partial(request, "commitments/contributions.html", context, partial="contributions")


@require_safe
@delegates_only
def show_contribution(request: DelegateRequest, contribution_id: UUID) -> HttpResponse:
    """Show a contribution as it stands now, or on the day `?at=`."""
    at = day_asked(request)
    sheet = contribution_for(request.delegate, contribution_id, at or latest_day())
    if sheet is None:
        raise Http404
    context = {
        "sheet": sheet,
        "entry": sheet.entry,
        "terms": sheet.entry.terms,
        "can": sheet.can,
        "origins": origins_for(request.delegate, contribution_id),
        **about_day(at),
    }
    return render_page_or_partial(request, "commitments/contribution.html", context, partial="contribution")


@require_safe
@delegates_only
def show_member(request: DelegateRequest, code: str) -> HttpResponse:
    """Show what a member promised, and what it owes by when."""
    member = get_object_or_404(Member.objects.present(), pk=code)
    context = {"sheet": member_sheet(request.delegate, member), "member": member}
    return render_page_or_partial(request, "commitments/member.html", context, partial="member")


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def announce(request: DelegateRequest) -> HttpResponse:
    """Announce a contribution, for the requirement `?for=` if there is one."""
    if not may_offer(request.delegate):
        raise NotAllowed
    form = OfferForm(request.POST or None, initial=_for_requirement(request))
    announcing = AnnouncementForm(request.POST or None, delegate=request.delegate)
    made: list[Contribution] = []
    if request.method == "POST" and accepted(
        [form, announcing],
        lambda: made.append(
            announce_contribution(by=request.delegate, offer=form.offer(), announcement=announcing.announcement())
        ),
    ):
        return redirect("commitments:contribution", made[0].pk)
    context = {"form": form, "announcing": announcing}
    return render(request, "commitments/announce.html", context, status=status_of(form, announcing))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def revise(request: DelegateRequest, contribution_id: UUID) -> HttpResponse:
    """Put other terms in force."""
    contribution = _able(request, contribution_id, "revise")
    form = OfferForm(request.POST or None, terms=contribution.current)
    if request.method == "POST" and accepted(
        form,
        lambda: revise_terms(
            by=request.delegate,
            contribution_id=contribution_id,
            offer=form.offer(),
            valid_from=form.cleaned_data["valid_from"],
        ),
    ):
        return redirect("commitments:contribution", contribution_id)
    context = {"form": form, "contribution": contribution}
    return render(request, "commitments/announce.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def act(request: DelegateRequest, contribution_id: UUID, name: str) -> HttpResponse:
    """Enter that something happened: one of `ACTS`."""
    if name not in ACTS:
        raise Http404
    what = ACTS[name]
    contribution = _able(request, contribution_id, what.ability)
    form = FactForm(request.POST or None, kind=what.kind)
    if request.method == "POST" and accepted(
        form,
        lambda: what.enter(
            by=request.delegate, contribution_id=contribution_id, happening=form.happening(), **form.details()
        ),
    ):
        return redirect("commitments:contribution", contribution_id)
    context = {"form": form, "contribution": contribution, "title": what.title, "word": what.word, "act": name}
    return render(request, "commitments/act.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def approve(request: DelegateRequest, contribution_id: UUID, approval: str) -> HttpResponse:
    """Record that an approval was obtained, or, with `refused`, refused."""
    contribution = _able(request, contribution_id, "approve")
    if approval not in contribution.current.approvals:
        raise NotNeeded
    form = FactForm(request.POST or None, kind=FactKind.APPROVED)
    if request.method == "POST" and accepted(
        form,
        lambda: record_approval(
            by=request.delegate,
            contribution_id=contribution_id,
            approval=Approval(approval),
            happening=form.happening(),
            granted="refused" not in request.POST,
        ),
    ):
        return redirect("commitments:contribution", contribution_id)
    context = {"form": form, "contribution": contribution, "approval": Approval(approval).label}
    return render(request, "commitments/act.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def caveat(request: DelegateRequest, contribution_id: UUID) -> HttpResponse:
    """State a caveat."""
    contribution = _able(request, contribution_id, "state_caveat")
    form = CaveatForm(request.POST or None, delegate=request.delegate)
    if request.method == "POST" and accepted(
        form, lambda: state_caveat(by=request.delegate, contribution_id=contribution_id, **form.facts())
    ):
        return redirect("commitments:contribution", contribution_id)
    context = {"form": form, "contribution": contribution}
    return render(request, "commitments/caveat.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def lift(request: DelegateRequest, contribution_id: UUID, number: int) -> HttpResponse:
    """Lift a caveat."""
    contribution = _able(request, contribution_id, "lift")
    form = FactForm(request.POST or None, kind=FactKind.LIFTED)
    if request.method == "POST" and accepted(
        form,
        lambda: lift_caveat(
            by=request.delegate, contribution_id=contribution_id, number=number, happening=form.happening()
        ),
    ):
        return redirect("commitments:contribution", contribution_id)
    context = {"form": form, "contribution": contribution, "title": _("Lift the caveat"), "word": _("Lift")}
    return render(request, "commitments/act.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def correct(request: DelegateRequest, fact_id: UUID) -> HttpResponse:
    """Put another entry in the place of one."""
    old = fact_for(request.delegate, fact_id)
    if old is None:
        raise Http404
    if not may_correct(request.delegate, old.contribution.codes, old):
        raise NotAllowed
    if hasattr(old, "correction"):
        raise AlreadyCorrected
    copied = ("day", "quantity", "until", "reference", "evidence", "link")
    initial = {name: getattr(old, name) for name in copied}
    form = FactForm(request.POST or None, kind=old.kind, corrects=True, initial=initial)
    if request.method == "POST" and accepted(
        form,
        lambda: correct_fact(
            by=request.delegate,
            fact_id=fact_id,
            happening=form.happening(),
            void=form.cleaned_data["void"],
            **form.details(),
        ),
    ):
        return redirect("commitments:contribution", old.contribution_id)
    context = {
        "form": form,
        "contribution": old.contribution,
        "old": old,
        "title": _("Correct an entry"),
        "word": _("Correct"),
    }
    return render(request, "commitments/act.html", context, status=status_of(form))


def _able(request: DelegateRequest, contribution_id: UUID, ability: str) -> Contribution:
    """Return a contribution with which the delegate may do so; raises Http404, NotAllowed."""
    sheet = contribution_for(request.delegate, contribution_id, latest_day())
    if sheet is None:
        raise Http404
    if not sheet.can[ability]:
        raise NotAllowed
    return sheet.entry.contribution


def _search(request: DelegateRequest) -> Search:
    """Return what is looked for; raises InvalidInput for a choice that does not exist."""
    ask = request.GET
    line, state, page = ask.get("line", ""), ask.get("state", ""), ask.get("page", "1")
    if (line and line not in Line.values) or (state and state not in State.values) or not page.isdecimal():
        raise InvalidInput
    return Search(ask.get("member", ""), line, ask.get("capability", ""), state, ask.get("words", ""), int(page))


def _for_requirement(request: DelegateRequest) -> dict[str, object]:
    """Return what the form begins with when a requirement is answered."""
    wanted = request.GET.get("for", "")
    try:
        key = UUID(wanted)
    except ValueError:
        return {}
    requirement = Requirement.objects.visible_to(request.delegate).filter(pk=key).first()
    if requirement is None:
        return {}
    need = requirement.revision
    return {
        "title": need.name,
        "line": need.line,
        "phase": need.phase,
        "capability": need.capability_id,
        "available_from": max(need.needed_from, latest_day()),
        "available_to": need.needed_to,
        "earmark": str(requirement.pk),
    }
