"""The pages of contacts with others."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.coalition.rules import SPEAKERS
from concertation.core.errors import DomainError, InvalidInput, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.situation.domain.contacts import (
    announce_contact,
    cancel_contact,
    hold_contact,
    record_contact,
    strike_contact,
)
from concertation.situation.domain.readouts import add_point, circulate_readout, mark_point, note_readout
from concertation.situation.domain.statements import state_position
from concertation.situation.errors import ContactNotPlanned, NoSuchPoint
from concertation.situation.forms.contacts import ContactForm, HeldForm, PointForm, ReadoutForm
from concertation.situation.forms.positions import HeardForm
from concertation.situation.models import Contact, ContactPoint, Readout
from concertation.situation.queries import contacts as queries
from concertation.situation.rules import contact_abilities, may_announce, may_hold

UNPROCESSABLE = 422
HELD_A_PAGE = 25


@require_safe
@delegates_only
def show_contacts(request: DelegateRequest) -> HttpResponse:
    """Show who has spoken to whom: what is planned, what was held, the timeline and the picture of pairs."""
    overview = queries.contacts_for(request.delegate)
    context = {
        "overview": overview,
        "held": Paginator(overview.held, HELD_A_PAGE).get_page(request.GET.get("page")),
        "may_announce": may_announce(request.delegate),
    }
    return render_page_or_partial(request, "situation/contacts.html", context, partial="contacts")


@require_safe
@delegates_only
def show_contact(request: DelegateRequest, contact_id: UUID) -> HttpResponse:
    """Show a contact: its points before, its readouts after, and the positions heard in it."""
    return _page(request, contact_id)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def announce(request: DelegateRequest) -> HttpResponse:
    """Announce a contact, or enter one that was held."""
    if not may_announce(request.delegate):
        raise NotAllowed
    form = ContactForm(request.POST or None, delegate=request.delegate)
    if form.is_valid():
        act = record_contact if form.is_held else announce_contact
        try:
            contact = act(by=request.delegate, plan=form.plan(), holder=form.cleaned_data["holder"], **form.readers())
            return redirect("situation:contact", contact.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return render(request, "situation/contact_edit.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def hold(request: DelegateRequest, contact_id: UUID) -> HttpResponse:
    """Say that a planned contact was held."""
    contact = _contact(request, contact_id)
    if not may_hold(request.delegate, contact):
        raise NotAllowed
    if not contact_abilities(request.delegate, contact)["hold"]:
        raise ContactNotPlanned
    form = HeldForm(request.POST or None, contact=contact)
    if form.is_valid():
        try:
            hold_contact(by=request.delegate, contact_id=contact_id, **form.cleaned_data)
            return redirect("situation:contact", contact_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "contact": contact}
    return render(request, "situation/contact_held.html", context, status=_status(form))


@require_POST
@delegates_only
def cancel(request: DelegateRequest, contact_id: UUID) -> HttpResponse:
    """Cancel a planned contact."""
    cancel_contact(by=request.delegate, contact_id=contact_id, reason=request.POST.get("reason", ""))
    return redirect("situation:contact", contact_id)


@require_POST
@delegates_only
def strike(request: DelegateRequest, contact_id: UUID) -> HttpResponse:
    """Strike a contact that was entered in error."""
    strike_contact(by=request.delegate, contact_id=contact_id, reason=request.POST.get("reason", ""))
    return redirect("situation:contact", contact_id)


@require_POST
@delegates_only
def ask_point(request: DelegateRequest, contact_id: UUID) -> HttpResponse:
    """Ask for a point to be raised."""
    _contact(request, contact_id)
    form = PointForm(request.POST, delegate=request.delegate)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            add_point(by=request.delegate, contact_id=contact_id, words=words, **form.readers())
            return redirect("situation:contact", contact_id)
        except InvalidInput as error:
            form.add_error(None, str(error.message))
    return _page(request, contact_id, point_form=form)


@require_POST
@delegates_only
def mark(request: DelegateRequest, point_id: UUID) -> HttpResponse:
    """Say whether a point was raised."""
    point = ContactPoint.objects.visible_to(request.delegate).filter(pk=point_id).first()
    answer = request.POST.get("raised")
    if point is None:
        raise NoSuchPoint
    if answer not in {"yes", "no"}:
        raise InvalidInput
    mark_point(by=request.delegate, point_id=point_id, raised=answer == "yes")
    return redirect("situation:contact", point.contact_id)


@require_POST
@delegates_only
def read_out(request: DelegateRequest, contact_id: UUID) -> HttpResponse:
    """Circulate a readout."""
    _check_holds(request, contact_id)
    form = ReadoutForm(request.POST, delegate=request.delegate)
    if form.is_valid():
        try:
            link = form.cleaned_data["link"]
            words, readers = form.words("words"), form.readers()
            circulate_readout(by=request.delegate, contact_id=contact_id, words=words, link=link, **readers)
            return redirect("situation:contact", contact_id)
        except InvalidInput as error:
            form.add_error(None, str(error.message))
    return _page(request, contact_id, readout_form=form)


@require_POST
@delegates_only
def note(request: DelegateRequest, readout_id: UUID) -> HttpResponse:
    """Take note of a readout."""
    readout = Readout.objects.visible_to(request.delegate).filter(pk=readout_id).first()
    if readout is None:
        raise NoSuchPoint
    note_readout(by=request.delegate, readout_id=readout_id)
    return redirect("situation:contact", readout.contact_id)


@require_POST
@delegates_only
def hear(request: DelegateRequest, contact_id: UUID) -> HttpResponse:
    """Enter a position that was heard in a contact."""
    contact = _check_holds(request, contact_id)
    if not contact_abilities(request.delegate, contact)["hear"]:
        raise NotAllowed
    form = _heard_form(request, contact, request.POST)
    if form.is_valid():
        facts = {**form.facts(), **form.readers(), "position": form.position(), "contact_id": contact_id}
        try:
            state_position(by=request.delegate, **facts)
            return redirect("situation:contact", contact_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _page(request, contact_id, heard_form=form)


def _page(request: DelegateRequest, contact_id: UUID, **sent: forms.Form) -> HttpResponse:
    """Show a contact; with the faults of a form, where one was sent."""
    sheet = queries.contact_for(request.delegate, contact_id)
    if sheet is None:
        raise Http404
    contact = sheet.line.contact
    can = contact_abilities(request.delegate, contact)
    context: dict[str, Any] = {"sheet": sheet, "line": sheet.line, "contact": contact, "can": can}
    is_asked = request.delegate.member_id not in {None, contact.holder_id}
    context["may_note"] = is_asked and request.delegate.capacity in SPEAKERS
    if not request.htmx:
        context |= _forms(request, contact, can)
    context |= sent
    context["has_forms"] = any(key.endswith("_form") for key in context)
    status = UNPROCESSABLE if sent else 200
    return render_page_or_partial(request, "situation/contact.html", context, partial="contact", status=status)


def _forms(request: DelegateRequest, contact: Contact, can: dict[str, bool]) -> dict[str, Any]:
    """Return the forms that the delegate can use on a contact, and what holds of the positions that may be heard."""
    made: dict[str, Any] = {}
    if can["point"]:
        made["point_form"] = PointForm(delegate=request.delegate)
    if can["readout"]:
        made["readout_form"] = ReadoutForm(delegate=request.delegate)
        made["heard_form"] = _heard_form(request, contact, None)
        made["standings"] = queries.standings_for(request.delegate, contact)
    return made


def _heard_form(request: DelegateRequest, contact: Contact, data: Any) -> HeardForm:
    return HeardForm(
        data,
        delegate=request.delegate,
        questions=queries.questions_to_choose(request.delegate),
        counterparts=list(contact.counterparts.all()),
        initial={"said_on": contact.day, "audience": contact.audience, "named": contact.reader_codes},
        prefix="heard",
    )


def _contact(request: DelegateRequest, contact_id: UUID) -> Contact:
    """Return a contact of which the delegate may know; raises Http404."""
    return get_object_or_404(Contact.objects.visible_to(request.delegate), pk=contact_id)


def _check_holds(request: DelegateRequest, contact_id: UUID) -> Contact:
    """Return a contact for which the delegate may act; raises Http404, NotAllowed."""
    contact = _contact(request, contact_id)
    if not may_hold(request.delegate, contact):
        raise NotAllowed
    return contact


def _status(form: forms.Form) -> int:
    return UNPROCESSABLE if form.errors else 200
