"""Who gets which file of a text, under which name, and what a proof from a page proves."""

import io
import json
import re
import zipfile
from pathlib import Path
from uuid import uuid4

import docx
import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from concertation.coalition.enums import Capacity
from concertation.core.pdf import making as pdf
from concertation.record.models import Entry
from concertation.record.proof import verify_proof
from concertation.record.queries import checkpoint_at
from concertation.record.verification import main
from concertation.texts.blocks import run
from concertation.texts.canonical import sha256_of
from concertation.texts.domain.adoption import respond
from concertation.texts.domain.alternatives import add_alternative
from concertation.texts.domain.brackets import Passage, place_bracket
from concertation.texts.domain.proposals import propose_changes
from concertation.texts.domain.publication import publish_text, unpublish_text
from concertation.texts.domain.remarks import Place, make_reservation
from concertation.texts.domain.texts import update_text_settings
from concertation.texts.enums import Audience
from concertation.texts.models import Text
from concertation.texts.queries.sheets import sheet_of
from concertation.texts.reading import Author
from concertation.texts.tests.factories import (
    TITLES,
    edit,
    make_adopted,
    make_heads,
    make_proposed,
    make_text,
    paragraph,
)
from concertation.texts.tests.proposing import ONE, THREE, TWO, Table
from concertation.texts.wishes import Change, Deletion, Insertion, Move, Wanted
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    """Somebody of the secretariat."""
    make_coalition()
    return client_of(make_secretary())


@pytest.fixture
def adopted() -> Text:
    """A text that five heads adopted, for the public but not published."""
    return make_adopted(make_heads())


def export(client: Client, text: Text, **asked: str) -> tuple[int, str, bytes]:
    """Return status, name and content of an export."""
    answer = client.get(f"/texts/{text.pk}/export/", asked)
    name = re.search('filename="(.*)"', answer.headers.get("Content-Disposition", ""))
    return answer.status_code, name[1] if name else "", answer.content


