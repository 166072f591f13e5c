"""What the coalition publishes in figures: what is in them, who publishes, the proof, and what stays inside."""

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.domain.publications import withdraw_figures
from concertation.coalition.enums import Audience, Figures
from concertation.coalition.errors import NothingPublished
from concertation.coalition.events import Act
from concertation.coalition.models import Publication
from concertation.commitments.domain.facts import commit_contribution
from concertation.commitments.domain.publication import publish_totals
from concertation.commitments.tests.factories import HAPPENED, make_contribution, make_requirement
from concertation.core.errors import NotAllowed
from concertation.pressure.domain.publication import publish_measures
from concertation.pressure.enums import Stance
from concertation.pressure.tests.factories import make_measure, make_statement
from concertation.record.proof import verify_proof
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scene() -> None:
    make_coalition()


def test_totals_hold_what_the_whole_coalition_reads() -> None:
    chair, germany = make_delegate("FR"), make_delegate("DE")
    make_requirement(quantity=9)
    open_one = make_contribution(germany, quantity=2)
    commit_contribution(by=germany, contribution_id=open_one.pk, happening=HAPPENED)
    make_contribution(germany, quantity=3, audience=Audience.CHAIR)
    make_contribution(germany, quantity=None)
    with assert_write(Act.FIGURES_PUBLISHED, "coalition"):
        made = publish_totals(by=chair)
    (row,) = made.figures["totals"]
    found = [row[name] for name in ("required", "announced", "committed", "delivered", "undisclosed")]
    assert found == ["9", "2", "2", "0", 1]
    page = client_of(None).get("/").content.decode()
    assert "Ground-based air defence" in page
    assert "partial" not in page
    assert "<script" not in page


def test_measures_count_unknown_apart_and_leave_out_what_is_confined() -> None:
    measure = make_measure("Price cap")
    make_statement(measure, make_delegate("DE"), Stance.APPLIES)
    make_statement(measure, make_delegate("IT"), Stance.NOT, audience=Audience.CHAIR)
    made = publish_measures(by=make_secretary())
    (row,) = made.figures["measures"]
    said = {name: number for name, number in row["said"].items() if number}
    assert said == {"applies": 1, "unknown": 4}
    assert "Price cap" in client_of(None).get("/public/").content.decode()


def test_proof_of_figures_is_verified_without_the_server() -> None:
    make_requirement(quantity=9)
    made = publish_totals(by=make_secretary())
    answer = client_of(None).get(f"/public/figures/{made.pk}/proof/")
    proved = verify_proof(answer.content)
    assert (proved.action, proved.sha256) == (Act.FIGURES_PUBLISHED, made.sha256)
    assert json.loads(made.content) == made.figures
    assert Decimal(made.figures["totals"][0]["required"]) == 9


def test_only_the_chair_publishes_and_takes_back() -> None:
    for code in ("DE", "UA"):
        head = make_delegate(code)
        assert_refused(NotAllowed, lambda head=head: publish_totals(by=head))  # type: ignore[misc]
        assert_refused(NotAllowed, lambda head=head: publish_measures(by=head))  # type: ignore[misc]
    chair = make_delegate("GB")
    assert_refused(NothingPublished, lambda: withdraw_figures(by=chair, kind=Figures.TOTALS))
    made = publish_totals(by=chair)
    with assert_write(Act.FIGURES_WITHDRAWN, "coalition"):
        withdraw_figures(by=chair, kind=Figures.TOTALS)
    assert client_of(None).get(f"/public/figures/{made.pk}/proof/").status_code == 404
    assert "What is required" not in client_of(None).get("/").content.decode()


def test_the_last_publication_counts_and_none_is_changed() -> None:
    chair = make_secretary()
    make_requirement(quantity=9)
    publish_totals(by=chair)
    make_requirement(quantity=1)
    publish_totals(by=chair)
    assert ">10<" in client_of(None).get("/").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.update(content="{}")
