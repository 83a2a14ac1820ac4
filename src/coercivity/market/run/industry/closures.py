"""Capacity outside China that is idle closes, and reopens some months after its price covers its cost again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA, REGIONS
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Network
from coercivity.market.program.state import IndustryState
from coercivity.market.run.industry.appraisal import Appraiser
from coercivity.market.run.industry.money import OFFTAKE, PlantMoney
from coercivity.market.run.industry.plants import YEAR, Plant
from coercivity.market.run.mechanisms import Committed

STAGES = ("mine", "sep_light", "sep_heavy", "heavy_metal", "metal", "magnet", "magnet_smco", "recycling")


@dataclass(frozen=True, slots=True)
class ClosureTerms:
    """When capacity closes and reopens.

    Attributes:
        months: Months in a row for which a part is idle before it closes.
        usual_idle: Usual idle share, which does not close.
        least_margin: Worth of a unit from which makers would run it again [USD/kg].
        wait: Months in a row in which the expected worth must reach it.
        lead: Months from the decision to reopen to output.
    """

    months: int
    usual_idle: float
    least_margin: float
    wait: int
    lead: int


def closure_terms_of(figures: Figures) -> ClosureTerms:
    """Returns when capacity closes and reopens."""
    return ClosureTerms(
        months=round(figures.assumption("closure_months")),
        usual_idle=figures.assumption("usual_idle_share"),
        least_margin=figures.assumption("least_margin_abroad"),
        wait=round(figures.assumption("months_to_decide")),
        lead=round(figures.assumption("reopening_months")),
    )


def closing(network: Network) -> tuple[str, ...]:
    """Returns the capacities that can close: those of a stage in a region outside China, without spare ones."""
    found = []
    for name in sorted(network.limits):
        parts = name.split(":")
        if parts[0] in STAGES and parts[-1] in REGIONS and parts[-1] != CHINA:
            found.append(name)
    return tuple(found)


class Closures:
    """Closures of a run.

    Source: equation 71 of docs/market.md.
    """

    def __init__(
        self,
        network: Network,
        terms: ClosureTerms,
        entries: Iterable[Plant] = (),
        money: Iterable[PlantMoney] = (),
        undecided: frozenset[str] = frozenset(),
    ) -> None:
        """Finds the activities of each capacity that can close.

        Args:
            network: The network.
            terms: When capacity closes and reopens.
            entries: The plants.
            money: Money and offtakes; what a plant that runs sells under an offtake does not close.
            undecided: Ids of plants that start only once they are decided.
        """
        self.terms, self._undecided = terms, undecided
        known = {entry.id: entry for entry in entries}
        self._sold = [
            (known[each.plant], min(each.amount / YEAR, known[each.plant].capacity_t), each)
            for each in money
            if each.kind == OFFTAKE and each.plant in known
        ]
        users: dict[str, list[tuple[tuple[str, ...], float]]] = {name: [] for name in closing(network)}
        for activity in network.activities:
            for name, weight in activity.limits:
                if name in users:
                    users[name].append((activity.name, weight))
        self._users = {name: each for name, each in users.items() if each}

    @property
    def capacities(self) -> frozenset[str]:
        """The capacities that can close."""
        return frozenset(self._users)

    def after(self, done: Committed, industry: IndustryState, appraiser: Appraiser) -> IndustryState:
        """Returns the state with the closures after a month; projects as given.

        Args:
            done: The month.
            industry: The projects after the month, with the closures before it.
            appraiser: What plans expect of the capacities.
        """
        terms, month = self.terms, done.month
        reopening = {place: mass for place, mass in industry.reopening.items() if place[1] > month}
        closed = dict(industry.closed)
        for (name, when), mass in industry.reopening.items():
            if when <= month:
                _set(closed, name, closed.get(name, 0.0) - mass)
        covered, idle = dict(industry.covered), {}
        pending = {name for name, _ in reopening}
        for name, users in self._users.items():
            room = done.update.drivers.capacity(name, month, month, done.before)
            used = total(done.did_t[activity] * weight for activity, weight in users)
            share = round_sig(max(1 - used / room, 0.0)) if room > 0 else 0.0
            if share > terms.usual_idle:
                idle[name] = (*industry.idle.get(name, ()), share)[-terms.months :]
                if len(idle[name]) == terms.months:
                    more = (min(idle.pop(name)) - terms.usual_idle) * room
                    _set(
                        closed,
                        name,
                        closed.get(name, 0.0) + min(more, max(room - self._kept(name, month, industry), 0.0)),
                    )
                    covered.pop(name, None)
            if name in closed and name not in pending:
                worth = appraiser.expected(done, name, terms.lead).worth
                before = covered.pop(name, 0)
                count = before + 1 if worth >= terms.least_margin else 0
                if count >= terms.wait:
                    reopening[name, month + 1 + terms.lead] = closed[name]
                elif count:
                    covered[name] = count
        return replace(industry, closed=closed, idle=idle, reopening=reopening, covered=covered)

    def _kept(self, name: str, month: Month, industry: IndustryState) -> float:
        """Returns what of a capacity its plants that run sell under offtakes in a month [of its unit]."""
        return total(
            mass
            for entry, mass, each in self._sold
            if entry.limit == name and each.published <= month <= each.last and self._runs(entry, month, industry)
        )

    def _runs(self, entry: Plant, month: Month, industry: IndustryState) -> bool:
        """Returns whether a plant has started by a month: as its work goes, or as tabulated."""
        start = industry.starts.get(entry.id)
        if start is None:
            standing_still = entry.id in self._undecided or entry.id in industry.work_left
            return not standing_still and entry.start <= month
        return start <= month


def _set(closed: dict[str, float], name: str, mass: float) -> None:
    """Sets a closed capacity; nothing is left of what is within rounding."""
    closed[name] = round_sig(mass)
    if closed[name] <= 1e-9:
        del closed[name]


def closed_t(industry: IndustryState, name: str, month: Month) -> float:
    """Returns the closed part of a capacity in a month, as planned after another [of its unit]."""
    shut: Mapping[str, float] = industry.closed
    if name not in shut:
        return 0.0
    opened = total(mass for (capacity, when), mass in industry.reopening.items() if capacity == name and when <= month)
    return max(shut[name] - opened, 0.0)
