"""Coalition: who belongs to it, and in which capacity."""

from django.apps import AppConfig
from django.utils.translation import get_language

from concertation.coalition.countries import country_name
from concertation.coalition.enums import Capacity, Figures, MemberKind, Status
from concertation.coalition.events import FIELDS, KINDS, SENTENCES
from concertation.record.events import name_actions, name_fields, name_kinds, name_values


def member_name(code: str) -> str:
    """Return how the record names the member `code`: a state by its name, an organisation by its code."""
    return country_name(code, get_language() or "en")


class CoalitionConfig(AppConfig):
    """Members, delegates, capacities."""

    name = "concertation.coalition"

    def ready(self) -> None:
        """Give the record the words for our acts."""
        name_actions(SENTENCES)
        name_kinds(KINDS)
        for kind in KINDS:
            name_fields(FIELDS, kind=kind)
        name_values({"member": member_name, "members": member_name})
        name_values(
            {
                "capacity": dict(Capacity.choices).get,
                "status": dict(Status.choices).get,
                "kind": dict(MemberKind.choices).get,
                "figures": dict(Figures.choices).get,
            }
        )
