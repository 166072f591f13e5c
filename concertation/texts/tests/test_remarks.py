"""Comments and reservations: who makes, answers, resolves, withdraws and reopens them, and what is refused."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts import anchors
from concertation.texts.canonical import document_of
from concertation.texts.domain.remarks import (
    Place,
    make_comment,
    make_reservation,
    reopen_remark,
    reply_to_remark,
    resolve_remark,
)
from concertation.texts.enums import Audience, RemarkKind
from concertation.texts.errors import (
    BadRemark,
    Frozen,
    KeyTaken,
    NoSuchRemark,
    NoSuchText,
    ParagraphGone,
    PassageChanged,
    RemarkClosed,
    RemarkOpen,
)
from concertation.texts.models import Remark, Reply, Text, TextUpdate
from concertation.texts.queries import stored_updates
from concertation.texts.tests.factories import FIRST, make_adopted, make_heads, make_proposed, make_remark, make_text
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary, make_visitors
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db

MET = Place("en", FIRST, 3, 6, "met")
ALL = Place("en", FIRST)


def topics(text: Text) -> tuple[str, str]:
    return f"text:{text.pk}", "texts"


def spans(text: Text, language: str = "en") -> dict[str, anchors.Span]:
    return anchors.spans_in(document_of(stored_updates(text.pk)), language)


@pytest.fixture
def germans() -> tuple[Delegate, Delegate]:
    """The German head and a German delegate."""
    make_coalition()
    return make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)


def test_comment_keeps_the_words_and_holds_their_place(germans: tuple[Delegate, Delegate]) -> None:
    text, key = make_text(), uuid4()
    with assert_write("text.commented", *topics(text)):
        remark = make_comment(by=germans[1], text_id=text.pk, key=key, place=MET, body=" Say\r\nwhen.\u202e ")
    remark.refresh_from_db()
    assert (remark.pk, remark.kind, remark.words, remark.body) == (key, RemarkKind.COMMENT, "met", "Say\nwhen.")
    assert (remark.by, remark.member_id, remark.is_whole, remark.is_open) == (germans[1], "DE", False, True)
    assert spans(text) == {str(key): anchors.Span(FIRST, 3, 6, "met")}
    assert TextUpdate.objects.filter(text=text).last().authors == [str(germans[1].pk)]  # type: ignore[union-attr]


def test_remark_on_a_whole_paragraph_writes_nothing_in_the_document(germans: tuple[Delegate, Delegate]) -> None:
    text = make_text()
    before = TextUpdate.objects.count()
    with assert_write("text.reserved", *topics(text)):
        remark = make_reservation(by=germans[0], text_id=text.pk, key=uuid4(), place=ALL, body="No.")
    assert (remark.is_whole, remark.words, remark.member_id) == (True, "We met.", "DE")
    assert TextUpdate.objects.count() == before


def test_remark_sent_twice_is_made_once_even_when_the_text_froze_meanwhile(germans: tuple[Delegate, Delegate]) -> None:
    text, key = make_text(), uuid4()
    make = partial(make_comment, by=germans[0], text_id=text.pk, key=key, place=MET, body="Say when.")
    first = make()
    updates = TextUpdate.objects.count()
    assert make() == first
    make_proposed(text)
    assert make() == first
    assert (Remark.objects.count(), TextUpdate.objects.count()) == (1, updates)


def test_remark_takes_no_key_of_somebody_else(germans: tuple[Delegate, Delegate]) -> None:
    text, other = make_text(), make_text()
    remark = make_remark(text, germans[0])
    again = {"key": remark.pk, "place": MET, "body": "Mine."}
    assert_refused(NoSuchRemark, partial(make_comment, by=germans[1], text_id=text.pk, **again))  # type: ignore[arg-type]
    assert_refused(NoSuchRemark, partial(make_comment, by=germans[0], text_id=other.pk, **again))  # type: ignore[arg-type]


def test_only_those_who_draft_comment_and_only_a_member_reserves() -> None:
    people = make_visitors()
    make_member("NO", status=Status.PARTNER)
    partner = make_delegate("NO")
    text = make_text(by=people.secretariat)
    act = {"text_id": text.pk, "place": MET, "body": "Say when."}
    for nobody in (people.observer, people.interpreter):
        assert_refused(NotAllowed, partial(make_comment, by=nobody, key=uuid4(), **act))  # type: ignore[arg-type]
    for nobody in (people.observer, people.interpreter, people.secretariat):
        assert_refused(NotAllowed, partial(make_reservation, by=nobody, key=uuid4(), **act))  # type: ignore[arg-type]
    for anybody in (people.secretariat, people.delegate, people.head, partner):
        make_comment(by=anybody, key=uuid4(), **act)  # type: ignore[arg-type]
    for speaker in (people.delegate, people.head, people.co_chair, partner):
        assert make_reservation(by=speaker, key=uuid4(), **act).member == speaker.member  # type: ignore[arg-type]


def test_remarks_are_on_drafts_that_one_may_read(germans: tuple[Delegate, Delegate]) -> None:
    text = make_text(audience=Audience.MEMBERS, members=["DE"])
    act = {"text_id": text.pk, "key": uuid4(), "place": MET, "body": "Say when."}
    french = make_delegate("FR")
    assert_refused(NoSuchText, partial(make_comment, by=french, **act))  # type: ignore[arg-type]
    remark = make_remark(text, germans[0])
    for act_on in (resolve_remark, reopen_remark):
        assert_refused(NoSuchRemark, partial(act_on, by=french, remark_id=remark.pk))
    assert_refused(NoSuchRemark, partial(reply_to_remark, by=french, remark_id=remark.pk, key=uuid4(), body="?"))
    make_proposed(text)
    assert_refused(Frozen, partial(make_comment, by=germans[0], **act))  # type: ignore[arg-type]
    assert_refused(Frozen, partial(resolve_remark, by=germans[0], remark_id=remark.pk))
    assert_refused(Frozen, partial(reply_to_remark, by=germans[0], remark_id=remark.pk, key=uuid4(), body="?"))


@pytest.mark.parametrize(
    ("place", "body", "error"),
    [
        (MET, " \u200b\n", BadRemark),
        (MET, "x" * 4001, BadRemark),
        (Place("de", FIRST, 3, 6, "met"), "Why?", BadRemark),
        (Place("en", "FIRST", 3, 6, "met"), "Why?", BadRemark),
        (Place("en", FIRST, 3, 7, "met"), "Why?", BadRemark),
        (Place("en", FIRST, -3, 0, "met"), "Why?", BadRemark),
        (Place("en", FIRST, 2, 3, " "), "Why?", BadRemark),
        (Place("en", FIRST, 0, 20_001, "x" * 20_001), "Why?", BadRemark),
        (Place("en", FIRST, 3, 6, "war"), "Why?", PassageChanged),
        (Place("en", "nowhere000", 3, 6, "met"), "Why?", PassageChanged),
        (Place("en", "nowhere000"), "Why?", ParagraphGone),
    ],
)
def test_remark_on_what_cannot_be_is_refused(
    germans: tuple[Delegate, Delegate], place: Place, body: str, error: type[Exception]
) -> None:
    text = make_text()
    before = TextUpdate.objects.count()
    act = partial(make_comment, by=germans[0], text_id=text.pk, key=uuid4(), place=place, body=body)
    assert_refused(error, act)
    assert (Remark.objects.count(), TextUpdate.objects.count()) == (0, before)


def test_reply_is_kept_once_and_only_on_what_is_open(germans: tuple[Delegate, Delegate]) -> None:
    text, french, key = make_text(), make_delegate("FR"), uuid4()
    remark = make_remark(text, germans[0])
    with assert_write("text.replied", *topics(text)):
        reply_to_remark(by=french, remark_id=remark.pk, key=key, body="On Monday.")
    again = reply_to_remark(by=french, remark_id=remark.pk, key=key, body="On Monday.")
    assert list(Reply.objects.values_list("pk", "by", "body")) == [(key, french.pk, "On Monday.")]
    assert again.pk == key
    assert_refused(NoSuchRemark, partial(reply_to_remark, by=germans[0], remark_id=remark.pk, key=key, body="Mine."))
    assert_refused(BadRemark, partial(reply_to_remark, by=french, remark_id=remark.pk, key=uuid4(), body=" "))
    resolve_remark(by=germans[0], remark_id=remark.pk)
    assert_refused(RemarkClosed, partial(reply_to_remark, by=french, remark_id=remark.pk, key=uuid4(), body="But"))


def test_observers_and_interpreters_do_not_reply_resolve_or_reopen() -> None:
    people = make_visitors()
    remark = make_remark(make_text(by=people.secretariat), people.head)
    for nobody in (people.observer, people.interpreter):
        assert_refused(NotAllowed, partial(reply_to_remark, by=nobody, remark_id=remark.pk, key=uuid4(), body="?"))
        assert_refused(NotAllowed, partial(resolve_remark, by=nobody, remark_id=remark.pk))
        assert_refused(NotAllowed, partial(reopen_remark, by=nobody, remark_id=remark.pk))


def test_comment_is_resolved_by_its_delegation_or_the_chair_and_reopened_by_anyone(
    germans: tuple[Delegate, Delegate],
) -> None:
    text, clerk, french, italian = make_text(), make_secretary(), make_delegate("FR"), make_delegate("IT")
    for closer in (germans[1], clerk, french):  # France presides
        remark = make_remark(text, germans[0])
        assert_refused(NotAllowed, partial(resolve_remark, by=italian, remark_id=remark.pk))
        with assert_write("text.remark_resolved", *topics(text)):
            resolve_remark(by=closer, remark_id=remark.pk)
        remark.refresh_from_db()
        assert (remark.closed_by, remark.is_open) == (closer, False)
        resolve_remark(by=closer, remark_id=remark.pk)  # the answer was lost, the browser sends it again
        assert Entry.objects.filter(action="text.remark_resolved", leaf__contains=str(remark.pk)).count() == 1
        assert_refused(RemarkClosed, partial(resolve_remark, by=germans[0], remark_id=remark.pk))
        with assert_write("text.remark_reopened", *topics(text)):
            reopen_remark(by=italian, remark_id=remark.pk)
        assert_refused(RemarkOpen, partial(reopen_remark, by=italian, remark_id=remark.pk))


def test_comment_of_the_secretariat_is_resolved_by_the_chair_only(germans: tuple[Delegate, Delegate]) -> None:
    clerk = make_secretary()
    remark = make_remark(make_text(), clerk)
    assert_refused(NotAllowed, partial(resolve_remark, by=germans[0], remark_id=remark.pk))
    resolve_remark(by=make_secretary(), remark_id=remark.pk)


def test_reservation_is_withdrawn_and_renewed_by_its_member_alone(germans: tuple[Delegate, Delegate]) -> None:
    text = make_text()
    remark = make_remark(text, germans[1], reserves=True)
    others = (make_secretary(), make_delegate("FR"), make_delegate("IT"), make_delegate("DE", Capacity.INTERPRETER))
    for other in others:
        assert_refused(NotAllowed, partial(resolve_remark, by=other, remark_id=remark.pk))
    with assert_write("text.reservation_withdrawn", *topics(text)):
        resolve_remark(by=germans[0], remark_id=remark.pk)
    for other in others:
        assert_refused(NotAllowed, partial(reopen_remark, by=other, remark_id=remark.pk))
    with assert_write("text.remark_reopened", *topics(text)):
        reopen_remark(by=germans[1], remark_id=remark.pk)


def test_anchor_written_by_hand_before_does_not_become_a_remark(germans: tuple[Delegate, Delegate]) -> None:
    text, key = make_text(), uuid4()
    document = document_of(stored_updates(text.pk))
    before = document.get_state()
    anchors.place(document, language="en", paragraph=FIRST, start=0, end=2, words="We", anchor=str(key))
    TextUpdate.objects.create(text=text, update=document.get_update(before), authors=[], at=text.created_at)
    act = partial(make_comment, by=germans[0], text_id=text.pk, key=key, place=MET, body="Say when.")
    assert_refused(KeyTaken, act)


def test_the_database_refuses_to_delete_or_rewrite_remarks_and_replies(germans: tuple[Delegate, Delegate]) -> None:
    remark = make_remark(make_text(), germans[0])
    reply_to_remark(by=germans[0], remark_id=remark.pk, key=uuid4(), body="More.")
    mine = Remark.objects.filter(pk=remark.pk)
    attempts = (
        lambda: mine.update(body="Forged"),
        lambda: mine.update(words="peace"),
        lambda: mine.update(member="FR"),
        lambda: Reply.objects.update(body="Forged"),
        lambda: Reply.objects.all().delete(),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        mine._raw_delete("default")


def test_remarks_of_an_adopted_text_stay() -> None:
    heads = make_heads()
    text = make_adopted(heads)
    assert_refused(
        Frozen, partial(make_comment, by=heads[0], text_id=text.pk, key=uuid4(), place=MET, body="Too late.")
    )
