"""The card of remarks and one thread: what each shows, to whom, wherever the words went."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pycrdt import XmlElement, XmlFragment, XmlText
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.texts import anchors
from concertation.texts.canonical import document_of
from concertation.texts.domain.adoption import respond
from concertation.texts.domain.publication import publish_text
from concertation.texts.domain.remarks import Place, make_reservation, reply_to_remark, resolve_remark
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Audience
from concertation.texts.models import AdoptedText, Remark, Text
from concertation.texts.queries import (
    open_reservations,
    remark_spans,
    remarks_layer,
    remarks_of,
    reservations_by_paragraph,
    stored_updates,
)
from concertation.texts.queries.remarks import Thread
from concertation.texts.reading import Author, RemarkSpan
from concertation.texts.templatetags.texts import prose
from concertation.texts.tests.factories import FIRST, make_heads, make_proposed, make_remark, make_text
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary, make_visitors

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Delegate:
    """The German head."""
    make_coalition()
    return make_delegate("DE", name="Head of DE")


def seen(text: Text) -> Text:
    return Text.objects.with_state().get(pk=text.pk)


def only(text: Text, delegate: Delegate) -> Thread:
    (group,) = remarks_of(seen(text), delegate, shown="all").groups
    (thread,) = group.threads
    return thread


def write(text: Text, start: int, end: int, words: str = "", *, by: Delegate | None = None) -> None:
    """Let `by` type over [start, end) of the first English paragraph."""

    def change(doc: object) -> None:
        element = anchors.element_of(doc, "en", FIRST)  # type: ignore[arg-type]
        assert element is not None
        (leaf,) = anchors.leaves_of(element)
        del leaf.text[start:end]
        if words:
            leaf.text.insert(start, words, {})

    write_in(text, change, by=by)


def card(client: Client, text: Text, shown: str = "open") -> str:
    answer = client.get(reverse("texts:remarks", args=[text.pk]) + f"?show={shown}", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_thread_shows_the_words_it_was_made_about_and_what_stands_there_now(head: Delegate) -> None:
    text = make_text(words="We met today.")
    make_remark(text, head)
    assert (only(text, head).now, only(text, head).is_changed) == ("met", False)
    write(text, 4, 5, "a")
    thread = only(text, head)
    assert (thread.remark.words, thread.is_changed, thread.is_gone) == ("met", True, False)
    page = card(client_of(head), text)
    assert "Changed since" in page and ">met</blockquote>" in page
    write(text, 0, 13)
    assert only(text, head).is_gone
    page = card(client_of(head), text)
    assert "The words are gone" in page and ">met</blockquote>" in page and "Show in the text" not in page


def test_thread_on_a_paragraph_says_when_it_changed_and_when_it_is_gone(head: Delegate) -> None:
    text = make_text()
    make_remark(text, head, words="")
    assert (only(text, head).is_changed, only(text, head).is_gone) == (False, False)
    write(text, 0, 2, "They")
    assert (only(text, head).now, only(text, head).is_changed) == ("They met.", True)
    write_in(text, lambda doc: doc.get("en", type=XmlFragment).children.__delitem__(0), by=None)
    (group,) = remarks_of(seen(text), head).groups
    assert (group.paragraph, group.threads[0].is_gone) == (None, True)
    assert "A paragraph that is no longer there" in card(client_of(head), text)


@pytest.mark.parametrize("words", ["met", ""])
def test_thread_names_who_changed_its_words_and_nobody_who_wrote_elsewhere_or_before(
    head: Delegate, words: str
) -> None:
    text = make_text(words="We met today.")
    italian, french = make_delegate("IT", name="Iris"), make_delegate("FR", name="Flora")
    write(text, 0, 2, "They", by=french)
    make_remark(text, head, words=words)
    assert only(text, head).changed_by == ()
    write(text, 6, 7, "a", by=italian)
    assert only(text, head).changed_by == [italian]
    assert "Changed since, by Iris (Italy)" in card(client_of(head), text)
    write(text, 0, 15, by=head)
    write(text, 0, 0, "Nothing.", by=french)
    assert only(text, head).changed_by == ([italian, head] if words else [italian, head, french])
    write(text, 0, 8, "They met today.", by=french)
    assert only(text, head).changed_by == ([italian, head] if words else ())


def test_thread_names_who_took_its_paragraph_out(head: Delegate) -> None:
    text, italian = make_text(), make_delegate("IT", name="Iris")
    make_remark(text, head, words="")
    write_in(text, lambda doc: doc.get("en", type=XmlFragment).children.__delitem__(0), by=italian)
    assert only(text, head).changed_by == [italian]
    assert "Deleted or changed by Iris (Italy)." in card(client_of(head), text)


def test_a_remark_means_its_own_words_when_a_client_wrote_its_anchor_over_others_too(head: Delegate) -> None:
    text = make_text(words="We met and we agree.")
    remark = make_remark(text, head, reserves=True)

    def copy(doc: object) -> None:
        place = {"language": "en", "paragraph": FIRST, "start": 0, "end": 2, "words": "We"}
        anchors.place(doc, anchor=str(remark.pk), **place)  # type: ignore[arg-type]

    write_in(text, copy, by=None)
    thread = only(text, head)
    assert (thread.start, thread.end, thread.now, thread.is_changed) == (3, 6, "met", False)
    (span,) = remark_spans(text, document_of(stored_updates(text.pk)), clock.now())["en", FIRST]
    assert (span.start, span.end) == (3, 6)


def test_reservation_that_a_hostile_client_moves_shows_its_own_words(head: Delegate) -> None:
    text = make_text(words="We met and we agree.")
    make_remark(text, head, words="met", body="Not yet.", reserves=True)
    name = str(Remark.objects.get().pk)

    def move(doc: object) -> None:
        anchors.remove(doc, language="en", anchor=name)  # type: ignore[arg-type]
        place = {"language": "en", "paragraph": FIRST, "start": 14, "end": 19, "words": "agree"}
        anchors.place(doc, anchor=name, **place)  # type: ignore[arg-type]

    write_in(text, move, by=None)
    thread = only(text, head)
    assert (thread.remark.words, thread.now, thread.is_changed) == ("met", "agree", True)
    kept = {"member": "DE", "language": "en", "paragraph": FIRST, "words": "met", "body": "Not yet."}
    assert open_reservations(text) == [kept]


def test_open_reservations_leave_out_comments_the_withdrawn_and_members_that_left(head: Delegate) -> None:
    text, italian = make_text(), make_delegate("IT")
    make_remark(text, head, body="A comment.")
    resolve_remark(by=head, remark_id=make_remark(text, head, body="Withdrawn.", reserves=True).pk)
    make_remark(text, italian, words="", body="All of it.", reserves=True)
    whole = {"member": "IT", "language": "en", "paragraph": FIRST, "words": "", "body": "All of it."}
    assert open_reservations(text) == [whole]
    assert reservations_by_paragraph(text) == {FIRST: {"IT"}}
    Member.objects.filter(code="IT").update(status=Status.LEFT)
    assert (open_reservations(text), reservations_by_paragraph(text)) == ([], {})


def test_reservation_follows_its_words_into_another_paragraph_and_stays_where_they_are_gone(head: Delegate) -> None:
    text = make_text()
    remark = make_remark(text, head, reserves=True)

    def move(doc: object) -> None:
        fragment = doc.get("en", type=XmlFragment)  # type: ignore[attr-defined]
        element = XmlElement("paragraph", None, [XmlText("They met.")])
        fragment.children.append(element)
        element.attributes["id"] = "second0001"
        del fragment.children[0]
        anchors.place(
            doc,  # type: ignore[arg-type]
            language="en",
            paragraph="second0001",
            start=5,
            end=8,
            words="met",
            anchor=str(remark.pk),
        )

    write_in(text, move, by=None)
    assert reservations_by_paragraph(text) == {"second0001": {"DE"}}
    write_in(text, lambda doc: doc.get("en", type=XmlFragment).children.__delitem__(0), by=None)
    assert reservations_by_paragraph(text) == {FIRST: {"DE"}}


def test_the_card_shows_what_was_asked_for_and_counts_the_rest(head: Delegate) -> None:
    text, client = make_text(), client_of(make_delegate("IT"))
    make_remark(text, head, body="An open comment.")
    resolve_remark(by=head, remark_id=make_remark(text, head, body="A resolved one.").pk)
    make_remark(text, head, body="A reservation.", reserves=True)
    bodies = {
        shown: re.findall("An open comment|A resolved one|A reservation", card(client, text, shown))
        for shown in ("open", "all", "reservations", "forged")
    }
    assert bodies == {
        "open": ["An open comment", "A reservation"],
        "all": ["An open comment", "A resolved one", "A reservation"],
        "reservations": ["A reservation"],
        "forged": ["An open comment", "A reservation"],
    }
    assert "2 open · 1 reservation" in " ".join(card(client, text).split())


def test_the_card_offers_each_only_what_they_may_do() -> None:
    people = make_visitors()
    text = make_text(by=people.secretariat)
    comment, reservation = make_remark(text, people.delegate), make_remark(text, people.delegate, reserves=True)
    resolved = make_remark(text, people.delegate)
    resolve_remark(by=people.delegate, remark_id=resolved.pk)
    ways = {
        "reply": [reverse("texts:reply", args=[one.pk]) for one in (comment, reservation)],
        "resolve": [reverse("texts:resolve_remark", args=[comment.pk])],
        "withdraw": [reverse("texts:resolve_remark", args=[reservation.pk])],
        "reopen": [reverse("texts:reopen_remark", args=[resolved.pk])],
    }
    offered = {
        who: {name for name, urls in ways.items() if all(f'action="{url}"' in page for url in urls)}
        for who, page in (
            (name, card(client_of(getattr(people, name)), text, "all"))
            for name in ("observer", "interpreter", "head", "other_delegate", "co_chair", "secretariat")
        )
    }
    assert offered == {
        "observer": set(),
        "interpreter": set(),
        "head": {"reply", "resolve", "withdraw", "reopen"},
        "other_delegate": {"reply", "reopen"},
        "co_chair": {"reply", "resolve", "reopen"},
        "secretariat": {"reply", "resolve", "reopen"},
    }
    make_proposed(text)
    frozen = card(client_of(people.head), text, "all")
    assert "Say when." in frozen and "<form" not in frozen


def test_words_are_shown_as_written_and_only_addresses_become_links() -> None:
    shown = prose('<b>Look</b>\nat https://un.org/a?b=1&c=2.\n\njavascript:alert(1) http://x.example/"onclick=1')
    link = '<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>'
    first = link.format("https://un.org/a?b=1&amp;c=2")
    second = link.format("http://x.example/")
    assert shown == (f"<p>&lt;b&gt;Look&lt;/b&gt;<br>at {first}.</p><p>javascript:alert(1) {second}&quot;onclick=1</p>")


def test_an_act_answers_with_the_card_or_the_thread_that_sent_it(head: Delegate) -> None:
    text, client = make_text(), client_of(head)
    remark = make_remark(text, head)
    for target, holds in (("card-remarks", 'id="card-remarks"'), ("remark-thread", 'id="remark-thread"')):
        url = reverse("texts:reply", args=[remark.pk])
        headers = {"HX-Request": "true", "HX-Target": target}
        page = client.post(url, {"id": uuid4(), "body": f"To {target}."}, headers=headers).content.decode()
        assert holds in page and f"To {target}." in page and "<html" not in page
    url = reverse("texts:resolve_remark", args=[remark.pk]) + "?show=all"
    assert "Resolved by Head of DE" in client.post(url, headers={"HX-Request": "true"}).content.decode()
    assert client.get(reverse("texts:remark", args=[remark.pk]))["Location"].endswith(f"#remark-{remark.pk}")


@pytest.mark.parametrize(
    "change",
    [{"id": "x"}, {"id": ""}, {"start": "x"}, {"body": ""}, {"language": "de"}, {"end": "9" * 30}, {"paragraph": ""}],
)
def test_what_the_browser_sends_is_checked(head: Delegate, change: dict[str, str]) -> None:
    text = make_text()
    good = {"id": str(uuid4()), "language": "en", "paragraph": FIRST, "start": "3", "end": "6", "words": "met"}
    client, url = client_of(head), reverse("texts:comment", args=[text.pk])
    refused = client.post(url, {**good, "body": "When?", **change}, headers={"HX-Request": "true"})
    assert (refused.status_code, Remark.objects.count()) == (400, 0)
    assert client.post(url, {**good, "body": "When?"}, headers={"HX-Request": "true"}).status_code == 204


def test_words_that_changed_meanwhile_are_refused_with_a_sentence(head: Delegate) -> None:
    text = make_text()
    sent = {"id": str(uuid4()), "language": "en", "paragraph": FIRST, "start": "3", "end": "6", "words": "sat"}
    url = reverse("texts:comment", args=[text.pk])
    refused = client_of(head).post(url, {**sent, "body": "When?"}, headers={"HX-Request": "true"})
    assert (refused.status_code, refused["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert refused.content.decode() == "The words changed meanwhile. Select them again."


def test_layer_and_sheet_hold_what_is_open(head: Delegate) -> None:
    text = make_text()
    remark = make_remark(text, head, body="When?")
    resolve_remark(by=head, remark_id=make_remark(text, head).pk)
    whole = make_reservation(by=head, text_id=text.pk, key=uuid4(), place=Place("fr", FIRST), body="Non.")
    rows = [(row["id"], row["kind"], row["language"], row["whole"], row["member"]) for row in remarks_layer(text)]
    assert rows == [
        (str(remark.pk), "comment", "en", False, "DE"),
        (str(whole.pk), "reservation", "fr", True, "DE"),
    ]
    german = Author("Head of DE", "DE")
    assert remark_spans(text, document_of(stored_updates(text.pk)), clock.now()) == {
        ("en", FIRST): [RemarkSpan(str(remark.pk), False, 3, 6, german, remark.at, "When?")],
        ("fr", FIRST): [RemarkSpan(str(whole.pk), True, None, None, german, whole.at, "Non.")],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_card_takes_a_fixed_number_of_queries(
    head: Delegate, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text, french = make_text(), make_delegate("FR")
    for _ in range(rows):
        remark = make_remark(text, head)
        for _ in range(rows):
            reply_to_remark(by=french, remark_id=remark.pk, key=uuid4(), body="And?")
    client = client_of(make_secretary())
    with django_assert_num_queries(12):
        card(client, text)


def test_an_act_kept_by_one_delegate_is_never_done_as_another(head: Delegate) -> None:
    text, italian = make_text(), make_delegate("IT")
    sent = {"id": str(uuid4()), "language": "en", "paragraph": FIRST, "body": "When?"}
    url, meant = reverse("texts:comment", args=[text.pk]), {"HX-Request": "true", "X-Delegate": str(head.pk)}
    assert client_of(italian).post(url, sent, headers=meant).status_code == 401
    assert not Remark.objects.exists()
    assert client_of(head).post(url, sent, headers=meant).status_code == 204
    assert Remark.objects.get().by == head


def test_a_reservation_is_kept_with_the_adopted_text_and_shown_with_it_everywhere() -> None:
    heads, clerk = make_heads(), make_secretary()
    text = make_text(audience=Audience.PUBLIC)
    make_remark(text, heads[4], body="Not before our Parliament.", reserves=True)
    make_remark(text, heads[0], body="Only a comment.")
    resolve_remark(by=heads[3], remark_id=make_remark(text, heads[3], body="Withdrawn.", reserves=True).pk)
    procedure = make_proposed(text)
    for head in heads:
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    kept = {"member": "IT", "language": "en", "paragraph": FIRST, "words": "met", "body": "Not before our Parliament."}
    assert json.loads(bytes(AdoptedText.objects.get().content))["reservations"] == [kept]
    publish_text(by=clerk, text_id=text.pk)
    for name, who in (("show", heads[0]), ("print", heads[0]), ("public", None)):
        page = client_of(who).get(reverse(f"texts:{name}", args=[text.pk])).content.decode()
        assert "Not before our Parliament." in page and "Italy" in page, name
        assert "Only a comment." not in page and "Withdrawn." not in page, name
