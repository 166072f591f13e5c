"""Every fault of a file has its sentence and its place, and all of them are told at once."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.exchange.faults import FileRefused
from concertation.exchange.parsing import MAX_BYTES, parse, read_file

FULL = """\
format = "concertation/1"

[coalition]
names = { en = "Two Banks" }
sources = ["press"]

[sources]
press = "The Press, A meeting, 5 July 2025"

[[members]]
code = "FR"
capital = "Paris"
zone = "Europe/Paris"
status = "member"
co_chair = true

[[members]]
code = "NATO"
kind = "organisation"
names = { en = "North Atlantic Treaty Organization" }
capital = "Brussels"
zone = "Europe/Brussels"
status = "partner"

[[people]]
member = "FR"
capacity = "head"
name = "Head of France"
email = "head@france.example"
language = "fr"

[[people]]
capacity = "secretariat"
name = "Clerk"
email = "clerk@secretariat.example"

[[meetings]]
key = "first"
titles = { en = "First meeting" }
start = 2025-07-10T14:30:00
end = 2025-07-10T16:00:00
zone = "Europe/London"
level = "leaders"
languages = ["en", "fr"]
invited = ["FR"]

[[meetings.agenda]]
titles = { en = "Support" }
lead = "FR"
minutes = 30

[[texts]]
key = "statement"
titles = { en = "Statement" }
meeting = "first"
audience = "coalition"

[[texts.versions]]
language = "en"
body = '''
# Statement

1. We met.
'''

[[conditions]]
key = "ceasefire"
names = { en = "Ceasefire" }
words = { en = "Fire has ceased." }

[[conditions.assessments]]
member = "FR"
verdict = "claimed"
since = 2025-07-01
evidence = "As announced."
audience = "chair"

