"""Agreed language among 10,000 adopted paragraphs, beside its peers: `python -m benchmarks.agreed_language`.

On a fresh SQLite database, or on PostgreSQL by `DATABASE_URL`: a search as the page makes it, rights and results
included, in CPU time of this process. The same queries go to rapidfuzz over all paragraphs (`process.extract`) and to
FTS5 of SQLite (bm25), which only rank. “First” and “in five”: how often the paragraph that a query was made from came
first, or among five. Fifteen words stand in several paragraphs here, of which no search can name the one.
"""

import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.diplomatic import Diplomat

PARAGRAPHS, A_TEXT, QUERIES, PEER_QUERIES, FOUND = 10_000, 40, 200, 20, 5
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Query:
    """What is looked for, and the paragraph that it was made from."""

    words: str
    source: str


def main() -> None:
    """Make the paragraphs, index them, measure every search with every kind of query."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        writer = Diplomat()
        paragraphs = list(dict.fromkeys(writer.paragraph() for _ in range(PARAGRAPHS + 200)))[:PARAGRAPHS]
        _adopt(paragraphs)
        searches: dict[str, tuple[Search, int]] = {
            "concertation": (_ours(), QUERIES),
            "rapidfuzz over all": (_brute_force(paragraphs), PEER_QUERIES),
            "SQLite FTS5": (_full_text(paragraphs), QUERIES),
        }
        kinds = _queries(writer, paragraphs)
        print(f"{'query':<34}{'search':<20}{'CPU ms':>10}{'p95':>8}{'first':>8}{'in five':>9}")
        for kind, queries in kinds.items():
            for name, (search, count) in searches.items():
                print(
                    "{:<34}{:<20}{:>10.1f}{:>8.1f}{:>8.0%}{:>9.0%}".format(
                        kind, name, *_measure(search, queries[:count])
                    )
                )


def _queries(writer: Diplomat, paragraphs: Sequence[str]) -> dict[str, list[Query]]:
    """Return the queries of each kind."""
    sources = [writer.random.choice(paragraphs) for _ in range(QUERIES)]
    return {
        "paragraph, one edit": [Query(writer.edited(source, 1), source) for source in sources],
        "paragraph, three edits": [Query(writer.edited(source, 3), source) for source in sources],
        "15 words of it, one edit": [Query(writer.edited(writer.part(source, 15), 1), source) for source in sources],
        "8 words of it, as they stand": [Query(writer.part(source, 8), source) for source in sources],
        "3 words of it, as they stand": [Query(writer.part(source, 3), source) for source in sources],
    }


def _adopt(paragraphs: Sequence[str]) -> None:
    """Make adopted texts of the paragraphs, and print how long the index takes and how large it is."""
    from django.db import connection

    from concertation.texts.domain.agreed_index import index_missing
    from concertation.texts.models import AdoptedShingle
    from concertation.texts.tests.factories import make_adopted_quickly

    for start in range(0, len(paragraphs), A_TEXT):
        make_adopted_quickly({"en": paragraphs[start : start + A_TEXT]}, title=f"Declaration {start // A_TEXT + 1}")
    began = time.process_time()
    index_missing()
    took = time.process_time() - began
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
    words = sum(len(one.split()) for one in paragraphs)
    print(
        f"{len(paragraphs)} paragraphs, {words} words, {AdoptedShingle.objects.count()} rows, on {connection.vendor}:"
    )
    print(
        f"indexed in {took:.1f} s, {1000 * took * A_TEXT / len(paragraphs):.0f} ms for a text of {A_TEXT} paragraphs\n"
    )


def _ours() -> Search:
    """Return the search of the pages, for a head of delegation."""
    from concertation.texts.queries import find_agreed
    from tests.helpers.people import make_delegate

    delegate = make_delegate("FR")
    return lambda words: [found.paragraph.words for found in find_agreed(delegate, "en", words)]


def _brute_force(paragraphs: Sequence[str]) -> Search:
    """Return rapidfuzz over every paragraph, folded once as ours are."""
    from rapidfuzz import fuzz, process

    from concertation.texts.folding import folded

    choices = {words: folded(words) for words in paragraphs}
    return lambda words: [
        found[2] for found in process.extract(folded(words), choices, scorer=fuzz.partial_ratio, limit=FOUND)
    ]


def _full_text(paragraphs: Sequence[str]) -> Search:
    """Return SQLite's full-text search for any of the words, the best first."""
    from concertation.texts.folding import folded

    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE held USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')")
    database.executemany("INSERT INTO held VALUES (?)", [(words,) for words in paragraphs])

    def search(words: str) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in folded(words).split())
        rows = database.execute("SELECT words FROM held WHERE held MATCH ? ORDER BY rank LIMIT ?", (match, FOUND))
        return [row for (row,) in rows]

    return search


def _measure(search: Search, queries: Sequence[Query]) -> tuple[float, float, float, float]:
    """Return median and 95th percentile in ms, and how often the source came first, and among five."""
    times: list[float] = []
    first = among = 0
    search(queries[0].words)
    for query in queries:
        began = time.process_time()
        found = search(query.words)
        times.append(1000 * (time.process_time() - began))
        first += _holds(query, found[:1])
        among += _holds(query, found[:FOUND])
    times.sort()
    return statistics.median(times), times[int(0.95 * len(times))], first / len(queries), among / len(queries)


def _holds(query: Query, found: Sequence[str]) -> bool:
    """Say whether the source is among what was found; a part as it stands may come from any paragraph that has it."""
    if query.source in found:
        return True
    return query.words in query.source and any(query.words in one for one in found)


if __name__ == "__main__":
    main()
