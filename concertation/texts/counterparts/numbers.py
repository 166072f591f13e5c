"""Numbers as they are written in each language: 1 000, 1,000 and 1.000 are one number, and so are 5 million and 5 Mio.

A value is (number, unit): the unit is “%”, a currency by its ISO code, or empty.
"""

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from concertation.texts.counterparts.found import Found, alternatives, take

Value = tuple[Decimal, str]

SPACES = " \u00a0\u2009\u202f"
LITERAL = r"\d{1,3}(?:[" + SPACES + r"]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,'’]\d+)*"
SCALES = {
    "en": {"thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "trillion": 12, "bn": 9},
    "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "billion": 12, "billions": 12},
    "uk": {
        **dict.fromkeys(("тисяча", "тисячі", "тисяч", "тис."), 3),
        **dict.fromkeys(("мільйон", "мільйони", "мільйонів", "мільйона", "млн"), 6),
        **dict.fromkeys(("мільярд", "мільярди", "мільярдів", "мільярда", "млрд"), 9),
    },
    "de": {"tausend": 3, "million": 6, "millionen": 6, "mio.": 6, "milliarde": 9, "milliarden": 9, "mrd.": 9},
    "it": {"mila": 3, "milione": 6, "milioni": 6, "miliardo": 9, "miliardi": 9},
}
UNITS = {
    "%": ["%", "percent", "per cent", "pour cent", "Prozent", "per cento", "відсотків", "відсотки", "відсотка"],
    "EUR": ["€", "EUR", "euros", "euro", "євро"],
    "USD": [
        "US$",
        "$",
        "USD",
        "US dollars",
        "dollars",
        "dollars américains",
        "доларів США",
        "доларів",
        "US-Dollar",
        "dollari",
    ],
    "GBP": ["£", "GBP", "pounds sterling", "pounds", "livres sterling", "фунтів стерлінгів", "Pfund", "sterline"],
    "UAH": ["₴", "UAH", "hryvnias", "hryvnia", "гривень", "гривні", "Hrywnja", "grivnie", "grivne"],
}
UNIT_OF = {sign.casefold(): unit for unit, signs in UNITS.items() for sign in signs}
BARE_ROMAN = re.compile(
    r"(?<![\w-])(?P<roman>X{1,3}(?:IX|IV|V?I{1,3}|V)|(?:IX|IV|V?I{2,3}|VI)|X{2,3})(?=(?:e|ème|º|°)?(?!\w))"
)
ROMAN = {"I": 1, "V": 5, "X": 10}
# From three on, and without those that are other words as well: French “neuf”, Italian “sei”.
WORDS = {
    "en": "three four five six seven eight nine ten eleven twelve",
    "fr": "trois quatre cinq six sept huit - dix onze douze",
    "uk": "три|трьох|трьома|трьом чотири|чотирьох|чотирьом п’ять|п’яти|п’ятьох шість|шести|шістьох сім|семи|сімох "
    "вісім|восьми дев’ять|дев’яти десять|десяти|десятьох одинадцять|одинадцяти дванадцять|дванадцяти",
    "de": "drei|dreier vier|vierer fünf sechs sieben acht neun zehn elf zwölf",
    "it": "tre quattro cinque - sette otto nove dieci undici dodici",
}


def read_numbers(words: str, language: str) -> tuple[list[Found], str]:
    """Return the numbers in digits, and the Roman ones from II on, in `words`, and `words` without them."""
    found, words = take(words, _pattern(language), lambda match: _value(match, language))
    roman, words = take(words, BARE_ROMAN, lambda match: (Decimal(_roman(match["roman"])), ""))
    return found + roman, words


def read_number_words(words: str, language: str) -> list[Found]:
    """Return the numbers from three to twelve that are written as words."""
    known = _number_words(language)
    if not known:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{alternatives(list(known))})(?!\w)", re.IGNORECASE)
    found, _rest = take(words.replace("'", "’"), pattern, lambda match: (known[match[0].casefold()], ""))
    return found


def number_of(literal: str, language: str) -> Decimal:
    """Return what a number in digits says in `language`.

    Two kinds of separators: the last one is of decimals. One kind, several times: of groups. Once: of decimals, unless
    it is the one by which the language groups and three digits follow.
    """
    digits = re.sub(rf"[{SPACES}'’]", "", literal)
    signs = re.findall("[.,]", digits)
    if not signs:
        return Decimal(digits)
    last = signs[-1]
    is_grouped = (len(set(signs)) == 1 and len(signs) > 1) or (
        len(signs) == 1 and last != _decimal_sign(language) and re.search(r"[.,]\d{3}$", digits) is not None
    )
    if is_grouped:
        return Decimal(re.sub("[.,]", "", digits))
    whole, _, rest = digits.rpartition(last)
    return Decimal(f"{re.sub('[.,]', '', whole)}.{rest}")


def _value(match: re.Match[str], language: str) -> Value:
    """Return what a number with its scale and unit says."""
    scale = 10 ** SCALES.get(language, {}).get((match["scale"] or "").casefold(), 0)
    sign = match["before"] or match["after"] or ""
    return (number_of(match["literal"], language) * scale).normalize(), UNIT_OF.get(sign.casefold(), "")


def _roman(numeral: str) -> int:
    """Return what a Roman numeral of I, V and X says."""
    values = [ROMAN[sign] for sign in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a number with what stands around it."""
    gap = f"[{SPACES}]"
    signs = [sign for sign in UNIT_OF if not sign[0].isalpha() or (sign.isascii() and len(sign) == 3)]
    scale = alternatives(list(SCALES.get(language, {}))) or "(?!)"
    return re.compile(
        rf"(?<![\w])(?:(?P<before>{alternatives(signs)}){gap}?)?(?<![\d])(?P<literal>{LITERAL})"
        rf"(?:{gap}?(?P<scale>{scale})(?!\w))?"
        rf"(?:{gap}?(?:d[’']|de{gap}|di{gap})?(?P<after>{alternatives(list(UNIT_OF))})(?!\w))?",
        re.IGNORECASE,
    )


@cache
def _decimal_sign(language: str) -> str:
    """Return the sign before decimals in `language`, by CLDR."""
    try:
        symbols = Locale(language).number_symbols
    except (UnknownLocaleError, ValueError):
        return "."
    return str(symbols.get("latn", symbols).get("decimal", "."))


@cache
def _number_words(language: str) -> dict[str, Decimal]:
    """Return the words for numbers from three on."""
    entries = WORDS.get(language, "").split()
    return {word: Decimal(at) for at, entry in enumerate(entries, 3) for word in entry.split("|") if word != "-"}
