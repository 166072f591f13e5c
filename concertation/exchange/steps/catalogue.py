"""The catalogue of capabilities, known by their codes, and rates of exchange, known by currency and day."""

from django.utils.translation import gettext as _

from concertation.commitments.catalogue import USUAL
from concertation.commitments.domain.catalogue import (
    Quote,
    change_capability,
    define_capability,
    enter_rates,
    retire_capability,
    take_usual_catalogue,
)
from concertation.commitments.domain.checks import clean_names
from concertation.commitments.models import Capability, Rate
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import CapabilityPart


def load_catalogue(file: CoalitionFile, report: Report) -> None:
    """Take the usual catalogue where the file does, and give the other capabilities the words of the file."""
    known = set(Capability.objects.values_list("pk", flat=True))
    if file.catalogue.usual and {capability.code for capability in USUAL} - known:
        report.added[Subject.CAPABILITY] += take_usual_catalogue(by=None)
    for index, part in enumerate(file.capabilities):
        with file.at("capabilities", index):
            row = Capability.objects.filter(pk=part.code).first()
            if row is None:
                facts = {"code": part.code, "names": part.names, "domain": part.domain, "form": part.form}
                define_capability(by=None, units=part.units, **facts)  # type: ignore[arg-type]
                report.added[Subject.CAPABILITY] += 1
            else:
                report.changed[Subject.CAPABILITY] += _change(row, part, report)


def _change(row: Capability, part: CapabilityPart, report: Report) -> bool:
    """Give a capability other words or another domain, and say whether anything differed."""
    if row.form != part.form or (row.retired_at is not None and not part.retired):
        sentence = _("The capability “%(code)s” stays as it is: how it is counted, and that it was retired, remains.")
        report.left.append(sentence % {"code": part.code})
        return False
    units = {} if row.is_money else clean_names(part.units)
    if (row.names, row.units, row.domain) == (clean_names(part.names), units, part.domain):
        return False
    change_capability(by=None, code=part.code, names=part.names, units=part.units, domain=part.domain)
    return True


def retire_capabilities(file: CoalitionFile, report: Report) -> None:
    """Retire what the file retires; last of all, because what is retired can be neither required nor offered."""
    for index, part in enumerate(file.capabilities):
        if part.retired and Capability.objects.current().filter(pk=part.code).exists():
            with file.at("capabilities", index):
                retire_capability(by=None, code=part.code)


def load_rates(file: CoalitionFile, report: Report) -> None:
    """Enter the rates that are not there, or are there with another figure or source."""
    said = {(row.currency, row.day): (row.per_euro, row.source) for row in Rate.objects.order_by("id")}
    for index, part in enumerate(file.rates):
        [source] = file.cited(part.sources)
        if said.get((part.currency, part.day)) != (part.per_euro, source):
            with file.at("rates", index):
                enter_rates(by=None, quotes=[Quote(part.currency, part.day, part.per_euro)], source=source)
            report.added[Subject.RATE] += 1
