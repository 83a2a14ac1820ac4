"""The month of the trough of each series, as forecast and as observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coercivity.base.months import Month
from coercivity.calibration.backtest.measures import by_month, trough
from coercivity.calibration.backtest.scores import RowScore


@dataclass(frozen=True, slots=True)
class Trough:
    """The month of the least value of a series in the horizon.

    Attributes:
        origin: The day of the forecast.
        series: Key of the series.
        kind: Its kind.
        forecaster: Who forecast.
        months: Number of months with a row.
        forecast: Month of the least median; None if all are equal.
        observed: Month of the least value.
    """

    origin: str
    series: str
    kind: str
    forecaster: str
    months: int
    forecast: Month | None
    observed: Month

    @property
    def off_months(self) -> int | None:
        """Months by which the forecast comes too late; None if it has no trough."""
        return None if self.forecast is None else self.forecast - self.observed


def troughs_of(rows: Sequence[RowScore]) -> list[Trough]:
    """Returns the troughs of every series with rows of four months or more.

    Args:
        rows: Scores of rows, each of a single month.
    """
    held: dict[tuple[str, str, str], list[RowScore]] = {}
    for row in rows:
        held.setdefault((row.target.origin, row.target.series, row.forecaster), []).append(row)
    found = list[Trough]()
    for (origin, series, forecaster), each in sorted(held.items()):
        months = [row.target.month for row in each]
        observed = by_month(months, [row.target.value for row in each])
        seen = trough(observed)
        if seen is not None:
            forecast = trough(by_month(months, [row.median for row in each]))
            found.append(Trough(origin, series, each[0].target.kind, forecaster, len(observed), forecast, seen))
    return found
