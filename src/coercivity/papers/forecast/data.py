"""A forecast as a dated statement: plain data, its text and its hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.canonical import canonical_json, sha256
from coercivity.base.months import month_text
from coercivity.calibration.backtest.nulls import Past
from coercivity.calibration.forecast.stated import FigureStated, ForecastFound, SeriesStated, Stated
from coercivity.papers.backtest.data import text_of
from coercivity.papers.backtest.report_data import ParametersData
from coercivity.papers.forecast.report_data import (
    FigureForecast,
    FileData,
    ForecastReport,
    LastData,
    SeriesForecast,
    StatedData,
)

SCHEMA = "coercivity/forecast/1"
_JOIN = "|"


@dataclass(frozen=True, slots=True)
class ForecastMade:
    """How a forecast was made.

    Attributes:
        scenario: Scenario of the model.
        law: Version and hash of the rulebook, and the day through which it is known.
        draws: Draws of each run.
        scramble: Number of their design.
        engine: Version of the program, and hash of its code.
        packs: Version and hash of the packs.
        parameters: Where the parameters come from.
        files: Files of the user with observations.
    """

    scenario: str
    law: Mapping[str, str]
    draws: int
    scramble: int
    engine: Mapping[str, str]
    packs: Mapping[str, Mapping[str, str]]
    parameters: ParametersData
    files: Sequence[FileData]


def forecast_data(found: ForecastFound, made: ForecastMade) -> ForecastReport:
    """Returns a forecast as plain data, with its hash.

    Args:
        found: The forecast.
        made: How it was made.
    """
    body: ForecastReport = {
        "schema": SCHEMA,
        "known": found.horizon.origin.isoformat(),
        "observed": month_text(found.horizon.observed),
        "first": month_text(found.first),
        "last": month_text(found.horizon.last),
        "scenario": made.scenario,
        "law": made.law,
        "paths": list(found.paths),
        "draws": made.draws,
        "scramble": made.scramble,
        "residuals": found.residuals,
        "engine": made.engine,
        "packs": made.packs,
        "parameters": made.parameters,
        "files": list(made.files),
        "series": [_series(each) for each in found.series],
        "figures": [_figure(each) for each in found.figures],
        "without": [list(each) for each in found.without],
        "hash": "",
    }
    return {**body, "hash": hash_of(body)}


def hash_of(body: ForecastReport) -> str:
    """Returns the hash of a statement: the SHA-256 of its canonical JSON with an empty hash."""
    return sha256({**body, "hash": ""})


def statement(body: ForecastReport) -> bytes:
    """Returns a statement as the bytes of its file."""
    return canonical_json(body) + b"\n"


def _series(found: SeriesStated) -> SeriesForecast:
    kind, name, partner, element, form, basis, unit = found.identity
    _, match = found.template
    return {
        "kind": kind,
        "name": name,
        "partner": partner,
        "element": element,
        "form": form,
        "basis": basis,
        "unit": unit,
        "errors": match.kind,
        "figure": [match.block, *match.names],
        "how": match.how,
        "scale": text_of(match.scale),
        "floor": text_of(match.least),
        "last": None if found.last is None else _last(found.last),
        "paths": {path: [_stated(each) for each in rows] for path, rows in found.of_path.items()},
    }


def _last(last: Past) -> LastData:
    return {"first": month_text(last.first), "last": month_text(last.last), "value": text_of(last.value)}


def _figure(found: FigureStated) -> FigureForecast:
    figure = found.figure
    return {
        "what": figure.what,
        "good": figure.good,
        "region": figure.region,
        "unit": figure.unit,
        "errors": figure.errors,
        "paths": {path: [_stated(each) for each in rows] for path, rows in found.of_path.items()},
    }


def _stated(found: Stated) -> StatedData:
    return {
        "first_on": found.row.first_on.isoformat(),
        "last_on": found.row.last_on.isoformat(),
        "freq": found.row.freq,
        "median": text_of(found.median),
        "bands": {str(band): [text_of(low), text_of(high)] for band, (low, high) in found.bands.items()},
        "quantiles": [text_of(value) for value in found.quantiles],
    }
