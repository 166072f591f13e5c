"""The integer program of one gap: who could serve one requirement, by which acts, and what others would lose by it."""

from collections import defaultdict
from dataclasses import replace
from time import monotonic

from concertation.commitments.plan.draft import Draft, Stint, rounded
from concertation.commitments.plan.ground import Floats, Ground
from concertation.commitments.plan.highs import INFINITY, Answer, Effort, Program
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.relax import Acts, Relaxation, acts_for

MANY = 600  # tours for the requirement, beyond which a good solution is looked for among the CHEAPEST first
CHEAPEST = 100
NONE: Acts = frozenset()
NOTHING = Answer(None, INFINITY, 0.0, proven=True)
Terms = list[tuple[int, float]]


class GapProgram:
    """What `draft` lets others do stays; what serves `requirement` is planned anew.

    With `acts`, contributions may do what only an act allows. With `moves`, they may be taken from what they do
    elsewhere, as it is now, tour by tour and month by month; nobody is sent anywhere else.
    """

    def __init__(self, draft: Draft, requirement: int, *, acts: bool, moves: bool) -> None:
        self.ground: Ground = draft.ground
        self.requirement, self.needed = requirement, draft.ground.requirements[requirement]
        self.program = Program()
        self.acts: dict[Relaxation, int] = {}
        self.stints: dict[int, tuple[int, Stint]] = {}
        self.gifts: dict[int, tuple[int, int, int]] = {}
        self.short: list[int] = []
        self.lost: dict[int, float] = {}
        self.answer = NOTHING
        self._moves = moves
        self._fills: dict[int, Terms] = defaultdict(list)
        self._elsewhere: dict[tuple[int, int], Terms] = defaultdict(list)
        self.stays = self._freed(draft)
        for place, contribution in enumerate(self.ground.contributions):
            if options := list(acts_for(self.ground.problem, contribution, self.needed)):
                allowed = [(month, needs) for month, needs in options if acts or not needs]
                add = self._add_unit if contribution.form is Form.UNIT else self._add_divisible
                add(draft, place, allowed)
        self._add_needs()

    def _freed(self, draft: Draft) -> Draft:
        """Return `draft` without what serves the requirement, and with `moves` without all that its servants do."""
        stays = Draft(self.ground, draft.plan())
        for place, contribution in enumerate(self.ground.contributions):
            if not contribution.suits(self.needed):
                continue
            if contribution.form is Form.UNIT:
                for stint in stays.recall(place):
                    if stint[0] != self.requirement and not self._moves:
                        stays.serve(place, stint)
        for (place, requirement, month), amount in list(stays.shares.items()):
            suits = self.ground.contributions[place].suits(self.needed)
            if suits and (requirement == self.requirement or self._moves):
                stays.give(place, requirement, month, -amount)
                del stays.shares[place, requirement, month]
        return stays

    def _add_unit(self, draft: Draft, unit: int, options: list[tuple[int, Acts]]) -> None:
        contribution, spans = self.ground.contributions[unit], []
        needed: dict[int, Acts] = defaultdict(frozenset)
        for start, needs in options:
            for end in range(start + 1, min(start + contribution.tour, self.needed.end, contribution.end) + 1):
                if self.stays.busy[unit, start:end].any():
                    break
                column = self._add_stint(unit, (self.requirement, start, end))
                needed[column] = needs
                spans.append((column, start, end + contribution.rest))
                for month in range(start, end):
                    self._fills[month].append((column, float(contribution.strength)))
        for stint in draft.stints[unit] if self._moves else ():
            if stint[0] != self.requirement:
                column = self._add_stint(unit, stint)
                spans.append((column, stint[1], stint[2] + contribution.rest))
                for month in range(stint[1], stint[2]):
                    self._elsewhere[stint[0], month].append((column, float(contribution.strength)))
        for month in sorted({start for _, start, _ in spans}):
            at_once = [(column, 1.0) for column, start, end in spans if start <= month < end]
            self.program.add_row(at_once, upper=1.0)
            for act in sorted({act for column, _ in at_once for act in needed[column]}):
                self._tie(act, [term for term in at_once if act in needed[term[0]]], 1.0)

    def _add_stint(self, unit: int, stint: Stint) -> int:
        column = self.program.add_column(1.0, whole=True)
        self.stints[column] = (unit, stint)
        return column

    def _tie(self, act: Relaxation, terms: Terms, most: float) -> None:
        """Let the sum of `terms`, at most `most`, be more than 0 only if `act` is done."""
        if act not in self.acts:
            self.acts[act] = self.program.add_column(1.0, whole=True)
        self.program.add_row([*terms, (self.acts[act], -most)], upper=0.0)

    def _add_divisible(self, draft: Draft, place: int, options: list[tuple[int, Acts]]) -> None:
        once = self.ground.contributions[place].form is Form.STOCK
        by_month: dict[int, Terms] = defaultdict(list)
        seen: set[Acts] = set()
        for month, needs in options:
            if not once or not any(known <= needs for known in seen):
                column = self._add_gift((place, self.requirement, month), int(self.stays.left[place, month]), needs)
                self._fills[self.ground.column(self.requirement, month)].append((column, 1.0))
                by_month[0 if once else month].append((column, 1.0))
            seen.add(needs)
        for (giver, requirement, month), amount in draft.shares.items() if self._moves else ():
            if giver == place and requirement != self.requirement:
                column = self._add_gift((place, requirement, month), amount, NONE)
                self._elsewhere[requirement, self.ground.column(requirement, month)].append((column, 1.0))
                by_month[0 if once else month].append((column, 1.0))
        for month, terms in by_month.items():
            self.program.add_row(terms, upper=self.stays.left[place, month] / self._piece)

    @property
    def _piece(self) -> int:
        """What 1 stands for in the columns of divisible goods: cents would be too many."""
        return self.needed.quantity if self.needed.form is Form.STOCK else 1

    def _add_gift(self, gift: tuple[int, int, int], most: int, needs: Acts) -> int:
        upper = most / self._piece
        column = self.program.add_column(upper, whole=self._piece == 1)
        self.gifts[column] = gift
        for act in sorted(needs):
            self._tie(act, [(column, 1.0)], upper)
        return column

    def _add_needs(self) -> None:
        for month in range(self.needed.start, self.needed.start + 1 if self._stock else self.needed.end):
            self.short.append(self._add_need(self.requirement, month, self._fills[month]))
        for (requirement, month), terms in sorted(self._elsewhere.items()):
            self.lost[self._add_need(requirement, month, terms)] = float(self.ground.price[requirement]) * self._piece

    @property
    def _stock(self) -> bool:
        return self.needed.form is Form.STOCK

    def _add_need(self, requirement: int, month: int, terms: Terms) -> int:
        lacking = self.stays.missing(requirement, month) / self._piece
        column = self.program.add_column(lacking)
        self.program.add_row([*terms, (column, 1.0)], lower=lacking)
        return column

    def minimise(self, cost: dict[int, float], effort: Effort) -> None:
        """Make `cost` small without letting go of what was made small before; `answer` is the best that was found.

        Raises:
            TimeoutError: nothing was found, now or before.
        """
        began, before = monotonic(), self.answer
        near = self._near(cost, before.solution, effort)
        start = None if near is None else {n: round(near[n]) for n, whole in enumerate(self.program.whole) if whole}
        found = self.program.minimise(cost, effort.left(began), start)
        if found.solution is None and before.solution is None:
            raise TimeoutError(f"no answer on {self.needed.id} in the effort given")
        if found.solution is None:
            self.answer = replace(before, solution=before.solution if near is None else near, proven=False)
            return
        self.answer = replace(found, proven=found.proven and before.proven)
        self.program.add_row(cost.items(), upper=found.value + 1e-7 * max(1.0, found.value))

    def _near(self, cost: dict[int, float], before: Floats | None, effort: Effort) -> Floats | None:
        """Return a good solution of a large program, found among the tours for the requirement that seem best.

        Those are what `before`, the solution at the last cost, and the linear program take, and the cheapest besides;
        of equally cheap ones the longest. None if the program is small, or there was no time.
        """
        tours = [(n, end - start) for n, (_, (place, start, end)) in self.stints.items() if place == self.requirement]
        if before is None or not self._moves or len(tours) <= MANY:
            return None
        values, reduced = self.program.relaxed(cost)
        rest = sorted((round(reduced[n], 6), -months, n) for n, months in tours if before[n] < 0.5 and values[n] < 1e-6)
        return self.program.minimise(cost, effort, none_of=[n for _, _, n in rest[CHEAPEST:]]).solution

    def drafted(self) -> Draft:
        """Return the draft that the answer stands for; ask only after something was made small."""
        solution = self.answer.solution
        assert solution is not None
        draft = Draft(self.ground, self.stays.plan())
        for column, (unit, stint) in self.stints.items():
            if solution[column] > 0.5:
                draft.serve(unit, stint)
        for column, gift in self.gifts.items():
            if (amount := rounded(draft, gift, solution[column] * self._piece, self._piece)) > 0:
                draft.give(*gift, amount)
        return draft
