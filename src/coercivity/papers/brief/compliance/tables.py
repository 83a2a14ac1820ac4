"""The tables of the section on what compliance costs; those with every transfer, fine and figure are for files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.sums import total
from coercivity.base.words import say
from coercivity.papers.brief.compliance.report_data import (
    ColumnData,
    ComplianceData,
    FigureData,
    FilingsData,
    VendorData,
)
from coercivity.papers.brief.paper.wording import clause_text, ids_text, in_order, instrument_text, listed
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.outcomes import meaning
from coercivity.papers.shared.paper.figures import cell, figure
from coercivity.papers.shared.paper.sections import Column, Only, PaperTable, Wording

MONEY = ("staff", "fees", "waiting", "vendor")


def head_text(scenario: str, w: Wording) -> str:
    """Returns a legal scenario as a head."""
    return w(f"head_{scenario}")


def clause_name(body: BriefBody, clause: str, w: Wording) -> str:
    """Returns a clause in short, or that none is named."""
    return clause_text(body, clause, w.lang, short=True) if clause else w("no_clause")


def section_tables(body: BriefBody, found: ComplianceData, w: Wording) -> Iterator[PaperTable]:
    """Yields the tables of the section.

    Args:
        body: The report data.
        found: What compliance costs.
        w: The words.
    """
    yield _cost(found, w)
    yield from _filings(body, found, w)
    yield _people(body, found, w)
    yield _transfers(body, found, w)
    yield _fines(body, found, w)
    yield _figures(found, w)
    yield _vendors(found, w)


def _variants(found: ComplianceData, w: Wording) -> list[Column]:
    """Returns a column for each variant in each legal scenario."""
    two = bool(found["vendors"])
    made = []
    for one in found["columns"]:
        head = w(f"short_{one['scenario']}")
        key = f"{one['scenario']}_{'with' if one['with_vendor'] else 'without'}"
        made.append(Column(key, w("head_with" if one["with_vendor"] else "head_without", head) if two else head))
    return made


def _cost(found: ComplianceData, w: Wording) -> PaperTable:
    columns = found["columns"]
    counts = ("filings", "held", "prohibited", "undetermined", "free")
    rows = [(w(f"row_{name}"), *(str(len(_named(one, name))) for one in columns)) for name in counts]
    rows.append((w("row_transfers"), *(str(sum(len(_named(one, name)) for name in counts)) for one in columns)))
    rows.append((w("row_runs"), *(_runs(one, w) for one in columns)))
    rows.append((w("row_waits"), *(_number(one["runs"]["waits_days"], w("not_counted")) for one in columns)))
    rows.append((w("row_hours"), *(_number(one["hours"], w("not_stated")) for one in columns)))
    for name in MONEY:
        if name != "vendor" or found["vendors"]:
            rows.append((w(f"row_{name}"), *(_money(one, name, w) for one in columns)))
    rows.append((w("row_sum"), *(_sum(one, found["month_keur"], w) for one in columns)))
    made = _variants(found, w)
    key = "cost" if found["vendors"] and len(found["scenarios"]) > 1 else "cost_plain"
    return w.table(key, ("item", *made), rows, numbers=[one.key for one in made], name="compliance_cost")


def _sum(one: ColumnData, month_keur: str | None, w: Wording) -> str:
    """Returns the sum of the rows; also what each month costs if the line cannot run, and that rows are missing."""
    told = figure(one["sum_keur"], 1)
    stopped = bool(one["runs"]["prohibited"])
    if stopped:
        told = w("sum_stops", told) if month_keur is None else w("sum_idle", told, figure(month_keur, 1))
    lacks = any(amount is None for name, amount in one["money_keur"].items() if not (stopped and name == "waiting"))
    return w("sum_lacks", told) if lacks else told


def _named(one: ColumnData, name: str) -> list[str]:
    by_name = {
        "filings": one["filings"],
        "held": one["held"],
        "prohibited": one["prohibited"],
        "undetermined": one["undetermined"],
    }
    return by_name.get(name, one["free"])


def _runs(one: ColumnData, w: Wording) -> str:
    runs = one["runs"]
    if runs["prohibited"]:
        return w("cannot_run", ids_text(in_order(runs["prohibited"]), w.lang))
    if runs["undetermined"]:
        return w("is_open", ids_text(in_order(runs["undetermined"]), w.lang))
    if not runs["days"]:
        return w("not_counted")
    low, middle, high = (w("or_refused") if day is None else day_text(day, w.lang) for day in runs["days"])
    return middle if low == high else w("runs_from", middle, low, high)


def _number(text: str | None, missing: str) -> str:
    return missing if text is None else cell(text, 0)


def _money(one: ColumnData, name: str, w: Wording) -> str:
    amount = one["money_keur"][name]
    if amount is not None:
        return figure(amount, 1)
    return w("not_counted" if name == "waiting" and not one["runs"]["waits_days"] else "not_stated")


def _filings(body: BriefBody, found: ComplianceData, w: Wording) -> Iterator[PaperTable]:
    """Yields filings by instrument for readers, and by clause for files; both have the same sums."""
    by_instrument: dict[str, list[FilingsData]] = {}
    for one in found["filings"]:
        instrument = body["clauses"][one["clause"]]["instrument"] if one["clause"] in body["clauses"] else ""
        by_instrument.setdefault(instrument, []).append(one)
    instruments = [
        (instrument_text(body, name, w.lang) if name else w("no_clause"), rows) for name, rows in by_instrument.items()
    ]
    clauses = [(clause_name(body, one["clause"], w), [one]) for one in found["filings"]]
    yield _counted("instruments", "readers", instruments, found, w)
    yield _counted("clause", "files", clauses, found, w)


def _counted(
    first: str, only: Only, named: Sequence[tuple[str, list[FilingsData]]], found: ComplianceData, w: Wording
) -> PaperTable:
    replaced = {one["id"] for one in found["transfers"] if one["replaced"]}
    made, rows = _variants(found, w), list[tuple[str, ...]]()
    counts = [[total(_left(one, each, replaced) for one in held) for each in found["columns"]] for _, held in named]
    for (name, held), numbers in zip(named, counts, strict=True):
        ids = in_order({name for one in held for names in one["ids"].values() for name in names})
        rows.append((name, ids_text(ids, w.lang), *map(str, numbers)))
    if rows:
        rows.append((w("row_all"), "", *map(str, map(total, zip(*counts, strict=True)))))
    columns: list[str | Column] = [first, "deals", *made]
    name = f"compliance_filings_{first}"
    return w.table("filings", columns, rows, numbers=[one.key for one in made], name=name, only=only)


def _left(one: FilingsData, column: ColumnData, replaced: set[str]) -> int:
    ids = one["ids"][column["scenario"]]
    return len([name for name in ids if not (column["with_vendor"] and name in replaced)])


def _people(body: BriefBody, found: ComplianceData, w: Wording) -> PaperTable:
    helpers = [one for one in found["transfers"] if one["people_help"]]
    heads = [Column(scenario, head_text(scenario, w)) for scenario in found["scenarios"]]
    titles = {row["id"]: say(row["title"], w.lang) for row in body["transactions"]}
    rows = [
        (
            one["id"],
            titles[one["id"]],
            "–" if one["persons"] is None else str(one["persons"]),
            *(_result(body, each["outcome"], each["clause"], w) for each in one["results"].values()),
        )
        for one in helpers
    ]
    columns: list[str | Column] = ["deal", "deals", "persons", *heads]
    return w.table("people", columns, rows, numbers=("persons",), name="compliance_people", only="files")


def _result(body: BriefBody, outcome: str, clause: str, w: Wording) -> str:
    told = meaning(outcome, w.lang)
    return (
        f"{told}（{clause_name(body, clause, w)}）"
        if clause and w.lang == "zh"
        else (f"{told} ({clause_name(body, clause, w)})" if clause else told)
    )


def _transfers(body: BriefBody, found: ComplianceData, w: Wording) -> PaperTable:
    heads = [Column(scenario, head_text(scenario, w)) for scenario in found["scenarios"]]
    titles = {row["id"]: say(row["title"], w.lang) for row in body["transactions"]}
    rows = [
        (
            one["id"],
            titles[one["id"]],
            w(one["kind"], table="kinds"),
            *(_result(body, each["outcome"], each["clause"], w) for each in one["results"].values()),
            w("yes" if one["replaced"] else "no"),
        )
        for one in found["transfers"]
    ]
    columns: list[str | Column] = ["deal", "deals", "kind", *heads, "replaced"]
    return w.table("transfers", columns, rows, name="compliance_transfers", only="files")


def _fines(body: BriefBody, found: ComplianceData, w: Wording) -> PaperTable:
    by_id = {row["id"]: row for row in body["transactions"]}
    rows = []
    for one in found["fines"]:
        entry = by_id[one["transfer"]]["exposure"][one["place"]]
        low, high = one["low_cny"], one["high_cny"]
        computed = w("not_counted") if low is None or high is None else f"{figure(low, 0)}–{figure(high, 0)}"
        basis = listed(entry["basis_zh" if w.lang == "zh" else "basis"], w.lang)
        formula = say(entry["formula"], w.lang) if "formula" in entry else w("not_counted")
        ids = listed(in_order(one["ids"]), w.lang)
        rows.append((basis, say(entry["text"], w.lang), formula, computed, ids))
    columns = ("article", "breach", "fine", "computed_cny", "deals")
    return w.table("fines", columns, rows, name="compliance_fines", only="files")


def _figures(found: ComplianceData, w: Wording) -> PaperTable:
    rows = [
        (
            w(one["name"], table="figures"),
            one["value"],
            w(one["unit"], table="units") if one["unit"] else "–",
            _source(one, w),
        )
        for one in found["figures"]
    ]
    return w.table("figures", ("name", "value", "unit", "source"), rows, name="compliance_figures", only="files")


def _source(one: FigureData | VendorData, w: Wording) -> str:
    return one["source_zh"] or one["source"] if w.lang == "zh" else one["source"]


def _vendors(found: ComplianceData, w: Wording) -> PaperTable:
    rows: list[Sequence[str]] = [
        (
            one["name_zh"] or one["vendor"] if w.lang == "zh" else one["vendor"],
            one["country"],
            listed(in_order(one["replaces"]), w.lang),
            cell(one["cost_keur"], 1),
            "–" if one["months"] is None else str(one["months"]),
            w("none" if one["from_china"] == "none" else "not_stated"),
            _source(one, w),
        )
        for one in found["vendors"]
    ]
    columns = ("vendor", "country", "deals", "cost_keur", "months", "from_china", "source")
    return w.table("vendors", columns, rows, name="compliance_vendors", only="files")
