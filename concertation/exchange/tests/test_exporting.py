"""What is exported loads back to the same coalition, whatever is in it."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from concertation.coalition.domain.delegates import end_capacity
from concertation.coalition.models import Coalition, Delegate, Member
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.exporting import export_file
from concertation.exchange.loading import load_file
from concertation.exchange.markup import blocks_of, body_of
from concertation.exchange.parsing import parse, read_file
from concertation.exchange.sources import SourceKeys
from concertation.exchange.tests.test_faults import FULL
from concertation.exchange.tests.test_markup import drafts
from concertation.exchange.writing import write_toml
from concertation.meetings.domain.schedule import MeetingPlan, cancel_meeting, schedule_meeting
from concertation.meetings.enums import Level
from concertation.meetings.models import Meeting
from concertation.record.events import Actor
from concertation.texts.domain.texts import create_text
from concertation.texts.models import Text

pytestmark = pytest.mark.django_db
EXAMPLE = settings.ROOT / "examples" / "coalition-of-the-willing.toml"

lines = st.text("aé’“”«» #\\'=[]", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
titles = st.fixed_dictionaries({"en": lines}, optional={"fr": lines, "uk": lines})
cited = st.lists(st.sampled_from(["press", "other-press"]), unique=True)
moments = st.integers(0, 1_500_000).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
agendas = st.lists(
    st.fixed_dictionaries(
        {"titles": titles, "minutes": st.integers(1, 90), "sources": cited},
        optional={"lead": st.sampled_from(["FR", "EU"])},
    ),
    max_size=3,
)


@st.composite
def meetings(draw: st.DrawFn, key: str) -> dict[str, Any]:
    """Any meeting of the coalition below."""
    start = draw(moments)
    return {
        "key": key,
        "titles": draw(titles),
        "start": start,
        "end": start + timedelta(minutes=draw(st.integers(1, 600))),
        "zone": draw(st.sampled_from(["Europe/Paris", "America/New_York", "UTC"])),
        "level": draw(st.sampled_from(Level.values)),
        "languages": draw(st.lists(st.sampled_from(["en", "fr", "de"]), min_size=1, unique=True)),
        "invited": draw(st.lists(st.sampled_from(["FR", "EU"]), unique=True)),
        "agenda": draw(agendas),
        "sources": draw(cited),
    }


@st.composite
def texts(draw: st.DrawFn, key: str) -> dict[str, Any]:
    """Any text of the coalition below."""
    languages = draw(st.lists(st.sampled_from(["en", "fr", "uk"]), min_size=1, unique=True))
    members = draw(st.lists(st.sampled_from(["FR", "EU"]), unique=True))
    versions: list[dict[str, Any]] = [{"language": language, "body": body_of(draw(drafts))} for language in languages]
    return {
        "key": key,
        "titles": draw(titles),
        "audience": "members" if members else draw(st.sampled_from(["coalition", "public"])),
        "members": members,
        "meeting": draw(st.sampled_from([None, "m1"])),
        "versions": [{**versions[0], "authentic": True}, *({**row, "authentic": False} for row in versions[1:])],
    }


@st.composite
def conditions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Any conditions of the coalition below, with what is said of them."""
    said = st.fixed_dictionaries(
        {
            "verdict": st.sampled_from(["not_met", "claimed", "verified", "broken"]),
            "since": st.dates(date(2025, 1, 1), date(2025, 1, 9)),
            "evidence": lines,
        },
        optional={"link": st.just("https://press.example/1")},
    )
    voices: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
        [
            {},
            {"member": "FR"},
            {"member": "FR", "audience": "chair"},
            {"member": "FR", "audience": "members", "members": ["EU"]},
            {"member": "EU", "audience": "coalition"},
        ]
    )
    words = st.tuples(said, voices).map(lambda pair: {**pair[0], **pair[1]})
    return [
        {
            "key": key,
            "names": draw(titles),
            "words": draw(titles),
            "retired": draw(st.booleans()),
            "sources": draw(cited),
            "assessments": draw(st.lists(words, max_size=4, unique_by=_voice_and_day)),
        }
        for key in draw(st.sampled_from([[], ["c1"], ["c1", "c-2"]]))
    ]


