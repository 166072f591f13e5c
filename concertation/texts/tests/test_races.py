"""Two people act at the same moment, on real connections: exactly one order of events comes out."""

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, connections

from concertation.core import clock
from concertation.record.models import Entry
from concertation.texts.canonical import document_of, read_versions
from concertation.texts.domain.adoption import propose_adoption, respond, withdraw_proposal
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.settling import settle_due_silences
from concertation.texts.domain.silence import break_silence, extend_silence
from concertation.texts.enums import Outcome
from concertation.texts.errors import AlreadyAnswered, Frozen, NotRunning, SilenceEnded
from concertation.texts.models import AdoptedText, AdoptionProcedure, TextUpdate
from concertation.texts.queries import stored_updates
from concertation.texts.tests.factories import edit, make_heads, make_proposed, make_silence, make_text
from tests.helpers.people import make_coalition, make_secretary

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run `acts` in threads that start together, and return what each returned or raised."""
    start = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int) -> None:
        with closing(connections["default"]):
            start.wait()
            try:
                results[index] = acts[index]()
            except Exception as error:
                results[index] = error

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(autouse=True)
def _shared_database() -> None:
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.fail("races need a database that two connections can open")


def test_the_last_two_answers_at_once_adopt_once() -> None:
    heads = make_heads()
    for _ in range(5):
        procedure = make_proposed()
        for head in heads[:3]:
            respond(by=head, procedure_id=procedure.pk, agrees=True)
        outcomes = at_once(*(partial(respond, by=head, procedure_id=procedure.pk, agrees=True) for head in heads[3:]))
        assert sorted(map(str, outcomes)) == [Outcome.ADOPTED, Outcome.RUNNING]
        assert AdoptedText.objects.filter(procedure=procedure).count() == 1
    assert Entry.objects.filter(action="text.adopted").count() == 5


def test_an_agreement_and_an_objection_at_once_never_adopt() -> None:
    heads = make_heads()
    for _ in range(5):
        procedure = make_proposed()
        for head in heads[:3]:
            respond(by=head, procedure_id=procedure.pk, agrees=True)
        outcomes = at_once(
            partial(respond, by=heads[3], procedure_id=procedure.pk, agrees=True),
            partial(respond, by=heads[4], procedure_id=procedure.pk, agrees=False, reason="No."),
        )
        procedure.refresh_from_db()
        assert procedure.outcome == Outcome.OBJECTED
        assert outcomes[1] == Outcome.OBJECTED
        assert outcomes[0] == Outcome.RUNNING or isinstance(outcomes[0], NotRunning)


def test_a_withdrawal_and_the_last_answer_at_once_end_the_procedure_once() -> None:
    heads, clerk = make_heads(), make_secretary()
    for _ in range(5):
        procedure = make_proposed()
        for head in heads[:4]:
            respond(by=head, procedure_id=procedure.pk, agrees=True)
        outcomes = at_once(
            partial(respond, by=heads[4], procedure_id=procedure.pk, agrees=True),
            partial(withdraw_proposal, by=clerk, procedure_id=procedure.pk),
        )
        procedure.refresh_from_db()
        assert [isinstance(outcome, NotRunning) for outcome in outcomes].count(True) == 1
        adopted = AdoptedText.objects.filter(procedure=procedure).exists()
        assert procedure.outcome == (Outcome.ADOPTED if adopted else Outcome.WITHDRAWN)


def test_an_update_is_in_the_proposed_content_or_refused() -> None:
    make_coalition()
    clerk = make_secretary()
    for _ in range(5):
        text = make_text()
        updates = [edit(f"Edit {number}") for number in range(4)]
        appended = [partial(append_updates, drafts=[Draft(text.pk, update, ())]) for update in updates]
        *refusals, procedure = at_once(*appended, partial(propose_adoption, by=clerk, text_id=text.pk))
        assert isinstance(procedure, AdoptionProcedure)
        for number, refused in enumerate(refusals):
            assert (refused == set()) == (f"Edit {number}" in procedure.content)
            assert refused in (set(), {text.pk})
        words = read_versions(document_of(stored_updates(text.pk)), ["en", "fr"])
        assert all(str(block["runs"][0]["text"]) in procedure.content for block in words["en"])  # type: ignore[typeddict-item]  # paragraphs only
        assert TextUpdate.objects.filter(text=text).count() == 1 + refusals.count(set())


def test_two_proposals_at_once_start_one_procedure() -> None:
    make_coalition()
    text = make_text()
    clerks = [make_secretary(), make_secretary()]
    outcomes = at_once(*(partial(propose_adoption, by=by, text_id=text.pk) for by in clerks))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AdoptionProcedure", Frozen.__name__]
    assert AdoptionProcedure.objects.filter(text=text).count() == 1


DEADLINE = datetime(2026, 11, 28, 17, tzinfo=UTC)


def at(moment: datetime, act: Callable[[], object]) -> Callable[[], object]:
    """Return `act` as it is done by somebody whose clock shows `moment`."""

    def acted() -> object:
        with clock.frozen(moment):
            return act()

    return acted


def test_any_number_of_workers_enter_what_the_clock_decided_once() -> None:
    make_heads()
    for _ in range(5):
        with clock.frozen(DEADLINE - timedelta(days=3)):
            silence = make_silence(local=DEADLINE.replace(tzinfo=None))
        outcomes = at_once(*[at(DEADLINE, settle_due_silences)] * 4)
        assert sorted(map(str, outcomes)) == ["0", "0", "0", "1"]
        assert AdoptedText.objects.filter(procedure=silence).count() == 1
    assert Entry.objects.filter(action="text.adopted_by_silence").count() == 5


def test_a_break_and_the_deadline_at_once_come_out_one_way() -> None:
    heads = make_heads()
    for _ in range(5):
        with clock.frozen(DEADLINE - timedelta(days=3)):
            silence = make_silence(local=DEADLINE.replace(tzinfo=None))
        breaks = partial(break_silence, by=heads[4], procedure_id=silence.pk, reason="No.")
        outcomes = at_once(at(DEADLINE - timedelta(microseconds=1), breaks), at(DEADLINE, settle_due_silences))
        silence.refresh_from_db()
        adopted = AdoptedText.objects.filter(procedure=silence).exists()
        assert silence.outcome == (Outcome.ADOPTED if adopted else Outcome.OBJECTED)
        assert outcomes == ([outcomes[0], 1] if adopted else [None, 0])
        assert isinstance(outcomes[0], SilenceEnded) == adopted


def test_two_heads_at_once_break_once() -> None:
    heads = make_heads()
    for _ in range(5):
        silence = make_silence()
        breaks = [partial(break_silence, by=head, procedure_id=silence.pk, reason="No.") for head in heads[3:]]
        outcomes = at_once(*breaks)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", NotRunning.__name__]
        assert silence.responses.count() == 1


def test_a_head_in_two_windows_breaks_once() -> None:
    heads = make_heads()
    silence = make_silence()
    outcomes = at_once(*[partial(break_silence, by=heads[4], procedure_id=silence.pk, reason="No.")] * 2)
    assert outcomes.count(None) == 1
    assert any(isinstance(outcome, NotRunning | AlreadyAnswered) for outcome in outcomes)


def test_an_extension_and_a_break_at_once_are_both_kept_or_the_extension_is_too_late() -> None:
    heads, chair = make_heads(), make_secretary()
    for _ in range(5):
        silence = make_silence()
        later = (clock.now() + timedelta(days=5)).replace(tzinfo=None)
        extended, broken = at_once(
            partial(extend_silence, by=chair, procedure_id=silence.pk, local=later),
            partial(break_silence, by=heads[4], procedure_id=silence.pk, reason="No."),
        )
        silence.refresh_from_db()
        assert (silence.outcome, broken) == (Outcome.OBJECTED, None)
        assert (extended is None) == silence.silence.extensions.exists()
        assert extended is None or isinstance(extended, NotRunning)


def test_an_extension_and_the_deadline_at_once_come_out_one_way() -> None:
    make_heads()
    chair = make_secretary()
    for _ in range(5):
        with clock.frozen(DEADLINE - timedelta(days=3)):
            silence = make_silence(local=DEADLINE.replace(tzinfo=None))
        later = (DEADLINE + timedelta(days=1)).replace(tzinfo=None)
        extend = partial(extend_silence, by=chair, procedure_id=silence.pk, local=later)
        extended, entered = at_once(at(DEADLINE - timedelta(seconds=1), extend), at(DEADLINE, settle_due_silences))
        silence.refresh_from_db()
        assert (silence.outcome, entered) in {(Outcome.ADOPTED, 1), (Outcome.RUNNING, 0)}
        assert (extended is None) == (silence.outcome == Outcome.RUNNING)
        assert extended is None or isinstance(extended, SilenceEnded)
