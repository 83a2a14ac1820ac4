"""The result of `fund pipeline` as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.papers.ministry.pipeline.data import TEN
from coercivity.papers.ministry.pipeline.picture import pipeline_picture
from coercivity.papers.ministry.pipeline.report_data import PipelineReport, PipelineSetData, RangeData
from coercivity.papers.ministry.pipeline.wording import wording
from coercivity.papers.shared.paper.figures import listed, percent
from coercivity.papers.shared.paper.sections import Column, PaperSection, PaperTable, Wording

_NOTES = ("note_enough", "note_slips", "note_path", "note_run", "note_stockpile")


def pipeline_sections(body: PipelineReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of a result.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = wording(lang)
    ranking = w.section("ranking", (), [_ranking(body, w), _per_million(body, w)])
    every = (
        w.section("summary", _opening(body, w)),
        replace(ranking, figures=(pipeline_picture(body, w),)) if body["ranking"] else ranking,
        w.section("order", (), [_order(body, w)]),
        w.section("budgets", (), [_budgets(body, w), _solved(body, w), _starts(body, w)] if body["budgets"] else []),
        w.section("scarce", (), [_scarce(body, w)]),
        w.section("without", (), [_without(body, w)]),
        w.section("notes", _notes(body, w)),
    )
    return tuple(section for section in every if section.sentences or section.tables)


def _opening(body: PipelineReport, w: Wording) -> Iterator[str]:
    rows = body["ranking"]
    if rows:
        top = rows[0]
        mean = total(one["mean"] for one in top["per_million"].values()) / len(body["paths"])
        yield w("best", labels(body, w)[top["project"]], w(top["instrument"], table="instruments"), _plain(mean))
        sure = [
            labels(body, w)[row["project"]]
            for row in rows
            if all(one["mean"] > 1 for one in row["per_million"].values())
        ]
        if sure:
            yield w("worth_more", len(sure), len(rows), listed(sure, w.lang))
        else:
            yield w("worth_none", len(rows))
    names = labels(body, w)
    for row in body["budgets"]:
        best = row["sets"][0]
        if not best["projects"]:
            yield w("nothing", _musd(row["budget_musd"]))
            continue
        told = listed((names[one] for one in best["projects"]), w.lang)
        if best["solved_musd"] is None:
            yield w("budget_guess", _musd(row["budget_musd"]), told, _musd(best["pairs_musd"]))
        else:
            values = _musd(best["solved_musd"]), _musd(best["alone_musd"])
            yield w("budget", _musd(row["budget_musd"]), told, *values)
    yield from _technology(body, names, w)
    if body["scarce"]:
        first = body["scarce"][0]
        mean = total(first["usd_per_kg"].values()) / len(first["usd_per_kg"])
        yield w("scarce", capacity_text(first["capacity"], w), _plain(mean))


def _technology(body: PipelineReport, names: dict[str, str], w: Wording) -> Iterator[str]:
    stays, extended = body["order"].get("technology"), body["order"].get("extension")
    if not stays or not extended:
        return
    enter = [names[one] for one in stays if one not in extended]
    leave = [names[one] for one in extended if one not in stays]
    if stays == extended:
        yield w("same_order")
    elif not enter:
        yield w("same_ten")
    else:
        yield w("other_order", listed(enter, w.lang), listed(leave, w.lang))


def _ranking(body: PipelineReport, w: Wording) -> PaperTable:
    columns = (
        "place", "name", "stage", "region", "status", "controlled", "instrument", "additional_percent", "cost_musd",
        "value_musd", "per_million",
    )  # fmt: skip
    rows = []
    for place, row in enumerate(body["ranking"], start=1):
        value, each = (
            total(one["mean"] for one in row[key].values()) / len(body["paths"])
            for key in ("value_musd", "per_million")
        )
        rows.append(
            (
                str(place),
                row["name"],
                w(row["stage"], table="stages"),
                w(row["region"], table="regions"),
                w(row["status"], table="statuses"),
                w("yes" if row["controlled"] else "no"),
                w(row["instrument"], table="instruments"),
                _plain(100 * row["additional_share"], 0),
                _plain(row["cost_musd"], 1),
                _plain(value, 1),
                _plain(each),
            )
        )
    return w.table("ranking", columns, rows, numbers=("place", *columns[-4:]))


def _per_million(body: PipelineReport, w: Wording) -> PaperTable:
    paths = [
        column
        for path in body["paths"]
        for column in (
            Column(f"per_million_{path}", w(path, table="paths")),
            Column(f"per_million_{path}_interval", w("interval", table="columns")),
        )
    ]
    rows = []
    for row in body["ranking"]:
        cells = [cell for path in body["paths"] for cell in _with_interval(row["per_million"][path], w, 2)]
        rows.append((labels(body, w)[row["project"]], *cells))
    return w.table("per_million", ("name", *paths), rows, numbers=tuple(column.key for column in paths))


def _order(body: PipelineReport, w: Wording) -> PaperTable:
    names = labels(body, w)
    columns = [Column(f"best_{path}", w(path, table="paths")) for path in body["paths"]]
    rows = [
        (str(place + 1), *(names[order[place]] if place < len(order) else "–" for order in body["order"].values()))
        for place in range(min(TEN, len(body["ranking"])))
    ]
    return w.table("order", ("place", *columns), rows, numbers=("place",))


def _set(one: PipelineSetData, names: dict[str, str], w: Wording) -> tuple[str, str]:
    return (
        listed((names[project] for project in one["projects"]), w.lang) or "–",
        listed((w(each, table="instruments") for each in one["instruments"]), w.lang) or "–",
    )


def _budgets(body: PipelineReport, w: Wording) -> PaperTable:
    names = labels(body, w)
    columns = (
        "budget_musd",
        "guess",
        "projects",
        "instruments",
        "cost_musd",
        "alone_musd",
        "pairs_musd",
        "solved_musd",
    )
    rows = [
        (
            _musd(row["budget_musd"]),
            w(one["guess"], table="guesses"),
            *_set(one, names, w),
            _plain(one["cost_musd"], 1),
            _plain(one["alone_musd"], 1),
            _plain(one["pairs_musd"], 1),
            "–" if one["solved_musd"] is None else _plain(one["solved_musd"], 1),
        )
        for row in body["budgets"]
        for one in row["sets"]
    ]
    return w.table("budgets", columns, rows, numbers=("budget_musd", *columns[4:]))


def _solved(body: PipelineReport, w: Wording) -> PaperTable:
    names = labels(body, w)
    columns = (
        "budget_musd",
        "projects",
        "path",
        "whole_musd",
        "interval",
        "outside_musd",
        "outside_interval",
        "less_musd",
    )
    rows = [
        (
            _musd(row["budget_musd"]),
            _set(one, names, w)[0],
            w(path, table="paths"),
            *_with_interval(each["whole"], w, 1),
            *_with_interval(each["outside"], w, 1),
            _plain(each["less_than_best_musd"], 1),
        )
        for row in body["budgets"]
        for one in row["sets"]
        for path, each in one["solved"].items()
    ]
    return w.table("solved", columns, rows, numbers=("budget_musd", *columns[3:]))


def _starts(body: PipelineReport, w: Wording) -> PaperTable:
    names = labels(body, w)
    rows = [
        (_musd(row["budget_musd"]), names[project], _plain(100 * given[0], 0), _plain(100 * given[1], 0))
        for row in body["budgets"]
        for project, given in (row["sets"][0]["starts"].items() if row["sets"] else ())
    ]
    columns = ("budget_musd", "name", "with_percent", "without_percent")
    return w.table("starts", columns, rows, numbers=("budget_musd", "with_percent", "without_percent"))


def _scarce(body: PipelineReport, w: Wording) -> PaperTable:
    columns = [Column(f"usd_per_kg_{path}", w(path, table="paths")) for path in body["paths"]]
    rows = [
        (capacity_text(row["capacity"], w), *(_plain(row["usd_per_kg"][path], 1) for path in body["paths"]))
        for row in body["scarce"]
    ]
    return w.table("scarce", ("capacity", *columns), rows, numbers=tuple(column.key for column in columns))


def _without(body: PipelineReport, w: Wording) -> PaperTable:
    columns = ("name", "stage", "region", "relief_usd_per_kg", "charge_usd_per_kg", "reason")
    rows = [
        (
            row["name"],
            w(row["stage"], table="stages"),
            w(row["region"], table="regions"),
            _plain(row["relief_usd_per_kg"], 1),
            _plain(row["charge_usd_per_kg"], 1),
            w(row["reason"], table="reasons"),
        )
        for row in body["without"]
    ]
    return w.table("without", columns, rows, numbers=("relief_usd_per_kg", "charge_usd_per_kg"))


def _notes(body: PipelineReport, w: Wording) -> Iterator[str]:
    rate = percent(str(body["discount"]), w.lang)
    yield w("note_value", rate, body["years"][-1], body["years_after"])
    if body["draws_solved"]:
        yield w("note_market", body["draws_solved"])
    for key in _NOTES:
        yield w(key)


def labels(body: PipelineReport, w: Wording) -> dict[str, str]:
    """Returns the name of each project, with its stage where another has the same name."""
    rows = [(row["project"], row["name"], row["stage"]) for row in body["ranking"]]
    rows += [(row["project"], row["name"], row["stage"]) for row in body["without"]]
    names = [name for _, name, _ in rows]
    return {
        project: name if names.count(name) == 1 else w("with_stage", name, w(stage, table="stages"))
        for project, name, stage in rows
    }


def capacity_text(name: str, w: Wording) -> str:
    """Returns the name of a capacity in words: stage and region, and the deposit of a mine."""
    stage, *middle, region = name.split(":")
    parts = [w(stage, table="stages"), *middle, w(region, table="regions")]
    return ("，" if w.lang == "zh" else ", ").join(parts)


def _with_interval(one: RangeData, w: Wording, decimals: int) -> tuple[str, str]:
    if one["low"] is None or one["high"] is None:
        return _plain(one["mean"], decimals), "–"
    return _plain(one["mean"], decimals), w("range", _plain(one["low"], decimals), _plain(one["high"], decimals))


def _musd(value: float) -> str:
    return _plain(value, 0)


def _plain(value: float, decimals: int = 2) -> str:
    text = f"{value:,.{decimals}f}"
    return ("\u2212" + text[1:]) if text.startswith("-") and float(text.replace(",", "")) else text.lstrip("-")
