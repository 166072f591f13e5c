"""The matrix of measures and members as a table to save."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concertation.core.tables import Cell, Column, Line, Table
from concertation.pressure.aligning import Said
from concertation.pressure.enums import Kind
from concertation.pressure.naming import cell_words, territory_name
from concertation.pressure.queries.alignment import Row
from concertation.pressure.queries.alignment import Table as Alignment


def matrix_table(alignment: Alignment) -> Table:
    """Return a row for each measure, a column for each member; each row says how many statements it leaves out."""
    columns = [
        Column("measure", _("Measure")),
        Column("identifier", _("Identifier")),
        Column("types", _("Types")),
        Column("territories", _("Territories")),
        Column("issuer", _("Issuer")),
        Column("basis", _("Legal basis")),
        *(Column(code, code) for code in alignment.codes),
        Column("hidden", _("Statements that are not for you")),
    ]
    head = [Line("date", _("As of"), alignment.day)]
    return Table(_("Members and measures"), columns, list(_rows(alignment)), head)


def _rows(alignment: Alignment) -> Iterator[list[Cell]]:
    words = {(said, own): cell_words(said, own=own) for said in Said for own in (True, False)}
    kinds = {kind.value: str(kind.label) for kind in Kind}
    for row in alignment.rows:
        measure = row.measure
        yield [
            measure.name,
            measure.catalogue_key or str(measure.pk),
            ", ".join(kinds[kind] for kind in measure.kinds),
            ", ".join(territory_name(code) for code in measure.territories),
            measure.issuer,
            measure.basis,
            *(words[row.said[code], _is_own(row, code)] for code in alignment.codes),
            row.hidden,
        ]


def _is_own(row: Row, code: str) -> bool:
    return code not in row.state or row.state[code].own
