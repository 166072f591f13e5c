"""What the styles and the numbering of a Word document mean for a paragraph. No Django here."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from concertation.texts.exports.docx_parts import HOLDERS, KIND, LEGEND, LISTED, OTHER, SIGN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"(?:heading|überschrift|titre|titolo|заголовок)\s*([1-9])", re.IGNORECASE)
OUR_FRAME = frozenset({KIND, LEGEND})
OUR_SIGNS = frozenset({SIGN, OTHER, HOLDERS})
DEEPEST_CHAIN = 20
Look = Literal["b", "i", "vanish"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a numbering: which count, how deep, counted or marked by a bullet."""

    count: str
    level: int
    form: str

    @property
    def is_bullet(self) -> bool:
        """Whether it is not counted."""
        return self.form in {"bullet", "none"}


class Styles:
    """The styles by their ids; chains of styles are followed a bounded way."""

    def __init__(self, root: Any | None) -> None:
        found = [] if root is None else root.iterchildren(f"{W}style")
        self.by_id: dict[str, Any] = {str(style.get(f"{W}styleId", "")): style for style in found}

    @cached_property
    def default(self) -> str:
        """The id of the style of paragraphs that name none."""
        for key, style in self.by_id.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                return key
        return ""

    def name(self, key: str) -> str:
        """Return what a style is called."""
        style = self.by_id.get(key)
        named = None if style is None else style.find(f"{W}name")
        return "" if named is None else str(named.get(f"{W}val", ""))

    def chain(self, key: str) -> list[Any]:
        """Return the style and those that it is based on, itself first."""
        found: list[Any] = []
        while key in self.by_id and len(found) < DEEPEST_CHAIN:
            found.append(self.by_id[key])
            based = self.by_id[key].find(f"{W}basedOn")
            key = "" if based is None else str(based.get(f"{W}val", ""))
        return found

    def heading_level(self, key: str) -> int | None:
        """Return the level of a heading, 1 to 9, None for what is no heading."""
        for style in self.chain(key):
            if match := HEADING.fullmatch(self.name(str(style.get(f"{W}styleId", ""))).strip()):
                return int(match[1])
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None and str(outline.get(f"{W}val", "")) in set("012345678"):
                return int(outline.get(f"{W}val")) + 1
        return None

    def has_look(self, key: str, look: Look) -> bool:
        """Say whether a style of characters makes words look so."""
        for style in self.chain(key):
            switch = style.find(f"{W}rPr/{W}{look}")
            if switch is not None:
                return is_on(switch)
        return False


class Numbering:
    """The counts by their ids."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self.styles = styles
        self.forms: dict[tuple[str, int], str] = {}
        self.abstract: dict[str, str] = {}
        for levels in [] if root is None else root.iterchildren(f"{W}abstractNum"):
            for level in levels.iterchildren(f"{W}lvl"):
                form = level.find(f"{W}numFmt")
                number = (str(levels.get(f"{W}abstractNumId")), level_of(level.get(f"{W}ilvl")))
                self.forms[number] = "decimal" if form is None else str(form.get(f"{W}val", "decimal"))
        for instance in [] if root is None else root.iterchildren(f"{W}num"):
            of = instance.find(f"{W}abstractNumId")
            self.abstract[str(instance.get(f"{W}numId"))] = "" if of is None else str(of.get(f"{W}val"))

    def place(self, properties: Any | None, style: str) -> Place | None:
        """Return the place of a paragraph by its own properties, else by its style's; None without numbering."""
        sources = [] if properties is None else [properties]
        sources += [found for one in self.styles.chain(style) if (found := one.find(f"{W}pPr")) is not None]
        for source in sources:
            numbering = source.find(f"{W}numPr")
            if numbering is None:
                continue
            count, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
            number = "" if count is None else str(count.get(f"{W}val", ""))
            depth = 0 if level is None else level_of(level.get(f"{W}val"))
            if number not in self.abstract:
                return None
            return Place(number, depth, self._form(self.abstract[number], min(depth, 8)))
        return None

    def _form(self, abstract: str, depth: int) -> str:
        """Return how a level is counted; one that says nothing is like the one above it."""
        levels = range(depth, -1, -1)
        return next((self.forms[abstract, level] for level in levels if (abstract, level) in self.forms), "decimal")


def is_on(switch: Any) -> bool:
    """Say whether an element that switches a look switches it on."""
    return str(switch.get(f"{W}val", "true")) not in {"0", "false", "off", "none"}


def level_of(written: str | None) -> int:
    """Return a level as Word writes it, 0 for nonsense."""
    return int(written) if written and written.isdecimal() and len(written) < 6 else 0


__all__ = ["LISTED", "OUR_FRAME", "OUR_SIGNS", "Numbering", "Place", "Styles", "W", "is_on", "level_of"]
