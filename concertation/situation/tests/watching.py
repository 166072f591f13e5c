"""Questions, statements and contacts for tests: made by the domain functions themselves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.situation.domain.contacts import ContactPlan, announce_contact, record_contact
from concertation.situation.domain.counterparts import list_counterpart
from concertation.situation.domain.questions import pose_question
from concertation.situation.domain.readouts import circulate_readout
from concertation.situation.domain.statements import Position, correct_statement, state_position
from concertation.situation.enums import Channel, CounterpartKind, Initiative, Stance
from concertation.situation.models import Contact, Counterpart, Question, Readout, Statement
from concertation.situation.tests.factories import DAY

TITLES = {"en": "Unconditional ceasefire", "fr": "Cessez-le-feu inconditionnel"}
ASKED = {
    "en": "Should fire cease without conditions?",
    "fr": "Le feu doit-il cesser sans condition ?",
}


def make_counterpart(name: str = "Moscow", country: str = "RU") -> Counterpart:
    """Return somebody outside, listed by the loader; the same name again returns the same row."""
    known = next((row for row in Counterpart.objects.all() if row.names["en"] == name), None)
    names = {"en": name, "fr": {"Moscow": "Moscou"}.get(name, name)}
    return known or list_counterpart(by=None, names=names, kind=CounterpartKind.ADVERSARY, country=country)


def make_question(name: str = "") -> Question:
    """Return a new question, posed by the loader."""
    return pose_question(by=None, names={"en": name} if name else TITLES, words=ASKED)


def position(stance: Stance = Stance.SUPPORT, day: date = DAY, reason: str = "As agreed.", **more: Any) -> Position:
    """Return something to say."""
    return Position(stance=stance, said_on=day, reason=reason, **more)


def make_statement(
    question: Question,
    by: Delegate | None,
    stance: Stance = Stance.SUPPORT,
    day: date = DAY,
    *,
    audience: Audience = Audience.COALITION,
    named: Sequence[str] = (),
    of: Counterpart | None = None,
    member: str | None = None,
    contact: Contact | None = None,
    reason: str = "As agreed.",
    **more: Any,
) -> Statement:
    """Return a new statement of the member of `by`, of `member`, or of somebody outside."""
    return state_position(
        by=by,
        question_id=question.pk,
        position=position(stance, day, reason, **more),
        audience=audience,
        named=named,
        member=member,
        counterpart_id=of.pk if of else None,
        contact_id=contact.pk if contact else None,
    )


def make_statement_correction(
    statement: Statement, by: Delegate | None, stance: Stance = Stance.OPPOSE, day: date = DAY, reason: str = "Else."
) -> Statement:
    """Return a correction for the same audience."""
    return correct_statement(by=by, statement_id=statement.pk, position=position(stance, day, reason))


def plan(day: date = DAY, *with_whom: UUID, **changes: Any) -> ContactPlan:
    """Return what is told of a call with Moscow, or with others."""
    facts: dict[str, Any] = {
        "channel": Channel.CALL,
        "subject": "Ceasefire",
        "initiative": Initiative.OURS,
        **changes,
    }
    return ContactPlan(counterparts=with_whom or [make_counterpart().pk], day=day, **facts)


def make_contact(
    by: Delegate | None,
    day: date = DAY,
    *with_whom: UUID,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    holder: str | None = None,
    **changes: Any,
) -> Contact:
    """Return a contact that was held."""
    told = plan(day, *with_whom, **changes)
    return record_contact(by=by, plan=told, holder=holder, audience=audience, named=named)


def make_planned(
    by: Delegate | None,
    day: date,
    *with_whom: UUID,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    holder: str | None = None,
    **changes: Any,
) -> Contact:
    """Return a contact that is to come."""
    told = plan(day, *with_whom, **changes)
    return announce_contact(by=by, plan=told, holder=holder, audience=audience, named=named)


def make_readout(
    contact: Contact,
    by: Delegate | None,
    words: Mapping[str, str] | None = None,
    *,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
) -> Readout:
    """Return a readout that was circulated."""
    said = words or {"en": "A frank exchange.", "fr": "Un échange franc."}
    return circulate_readout(by=by, contact_id=contact.pk, words=said, audience=audience, named=named)
