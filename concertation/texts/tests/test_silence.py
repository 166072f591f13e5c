"""A silence procedure, act by act, around its deadline."""
# ruff: noqa: DTZ001 -- times on the clocks of a zone, which the procedure takes, have none of their own

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.domain.members import admit_member, let_member_leave
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.domain.adoption import conclude_adoption, propose_adoption, respond, withdraw_proposal
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.publication import publish_text
from concertation.texts.domain.settling import settle_due_silences
from concertation.texts.domain.silence import (
    Proposed,
    agree_under_silence,
    break_silence,
    extend_silence,
    start_silence,
)
from concertation.texts.enums import Audience, Outcome, State
from concertation.texts.errors import (
    AlreadyAnswered,
    BadAmendment,
    Frozen,
    NoSuchText,
    NoSuchTime,
    NotLater,
    NotRunning,
    ReasonMissing,
    SilenceEnded,
    SilenceRuns,
    TooFar,
    TooSoon,
    UnknownZone,
)
from concertation.texts.models import (
    AdoptedText,
    AdoptionProcedure,
    Amendment,
    Extension,
    Response,
    SilenceProcedure,
    Text,
)
from concertation.texts.queries import adopted_of, procedures_waiting_for
from concertation.texts.tests.factories import edit, make_heads, make_silence, make_text
from tests.helpers.people import make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 28, 17, tzinfo=UTC)
SIX_IN_PARIS = datetime(2026, 11, 28, 18)


@pytest.fixture
def heads() -> list[Delegate]:
    return make_heads()


@pytest.fixture
def silence(heads: list[Delegate]) -> Iterator[AdoptionProcedure]:
    """A procedure until six in Paris, and the clock three days before."""
    with clock.frozen(NOW):
        yield make_silence(local=SIX_IN_PARIS, zone="Europe/Paris")


def state_of(procedure: AdoptionProcedure) -> str:
    return Text.objects.with_state().get(pk=procedure.text_id).state


def topics_of(procedure: AdoptionProcedure, heads: list[Delegate]) -> list[str]:
    return [f"text:{procedure.text_id}", "texts", *(f"delegate:{head.pk}" for head in heads)]


def test_start_silence_freezes_the_text_until_the_deadline(heads: list[Delegate]) -> None:
    text, chair = make_text(), make_secretary()
    with clock.frozen(NOW):
        with assert_write("text.silence_started", f"text:{text.pk}", "texts", *(f"delegate:{one.pk}" for one in heads)):
            procedure = start_silence(by=chair, text_id=text.pk, local=SIX_IN_PARIS, zone="Europe/Paris")
        assert (procedure.silence.deadline, procedure.silence.zone) == (DEADLINE, "Europe/Paris")
        assert state_of(procedure) == State.PROPOSED
        assert Text.objects.with_state().get(pk=text.pk).silent_until == DEADLINE
        assert append_updates(drafts=[Draft(text.pk, edit(), ())]) == {text.pk}
        again = partial(start_silence, by=chair, text_id=text.pk, local=SIX_IN_PARIS, zone="Europe/Paris")
        assert_refused(Frozen, again)
        assert_refused(Frozen, partial(propose_adoption, by=chair, text_id=text.pk))


@pytest.mark.parametrize(
    ("local", "zone", "error"),
    [
        (datetime(2026, 11, 25, 12, 0, 59), "UTC", TooSoon),
        (datetime(2026, 11, 25, 12), "Europe/Paris", TooSoon),
        (datetime(1, 1, 1), "UTC", NoSuchTime),
        (datetime(2027, 2, 23, 12, 0, 1), "UTC", TooFar),
        (SIX_IN_PARIS, "Europe/Atlantis", UnknownZone),
        (SIX_IN_PARIS, "", UnknownZone),
    ],
)
def test_start_silence_refuses_a_deadline_that_leaves_no_choice(
    local: datetime, zone: str, error: type[Exception], heads: list[Delegate]
) -> None:
    text, chair = make_text(), make_secretary()
    with clock.frozen(NOW):
        assert_refused(error, partial(start_silence, by=chair, text_id=text.pk, local=local, zone=zone))
    assert not AdoptionProcedure.objects.exists()


def test_start_silence_takes_the_nearest_and_the_farthest_deadline(heads: list[Delegate]) -> None:
    with clock.frozen(NOW):
        near, far = datetime(2026, 11, 25, 12, 1), datetime(2027, 2, 23, 12)
        found = [make_silence(local=local).silence.deadline for local in (near, far)]
    assert found == [near.replace(tzinfo=UTC), far.replace(tzinfo=UTC)]


