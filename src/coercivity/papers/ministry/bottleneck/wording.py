"""How runs, stages, months and intervals are put into words."""

from __future__ import annotations

from fractions import Fraction

from coercivity.base.words import Lang
from coercivity.papers.ministry.bottleneck.report_data import IntervalData, StartData
from coercivity.papers.shared.paper.figures import exact_text, figure, percent
from coercivity.papers.shared.paper.sections import Wording

TABLES = ("headings", "titles", "columns", "words", "runs", "stages", "units")
TONNES, MONTHS, MUSD, SHARE = 0, 1, 2, 2
_USD_PER_MUSD = 1_000_000


def wording(lang: Lang) -> Wording:
    """Returns the words of the paper in one language."""
    return Wording.of("ministry_bottleneck", TABLES, lang)


def run_text(run: str, w: Wording) -> str:
    """Returns the short name of a run: `technology free`."""
    return w(run, table="runs")


def stage_text(stage: str, w: Wording) -> str:
    """Returns the name of a stage."""
    return w(stage, table="stages")


def unit_text(stage: str, w: Wording) -> str:
    """Returns the unit in which a stage is counted: `t of NdPr oxide`."""
    return w(stage, table="units")


def through_text(month: str, w: Wording) -> str:
    """Returns the end of a span: the end of a year, or a month."""
    year, _, part = month.partition("-")
    return w("end_of_year", year) if part == "12" else w("month", year, int(part))


def signed(text: str, places: int) -> str:
    """Returns a number with its sign, plus included; nothing has none."""
    told = figure(text, places)
    return told if told.startswith("\u2212") or not any(sign in "123456789" for sign in told) else f"+{told}"


def interval_text(found: IntervalData, places: int, w: Wording) -> str:
    """Returns a signed mean, with its interval if there is one: `+120 (+80 to +160)`."""
    mean = signed(found["mean"], places)
    if found["low"] is None or found["high"] is None:
        return mean
    return w("interval", mean, signed(found["low"], places), signed(found["high"], places))


def start_text(one: StartData, w: Wording) -> str:
    """Returns the first month of a plant, with the share of the draws if it does not start in all of them."""
    start = one["start"] or "–"
    return start if one["share"] in ("0", "1") else w("start_share", start, percent(one["share"], w.lang, 0))


def musd(usd: str) -> str:
    """Returns an amount in USD as millions of USD, in decimal text."""
    return exact_text(Fraction(usd) / _USD_PER_MUSD)
