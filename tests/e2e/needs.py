"""What the coalition of the example needs and is offered, for a plan: `python -m tests.e2e.needs` enters it once."""

import os
import subprocess
import sys
from typing import Any

import django

from tests.e2e.loaded import ROOT
from tests.e2e.server import Server


def enter_needs(server: Server) -> None:
    """Enter requirements, contributions and a scenario into the data of a running server."""
    subprocess.run([sys.executable, "-m", "tests.e2e.needs"], env=server.env, cwd=ROOT, check=True)


def main() -> None:
    """Enter them by the domain functions, as the heads of delegation and the secretariat."""
    from concertation.coalition.models import Delegate
    from concertation.commitments.domain.plans import Assumed, define_scenario
    from concertation.commitments.domain.requirements import state_requirement
    from concertation.commitments.enums import Approval
    from concertation.commitments.tests.factories import make_catalogue, make_contribution, need
    from concertation.core import clock

    heads = {head.member_id: head for head in Delegate.objects.filter(capacity="head").select_related("member")}
    clerk = Delegate.objects.filter(capacity="secretariat").first()
    assert clerk
    first = clock.now().date().replace(day=1)
    days: dict[str, Any] = {"needed_from": first, "needed_to": first.replace(year=first.year + 1)}
    make_catalogue()
    for capability, quantity, name in (
        ("role-2-hospital", 1, "Role 2 hospital"),
        ("combat-engineers", 2, "Combat engineers"),
        ("mine-countermeasures", 3, "Mine countermeasures"),
    ):
        is_essential = capability == "role-2-hospital"
        state_requirement(
            by=None, need=need(capability, quantity, names={"en": name}, is_essential=is_essential, **days)
        )
    offers: dict[str, Any] = {"available_from": first}
    make_contribution(heads["DE"], "combat-engineers", 1, title="Engineer company", **offers)
    make_contribution(heads["FR"], "combat-engineers", 1, title="Pioneer company", tour=4, rest=2, **offers)
    make_contribution(heads["IT"], "mine-countermeasures", None, title="Minehunters", **offers)
    parliament: dict[str, Any] = {"approvals": [Approval.PARLIAMENT], **offers}
    make_contribution(heads["DE"], "role-2-hospital", 1, title="Field hospital", **parliament)
    define_scenario(by=clerk, assumed=Assumed("As it stands", first, 12))
    define_scenario(by=clerk, assumed=Assumed("Parliaments agree", first, 12, approvals=[Approval.PARLIAMENT]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")
    django.setup()
    main()
