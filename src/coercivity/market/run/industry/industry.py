"""Projects and closures of a run together: what the capacities are in a month, as seen in another and in a state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from coercivity.base.months import Month
from coercivity.market.inputs.figures import Figures
from coercivity.market.network.network import Network
from coercivity.market.program.state import IndustryState, State
from coercivity.market.run.industry.appraisal import Appraiser
from coercivity.market.run.industry.closures import Closures, closed_t, closure_terms_of
from coercivity.market.run.industry.money import asked_money, investments, packed_money
from coercivity.market.run.industry.plants import STUDIED, Plant, PlantPath, added, follow
from coercivity.market.run.industry.projects import Projects, terms_of
from coercivity.market.run.law import PlantLawSeen
from coercivity.market.run.mechanisms import Committed
from coercivity.market.run.scenarios.policies import PoliciesAsked

ENTRY = "entry"
Added = dict[Month, dict[str, float]]


def modelled(entries: Sequence[Plant], drawn: frozenset[str]) -> list[Plant]:
    """Returns the plants without those that are only studied and whose capacity nothing in the model uses."""
    return [entry for entry in entries if entry.status != STUDIED or entry.limit in drawn]


def drawn_on(network: Network) -> frozenset[str]:
    """Returns the capacities that some activity uses."""
    return frozenset(name for activity in network.activities for name, _ in activity.limits)


class Industry:
    """Plants outside China by month.

    Attributes:
        entries: The plants of the run.
        projects: Projects that price decides; None if entry is switched off.
        closures: Closures; None if entry is switched off.
    """

    def __init__(
        self,
        figures: Figures,
        network: Network,
        entries: Sequence[Plant],
        law: PlantLawSeen,
        policies: PoliciesAsked,
        *,
        span: tuple[Month, int],
        entry: bool = True,
    ) -> None:
        """Prepares the projects and closures of a run.

        Args:
            figures: The rows of the data set.
            network: The network.
            entries: The plants.
            law: Control status of an activity at a plant, as seen in a month.
            policies: Policies of the scenario.
            span: First month of the run, and months of the planning window.
            entry: Whether projects are decided by price and idle capacity closes.
        """
        self.entries = tuple(entries)
        self._figures, self._law = figures, law
        self._first, self._months = span
        self.projects: Projects | None = None
        self.closures: Closures | None = None
        if entry:
            investment = investments(figures)
            money = [*packed_money(figures, investment), *asked_money(policies)]
            self.projects = Projects(
                entries, terms_of(figures), investment, money, policies.price_floors, drawn=drawn_on(network)
            )
            self.closures = Closures(network, closure_terms_of(figures), entries, money, self.projects.ids)
        self._undecided = self.projects.ids if self.projects is not None else frozenset()
        self._followed: dict[tuple[str, Month, Month], PlantPath] = {}
        self._paths: dict[tuple[Month, tuple[tuple[str, Month], ...], tuple[str, ...]], tuple[PlantPath, ...]] = {}
        self._now: tuple[IndustryState | None, Month, Added] = (None, -1, {})
        self._appraiser: Appraiser | None = None

    def paths(self, seen_from: Month, industry: IndustryState) -> tuple[PlantPath, ...]:
        """Returns the path of each plant that is decided and whose work goes on, as seen in a month of planning.

        Args:
            seen_from: The month.
            industry: Projects after the month before.

        Source: equations 19 and 20 of docs/market.md.
        """
        key = (seen_from, tuple(sorted(industry.starts.items())), tuple(sorted(industry.work_left)))
        found = self._paths.get(key)
        if found is None:
            shown = [entry for entry in self.entries if self._seen(entry, seen_from, industry)]
            starts = [industry.starts.get(entry.id, entry.start) for entry in shown]
            found = tuple(self._path(e, start, seen_from) for e, start in zip(shown, starts, strict=True))
            self._paths[key] = found
        return found

    def _seen(self, entry: Plant, seen_from: Month, industry: IndustryState) -> bool:
        """Returns whether a plan sees a plant: as decided, or as tabulated, and not while work on it has stopped."""
        tabulated = entry.id not in self._undecided and entry.id not in industry.work_left
        known = entry.decided is None or entry.decided <= seen_from
        return known and (tabulated or entry.id in industry.starts)

    def _path(self, entry: Plant, start: Month, seen_from: Month) -> PlantPath:
        key = (entry.id, start, seen_from)
        if key not in self._followed:
            moved = entry if start == entry.start else entry.starting(start)
            last = seen_from + self._months
            (self._followed[key],) = follow(self._figures, [moved], partial(self._law, seen_from), self._first, last)
        return self._followed[key]

    def added(self, month: Month, seen_from: Month, state: State) -> Mapping[str, float]:
        """Returns what plants add to the capacities in a month [of their unit].

        Args:
            month: The month.
            seen_from: Month of planning.
            state: State before it.

        Source: equation 21 of docs/market.md.
        """
        if self._now[0] is not state.industry or self._now[1] != seen_from:
            self._now = (state.industry, seen_from, {})
        found = self._now[2]
        if month not in found:
            found[month] = added(self._figures, self.paths(seen_from, state.industry), self._first, month)
        return found[month]

    def closed(self, name: str, month: Month, state: State) -> float:
        """Returns the closed part of a capacity in a month [of its unit]."""
        return closed_t(state.industry, name, month) if state.industry.closed else 0.0

    def after(self, done: Committed) -> IndustryState:
        """Returns projects and closures after a month.

        Source: equations 70 and 71 of docs/market.md.
        """
        before = done.before.industry
        if self.projects is None or self.closures is None:
            return before
        window = done.update.window
        if self._appraiser is None or self._appraiser.window is not window:
            self._appraiser = Appraiser(window, sorted(self.projects.capacities | self.closures.capacities))
        appraiser = self._appraiser
        return self.closures.after(done, self.projects.after(done, before, appraiser), appraiser)
