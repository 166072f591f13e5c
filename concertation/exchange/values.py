"""The values of the load format: what a line, a key, a code, a number may be, whatever table it stands in."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator

from concertation.commitments.domain.checks import currencies
from concertation.core.languages import known_languages
from concertation.core.words import is_web_address
from concertation.core.zones import zones
from concertation.exchange.faults import unknown
from concertation.meetings.models import LONGEST_MEETING
from concertation.situation.enums import Verdict

UNDISCLOSED: Literal["undisclosed"] = "undisclosed"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def line(value: str) -> str:
    """Refuse what is not one visible line."""
    if value != value.strip() or not value or "\n" in value or _CONTROL.search(value):
        raise ValueError(_("This must be one line of text, not empty, without blanks around it."))
    return value


def prose(value: str) -> str:
    """Refuse text that is empty or holds control characters."""
    if not value.strip() or _CONTROL.search(value):
        raise ValueError(_("This must be text, not empty, without control characters."))
    return value


def draft(value: str) -> str:
    """Refuse control characters; a version may have no words yet."""
    if _CONTROL.search(value):
        raise ValueError(_("This must be text without control characters."))
    return value


def _key(value: str) -> str:
    """Refuse keys that would be hard to cite."""
    if not _KEY.fullmatch(value):
        raise ValueError(_("“%(value)s” is no key; use small letters, digits and single hyphens.") % {"value": value})
    return value


def _member_code(value: str) -> str:
    """Refuse what is neither a country's code nor in the form of an organisation's."""
    if not re.fullmatch(r"[A-Z]{2,8}", value):
        raise ValueError(_("“%(value)s” is no code; use two to eight capital letters.") % {"value": value})
    return value


def _zone(value: str) -> str:
    """Refuse zones that the IANA database does not know."""
    if value not in zones():
        raise ValueError(unknown(_("“%(value)s” is no time zone of the IANA database."), value, zones()))
    return value


def _language(value: str) -> str:
    """Refuse languages that have no code in ISO 639-1."""
    if value not in known_languages():
        raise ValueError(_("“%(value)s” is no language code of ISO 639-1.") % {"value": value})
    return value


def interface_language(value: str) -> str:
    """Refuse languages that the pages do not speak."""
    offered = dict(settings.LANGUAGES)
    if value not in offered:
        sentence = _("“%(value)s” is no language of the pages; choose one of %(choices)s.")
        raise ValueError(sentence % {"value": value, "choices": ", ".join(offered)})
    return value


def email(value: str) -> str:
    """Refuse what is no e-mail address."""
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(_("“%(value)s” is no e-mail address.") % {"value": value}) from None
    return value


def said(value: Verdict) -> Verdict:
    """Refuse the verdict that only corrects."""
    if value == Verdict.WITHDRAWN:
        sentence = _("“%(value)s” is not possible here; choose one of: %(choices)s.")
        choices = ", ".join(verdict.value for verdict in Verdict if verdict != Verdict.WITHDRAWN)
        raise ValueError(sentence % {"value": value.value, "choices": choices})
    return value


def web_address(value: str) -> str:
    """Refuse what a browser should not open."""
    if not is_web_address(value):
        raise ValueError(_("A link must begin with https:// or http://."))
    return value


def _english(value: dict[str, str]) -> dict[str, str]:
    """Refuse names without the English one, which stands in for every language that is missing."""
    if "en" not in value:
        raise ValueError(_("The English version, “en”, is missing."))
    return value


def moment_of(value: dt.datetime, zone: str) -> dt.datetime:
    """Return `value` in UTC, read in `zone` when it has no offset of its own."""
    local = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def is_one_moment(value: dt.datetime, zone: str) -> bool:
    """Say whether `value` names exactly one moment in `zone`; a clock change skips or repeats hours."""
    if value.tzinfo:
        return True
    local = value.replace(tzinfo=ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


def _currency(value: str) -> str:
    """Refuse what is no currency's code."""
    if value not in currencies():
        raise ValueError(_("“%(value)s” is no code of a currency.") % {"value": value})
    return value


def _number(value: object) -> Decimal:
    """Refuse what is no number; whole ones come as int, the others as Decimal."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(_("This must be a number."))
    return Decimal(value)


def _quantity(value: object) -> Decimal | str:
    """Refuse what is neither a number nor the word for a quantity that is not told."""
    if isinstance(value, str):
        if value != UNDISCLOSED:
            raise ValueError(_("This must be a number, or “undisclosed”."))
        return value
    return _number(value)


def known(quantity: Decimal | str | None) -> Decimal | None:
    """Return a quantity of a file as a figure, None for undisclosed."""
    return quantity if isinstance(quantity, Decimal) else None


Line = Annotated[str, Field(max_length=200), AfterValidator(line)]
Citation = Annotated[str, Field(max_length=600), AfterValidator(line)]
Key = Annotated[str, Field(max_length=64), AfterValidator(_key)]
Code = Annotated[str, AfterValidator(_member_code)]
Zone = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language)]
Names = Annotated[dict[Language, Line], AfterValidator(_english)]
Titles = Annotated[dict[Language, Line], Field(min_length=1)]
Prose = Annotated[
    dict[Language, Annotated[str, Field(max_length=2000), AfterValidator(prose)]], AfterValidator(_english)
]
Minutes = Annotated[int, Field(ge=1, le=LONGEST_MEETING)]
Number = Annotated[Decimal, PlainValidator(_number)]
Quantity = Annotated[Decimal | str, PlainValidator(_quantity)]
Currency = Annotated[str, AfterValidator(_currency)]
Keys = Annotated[list[Key], Field(max_length=20)]


class Table(BaseModel):
    """A TOML table: no key but those named, no value converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
