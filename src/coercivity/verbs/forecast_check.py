"""`forecast --check`: a statement against what has been reported since, scored as a backtest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.canonical import sha256
from coercivity.base.days import Day
from coercivity.base.errors import Argument, CoercivityError, Faults
from coercivity.base.months import parse_month
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.calibration.backtest.answer import backtest_found
from coercivity.calibration.backtest.measures import BANDS
from coercivity.calibration.backtest.rows import Horizon, rows_at
from coercivity.calibration.backtest.scores import MODEL, Stated
from coercivity.calibration.forecast.check import PathForecast, check_found
from coercivity.calibration.forecast.periods import Identity
from coercivity.observations.rows import load_observations
from coercivity.papers.backtest.data import BacktestMade, backtest_data
from coercivity.papers.backtest.files import backtest_lines, backtest_page
from coercivity.papers.backtest.report_data import BacktestReport
from coercivity.papers.forecast.read import read_statement
from coercivity.papers.forecast.report_data import ForecastReport
from coercivity.papers.forecast.wording import wording

__all__ = ["ForecastCheck", "forecast_check"]

_JOIN = ":"


@dataclass(frozen=True, slots=True)
class ForecastCheck:
    """A statement against what has been reported since.

    Attributes:
        statement: The statement, whose hash is that of its content.
        body: Its scores as plain data; None if nothing that it states has been reported yet.
    """

    statement: ForecastReport
    body: BacktestReport | None

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the check as lines of text."""
        w = wording(lang)
        yield w("checked", self.statement["hash"])
        if self.body is None:
            yield w("nothing")
        else:
            yield from backtest_lines(self.body, lang)

    def page(self, lang: Lang = "en") -> str:
        """Returns the scores as a page; empty if nothing that it states has been reported yet."""
        return "" if self.body is None else backtest_page(self.body, lang)


def forecast_check(
    file: Path | str, *, observations: Sequence[Path | str] = (), beside: Mapping[str, object] | None = None
) -> ForecastCheck:
    """Returns a statement with the scores of what has been reported since, by the same code as a backtest.

    Args:
        file: The statement, as `forecast` wrote it.
        observations: Files with observations of your own, such as rows reported since.
        beside: Arguments of a new forecast that were given beside it, by name; none of them goes with a check.

    Raises:
        CoercivityError: If the statement was changed after it was written, or with every error in files and arguments.

    Examples:
        >>> try:
        ...     coercivity.forecast_check("no-such-file.json")
        ... except coercivity.CoercivityError as error:
        ...     error.code
        'FORECAST-FILE'
    """
    faults, files = Faults(), [Path(path) for path in observations]
    for name, value in (beside or {}).items():
        if value is not None:
            faults.add("ARGUMENT", "it does not go with check", where=Argument(name), next="give one of the two")
    body: ForecastReport | None = None
    with faults.kept():
        body = read_statement(Path(file))
    with faults.kept():
        load_observations(None, files, unused=True)
    faults.raise_if_any()
    assert body is not None
    horizon, paths = _stated(body, Path(file))
    every = load_observations(None, files, unused=True)
    rows = rows_at(horizon, load_observations(horizon.origin, files), every)
    found = check_found(horizon, rows, paths)
    if not found.rows.ahead:
        return ForecastCheck(body, None)
    made = BacktestMade(
        engine=ENGINE_VERSION,
        horizon=horizon.last - horizon.observed,
        draws=body["draws"],
        scramble=body["scramble"],
        scenario=body["scenario"],
        files=[path.name for path in files],
        parameters={body["known"]: body["parameters"]},
        packs=body["packs"],
    )
    scored = backtest_data(backtest_found([found]), made)
    scored["hash"] = sha256(scored)
    return ForecastCheck(body, scored)


def _stated(body: ForecastReport, source: Path) -> tuple[Horizon, list[PathForecast]]:
    """Returns horizon and figures of a statement; anyone can give false content a hash that fits it."""
    try:
        day = Day.fromisoformat(body["known"])
        return Horizon(day, parse_month(body["observed"]), parse_month(body["last"])), paths_of(body)
    except (AttributeError, CoercivityError, IndexError, KeyError, TypeError, ValueError):
        what = "its hash fits, but its content is not that of a forecast"
        step = "use the file as `coercivity forecast --out FILE` wrote it"
        raise CoercivityError.of("FORECAST-FILE", what, where=source.as_posix(), next=step) from None


def paths_of(body: ForecastReport) -> list[PathForecast]:
    """Returns what a statement says under each legal scenario.

    Args:
        body: The statement.
    """
    found = []
    for path in body["paths"]:
        held: dict[tuple[Identity, tuple[Day, Day]], tuple[float, ...]] = {}
        said: dict[tuple[Identity, tuple[Day, Day]], Stated] = {}
        for each in body["series"]:
            name = (each["kind"], each["name"], each["partner"], each["element"], each["form"], each["basis"])
            for stated in each["paths"][path]:
                period = (Day.fromisoformat(stated["first_on"]), Day.fromisoformat(stated["last_on"]))
                held[(*name, each["unit"]), period] = tuple(map(float, stated["quantiles"]))
                bands = {
                    band: (float(low), float(high)) for band in BANDS for low, high in [stated["bands"][str(band)]]
                }
                said[(*name, each["unit"]), period] = Stated(float(stated["median"]), bands)
        found.append(PathForecast(f"{MODEL}{_JOIN}{path}" if path else MODEL, held, said))
    return found
