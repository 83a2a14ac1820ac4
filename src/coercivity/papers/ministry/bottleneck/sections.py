"""Whether technology or materials are the bottleneck as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coercivity.base.words import Lang
from coercivity.ministry.bottleneck.runs import IMPORTED
from coercivity.papers.ministry.bottleneck.pictures import stage_picture
from coercivity.papers.ministry.bottleneck.plant_tables import clauses_table, held_table, never_table, starts_table
from coercivity.papers.ministry.bottleneck.report_data import BottleneckReport, IntervalData, OutputData
from coercivity.papers.ministry.bottleneck.sentences import opening
from coercivity.papers.ministry.bottleneck.wording import (
    SHARE,
    TONNES,
    interval_text,
    run_text,
    stage_text,
    through_text,
    unit_text,
    wording,
)
from coercivity.papers.shared.paper.figures import cell, figure, percent_cell
from coercivity.papers.shared.paper.sections import Column, PaperSection, PaperTable, Wording

FORMULAS = ("runs", "output", "verdict", "start", "cost", "intervals")
DATA = "output_data"
_DIGITS = 3  # of numbers for programs


def bottleneck_title(body: BottleneckReport, lang: Lang) -> str:
    """Returns the title."""
    return wording(lang)("title", body["first"], body["last"])


def bottleneck_sections(body: BottleneckReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of the paper; those without content are left out.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    every = (
        w.section("summary", opening(body, w)),
        w.section("verdicts", (), [_verdicts(body, w)], [w("verdicts_note")]),
        *(_stage(body, stage, w) for stage in stages_of(body)),
        w.section("held", (), _held(body, w), [w("held_note")]),
        w.section("starts", (), [starts_table(body, w), starts_table(body, w, whole=True)], [w("starts_note")]),
        w.section("never", (), [never_table(body, w)]),
        w.section("assumed", _assumed(body, w)),
        w.section("formulas", (w(f"formula_{name}") for name in FORMULAS)),
        w.section(DATA, (), [_long(body, w)]),
    )
    return tuple(section for section in every if section.sentences or section.tables)


def for_pages(sections: Sequence[PaperSection]) -> tuple[PaperSection, ...]:
    """Returns the sections without the one that holds a table for files only."""
    return tuple(section for section in sections if section.id != DATA)


def stages_of(body: BottleneckReport) -> list[str]:
    """Returns the stages in the order of the chain."""
    return list(dict.fromkeys(row["stage"] for row in body["output"]))


def _verdicts(body: BottleneckReport, w: Wording) -> PaperTable:
    columns = (
        "stage",
        "through",
        "base_t",
        "technology_t",
        "materials_t",
        "between_t",
        "between_percent",
        "winner",
        "why",
    )
    rows = [
        (
            stage_text(one["stage"], w),
            through_text(one["through"], w),
            figure(one["base_t"], TONNES),
            interval_text(one["technology_t"], TONNES, w),
            interval_text(one["materials_t"], TONNES, w),
            interval_text(one["between_t"], TONNES, w),
            percent_cell(one["between_share"], SHARE),
            w(f"winner_{one['winner']}"),
            w(f"why_{one['reason']}") if one["reason"] else "–",
        )
        for one in body["verdicts"]
    ]
    return w.table("verdicts", columns, rows, numbers=columns[2:7])


def _stage(body: BottleneckReport, stage: str, w: Wording) -> PaperSection:
    """Returns the output of a stage by year, with the differences to the run with both controls."""
    rows = [row for row in body["output"] if row["stage"] == stage]
    years = [Column(f"t_{year}", year) for year in body["years"]]
    levels = [(run_text(run["run"], w), *_levels(rows, run["run"])) for run in body["runs"]]
    more = [(run_text(run["run"], w), *_more(rows, run["run"], w)) for run in body["runs"][1:]]
    numbers = [column.key for column in years]
    unit, imported = unit_text(stage, w), stage == IMPORTED
    heading = w("imported_heading") if imported else w("stage_heading", stage_text(stage, w))
    tables = [
        w.table(
            "output",
            ["run", *years],
            levels,
            numbers=numbers,
            title=w("imported_in" if imported else "output_in", unit),
            name=f"output_{stage}",
            only="readers",
        ),
        w.table(
            "more",
            ["run", *years],
            more,
            numbers=numbers,
            title=w("more_in", unit),
            name=f"more_{stage}",
            only="readers",
        ),
    ]
    section = w.section("output", (), tables)
    figures = (stage_picture(body, stage, w),)
    return replace(section, id=f"stage_{stage}", heading=heading, figures=figures)


def _held(body: BottleneckReport, w: Wording) -> list[PaperTable]:
    return [held_table(body, w), held_table(body, w, whole=True), clauses_table(body, w)]


def _levels(rows: Sequence[OutputData], run: str) -> Iterator[str]:
    return (figure(row["t"], TONNES) for row in rows if row["run"] == run)


def _more(rows: Sequence[OutputData], run: str, w: Wording) -> Iterator[str]:
    for row in rows:
        if row["run"] == run and row["more_t"] is not None:
            yield interval_text(row["more_t"], TONNES, w)


def _long(body: BottleneckReport, w: Wording) -> PaperTable:
    """Returns every number of the output, one below the other; for files."""
    columns = ("stage", "run", "year", "t", "more_t", "low_t", "high_t")
    rows = [
        (row["stage"], row["run"], row["year"], figure(row["t"], _DIGITS), *_cells(row["more_t"]))
        for row in body["output"]
    ]
    return w.table("output", columns, rows, numbers=columns[3:], only="files")


def _cells(found: IntervalData | None) -> tuple[str, str, str]:
    if found is None:
        return "–", "–", "–"
    return figure(found["mean"], _DIGITS), cell(found["low"], _DIGITS), cell(found["high"], _DIGITS)


def _assumed(body: BottleneckReport, w: Wording) -> Iterator[str]:
    for run in body["runs"]:
        title = run["title"]["zh" if w.lang == "zh" else "en"]
        yield w("run_is", run_text(run["run"], w), title)
    if not body["first"].endswith("-01") or not body["last"].endswith("-12"):
        yield w("cut_years", body["first"], body["last"])
    if body["failed"]:
        yield w("failed", len(body["failed"]))