OTHERS = [
    {"key": "moscow", "names": {"en": "Moscow"}, "kind": "adversary", "country": "RU"},
    {"key": "o2", "names": {"fr": "Comité"}, "kind": "other_organisation"},
]
told: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {"audience": "chair"}, {"audience": "members", "members": ["EU"]}]
)
some_days = st.dates(date(2025, 1, 1), date(2025, 1, 9))


def _words(part: dict[str, Any]) -> str:
    return " ".join(part["words"].split())


@st.composite
def contacts(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A contact that was held, and one that may have come to anything."""
    common = {
        "holder": "FR",
        "others": st.sampled_from([["moscow"], ["moscow", "o2"]]),
        "channel": st.sampled_from(["call", "mediator"]),
        "subject": lines,
        "sources": cited,
    }
    facts = st.fixed_dictionaries(
        {key: value if isinstance(value, st.SearchStrategy) else st.just(value) for key, value in common.items()},
        optional={"time": st.just(time(14, 30)), "zone": st.just("Europe/Paris"), "initiative": st.just("theirs")},
    )
    readout = st.fixed_dictionaries({"words": titles}, optional={"link": st.just("https://press.example/1")})
    readouts = st.lists(st.tuples(readout, told).map(lambda pair: {**pair[0], **pair[1]}), max_size=2, unique_by=str)
    held = {**draw(facts), **draw(told), "key": "held", "held": draw(some_days), "readouts": draw(readouts)}
    if held["readouts"]:  # which may open the contact
        held = {key: value for key, value in held.items() if key not in {"audience", "members"}}
    other = {**draw(facts), **draw(told), "key": "c-2", "planned": draw(some_days)}
    ends: list[dict[str, Any]] = [
        {},
        {"held": draw(some_days)},
        {"ended": "They declined."},
        {"held": date(2025, 1, 1), "ended": "Error."},
    ]
    end: dict[str, Any] = draw(st.sampled_from(ends))
    if "audience" in other:  # whose readers would be those of its points
        return [held, {**other, **end}]
    point = st.fixed_dictionaries({"member": st.just("EU"), "words": lines}, optional={"raised": st.booleans()})
    points = st.lists(point, max_size=2, unique_by=_words)
    return [held, {**other, **end, "points": draw(points)}]


@st.composite
def questions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A question with positions of anybody to anybody."""
    speakers: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
        [{"member": "FR"}, {"other": "moscow"}, {"other": "moscow", "entered_for": "FR", "contact": "held"}]
    )
    said = st.fixed_dictionaries(
        {"stance": st.sampled_from(["support", "tolerate", "reserve", "oppose"]), "said": some_days, "reason": lines},
        optional={"quote": lines, "language": st.just("ru"), "moves": lines, "link": st.just("http://press.example")},
    )
    whole = st.tuples(speakers, said, told).map(lambda three: {**three[0], **three[1], **three[2]})
    return [
        {
            "key": "q1",
            "names": draw(titles),
            "words": draw(titles),
            "closed": draw(st.sampled_from(["", "Settled."])),
            "sources": draw(cited),
            "positions": draw(st.lists(whole, max_size=4, unique_by=str)),
        }
    ]


def _voice_and_day(said: Any) -> Any:
    return said.get("member"), said.get("audience", "coalition"), said["since"]


def _email(row: Any) -> Any:
    return row["email"]