[[conditions.assessments]]
verdict = "not_met"
since = 2025-07-01
evidence = "As observed."
"""


def refusal(text: str) -> str:
    """Return what the parser says against `text`."""
    with pytest.raises(FileRefused) as refused:
        parse(text.encode(), name="file.toml")
    return str(refused.value)


def test_parse_file_without_fault() -> None:
    file = parse(FULL.encode(), name="file.toml")
    assert [member.code for member in file.members] == ["FR", "NATO"]
    assert [person.email for person in file.people] == ["head@france.example", "clerk@secretariat.example"]
    assert file.meetings[0].starts_at.isoformat() == "2025-07-10T13:30:00+00:00"
    assert file.meetings[0].ends_at.isoformat() == "2025-07-10T15:00:00+00:00"


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (
            'capital = "Paris"',
            'captial = "Paris"',
            "line 10: members[1].capital: The key “capital” is missing.\n"
            "file.toml: line 12: members[1].captial: “captial” is not a key of this table."
            " Did you mean “capital”?",
        ),
        (
            "[coalition]",
            "[coaliton]",
            "line 1: coalition: The key “coalition” is missing.\n"
            "file.toml: line 3: coaliton: “coaliton” is not a key of this table. Did you mean “coalition”?",
        ),
        (
            '"concertation/1"',
            '"concertation/2"',
            "line 1: format: “concertation/2” is not possible here; choose one of: concertation/1.",
        ),
        (
            '{ en = "Two Banks" }',
            '{ fr = "Deux" }',
            "line 4: coalition.names: The English version, “en”, is missing.",
        ),
        (
            '{ en = "Two Banks" }',
            '{ en = "Two", xx = "?" }',
            "line 4: coalition.names.xx: “xx” is no language code of ISO 639-1.",
        ),
        ('{ en = "Two Banks" }', '"Two Banks"', "line 4: coalition.names: This must be a table."),
        (
            '"Two Banks"',
            '" Two Banks"',
            "line 4: coalition.names.en: This must be one line of text, not empty, without blanks around it.",
        ),
        (
            'sources = ["press"]',
            'sources = ["pres"]',
            "line 5: coalition.sources[1]: “pres” is no source in this file. Did you mean “press”?",
        ),
        ('sources = ["press"]', 'sources = "press"', "line 5: coalition.sources: This must be a list."),
        (
            "press = ",
            "Press = ",
            "line 5: coalition.sources[1]: “press” is no source in this file. Did you mean “Press”?\n"
            "file.toml: line 8: sources.Press: “Press” is no key;"
            " use small letters, digits and single hyphens.",
        ),
        (
            '"The Press, A meeting, 5 July 2025"',
            "2025",
            "line 8: sources.press: This must be text in quotes.",
        ),
        (
            'audience = "coalition"',
            'audience = "members"',
            "line 52: texts[1]: “members” names who may read a text with the audience “members”, and only there.",
        ),
        (
            'audience = "coalition"',
            'audience = "members"\nmembers = ["DE"]',
            "line 57: texts[1].members[1]: “DE” is no member in this file.",
        ),
        (
            'invited = ["FR"]',
            'invited = ["NTO"]',
            "line 45: meetings[1].invited[1]: “NTO” is no member in this file. Did you mean “NATO”?",
        ),
        (
            'level = "leaders"',
            'level = "summit"',
            "line 43: meetings[1].level: “summit” is not possible here; choose one of: leaders,"
            " foreign_ministers, defence_ministers, chiefs_of_defence, political_directors, experts.",
        ),
        (
            'code = "NATO"',
            'code = "FR"',
            "line 18: members[2].code: “FR” is the code of a country, not of an organisation.\n"
            "file.toml: line 18: members[2].code: “FR” stands here for the second time.",
        ),
        (
            'code = "NATO"',
            'code = "Nato"',
            "line 18: members[2].code: “Nato” is no code; use two to eight capital letters.",
        ),
        (
            'kind = "organisation"',
            'kind = "state"',
            "line 18: members[2].code: “NATO” is no country of ISO 3166-1.",
        ),
        (
            'kind = "organisation"',
            'kind = "club"',
            "line 19: members[2].kind: “club” is not possible here; choose one of: state, organisation.",
        ),
        (
            'names = { en = "North Atlantic Treaty Organization" }\n',
            "",
            "line 17: members[2]: An organisation needs “names”; only countries are named by their code.",
        ),
        (
            'zone = "Europe/Paris"',
            'zone = "Europe/Pariss"',
            "line 13: members[1].zone: “Europe/Pariss” is no time zone of the IANA database."
            " Did you mean “Europe/Paris”?",
        ),
        (
            'status = "partner"',
            'status = "friend"',
            "line 23: members[2].status: “friend” is not possible here; choose one of:"
            " invited, member, partner, observer, left.",
        ),
        (
            'status = "partner"',
            'status = "partner"\nco_chair = true',
            "line 24: members[2].co_chair: Only a full member can be co-chair.",
        ),
        ("co_chair = true", "co_chair = 1", "line 15: members[1].co_chair: This must be true or false."),
        (
            'member = "FR"',
            'member = "FRA"',
            "line 26: people[1].member: “FRA” is no member in this file. Did you mean “FR”?",
        ),
        (
            'member = "FR"\n',
            "",
            "line 25: people[1]: The secretariat stands outside members; everybody else needs “member”.",
        ),
        (
            'capacity = "secretariat"',
            'capacity = "secretariat"\nmember = "NATO"',
            "line 32: people[2]: The secretariat stands outside members; everybody else needs “member”.",
        ),
        (
            'capacity = "secretariat"',
            'capacity = "head"\nmember = "FR"',
            "line 33: people[2].capacity: FR already has a head of delegation.",
        ),
        (
            'capacity = "head"',
            'capacity = "chief"',
            "line 27: people[1].capacity: “chief” is not possible here; choose one of:"
            " head, delegate, interpreter, observer, secretariat.",
        ),
        (
            "head@france.example",
            "head at france",
            "line 29: people[1].email: “head at france” is no e-mail address.",
        ),
        (
            "clerk@secretariat.example",
            "Head@France.example",
            "line 35: people[2].email: “head@france.example” stands here for the second time.",
        ),
        (
            'language = "fr"',
            'language = "uk"',
            "line 30: people[1].language: “uk” is no language of the pages; choose one of en, fr.",
        ),
        (
            "start = 2025-07-10T14:30:00",
            "start = 2025-07-10",
            "line 40: meetings[1].start: This must be a date and time such as 2025-07-10T14:30:00, without quotes.",
        ),
        (
            "start = 2025-07-10T14:30:00",
            "start = 2025-07-10T16:00:00",
            "line 41: meetings[1].end: The meeting would end before it starts.",
        ),
        (
            "end = 2025-07-10T16:00:00",
            "end = 2025-07-11T16:00:00",
            "line 41: meetings[1].end: A meeting lasts whole minutes, and 24 hours at most.",
        ),
        (
            "end = 2025-07-10T16:00:00",
            "end = 2025-07-10T16:00:30",
            "line 41: meetings[1].end: A meeting lasts whole minutes, and 24 hours at most.",
        ),
        (
            "start = 2025-07-10T14:30:00",
            "start = 2025-03-30T01:30:00",
            "line 40: meetings[1].start: The clocks of Europe/London change that night: this hour comes"
            " twice or never; add its offset.",
        ),
        (
            'languages = ["en", "fr"]',
            'languages = ["en", "fra"]',
            "line 44: meetings[1].languages[2]: “fra” is no language code of ISO 639-1.",
        ),
        (
            'languages = ["en", "fr"]',
            'languages = ["en", "en"]',
            "line 44: meetings[1].languages[2]: “en” stands here for the second time.",
        ),
        (
            'languages = ["en", "fr"]',
            "languages = []",
            "line 44: meetings[1].languages: This needs at least one entry.",
        ),
        (
            'lead = "FR"',
            'lead = "RU"',
            "line 49: meetings[1].agenda[1].lead: “RU” is no member in this file.",
        ),
        ("minutes = 30", "minutes = 0", "line 50: meetings[1].agenda[1].minutes: This must be at least 1."),
        (
            "minutes = 30",
            "minutes = 1441",
            "line 50: meetings[1].agenda[1].minutes: This must be at most 1440.",
        ),
        (
            "minutes = 30",
            'minutes = "30"',
            "line 50: meetings[1].agenda[1].minutes: This must be a whole number.",
        ),
        (
            'meeting = "first"',
            'meeting = "frist"',
            "line 55: texts[1].meeting: “frist” is no meeting in this file. Did you mean “first”?",
        ),
        (
            "1. We met.",
            "2. We met.",
            "line 60: texts[1].versions[1].body: Paragraph 2 stands where 1 is due.",
        ),
        (
            "# Statement",
            "#### Statement",
            "line 60: texts[1].versions[1].body: “Statement” is a heading of level 4; there are three levels.",
        ),
        (
            "1. We met.",
            "1. We met.\n\n   # Again",
            "line 60: texts[1].versions[1].body: An entry of a list is one paragraph and the lists below it;"
            " a numbered paragraph begins with words.",
        ),
        (
            "body = '''\n# Statement\n\n1. We met.\n'''",
            'body = "We\\u0007 met."',
            "line 60: texts[1].versions[1].body: This must be text without control characters.",
        ),
        (
            'name = "Clerk"',
            f'name = "{"C" * 201}"',
            "line 34: people[2].name: This is longer than 200 characters.",
        ),
        ("[[texts.versions]]", "[texts.versions]", "line 58: texts[1].versions: This must be a list."),
    ],
)
def test_parse_fault_names_line_key_and_reason(good: str, bad: str, said: str) -> None:
    assert good in FULL
    assert refusal(FULL.replace(good, bad, 1)) == f"file.toml: {said}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"format = \n", "line 1: This is not TOML, at column 10: Invalid value."),
        (b"a = 1\na = 2\n", "line 2: This is not TOML, at column 6: Cannot overwrite a value."),
        (b'a = """open', "This is not TOML: Unterminated string."),
        (b"a = 1\nb = \xff\n", "line 2: This is not text in UTF-8."),
        (
            b"",
            "line 1: coalition: The key “coalition” is missing.\n"
            "file.toml: line 1: format: The key “format” is missing.",
        ),
        (
            b"members = [1]",
            "line 1: coalition: The key “coalition” is missing.\n"
            "file.toml: line 1: format: The key “format” is missing.\n"
            "file.toml: line 1: members[1]: This must be a table.",
        ),
    ],
)
def test_parse_what_is_no_coalition_file(data: bytes, said: str) -> None:
    with pytest.raises(FileRefused) as refused:
        parse(data, name="file.toml")
    assert str(refused.value) == f"file.toml: {said}"


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "9" * 5000])
def test_parse_value_beyond_the_limits_of_the_parser(value: str) -> None:
    said = refusal(FULL.replace("minutes = 30", f"minutes = {value}"))
    assert said == "file.toml: A value in this file is too long, or tables are nested too deeply."


