"""From a file to a text: what is previewed, what is saved, and that nothing is saved before."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.anchors import Span, spans_in
from concertation.texts.blocks import Block
from concertation.texts.canonical import document_of, read_version
from concertation.texts.domain.imports import import_text, import_version
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience, Pen
from concertation.texts.errors import BadLanguages, ChangesNotTaken, Frozen, LanguageInUse, NoSuchText
from concertation.texts.exports.docx import docx_of
from concertation.texts.imports.carried import SECONDS, Carried, seal, unseal
from concertation.texts.imports.reader import import_docx
from concertation.texts.models import Proposal, Remark, Text
from concertation.texts.paragraphs import linear
from concertation.texts.queries import stored_updates
from concertation.texts.tests import word
from concertation.texts.tests.factories import TITLES, make_proposed, make_text, paragraph
from concertation.texts.tests.sheets import AT, rich_copy
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db

BODY = (
    word.paragraph("Joint statement", style="T")
    + word.paragraph("Aims", style="H1")
    + word.paragraph(word.run("We met") + word.tracked("ins", word.run(" in Paris")), count=1)
    + word.paragraph(word.tracked("ins", word.run("Quite new.")), count=1, mark=word.tracked("ins"))
    + word.paragraph(word.run("underlined", '<w:u w:val="single"/>'), count=1)
)
FILE = word.document(BODY)
DRAFT = import_docx(FILE, now=AT).paragraphs


@pytest.fixture
def clerk() -> Delegate:
    """Somebody of the secretariat."""
    make_coalition()
    return make_secretary()


def upload(client: Client, data: bytes = FILE, address: str = "/texts/import/", name: str = "draft.docx") -> Any:
    """Send a file."""
    return client.post(address, {"file": SimpleUploadedFile(name, data), "language": "en"})


def sealed_in(answer: Any) -> str:
    """Return what the preview carries."""
    found = re.search('name="carried" value="(.*?)"', answer.content.decode())
    assert found
    return found[1]


def words_of(text: Text, language: str = "en") -> list[str]:
    return [linear(block) for block in blocks_of(text, language)]


def blocks_of(text: Text, language: str = "en") -> list[Block]:
    return read_version(document_of(stored_updates(text.pk)), language)


def counts() -> tuple[int, int]:
    return Text.objects.count(), Entry.objects.count()


def test_file_is_previewed_and_nothing_is_saved(clerk: Delegate) -> None:
    before = counts()
    answer = upload(client_of(clerk))
    page = " ".join(strip_tags(answer.content.decode()).split())
    assert (answer.status_code, counts()) == (200, before)
    assert "4 paragraphs were read." in page
    assert "These become proposals under your name, whoever made them in the file." in page
    assert "inserted Hélène Durand (FR) in Paris" in page
    assert "new paragraph Hélène Durand (FR) Quite new." in page
    assert "Underlining: the words stay without it 1" in page
    assert 'value="Joint statement"' in answer.content.decode()


def test_confirmed_preview_becomes_a_text_with_proposals(clerk: Delegate) -> None:
    client = client_of(clerk)
    facts = {"language": "en", "title": "Our statement", "audience": "coalition"}
    answer = client.post("/texts/import/confirm/", {"carried": sealed_in(upload(client)), **facts})
    text = Text.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/texts/{text.pk}/")
    assert (text.titles, words_of(text)) == ({"en": "Our statement"}, ["Aims", "We met", "underlined"])
    empty = paragraph("")
    ids = [block["id"] for block in blocks_of(text)]
    wanted = [(one.kind, one.by_id, linear(one.block or empty)) for one in Proposal.objects.order_by("kind")]
    assert wanted == [("change", clerk.pk, "We met in Paris"), ("insert", clerk.pk, "Quite new.")]
    assert Proposal.objects.get(kind="insert").after == ids[1]
    entries = Entry.objects.order_by("sequence")
    assert [entry.action for entry in entries] == ["text.created", "text.changes_proposed"]


COMMENTS = (
    f'<w:comments {word.W}><w:comment w:id="1" w:author="Hélène Durand (FR)">'
    "<w:p><w:r><w:t>Which aims?</w:t></w:r></w:p></w:comment>"
    '<w:comment w:id="2" w:author="Sam"><w:p><w:r><w:t>Where?</w:t></w:r></w:p></w:comment></w:comments>'
)
COMMENTED = word.document(
    word.paragraph('<w:commentRangeStart w:id="1"/>' + word.run("Aims") + '<w:commentRangeEnd w:id="1"/>')
    + word.paragraph(word.run("We met") + '<w:r><w:commentReference w:id="2"/></w:r>'),
    **{"comments.xml": COMMENTS},
)


def test_comments_of_a_file_become_comments_that_say_who_wrote_them(clerk: Delegate) -> None:
    client = client_of(clerk)
    preview = upload(client, COMMENTED)
    page = " ".join(strip_tags(preview.content.decode()).split())
    assert "Comments become comments under your name; each says who wrote it in the file." in page
    assert "comment Hélène Durand (FR) Which aims?" in page
    facts = {"carried": sealed_in(preview), "language": "en", "title": "Ours", "audience": "coalition"}
    assert client.post("/texts/import/confirm/", facts).status_code == 302
    text = Text.objects.get()
    first, second = (block["id"] for block in blocks_of(text))
    rows = Remark.objects.values_list("kind", "by", "paragraph", "words", "is_whole", "body")
    assert list(rows) == [
        ("comment", clerk.pk, first, "Aims", False, "Hélène Durand (FR): Which aims?"),
        ("comment", clerk.pk, second, "We met", True, "Sam: Where?"),
    ]
    (row, _other) = Remark.objects.all()
    assert spans_in(document_of(stored_updates(text.pk)), "en") == {str(row.pk): Span(first, 0, 4, "Aims")}
    entries = Entry.objects.order_by("sequence")
    assert [entry.action for entry in entries] == ["text.created", "text.comments_imported"]
    assert entries[1].content["data"]["count"] == 2


def test_tracked_changes_are_not_taken_over_where_nobody_may_propose(clerk: Delegate) -> None:
    text = empty(clerk, pen=Pen.SECRETARIAT)
    client, address = client_of(clerk), f"/texts/{text.pk}/import/en/"
    sentence = "Only the secretariat holds the pen of this text, so nobody can propose changes"
    preview = upload(client, address=address)
    assert sentence in preview.content.decode()
    assert "Write it into the text" not in preview.content.decode()
    refused = client.post(f"{address}confirm/", {"carried": sealed_in(preview)})
    assert (refused.status_code, words_of(text)) == (409, [])
    assert sentence in refused.content.decode()
    assert_refused(ChangesNotTaken, lambda: version(clerk, text, paragraphs=DRAFT))
    page = upload(client, COMMENTED, address=address).content.decode()
    assert sentence not in page
    assert client.post(f"{address}confirm/", {"carried": sealed_in(upload(client, COMMENTED, address=address))})
    assert (words_of(text), Remark.objects.count()) == (["Aims", "We met"], 2)


def test_the_file_is_asked_for_only_from_who_may_write_it_in(clerk: Delegate) -> None:
    held, free = empty(clerk, pen=Pen.SECRETARIAT), empty(clerk)
    german = client_of(make_delegate("DE"))
    addresses = [f"/texts/{held.pk}/import/en/", f"/texts/{free.pk}/import/en/", f"/texts/{free.pk}/import/uk/"]
    assert [german.get(address).status_code for address in addresses] == [403, 200, 403]
    assert [client_of(clerk).get(address).status_code for address in addresses] == [200, 200, 200]


def test_form_that_is_not_right_keeps_the_preview(clerk: Delegate) -> None:
    client = client_of(clerk)
    sealed = sealed_in(upload(client))
    facts = {"carried": sealed, "language": "en", "title": "", "audience": "coalition"}
    answer = client.post("/texts/import/confirm/", facts)
    assert (answer.status_code, sealed_in(answer), Text.objects.count()) == (400, sealed, 0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This is not a Word document, or it is damaged."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old .doc file"),
        (word.document(""), "No words were found in this document."),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_words(clerk: Delegate, data: bytes, sentence: str) -> None:
    before = counts()
    answer = upload(client_of(clerk), data)
    assert (answer.status_code, counts()) == (400, before)
    assert sentence in answer.content.decode()


def test_words_of_a_file_are_shown_as_words(clerk: Delegate) -> None:
    hostile = word.document(word.paragraph("&lt;script&gt;alert(1)&lt;/script&gt;"))
    page = upload(client_of(clerk), hostile, name="<img src=x>.docx").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_preview_is_for_one_delegate_and_one_hour(clerk: Delegate) -> None:
    carried = Carried(import_docx(FILE, now=AT), "draft.docx", "00" * 32)
    sealed = seal(carried, clerk)
    assert unseal(sealed, clerk) == carried
    assert unseal(sealed, make_secretary("Other")) is None
    assert unseal(sealed[:-1], clerk) is None
    assert unseal("", clerk) is None
    assert SECONDS == 3600
    answer = client_of(make_secretary("Third")).post("/texts/import/confirm/", {"carried": sealed, "language": "en"})
    assert answer.status_code == 409
    assert "The preview has expired." in answer.content.decode()


def test_import_fills_an_empty_version_through_its_pages(clerk: Delegate) -> None:
    text = create_text(by=clerk, titles=TITLES, languages=["en", "fr"], draft={"fr": [paragraph("Nous.")]})
    client = client_of(make_delegate("DE", Capacity.DELEGATE))
    address = f"/texts/{text.pk}/import/en/"
    assert address in client.get(f"/texts/{text.pk}/").content.decode()
    answer = client.post(f"{address}confirm/", {"carried": sealed_in(upload(client, address=address))})
    assert answer.status_code == 302
    assert words_of(text) == ["Aims", "We met", "underlined"]
    page = client.get(f"/texts/{text.pk}/").content.decode()
    assert f"/texts/{text.pk}/import/en/" not in page


def version(by: Delegate, text: Text, language: str = "en", **changes: Any) -> None:
    """Import the draft, without what it proposes, into a version."""
    standing = [one for one in DRAFT if not one.changes and not one.inserted_by]
    facts: dict[str, Any] = {"paragraphs": standing, "file_name": "a\nb.docx", "sha256": "ab" * 32}
    import_version(by=by, text_id=text.pk, language=language, **(facts | changes))


def empty(by: Delegate, **changes: Any) -> Text:
    """Return a text whose English version is empty."""
    draft = {"fr": [{"type": "heading", "level": 1, "runs": [{"text": "Buts"}]}, paragraph("Nous.")]}
    return create_text(by=by, titles=TITLES, languages=["en", "fr"], draft=draft, **changes)  # type: ignore[arg-type]


def test_import_version_writes_and_names_the_file(clerk: Delegate) -> None:
    text = empty(clerk)
    with assert_write("text.imported", f"text:{text.pk}", "texts"):
        version(clerk, text)
    assert words_of(text) == ["Aims", "underlined"]
    data = Entry.objects.get(action="text.imported").content["data"]
    assert data == {"title": TITLES["en"], "language": "en", "file": "a b.docx", "sha256": "ab" * 32}
    english, french = blocks_of(text), blocks_of(text, "fr")
    assert [block["id"] for block in english] == [block["id"] for block in french]


def test_import_version_adds_a_translation_for_the_chair(clerk: Delegate) -> None:
    text = empty(clerk)
    version(clerk, text, "uk")
    added = text.versions.get(language="uk")
    assert (added.is_authentic, added.order, words_of(text, "uk")) == (False, 2, ["Aims", "underlined"])
    german = make_delegate("DE", Capacity.HEAD)
    assert_refused(NotAllowed, lambda: version(german, text, "de"))
    assert_refused(BadLanguages, lambda: version(clerk, text, "xx"))


def test_import_version_never_writes_over_words(clerk: Delegate) -> None:
    text = make_text()
    assert_refused(LanguageInUse, lambda: version(clerk, text))
    assert words_of(text) == ["We met."]


def test_import_version_respects_who_may_write(clerk: Delegate) -> None:
    text = empty(clerk)
    observer, german = make_delegate("DE", Capacity.OBSERVER), make_delegate("DE", Capacity.DELEGATE)
    assert_refused(NotAllowed, lambda: version(observer, text))
    held = empty(clerk, pen=Pen.SECRETARIAT)
    assert_refused(NotAllowed, lambda: version(german, held))
    sealed = empty(clerk, audience=Audience.MEMBERS, members=["FR"])
    assert_refused(NoSuchText, lambda: version(german, sealed))
    frozen = make_text()
    make_proposed(frozen)
    assert_refused(Frozen, lambda: version(clerk, frozen, "uk"))


def test_import_text_is_for_the_chair(clerk: Delegate) -> None:
    facts: dict[str, Any] = {
        "title": "T",
        "language": "en",
        "audience": Audience.COALITION,
        "members": [],
        "paragraphs": DRAFT,
    }
    german = make_delegate("DE", Capacity.HEAD)
    assert_refused(NotAllowed, lambda: import_text(by=german, **facts))
    assert import_text(by=clerk, **facts).created_at <= clock.now()


def test_export_of_ours_is_previewed_with_all_that_it_holds(clerk: Delegate) -> None:
    client = client_of(clerk)
    answer = upload(client, docx_of(rich_copy("en")))
    page = " ".join(strip_tags(answer.content.decode()).split())
    assert answer.status_code == 200
    assert "replaced Hélène Durand (FR) forces → troops" in page
    assert "comment Sam Clerk Comment, Sam Clerk: Check the list." in page
    facts = {"carried": sealed_in(answer), "language": "en", "title": "Back again", "audience": "coalition"}
    assert client.post("/texts/import/confirm/", facts).status_code == 302
    assert [one.kind for one in Proposal.objects.order_by("kind")] == ["change", "change", "change", "delete", "insert"]
