"""Pages about who belongs to the coalition."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.coalition import queries
from concertation.coalition.domain import delegates as delegate_acts
from concertation.coalition.domain import members as member_acts
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.forms import DelegateForm, InvitedOrganisationForm, InvitedStateForm, StatusForm
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import check_appoints, check_manages, coalition_abilities, member_abilities
from concertation.core.errors import DomainError
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial

KINDS: dict[str, type[InvitedStateForm | InvitedOrganisationForm]] = {
    "state": InvitedStateForm,
    "organisation": InvitedOrganisationForm,
}


@delegates_only
@require_safe
def show_coalition(request: DelegateRequest) -> HttpResponse:
    """Show every member with its status, its delegates and who is online."""
    context = {
        "delegations": queries.delegations(),
        "secretariat": queries.secretariat(),
        "can": coalition_abilities(request.delegate),
    }
    return render_page_or_partial(request, "coalition/coalition.html", context, partial="members")


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: DelegateRequest, kind: str) -> HttpResponse:
    """Invite a state or an organisation."""
    check_manages(request.delegate.actor)
    form = KINDS[kind](request.POST or None)
    if form.is_valid():
        try:
            member = member_acts.invite_member(by=request.delegate.actor, **form.facts())
            return redirect("coalition:member", member.code)
        except DomainError as error:
            form.add_error("code", str(error.message))
    return render(request, "coalition/invite.html", {"form": form, "kind": kind}, status=400 if form.errors else 200)


@delegates_only
@require_safe
def show_member(request: DelegateRequest, code: str) -> HttpResponse:
    """Show a member, its delegation and its history."""
    member = get_object_or_404(Member, code=code)
    context = {
        "member": member,
        "delegates": queries.delegation_of(member),
        "history": queries.history_of(member),
        "can": member_abilities(request.delegate, member),
        "status_form": StatusForm(initial={"status": member.status}),
    }
    return render_page_or_partial(request, "coalition/member.html", context, partial="member")


@delegates_only
@require_POST
def admit_member(request: DelegateRequest, code: str) -> HttpResponse:
    """Let a member join, or change its status."""
    form = StatusForm(request.POST)
    status = Status(form.cleaned_data["status"]) if form.is_valid() else Status.INVITED
    member_acts.admit_member(by=request.delegate.actor, code=code, status=status)
    return redirect("coalition:member", code)


@delegates_only
@require_POST
def let_member_leave(request: DelegateRequest, code: str) -> HttpResponse:
    """Let a member leave the coalition."""
    member_acts.let_member_leave(by=request.delegate.actor, code=code)
    return redirect("coalition:show")


@delegates_only
@require_POST
def name_co_chair(request: DelegateRequest, code: str) -> HttpResponse:
    """Make a member preside."""
    member_acts.name_co_chair(by=request.delegate.actor, code=code)
    return redirect("coalition:member", code)


@delegates_only
@require_POST
def end_co_chair(request: DelegateRequest, code: str) -> HttpResponse:
    """Let a co-chair become a member like the others."""
    member_acts.end_co_chair(by=request.delegate.actor, code=code)
    return redirect("coalition:member", code)


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def appoint_delegate(request: DelegateRequest, code: str | None = None) -> HttpResponse:
    """Appoint a person to a delegation, or to the secretariat, and mail the invitation."""
    member = None if code is None else get_object_or_404(Member, code=code)
    check_appoints(request.delegate.actor, code)
    form = DelegateForm(request.POST or None, of_secretariat=member is None)
    if form.is_valid():
        facts = {**form.cleaned_data, "capacity": Capacity(form.cleaned_data["capacity"]), "member": code}
        try:
            delegate_acts.appoint_and_invite(by=request.delegate.actor, **facts)
            return redirect("coalition:member", code) if code else redirect("coalition:show")
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "member": member}
    return render(request, "coalition/appoint.html", context, status=400 if form.errors else 200)


@delegates_only
@require_POST
def invite_delegate(request: DelegateRequest, key: str) -> HttpResponse:
    """Mail a delegate a new sign-in link."""
    delegate = get_object_or_404(Delegate, pk=key)
    delegate_acts.invite_delegate(by=request.delegate.actor, delegate=delegate)
    return _back_to_delegation(delegate)


@delegates_only
@require_POST
def end_capacity(request: DelegateRequest, key: str) -> HttpResponse:
    """End a delegate's capacity."""
    delegate = get_object_or_404(Delegate, pk=key)
    delegate_acts.end_capacity(by=request.delegate.actor, delegate=delegate)
    return _back_to_delegation(delegate)


def _back_to_delegation(delegate: Delegate) -> HttpResponse:
    return redirect("coalition:member", delegate.member_id) if delegate.member_id else redirect("coalition:show")
