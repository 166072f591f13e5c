"""Word documents for tests, written by hand, so that they can be as odd or as hostile as any."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from concertation.texts.imports.reader import import_docx
from concertation.texts.imports.result import Imported
from concertation.texts.tests.sheets import AT

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>"""
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H5"><w:name w:val="Heading 5"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Out"><w:name w:val="Out"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Num"><w:name w:val="Num"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="8"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def package(parts: Mapping[str, str | bytes], *, kind: str = MAIN, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of `parts`, with the content type of the document."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(kind=kind))
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def document(body: str, **parts: Any) -> bytes:
    """Return a Word document with this body; `parts` are further files below word/."""
    page = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W}><w:body>{body}</w:body></w:document>'
    )
    files = {"styles.xml": STYLES, "numbering.xml": NUMBERING, **parts}
    return package({"word/document.xml": page, **{f"word/{name}": content for name, content in files.items()}})


def paragraph(inside: str, *, style: str = "", count: int = 0, level: int = 0, mark: str = "") -> str:
    """Return one paragraph; words without a tag become a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{count}"/></w:numPr>' if count else ""
    inside = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{named}{numbered}{f'<w:rPr>{mark}</w:rPr>' if mark else ''}</w:pPr>{inside}</w:p>"


def run(words: str, look: str = "", *, tag: str = "t") -> str:
    """Return one run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def tracked(kind: str, inside: str = "", *, author: str = "Hélène Durand (FR)", number: int = 1) -> str:
    """Return a tracked change, or its mark at the end of a paragraph."""
    return f'<w:{kind} w:id="{number}" w:author="{author}" w:date="2026-11-25T21:30:00Z">{inside}</w:{kind}>'


def read(body: str, **parts: Any) -> Imported:
    """Return what an import makes of a body."""
    return import_docx(document(body, **parts), now=AT)
