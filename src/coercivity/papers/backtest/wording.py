"""How forecasters, kinds, months, intervals and reasons are put into words."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.calibration.backtest.scores import ALL
from coercivity.papers.backtest.report_data import IntervalData
from coercivity.papers.outlook.read import branch_text
from coercivity.papers.shared.paper.figures import figure, percent
from coercivity.papers.shared.paper.sections import Wording
from coercivity.papers.shared.words import reason_in

TABLES = (
    "headings", "titles", "columns", "words", "forecasters", "kinds", "left", "without", "directions", "units",
)  # fmt: skip
SCORE, SHARE = 3, 0
_LEAST_PLACES, _DIGITS = 0, 4
_JOIN = ":"


def wording(lang: Lang) -> Wording:
    """Returns the words of the paper in one language."""
    return Wording.of("backtest", TABLES, lang)


def forecaster_text(name: str, w: Wording) -> str:
    """Returns the name of a forecaster; with its legal scenario if there are several."""
    plain, _, branch = name.partition(_JOIN)
    told = w(plain, table="forecasters")
    if not branch:
        return told
    text = branch_text(branch)
    return w("in_branch", told, text["zh" if w.lang == "zh" else "en"])


def kind_text(kind: str, w: Wording) -> str:
    """Returns the name of a kind of row."""
    return w(kind, table="kinds")


def origin_text(origin: str, w: Wording) -> str:
    """Returns a day of forecasts, or that all of them are meant."""
    return w("all_origins") if origin == ALL else origin


def value_text(text: str | None) -> str:
    """Returns a value with about four digits: `5,773`, `0.234`; a dash if there is none."""
    if text is None:
        return "–"
    size = abs(float(text))
    places = 0
    while places < _DIGITS - 1 and size and size * 10**places < 100:
        places += 1
    return figure(text, places)


def interval_text(found: IntervalData | None, places: int, w: Wording) -> str:
    """Returns a mean, with its interval if there is one: `0.31 (0.22 to 0.40)`."""
    if found is None:
        return "–"
    mean = figure(found["mean"], places)
    if found["low"] is None or found["high"] is None:
        return mean
    return w("interval", mean, figure(found["low"], places), figure(found["high"], places))


def share_text(found: IntervalData, w: Wording) -> str:
    """Returns a share in per cent with its interval if there is one."""
    mean = percent(found["mean"], w.lang, SHARE)
    if found["low"] is None or found["high"] is None:
        return mean
    return w("interval", mean, percent(found["low"], w.lang, SHARE), percent(found["high"], w.lang, SHARE))


def band_text(ends: list[str], w: Wording) -> str:
    """Returns the ends of a band: `4,100 to 6,300`."""
    return w("band", *map(value_text, ends))


def left_text(left: str, why: str, w: Wording) -> str:
    """Returns why a row is not scored, with the reason of the row or of the model where it gives one.

    A note of a single row is in English; on a page in another language it is left out.

    Args:
        left: Kind of reason.
        why: The reason; empty if there is none.
        w: Words.
    """
    told, reason = w(left, table="left"), reason_in(why, w.lang)
    return w("because", told, reason) if why and (w.lang == "en" or reason != why) else told