@pytest.mark.parametrize(
    ("format_", "kind"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xml", "application/akn+xml"),
        ("html", "text/html; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
    ],
)
def test_every_format_is_sent_under_a_name_that_says_what_it_is(clerk: Client, format_: str, kind: str) -> None:
    text = make_text(words="We met & agreed.")
    answer = clerk.get(f"/texts/{text.pk}/export/", {"format": format_, "languages": "fr,en"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="joint-statement-draft-en-fr.{format_}"'
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_pdf_is_sent(clerk: Client) -> None:
    status, name, content = export(clerk, make_text(), format="pdf", languages="en")
    assert (status, name, content[:5]) == (200, "joint-statement-draft-en.pdf", b"%PDF-")


def test_export_leaves_no_entry(clerk: Client) -> None:
    text, before = make_text(), Entry.objects.count()
    assert export(clerk, text, format="md")[0] == 200
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "asked",
    [
        {"format": ""},
        {"format": "exe"},
        {"format": "md", "languages": "uk"},
        {"format": "md", "languages": "en,uk"},
        {"format": "md", "layout": "round"},
    ],
)
def test_nonsense_is_refused_in_words(clerk: Client, asked: dict[str, str]) -> None:
    answer = clerk.get(f"/texts/{make_text().pk}/export/", asked)
    assert answer.status_code == 400
    assert "Choose a format, and at least one language" in answer.content.decode()


def test_other_members_and_strangers_get_no_file(client: Client) -> None:
    make_coalition()
    text = make_text(audience=Audience.MEMBERS, members=["FR", "GB"], words="secret words")
    for code, status in (("IT", 404), ("FR", 200)):
        reader = client_of(make_delegate(code, Capacity.DELEGATE))
        found, _, content = export(reader, text, format="md")
        assert (found, b"secret words" in content) == (status, status == 200)
    assert client.get(f"/texts/{text.pk}/export/", {"format": "md"}).status_code == 302
    for path in ("proof/", "en/export/?format=md"):
        assert client.get(f"/public/texts/{text.pk}/{path}").status_code == 404
        assert client.get(f"/public/texts/{uuid4()}/{path}").status_code == 404


def test_draft_says_its_state_audience_and_the_hash_that_a_proposal_would_have(clerk: Client) -> None:
    text = make_text(audience=Audience.MEMBERS, members=["FR", "GB"])
    content = export(clerk, text, format="md")[2].decode()
    assert re.search(r"> State: \*\*draft as of \d+ \w+ \d{4}, \d\d:\d\d UTC\*\*", content)
    assert "> Audience: France, United Kingdom only" in content
    procedure = make_proposed(text)
    assert f"> SHA-256 `{procedure.sha256}`" in content
    assert "> State: **proposed for adoption on " in export(clerk, text, format="md")[2].decode()


def test_adopted_text_says_when_by_whom_and_the_hash_of_its_bytes(adopted: Text) -> None:
    content = export(client_of(make_secretary()), adopted, format="md")[2].decode()
    assert re.search(r"> State: \*\*adopted on \d+ \w+ \d{4}, \d\d:\d\d UTC\*\*", content)
    assert "> Audience: the coalition; not published" in content
    assert "> Adopted by France, United Kingdom, Ukraine, Germany, Italy" in content
    assert f"> SHA-256 `{sha256_of(bytes(adopted.adopted.content))}`" in content


def test_words_around_the_text_are_in_the_reader_s_language() -> None:
    make_coalition()
    with translation.override("fr"):
        sheet, _ = sheet_of(Text.objects.with_state().get(pk=make_text().pk))
    assert sheet.state.startswith("projet au ")
    assert sheet.audience == "la coalition"


def test_draft_that_holds_what_is_no_text_is_not_exported_by_half(clerk: Client) -> None:
    text = make_text()
    text.updates.create(update=edit(language="xx"), at=text.created_at)
    answer = clerk.get(f"/texts/{text.pk}/export/", {"format": "md"})
    assert answer.status_code == 409
    assert "holds something that cannot be part of a text" in answer.content.decode()


def test_proposals_stand_in_the_sheet() -> None:
    table = Table()
    wishes: list[Wanted] = [
        Change("en", ONE, {"type": "paragraph", "numbered": True, "runs": [run("We will deploy forces soon.")]}),
        Deletion("en", TWO),
        Insertion("en", ONE, paragraph("Quite new.")),
        Insertion("en", "", paragraph("At the beginning.")),
        Move("en", THREE, ""),
        Change("fr", THREE, {"type": "heading", "level": 1, "runs": [run("We meet again.")]}),
    ]
    propose_changes(by=table.germany, text_id=table.text.pk, wishes=wishes)
    english, french = sheet_of(Text.objects.with_state().get(pk=table.text.pk))[0].versions
    author = Author(f"{Capacity.DELEGATE.label} of DE", "DE")
    assert [(one.inserted_by, one.deleted_by, one.number) for one in english.paragraphs] == [
        (author, None, None),
        (None, None, 1),
        (author, None, None),
        (None, author, 2),
        (None, None, 3),
    ]
    (change,) = english.paragraphs[1].changes
    assert (change.start, change.end, change.runs, change.author) == (15, 21, (run("forces"),), author)
    assert [remark.body for remark in english.paragraphs[4].remarks] == [
        "proposes to move this paragraph to the beginning"
    ]
    assert [(one.id, one.inserted_by, one.deleted_by) for one in french.paragraphs] == [
        (ONE, None, None),
        (TWO, None, author),
        (THREE, None, author),
        (THREE, author, None),
    ]


def test_brackets_and_remarks_stand_in_the_sheet() -> None:
    table = Table()
    bracket = place_bracket(
        by=table.germany, text_id=table.text.pk, key=uuid4(), passage=Passage("en", ONE, 3, 14, "will deploy")
    )
    add_alternative(by=table.italy, bracket_id=bracket.pk, words="stand ready to deploy")
    place = Place("en", ONE, 15, 21, "troops")
    make_reservation(by=table.italy, text_id=table.text.pk, key=uuid4(), place=place, body="Subject to parliament.")
    reader = client_of(table.clerk)
    content = export(reader, table.text, format="md", languages="en")[2].decode()
    first = next(line for line in content.splitlines() if line.startswith("1"))
    ending = r"\[will deploy / stand ready to deploy<sup>IT</sup>\]<sup>DE</sup> troops<sup>(1)</sup> soon."
    assert first == rf"1\. We {ending}"
    assert f"(1) **Reservation, {Capacity.HEAD.label} of IT (IT)**" in content
    french = export(reader, table.text, format="md", languages="fr")[2].decode()
    assert "\\[" not in french
    assert "Reservation" not in french


def test_word_file_has_the_proposals_as_tracked_changes() -> None:
    table = Table()
    table.propose("We will deploy forces soon.")
    content = export(client_of(table.clerk), table.text, format="docx", languages="en")[2]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    assert re.findall(r'<w:(ins|del) [^>]*w:author="([^"]+)"', body) == [
        ("del", f"{Capacity.DELEGATE.label} of DE (DE)"),
        ("ins", f"{Capacity.DELEGATE.label} of DE (DE)"),
    ]
    assert docx.Document(io.BytesIO(content)).core_properties.title == "Joint statement"


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (pdf.NoPango, "A PDF needs the library Pango"),
        (pdf.Busy, "The server is making other PDFs."),
        (pdf.TooLong, "No PDF could be made of this text"),
    ],
)
def test_pdf_that_cannot_be_made_is_explained(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, failure: type[Exception], sentence: str
) -> None:
    def fail(*_: object) -> bytes:
        raise failure

    monkeypatch.setattr(pdf, "_render", fail)
    address = f"/texts/{make_text().pk}/export/?format=pdf"
    page = clerk.get(address)
    assert (page.status_code, sentence in page.content.decode()) == (503, True)
    plain = clerk.get(address, headers={"HX-Request": "true"})
    assert plain.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert plain.content.decode().startswith(sentence)


