"""The ledger of paragraphs is kept here. It mirrors the stored updates, so it leaves no entry in the record."""

from collections import Counter
from uuid import UUID

from django.db import transaction

from concertation.core import live
from concertation.texts.following import Step
from concertation.texts.models import Agreement, FollowedText, LanguageVersion, ParagraphOrder, ParagraphVersion
from concertation.texts.parts import WORDS, Part, topics_of
from concertation.texts.queries.ledger import Changes, Ledger, load_ledger, missing_steps


class _Overtaken(Exception):
    """Somebody else followed the same updates first."""


def follow_paragraphs(*, text_id: UUID) -> bool:
    """Bring the ledger of a text up to its stored updates, and say whether anything was to be done.

    Several may follow at once: who comes second finds that it was done. The document is read outside of any
    transaction that the caller has not begun, so that nobody waits for it.
    """
    has_moved = False
    while True:
        languages = LanguageVersion.objects.filter(text_id=text_id).values_list("language", flat=True)
        ledger = load_ledger(text_id, list(languages))
        try:
            for step in missing_steps(ledger):
                _write(ledger, step)
                has_moved = True
        except _Overtaken:
            continue
        return has_moved


def rebuild_paragraphs(*, text_id: UUID) -> None:
    """Make the ledger of a text anew from all its stored updates."""
    FollowedText.objects.filter(pk=text_id).update(languages=[])
    follow_paragraphs(text_id=text_id)


@transaction.atomic
def _write(ledger: Ledger, step: Step) -> None:
    """Store what a step changes; raises _Overtaken when the stored ledger is not where `ledger` is."""
    _claim(ledger, step)
    followed = ledger.sequence
    versions, orders = ledger.take(step)
    if step.grows:
        rows = {"text_id": ledger.text_id, "sequence": followed}
        ParagraphVersion.objects.filter(**rows).update(sequence=step.sequence, at=step.group.at)
        ParagraphOrder.objects.filter(**rows).update(sequence=step.sequence)
    _store(ParagraphVersion, versions, ["block", "sha256"])
    _store(ParagraphOrder, orders, ["paragraphs"])
    if not ledger.is_new and (parts := _parts_that_changed(ledger, versions, orders)):
        live.announce(*topics_of(ledger.text_id, parts))


def _claim(ledger: Ledger, step: Step) -> None:
    """Move the mark of how far the ledger follows, if it still is where it was; raises _Overtaken."""
    if ledger.sequence == 0:
        _begin(ledger)
    group = step.group
    mark = FollowedText.objects.filter(pk=ledger.text_id, sequence=ledger.sequence, languages=ledger.languages)
    if not mark.update(sequence=step.sequence, since=group.since, at=group.at, authors=list(group.authors)):
        raise _Overtaken


def _begin(ledger: Ledger) -> None:
    """Begin the ledger of a text, or begin it anew for other languages than it had."""
    mark, _ = FollowedText.objects.select_for_update().get_or_create(
        pk=ledger.text_id, defaults={"languages": ledger.languages}
    )
    if mark.languages != ledger.languages:
        ParagraphVersion.objects.filter(text_id=ledger.text_id).delete()
        ParagraphOrder.objects.filter(text_id=ledger.text_id).delete()
        FollowedText.objects.filter(pk=mark.pk).update(sequence=0, languages=ledger.languages)


def _store(model: type[ParagraphVersion | ParagraphOrder], changes: Changes, content: list[str]) -> None:
    """Write the changes of one kind of row; at every moment one row a key at most is current."""
    rows = model._default_manager
    if changes.removed:
        rows.filter(pk__in=[row.pk for row in changes.removed]).delete()
    if changes.ended:
        rows.filter(pk__in=[row.pk for row in changes.ended]).update(is_current=False)
    if changes.restored:
        rows.filter(pk__in=[row.pk for row in changes.restored]).update(is_current=True)
    if changes.revised:
        rows.bulk_update(changes.revised, content, batch_size=100)
    if changes.added:
        rows.bulk_create(changes.added, batch_size=100)


def _parts_that_changed(ledger: Ledger, versions: Changes, orders: Changes) -> frozenset[Part]:
    """Return the parts of the page that others see otherwise now, beside the words themselves."""
    if _concerns_others(ledger, versions):
        return WORDS
    has_moved = orders.added or orders.revised or orders.removed
    return frozenset({Part.AGREEMENT, Part.LANGUAGES, Part.LAYER}) if has_moved else frozenset()


def _concerns_others(ledger: Ledger, changes: Changes) -> bool:
    """Say whether a paragraph changed that has counterparts in another language, or that somebody agreed."""
    changed = {row.paragraph for row in (*changes.added, *changes.revised, *changes.removed)}
    versions = Counter(name for _language, name in ledger.versions)
    if any(versions[name] > 1 for name in changed):
        return True
    return Agreement.objects.filter(text_id=ledger.text_id, paragraph__in=changed).exists()
