"""Short words that people type: titles, names, sentences."""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.utils.translation import get_language

from concertation.core.errors import BadLink, TooLong

LINK_LENGTH = 600
TEXT_LENGTH = 4_000

BREAKS = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Controls, and marks that reverse or hide what stands after them; joiners stay, since scripts need them.
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def one_line(text: str) -> str:
    """Return `text` in NFC on one line: spaces and breaks become one space, no-break spaces stay.

    Characters that cannot be seen and could make a title read otherwise are dropped.
    """
    return BREAKS.sub(" ", UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip(" ")


def prose(text: str) -> str:
    """Return `text` in NFC without characters that cannot be seen, each line break as “\n”, no blanks around it."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").replace("\r", "\n").strip()


def in_language(words: Mapping[str, str], language: str | None = None) -> str:
    """Return what `words` (by language code) says in `language`, by default the reader’s, else in English or any."""
    wanted = (language or get_language() or "en").split("-")[0]
    return words.get(wanted) or words.get("en") or next((word for word in words.values() if word), "")


def is_web_address(link: str) -> bool:
    """Say whether `link` is the address of a page that a browser may open without running anything."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, link))


def within(text: str, longest: int) -> str:
    """Return `text` if it has at most `longest` characters; raises TooLong."""
    if len(text) > longest:
        raise TooLong
    return text


def clean_line(text: str, longest: int) -> str:
    """Return `text` on one line in normal form; raises TooLong."""
    return within(one_line(text), longest)


def clean_prose(text: str, longest: int = TEXT_LENGTH) -> str:
    """Return `text` of several lines in normal form; raises TooLong."""
    return within(prose(text), longest)


def clean_link(link: str) -> str:
    """Return the address of a web page, or nothing; raises BadLink, TooLong."""
    link = within(link.strip(), LINK_LENGTH)
    if link and not is_web_address(link):
        raise BadLink
    return link
