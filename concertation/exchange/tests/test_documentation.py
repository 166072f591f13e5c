"""What docs/load-format.md says is true."""

import re
import tomllib

import pytest
from django.conf import settings

from concertation.exchange import schema, schema_incidents, schema_watch
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
    file = parse(f"{example('toml')}\n{example('toml', 5)}".encode(), name="page")
    assert str(load_file(file)).endswith("1 requirement added, 1 contribution added, 1 entry added.")


@pytest.mark.django_db
def test_measures_of_the_page_load() -> None:
    file = parse(f"{example('toml')}\n{example('toml', 2)}\n{example('toml', 3)}".encode(), name="page")
    assert str(load_file(file)).endswith("1 measure added, 2 statements added, 1 package added, 1 step added.")


@pytest.mark.django_db
def test_contact_and_position_of_the_page_load() -> None:
    file = parse(f"{example('toml')}\n{example('toml', 4)}".encode(), name="page")
    said = "1 actor outside added, 1 contact added, 1 point added, 1 question added, 1 position added."
    assert str(load_file(file)).endswith(said)


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
        ("### `[[measures]]`", schema.MeasurePart),
        ("`[[measures.statements]]`, below", schema.StatementPart),
        ("### `[[packages]]`", schema.PackagePart),
        ("### `[[steps]]`", schema.StepPart),
        ("### `[[others]]`", schema_watch.OtherPart),
        ("### `[[contacts]]`", schema_watch.ContactPart),
        ("`[[contacts.points]]`, below", schema_watch.PointPart),
        ("`[[contacts.readouts]]`, below", schema_watch.ReadoutPart),
        ("### `[[questions]]`", schema_watch.QuestionPart),
        ("`[[questions.positions]]`, below", schema_watch.PositionPart),
        ("### `[[areas]]`", schema_incidents.AreaPart),
        ("`[[areas.limits]]`, below", schema_incidents.LimitPart),
        ("### `[[incidents]]`", schema_incidents.IncidentPart),
        ("`[[incidents.findings]]`, below", schema_incidents.IncidentStepPart),
    ],
)
def test_page_names_every_key(heading: str, table: type[schema.Table]) -> None:
    rows = re.search(r"\|---\|---\|---\|\n((?:\|.*\n)*)", PAGE[PAGE.index(heading) :])
    assert rows
    named = {key for row in rows[1].splitlines() for key in re.findall(r"`(\w+)`", row.split("|")[1])}
    lists = {"agenda", "versions", "assessments", "statements", "caveats", "facts", "readouts", "positions"}
    lists |= {"limits", "findings", "points"}
    assert named == set(table.model_fields) - lists
