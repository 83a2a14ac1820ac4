"""A calibration as sections of sentences, pictures and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.papers.calibration.picture import fit_picture
from coercivity.papers.calibration.report_data import CalibrationReport, FitData
from coercivity.papers.calibration.wording import key_of_row, parameter_text, wording
from coercivity.papers.shared.paper.figures import figure, listed, percent, percent_cell
from coercivity.papers.shared.paper.sections import Column, PaperSection, PaperTable, Wording

FORMULAS = ("prior", "surface", "likelihood", "stages", "rule")
_SHIFT, _VALUE, _R2, _SHARE, _SHORT = 2, 3, 2, 0, 16
_FEW = 50  # effective points below which a figure without a group is rough


def calibration_title(body: CalibrationReport, lang: Lang) -> str:
    """Returns the title."""
    separator = "、" if lang == "zh" else ", "
    return wording(lang)("title", separator.join(one["known"] for one in body["fits"]))


def calibration_sections(body: CalibrationReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of the paper; those without content are left out.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    every = [w.section("summary", _summary(body, w)), w.section("parameters", (), [_parameters(body, w)])]
    for one in body["fits"]:
        every += _fit(body, one, w)
    every.append(w.section("formulas", (w(f"formula_{name}") for name in FORMULAS)))
    return tuple(section for section in every if section.sentences or section.tables)


def _summary(body: CalibrationReport, w: Wording) -> Iterator[str]:
    yield w("simulated", body["solved"], body["simulations"], body["first"], body["last"])
    for one in body["fits"]:
        moved = [parameter_text(row["name"], w) for row in one["moved"] if not row["unmoved"]]
        rows = one["quantity_rows"], one["price_rows"]
        if moved:
            yield w("moved_by", one["known"], *rows, listed(moved, w.lang))
        else:
            yield w("moved_none", one["known"], *rows)
    if any(min(one["degrees"]) == 0 for one in body["fits"]):
        yield w("no_surface")
    elif any(min(one["degrees"]) == 1 for one in body["fits"]):
        yield w("plane")


def _parameters(body: CalibrationReport, w: Wording) -> PaperTable:
    columns = ("row", "parameter", "stage", "low", "mode", "high")
    rows = [
        (
            key_of_row(each["name"]),
            w(key_of_row(each["name"]), table="parameters"),
            w(each["stage"], table="stages"),
            *(figure(each[end], _VALUE, trim=True) for end in ("low", "mode", "high")),
        )
        for each in body["parameters"]
    ]
    return w.table("parameters", columns, rows, numbers=columns[3:])


def _fit(body: CalibrationReport, one: FitData, w: Wording) -> Iterator[PaperSection]:
    """Yields the sections of one cut-off."""
    known = one["known"]
    main = w.section("posterior", _said(one, w), [_moved(one, w)], [w("moved_note")])
    yield replace(_of(main, known, w), figures=(fit_picture(body, one, w),))
    pulls = [_pulls(one, stage, w) for stage in ("quantity", "price")]
    yield _of(w.section("pulls", (), pulls, [w("pulls_note")]), known, w)
    yield _of(w.section("series", _inside(one, w), [_series(one, w)], [w("series_note")]), known, w)
    yield _of(w.section("rows", _left(one, w), [_rows(one, w)]), known, w)


def _of(section: PaperSection, known: str, w: Wording) -> PaperSection:
    """Returns a section under a heading with its cut-off, and with an id of its own."""
    return replace(section, id=f"{section.id}_{known}", heading=w("at", section.heading, known))


def _said(one: FitData, w: Wording) -> Iterator[str]:
    yield w("file", one["file"], one["posterior"][:_SHORT])
    yield w("rows_count", one["quantity_rows"], one["price_rows"])
    yield w(one["method"], figure(one["effective"], 0), one["steps"])
    yield w("price_points", figure(one["price_effective"], 0))
    unmoved = [parameter_text(row["name"], w) for row in one["moved"] if row["unmoved"]]
    if unmoved:
        yield w("unmoved", listed(unmoved, w.lang))


def _moved(one: FitData, w: Wording) -> PaperTable:
    numbers = ("before", "after", "shift", "shrunk_percent", "overlap_percent")
    columns = ("row", "parameter", "before", "after", "after_range", *numbers[2:], "verdict")
    rows = [
        (
            key_of_row(row["name"]),
            w(key_of_row(row["name"]), table="parameters"),
            figure(row["prior_mean"], _VALUE, trim=True),
            figure(row["mean"], _VALUE, trim=True),
            w("range", figure(row["low"], _VALUE, trim=True), figure(row["high"], _VALUE, trim=True)),
            _signed(row["shift"]),
            percent_cell(row["shrunk"], _SHARE),
            percent_cell(row["overlap"], _SHARE),
            w("not_moved" if row["unmoved"] else "was_moved"),
        )
        for row in one["moved"]
    ]
    return w.table("moved", columns, rows, numbers=numbers, name=f"moved_{one['known']}")


def _signed(text: str) -> str:
    told = figure(text, _SHIFT)
    return told if told.startswith("\u2212") or not any(sign in "123456789" for sign in told) else f"+{told}"


def _pulls(one: FitData, stage: str, w: Wording) -> PaperTable:
    names = [row["name"] for row in one["moved"] if row["stage"] == stage]
    ours = [Column(key_of_row(name), key_of_row(name)) for name in names]
    columns: list[str | Column] = ["by", "group", "rows", *ours, "effective"]
    rows = [
        (
            w(f"by_{each['by']}"),
            w(each["group"], table="kinds") if each["by"] == "kind" else each["group"],
            str(each["rows"]),
            *(_signed(each["shift"][name]) for name in names),
            figure(each["effective"], 0) if int(each["effective"]) >= _FEW else w("few", each["effective"]),
        )
        for each in one["pulls"]
        if each["stage"] == stage
    ]
    numbers = ("rows", *(key_of_row(name) for name in names), "effective")
    title = w("pulls_of", w(stage, table="stages"))
    return w.table("pulls", columns, rows, numbers=numbers, title=title, name=f"pulls_{stage}_{one['known']}")


def _inside(one: FitData, w: Wording) -> Iterator[str]:
    for stage in ("quantity", "price"):
        each = [row for row in one["series"] if row["stage"] == stage]
        rows = total(row["rows"] for row in each)
        if rows:
            share = percent(str(round(total(row["inside"] for row in each) / rows, 4)), w.lang, 0)
            yield w("inside", w(stage, table="stages"), share, rows)
    missed = [row["series"] for row in one["series"] if not row["predicted"]]
    if missed:
        yield w("not_predicted", len(missed), len(one["series"]))


def _series(one: FitData, w: Wording) -> PaperTable:
    columns = ("stage", "kind", "series", "rows", "r2", "error_sd", "predicted", "inside")
    rows = [
        (
            w(row["stage"], table="stages"),
            w(row["kind"], table="kinds"),
            row["series"],
            str(row["rows"]),
            figure(row["r2"], _R2),
            figure(row["error_sd"], _R2),
            w("yes" if row["predicted"] else "error_added"),
            str(row["inside"]),
        )
        for row in one["series"]
    ]
    return w.table("series", columns, rows, numbers=("rows", "r2", "error_sd", "inside"), name=f"series_{one['known']}")


def _left(one: FitData, w: Wording) -> Iterator[str]:
    for why, count in one["left"].items():
        yield w("left", count, w(why, table="why"))


def _rows(one: FitData, w: Wording) -> PaperTable:
    """Returns every row that was known, with the reason of those that do not count; for files."""
    columns = ("id", "series", "stage", "kind", "why", "reason")
    rows = [(row["id"], row["series"], row["stage"], row["kind"], row["why"], row["reason"]) for row in one["rows"]]
    return w.table("rows", columns, rows, name=f"rows_{one['known']}", only="files")
