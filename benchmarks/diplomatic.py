"""Sentences as coalitions write them, put together from lists of our own; the same seed gives the same sentences."""

import random


def _lines(written: str) -> list[str]:
    """Return the lines that are written, without their margin."""
    return [line.strip() for line in written.strip().splitlines()]


ACTORS = _lines("""
    the members of the coalition
    the participating states
    the heads of state and government
    the co-chairs
    the ministers of defence
    the ministers for foreign affairs
    the secretariat
    the depositary
    the observers
    the national security advisers
    the chiefs of defence staff
    the contributing members
    the host nation
    the monitoring mission
    the contact group
    the working group on air defence
    the partners
""")
ACTS = _lines("""
    reaffirm their commitment to
    welcome the progress made in
    call for the immediate conclusion of
    stand ready to contribute to
    will provide without delay the means for
    express their grave concern about
    undertake to finance
    take note of the report on
    agree to review every six months
    condemn any obstruction of
    encourage all partners to support
    decide to establish a mechanism for
    request a written assessment of
    recall their earlier decisions on
    underline the importance of
    will notify in due time every change to
""")
OBJECTS = _lines("""
    an immediate and unconditional ceasefire
    the protection of the civilian population
    the exchange of prisoners of war
    the safe passage of grain and fertiliser
    the repair of the energy grid
    the clearance of mines and unexploded ordnance
    the training of mechanised brigades
    the supply of interceptor missiles
    the return of deported children
    the security guarantees after a ceasefire
    the monitoring of the line of contact
    the freedom of navigation
    the deployment of the multinational force
    the delivery of artillery ammunition
    the use of immobilised assets
    the coordination of sanctions against evasion
    the safety of the nuclear power plant
    the medical evacuation of wounded
    the maintenance of armoured vehicles
    the verification of incidents by independent observers
""")
WHERE = _lines("""
    in the Black Sea
    along the line of contact
    on the territory of the host nation
    in the eastern regions
    at sea, in the air and on land
    in the ports of Odesa and Mykolaiv
    in Zaporizhzhia
    near Kharkiv
    around Kherson
    in the airspace of the northern corridor
    on both banks of the Dnipro
    within the area of responsibility
""")
HOW = _lines("""
    in full respect of international law
    in accordance with the Charter of the United Nations
    subject to the approval of the national parliaments
    without prejudice to the position of any member
    on the basis of equal burden-sharing
    within the limits of available resources
    as a matter of urgency
    under the command of the joint headquarters
    in close consultation with the government concerned
    with due regard to the neutrality of the observers
    pending the conclusion of a comprehensive settlement
    at the request of the secretariat
""")
MEASURES = _lines("""
    battalions
    patrol vessels
    radar stations
    field hospitals
    generators
    transformers
    observers
    drones
""")
MONTHS = _lines("""
    January
    February
    March
    April
    May
    June
    July
    August
    September
    October
    November
    December
""")
SYNONYMS = {
    "immediate": "prompt",
    "will": "shall",
    "support": "assist",
    "decide": "resolve",
    "underline": "stress",
    "importance": "significance",
    "mechanism": "procedure",
    "members": "parties",
    "grave": "deep",
    "welcome": "commend",
    "request": "invite",
    "agree": "consent",
}


class Diplomat:
    """Writes paragraphs, and edits them as others would."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)

    def sentence(self) -> str:
        """Return one sentence of some twenty to thirty words."""
        pick = self.random.choice
        words = f"{pick(ACTORS)} {pick(ACTS)} {pick(OBJECTS)} {pick(WHERE)}, {pick(HOW)}"
        chance = self.random.random()
        if chance < 0.4:
            words += f", by {self.random.randint(1, 28)} {pick(MONTHS)} {self.random.randint(2024, 2027)}"
        elif chance < 0.7:
            words += f", with {self.random.randint(2, 400)} {pick(MEASURES)}"
        return words[0].upper() + words[1:] + "."

    def paragraph(self) -> str:
        """Return one to three sentences."""
        return " ".join(self.sentence() for _ in range(self.random.choice((1, 2, 2, 3))))

    def edited(self, words: str, edits: int) -> str:
        """Return `words` after so many small edits: a word changed, dropped or added, case, punctuation."""
        found = words.split()
        for _ in range(edits):
            at = self.random.randrange(len(found))
            match self.random.choice(("change", "drop", "add", "case", "punctuation")):
                case "change":
                    found[at] = SYNONYMS.get(found[at], self.random.choice(("further", "relevant", "respective")))
                case "drop" if len(found) > 3:
                    del found[at]
                case "add":
                    found.insert(at, self.random.choice(("fully", "jointly", "also", "further")))
                case "case":
                    found[at] = found[at].upper()
                case _:
                    found[at] = found[at].strip(",.") + ";"
        return " ".join(found)

    def part(self, words: str, count: int) -> str:
        """Return `count` words of `words` that stand together."""
        found = words.split()
        start = self.random.randrange(max(1, len(found) - count + 1))
        return " ".join(found[start : start + count])