def test_start_silence_refuses_a_time_that_the_clocks_skip(heads: list[Delegate]) -> None:
    text, chair = make_text(), make_secretary()
    with clock.frozen(datetime(2027, 3, 25, tzinfo=UTC)):
        skipped = datetime(2027, 3, 28, 2, 30)
        assert_refused(
            NoSuchTime, partial(start_silence, by=chair, text_id=text.pk, local=skipped, zone="Europe/Paris")
        )


def test_start_silence_is_for_the_chair(heads: list[Delegate]) -> None:
    text = make_text(by=make_secretary())
    with clock.frozen(NOW):
        for by in (heads[3], make_delegate("DE", Capacity.DELEGATE)):
            assert_refused(NotAllowed, partial(start_silence, by=by, text_id=text.pk, local=SIX_IN_PARIS, zone="UTC"))


def test_unbroken_at_the_deadline_the_text_is_adopted_whatever_ran(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    agree_under_silence(by=heads[2], procedure_id=silence.pk)
    with clock.frozen(DEADLINE - timedelta(microseconds=1)):
        assert state_of(silence) == State.PROPOSED
        assert adopted_of(Text.objects.with_state().get(pk=silence.text_id)) is None
        assert [one.pk for one in procedures_waiting_for(heads[0])] == [silence.pk]
    with clock.frozen(DEADLINE):
        assert state_of(silence) == State.ADOPTED
        assert procedures_waiting_for(heads[0]) == []
        assert not AdoptedText.objects.exists(), "no worker came by yet"
        adopted = adopted_of(Text.objects.with_state().get(pk=silence.text_id))
        assert adopted is not None
        assert (adopted.adopted_at, adopted.members) == (DEADLINE, ["FR", "GB", "UA", "DE", "IT"])
        assert append_updates(drafts=[Draft(silence.text_id, edit(), ())]) == {silence.text_id}
        text = Text.objects.get(pk=silence.text_id)
        with pytest.raises(IntegrityError), transaction.atomic():
            text.updates.create(update=edit(), at=clock.now())


def test_what_the_clock_decided_is_entered_once_as_of_the_deadline(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    with clock.frozen(DEADLINE + timedelta(days=2)):
        with assert_write("text.adopted_by_silence", *topics_of(silence, heads)):
            assert settle_due_silences() == 1
        assert settle_due_silences() == 0
    adopted = AdoptedText.objects.get()
    assert (adopted.adopted_at, adopted.sha256, bytes(adopted.content)) == (
        DEADLINE,
        silence.sha256,
        silence.content.encode(),
    )
    assert (adopted.members, adopted.languages) == (["FR", "GB", "UA", "DE", "IT"], ["en", "fr"])
    silence.refresh_from_db()
    assert (silence.outcome, silence.closed_at) == (Outcome.ADOPTED, DEADLINE)
    entry = Entry.objects.get(action="text.adopted_by_silence")
    data = entry.content["data"]
    assert data["authentic"] == ["en", "fr"]
    assert (entry.actor_name, data["deadline"]) == ("", "2026-11-28T17:00:00.000000Z")


def test_the_first_act_that_comes_by_enters_what_the_clock_decided(heads: list[Delegate]) -> None:
    with clock.frozen(NOW):
        silence = make_silence(make_text(audience=Audience.PUBLIC), local=SIX_IN_PARIS, zone="Europe/Paris")
    with clock.frozen(DEADLINE + timedelta(hours=1)):
        publish_text(by=make_secretary(), text_id=silence.text_id)
    actions = list(Entry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions[-2:] == ["text.adopted_by_silence", "text.published"]
    assert AdoptedText.objects.get().adopted_at == DEADLINE


def test_break_silence_ends_the_procedure_and_opens_the_text(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    agree_under_silence(by=heads[0], procedure_id=silence.pk)
    with (
        clock.frozen(DEADLINE - timedelta(microseconds=1)),
        assert_write("text.silence_broken", *topics_of(silence, heads)),
    ):
        break_silence(
            by=heads[4],
            procedure_id=silence.pk,
            reason="  Paragraph 1 is too\r\nvague. ",
            amendments=[Proposed("en", 0, "We met in Rome."), Proposed("fr", 0, "Réunis à Rome.")],
        )
    silence.refresh_from_db()
    assert (silence.outcome, state_of(silence)) == (Outcome.OBJECTED, State.DRAFT)
    response = Response.objects.get(agrees=False)
    assert (response.member_id, response.reason) == ("IT", "Paragraph 1 is too\nvague.")
    assert list(Amendment.objects.values_list("language", "position", "paragraph", "words")) == [
        ("en", 0, "first00001", "We met in Rome."),
        ("fr", 0, "first00001", "Réunis à Rome."),
    ]
    with clock.frozen(DEADLINE + timedelta(days=1)):
        assert state_of(silence) == State.DRAFT
        assert settle_due_silences() == 0
    assert append_updates(drafts=[Draft(silence.text_id, edit(), ())]) == set()


def test_break_silence_at_the_deadline_is_too_late_in_plain_words(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    for late in (timedelta(), timedelta(seconds=1), timedelta(days=400)):
        with clock.frozen(DEADLINE + late):
            assert_refused(SilenceEnded, partial(break_silence, by=heads[4], procedure_id=silence.pk, reason="No."))
    with clock.frozen(DEADLINE), pytest.raises(SilenceEnded) as refused:
        break_silence(by=heads[4], procedure_id=silence.pk, reason="No.")
    assert str(refused.value.message) == (
        "The silence ended at 28 November 2026, 18:00 (Europe/Paris) without being broken: the text is adopted."
    )
    with clock.frozen(DEADLINE):
        settle_due_silences()
        assert_refused(SilenceEnded, partial(break_silence, by=heads[4], procedure_id=silence.pk, reason="No."))


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b", "x" * 2001])
def test_break_silence_needs_a_reason(reason: str, silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    assert_refused(ReasonMissing, partial(break_silence, by=heads[1], procedure_id=silence.pk, reason=reason))


@pytest.mark.parametrize(
    "amendment",
    [
        Proposed("de", 0, "Wir trafen uns."),
        Proposed("en", 1, "Beyond the end."),
        Proposed("en", -1, "Before the beginning."),
        Proposed("en", 0, " \u2060 "),
        Proposed("en", 0, "x" * 10_001),
    ],
)
def test_break_silence_refuses_amendments_of_nothing(
    amendment: Proposed, silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    act = partial(break_silence, by=heads[1], procedure_id=silence.pk, reason="No.", amendments=[amendment])
    assert_refused(BadAmendment, act)
    assert not Response.objects.exists()


def test_who_agreed_has_answered_and_who_decides_not_answers_not(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    with assert_write("text.silence_agreed", *topics_of(silence, heads)):
        agree_under_silence(by=heads[0], procedure_id=silence.pk)
    for act in (agree_under_silence, partial(break_silence, reason="No.")):
        assert_refused(AlreadyAnswered, partial(act, by=heads[0], procedure_id=silence.pk))
        make_member("PL", status=Status.PARTNER)
        for by in (make_delegate("DE", Capacity.DELEGATE), make_secretary(), make_delegate("NL", Capacity.DELEGATE)):
            assert_refused(NotAllowed, partial(act, by=by, procedure_id=silence.pk))


def test_agreement_of_all_does_not_end_the_silence_early(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    for head in heads:
        agree_under_silence(by=head, procedure_id=silence.pk)
    assert state_of(silence) == State.PROPOSED
    assert_refused(SilenceRuns, partial(conclude_adoption, by=make_secretary(), procedure_id=silence.pk))


def test_answers_in_session_are_not_for_a_silence_and_the_other_way_round(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    assert_refused(SilenceRuns, partial(respond, by=heads[0], procedure_id=silence.pk, agrees=True))
    assert_refused(SilenceRuns, partial(respond, by=heads[0], procedure_id=silence.pk, agrees=False, reason="No."))
    in_session = propose_adoption(by=make_secretary(), text_id=make_text().pk)
    for act in (
        partial(agree_under_silence, by=heads[0]),
        partial(break_silence, by=heads[0], reason="No."),
        partial(extend_silence, by=make_secretary(), local=SIX_IN_PARIS),
    ):
        assert_refused(NotRunning, partial(act, procedure_id=in_session.pk))


def test_extend_silence_moves_the_deadline_and_keeps_what_was_agreed(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    agree_under_silence(by=heads[0], procedure_id=silence.pk)
    later = SIX_IN_PARIS + timedelta(days=1)
    with (
        clock.frozen(DEADLINE - timedelta(microseconds=1)),
        assert_write("text.silence_extended", *topics_of(silence, heads)),
    ):
        extend_silence(by=make_secretary(), procedure_id=silence.pk, local=later)
    assert list(Extension.objects.values_list("former", "deadline")) == [(DEADLINE, DEADLINE + timedelta(days=1))]
    with clock.frozen(DEADLINE + timedelta(hours=23)):
        assert state_of(silence) == State.PROPOSED
        assert Response.objects.filter(agrees=True).count() == 1
    with clock.frozen(DEADLINE + timedelta(days=1)):
        assert state_of(silence) == State.ADOPTED


def test_extend_silence_only_to_later_only_before_only_by_the_chair(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    chair, later = make_secretary(), SIX_IN_PARIS + timedelta(days=1)
    extend = partial(extend_silence, by=chair, procedure_id=silence.pk)
    assert_refused(NotLater, partial(extend, local=SIX_IN_PARIS))
    assert_refused(NotLater, partial(extend, local=SIX_IN_PARIS - timedelta(minutes=1)))
    assert_refused(TooFar, partial(extend, local=datetime(2027, 2, 24, 12)))
    assert_refused(NotAllowed, partial(extend_silence, by=heads[3], procedure_id=silence.pk, local=later))
    with clock.frozen(DEADLINE):
        assert_refused(SilenceEnded, partial(extend, local=later))


def test_withdraw_before_the_deadline_only(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    chair = make_secretary()
    with clock.frozen(DEADLINE):
        assert_refused(SilenceEnded, partial(withdraw_proposal, by=chair, procedure_id=silence.pk))
    with clock.frozen(DEADLINE - timedelta(seconds=1)):
        with assert_write("text.withdrawn", *topics_of(silence, heads)):
            withdraw_proposal(by=chair, procedure_id=silence.pk)
        assert state_of(silence) == State.DRAFT


def test_members_that_come_and_go_before_the_deadline(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    clerk = make_secretary().actor
    make_member("PL", status=Status.INVITED)
    agree_under_silence(by=heads[2], procedure_id=silence.pk)
    admit_member(by=clerk, code="PL", status=Status.MEMBER)
    let_member_leave(by=clerk, code="UA")
    admit_member(by=clerk, code="IT", status=Status.OBSERVER)
    with clock.frozen(DEADLINE):
        settle_due_silences()
    assert AdoptedText.objects.get().members == ["FR", "GB", "DE", "PL"]


def test_members_that_come_and_go_after_the_deadline_change_nothing(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    clerk = make_secretary().actor
    make_member("PL", status=Status.INVITED)
    with clock.frozen(DEADLINE):
        let_member_leave(by=clerk, code="UA")
        admit_member(by=clerk, code="PL", status=Status.MEMBER)
    adopted = AdoptedText.objects.get()
    assert (adopted.members, adopted.adopted_at) == (["FR", "GB", "UA", "DE", "IT"], DEADLINE)


def test_a_silence_that_nobody_is_left_to_break_ends_without_adoption(heads: list[Delegate]) -> None:
    text = make_text(audience=Audience.MEMBERS, members=["UA", "DE"])
    clerk = make_secretary().actor
    with clock.frozen(NOW):
        silence = make_silence(text, local=SIX_IN_PARIS)
        let_member_leave(by=clerk, code="UA")
        assert state_of(silence) == State.PROPOSED
        admit_member(by=clerk, code="DE", status=Status.OBSERVER)
        assert state_of(silence) == State.DRAFT
    silence.refresh_from_db()
    assert (silence.outcome, silence.closed_at) == (Outcome.WITHDRAWN, NOW)
    assert Entry.objects.filter(action="text.silence_deserted").count() == 1
    with clock.frozen(DEADLINE + timedelta(days=1)):
        assert state_of(silence) == State.DRAFT


def test_a_text_for_others_looks_like_none(heads: list[Delegate]) -> None:
    with clock.frozen(NOW):
        silence = make_silence(make_text(audience=Audience.MEMBERS, members=["FR", "GB"]), local=SIX_IN_PARIS)
        for act in (agree_under_silence, partial(break_silence, reason="No.")):
            assert_refused(NoSuchText, partial(act, by=heads[4], procedure_id=silence.pk))


def test_the_database_refuses_to_change_what_is_final(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    extend_silence(by=make_secretary(), procedure_id=silence.pk, local=SIX_IN_PARIS + timedelta(days=1))
    deadline = DEADLINE + timedelta(days=1)
    refused: list[tuple[Any, dict[str, object]]] = [
        (SilenceProcedure.objects, {"deadline": deadline}),
        (SilenceProcedure.objects, {"deadline": deadline - timedelta(microseconds=1)}),
        (SilenceProcedure.objects, {"zone": "UTC"}),
        (Extension.objects, {"former": NOW}),
    ]
    break_silence(by=heads[0], procedure_id=silence.pk, reason="No.", amendments=[Proposed("en", 0, "Yes.")])
    refused += [
        (Amendment.objects, {"words": "No."}),
        (SilenceProcedure.objects, {"deadline": deadline + timedelta(days=1)}),
    ]
    for manager, change in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            manager.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            manager.all()._raw_delete("default")
