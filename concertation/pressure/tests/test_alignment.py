"""The table of measures × members: by reader, by day, by filter; and that hidden statements move nothing."""

from datetime import date, timedelta
from typing import Any

import pytest

from concertation.coalition.enums import Audience, Status
from concertation.coalition.models import Member
from concertation.core import clock
from concertation.pressure.aligning import Said
from concertation.pressure.domain.measures import retire_measure
from concertation.pressure.enums import Force, Stance
from concertation.pressure.models import Measure
from concertation.pressure.queries.alignment import Filters, table_for, todos
from concertation.pressure.queries.measures import measure_for, member_for
from concertation.pressure.tests.factories import (
    DAY,
    make_coding,
    make_correction,
    make_measure,
    make_package,
    make_statement,
)
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


@pytest.fixture
def measure() -> Measure:
    """A measure of the five members, with Poland observing and Spain a partner."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    make_member("ES", status=Status.PARTNER)
    return make_measure()


def test_members_and_partners_are_counted_and_observers_are_not(measure: Measure) -> None:
    (row,) = table_for(make_secretary(), DAY).rows
    assert row.said == dict.fromkeys(["FR", "GB", "UA", "DE", "IT", "ES"], Said.UNKNOWN)
    assert row.tally == {Said.APPLIES: 0, Said.PREPARED: 0, Said.NOT: 0, Said.UNKNOWN: 6, Said.NOT_CODED: 0}


def test_alignment_on_a_day(measure: Measure) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    make_statement(measure, germany, Stance.PREPARED)
    make_statement(measure, germany, Stance.APPLIES, LATER)
    make_statement(measure, italy, Stance.NOT, LATER)
    make_coding(measure, "FR")
    clerk = make_secretary()
    before, then, now = (table_for(clerk, day).rows[0].tally for day in (DAY - timedelta(days=1), DAY, LATER))
    assert [before[said] for said in Said] == [0, 0, 0, 6, 0]
    assert [then[said] for said in Said] == [1, 1, 0, 4, 0]
    assert [now[said] for said in Said] == [2, 0, 1, 3, 0]


def test_hidden_statements_move_nothing_and_are_said_to_be_missing(measure: Measure) -> None:
    germany, italy, ukraine = make_delegate("DE"), make_delegate("IT"), make_delegate("UA")
    make_statement(measure, italy, Stance.APPLIES)
    before = table_for(germany, LATER)
    secret = make_statement(measure, italy, Stance.NOT, LATER, audience=Audience.CHAIR)
    make_statement(measure, ukraine, Stance.NOT, audience=Audience.MEMBERS, named=["IT"])
    make_correction(secret, italy, Stance.PREPARED, LATER)
    after = table_for(germany, LATER)
    assert ([row.said for row in after.rows], after.tally) == ([row.said for row in before.rows], before.tally)
    assert (before.hidden, after.hidden, after.hidden_of["IT"], after.hidden_of["UA"]) == (0, 3, 2, 1)
    days = [DAY + timedelta(days=number) for number in range(-3, 60, 7)]
    assert {table_for(germany, day).hidden for day in days} == {3}
    seen = {who.member_id: table_for(who, LATER).rows[0] for who in (italy, ukraine, make_delegate("FR"))}
    assert {code: (row.said["IT"], row.said["UA"], row.hidden) for code, row in seen.items()} == {
        "IT": (Said.PREPARED, Said.NOT, 0),
        "UA": (Said.APPLIES, Said.NOT, 2),
        "FR": (Said.PREPARED, Said.UNKNOWN, 1),
    }
    assert table_for(make_secretary(), LATER).hidden == 0


def test_pages_of_measure_and_member_say_no_more_than_the_table(measure: Measure) -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    make_statement(measure, italy, Stance.NOT, audience=Audience.CHAIR, reference="Secret.")
    sheet = measure_for(germany, measure.pk, LATER)
    assert sheet
    assert (sheet.histories, sheet.row.hidden, sheet.row.said["IT"]) == ([], 1, Said.UNKNOWN)
    of_italy = member_for(germany, "IT", LATER, Filters())
    assert of_italy
    assert (of_italy.hidden, of_italy.lines[0][1:]) == (1, (Said.UNKNOWN, None))
    own = member_for(italy, "IT", LATER, Filters())
    assert own
    statement = own.lines[0][2]
    assert statement
    assert (own.hidden, own.lines[0][1], statement.reference) == (0, Said.NOT, "Secret.")
    assert member_for(italy, "PL", LATER, Filters()) is None


def test_retired_and_ended_measures_do_not_count(measure: Measure) -> None:
    ended, retired = make_measure("Ended", force=Force.ENDED), make_measure("Retired")
    retire_measure(by=None, measure_id=retired.pk)
    table = table_for(make_secretary(), DAY)
    assert [row.measure for row in table.rows] == [measure]
    assert [row.measure for row in table.others] == [ended, retired]
    assert sum(table.tally.values()) == 6


def test_filters_by_type_territory_and_package(measure: Measure) -> None:
    other = make_measure("Travel", kinds=["travel_ban"], territories=["by"])
    package = make_package(other)
    clerk = make_secretary()
    found = {
        filters: [row.measure.pk for row in table_for(clerk, DAY, filters).rows]
        for filters in (
            Filters(),
            Filters(kind="travel_ban"),
            Filters(territory="ru"),
            Filters(kind="travel_ban", territory="ru"),
            Filters(package=package.pk),
        )
    }
    assert list(found.values()) == [[measure.pk, other.pk], [other.pk], [measure.pk], [], [other.pk]]
    filters = Filters("travel_ban", "by", package.pk)
    assert filters.query(DAY) == f"kind=travel_ban&territory=by&package={package.pk}&at=2025-07-01"


def test_what_the_others_would_have_to_do(measure: Measure) -> None:
    second, third = make_measure("Second"), make_measure("Third")
    germany = make_delegate("DE")
    make_statement(measure, germany)
    make_statement(second, germany)
    make_statement(second, make_delegate("FR"), Stance.NOT)
    make_statement(measure, make_delegate("IT"))
    make_statement(third, make_delegate("UA"))
    table = table_for(make_secretary(), DAY)
    assert table.best() == "DE"
    needed = {
        todo.member.pk: (todo.applied, [(row.measure.name, said) for row, said in todo.missing])
        for todo in todos(table)
    }
    assert needed == {
        "FR": (0, [("Oil price cap", Said.UNKNOWN), ("Second", Said.NOT)]),
        "GB": (0, [("Oil price cap", Said.UNKNOWN), ("Second", Said.UNKNOWN)]),
        "UA": (1, [("Oil price cap", Said.UNKNOWN), ("Second", Said.UNKNOWN)]),
        "IT": (1, [("Second", Said.UNKNOWN)]),
        "ES": (0, [("Oil price cap", Said.UNKNOWN), ("Second", Said.UNKNOWN)]),
    }


def test_history_of_the_alignment(measure: Measure) -> None:
    make_statement(measure, make_delegate("DE"), day=date(2025, 5, 10))
    make_statement(measure, make_delegate("IT"), Stance.NOT, day=date(2025, 6, 10))
    history = table_for(make_secretary(), date(2025, 7, 3)).history()
    assert [(day, tally[Said.APPLIES], tally[Said.NOT], tally[Said.UNKNOWN]) for day, tally in history] == [
        (date(2025, 6, 1), 1, 0, 5),
        (date(2025, 7, 1), 1, 1, 4),
        (date(2025, 7, 3), 1, 1, 4),
    ]


def test_who_left_is_not_counted_and_its_word_is_kept(measure: Measure) -> None:
    make_statement(measure, make_delegate("IT"))
    Member.objects.filter(pk="IT").update(status=Status.LEFT)
    clerk = make_secretary()
    assert "IT" not in table_for(clerk, DAY).rows[0].said
    sheet = measure_for(clerk, measure.pk, clock.now().date())
    assert sheet
    assert [(history.member.pk, history.said) for history in sheet.histories] == [("IT", None)]


@pytest.mark.parametrize("number", [1, 3, 60])
def test_the_table_costs_the_same_at_any_size(number: int, django_assert_num_queries: Any) -> None:
    make_coalition()
    germany = make_delegate("DE")
    for place in range(number):
        made = make_measure(f"Measure {place}")
        make_statement(made, germany)
        make_statement(made, germany, Stance.NOT, LATER, audience=Audience.CHAIR)
    reader = make_delegate("IT")
    with django_assert_num_queries(5):
        table_for(reader, DAY)
