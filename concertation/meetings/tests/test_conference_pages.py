"""The pages of pledges and of the list: what each is offered, the two clicks, and the files of the outcome."""

import csv
import io
import json
import re
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

import docx
import pytest
from django.conf import settings
from django.urls import reverse

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.models import Contribution, Requirement
from concertation.meetings.conference.files import page_of
from concertation.meetings.conference.outcomes import outcome_for
from concertation.meetings.domain.conference import close_requirement
from concertation.meetings.domain.floor import end_intervention
from concertation.meetings.domain.pledges import PledgeLimits
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.enums import Closing
from concertation.meetings.models import ConferenceItem, FloorRequest, Meeting, Outcome, Pledge
from concertation.situation.tests.factories import make_condition
from tests.helpers.conferences import give_floor_to, make_conference, make_pledge
from tests.helpers.meetings import make_open_meeting
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def chair() -> Delegate:
    make_coalition()
    return make_delegate("FR")


@pytest.fixture
def scene(chair: Delegate) -> tuple[Meeting, Requirement, Delegate, FloorRequest]:
    """A meeting with one requirement on screen, and Germany that has the floor."""
    meeting, (need,) = make_conference(chair)
    berlin = make_delegate("DE")
    return meeting, need, berlin, give_floor_to(berlin, chair, meeting)


Scene = tuple[Meeting, Requirement, Delegate, FloorRequest]


def get(who: Delegate, name: str, *arguments: UUID | str, **asked: str) -> tuple[int, str]:
    response = client_of(who).get(reverse(f"meetings:{name}", args=arguments), asked, headers=HTMX)
    return response.status_code, response.content.decode()


def post(who: Delegate, name: str, *arguments: UUID | str, **data: object) -> tuple[int, str]:
    response = client_of(who).post(reverse(f"meetings:{name}", args=arguments), data, headers=HTMX)
    return response.status_code, response.content.decode()


def filled(content: str) -> dict[str, str]:
    """Return what a form has filled in: the values of its inputs and what its lists have chosen."""
    inputs = re.findall(r'<input type="(?:text|date)" name="(\w+)" value="([^"]*)"', content)
    chosen = re.findall(r'<select name="(\w+)".*?<option value="([^"]*)" selected', content, re.DOTALL)
    return {**dict(inputs), **dict(chosen), "audience": "coalition"}


def test_two_clicks_record_what_who_has_the_floor_pledges(scene: Scene) -> None:
    meeting, need, berlin, spoken = scene
    _status, room = get(berlin, "room", meeting.pk)
    (address,) = re.findall(r'hx-get="([^"]+/pledge/\?said=[^"]+)"', room)
    assert address == f"{reverse('meetings:pledge', args=[meeting.pk])}?said=i:{spoken.pk}"
    form = filled(client_of(berlin).get(address, headers=HTMX).content.decode())
    expected = {"said": f"i:{spoken.pk}", "requirement": str(need.pk), "quantity": "4", "title": "Need 1"}
    assert {name: form[name] for name in expected} == expected
    status, content = post(berlin, "pledge", meeting.pk, **form)
    assert (status, "Recorded: Germany, Need 1." in content) == (200, True)
    pledge = Pledge.objects.get()
    terms = pledge.contribution.current
    assert (pledge.intervention, terms.low, terms.earmark_id) == (spoken, Decimal(4), need.pk)
    assert terms.available_to == need.revision.needed_to


def test_limits_of_a_pledge_are_recorded_with_it(scene: Scene) -> None:
    meeting, _need, berlin, _spoken = scene
    condition = make_condition()
    form = filled(get(berlin, "pledge", meeting.pk)[1])
    limits = {"conditions": str(condition.pk), "approvals": "parliament", "areas": "East of the Dnipro"}
    readers = {"audience": "members", "named": ["UA", "FR"]}
    post(berlin, "pledge", meeting.pk, **{**form, **limits, **readers, "quantity": "2"})
    contribution = Contribution.objects.get()
    terms = contribution.current
    assert (list(terms.conditions.all()), terms.approvals, terms.low) == ([condition], ["parliament"], Decimal(2))
    assert contribution.reader_codes == ["DE", "FR", "UA"]
    assert contribution.caveats.get().areas == ["East of the Dnipro"]


def test_faults_are_said_and_nothing_is_saved(scene: Scene) -> None:
    meeting, _need, berlin, _spoken = scene
    form = filled(get(berlin, "pledge", meeting.pk)[1])
    for changes, sentence in (
        ({"quantity": ""}, "Write the figure, or choose that it is undisclosed."),
        ({"quantity": "-3"}, "Give a quantity above 0"),
        ({"quantity": "1.5"}, "whole number"),
        ({"available_from": "2099-01-01"}, "The last day comes before the first."),
    ):
        status, content = post(berlin, "pledge", meeting.pk, **{**form, **changes})
        assert (status, sentence in content) == (422, True), changes
    assert not Contribution.objects.exists()
    status, _content = post(berlin, "pledge", meeting.pk, **{**form, "quantity": "", "undisclosed": "on"})
    assert (status, Contribution.objects.get().current.low) == (200, None)


