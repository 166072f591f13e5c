"""Reads about texts, a module a subject."""

from concertation.texts.queries.adoption import (
    Adoption,
    Answer,
    adopted_by_clock_only,
    adopted_form,
    adopted_of,
    adoption_of,
    members_that_agreed,
    members_waited_for,
    members_who_decide,
    procedures_waiting_for,
    public_text,
)
from concertation.texts.queries.agreed_language import (
    Agreed,
    Reuse,
    citation,
    find_agreed,
    languages_of_agreed,
    reuse_in,
)
from concertation.texts.queries.remarks import Remarks, remark_spans, remarks_layer, remarks_of, thread_of
from concertation.texts.queries.reservations import open_reservations, reservations_by_paragraph
from concertation.texts.queries.stored import frozen_among, stored_updates
from concertation.texts.queries.texts import Line, Listing, list_texts, text_panel
from concertation.texts.queries.versions import Version, proposed_versions, versions_of

__all__ = [
    "Adoption",
    "Agreed",
    "Answer",
    "Line",
    "Listing",
    "Remarks",
    "Reuse",
    "Version",
    "adopted_by_clock_only",
    "adopted_form",
    "adopted_of",
    "adoption_of",
    "citation",
    "find_agreed",
    "frozen_among",
    "languages_of_agreed",
    "list_texts",
    "members_that_agreed",
    "members_waited_for",
    "members_who_decide",
    "open_reservations",
    "procedures_waiting_for",
    "proposed_versions",
    "public_text",
    "remark_spans",
    "remarks_layer",
    "remarks_of",
    "reservations_by_paragraph",
    "reuse_in",
    "stored_updates",
    "text_panel",
    "thread_of",
    "versions_of",
]
