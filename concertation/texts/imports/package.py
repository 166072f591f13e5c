"""Opens a .docx that anybody may have made: bounded, without entities, without leaving its own bytes. No Django here.

Only the parts named here are ever unpacked. Sizes are counted while unpacking; what the file says of itself is
used to refuse it, never to trust it.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from concertation.texts.imports.errors import BadFile, Fault

LARGEST_FILE = 3_500_000
LARGEST_PART = 20_000_000
LARGEST_WHOLE = 150_000_000
MOST_PARTS = 2_000
RATIO = 300  # between what a part says it unpacks to and what is stored; repeated words of Word stay far below
RATIO_FROM = 1_000_000
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97, and whatever is encrypted
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = "[Content_Types].xml"
TYPE_TAG = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
STYLES, NUMBERING, COMMENTS = "styles.xml", "numbering.xml", "comments.xml"
RELATIONS = "_rels/document.xml.rels"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a document that an import reads, parsed; `has_macros` says that macros were left unread."""

    document: Any
    styles: Any | None
    numbering: Any | None
    comments: Any | None
    relations: Any | None
    has_macros: bool


def open_package(data: bytes) -> Package:
    """Return the parsed parts; raises BadFile."""
    if len(data) > LARGEST_FILE:
        raise BadFile(Fault.TOO_LARGE)
    if data.startswith(CFB):
        raise BadFile(Fault.OLD_FORMAT)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        RuntimeError,
        EOFError,
        OSError,
        struct.error,
    ) as error:
        raise BadFile(Fault.NOT_A_PACKAGE) from error
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, BadFile) else BadFile(Fault.BROKEN) from error


def parse(data: bytes) -> Any:
    """Return the root of XML that declares no document type and no entity; raises BadFile."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(Fault.BROKEN) from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadFile(Fault.FOREIGN_ENTITIES)
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:  # also for elements more than 256 deep
        raise BadFile(Fault.BROKEN) from error


def _read(archive: zipfile.ZipFile) -> Package:
    parts = _checked(archive)
    kinds = _kinds(archive, parts)
    main = next((name for name, kind in kinds.items() if kind == MAIN), None)
    if main is None:
        is_macro = any("macroEnabled" in kind for kind in kinds.values())
        raise BadFile(Fault.MACROS if is_macro else Fault.NOT_A_DOCUMENT)
    folder = PurePosixPath(main).parent
    if main not in parts:
        raise BadFile(Fault.BROKEN)

    def part(name: str) -> Any | None:
        path = str(folder / name)
        return parse(_unpack(archive, parts[path])) if path in parts else None

    return Package(
        document=parse(_unpack(archive, parts[main])),
        styles=part(STYLES),
        numbering=part(NUMBERING),
        comments=part(COMMENTS),
        relations=part(RELATIONS),
        has_macros=any(name.lower().endswith("vbaproject.bin") for name in parts),
    )


def _checked(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the parts by name; refuse too many, too large, encrypted, doubled, or names that lead elsewhere."""
    infos = archive.infolist()
    parts = {info.filename: info for info in infos}
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_WHOLE:
        raise BadFile(Fault.TOO_LARGE)
    for info in infos:
        name = PurePosixPath(info.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in info.filename or ":" in info.filename:
            raise BadFile(Fault.BROKEN)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadFile(Fault.BROKEN)
        if info.file_size > RATIO_FROM and info.file_size > RATIO * max(info.compress_size, 1):
            raise BadFile(Fault.TOO_LARGE)
    if len(parts) != len(infos) or any(info.flag_bits & 1 for info in infos):
        raise BadFile(Fault.BROKEN)
    return parts


def _kinds(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Return the content type of each part that has one of its own."""
    if TYPES not in parts:
        raise BadFile(Fault.NOT_A_DOCUMENT)
    root = parse(_unpack(archive, parts[TYPES]))
    return {str(item.get("PartName", "")).lstrip("/"): str(item.get("ContentType", "")) for item in root.iter(TYPE_TAG)}


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of one part, of which no more is unpacked than may be there."""
    with archive.open(info) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise BadFile(Fault.TOO_LARGE)
    return data
