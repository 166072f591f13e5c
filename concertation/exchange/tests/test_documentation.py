"""What docs/load-format.md says is true."""

import re
import tomllib

import pytest
from django.conf import settings

from concertation.exchange import schema
from concertation.exchange.loading import load_file
from concertation.exchange.markup import blocks_of, faults
from concertation.exchange.parsing import parse

PAGE = (settings.ROOT / "docs" / "load-format.md").read_text(encoding="utf-8")


def example(language: str, number: int = 0) -> str:
    """Return an example of the page."""
    return str(re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[number])


@pytest.mark.django_db
def test_least_file_of_the_page_loads() -> None:
    file = parse(example("toml").encode(), name="page")
    assert str(load_file(file)) == "The coalition described, 2 members added, 3 people added."


def test_least_file_is_the_shipped_one() -> None:
    shipped = (settings.ROOT / "examples" / "minimal.toml").read_text(encoding="utf-8")
    assert tomllib.loads(example("toml")) == tomllib.loads(shipped)


@pytest.mark.django_db
def test_condition_of_the_page_loads() -> None:
    file = parse(f"{example('toml')}\n{example('toml', 2)}".encode(), name="page")
    assert str(load_file(file)).endswith("3 people added, 1 condition added, 1 assessment added.")


@pytest.mark.django_db
def test_requirement_and_contribution_of_the_page_load() -> None:
    file = parse(f"{example('toml')}\n{example('toml', 3)}".encode(), name="page")
    assert str(load_file(file)).endswith("1 requirement added, 1 contribution added, 1 entry added.")


def test_draft_of_the_page_is_read() -> None:
    body = example("markdown")
    assert faults(body) == []
    kinds = [block["type"] for block in blocks_of(body)]
    assert kinds == ["heading", "paragraph", "paragraph", "paragraph", "bulletList", "paragraph"]


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("### `[coalition]`", schema.CoalitionPart),
        ("### `[[members]]`", schema.MemberPart),
        ("### `[[people]]`", schema.PersonPart),
        ("### `[[meetings]]`", schema.MeetingPart),
        ("`[[meetings.agenda]]`, below", schema.AgendaPart),
        ("### `[[texts]]`", schema.TextPart),
        ("`[[texts.versions]]`, below", schema.VersionPart),
        ("### `[[conditions]]`", schema.ConditionPart),
        ("`[[conditions.assessments]]`, below", schema.AssessmentPart),
        ("### `[catalogue]`", schema.CataloguePart),
        ("### `[[capabilities]]`", schema.CapabilityPart),
        ("### `[[rates]]`", schema.RatePart),
        ("### `[[requirements]]`", schema.RequirementPart),
        ("### `[[contributions]]`", schema.ContributionPart),
        ("`[[contributions.caveats]]`, below", schema.CaveatPart),
        ("`[[contributions.facts]]`, below", schema.FactPart),
    ],
)
def test_page_names_every_key(heading: str, table: type[schema.Table]) -> None:
    rows = re.search(r"\|---\|---\|---\|\n((?:\|.*\n)*)", PAGE[PAGE.index(heading) :])
    assert rows
    named = {key for row in rows[1].splitlines() for key in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == set(table.model_fields) - {"agenda", "versions", "assessments", "caveats", "facts"}
