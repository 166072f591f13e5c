"""What the editor draws over the words of a text: every part of negotiation adds its rows here, as JSON."""

from typing import Any

from concertation.coalition.models import Delegate
from concertation.texts.models import Text
from concertation.texts.queries.agreement import Matrix, matrix_of
from concertation.texts.queries.brackets import bracket_layer
from concertation.texts.queries.ledger import Ledger, ledger_now
from concertation.texts.queries.proposal_card import proposals_layer
from concertation.texts.queries.remarks import remarks_layer
from concertation.texts.queries.steps import steps_of
from concertation.texts.rules import abilities


def layer_of(text: Text, delegate: Delegate) -> dict[str, Any]:
    """Return the rows of a text from `visible_to(delegate)`, as the delegate may see them."""
    can, ledger = abilities(delegate, text), ledger_now(text)
    return {
        "state": text.state,
        "can": can,
        "member": delegate.member_id or "",
        "brackets": bracket_layer(text, delegate),
        "remarks": remarks_layer(text),
        "steps": _steps(text, ledger),
        "paragraphs": agreement_rows(matrix_of(text, delegate, ledger)),
        "proposals": proposals_layer(text, delegate),
    }


def agreement_rows(matrix: Matrix) -> dict[str, Any]:
    """Return who agrees each paragraph, by its id, as the editor shows it in the margin."""
    return {
        line.id: {
            "label": line.label,
            "sha256": line.sha256,
            "agreed": line.agreed,
            "of": len(line.standings),
            "mine": line.mine or "",
            "reopened": line.reopening is not None,
        }
        for line in matrix.lines
        if line.sha256
    }


def _steps(text: Text, ledger: Ledger) -> dict[str, Any]:
    """Return where the language versions are out of step, and which paragraphs have no counterpart, by language."""
    steps = steps_of(text, ledger)
    out = [
        {
            "paragraph": one.place.paragraph,
            "language": one.place.language,
            "cause": one.cause.language,
            "label": one.cause.label,
            "at": one.at.isoformat(),
            "by": list(one.authors.members or one.authors.names),
            "seen": one.seen,
        }
        for one in steps.out
    ]
    lonely = [
        {"paragraph": one.place.paragraph, "language": one.place.language, "without": list(one.without)}
        for one in steps.lonely
    ]
    return {"languages": steps.languages, "out": out, "lonely": lonely}
