"""The ledger under readers and changes, and the list of contributions that is looked up in it."""

from datetime import date, timedelta
from typing import Any

import pytest

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.domain.facts import Happening, commit_contribution
from concertation.commitments.enums import Line, State
from concertation.commitments.ledger import PAST_DAYS_KEPT, STAGE_BITS, ledger_at
from concertation.commitments.queries import contributions
from concertation.commitments.queries.contributions import Search, contributions_for
from concertation.commitments.tests.factories import DAY, HAPPENED, make_contribution
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def germany() -> Delegate:
    make_coalition()
    return make_delegate("DE")


def listed(reader: Delegate, **wanted: Any) -> list[str]:
    """Return the titles in the list, in its order."""
    return [entry.terms.title for entry in contributions_for(reader, Search(**wanted)).entries]


def test_ledger_that_was_handed_out_stays_as_it_is(germany: Delegate) -> None:
    first = make_contribution(germany)
    before = ledger_at()
    commit_contribution(by=germany, contribution_id=first.pk, happening=HAPPENED)
    make_contribution(germany, "generators", members=["DE", "FR"])
    after = ledger_at()
    assert (before.count, len(before.rows), before.visible_to(germany).tolist()) == (1, 1, [True])
    assert before.offered_by("DE").tolist() == [True]
    assert not before.rows["stages"][0] & STAGE_BITS["committed"]
    assert list(before.capabilities.known) == ["air-defence"]
    assert after.count == 2
    assert after.rows["stages"][0] & STAGE_BITS["committed"]
    assert [after.offered_by(code).tolist() for code in ("DE", "FR", "IT")] == [
        [True, True],
        [False, True],
        [False] * 2,
    ]
    assert ledger_at() is after


def test_days_of_the_past_are_kept_and_see_what_is_entered_later(germany: Delegate) -> None:
    contribution = make_contribution(germany)
    day = DAY + timedelta(days=30)
    before = ledger_at(day)
    assert ledger_at(day) is before
    commit_contribution(by=germany, contribution_id=contribution.pk, happening=Happening(day, evidence="Late."))
    after = ledger_at(day)
    assert not before.rows["stages"][0] & STAGE_BITS["committed"]
    assert after.rows["stages"][0] & STAGE_BITS["committed"]
    assert not ledger_at(day - timedelta(days=1)).rows["stages"][0] & STAGE_BITS["committed"]
    for past in range(PAST_DAYS_KEPT):
        ledger_at(day - timedelta(days=1 + past))
    assert ledger_at(day) is not after


def test_list_has_the_last_changed_first_and_filters(germany: Delegate) -> None:
    france, italy = make_delegate("FR"), make_delegate("IT")
    batteries = make_contribution(germany, title="Batteries")
    make_contribution(france, "generators", title="Generators", line=Line.SUPPORT)
    make_contribution(italy, title="Launchers for all", members=["IT", "DE"])
    make_contribution(france, title="Secret launchers", audience=Audience.CHAIR)
    commit_contribution(by=germany, contribution_id=batteries.pk, happening=HAPPENED)
    assert listed(germany) == ["Batteries", "Launchers for all", "Generators"]
    assert contributions_for(germany, Search()).hidden == 1
    assert listed(germany, member="DE") == ["Batteries", "Launchers for all"]
    assert listed(germany, member="XX") == []
    assert listed(germany, line=Line.SUPPORT) == ["Generators"]
    assert listed(germany, capability="generators") == ["Generators"]
    assert listed(germany, capability="drones") == []
    assert listed(germany, state=State.AVAILABLE) == ["Batteries"]
    assert listed(germany, words="LAUNCHERS") == ["Launchers for all"]
    assert listed(make_secretary(), words="launchers") == ["Secret launchers", "Launchers for all"]
    assert listed(germany, words="launchers", member="FR") == []


def test_list_comes_in_pages(germany: Delegate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "PAGE", 2)
    for number in range(3):
        make_contribution(germany, title=f"Number {number}", available_from=date(2025, 9, 1))
    assert listed(germany) == ["Number 2", "Number 1"]
    assert listed(germany, page=2) == ["Number 0"]
    assert listed(germany, page=9) == ["Number 0"]
    listing = contributions_for(germany, Search(page=9))
    assert (listing.count, listing.page, listing.pages) == (3, 2, 2)