files = st.fixed_dictionaries(
    {
        "format": st.just("concertation/1"),
        "coalition": st.fixed_dictionaries({"names": titles, "sources": cited}, optional={"summary": titles}),
        "sources": st.fixed_dictionaries({"press": st.just("Press, 1 May"), "other-press": lines}),
        "members": st.tuples(
            st.fixed_dictionaries(
                {
                    "code": st.just("FR"),
                    "capital": lines,
                    "zone": st.sampled_from(["Europe/Paris", "Asia/Tokyo"]),
                    "status": st.just("member"),
                    "co_chair": st.booleans(),
                    "sources": cited,
                }
            ),
            st.fixed_dictionaries(
                {
                    "code": st.just("EU"),
                    "kind": st.just("organisation"),
                    "names": titles,
                    "capital": lines,
                    "zone": st.just("Europe/Brussels"),
                    "status": st.sampled_from(["member", "partner", "observer"]),
                    "sources": cited,
                }
            ),
            st.fixed_dictionaries(
                {
                    "code": st.just("NO"),
                    "capital": lines,
                    "zone": st.just("Europe/Oslo"),
                    "status": st.sampled_from(["invited", "left"]),
                }
            ),
        ).map(list),
        "people": st.lists(
            st.fixed_dictionaries(
                {
                    "member": st.sampled_from(["FR", "EU"]),
                    "capacity": st.sampled_from(["delegate", "interpreter", "observer"]),
                    "name": lines,
                    "email": st.sampled_from(["a@x.example", "b@x.example", "C@x.example"]),
                    "language": st.sampled_from(["en", "fr"]),
                    "sources": cited,
                },
                optional={"title": lines},
            ),
            unique_by=_email,
        ),
        "meetings": st.tuples(meetings("m1"), meetings("m-2")).map(list),
        "texts": st.lists(texts("t1"), max_size=1),
        "conditions": conditions(),
        "others": st.just(OTHERS),
        "contacts": contacts(),
        "questions": questions(),
    }
)


def plain(file: CoalitionFile) -> dict[str, Any]:
    """Return a file so that two that mean the same are equal."""
    present = [member.code for member in file.members if member.status not in {"invited", "left"}]

    def full(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: file.cited(value) if key == "sources" else full(value) for key, value in part.items()}
        return [full(row) for row in part] if isinstance(part, list) else part

    return {
        "coalition": full(file.coalition.model_dump()),
        "members": [full(member.model_dump()) for member in file.members],
        "people": {person.email.lower(): full({**person.model_dump(), "email": ""}) for person in file.people},
        "meetings": {
            meeting.key: full(
                {
                    **meeting.model_dump(),
                    "start": meeting.starts_at,
                    "end": meeting.ends_at,
                    "invited": sorted(meeting.invited or present),
                }
            )
            for meeting in file.meetings
        },
        "texts": {
            text.key: {
                **text.model_dump(),
                "members": sorted(text.members),
                "versions": [(row.language, row.authentic, blocks_of(row.body)) for row in text.versions],
            }
            for text in file.texts
        },
        "conditions": {condition.key: full(condition.model_dump()) for condition in file.conditions},
        "others": {part.key: full(part.model_dump()) for part in file.others},
        "contacts": {part.key: full(part.model_dump()) for part in file.contacts},
        "questions": {part.key: full(part.model_dump()) for part in file.questions},
        "catalogue": file.catalogue,
        "capabilities": {part.code: part for part in file.capabilities},
        "rates": [full(rate.model_dump()) for rate in sorted(file.rates, key=lambda rate: (rate.currency, rate.day))],
        "requirements": {part.key: full(part.model_dump()) for part in file.requirements},
        "contributions": {part.key: plain_contribution(full(part.model_dump())) for part in file.contributions},
    }


def plain_contribution(part: dict[str, Any]) -> dict[str, Any]:
    """Return a contribution so that two that mean the same are equal."""
    readers = {*part["readers"], *part["members"]} if part["readers"] else set()
    caveats = [
        {
            **one,
            "areas": set(one["areas"]),
            "tasks": set(one["tasks"]),
            "readers": {*one["readers"], part["members"][0]},
        }
        for one in part["caveats"]
    ]
    return {**part, "readers": readers, "caveats": caveats, "conditions": sorted(part["conditions"])}


