"""The coalition in which every address is walked: nothing in it is for Italy, so that leaks would show."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.urls import reverse

from concertation.accounts.domain.links import issue_link
from concertation.coalition.enums import Audience as Readers
from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.domain.publication import publish_totals
from concertation.core import clock
from concertation.meetings.domain.briefing import ask_for_book
from concertation.meetings.domain.briefing_work import claim_book, end_book
from concertation.meetings.domain.conference import put_list_on_screen
from concertation.meetings.domain.floor import ask_for_floor, give_floor
from concertation.meetings.domain.questions import ask_positions
from concertation.meetings.domain.texts import attach_text
from concertation.meetings.models import Book
from concertation.pressure.enums import Stance
from concertation.pressure.tests.factories import make_measure, make_package, make_step
from concertation.pressure.tests.factories import make_statement as make_application
from concertation.situation.domain.readouts import add_point
from concertation.situation.models import Area, Incident, Limit
from concertation.situation.tests.factories import make_assessment, make_condition
from concertation.situation.tests.incident_factories import make_area, make_incident, make_limit
from concertation.situation.tests.watching import (
    make_contact,
    make_counterpart,
    make_planned,
    make_question,
    make_readout,
    make_statement,
)
from concertation.texts.domain.adoption import respond
from concertation.texts.domain.alternatives import add_alternative
from concertation.texts.domain.brackets import Passage, place_bracket
from concertation.texts.domain.proposals import propose_change
from concertation.texts.domain.publication import publish_text
from concertation.texts.enums import Audience
from concertation.texts.models import Text
from concertation.texts.queries.ledger import content_hash
from concertation.texts.queries.steps import steps_of
from concertation.texts.tests.factories import FIRST, make_proposed, make_remark, make_silence, make_text, paragraph
from tests.access_commitments import BODIES as COMMITMENTS
from tests.access_commitments import Commitments
from tests.access_plans import Plans
from tests.helpers.meetings import make_meeting, make_open_meeting
from tests.helpers.people import Visitors, client_of, make_delegate, make_visitors

KEY = "5b6f0f5e-3c0c-4a53-9a3d-0b8f6f0a7c11"
BLOCK = '{"type": "paragraph", "runs": [{"text": "We met again."}]}'
COLUMNS = ("anonymous", *Visitors.__dataclass_fields__)
QUERIES = {"situation:incident_report": "?format=csv"}  # another process makes a PDF, which takes it two seconds
WANTED = ("DE", "FR", "PL")
TITLE = {"words_en": "Title", "words_fr": "Titre", "title_en": "Title", "title_fr": "Titre"}
WORDED = {"name_en": "Mandate", "words_en": "A mandate is given."}
ASSESSED = {
    "voice": "member",
    "verdict": "claimed",
    "valid_from": "2025-07-10",
    "evidence": "As announced.",
    "audience": "coalition",
}
APPLIED = {"stance": "applies", "valid_from": "2025-07-10", "reference": "Decree 1", "audience": "coalition"}
STEP = {"name_en": "Step", "draft_en": "Adopted.", "trigger": "on", "day": "2026-01-01"}
REPORTED = {
    "kind": "shelling",
    "day": "2025-07-08",
    "when_precision": "day",
    "place": "Kharkiv",
    "where_precision": "unknown",
    "audience": "coalition",
}
FOUND = {"finding": "verified", "on": "2025-07-09", "grounds": "Seen."}
SINCE = {"since": "2025-07-01"}
BEFORE = {"edit", "cancel", "open", "detail", "calendar", "agenda", "positions", "ask_positions", "draft_positions"} | {
    f"{act}_item" for act in ("add", "change", "move", "remove")
}
OF_MEMBER = {
    f"coalition:{name}"
    for name in ("member", "admit_member", "let_member_leave", "name_co_chair", "end_co_chair", "appoint_delegate")
}
OF_BRACKET = {"join_bracket", "leave_bracket", "lift_bracket"} | {
    f"{act}_alternative" for act in ("add", "support", "choose")
}
STATED = {
    "actor": "DE",
    "stance": "reserve",
    "said_on": "2025-07-10",
    "reason": "Not without a mandate.",
    "language": "en",
    "audience": "coalition",
}
CONTACT = {"when": "held", "holder": "DE", "day": "2025-07-10", "channel": "call", "initiative": "ours"}
BODIES: dict[str, dict[str, str]] = {
    "accounts:set_language": {"language": "fr"},
    "coalition:admit_member": {"status": "partner"},
    "meetings:answer": {"answer": "accept"},
    "meetings:cancel": {"reason": "Postponed"},
    "meetings:add_item": {**TITLE, "minutes": "10"},
    "meetings:change_item": {**TITLE, "minutes": "10"},
    "meetings:decide": TITLE,
    "meetings:close_need": {"note": "Not before spring."},
    "meetings:put_list": {"line": "deterrence"},
    "meetings:move_item": {"place": "1"},
    "meetings:move_floor": {"place": "1"},
    "situation:define": WORDED,
    "situation:reword": WORDED,
    "situation:assess": ASSESSED,
    "situation:correct": {**ASSESSED, "audience": "chair"},
    "pressure:define": {"name_en": "Measure", "force": "in_force"},
    "pressure:edit": {"name_en": "Measure", "force": "in_force"},
    "pressure:state": APPLIED,
    "pressure:correct": {**APPLIED, "audience": "chair"},
    "pressure:dismiss_step": {"reason": "Overtaken."},
    "meetings:answer_position": STATED,
    "situation:pose": WORDED,
    "situation:reword_question": WORDED,
    "situation:close_question": {"reason": "Settled."},
    "situation:state": STATED,
    "situation:correct_statement": {**STATED, "audience": "chair"},
    "situation:add_actor": {"name_en": "Geneva", "kind": "mediator"},
    "situation:change_actor": {"name_en": "Minsk", "kind": "mediator"},
    "situation:hold_contact": {"day": "2026-01-10", "channel": "call", "initiative": "ours"},
    "situation:cancel_contact": {"reason": "Postponed."},
    "situation:strike_contact": {"reason": "Another day."},
    "situation:ask_point": {"words": "Prisoners.", "audience": "chair"},
    "situation:read_out": {"words_en": "A frank exchange.", "audience": "chair"},
    "situation:mark_point": {"raised": "yes"},
    "situation:report_incident": {**REPORTED, "same": "new"},
    "situation:correct_incident": {**REPORTED, "place": "Elsewhere", "reason": "So."},
    "situation:verify_incident": FOUND,
    "situation:attribute_incident": {**FOUND, "finding": "undetermined"},
    "situation:decide_remedy": {**FOUND, "finding": "remedy"},
    "situation:correct_limit": {"kind": "restricted", "since": "2025-07-02", "why": "By day only."},
    "situation:add_area": {"name_en": "East", "west": "36", "south": "47", "east": "39", "north": "49", **SINCE},
    "situation:kinds": {"code": "sabotage", "name_en": "Sabotage", "family": "other"},
    "situation:kind": {"name_en": "Fire of artillery", "family": "fire"},
    "texts:comment": {"id": KEY, "language": "en", "paragraph": FIRST, "body": "Say when."},
    "texts:reserve": {"id": KEY, "language": "en", "paragraph": FIRST, "body": "Not without a date."},
    "texts:reply": {"id": KEY, "body": "On Monday."},
    "texts:break_silence": {"reason": "Not yet."},
    "texts:explain": {"words": "As we read it."},
    "texts:extend_silence": {"choice": "week", "zone": "UTC"},
    "texts:propose_change": {"id": KEY, "language": "en", "paragraph": FIRST, "block": BLOCK},
    "texts:propose_paragraph": {"id": KEY, "language": "en", "after": FIRST, "block": BLOCK},
    "texts:propose_deletion": {"id": KEY, "language": "en", "paragraph": FIRST},
    "texts:propose_move": {"id": KEY, "language": "en", "paragraph": FIRST, "after": "gone000000"},
    "texts:reject_proposal": {"reason": "Not agreed."},
    "texts:respond": {"answer": "agree"},
    "texts:place_bracket": {
        "id": "6f1c2a34-0000-4000-8000-00000000abcd",
        "language": "en",
        "paragraph": FIRST,
        "start": "0",
        "end": "2",
        "words": "We",
    },
    "texts:add_alternative": {"words": "have met"},
    "texts:support_alternative": {"alternative": "text"},
    "texts:add_counterpart": {"paragraph": FIRST, "source": "en", "language": "fr"},
    "texts:join_counterparts": {"language": "fr", "paragraph": "nowhere000", "other": "en", "counterpart": FIRST},
    "texts:part_counterparts": {"paragraph": FIRST, "language": "fr"},
    "texts:withdraw_agreement": {"paragraph": FIRST},
    "texts:start_silence": {"choice": "three", "zone": "UTC"},
    "web:choose_theme": {"theme": "dark"},
}


OF_INCIDENT = {"verify_incident", "attribute_incident", "decide_remedy", "merge_incident", "part_incident"} | {
    "incident",
    "correct_incident",
    "share_incident",
}
OF_INCIDENTS: dict[str, Callable[["Scene"], dict[str, Any]]] = {
    **{
        name: lambda _scene: {}
        for name in (
            "incidents",
            "report_incident",
            "incident_calendar",
            "incident_latest",
            "observation",
            "add_area",
            "kinds",
            "import_incidents",
            "confirm_import",
        )
    },
    **{name: lambda _scene: {"day": "2025-07-08"} for name in ("incident_day", "incident_report")},
    **{name: lambda _scene: {"code": "shelling"} for name in ("kind", "retire_kind", "reopen_kind")},
    **{name: lambda scene: {"incident_id": scene.incident.pk} for name in OF_INCIDENT},
    "end_area": lambda scene: {"area_id": scene.area.pk},
    "correct_limit": lambda scene: {"limit_id": scene.limit.pk},
    "prove_incident": lambda scene: {"incident_id": scene.incident.pk, "number": 1},
}
OF_TEXT: dict[str, set[str]] = {  # what the addresses of texts are about, where it is not the draft
    "procedure": {"respond", "withdraw", "conclude"},
    "bracket": OF_BRACKET,
    "alternative": {"withdraw_alternative"},
    "remark": {"remark", "reply", "resolve_remark", "reopen_remark"},
    "silence": {"extend_silence", "agree_under_silence", "break_silence"},
    "proposal": {
        "proposal",
        "proposal_changers",
        "support_proposal",
        "withdraw_support",
        "accept_proposal",
        "reject_proposal",
        "take_back_proposal",
    },
    "attached": {"propose", "agree_paragraphs"},  # a draft without brackets, which stand in the way of both
    "adopted": {"bytes", "publish", "align", "explain", "proof"},
    "published": {"unpublish", "public", "public_bytes", "public_proof", "public_export"},
}


class Scene:
    """One of everything, and who walks through it."""

    area: Area
    limit: Limit
    incident: Incident

    def __init__(self) -> None:
        self.visitors = people = make_visitors()
        clients = {column: client_of(getattr(people, column, None)) for column in COLUMNS}
        self._cookies = {column: client.cookies.output(header="") for column, client in clients.items()}
        chair = people.secretariat
        self.scheduled = make_meeting(members=WANTED)
        self.opened = make_open_meeting(by=chair, members=WANTED)
        self.running = ask_for_floor(by=people.delegate, meeting=self.opened)
        give_floor(by=chair, meeting=self.opened, request_id=self.running.pk, after=None)
        self.waiting = ask_for_floor(by=people.co_chair, meeting=self.opened)
        self.draft = self._named_text()
        passage = Passage("en", FIRST, 3, 6, "met")
        bracketed = self._named_text().pk
        self.bracket = place_bracket(by=people.delegate, text_id=bracketed, key=uuid4(), passage=passage)
        self.alternative = add_alternative(by=people.delegate, bracket_id=self.bracket.pk, words="meet")
        self.attached = self._named_text()
        attach_text(by=chair.actor, meeting=self.opened, text=self.attached)
        self.remark = make_remark(self.draft, people.delegate)
        self.proposal = propose_change(
            by=people.delegate, text_id=self.draft.pk, language="en", paragraph=FIRST, block=paragraph("We meet.")
        )
        self.procedure = make_proposed(self._named_text())
        self.silence = make_silence(self._named_text())
        self.adopted, self.published = self._adopted_text(), self._adopted_text()
        publish_text(by=chair, text_id=self.published.pk)
        self.condition = make_condition()
        self.assessment = make_assessment(self.condition, people.delegate, audience=Readers.CHAIR)
        self.commitments = Commitments(people)
        self.published_figures = publish_totals(by=chair)
        put_list_on_screen(by=chair, meeting=self.opened)
        put_list_on_screen(by=chair, meeting=self.scheduled)
        self.measure = make_measure()
        self.applied = make_application(self.measure, people.delegate, Stance.PREPARED, audience=Readers.CHAIR)
        self.package = make_package(self.measure, make_measure("Other"))
        self.step = make_step(self.package)
        self._watch(people)
        self.area = make_area()
        self.limit = make_limit(self.area, people.delegate, audience=Readers.CHAIR)
        self.incident = make_incident(people.delegate, audience=Readers.CHAIR)
        self.merged = make_incident(people.delegate, audience=Readers.CHAIR)
        self.plans = Plans(people, self.condition)
        self.book = ask_for_book(by=people.delegate, meeting=self.opened, language="en")
        self.made_book = self._made_book()
        self.token = issue_link(person=people.outsider)

    def _made_book(self) -> Book:
        """Return a copy of Germany's that is made."""
        book = ask_for_book(by=self.visitors.delegate, meeting=self.scheduled, language="en")
        assert claim_book(book.pk)
        end_book(book.pk, 1, as_of=clock.now(), docx=b"PK", pdf=b"%PDF")
        return book

    def _watch(self, people: Visitors) -> None:
        """Have a question, a statement of Germany for the chair, and contacts of Germany that Italy may not know of."""
        soon, moscow = clock.now(), make_counterpart()
        self.moscow, self.question, self.other_question = moscow, make_question(), make_question("Forces")
        self.statement = make_statement(self.question, people.delegate, audience=Readers.CHAIR)
        named: dict[str, Any] = {"audience": Readers.MEMBERS, "named": ["FR", "PL"]}
        self.contact = make_contact(people.delegate, soon.date() - timedelta(days=1), **named)
        self.planned = make_planned(people.delegate, soon.date() + timedelta(days=1), **named)
        self.point = add_point(by=people.co_chair, contact_id=self.planned.pk, words="Prisoners.")
        self.readout = make_readout(self.contact, people.delegate, **named)
        self.asked = ask_positions(
            by=people.secretariat, meeting=self.scheduled, questions=[self.question.pk], due_at=self.scheduled.starts_at
        )[0]

    def _named_text(self) -> Text:
        return make_text(by=self.visitors.secretariat, audience=Audience.MEMBERS, members=WANTED)

    def _adopted_text(self) -> Text:
        text = make_text(by=self.visitors.secretariat, audience=Audience.PUBLIC)
        for code in ("GB", "UA", "IT"):
            if not Delegate.objects.filter(member=code, capacity=Capacity.HEAD).exists():
                make_delegate(code)
        procedure = make_proposed(text)
        for head in Delegate.objects.filter(capacity=Capacity.HEAD).select_related("member", "person"):
            respond(by=head, procedure_id=procedure.pk, agrees=True)
        return text

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what stands in the address `name`."""
        app, _, rest = name.rpartition(":")
        if app == "pressure" or name == "meetings:table_step":
            return self._of_pressure(rest)
        if app == "meetings":
            return self._of_meeting(rest)
        if app == "texts":
            return self._of_text(rest)
        if app == "situation":
            return self._of_situation(rest)
        if app == "commitments":
            return self.plans.arguments(rest) if rest.startswith("plan") else self.commitments.arguments(rest)
        if name in OF_MEMBER:
            return {"code": "DE"}
        arguments: dict[str, dict[str, Any]] = {
            "accounts:link": {"token": self.token},
            "accounts:use_link": {"token": self.token},
            "coalition:invite_delegate": {"key": self.visitors.interpreter.pk},
            "coalition:end_capacity": {"key": self.visitors.interpreter.pk},
            "record:entry": {"sequence": 1},
            "web:prove_figures": {"key": self.published_figures.pk},
            "web:withdraw_figures": {"kind": "totals"},
            "mfa_edit_webauthn": {"pk": 1},
            "mfa_remove_webauthn": {"pk": 1},
        }
        return arguments.get(name, {})

    def _of_meeting(self, name: str) -> dict[str, Any]:
        if name in {"list", "schedule"}:
            return {}
        if name in {"book", "cancel_book", "discard_book"}:
            return {"book_id": self.book.pk}
        if name == "download_book":
            return {"book_id": self.made_book.pk, "kind": "pdf"}
        asked = {"answer_position", "withdraw_question", "put_on_agenda"}
        meeting = self.scheduled if name in BEFORE | asked else self.opened
        arguments: dict[str, Any] = {"meeting_id": meeting.pk}
        if name in asked:
            arguments["asked_id"] = self.asked.pk
        if name in {"change_item", "move_item", "remove_item", "start_item", "end_item"}:
            arguments["item_id"] = meeting.items.all()[0].pk
        if name in {"withdraw_floor", "move_floor", "give_floor"}:
            arguments["request_id"] = self.waiting.pk
        if name == "text":
            arguments["text_id"] = self.attached.pk
        if name == "end_floor":
            arguments["request_id"] = self.running.pk
        if name in {"call", "close_need"}:
            arguments["requirement_id"] = self.commitments.requirement.pk
        more = {"close_need": {"closing": "gap_accepted"}, "download_outcome": {"kind": "csv"}}
        arguments.update(more.get(name, {}))
        return arguments

    def _of_situation(self, name: str) -> dict[str, Any]:
        if name in OF_INCIDENTS:
            return OF_INCIDENTS[name](self)
        if name in {"list", "define", "positions", "contacts", "pose", "add_actor", "announce"}:
            return {}
        if name == "correct":
            return {"assessment_id": self.assessment.pk}
        if name in {"question", "reword_question", "close_question", "reopen_question", "state"}:
            return {"question_id": self.question.pk}
        if name in {"contact", "strike_contact", "read_out", "hear"}:
            return {"contact_id": self.contact.pk}
        if name in {"hold_contact", "cancel_contact", "ask_point"}:
            return {"contact_id": self.planned.pk}
        others = {
            "correct_statement": {"statement_id": self.statement.pk},
            "change_actor": {"counterpart_id": self.moscow.pk},
            "mark_point": {"point_id": self.point.pk},
            "note_readout": {"readout_id": self.readout.pk},
        }
        if name in others:
            return others[name]
        return {"condition_id": self.condition.pk}

    def _of_pressure(self, name: str) -> dict[str, Any]:
        if name in {"measure", "edit", "retire", "reopen", "state"}:
            return {"measure_id": self.measure.pk}
        if name in {"package", "move_measure"} or name in {f"{act}_package" for act in ("edit", "retire", "reopen")}:
            return {"package_id": self.package.pk}
        if name == "step" or name in {f"{act}_step" for act in ("edit", "dismiss", "settle", "table")}:
            return {"step_id": self.step.pk}
        if name == "correct":
            return {"statement_id": self.applied.pk}
        return {"code": "DE"} if name == "member" else {}

    def _of_text(self, name: str) -> dict[str, Any]:
        if name in {"list", "create", "agreed", "import", "create_imported"}:
            return {}
        if name == "paragraph":
            return {"key": self.draft.pk, "paragraph": FIRST}
        things = {attribute: thing for attribute, thing in vars(self).items() if name in OF_TEXT.get(attribute, ())}
        in_language = {"language": "fr"} if name in {"public_export", "import_into", "fill_version"} else {}
        return {"key": next(iter(things.values()), self.draft).pk, **in_language}

    def body(self, name: str) -> dict[str, str]:
        """Return what is sent to the address `name`."""
        if name == "meetings:ask_positions":
            due = {"day": "2027-07-09", "time": "12:00"}
            return {"questions": str(self.other_question.pk), **due}
        if name == "meetings:give_floor":
            return {"after": str(self.running.pk)}
        if name in {"meetings:attach_text", "meetings:detach_text"}:
            return {"text": str(self.draft.pk)}
        if name == "texts:choose_alternative":
            return {"alternative": str(self.alternative.pk)}
        if name in {"texts:confirm_step", "texts:confirm_version", "texts:dismiss_difference"}:
            seen = steps_of(self.draft).seen[FIRST]
            return {"paragraph": FIRST, "language": "fr", "other": "en", "kind": "number", "seen": seen}
        if name == "texts:note_reference":
            return {"language": "en", "words": "We met", "source": str(self.adopted.pk), "position": "1"}
        if name == "texts:agree_paragraphs":
            return {"paragraph": f"{FIRST}:{content_hash(self.attached, FIRST)}"}
        own = self._body_of_situation(name) or self._body_of_pressure(name)
        return own or {**BODIES, **COMMITMENTS, **self.plans.bodies}.get(name, {})

    def _body_of_situation(self, name: str) -> dict[str, str]:
        """Return what is sent about contacts and incidents that are there."""
        if name == "situation:announce":
            return {**CONTACT, "subject": "Ceasefire", "counterparts": str(self.moscow.pk), "audience": "coalition"}
        if name == "situation:hear":
            heard = {**STATED, "question": str(self.question.pk), "counterpart": str(self.moscow.pk)}
            return {f"heard-{field}": value for field, value in heard.items()}
        if name == "situation:merge_incident":
            return {"into": str(self.merged.pk)}
        if name == "situation:observation":
            return {"area": str(self.area.pk), "kind": "closed", **SINCE, "why": "Mines.", "audience": "coalition"}
        return {}

    def _body_of_pressure(self, name: str) -> dict[str, str]:
        """Return what is sent about packages and steps."""
        package = {"name_en": "Package", "measures": str(self.measure.pk)}
        step = {**STEP, "package": str(self.package.pk)}
        bodies = {
            "pressure:make_package": package,
            "pressure:edit_package": package,
            "pressure:move_measure": {"measure": str(self.package.items.all()[1].measure_id)},
            "pressure:plan_step": step,
            "pressure:edit_step": step,
            "meetings:table_step": {"meeting": str(self.scheduled.pk), "minutes": "20"},
        }
        return bodies.get(name, {})

    def walk(self, name: str, method: str) -> list[int]:
        """Return the status that each visitor gets, everything being as before for the next."""
        return [self._visit(column, name, method) for column in COLUMNS]

    def _visit(self, column: str, name: str, method: str) -> int:
        client = Client()
        client.cookies.load(self._cookies[column])
        try:
            with transaction.atomic():
                address = reverse(name, kwargs=self.arguments(name)) + QUERIES.get(name, "")
                response = client.generic(method, address) if method == "GET" else client.post(address, self.body(name))
                if response.streaming:
                    response.getvalue()
                raise _Undo(response.status_code)
        except _Undo as undone:
            return undone.status


class _Undo(Exception):
    """Rolls a visit back and carries its status out."""

    def __init__(self, status: int) -> None:
        self.status = status