def test_published_text_is_exported_in_each_language_by_anybody(client: Client, adopted: Text) -> None:
    address = f"/public/texts/{adopted.pk}/fr/export/?format=html"
    assert client.get(address).status_code == 404
    publish_text(by=make_secretary(), text_id=adopted.pk)
    answer = client.get(address)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=60")
    assert 'filename="declaration-conjointe-adopted-fr.html"' in answer.headers["Content-Disposition"]
    assert "Nous nous sommes réunis." in page
    assert "État\u00a0: <strong>adopté le " in page
    assert "tout le monde" in page
    assert client.get(f"/public/texts/{adopted.pk}/uk/export/?format=html").status_code == 404
    unpublish_text(by=make_secretary(), text_id=adopted.pk)
    assert client.get(address).status_code == 404


def test_pdf_of_an_adopted_text_is_kept_and_of_a_draft_is_not(
    adopted: Text, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    monkeypatch.setattr(pdf, "_render", lambda *_: b"%PDF-")
    settings.VAR = tmp_path
    reader = client_of(make_secretary())
    export(reader, make_text(), format="pdf")
    assert list(tmp_path.iterdir()) == []
    export(reader, adopted, format="pdf")
    assert len(list((tmp_path / "exports").iterdir())) == 1


def test_proof_of_a_published_text_proves_it(
    client: Client, adopted: Text, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_text(by=make_secretary(), text_id=adopted.pk)
    answer = client.get(f"/public/texts/{adopted.pk}/proof/?since=2")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="joint-statement-proof.jsonl"'
    file, kept = tmp_path / "proof.jsonl", tmp_path / "kept.txt"
    file.write_bytes(answer.content)
    kept.write_text(checkpoint_at(2))
    assert main([str(file), "--checkpoint", str(kept)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Proved: this text “Joint statement”, SHA-256 {adopted.adopted.sha256}, adopted on ")
    assert " UTC by FR, GB, UA, DE, IT, is entry " in said
    content = json.loads(answer.content.split(b"\n")[1])["content"]
    assert content.encode() == bytes(adopted.adopted.content)


def test_proof_of_a_sealed_adoption_opens_it_to_those_who_may_read_the_text(client: Client) -> None:
    heads = make_heads()
    text = make_text(audience=Audience.MEMBERS, members=["FR", "GB"])
    procedure = make_proposed(text)
    for head in heads[:2]:
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    assert client_of(heads[3]).get(f"/texts/{text.pk}/proof/").status_code == 404
    proved = verify_proof(client_of(heads[0]).get(f"/texts/{text.pk}/proof/").content)
    assert proved.data["members"] == ["FR", "GB"]
    assert client.get(f"/public/texts/{text.pk}/proof/").status_code == 404
    chair = make_secretary()
    text.refresh_from_db()
    update_text_settings(
        by=chair,
        text_id=text.pk,
        titles=TITLES,
        languages=["en", "fr"],
        authentic=["en", "fr"],
        audience=Audience.PUBLIC,
    )
    publish_text(by=chair, text_id=text.pk)
    assert verify_proof(client.get(f"/public/texts/{text.pk}/proof/").content).data["members"] == ["FR", "GB"]


@pytest.mark.parametrize("since", ["-1", "0", "x", "²", "999999", "1e3"])
def test_proof_since_nonsense_is_refused(adopted: Text, since: str) -> None:
    assert client_of(make_secretary()).get(f"/texts/{adopted.pk}/proof/", {"since": since}).status_code == 400


def test_draft_has_no_proof(clerk: Client) -> None:
    assert clerk.get(f"/texts/{make_text().pk}/proof/").status_code == 404


def test_pages_offer_the_files(client: Client, adopted: Text) -> None:
    reader = client_of(make_secretary())
    publish_text(by=make_secretary(), text_id=adopted.pk)
    page = reader.get(f"/texts/{adopted.pk}/export/").content.decode()
    assert re.findall('name="format" value="(.*?)"', page) == ["pdf", "docx", "xml", "html", "md"]
    assert re.findall('name="languages" value="(.*?)"', page) == ["en", "fr"]
    public = client.get(f"/public/texts/{adopted.pk}/fr/").content.decode()
    assert f"/public/texts/{adopted.pk}/fr/export/?format=pdf" in public
    assert f"/public/texts/{adopted.pk}/proof/" in public
    assert f"/texts/{adopted.pk}/proof/" in reader.get(f"/texts/{adopted.pk}/").content.decode()