def test_each_is_offered_the_interventions_that_are_its_own(scene: Scene, chair: Delegate) -> None:
    meeting, need, berlin, spoken = scene
    end_intervention(by=chair, meeting=meeting, request_id=spoken.pk)
    rome = make_delegate("IT")
    theirs = give_floor_to(rome, chair, meeting)

    def said(who: Delegate) -> set[str]:
        content = get(who, "pledge", meeting.pk)[1]
        return set(re.findall(r'<option value="([im]:[^"]+)"', content))

    assert said(berlin) == {f"i:{spoken.pk}", "m:DE"}
    assert said(rome) == {f"i:{theirs.pk}", "m:IT"}
    assert said(make_secretary()) == {
        f"i:{spoken.pk}",
        f"i:{theirs.pk}",
        *(f"m:{c}" for c in ("FR", "GB", "UA", "DE", "IT")),
    }
    form = filled(get(rome, "pledge", meeting.pk)[1])
    assert post(rome, "pledge", meeting.pk, **{**form, "said": f"i:{spoken.pk}"})[0] == 422
    assert get(make_delegate("DE", Capacity.OBSERVER), "pledge", meeting.pk)[0] == 403
    close_meeting(by=chair, meeting=meeting)
    assert said(berlin) == {f"i:{spoken.pk}"}
    assert need.pk


def test_with_the_floor_one_pledges_what_no_requirement_asks_for(chair: Delegate) -> None:
    meeting, _needs = make_conference(chair)
    berlin = make_delegate("DE")
    assert "What no requirement asks for" not in get(berlin, "pledge", meeting.pk)[1]
    spoken = give_floor_to(berlin, chair, meeting)
    assert "What no requirement asks for" in get(berlin, "pledge", meeting.pk)[1]
    form = {
        "said": f"i:{spoken.pk}",
        "requirement": "none",
        "line": "support",
        "capability": "military-aid",
        "quantity": "40",
        "title": "Aid",
        "available_from": "2027-07-01",
        "audience": "coalition",
    }
    assert post(berlin, "pledge", meeting.pk, **{**form, "capability": "nothing"})[0] == 422
    assert post(berlin, "pledge", meeting.pk, **{**form, "said": "m:DE"})[0] == 422
    assert post(berlin, "pledge", meeting.pk, **form)[0] == 200
    terms = Pledge.objects.get(requirement=None).contribution.current
    assert (terms.capability_id, terms.line) == ("military-aid", "support")
    assert (terms.low, terms.currency) == (Decimal(40), "EUR")
    assert "Pledged besides" in get(berlin, "outcome", meeting.pk)[1]


def test_who_has_nothing_to_tie_a_pledge_to_is_told_so(chair: Delegate) -> None:
    meeting = make_open_meeting(by=chair)
    assert "Nothing is required yet" in get(chair, "pledge", meeting.pk)[1]
    make_conference(chair)
    assert "has not had the floor yet" in get(chair, "pledge", meeting.pk)[1]


def test_the_button_is_on_the_line_of_the_speaker_for_who_may_press_it(scene: Scene, chair: Delegate) -> None:
    meeting, *_rest = scene
    people = [chair, make_secretary(), make_delegate("IT"), make_delegate("DE", Capacity.DELEGATE)]
    listeners = [make_delegate("DE", Capacity.INTERPRETER), make_delegate("DE", Capacity.OBSERVER)]
    shown = ["pledge-of-speaker" in get(who, "room", meeting.pk)[1] for who in [*people, *listeners]]
    assert shown == [False, True, False, True, False, False]


def test_the_panel_offers_each_what_it_may_do(scene: Scene, chair: Delegate) -> None:
    meeting, *_rest = scene

    def acts(who: Delegate) -> set[str]:
        content = get(who, "needs", meeting.pk)[1]
        return {
            address.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
            for address in re.findall(r'hx-post="([^"]+)"', content)
        }

    assert acts(chair) == acts(make_secretary()) == {"take", "covered"}
    assert acts(make_delegate("IT")) == acts(make_delegate("DE", Capacity.OBSERVER)) == set()
    assert "Offer" in get(make_delegate("IT", Capacity.DELEGATE), "needs", meeting.pk)[1]
    assert "need-offer" not in get(make_delegate("IT", Capacity.OBSERVER), "needs", meeting.pk)[1]


