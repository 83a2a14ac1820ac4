"""Tables of a backtest: origins, scores, skill, coverage, troughs, rows, and rows that are not scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.months import first_of, parse_month
from coercivity.calibration.backtest.measures import BANDS
from coercivity.calibration.backtest.scores import ALL
from coercivity.papers.backtest.data import in_all
from coercivity.papers.backtest.report_data import BacktestReport, ForecastData, ScoreData
from coercivity.papers.backtest.wording import (
    SCORE,
    band_text,
    forecaster_text,
    interval_text,
    kind_text,
    left_text,
    origin_text,
    share_text,
    value_text,
)
from coercivity.papers.shared.paper.sections import PaperTable, Wording

_COUNTS = ("rows", "series")
_MONTH = len("2025-04")


def origins_table(body: BacktestReport, w: Wording) -> PaperTable:
    """Returns the days of forecasts with their months, rows and parameters."""
    rows = []
    for each in body["origins"]:
        given = each["parameters"]
        told = w(f"parameters_{given['kind']}", given["known"], given["hash"][:12])
        counts = [str(each[name]) for name in ("known", "residuals", "scored", "left")]
        rows.append((each["origin"], each["observed"], w("months", each["first"], each["last"]), *counts, told))
    columns = ("origin", "observed", "months", "known", "residuals", "scored", "left", "parameters")
    return w.table("origins", columns, rows, numbers=("known", "residuals", "scored", "left"))


def scores_table(body: BacktestReport, w: Wording) -> list[PaperTable]:
    """Returns the scores on the rows that all forecast, those on the rows of each, and all of them for files."""
    top = in_all(body["scores"])
    held = [score for score in body["scores"] if score["origin"] == top]
    columns = ("kind", "forecaster", *_COUNTS, "crps_log", "covered", "log_error", "directions", "sample")
    found = []
    for key, common in (("scores_common", True), ("scores_own", False)):
        rows = [_score(score, w) for score in held if score["common"] == common]
        found.append(w.table(key, columns, rows, numbers=_COUNTS, only="readers"))
    return [*found, _scores_long(body, w)]


def _score(score: ScoreData, w: Wording) -> tuple[str, ...]:
    return (
        kind_text(score["kind"], w),
        forecaster_text(score["forecaster"], w),
        str(score["rows"]),
        str(score["series"]),
        interval_text(score["crps_log"], SCORE, w),
        share_text(score["coverage"]["80"], w),
        interval_text(score["log_error"], SCORE, w),
        w("directions", score["right"], score["wrong"], score["still"]),
        w("few") if score["few"] else w("enough"),
    )


def _scores_long(body: BacktestReport, w: Wording) -> PaperTable:
    ends = ("crps_log", "log_error")
    columns = [
        "origin", "kind", "forecaster", "common", *_COUNTS, "crps", "unit",
        *(f"{name}{end}" for name in (*ends, *(f"inside_{band}" for band in BANDS)) for end in ("", "_low", "_high")),
        "right", "wrong", "still",
    ]  # fmt: skip
    rows = []
    for score in body["scores"]:
        cells = [score["origin"], score["kind"], score["forecaster"], "1" if score["common"] else "0"]
        cells += [str(score["rows"]), str(score["series"]), score["crps"] or "–", score["unit"]]
        held = [score["crps_log"], score["log_error"], *(score["coverage"][str(band)] for band in BANDS)]
        for each in held:
            cells += ["–"] * 3 if each is None else [each["mean"], each["low"] or "–", each["high"] or "–"]
        rows.append([*cells, *(str(number) for number in (score["right"], score["wrong"], score["still"]))])
    return w.table("scores_long", columns, rows, numbers=columns[4:7] + columns[8:], only="files")


def skills_table(body: BacktestReport, w: Wording) -> PaperTable:
    """Returns the skill of the model against each null model, by day and kind."""
    rows = [
        (
            origin_text(each["origin"], w),
            kind_text(each["kind"], w),
            forecaster_text(each["forecaster"], w),
            forecaster_text(each["null"], w),
            str(each["rows"]),
            str(each["series"]),
            interval_text(each["skill"], SCORE, w),
        )
        for each in body["skills"]
    ]
    return w.table("skills", ("origin", "kind", "forecaster", "null", *_COUNTS, "skill"), rows, numbers=_COUNTS)


def coverage_table(body: BacktestReport, w: Wording) -> PaperTable:
    """Returns the share of rows inside each band, by kind and forecaster."""
    top = in_all(body["scores"])
    rows = [
        (
            kind_text(score["kind"], w),
            forecaster_text(score["forecaster"], w),
            str(score["rows"]),
            str(score["series"]),
            *(share_text(score["coverage"][str(band)], w) for band in BANDS),
        )
        for score in body["scores"]
        if score["origin"] == top and not score["common"]
    ]
    columns = ("kind", "forecaster", *_COUNTS, *(f"inside_{band}" for band in BANDS))
    return w.table("coverage", columns, rows, numbers=_COUNTS)


def troughs_table(body: BacktestReport, w: Wording) -> PaperTable:
    """Returns the month of the trough of each series as forecast and as observed."""
    rows = [
        (
            each["origin"],
            each["name"],
            forecaster_text(each["forecaster"], w),
            str(each["months"]),
            each["forecast"] or "–",
            each["observed"],
            "–" if each["off_months"] is None else str(each["off_months"]).replace("-", "\u2212"),
        )
        for each in body["troughs"]
    ]
    columns = ("origin", "name", "forecaster", "of_months", "trough_forecast", "trough_observed", "off_months")
    return w.table("troughs", columns, rows, numbers=("of_months", "off_months"))


def rows_table(body: BacktestReport, origin: str, w: Wording) -> PaperTable:
    """Returns the rows of a day of forecasts: what came beside median and 80 % band of the first forecaster.

    Args:
        body: The result as plain data.
        origin: The day.
        w: Words.
    """
    rows = []
    for row in (each for each in body["rows"] if each["origin"] == origin):
        first, *others = row["forecasts"]
        rows.append(
            (
                row["row"],
                row["name"],
                _period(row["first_on"], row["last_on"]),
                row["unit"],
                value_text(row["last"]),
                value_text(row["value"]),
                value_text(first["median"]),
                band_text(first["bands"]["80"], w),
                w("inside" if first["inside"]["80"] else "outside"),
                w(first["direction"], table="directions"),
                _beside(others, w),
            )
        )
    columns = (
        "row", "name", "period", "unit", "last_known", "value", "median", "band_80", "in_band", "direction", "others",
    )  # fmt: skip
    return w.table("rows", columns, rows, numbers=("last_known", "value", "median"), only="readers")


def _beside(others: Sequence[ForecastData], w: Wording) -> str:
    texts = (w("beside", forecaster_text(each["forecaster"], w), value_text(each["median"])) for each in others)
    return w("and_then").join(texts)


def _period(first: str, last: str) -> str:
    """Returns a period: a day, a month or both ends."""
    if first == last:
        return first
    month = parse_month(first[:_MONTH])
    whole = first.endswith("-01") and Day.fromisoformat(last) + ONE_DAY == first_of(month + 1)
    return first[:_MONTH] if whole else f"{first} – {last}"


def left_table(body: BacktestReport, w: Wording) -> PaperTable:
    """Returns the rows of the horizon that are not scored, with the reason."""
    rows = [
        (
            each["origin"],
            each["row"],
            each["name"],
            _period(each["first_on"], each["last_on"]),
            left_text(each["left"], each["why"], w),
        )
        for each in body["left"]
    ]
    return w.table("left", ("origin", "row", "name", "period", "why"), rows)


def without_table(body: BacktestReport, w: Wording) -> PaperTable:
    """Returns the series for which a null model has no forecast, with the reason."""
    rows = [
        (
            each["origin"],
            each["name"],
            forecaster_text(each["null"], w),
            str(each["rows"]),
            w(each["why"], table="without"),
        )
        for each in body["without"]
    ]
    return w.table("without", ("origin", "name", "null", "rows", "why"), rows, numbers=("rows",))


def whole_table(body: BacktestReport, w: Wording) -> PaperTable:
    """Returns every forecast of every row with its scores, for files."""
    ends = [f"{end}_{band}" for band in BANDS for end in ("low", "high")]
    inside = [f"inside_{band}" for band in BANDS]
    scores = ["crps", "crps_log", "log_error"]
    columns = [
        "origin", "row", "series", "name", "kind", "unit", "freq", "first_on", "last_on", "last_known", "value",
        "forecaster", "median", *ends, *inside, *scores, "direction",
    ]  # fmt: skip
    rows = list(_whole_rows(body))
    return w.table("whole", columns, rows, numbers=["last_known", "value", "median", *ends, *scores], only="files")


def _whole_rows(body: BacktestReport) -> Iterator[Sequence[str]]:
    for row in body["rows"]:
        head = [row["origin"], row["row"], row["series"], row["name"], row["kind"], row["unit"], row["freq"]]
        head += [row["first_on"], row["last_on"], row["last"] or "–", row["value"]]
        for each in row["forecasts"]:
            ends = [end for band in BANDS for end in each["bands"][str(band)]]
            inside = ["1" if each["inside"][str(band)] else "0" for band in BANDS]
            scores = [each["crps"], each["crps_log"] or "–", each["log_error"] or "–"]
            yield [*head, each["forecaster"], each["median"], *ends, *inside, *scores, each["direction"]]


def score_in_all(body: BacktestReport, forecaster: str) -> ScoreData | None:
    """Returns the scores of a forecaster over all days and kinds, on its own rows; None if it has none.

    Args:
        body: The result as plain data.
        forecaster: Who forecast.
    """
    top = in_all(body["scores"])
    found = (
        score
        for score in body["scores"]
        if (score["origin"], score["kind"], score["forecaster"], score["common"]) == (top, ALL, forecaster, False)
    )
    return next(found, None)