@given(st.binary(max_size=200))
def test_parse_any_bytes_without_a_crash(data: bytes) -> None:
    with suppress(FileRefused):
        parse(data, name="file.toml")


@given(st.integers(0, len(FULL)), st.integers(0, 30), st.text("ab01 \\n\"'[]{}=.#-T:", max_size=8))
def test_parse_any_damaged_file_without_a_crash(start: int, length: int, instead: str) -> None:
    with suppress(FileRefused):
        parse((FULL[:start] + instead + FULL[start + length :]).encode(), name="file.toml")


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "9" * 5000, "1.5", "inf", "12:00:00", "[1, {a = 2}]", "{}"])
@pytest.mark.parametrize("key", ["minutes = 30", 'code = "NATO"', 'kind = "organisation"', "co_chair = true"])
def test_parse_strange_values_without_a_crash(key: str, value: str) -> None:
    with pytest.raises(FileRefused):
        parse(FULL.replace(key, f"{key.split(' ')[0]} = {value}").encode(), name="file.toml")


def test_parse_tells_all_faults_in_the_order_of_the_file() -> None:
    bad = FULL.replace('"Europe/Paris"', '"Paris"').replace('lead = "FR"', 'lead = "IT"')
    assert refusal(bad.replace('"head@france.example"', '"head"')).splitlines() == [
        "file.toml: line 13: members[1].zone: “Paris” is no time zone of the IANA database.",
        "file.toml: line 29: people[1].email: “head” is no e-mail address.",
        "file.toml: line 49: meetings[1].agenda[1].lead: “IT” is no member in this file.",
    ]


