"""What is wrong with a file or a cell, and what our columns are called, in words."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concertation.commitments.enums import Stage
from concertation.commitments.events import FIELDS
from concertation.commitments.imports.cells import Wrong
from concertation.commitments.imports.faults import Fault

FAULTS: dict[Fault, Promise] = {
    Fault.NOT_A_TABLE: _("This is neither a CSV file nor an Excel workbook (.xlsx)."),
    Fault.OLD_FORMAT: _("This is an old Excel file, or one with a password. Save it as .xlsx without a password."),
    Fault.TOO_LARGE: _("This file is too large. A file has at most 3.5 MB; split it."),
    Fault.TOO_MANY_ROWS: _("This file has too many rows. A file has at most 10,000 rows; split it."),
    Fault.TOO_MANY_COLUMNS: _("This file has too many columns. A file has at most 100."),
    Fault.BROKEN: _("This file cannot be read; it may be damaged."),
    Fault.MACROS: _("This workbook holds macros. Save it as .xlsx without them."),
    Fault.LINKS: _("This workbook takes data from other files or servers. Save it with the values alone."),
    Fault.FORMULAS: _("Formulas are not evaluated here. Save the values alone. Formulas stand in these cells:"),
    Fault.EMPTY: _("This file has no rows below its headers."),
}
WRONG: dict[Wrong, Promise] = {
    Wrong.DAY: _("“%(text)s” is no day. Write it as 2026-03-31 or 31/03/2026."),
    Wrong.NUMBER: _("“%(text)s” is no number."),
    Wrong.AMBIGUOUS: _("“%(text)s” can be read in two ways. Write 1500 or 1.5."),
    Wrong.YES_OR_NO: _("“%(text)s” is neither yes nor no."),
}
LABELS: dict[str, str | Promise] = {
    **{name: FIELDS[name] for name in ("line", "phase", "capability", "quantity", "currency", "priority", "essential")},
    **{name: FIELDS[name] for name in ("area", "task", "needed_from", "needed_to", "title", "details", "low", "high")},
    **{name: FIELDS[name] for name in ("available_from", "available_to", "readiness", "tour", "rest", "due_on")},
    "expires_on": FIELDS["expires_on"],
    "approvals": FIELDS["approvals_needed"],
    "conditions": FIELDS["preconditions"],
    "earmark": FIELDS["earmark"],
    "names": FIELDS["names"],
    "is_essential": FIELDS["essential"],
    "amount": FIELDS["quantity"],
    "link": FIELDS["link"],
    "members": FIELDS["parties"],
    "key": pgettext_lazy("column", "key"),
    "name_en": _("name in English"),
    "name_fr": _("name in French"),
    "announced": _("announced on"),
    "committed": _("committed on"),
    "delivered": _("quantity delivered so far"),
    "delivered_on": _("last delivered on"),
    "unit": _("unit"),
    "state": _("state"),
    **{f"is_{stage}": format_lazy("{}: {}", _("stage"), stage.label) for stage in Stage},
    "undisclosed_deliveries": _("deliveries of undisclosed quantity"),
    "approvals_missing": _("approvals missing"),
    "waiting": _("waits for"),
    "caveats": _("caveats"),
    "entry": FIELDS["fact"],
    "kind": _("what happened"),
    "happened_on": FIELDS["happened_on"],
    "member": _("by"),
    "approval": FIELDS["approval"],
    "until": FIELDS["until"],
    "corrects": FIELDS["corrects"],
    "reference": FIELDS["reference"],
    "evidence": FIELDS["evidence"],
    "wording": FIELDS["wording"],
}


def label_of(name: str) -> str:
    """Return what a column of ours is called."""
    return str(LABELS.get(name, name))
