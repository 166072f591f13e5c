"""The burden that members share: of their economies, and per head."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concertation.coalition.enums import Audience, MemberKind, Status
from concertation.coalition.models import Member
from concertation.commitments.domain.catalogue import Quote, enter_rates
from concertation.commitments.domain.facts import commit_contribution
from concertation.commitments.economies import economies
from concertation.commitments.enums import Line, Stage
from concertation.commitments.queries.burden import Burden, Share, burden_for
from concertation.commitments.queries.looking import Filter
from concertation.commitments.tests.factories import DAY, HAPPENED, make_contribution
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db
EUROPE = (
    "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS "
    "RU SE SI SK SM TR UA"
)
ANNOUNCED = Filter(stage=Stage.ANNOUNCED)


@pytest.fixture(autouse=True)
def _coalition() -> None:
    """The five members."""
    make_coalition()


def enter_dollar(rate: str = "1.2") -> None:
    enter_rates(by=None, quotes=[Quote("USD", DAY, Decimal(rate))], source="European Central Bank")


def share_of(burden: Burden, code: str) -> Share:
    (share,) = (share for share in burden.shares if share.member.pk == code)
    return share


def test_the_table_has_every_state_of_europe_and_the_partners() -> None:
    known = economies()
    assert {*EUROPE.split()} | {"CA", "US", "JP", "KR", "AU", "NZ"} <= set(known)
    for code, economy in known.items():
        assert economy.people > 500, code
        assert economy.number.isdecimal(), code
        assert len(economy.number) == 3, code
        assert economy.source
        assert (economy.gdp is None) == (code == "VA")
        assert economy.people_year >= 2020
    assert (known["FR"].gdp, known["FR"].gdp_year, known["FR"].number) == (Decimal(3_162_000_000_000), 2024, "250")


def test_shares_are_of_the_product_in_euro_and_of_the_people() -> None:
    germany = make_delegate("DE")
    bound = make_contribution(germany, "military-aid", 3_000_000_000, currency="EUR", line=Line.SUPPORT)
    make_contribution(germany, "military-aid", 1_000_000_000, currency="EUR", line=Line.SUPPORT)
    commit_contribution(by=germany, contribution_id=bound.pk, happening=HAPPENED)
    enter_dollar("1.2")
    share = share_of(burden_for(germany, Filter(stage=Stage.COMMITTED)), "DE")
    assert share.amount == 3_000_000_000
    assert share.of_gdp == Decimal(100) * 3_000_000_000 * Decimal("1.2") / 4_660_000_000_000
    assert share.per_head == Decimal(3_000_000_000) / 84_012_284
    assert share.lacking == ""
    assert share_of(burden_for(germany, ANNOUNCED), "DE").amount == 4_000_000_000
    assert share_of(burden_for(germany, Filter(stage=Stage.DELIVERED)), "DE").of_gdp == 0


def test_without_a_rate_no_share_is_shown_but_what_is_per_head() -> None:
    germany = make_delegate("DE")
    make_contribution(germany, "military-aid", 84_012_284, currency="EUR")
    burden = burden_for(germany, ANNOUNCED)
    share = share_of(burden, "DE")
    assert (share.of_gdp, share.lacking, share.per_head, burden.rate_day) == (None, "rate", Decimal(1), None)
    enter_dollar()
    assert burden_for(germany, ANNOUNCED).rate_day == DAY


def test_organisations_and_states_that_are_not_listed_have_no_share() -> None:
    enter_dollar()
    Member.objects.create(
        code="EU", kind=MemberKind.ORGANISATION, capital="Brussels", time_zone="UTC", status=Status.MEMBER
    )
    make_member("BR")
    for code in ("EU", "BR"):
        make_contribution(None, "financial-aid", 100, currency="EUR", members=[code])
    burden = burden_for(make_secretary(), ANNOUNCED)
    assert [(share.member.pk, share.of_gdp, share.lacking) for share in burden.shares] == [
        ("EU", None, "organisation"),
        ("BR", None, "unlisted"),
    ]


def test_an_amount_that_is_not_known_is_no_share_of_zero() -> None:
    enter_dollar()
    make_contribution(make_delegate("DE"), "military-aid", None, currency="EUR")
    share = share_of(burden_for(make_secretary(), ANNOUNCED), "DE")
    assert (share.of_gdp, share.per_head, share.lacking, share.is_unknown) == (None, None, "undisclosed", True)


def test_things_in_kind_are_not_in_it_and_who_offers_no_money_is_named() -> None:
    make_contribution(make_delegate("DE"), "air-defence", 2)
    burden = burden_for(make_secretary(), ANNOUNCED)
    assert burden.shares == []
    assert [member.pk for member in burden.idle] == ["FR", "GB", "UA", "DE", "IT"]


def test_the_largest_share_comes_first() -> None:
    enter_dollar()
    for code, amount in (("DE", 100), ("UA", 50), ("IT", 1)):
        make_contribution(make_delegate(code), "military-aid", amount, currency="EUR")
    assert [share.member.pk for share in burden_for(make_secretary(), ANNOUNCED).shares] == ["UA", "DE", "IT"]


def test_what_is_for_others_changes_no_figure_and_is_said_to_be_left_out() -> None:
    enter_dollar()
    germany, italy = make_delegate("DE"), make_delegate("IT")
    make_contribution(germany, "military-aid", 100, currency="EUR", line=Line.SUPPORT)
    make_contribution(
        germany, "military-aid", 77, currency="EUR", line=Line.SUPPORT, audience=Audience.MEMBERS, named=["FR"]
    )
    own, others = burden_for(germany, ANNOUNCED), burden_for(italy, ANNOUNCED)
    assert (own.total.announced, others.total.announced) == (Decimal(177), Decimal(100))
    assert share_of(others, "DE").amount == 100
    assert (own.hidden["support"], others.hidden["support"]) == (0, 1)


def test_past_days_count_at_the_rate_of_then() -> None:
    make_contribution(make_delegate("DE"), "military-aid", 100, currency="EUR")
    enter_dollar()
    burden = burden_for(make_secretary(), Filter(stage=Stage.ANNOUNCED, at=date(2025, 6, 30)))
    assert (burden.shares, burden.rate_day) == ([], None)


def test_queries_do_not_grow_with_members() -> None:
    reader = make_secretary()
    counts = []
    for codes in (["DE"], ["FR", "GB", "IT"]):
        for code in codes:
            make_contribution(make_delegate(code), "military-aid", 10, currency="EUR")
        burden_for(reader, ANNOUNCED)
        with CaptureQueriesContext(connection) as captured:
            burden_for(reader, ANNOUNCED)
        counts.append(len(captured))
    assert counts == [6, 6]  # findings, what changed, rates, capabilities, members twice
