"""What a Word document needs besides its words: numbering, styles, header and footer. No Django here."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from concertation.core.word import FONT, element
from concertation.core.word import field as field_of
from concertation.texts.exports.frame import Copy

# The names of our styles tell the import what is what.
TITLE, NUMBERED, LISTED = "Title", "Concertation Paragraph", "Concertation List"
KIND, LEGEND = "Concertation Version", "Concertation Legend"
SIGN, OTHER, HOLDERS = "Concertation Bracket", "Concertation Alternative", "Concertation Holders"
DEPTH = 9
BULLETS = "•◦▪"
FORMATS = ("decimal", "lowerLetter", "lowerRoman")


class Numbering:
    """The real numbering of a document. Each count has levels of its own: Word lets counts share theirs."""

    PARAGRAPHS, BULLETED, ORDERED = "decimal", "bullet", "ordered"

    def __init__(self, document: Document) -> None:
        self.root = document.part.numbering_part.element
        for child in list(self.root):
            self.root.remove(child)
        self.count = 0

    def new(self, kind: str) -> int:
        """Return the id of a new count from 1."""
        self.root.insert(self.count, _abstract(self.count, kind))  # before every instance, as the schema wants
        instance = element("num", numId=self.count + 1)
        instance.append(element("abstractNumId", val=self.count))
        self.root.append(instance)
        self.count += 1
        return self.count


def _abstract(number: int, kind: str) -> Any:
    """Return the levels of one kind of numbering."""
    made = element("abstractNum", abstractNumId=number)
    made.append(element("multiLevelType", val="multilevel"))
    for level in range(DEPTH):
        made.append(_level(level, kind))
    return made


def _level(level: int, kind: str) -> Any:
    """Return how one level is numbered, and how far it stands from the edge."""
    made = element("lvl", ilvl=level)
    if kind == "bullet":
        form, text = "bullet", BULLETS[level % len(BULLETS)]
    else:
        form = FORMATS[level % len(FORMATS)] if kind == "ordered" else "decimal"
        text = f"%{level + 1}."
    made.append(element("start", val=1))
    made.append(element("numFmt", val=form))
    made.append(element("lvlText", val=text))
    made.append(element("lvlJc", val="left"))
    outer = element("pPr")
    left = 567 * (level + 1)
    outer.append(element("ind", left=left, hanging=567 if kind == "decimal" else 397))
    made.append(outer)
    return made


def set_styles(document: Document, copy: Copy) -> None:
    """Give the document its look and its language; foreign numbering in the template's styles goes."""
    styles: Any = document.styles
    for leftover in styles.element.xpath("//w:style/w:pPr/w:numPr"):
        leftover.getparent().remove(leftover)
    normal = styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Normal", 11), (TITLE, 20), ("Heading 1", 15), ("Heading 2", 13), ("Heading 3", 11)):
        style = styles[name]
        style.font.size = Pt(size)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x11, 0x18, 0x27)
        _font(style)
    for name in (NUMBERED, LISTED, KIND, LEGEND):
        styles.add_style(name, 1).base_style = normal
    for name in (SIGN, OTHER, HOLDERS):
        styles.add_style(name, 2)
    styles[KIND].font.italic = True
    styles[LEGEND].font.size = Pt(9)
    styles[SIGN].font.bold = True
    styles[HOLDERS].font.superscript = True
    _language(styles.element, copy.versions[0].language)


def _font(style: Any) -> None:
    """Name the font in place of the theme's, for every script."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)


def _language(styles: Any, language: str) -> None:
    """Set the language of the whole document."""
    for lang in styles.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        lang.getparent().remove(lang)
    for properties in styles.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        properties.append(element("lang", val=language, eastAsia=language, bidi=language))


def set_frame(document: Document, copy: Copy) -> None:
    """Say state and audience above every page, hash and number of the page below."""
    section: Any = document.sections[0]
    head = section.header.paragraphs[0]
    head.text = f"{copy.sheet.state}\t\t{copy.sheet.audience}"
    foot = section.footer.paragraphs[0]
    foot.text = f"SHA-256 {copy.sheet.sha256}"
    before, _, rest = copy.words.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    number = section.footer.add_paragraph()
    number.alignment = 2
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        number.add_run(text)
        if field:
            number._p.append(field_of(field))
    for line in (head, foot, number):
        for run in line.runs:
            run.font.size = Pt(8)
