"""Which columns an import knows, by which headers in English and French, and what a file's headers mean. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from concertation.commitments.imports.reading import folded


class Kind(StrEnum):
    """What the rows of a file are."""

    REQUIREMENTS = "requirements"
    CONTRIBUTIONS = "contributions"


_COMMON = {
    "key": ["key", "id", "identifier", "reference", "row", "clé", "identifiant", "référence"],
    "line": ["line", "line of effort", "effort", "axe", "ligne d’effort", "axe d’effort"],
    "phase": ["phase"],
    "capability": ["capability", "capability code", "capacité", "code de capacité"],
    "quantity": ["quantity", "number", "amount", "no of units", "qty", "quantité", "nombre", "montant"],
    "currency": ["currency", "monnaie", "devise"],
}
COLUMNS: Mapping[Kind, Mapping[str, list[str]]] = {
    Kind.REQUIREMENTS: {
        **_COMMON,
        "name_en": ["name", "requirement", "title", "name in english", "english name", "name en"],
        "name_fr": ["nom", "besoin", "intitulé", "name in french", "french name", "nom en français", "name fr"],
        "priority": ["priority", "priorité"],
        "essential": ["essential", "indispensable", "essentiel"],
        "area": ["area", "location", "place", "zone", "lieu"],
        "task": ["task", "tâche", "mission"],
        "needed_from": ["needed from", "from", "start", "begin", "du", "à partir du", "besoin à partir du", "début"],
        "needed_to": ["needed to", "to", "until", "end", "au", "jusqu’au", "besoin jusqu’au", "fin"],
    },
    Kind.CONTRIBUTIONS: {
        **_COMMON,
        "members": [
            "member",
            "offered by",
            "country",
            "donor",
            "countries",
            "membre",
            "pays",
            "donateur",
            "offert par",
        ],
        "title": ["title", "contribution", "what is offered", "offer", "titre", "intitulé", "offre", "objet"],
        "details": ["details", "description", "notes", "détails", "remarques"],
        "low": ["at least", "low", "minimum", "min", "au moins"],
        "high": ["at most", "high", "maximum", "max", "au plus"],
        "available_from": ["available from", "from", "start", "disponible à partir du", "disponible du", "du", "début"],
        "available_to": ["available to", "available until", "to", "until", "disponible jusqu’au", "au", "fin"],
        "readiness": ["notice to move", "notice to move in days", "readiness in days", "préavis", "préavis en jours"],
        "tour": ["tour", "tour in months", "rotation", "tour, in months", "durée de rotation", "mandat en mois"],
        "rest": ["rest", "rest in months", "rest, in months", "repos", "repos en mois"],
        "due_on": ["to be delivered by", "due on", "due", "deadline", "à livrer avant le", "échéance", "à livrer le"],
        "expires_on": ["pledge expires on", "expires on", "expires", "expiry", "expire le", "expiration"],
        "approvals": ["approvals needed", "approvals", "approvals required", "approbations", "accords nécessaires"],
        "conditions": ["only if", "conditions", "preconditions", "condition", "seulement si"],
        "announced": ["announced", "announced on", "date", "day", "annoncé le", "annonce"],
        "committed": ["committed", "committed on", "engagé le", "engagement"],
        "delivered": ["delivered", "quantity delivered", "livré", "quantité livrée"],
        "delivered_on": ["delivered on", "delivery date", "livré le", "date de livraison"],
        "link": ["source", "link", "url", "lien"],
    },
}
REQUIRED: Mapping[Kind, Sequence[str]] = {
    Kind.REQUIREMENTS: ("line", "phase", "capability", "quantity", "needed_from", "needed_to"),
    Kind.CONTRIBUTIONS: ("members", "title", "line", "capability", "available_from"),
}
IDENTIFYING: Mapping[Kind, Sequence[str]] = {
    Kind.REQUIREMENTS: ("name_en", "name_fr", "line", "phase", "capability", "area", "task"),
    Kind.CONTRIBUTIONS: ("members", "title", "line", "capability", "announced"),
}
Mapped = dict[str, int]  # column of ours -> place in the file


def known_headers(kind: Kind) -> frozenset[str]:
    """Return every header, folded, that is understood for rows of `kind`."""
    return frozenset(folded(header) for name, headers in COLUMNS[kind].items() for header in (name, *headers))


def guessed(kind: Kind, headers: Sequence[str], labels: Mapping[str, str] | None = None) -> Mapped:
    """Return which place of the file each column stands at, by its header; `labels` has the reader's own words too."""
    places = {folded(header): place for place, header in reversed(list(enumerate(headers))) if header}
    found: Mapped = {}
    for name, words in COLUMNS[kind].items():
        own = [labels[name]] if labels and name in labels else []
        place = next((places[folded(word)] for word in (name, *own, *words) if folded(word) in places), None)
        if place is not None and place not in found.values():
            found[name] = place
    return found
