"""The state of past months, from a run of the model and from what was observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.months import Month
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.run.observed import ALL_ABROAD, MonthObserved, ObservedState, Place
from coercivity.market.run.simulate import Simulation
from coercivity.observations.rows import Observation
from coercivity.observations.state.estimate import Believed, Estimate, estimated
from coercivity.observations.state.flows import GROUPS, ModelFlows, group_lags, model_flows, parts_of
from coercivity.observations.state.observed_rows import (
    NO_FLOW,
    ObservedFlow,
    Sorted,
    add_parts,
    exports_form,
    measured,
    spreads,
)
from coercivity.observations.state.programme import Form, Programme, programme_of

DIGITS = 7


@dataclass(frozen=True, eq=False)
class StateEstimate:
    """The estimated state of past months.

    Attributes:
        months: The months, the last of them the last that is observed.
        groups: Groups of products with an observed flow.
        programmes: The programme of each set of groups that rows add up.
        estimates: Their estimates.
        rows: Observed rows by what is taken from them.
        used: Observed rows of flows in the estimates.
        observed: The states as runs take them.
    """

    months: tuple[Month, ...]
    groups: tuple[str, ...]
    programmes: tuple[Programme, ...]
    estimates: tuple[Estimate, ...]
    rows: Sorted
    used: tuple[ObservedFlow, ...]
    left_out: tuple[tuple[Observation, str], ...]
    observed: ObservedState

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Place of the estimate of each group."""
        return {name[1]: n for n, each in enumerate(self.programmes) for name in each.usual if name[0] == "stock"}

    @property
    def believed(self) -> tuple[tuple[Observation, Believed], ...]:
        """How far each observed row of flows was believed, in order of id."""
        found = {row.id: row for each in self.estimates for row in each.believed}
        return tuple((flow.row, found[flow.row.id]) for flow in sorted(self.used, key=lambda flow: flow.row.id))

    @property
    def observed_months(self) -> tuple[Month, ...]:
        """Months of which a flow was observed, alone or with others."""
        return tuple(sorted({month for flow in self.used for month in flow.months}))

    def regions(self, group: str) -> tuple[str, ...]:
        """Regions of a group, China first."""
        found = {name[2] for name in self.programmes[self.at[group]].usual if name[0] == "stock" and name[1] == group}
        return tuple(sorted(found, key=lambda region: (region != CHINA, region)))

    def form(self, what: str, group: str, region: str, month: Month) -> Form:
        """Returns a figure as a sum of unknowns.

        Args:
            what: shipped, stock, transit, held, used or made.
            group: Group of products.
            region: Region; `XCN` for all outside China.
            month: The month.
        """
        programme = self.programmes[self.at[group]]
        if what == "shipped":
            return exports_form(programme, [(group, region)], [month])
        abroad = [each for each in self.regions(group) if each != CHINA]
        regions = abroad if region == ALL_ABROAD else [region]
        if what == "transit":
            forms = [_transit(programme, group, each, month) for each in regions]
            return {name: 1.0 for form in forms for name in form}
        names = [(what, group, each, str(month)) for each in regions]
        return {name: 1.0 for name in names if name in programme.usual}

    def estimate(self, group: str) -> Estimate:
        """Returns the estimate with a group."""
        return self.estimates[self.at[group]]


def state_estimate(simulation: Simulation, found: Sorted) -> StateEstimate:
    """Returns the state of the months of a run, by its own figures and what was observed.

    Args:
        simulation: A run of the model through the last observed month.
        found: The observed rows by what is taken from them.

    Raises:
        CoercivityError: If no row says anything of a flow, or rows contradict each other.

    Source: equations 111 to 113 of docs/market.md.
    """
    months = tuple(done.month for done in simulation.months)
    flows = {each.group: each for each in model_flows(simulation)}
    usable = [flow for flow in found.flows if set(flow.months) <= set(months)]
    programmes, estimates, used, faults = list[Programme](), list[Estimate](), list[ObservedFlow](), Faults()
    nothing: list[tuple[Observation, str]] = []
    for groups in linked(usable):
        mine = [flow for flow in usable if flow.groups <= groups]
        programme = programme_of([flows[group] for group in GROUPS if group in groups], spreads())
        add_parts(programme, mine)
        pairs = [(flow, measured(programme, flow)) for flow in mine]
        nothing += [(flow.row, NO_FLOW) for flow, row in pairs if row is None]
        with faults.kept():
            estimates.append(estimated(programme, [row for _, row in pairs if row is not None]))
            programmes.append(programme)
            used += [flow for flow, row in pairs if row is not None]
    faults.raise_if_any()
    if not used:
        raise nothing_observed("")
    groups_in = tuple(group for group in GROUPS if any(group in flow.groups for flow in used))
    places = group_lags(simulation)
    observed = ObservedState(
        GROUPS, _months(months, flows, programmes, estimates, places, found.quotes), places, parts_of(simulation)
    )
    left_out = tuple(sorted((*found.left_out, *nothing), key=lambda each: each[0].id))
    return StateEstimate(months, groups_in, tuple(programmes), tuple(estimates), found, tuple(used), left_out, observed)


