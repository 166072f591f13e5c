"""`python -m benchmarks.announcements`: what one act on a text costs the server, in every window that shows the text.

CPU time of fetching each part of a text's page, for a head of delegation; then, for some acts, of what a window fetches
after it, and of all parts, as every window fetched them before each part had a topic of its own. Ten paragraphs in two
languages with a few brackets, proposals and remarks, made by the domain functions, in one process on a fresh SQLite
database, through every middleware.
"""

import statistics
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from benchmarks.pages import MEMBERS, cpu_ms, fresh_database

if TYPE_CHECKING:
    from concertation.coalition.models import Delegate

ROUNDS, WARM_UP = 40, 5
PARAGRAPHS = 10


def main() -> None:
    """Make the data, measure each part, print both tables."""
    with fresh_database():
        from concertation.texts.events import Act
        from concertation.texts.parts import EVERY, parts_of

        costs = _measure()
        print(f"{'part':<24}{'CPU ms, median':>16}")
        for part in sorted(EVERY):
            print(f"{part:<24}{costs[part]:>16.1f}")
        print(f"\n{'after':<24}{'ms a window':>16}{f's for {len(MEMBERS.split())}':>12}")
        acts = {
            "a remark": Act.COMMENTED,
            "a proposal": Act.CHANGE_PROPOSED,
            "an agreement": Act.PARAGRAPHS_AGREED,
            "a bracket": Act.BRACKET_PLACED,
            "an accepted proposal": Act.PROPOSAL_ACCEPTED,
            "any act, all parts": Act.PROPOSED,
        }
        for name, act in acts.items():
            window = sum(costs[part] for part in parts_of(act))
            print(f"{name:<24}{window:>16.1f}{window * len(MEMBERS.split()) / 1000:>12.1f}")


def _measure() -> dict[str, float]:
    """Return the median CPU time of each part, in milliseconds; of the state, of the three places that show it."""
    from django.urls import reverse

    from concertation.texts.parts import EVERY, Part
    from concertation.texts.views.pages import PARTS
    from tests.helpers.people import client_of, make_coalition, make_delegate

    make_coalition()
    heads = [make_delegate(code) for code in MEMBERS.split()]
    text = _make_text(heads)
    client = client_of(heads[3])
    client.defaults["HTTP_HOST"] = "localhost"
    places = {part: [(reverse(f"texts:{part}", args=[text]), "")] for part in EVERY - {Part.STATE}}
    places[Part.STATE] = [(reverse("texts:show", args=[text]), target) for target in PARTS]

    def cost(address: str, target: str) -> float:
        headers = {"HX-Request": "true", "HX-Target": target}
        times = [cpu_ms(lambda: client.get(address, headers=headers)) for _ in range(WARM_UP + ROUNDS)]
        return statistics.median(times[WARM_UP:])

    return {part: sum(cost(*place) for place in of) for part, of in places.items()}


def _make_text(heads: "list[Delegate]") -> UUID:
    """Return a draft in which delegations hold brackets, propose, remark and agree."""
    from concertation.texts.domain.agreement import agree_paragraphs
    from concertation.texts.domain.brackets import Passage, place_bracket
    from concertation.texts.domain.proposals import propose_change
    from concertation.texts.domain.remarks import Place, make_comment
    from concertation.texts.domain.texts import create_text
    from concertation.texts.models import Text
    from concertation.texts.queries.agreement import matrix_of
    from concertation.texts.tests.factories import TITLES, paragraph

    words = "The members will deploy a force on land, at sea and in the air once a ceasefire is in force."
    names = [f"paragraph{number}" for number in range(PARAGRAPHS)]  # ids have ten characters
    blocks = [paragraph(words, name) for name in names]
    text = create_text(by=None, titles=TITLES, languages=["en", "fr"], draft={"en": blocks, "fr": blocks}).pk
    for number, (head, name) in enumerate(zip(heads, names, strict=False)):
        place_bracket(by=head, text_id=text, key=uuid4(), passage=Passage("en", name, 12, 23, words[12:23]))
        make_comment(by=head, text_id=text, key=uuid4(), place=Place("en", name), body="When?")
        if number % 2:
            other = paragraph(words.replace("a force", "forces"))
            propose_change(by=head, text_id=text, language="en", paragraph=name, block=other)
    seen = {line.id: line.sha256 for line in matrix_of(Text.objects.with_state().get(pk=text), heads[0]).lines}
    for head in heads[PARAGRAPHS : PARAGRAPHS + 5]:
        agree_paragraphs(by=head, text_id=text, seen=seen)
    return text


if __name__ == "__main__":
    main()
