"""Keeps the message catalogues of every app, with Babel, so that no gettext programs are needed.

`update` writes new messages into the .po files, `compile` makes the .mo files that Django reads,
`check` fails on a message that is missing, fuzzy, unused, loses a placeholder, or stands where none is found.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, extract, pofile
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "concertation"
LANGUAGES = ["fr"]
CONTEXT_FIRST = ((1, "c"), 2)
PLURAL_WITH_CONTEXT = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": CONTEXT_FIRST,
    "pgettext_lazy": CONTEXT_FIRST,
    "npgettext": PLURAL_WITH_CONTEXT,
    "npgettext_lazy": PLURAL_WITH_CONTEXT,
}
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"(?:_|n?p?gettext)\(\s*{LITERAL}(?:\s*,\s*(?:{LITERAL}|\w+))*\s*\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def apps() -> list[Path]:
    """Return the folders that hold an app of ours."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def sources(app: Path) -> Iterator[tuple[Path, str]]:
    """Give the app's Python files, and its templates turned into what a Python extractor reads."""
    for path in sorted(app.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path, path.read_text(encoding="utf-8")
    for path in sorted(p for p in app.rglob("templates/**/*") if p.suffix in {".html", ".txt"}):
        readable = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield path, "\n".join(CALL.findall(readable))


def wanted(app: Path) -> Catalog:
    """Return the catalogue of all messages of `app`, untranslated."""
    catalog = Catalog()
    for path, source in sources(app):
        found = extract.extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _line, message, comments, context in found:
            where = [(str(path.relative_to(ROOT)), 0)]
            catalog.add(message, None, where, auto_comments=comments, context=context)
    return catalog


def catalogue_file(app: Path, language: str) -> Path:
    """Return where the catalogue of `app` in `language` is kept."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """Return the catalogue in `path`, an empty one when there is none."""
    if not path.exists():
        return Catalog(locale=language, project="Concertation", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language, abort_invalid=True)


def update() -> list[str]:
    """Bring every catalogue in step with the code; new messages are left empty for a person to translate."""
    for app in apps():
        template = wanted(app)
        for language in LANGUAGES if len(template) else []:
            path = catalogue_file(app, language)
            catalog = read(path, language)
            made = catalog.creation_date
            catalog.update(template, no_fuzzy_matching=True)
            catalog.creation_date = made  # the moment of each update would only make conflicts
            catalog.obsolete.clear()
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                pofile.write_po(file, catalog, width=110, include_lineno=False, sort_output=False)
    return []


def compile_all() -> list[str]:
    """Make the binary catalogue beside each text one that is newer."""
    for path in PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, read(path, path.parts[-3]))
    return []


def check() -> list[str]:
    """Return a sentence for each fault of a catalogue, and for each message that no catalogue can have."""
    hidden = [fault for app in apps() for path, source in sources(app) for fault in hidden_in(path, source)]
    return hidden + [fault for app in apps() for language in LANGUAGES for fault in faults_of(app, language)]


def hidden_in(path: Path, source: str) -> Iterator[str]:
    """Give the messages within f-strings of a Python file, where the extractor does not look."""
    if path.suffix != ".py":
        return
    strings = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    for call in (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
            yield f"{path.relative_to(ROOT)}:{call.lineno}: take the message out of the f-string"


def faults_of(app: Path, language: str) -> Iterator[str]:
    """Give the faults of the catalogue of `app` in `language`."""
    path = catalogue_file(app, language)
    template, catalog = wanted(app), read(path, language)
    for message in template:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        found = catalog.get(key, message.context)
        if found is None or not all([found.string] if isinstance(found.string, str) else found.string or [""]):
            yield f"{path.relative_to(ROOT)}: “{key}” is not translated"
        elif found.fuzzy:
            yield f"{path.relative_to(ROOT)}: “{key}” is fuzzy"
        elif isinstance(found.string, str) and placeholders(found.string) != placeholders(key):
            yield f"{path.relative_to(ROOT)}: “{key}” has other placeholders in translation"
    for message in catalog:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key and template.get(key, message.context) is None:
            yield f"{path.relative_to(ROOT)}: “{key}” is no longer used"


def placeholders(text: str) -> set[str]:
    """Return the placeholders of a message."""
    return set(PLACEHOLDER.findall(text))


def main() -> int:
    """Run the act named on the command line."""
    acts = {"update": update, "compile": compile_all, "check": check}
    if sys.argv[1:2] == [] or sys.argv[1] not in acts:
        print(__doc__)
        return 2
    settings.configure(USE_I18N=False)
    faults = acts[sys.argv[1]]()
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
