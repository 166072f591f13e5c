"""Plain values as TOML, in the form in which a person would write it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import tomlkit
from tomlkit.items import AoT, Float, InlineTable, Item, String, StringType, Table, Trivia

Value = str | bool | int | Decimal | date | datetime | None | Sequence["Value"] | Mapping[str, "Value"]
WIDE = 160
_NOT_LITERAL = re.compile(r"'''|'\Z|[\x00-\x08\x0b-\x1f\x7f]")


def write_toml(content: Mapping[str, Value]) -> str:
    """Return `content` as a TOML document; empty values and None are left out."""
    document = tomlkit.document()
    for key, value in content.items():
        if _says_something(value):
            document.add(key, _table(value) if isinstance(value, Mapping) else _item(value))
    return tomlkit.dumps(document)


def _says_something(value: Value) -> bool:
    """Say whether a value is worth a line; false and zero are."""
    return value is not None and value != "" and value != [] and value != {}


def _item(value: Value) -> Item:
    """Return any value as TOML."""
    if isinstance(value, Mapping):
        return _table(value) if _is_wide(value) else _inline(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Sequence) and any(isinstance(row, Mapping) for row in value):
        return _tables(value)
    return tomlkit.item(value)


def _is_wide(value: Mapping[str, Value]) -> bool:
    """Say whether a mapping is too wide for one line."""
    return sum(len(str(part)) for part in value.values()) > WIDE


def _inline(value: Mapping[str, Value]) -> InlineTable:
    """Return a mapping on one line, with a blank inside of its braces."""
    words = ", ".join(
        f"{tomlkit.key(key).as_string()} = {tomlkit.item(part).as_string()}" for key, part in value.items()
    )
    parsed = tomlkit.value(f"{{ {words} }}")
    assert isinstance(parsed, InlineTable)
    return parsed


def _table(value: Mapping[str, Value]) -> Table:
    """Return a mapping as a table: what fits a line first, the tables below it after that."""
    table = tomlkit.table()
    items = {key: _item(part) for key, part in value.items() if _says_something(part)}
    for key, item in sorted(items.items(), key=lambda pair: isinstance(pair[1], Table | AoT)):
        table.add(key, item)
    return table


def _tables(rows: Sequence[Value]) -> AoT:
    """Return a list of tables."""
    tables = tomlkit.aot()
    for row in rows:
        if isinstance(row, Mapping):
            tables.append(_table(row))
    return tables


def _number(value: Decimal) -> Item:
    """Return a number with all of its digits, a whole one without a point."""
    if value == value.to_integral_value():
        return tomlkit.item(int(value))
    return Float(float(value), Trivia(), f"{value.normalize():f}")


def _string(value: str) -> Item:
    """Return text; several lines stand as they are where TOML allows it."""
    if "\n" not in value or _NOT_LITERAL.search(value):
        return tomlkit.string(value, multiline="\n" in value)
    return String(StringType.MLL, value, "\n" + value, Trivia())
