"""Incidents and areas of observation in files: loaded once, exported as they stand, loaded again without effect."""

import pytest
from django.conf import settings

from concertation.exchange.exporting import export_file
from concertation.exchange.faults import FileRefused
from concertation.exchange.loading import load_file
from concertation.exchange.parsing import parse
from concertation.situation.domain.incidents import correct_incident
from concertation.situation.models import Account, Area, Incident, Limit, Step
from concertation.situation.tests.incident_factories import make_report

pytestmark = pytest.mark.django_db
MINIMAL = (settings.ROOT / "examples" / "minimal.toml").read_text(encoding="utf-8")
AREA = """
[[areas]]
key = "north"
names = { en = "North" }
west = 33.0
south = 50.0
east = 36.0
north = 52.0
since = 2025-07-01

[[areas.limits]]
member = "GB"
kind = "closed"
since = 2025-07-05
why = "Mines."
audience = "chair"
"""
INCIDENT = """
[[incidents]]
key = "shelling-1"
member = "FR"
kind = "shelling"
at = 2025-07-08T14:30:00+02:00
when = "hour"
place = "Sumy"
latitude = 50.9
longitude = 34.8
where = "settlement"
killed = { low = 1, high = 4 }
links = ["https://example.org/1"]

[[incidents.findings]]
finding = "verified"
member = "GB"
since = 2025-07-09
grounds = "Seen."

[[incidents.findings]]
finding = "attributed"
actor = "X"
since = 2025-07-10
grounds = "Decided."
"""


def load(text: str) -> list[str]:
    """Load a file, and return what the report says."""
    return str(load_file(parse(text.encode(), name="file"))).splitlines()


def test_load_incidents_and_areas_once() -> None:
    said = load(MINIMAL + AREA + INCIDENT)
    assert said[0].endswith("1 area added, 1 limit of observation added, 1 incident added.")
    incident, account = Incident.objects.get(), Account.objects.get()
    assert (incident.member_id, incident.state, incident.actor) == ("FR", "verified", "X")
    assert (account.occurred_at.hour, account.bounds("killed")) == (12, (1, None, 4))
    assert Limit.objects.get().reader_codes == ["FR", "GB"]
    assert load(MINIMAL + AREA + INCIDENT)[0] == "Nothing to do: everything is as the file says."


def test_export_of_incidents_loads_to_the_same() -> None:
    load(MINIMAL + AREA + INCIDENT)
    text = export_file()
    assert load(text)[0] == "Nothing to do: everything is as the file says."
    assert parse(text.encode(), name="file").incidents == parse((MINIMAL + INCIDENT).encode(), name="file").incidents
    assert parse(text.encode(), name="file").areas == parse((MINIMAL + AREA).encode(), name="file").areas


def test_a_file_never_corrects_what_was_reported() -> None:
    load(MINIMAL + INCIDENT)
    correct_incident(by=None, incident_id=Incident.objects.get().pk, report=make_report(), reason="So.")
    sentence = "What is reported of “shelling-1” is not what the file says; only those who reported it correct it."
    assert sentence in load(MINIMAL + INCIDENT)
    assert Account.objects.count() == 2


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('member = "FR"\nkind', 'member = "XX"\nkind', "incidents[1].member"),
        ('kind = "shelling"', 'kind = "rumour"', "Choose a kind of incident that is in use."),
        ("latitude = 50.9", "latitude = 95.0", "Give latitude from -90 to 90"),
        ('"https://example.org/1"', '"javascript:1"', "A link must begin with https:// or http://."),
        ('member = "GB"\nsince', 'member = "FR"\nsince', "Another member, or the secretariat, verifies"),
        ('place = "Sumy"', 'place = "Sumy"\ncondition = "none"', "“none” is no condition of this file."),
        ('place = "Sumy"', 'place = "Sumy"\naudience = "members"', "“members” names who may read something"),
        ("{ low = 1, high = 4 }", "{ low = 5, high = 4 }", "Figures are whole numbers"),
    ],
)
def test_faulty_incidents_are_refused_whole(good: str, bad: str, said: str) -> None:
    text = INCIDENT.replace(good, bad, 1)
    assert text != INCIDENT
    with pytest.raises(FileRefused) as caught:
        load(MINIMAL + text)
    assert said in str(caught.value)
    assert not Incident.objects.exists()
    assert not Step.objects.exists()
    assert not Area.objects.exists()
