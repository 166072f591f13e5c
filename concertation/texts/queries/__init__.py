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
from concertation.texts.queries.stored import frozen_among, stored_updates
from concertation.texts.queries.texts import Line, Listing, list_texts, text_panel
from concertation.texts.queries.versions import Version, proposed_versions, versions_of

__all__ = [
    "Adoption",
    "Answer",
    "Line",
    "Listing",
    "Version",
    "adopted_by_clock_only",
    "adopted_form",
    "adopted_of",
    "adoption_of",
    "frozen_among",
    "list_texts",
    "members_that_agreed",
    "members_waited_for",
    "members_who_decide",
    "procedures_waiting_for",
    "proposed_versions",
    "public_text",
    "stored_updates",
    "text_panel",
    "versions_of",
]