def test_the_chair_walks_and_closes_by_the_addresses(chair: Delegate) -> None:
    meeting, (first, second) = make_conference(chair, needs=2)
    assert post(chair, "call", meeting.pk, second.pk) == (204, "")
    content = get(make_delegate("IT"), "needs", meeting.pk)[1]
    assert re.findall(r'<li class="session-need"( aria-current="true")?>', content) == ["", ' aria-current="true"']
    assert post(chair, "close_need", meeting.pk, second.pk, "covered") == (200, "")
    status, content = post(chair, "close_need", meeting.pk, first.pk, "gap_accepted", note="")
    assert (status, "field is required" in content) == (422, True)
    form = filled(get(chair, "close_need", meeting.pk, first.pk, "changed")[1])
    assert post(chair, "close_need", meeting.pk, first.pk, "changed", **{**form, "quantity": "1"}) == (200, "")
    assert [item.closing for item in ConferenceItem.objects.all()] == ["changed", "covered"]
    assert Requirement.objects.get(pk=first.pk).revision.quantity == 1
    asked = {"asked": ["DE"], "until": "2099-01-01", "note": ""}
    assert post(chair, "close_need", meeting.pk, first.pk, "asked_again", **asked)[0] == 422
    assert get(chair, "close_need", meeting.pk, first.pk, "forgotten")[0] == 404
    assert get(make_delegate("DE"), "close_need", meeting.pk, first.pk, "covered")[0] == 403
    assert post(chair, "take_list", meeting.pk) == (204, "")
    assert "session-needs" not in get(chair, "needs", meeting.pk)[1]
    assert post(chair, "put_list", meeting.pk, line="", phase="", domain="sea")[0] == 422
    assert post(chair, "put_list", meeting.pk, line="", phase="", domain="air") == (200, "")
    assert "2 of 2 closed" in get(chair, "needs", meeting.pk)[1]


def test_the_files_say_what_the_page_says(scene: Scene, chair: Delegate) -> None:
    meeting, need, berlin, spoken = scene
    make_pledge(berlin, meeting, need, intervention=spoken.pk, quantity=3)
    close_requirement(by=chair, meeting=meeting, requirement_id=need.pk, closing=Closing.GAP_ACCEPTED, note="=2+2")
    close_meeting(by=chair, meeting=meeting)
    rome = client_of(make_delegate("IT"))

    def file(kind: str) -> bytes:
        response = rome.get(reverse("meetings:download_outcome", args=[meeting.pk, kind]))
        assert response.status_code == 200
        assert f"outcome-en.{kind}" in response["Content-Disposition"]
        return response.content

    rows = list(csv.reader(io.StringIO(file("csv").decode("utf-8-sig"))))
    (line,) = [row for row in rows if row[:1] == ["1"]]
    assert [*line[1:3], *line[4:6], *line[8:]] == [
        "Need 1", "4 batteries", "Germany", "3 batteries", "1 battery", "gap accepted. =2+2",
    ]  # fmt: skip
    document = docx.Document(io.BytesIO(file("docx")))
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert (cells[1], cells[4], cells[5]) == ("Need 1", "Germany: 3 batteries (approved)", "1 battery")
    kept = Outcome.objects.get(meeting=meeting, reader="IT")
    assert sha256(file("json")).hexdigest() == kept.sha256
    assert json.loads(file("json"))["requirements"][0]["missing"] == "1"
    assert rome.get(reverse("meetings:download_outcome", args=[meeting.pk, "exe"])).status_code == 404
    page = rome.get(reverse("meetings:outcome", args=[meeting.pk])).content.decode()
    for words in ("Need 1", "gap accepted", "3 batteries", "1 battery", kept.sha256):
        assert words in page


def test_formulas_and_marks_in_words_stay_words(scene: Scene, chair: Delegate) -> None:
    meeting, need, _berlin, _spoken = scene
    close_requirement(by=chair, meeting=meeting, requirement_id=need.pk, closing=Closing.COVERED, note="<b>&")
    outcome = outcome_for(chair, meeting)
    assert outcome
    assert "<b>&" not in page_of(outcome)
    assert "&lt;b&gt;&amp;" in page_of(outcome)


@pytest.mark.skipif(not (settings.FRONTEND_DIST / "assets").is_dir(), reason="the fonts come with the front end")
def test_the_outcome_is_a_pdf(scene: Scene, chair: Delegate) -> None:
    response = client_of(chair).get(reverse("meetings:download_outcome", args=[scene[0].pk, "pdf"]))
    assert response.status_code in {200, 503}  # 503: no Pango on this machine
    assert response.status_code == 503 or response.content.startswith(b"%PDF")


def test_conclusions_show_pledges_to_their_readers(scene: Scene, chair: Delegate) -> None:
    meeting, need, berlin, spoken = scene
    told = PledgeLimits(audience=Audience.MEMBERS, named=["UA"])
    make_pledge(berlin, meeting, need, intervention=spoken.pk, limits=told)
    close_meeting(by=chair, meeting=meeting)
    hidden = Pledge.objects.get().contribution.title
    page = reverse("meetings:conclusions", args=[meeting.pk])
    seen = {
        code: client_of(make_delegate(code, Capacity.DELEGATE)).get(page).content.decode()
        for code in ("IT", "UA", "DE")
    }
    assert [hidden in seen[code] for code in ("IT", "UA", "DE")] == [False, True, True]
    assert "No pledge was recorded that you may read." in seen["IT"]
    assert ["?said=i:" in seen[code] for code in ("IT", "UA", "DE")] == [False, False, True]


def test_a_meeting_without_a_list_has_no_outcome_page(chair: Delegate) -> None:
    meeting = make_open_meeting(by=chair)
    assert get(chair, "outcome", meeting.pk)[0] == 404
    assert "hidden" in get(chair, "needs", meeting.pk)[1]