def test_parse_hour_that_comes_twice_with_offset() -> None:
    text = FULL.replace("2025-07-10T14:30:00", "2025-10-26T01:30:00+00:00").replace("2025-07-10T16", "2025-10-26T16")
    assert parse(text.encode(), name="file.toml").meetings[0].starts_at.isoformat() == "2025-10-26T01:30:00+00:00"


def test_parse_file_of_windows() -> None:
    file = parse(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode(), name="file.toml")
    assert file == parse(FULL.encode(), name="file.toml")


def test_read_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        read_file(tmp_path / "no.toml")
    assert str(refused.value) == f"{tmp_path}/no.toml: There is no such file."


def test_read_file_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        read_file(tmp_path)
    assert str(refused.value) == f"{tmp_path}: This is a folder, not a file."


def test_read_file_that_is_too_big(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(FileRefused) as refused:
        read_file(path)
    assert str(refused.value) == f"{path}: The file is bigger than 2 MB."


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('key = "ceasefire"', 'key = "Cease fire"', "“Cease fire” is no key"),
        ('words = { en = "Fire has ceased." }', "words = {}", "This needs at least one entry."),
        ('verdict = "not_met"', 'verdict = "withdrawn"', "choose one of: not_met, claimed, verified, broken."),
        ('verdict = "not_met"', 'verdict = "met"', "“met” is not possible here"),
        ("since = 2025-07-01", 'since = "2025-07-01"', "This must be a date such as 2025-07-10, without quotes."),
        ('evidence = "As announced."', 'evidence = " "', "This must be text, not empty"),
        ('evidence = "As announced."', 'evidence = "x"\nlink = "ftp://x.example"', "A link must begin with https://"),
        ('"chair"', '"members"\nmembers = ["NAT"]', "“NAT” is no member in this file. Did you mean “NATO”?"),
        ('"chair"', '"members"', "“members” names who may read an assessment"),
        ('member = "FR"\nverdict', "verdict", "Without “member” it is the coalition’s finding"),
        (
            'verdict = "not_met"\nsince = 2025-07-01',
            'member = "FR"\nverdict = "broken"\nsince = 2025-07-01\naudience = "chair"',
            "conditions[1].assessments[2].since: “2025-07-01” stands here for the second time.",
        ),
    ],
)
def test_parse_conditions_with_a_fault(good: str, bad: str, said: str) -> None:
    assert good in FULL
    assert said in refusal(FULL.replace(good, bad, 1))
