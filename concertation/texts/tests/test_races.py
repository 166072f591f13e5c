"""Two people act at the same moment, on real connections: exactly one order of events comes out."""

import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from django.db import connection, connections

from concertation.record.models import Entry
from concertation.texts.canonical import document_of, read_versions
from concertation.texts.domain.adoption import propose_adoption, respond, withdraw_proposal
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.enums import Outcome
from concertation.texts.errors import Frozen, NotRunning
from concertation.texts.models import AdoptedText, AdoptionProcedure, TextUpdate
from concertation.texts.queries import stored_updates
from concertation.texts.tests.factories import edit, make_heads, make_proposed, make_text
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
