"""Projects outside China: decided when the expected price covers the charge, then built at a speed that it sets."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import MAGNETS
from coercivity.market.inputs.figures import Figures
from coercivity.market.program.state import Appraisal, IndustryState
from coercivity.market.run.industry.appraisal import Appraiser, Expected
from coercivity.market.run.industry.money import GRANT, LOAN, OFFTAKE, PlantMoney, capital_charge
from coercivity.market.run.industry.plants import COMMITTED, MINE, STATUS_MONTH, UNDECIDED, YEAR, Plant
from coercivity.market.run.mechanisms import Committed
from coercivity.market.run.scenarios.policies import PriceFloor

BUILDING = "construction"
# What a unit of capacity is counted in, by stage; that of a mine in its ore.
_MAIN: Mapping[str, tuple[str, ...]] = {
    "magnet": MAGNETS,
    "magnet_smco": MAGNETS,
    "metal": ("met_NdPr",),
    "sep_light": ("ox_NdPr",),
    "sep_heavy": ("ox_Dy", "ox_Tb"),
    "recycling": ("ox_NdPr",),
}
TO_MAKERS = "contract_for_difference"


@dataclass(frozen=True, slots=True)
class Terms:
    """How owners decide and build.

    Attributes:
        hurdle: Return that they require, per year.
        years: Years over which an investment is earned back.
        lead: Months of work from decision to start, by stage.
        wait: Months in a row in which the margin must cover the charge.
        fast_from: Margin over charge from which work is hastened.
        fast: Work of a month that is hastened.
        slow_below: Margin over charge below which work is slowed down.
        slow: Work of a month that is slowed down.
    """

    hurdle: float
    years: float
    lead: Mapping[str, float]
    wait: int
    fast_from: float
    fast: float
    slow_below: float
    slow: float


def terms_of(figures: Figures) -> Terms:
    """Returns how owners decide and build."""
    separation = YEAR * figures.value("economics", "E080")
    magnet = figures.assumption("lead_magnet")
    return Terms(
        hurdle=figures.assumption("hurdle_rate"),
        years=figures.assumption("plant_life_years"),
        lead={
            "magnet": magnet,
            "magnet_smco": magnet,
            "metal": figures.assumption("lead_metal"),
            "sep_light": separation,
            "sep_heavy": separation,
            "recycling": figures.assumption("lead_recycling"),
            MINE: figures.assumption("lead_mine"),
        },
        wait=round(figures.assumption("months_to_decide")),
        fast_from=figures.assumption("fast_from"),
        fast=figures.assumption("fast_work"),
        slow_below=figures.assumption("slow_below"),
        slow=figures.assumption("slow_work"),
    )


class Projects:
    """Projects of a run that price decides or whose speed it sets.

    Source: equations 68 to 70 of docs/market.md.
    """

    def __init__(
        self,
        entries: Sequence[Plant],
        terms: Terms,
        investment: Mapping[str, float],
        money: Iterable[PlantMoney] = (),
        floors: Iterable[PriceFloor] = (),
        *,
        drawn: frozenset[str],
    ) -> None:
        """Selects the projects.

        Args:
            entries: All plants of the run.
            terms: How owners decide and build.
            investment: Investment by plant [M USD].
            money: Grants, loans and offtakes.
            floors: Price floors of the scenario.
            drawn: Capacities that some activity uses; a plant of another goes as tabulated.
        """
        self.terms = terms
        known = [e for e in entries if e.limit in drawn and e.stage in terms.lead and e.capacity_t > 0]
        self.open = [entry for entry in known if entry.status in UNDECIDED]
        self.building = [entry for entry in known if entry.status == BUILDING and entry.start > STATUS_MONTH]
        self.ids = frozenset(entry.id for entry in self.open)
        self.capacities = frozenset(entry.limit for entry in (*self.open, *self.building))
        self._investment = investment
        self._money: dict[str, list[PlantMoney]] = {}
        for each in money:
            self._money.setdefault(each.plant, []).append(each)
        self._floors = [floor for floor in floors if floor.kind == TO_MAKERS]
        mining = {entry.project for entry in known if entry.stage == MINE and entry.project}
        self._together: dict[str, list[Plant]] = {}
        for entry in (*self.building, *self.open):
            if entry.project in mining:
                self._together.setdefault(entry.project, []).append(entry)

    def after(self, done: Committed, before: IndustryState, appraiser: Appraiser) -> IndustryState:
        """Returns the projects after a month; closures as before.

        Args:
            done: The month.
            before: Projects and closures before it.
            appraiser: What plans expect of the capacities.
        """
        month = done.month
        if month < STATUS_MONTH:
            return before
        appraisals, decided = dict(before.appraisals), dict(before.decided_on)
        work, starts, covered = dict(before.work_left), dict(before.starts), dict(before.covered)
        for entry in self.building:
            if entry.id not in work and entry.id not in starts and entry.start > month:
                work[entry.id] = float(entry.start - month)
        left = dict(work)
        read: dict[tuple[str, float], Expected] = {}
        speed: dict[str, float] = {}
        for entry in (*self.building, *self.open):
            if entry.id in work:
                found = self.joint(entry, done, appraiser, read, left)
                speed[entry.id] = self.speed(found)
                if entry.id not in decided:
                    appraisals[entry.id] = found
                work[entry.id] = round_sig(work[entry.id] - speed[entry.id])
                starts.pop(entry.id, None)
                if speed[entry.id]:
                    starts[entry.id] = self._start(entry, month, work[entry.id] / speed[entry.id])
                if work[entry.id] <= 0:
                    del work[entry.id]
        ready: dict[str, list[Plant]] = {}
        gap: dict[str, float] = {}
        for entry in self.open:
            if entry.id in decided:
                continue
            found = self.joint(entry, done, appraiser, read, left)
            appraisals[entry.id] = found
            months = covered.pop(entry.id, 0)
            count = months + 1 if found.margin >= found.charge else 0
            if count:
                covered[entry.id] = count
            if count >= (1 if entry.status == COMMITTED else self.terms.wait):
                ready.setdefault(self._group(entry), []).append(entry)
                gap[entry.id] = found.charge - found.margin
        taken: set[str] = set()
        for _, entries in sorted(ready.items(), key=lambda each: (min(gap[e.id] for e in each[1]), each[0])):
            # One of a capacity at a time: the others wait until the plan shows what it adds.
            if taken & {entry.limit for entry in entries}:
                continue
            for entry in entries:
                taken.add(entry.limit)
                decided[entry.id] = month
                work[entry.id] = round_sig(self.work(entry))
                starts[entry.id] = self._start(entry, month, work[entry.id])
        covered = {name: n for name, n in covered.items() if name not in {e.id for e in self.open if e.limit in taken}}
        return IndustryState(
            decided_on=decided,
            work_left=work,
            speed=speed,
            starts=starts,
            covered=covered,
            appraisals=appraisals,
            closed=before.closed,
            idle=before.idle,
            reopening=before.reopening,
        )

    def _group(self, entry: Plant) -> str:
        """Returns what a plant is decided with: its project, if that also mines, or itself."""
        return f"project:{entry.project}" if entry.project in self._together else entry.id

    def joint(
        self,
        entry: Plant,
        done: Committed,
        appraiser: Appraiser,
        read: dict[tuple[str, float], Expected],
        work: Mapping[str, float],
    ) -> Appraisal:
        """Returns margin and charge of the project of a plant, per unit of that plant's capacity [USD/kg].

        A project that mines and separates counts as one: its ore earns for its separation. Any other plant counts
        alone.

        Args:
            entry: The plant.
            done: The month.
            appraiser: What plans expect of the capacities.
            read: What was read of this plan so far.
            work: Months of work left, of those that are decided.

        Source: equation 87 of docs/market.md.
        """
        parts = self._together.get(entry.project, [entry])
        each = [self.appraise(e, done, appraiser, read, work.get(e.id) or self.work(e)) for e in parts]
        if len(each) == 1:
            return each[0]
        masses = [part.capacity_t / entry.capacity_t for part in parts]
        margin = round_sig(total(mass * found.margin for mass, found in zip(masses, each, strict=True)))
        charge = round_sig(total(mass * found.charge for mass, found in zip(masses, each, strict=True)))
        return Appraisal(margin, charge, margin >= charge and any(found.funded for found in each))

    def work(self, entry: Plant) -> float:
        """Returns the months of work of a project from its decision on; a committed one is prepared already."""
        usual = self.terms.lead[entry.stage]
        return min(usual, max(entry.start - STATUS_MONTH, 1)) if entry.status == COMMITTED else usual

    @staticmethod
    def _start(entry: Plant, month: Month, months: float) -> Month:
        """Returns the first month of operation after more months of work, never before the tabulated one."""
        return max(month + 1 + math.ceil(max(months, 0.0)), entry.planned)

    def speed(self, found: Appraisal) -> float:
        """Returns the work of a month; 1 is normal.

        Source: equation 70 of docs/market.md.
        """
        if found.margin < 0:
            return 0.0
        if found.margin < self.terms.slow_below * found.charge:
            return self.terms.slow
        return self.terms.fast if found.margin >= self.terms.fast_from * found.charge and found.margin else 1.0

    def appraise(
        self,
        entry: Plant,
        done: Committed,
        appraiser: Appraiser,
        read: dict[tuple[str, float], Expected],
        lead: float,
    ) -> Appraisal:
        """Returns margin and charge of a project as expected after a month [USD/kg].

        Args:
            entry: The project.
            done: The month.
            appraiser: What plans expect of the capacities.
            read: What was read of this plan so far.
            lead: Months of work left.

        Source: equations 68 and 69 of docs/market.md.
        """
        key = (entry.limit, lead)
        if key not in read:
            read[key] = appraiser.expected(done, entry.limit, lead, entrant=True)
        expected, month = read[key], done.month
        money = [each for each in self._money.get(entry.id, ()) if each.published <= month]
        spent = [each for each in money if each.kind in (GRANT, LOAN) and each.first <= month <= each.last]
        whole, years = self._investment[entry.id], self.terms.years
        bare = capital_charge(whole, entry, (), self.terms.hurdle, years)
        charge = capital_charge(whole, entry, spent, self.terms.hurdle, years)
        period = (month + expected.months[0], month + expected.months[1])
        plain = expected.margin
        room = done.update.drivers.capacity(entry.limit, period[1], month, done.before)
        margin = plain + self._from_floors(entry, expected, period, month, room)
        margin = self._with_offtakes(entry, expected, period, money, margin, charge)
        return Appraisal(round_sig(margin), round_sig(charge), margin >= charge and plain < bare)

    def _from_floors(
        self, entry: Plant, expected: Expected, period: tuple[Month, Month], month: Month, room: float
    ) -> float:
        """Returns what price floors of the region add to the margin [USD/kg]."""
        parts = []
        for floor in self._floors:
            made = expected.made.get(floor.good)
            if floor.region != entry.region or floor.published > month or made is None:
                continue
            share = _within(period, floor.first, floor.last)
            if floor.tonnes_a_year is not None:
                # Divided among all makers of the region.
                output = YEAR * (room + entry.capacity_t) * made[0]
                share *= min(floor.tonnes_a_year / output, 1.0)
            gain = floor.price - made[1]
            parts.append(share * made[0] * (gain if gain > 0 else floor.upside * gain))
        return total(parts)

    @staticmethod
    def _with_offtakes(
        entry: Plant,
        expected: Expected,
        period: tuple[Month, Month],
        money: Iterable[PlantMoney],
        margin: float,
        charge: float,
    ) -> float:
        """Returns the margin with the share under an offtake at its price, if that is higher [USD/kg]."""
        main = [expected.made[name] for name in _MAIN.get(entry.stage, expected.made) if name in expected.made]
        price = total(mass * each for mass, each in main)
        left, gains = 1.0, []
        for each in money:
            if each.kind == OFFTAKE:
                share = min(each.amount / (entry.capacity_t * YEAR) * _within(period, each.first, each.last), left)
                left -= share
                gain = charge - margin if each.price is None else each.price - price
                gains.append(share * max(gain, 0.0))
        return margin + total(gains)


def _within(period: tuple[Month, Month], first: Month, last: Month) -> float:
    """Returns the share of a period of months that lies between a first and a last one."""
    months = min(period[1], last) - max(period[0], first) + 1
    return max(months, 0) / (period[1] - period[0] + 1)
