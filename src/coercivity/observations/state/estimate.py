"""The estimate: the most likely flows and stocks, how far they may be off, and how far each row was believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coercivity.base.errors import Faults
from coercivity.base.sums import total
from coercivity.market.base_year.solve import Flags, Least, least_squares
from coercivity.observations.state.programme import LEAST_T, Floats, Form, Measured, Programme, Unknown

# The middle 90 % of a normal distribution.
NINETY = 1.6448536269514722
# A row that is further off than this, in standard deviations of its error, contradicts others.
MOST_OFF = 10.0
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Believed:
    """How far an observed row was believed.

    Attributes:
        id: Row of the observation.
        value: What was observed [t].
        estimate: The estimate of the same figure [t].
        sd: Standard deviation of the error of the row [t].
        share: Share of the estimate that comes from this row: 0, it changed nothing; 1, it was taken as it is.
    """

    id: str
    value: float
    estimate: float
    sd: float
    share: float

    @property
    def off(self) -> float:
        """Estimate less observed, in standard deviations of the row."""
        return (self.estimate - self.value) / self.sd


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """An estimate of flows and stocks.

    Attributes:
        value: The estimate of each unknown [t].
        usual: The model's own value [t].
        believed: The observed rows.
        off_balance: Largest surplus of a balance, over its throughput.
    """

    value: Mapping[Unknown, float]
    usual: Mapping[Unknown, float]
    believed: tuple[Believed, ...]
    off_balance: float
    _at: Mapping[Unknown, int]
    _covariance: Floats

    def of(self, form: Form) -> float:
        """Returns the estimate of a figure [t]."""
        return total(weight * self.value[name] for name, weight in form.items())

    def own(self, form: Form) -> float:
        """Returns the model's own value of a figure [t]."""
        return total(weight * self.usual[name] for name, weight in form.items())

    def sd(self, form: Form) -> float:
        """Returns the standard deviation of a figure [t]."""
        place = [self._at[name] for name in form]
        weights = np.array(list(form.values()))
        return float(np.sqrt(max(weights @ self._covariance[np.ix_(place, place)] @ weights, 0.0)))

    def range(self, form: Form) -> tuple[float, float]:
        """Returns the ends of the middle 90 % of a figure, not below zero [t].

        Source: equation 113 of docs/market.md.
        """
        middle, sd = self.of(form), self.sd(form)
        return max(middle - NINETY * sd, 0.0), middle + NINETY * sd


def estimated(programme: Programme, measured: Sequence[Measured]) -> Estimate:
    """Returns the estimate that fits the balances, and the model and the observed rows best.

    Args:
        programme: Unknowns, balances, and what the model says.
        measured: What was observed.

    Raises:
        CoercivityError: If rows contradict each other; with those that do.

    Source: equations 111 to 113 of docs/market.md.
    """
    least = programme.least(measured)
    found = least_squares(least)
    covariance = covariance_of(least, found.held)
    at = {unknown: place for place, unknown in enumerate(programme.usual)}
    rows = least.wanted[len(programme.beliefs) :]
    flows = closed(programme, found.flows)
    estimate = Estimate(
        dict(zip(at, flows.tolist(), strict=True)),
        programme.usual,
        tuple(
            Believed(row.id, row.value, float(form @ flows) * row.sd, row.sd, float(form @ covariance @ form))
            for row, form in zip(measured, rows, strict=True)
        ),
        off_balance(programme, flows),
        at,
        covariance,
    )
    _check(estimate.believed, measured)
    return estimate


def closed(programme: Programme, flows: Floats) -> Floats:
    """Returns flows without the rounding of the solution, so that every balance closes.

    Args:
        programme: The programme.
        flows: Its solution.
    """
    at = {unknown: place for place, unknown in enumerate(programme.usual)}
    found = flows.copy()
    for balance in programme.balances:  # in order of the months of a region; each begins with its stock
        stock = next(iter(balance))
        rest = total(weight * float(found[at[name]]) for name, weight in balance.items() if name != stock)
        found[at[stock]] = max(rest, 0.0)
        if rest < 0.0:
            used, made = (next((at[name] for name in balance if name[0] == kind), None) for kind in ("used", "made"))
            if used is not None and found[used] + rest >= 0.0:
                found[used] += rest
            elif made is not None:
                found[made] -= rest
    return found


def off_balance(programme: Programme, flows: Floats) -> float:
    """Returns the largest surplus of a balance, over the largest throughput of any.

    Args:
        programme: The programme.
        flows: Values of its unknowns.
    """
    values = dict(zip(programme.usual, flows.tolist(), strict=True))
    sides = [[weight * values[name] for name, weight in balance.items()] for balance in programme.balances]
    through = max((total(abs(side) for side in each) / 2 for each in sides), default=0.0)
    return max((abs(total(each)) for each in sides), default=0.0) / max(through, LEAST_T)


def covariance_of(least: Least, held: Flags) -> Floats:
    """Returns the covariance of the unknowns, those at zero held there [t2].

    Args:
        least: The programme.
        held: Whether an unknown is at its bound.

    Source: equation 113 of docs/market.md.
    """
    free = np.flatnonzero(~held)
    wanted = least.wanted[:, free] * least.scale[free]
    rows = least.balance[:, free] * least.scale[free]
    rows = rows[np.abs(rows).max(axis=1) > 0.0]
    rows = rows / np.abs(rows).max(axis=1, keepdims=True)
    count, ties = free.size, len(rows)
    whole = np.zeros((count + ties, count + ties))
    whole[:count, :count] = wanted.T @ wanted
    whole[:count, count:] = -rows.T
    whole[count:, :count] = rows
    whole[count:, count:] = 1e-12 * np.eye(ties)  # balances of which every flow is held
    inverse = np.linalg.solve(whole, np.eye(count + ties, count))[:count]
    found = np.zeros((held.size, held.size))
    scale = least.scale[free]
    found[np.ix_(free, free)] = (inverse + inverse.T) / 2 * np.outer(scale, scale)
    return found


def _check(believed: Sequence[Believed], measured: Sequence[Measured]) -> None:
    """Raises an error for rows that contradict others, which share an unknown with them."""
    far = [place for place, row in enumerate(believed) if abs(row.off) > MOST_OFF]
    faults, told = Faults(), set[int]()
    for place in sorted(far, key=lambda n: (-abs(believed[n].off), believed[n].id)):
        if place in told:
            continue
        names = measured[place].form.keys()
        others = [n for n, row in enumerate(measured) if n != place and names & row.form.keys()]
        others.sort(key=lambda n: (-abs(believed[n].off), believed[n].id))
        told |= {place, *others[:_MOST_NAMED]}
        row = believed[place]
        shown = ", ".join(f"{believed[n].id} ({believed[n].value:g} t)" for n in others[:_MOST_NAMED]) or "none"
        what = f"{row.id} says {row.value:g} t, but the balances and other rows allow {row.estimate:.4g} t: {shown}"
        step = "correct the value or the period of one of them, or set its `use` to 0"
        faults.add("OBSERVED-CLASH", what, where=row.id, next=step)
    faults.raise_if_any()
