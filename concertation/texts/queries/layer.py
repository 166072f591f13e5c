"""What the editor draws over the words of a text: every part of negotiation adds its rows here, as JSON."""

from typing import Any

from concertation.coalition.models import Delegate
from concertation.texts.models import Text
from concertation.texts.queries.agreement import Matrix, matrix_of
from concertation.texts.rules import abilities


def layer_of(text: Text, delegate: Delegate) -> dict[str, Any]:
    """Return the rows of a text from `visible_to(delegate)`, as the delegate may see them."""
    return {
        "can": abilities(delegate, text),
        "member": delegate.member_id or "",
        "paragraphs": agreement_rows(matrix_of(text, delegate)),
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
