"""Commitments: what is required, what is contributed, what was delivered."""

from django.apps import AppConfig

from concertation.commitments.events import FIELDS, KINDS, SENTENCES, VALUES
from concertation.record.events import name_actions, name_fields, name_kinds, name_values


class CommitmentsConfig(AppConfig):
    """Requirements, contributions and the plan."""

    name = "concertation.commitments"

    def ready(self) -> None:
        """Give the record the words for our acts."""
        name_actions(SENTENCES)
        name_kinds(KINDS)
        for kind in KINDS:
            name_fields(FIELDS, kind=kind)
        name_values(VALUES)
