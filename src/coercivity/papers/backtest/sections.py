"""A backtest as sections of sentences, pictures and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coercivity.base.words import Lang
from coercivity.calibration.backtest.scores import ALL
from coercivity.papers.backtest.data import in_all
from coercivity.papers.backtest.pictures import coverage_picture, scores_picture, series_picture
from coercivity.papers.backtest.report_data import BacktestReport, RowData, ScoreData, SeriesData
from coercivity.papers.backtest.sentences import assumed, opening
from coercivity.papers.backtest.tables import (
    coverage_table,
    left_table,
    origins_table,
    rows_table,
    scores_table,
    skills_table,
    troughs_table,
    whole_table,
    without_table,
)
from coercivity.papers.backtest.wording import wording
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.sections import PaperSection, Wording

FORMULAS = (
    "crps",
    "coverage",
    "direction",
    "trough",
    "skill",
    "intervals",
    "no_change",
    "seasonal",
    "no_law",
    "errors",
)
DATA = "backtest_data"
LEAST_CHART_ROWS = 2
Held = tuple[SeriesData, list[RowData]]


def backtest_title(body: BacktestReport, lang: Lang) -> str:
    """Returns the title."""
    days = [day_text(each["origin"], lang) for each in (body["origins"][0], body["origins"][-1])]
    w = wording(lang)
    return w("title", *days, body["horizon"]) if days[0] != days[1] else w("title_one", days[0], body["horizon"])


def backtest_sections(body: BacktestReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of the paper; those without content are left out.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    top = in_all(body["scores"])
    common = [score for score in body["scores"] if score["origin"] == top and score["common"]]
    every = (
        w.section("summary", opening(body, w), [origins_table(body, w)]),
        _with(w.section("scores", (), scores_table(body, w), [w("scores_note")]), common, w),
        w.section("skills", (), [skills_table(body, w)], [w("skills_note")]),
        _covered(body, top, w),
        w.section("troughs", (), [troughs_table(body, w)], [w("troughs_note")]),
        *_series(body, w),
        w.section("left", (), [left_table(body, w), without_table(body, w)], [w("left_note")]),
        w.section("assumed", assumed(body, w)),
        w.section("formulas", (w(f"formula_{name}") for name in FORMULAS)),
        w.section(DATA, (), [whole_table(body, w)]),
    )
    return tuple(section for section in every if section.sentences or section.tables)


def for_pages(sections: tuple[PaperSection, ...]) -> tuple[PaperSection, ...]:
    """Returns the sections without the one that holds a table for files only."""
    return tuple(section for section in sections if section.id != DATA)


def _with(section: PaperSection, scores: list[ScoreData], w: Wording) -> PaperSection:
    return replace(section, figures=(scores_picture(scores, w),)) if scores else section


def _covered(body: BacktestReport, top: str, w: Wording) -> PaperSection:
    held = [
        score for score in body["scores"] if score["origin"] == top and score["kind"] == ALL and not score["common"]
    ]
    section = w.section("coverage", (), [coverage_table(body, w)], [w("coverage_note")])
    return replace(section, figures=(coverage_picture(held, w),)) if held else section


def _series(body: BacktestReport, w: Wording) -> Iterator[PaperSection]:
    """Yields a section for each day of forecasts: a chart for each series with two rows or more, and a table."""
    number = 0
    for origin in body["origins"]:
        held = [each for each in _held(body) if each[0]["origin"] == origin["origin"]]
        figures = []
        for series, rows in held:
            if len(rows) >= LEAST_CHART_ROWS:
                number += 1
                figures.append(series_picture(number, series, rows, rows[0]["forecasts"][0]["forecaster"], w))
        section = w.section("rows", (), [rows_table(body, origin["origin"], w)], [w("rows_note")])
        heading = w("rows_heading", day_text(origin["origin"], w.lang))
        yield replace(section, id=f"rows_{origin['origin']}", heading=heading, figures=tuple(figures))


def _held(body: BacktestReport) -> Iterator[Held]:
    """Yields each series of a day with its rows in order of their periods."""
    for series in body["series"]:
        key = (series["origin"], series["series"])
        rows = [row for row in body["rows"] if (row["origin"], row["series"]) == key]
        yield series, sorted(rows, key=lambda row: (row["last_on"], row["row"]))
