"""The stages of a chain with the basis of each, and the applications that are returned."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from coercivity.papers.firm.chain.report_data import AlternativeData, ChainReport, ChainStageData
from coercivity.papers.firm.chain.wording import LEAST_CASES, source_text, stage_text
from coercivity.papers.shared.paper.figures import cell, listed, percent_cell
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, Wording

_PLACES = 3
_MOST_LENGTHS = 5  # a stage with more of them is one row for readers
_COLUMNS = ("stage", "days", "unit", "probability_percent", "quality", "cases", "source")
_RETURNS = ("stage", "round", "probability_percent", "found_on_working_day", "rework_working_days")
_NUMBERS = ("days", "probability_percent", "cases")


def stages_section(body: ChainReport, w: Wording) -> PaperSection:
    """Returns the section on stages; a stage of many lengths is one row for readers, and all its rows in files.

    Args:
        body: The result as plain data.
        w: The words.
    """
    every = [*body["stages"], *body["transport"]]
    kinds = {stage["stage"]: stage["kind"] for stage in every}
    short = [row for stage in every for row in _short(stage, w)]
    whole = [row for stage in every for row in _rows(stage, w)]
    few = [stage for stage in every if stage["cases"] is not None and stage["cases"] < LEAST_CASES]
    sentences = []
    if body["ministry_mean_working_days"] is not None and body["three_rounds_probability"] is not None:
        mean = cell(body["ministry_mean_working_days"], 2)
        name = stage_text(body["returning_stage"], kinds.get(body["returning_stage"], ""), w)
        sentences.append(w("ministry", mean, percent_cell(body["three_rounds_probability"], _PLACES), name))
    return w.section(
        "stages",
        sentences,
        (
            w.table("stages", _COLUMNS, short, numbers=_NUMBERS, name="stages_short", only="readers"),
            w.table("stages", _COLUMNS, whole, numbers=_NUMBERS, only="files"),
            _returned(body, kinds, w),
        ),
        notes=[w("too_few", listed((stage_text(s["stage"], s["kind"], w) for s in few), w.lang))] if few else [],
    )


def _short(stage: ChainStageData, w: Wording) -> Iterator[tuple[str, ...]]:
    """Yields the rows of a stage, its name on the first only; one row if there are many."""
    lengths = stage["alternatives"]
    if len(lengths) <= _MOST_LENGTHS:
        for place, row in enumerate(_rows(stage, w)):
            yield row if place == 0 else ("", *row[1:4], "", "", "")
        return
    days = [entry["days"] for entry in lengths]
    told = w("lengths", min(days), max(days), _median(lengths))
    first = next(_rows(stage, w))
    yield (first[0], told, first[2], "100", *first[4:])


def _rows(stage: ChainStageData, w: Wording) -> Iterator[tuple[str, ...]]:
    for entry in stage["alternatives"]:
        yield (
            stage_text(stage["stage"], stage["kind"], w),
            str(entry["days"]),
            w(stage["unit"], table="units"),
            percent_cell(entry["probability"], 1).removesuffix(".0"),
            w(stage["quality"] or "unknown", table="qualities"),
            _cases(stage, w),
            source_text(stage["source"], w),
        )


def _median(lengths: list[AlternativeData]) -> int:
    """Returns the first length by which at least half of the cases have ended."""
    reached = Fraction(0)
    for entry in sorted(lengths, key=lambda entry: entry["days"]):
        reached += Fraction(entry["probability"])
        if reached >= Fraction(1, 2):
            return entry["days"]
    return max(entry["days"] for entry in lengths)


def _returned(body: ChainReport, kinds: dict[str, str], w: Wording) -> PaperTable:
    rows = [
        (
            stage_text(entry["stage"], kinds.get(entry["stage"], ""), w),
            w("round_on" if place == len(entry["probabilities"]) else "round", place),
            percent_cell(chance, 1).removesuffix(".0"),
            str(entry["found_on_working_days"][place - 1]),
            str(entry["rework_working_days"][place - 1]),
        )
        for entry in body["returns"]
        for place, chance in enumerate(entry["probabilities"], 1)
    ]
    return w.table("returns", _RETURNS, rows, numbers=_RETURNS[2:])


def _cases(stage: ChainStageData, w: Wording) -> str:
    if stage["cases"] is None:
        return w("not_counted")
    return w("few", stage["cases"]) if stage["cases"] < LEAST_CASES else f"{stage['cases']:,}"