def nothing_observed(known: str) -> CoercivityError:
    """Returns the error for a day on which nothing was known of any flow.

    Args:
        known: The day; empty if there is no cut-off.
    """
    what = "no observation states exports in a month of the model, which begins in 2024-10"
    if known:
        what = f"no observation published by {known} states exports in a month of the model, which begins in 2024-10"
    step = "give a later day after --known, or a file with rows after --observations, or leave --observed out"
    return CoercivityError.of("OBSERVED-NONE", what, where="observations", next=step)


def linked(flows: Sequence[ObservedFlow]) -> list[frozenset[str]]:
    """Returns the sets of groups that rows add up, each to be estimated together, in order of the groups.

    Args:
        flows: Observed rows.
    """
    sets: list[frozenset[str]] = []
    for flow in flows:
        apart = [each for each in sets if not each & flow.groups]
        joined = flow.groups.union(*(each for each in sets if each & flow.groups))
        sets = [*apart, joined]
    order = list(GROUPS)
    return sorted(sets, key=lambda each: min(order.index(group) for group in each))


def _months(
    months: Sequence[Month],
    flows: Mapping[str, ModelFlows],
    programmes: Sequence[Programme],
    estimates: Sequence[Estimate],
    lags: Mapping[Place, int],
    quotes: Mapping[Month, Mapping[Place, float]],
) -> dict[Month, MonthObserved]:
    """Returns the estimated states by month."""
    found = {}
    for month in months:
        stock: dict[Place, float] = {}
        cleared: dict[Place, float] = {}
        held: dict[Place, float] = {}
        transit: dict[tuple[str, str, Month], float] = {}
        for programme, estimate in zip(programmes, estimates, strict=True):
            for name in programme.usual:
                kind, group, *places = name
                if places[-1] != str(month) or kind not in ("stock", "shipped", "held"):
                    continue
                value = round_sig(max(estimate.value[name], 0.0), DIGITS)
                if kind == "stock":
                    stock[group, places[0]] = value
                elif kind == "held":
                    held[group, places[0]] = value
                else:
                    cleared[group, places[1]] = value
            for group in dict.fromkeys(name[1] for name in programme.usual if name[0] == "stock"):
                regions = [region for each, region in lags if each == group]
                for region in regions:
                    held.setdefault((group, region), 0.0)
                    for name in _transit(programme, group, region, month):
                        when = _arrives(name, flows[group])
                        key = (group, region, when)
                        transit[key] = transit.get(key, 0.0) + max(estimate.value[name], 0.0)
        masses = {key: round_sig(mass, DIGITS) for key, mass in sorted(transit.items())}
        found[month] = MonthObserved(stock, masses, dict(sorted(held.items())), cleared, quotes.get(month, {}))
    return found


def _transit(programme: Programme, group: str, region: str, month: Month) -> list[tuple[str, ...]]:
    """Returns the unknowns that are on their way to a region at the end of a month."""
    found = []
    for name in programme.usual:
        kind = name[0]
        if kind == "due" and name[1:3] == (group, region) and int(name[3]) > month:
            found.append(name)
        elif kind in ("shipped", "moved") and name[1] == group and name[3] == region:
            left = int(name[4])
            if left <= month < left + programme.lags[group, name[2], region]:
                found.append(name)
    return found


def _arrives(name: tuple[str, ...], flows: ModelFlows) -> Month:
    return int(name[3]) if name[0] == "due" else int(name[4]) + flows.lags[name[2], name[3]]
