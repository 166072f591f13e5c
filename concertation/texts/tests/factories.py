"""Texts for tests: made, written, proposed, adopted by the domain functions themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from pycrdt import Doc

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.texts.blocks import Block, run
from concertation.texts.canonical import canonical_json, sha256_of
from concertation.texts.domain.adoption import propose_adoption, respond
from concertation.texts.domain.remarks import Place, make_comment, make_reservation
from concertation.texts.domain.silence import start_silence
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience, Outcome, Pen
from concertation.texts.models import AdoptedText, AdoptionProcedure, LanguageVersion, Remark, Text
from concertation.texts.seeding import update_of
from tests.helpers.people import make_coalition, make_delegate, make_secretary

TITLES = {"en": "Joint statement", "fr": "Déclaration conjointe"}


FIRST = "first00001"  # the id of the first paragraph of every draft made here


def paragraph(words: str, identity: str = "") -> Block:
    """Return a numbered paragraph of plain words, with an id if one is given."""
    made: Block = {"type": "paragraph", "numbered": True, "runs": [run(words)]}
    if identity:
        made["id"] = identity
    return made


def draft(words: str = "We met.") -> dict[str, Sequence[Block]]:
    """Return an opening draft in English and French, of one paragraph."""
    return {"en": [paragraph(words, FIRST)], "fr": [paragraph("Nous nous sommes réunis.", FIRST)]}


def make_text(
    *,
    by: Delegate | None = None,
    words: str = "We met.",
    audience: Audience = Audience.COALITION,
    members: Sequence[str] = (),
    pen: Pen = Pen.FREE,
) -> Text:
    """Return a new draft in English and French."""
    return create_text(
        by=by or make_secretary(),
        titles=TITLES,
        languages=["en", "fr"],
        audience=audience,
        members=members,
        pen=pen,
        draft=draft(words),
    )


def make_heads(*codes: str) -> list[Delegate]:
    """Return new heads of delegation of the five members, or of `codes`."""
    make_coalition()
    return [make_delegate(code, Capacity.HEAD) for code in codes or ("FR", "GB", "UA", "DE", "IT")]


def make_proposed(text: Text | None = None) -> AdoptionProcedure:
    """Return a running procedure on `text`, or on a new one."""
    chair = make_secretary()
    return propose_adoption(by=chair, text_id=(text or make_text(by=chair)).pk)


def make_adopted(heads: Sequence[Delegate], *, audience: Audience = Audience.PUBLIC) -> Text:
    """Return a new text that `heads` adopted; they must be all who decide."""
    text = make_text(audience=audience)
    procedure = make_proposed(text)
    for head in heads:
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    return Text.objects.with_state().get(pk=text.pk)


def make_remark(
    text: Text, by: Delegate, words: str = "met", body: str = "Say when.", *, reserves: bool = False
) -> Remark:
    """Return a new comment or reservation on `words` of the first English paragraph, on all of it without words."""
    start = "We met.".find(words) if words else 0
    place = Place("en", FIRST, start, start + len(words), words)
    make = make_reservation if reserves else make_comment
    return make(by=by, text_id=text.pk, key=uuid4(), place=place, body=body)


def edit(words: str = "More.", *, language: str = "en") -> bytes:
    """Return an update by a client of its own that adds a paragraph."""
    return update_of({language: [paragraph(words)]})


def copy_of(doc: Doc[Any]) -> Doc[Any]:
    """Return another client's document with the same content."""
    copy: Doc[Any] = Doc()
    copy.apply_update(doc.get_update())
    return copy


def make_many(count: int) -> None:
    """Make `count` texts without their history, as many drafts as proposed and adopted ones, some for two members."""
    chair, now = make_secretary(), clock.now()
    texts = [
        Text(titles=TITLES, created_at=now, audience=Audience.MEMBERS if number % 2 else Audience.COALITION)
        for number in range(count)
    ]
    Text.objects.bulk_create(texts)
    LanguageVersion.objects.bulk_create(LanguageVersion(text=text, language="en") for text in texts)
    named = Text.members.through
    named.objects.bulk_create(
        named(text=text, member_id=code) for text in texts if text.audience == Audience.MEMBERS for code in ("FR", "DE")
    )
    common: dict[str, Any] = {
        "number": 1,
        "proposed_at": now,
        "proposed_by": chair,
        "content": "{}",
        "sha256": "0" * 64,
    }
    running = [AdoptionProcedure(text=text, **common) for text in texts[1::3]]
    ended = [AdoptionProcedure(text=text, outcome=Outcome.ADOPTED, closed_at=now, **common) for text in texts[2::3]]
    AdoptionProcedure.objects.bulk_create([*running, *ended])
    AdoptedText.objects.bulk_create(
        AdoptedText(
            text=procedure.text,
            procedure=procedure,
            content=b"{}",
            sha256="0" * 64,
            adopted_at=now,
            members=["FR"],
            languages=["en"],
        )
        for procedure in ended
    )


def make_adopted_quickly(
    words: Mapping[str, Sequence[str]],
    *,
    title: str = "Declaration",
    audience: Audience = Audience.COALITION,
    members: Sequence[str] = (),
    by: Sequence[str] = (),
    at: datetime | None = None,
) -> Text:
    """Return a text that holds the paragraphs `words` of each language and is adopted, without its history or index.

    `members` are those that the text is for, `by` those that adopted it.
    """
    at = at or clock.now()
    text = Text.objects.create(titles=dict.fromkeys(words, title), audience=audience, created_at=at)
    text.members.set(Member.objects.filter(pk__in=members))
    LanguageVersion.objects.bulk_create(LanguageVersion(text=text, language=language) for language in words)
    versions: dict[str, list[Block]] = {language: [paragraph(one) for one in held] for language, held in words.items()}
    content = canonical_json(text=str(text.pk), titles=text.titles, authentic=list(words), versions=versions)
    procedure = AdoptionProcedure.objects.create(
        text=text,
        number=1,
        proposed_at=at,
        proposed_by=Delegate.objects.filter(member=None).first() or make_secretary(),
        content=content,
        sha256=sha256_of(content),
        outcome=Outcome.ADOPTED,
        closed_at=at,
    )
    AdoptedText.objects.create(
        text=text,
        procedure=procedure,
        content=content.encode(),
        sha256=procedure.sha256,
        adopted_at=at,
        members=list(by),
        languages=list(words),
    )
    return text


def make_silence(text: Text | None = None, *, local: datetime | None = None, zone: str = "UTC") -> AdoptionProcedure:
    """Return a procedure on `text`, or on a new one, under silence until `local`, or for three days."""
    chair = make_secretary()
    local = local or (clock.now() + timedelta(days=3)).replace(tzinfo=None)
    return start_silence(by=chair, text_id=(text or make_text(by=chair)).pk, local=local, zone=zone)