def loaded(text: str) -> CoalitionFile:
    """Return `text` as a checked file."""
    return parse(text.encode(), name="file.toml")


@given(files)
@hypothesis(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_export_loads_back_to_the_same_coalition(content: dict[str, Any]) -> None:
    with transaction.atomic():
        file = loaded(write_toml(content))
        load_file(file)
        exported = export_file()
        assert plain(loaded(exported)) == plain(file)
        assert str(load_file(loaded(exported))) == "Nothing to do: everything is as the file says."
        transaction.set_rollback(True)


def test_export_of_the_example_is_the_example() -> None:
    file = read_file(EXAMPLE)
    load_file(file)
    exported = export_file()
    assert plain(loaded(exported)) == plain(file)
    with transaction.atomic():
        assert str(load_file(loaded(exported))) == "Nothing to do: everything is as the file says."
    assert export_file() == exported


def test_export_as_a_person_would_write_it() -> None:
    load_file(loaded(FULL))
    expected = FULL.replace("press", "the-press").replace('invited = ["FR"]\n', 'invited = ["FR"]\n')
    assert tomllib.loads(export_file()) == {
        **tomllib.loads(expected),
        "people": [{"language": "en", **row} for row in tomllib.loads(expected)["people"]],
        "texts": [{k: v for k, v in row.items() if k != "audience"} for row in tomllib.loads(expected)["texts"]],
    }
    assert "body = '''\n# Statement\n\n1. We met.\n'''\n" in export_file()


def test_export_names_what_was_made_on_the_pages_by_its_id() -> None:
    load_file(loaded(FULL))
    plan = MeetingPlan(
        titles={"fr": "Suite"},
        starts_at=datetime(2025, 10, 26, 1, 30, tzinfo=UTC),
        minutes=60,
        zone="Europe/London",
        level=Level.EXPERTS,
        languages=["fr"],
    )
    meeting = schedule_meeting(by=Actor.system(), plan=plan)
    text = create_text(by=None, titles={"fr": "Suite"}, languages=["fr"])
    file = loaded(export_file())
    assert [row.key for row in file.meetings] == ["first", str(meeting.pk)]
    assert [row.key for row in file.texts] == ["statement", str(text.pk)]
    assert file.meetings[1].start.isoformat() == "2025-10-26T01:30:00+00:00"
    assert str(load_file(file)) == "Nothing to do: everything is as the file says."
    assert (Meeting.objects.count(), Text.objects.count()) == (2, 2)


def test_export_leaves_out_what_is_over() -> None:
    load_file(loaded(FULL))
    cancel_meeting(by=Actor.system(), meeting=Meeting.objects.get())
    end_capacity(by=Actor.system(), delegate=Delegate.objects.get(capacity="head"))
    file = loaded(export_file())
    assert (file.meetings, [person.name for person in file.people]) == ([], ["Clerk"])
    assert file.texts[0].meeting is None


def test_export_of_an_empty_server() -> None:
    with pytest.raises(Coalition.DoesNotExist):
        export_file()


def test_source_keys_are_made_once_and_differ() -> None:
    keys = SourceKeys()
    assert keys.cite(["Élysée, 1 May", "Élysée, 2 May", "Élysée, 1 May"]) == ["elysee", "elysee-2", "elysee"]
    assert keys.cite(["漢"]) == ["source"]
    assert keys.table() == {"elysee": "Élysée, 1 May", "elysee-2": "Élysée, 2 May", "source": "漢"}


def test_members_keep_their_order() -> None:
    load_file(read_file(EXAMPLE))
    codes = [member.code for member in loaded(export_file()).members]
    assert codes == [member.code for member in read_file(EXAMPLE).members]
    assert codes[:5] == list(Member.objects.full().values_list("code", flat=True))
