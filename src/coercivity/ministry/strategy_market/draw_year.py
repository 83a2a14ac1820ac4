"""One year of one draw: prices, flows, licences and values of capacities by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from coercivity.base.errors import CoercivityError
from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.ensemble.runs.keeping import Block, Floats
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.coefficients import CHINA

MOST_MONTHS = 12


class Flow(NamedTuple):
    """A flow of a year [t]."""

    good: str
    origin: str
    destination: str
    mass_t: float


@dataclass(frozen=True, slots=True)
class DrawYear:
    """One year of one draw of a run.

    Attributes:
        draws: The draws of the run.
        at: Position of the draw.
        year: The year, YYYY.
    """

    draws: DrawSet
    at: int
    year: str

    @property
    def point(self) -> int:
        """Number of the point of the design."""
        return int(self.draws.points[self.at])

    @property
    def months(self) -> list[int]:
        """Positions of the months of the year."""
        return [n for n, month in enumerate(self.draws.months) if month.startswith(self.year)]

    def mean(self, block: Block, name: str) -> float:
        """Returns the mean over the months of the year, in the unit of the series.

        Raises:
            CoercivityError: If the draw has no such series, or one of its months has no value.
        """
        found = float(np.mean(self._series(block, name)[self.months]))
        if not np.isfinite(found):
            raise self._unknown(block, name)
        return found

    def flows(self, stage: str) -> Iterator[Flow]:
        """Yields the flows of a stage in the year, none of them 0."""
        n = self.draws.years.index(self.year)
        for place, name in enumerate(self.draws.names["flows"]):
            kind, good, _, origin, destination, _ = name.split("|")
            mass = float(self.draws.values["flows"][self.at, place, n])
            if kind == stage and mass > 0:
                yield Flow(good, origin, destination, mass)

    def outside(self, stage: str, good: str) -> float:
        """Returns what a stage makes of a good outside China in the year [t]."""
        return float(total(flow.mass_t for flow in self.flows(stage) if flow.good == good and flow.origin != CHINA))

    def has_capacity(self, name: str) -> bool:
        """Returns whether the market has a capacity of this name."""
        return name in self.draws.names["capacity_value"]

    def capacity(self, name: str) -> float:
        """Returns the value of a unit of a capacity in the year [USD/kg of its unit].

        Raises:
            CoercivityError: If there is no such capacity.
        """
        return float(self._series("capacity_value", name)[self.draws.years.index(self.year)])

    def licences(self, form: str, figure: str) -> Floats:
        """Returns a figure of the licensing desk by month, over all countries and users; zeros if it has none.

        Args:
            form: Form of the application, such as `metal`.
            figure: Such as `new`, `granted` or `refused`.
        """
        found = np.zeros(len(self.draws.months))
        for place, name in enumerate(self.draws.names["licences"]):
            parts = name.split(":")
            if parts[0] == form and parts[-1] == figure:
                found = found + self.draws.values["licences"][self.at, place]
        return found

    def yearly(self, form: str, figure: str) -> float:
        """Returns a figure of the licensing desk over the year."""
        return float(total(self.licences(form, figure)[self.months].tolist()))

    def months_since(self, form: str) -> float:
        """Returns the months from the first application of a form to the middle of the year; 0 if there is none."""
        first = next((n for n, files in enumerate(self.licences(form, "new")) if files > 0), None)
        middle = parse_month(f"{self.year}-01") + MOST_MONTHS / 2
        return 0.0 if first is None else max(middle - parse_month(self.draws.months[first]), 0.0)

    def delay(self, plants: frozenset[str]) -> float:
        """Returns the mean delay by clauses of those of some plants that the draw delays [months]; 0 if none is."""
        found = list[float]()
        for plant in sorted(plants & set(self.draws.clauses)):
            months = float(self._series("plants", f"{plant}:delay_months")[0])
            if np.isfinite(months) and months > 0:
                found.append(months)
        return total(found) / len(found) if found else 0.0

    def _series(self, block: Block, name: str) -> Floats:
        try:
            found: Floats = self.draws.series(block, name)[self.at]
        except KeyError:
            raise self._unknown(block, name) from None
        return found

    def _unknown(self, block: Block, name: str) -> CoercivityError:
        what = f"draw {self.point} of {self.draws.run} does not give {name} ({block}) in {self.year}"
        return CoercivityError.of("STRATEGY-MARKET", what, where=self.draws.run, next="choose another year or scenario")
