"""The reservations that are kept with a text when it is adopted."""

from collections.abc import Mapping

from concertation.coalition.enums import Status
from concertation.texts import anchors
from concertation.texts.canonical import Reservation, document_of
from concertation.texts.enums import RemarkKind
from concertation.texts.models import Remark, Text
from concertation.texts.queries.remarks import span_of
from concertation.texts.queries.stored import stored_updates


def open_reservations(text: Text) -> list[Reservation]:
    """Return the reservations on `text` that nobody has withdrawn, in the order in which they were made.

    Each is about the words that it was made about, whatever stands in their place now. One of a member that left the
    coalition counts no longer, as its answer does not.
    """
    return [
        {
            "member": str(remark.member_id),
            "language": remark.language,
            "paragraph": paragraph,
            "words": "" if remark.is_whole else remark.words,
            "body": remark.body,
        }
        for remark, paragraph in placed_reservations(text)
    ]


def reservations_by_paragraph(text: Text) -> Mapping[str, set[str]]:
    """Return the codes of the members that have a reservation, by the id of the paragraph where its words are now."""
    found: dict[str, set[str]] = {}
    for remark, paragraph in placed_reservations(text):
        found.setdefault(paragraph, set()).add(str(remark.member_id))
    return found


def placed_reservations(text: Text) -> list[tuple[Remark, str]]:
    """Return the open reservations, each with the paragraph that its anchor is in, else the one that it was made on."""
    rows = text.remarks.filter(kind=RemarkKind.RESERVATION, closed_at=None).exclude(member__status=Status.LEFT)
    made = list(rows)
    languages = {remark.language for remark in made if not remark.is_whole}
    document = document_of(stored_updates(text.pk)) if languages else None
    places = {language: anchors.places_in(document, language) for language in languages if document}
    spans = [span_of(remark, places.get(remark.language, {})) for remark in made]
    return [(remark, span.paragraph if span else remark.paragraph) for remark, span in zip(made, spans, strict=True)]
