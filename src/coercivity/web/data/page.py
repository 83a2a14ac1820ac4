"""The screen `data`: the tables of the packs with their sources, quality and age, and known gaps."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from coercivity.base.days import Day, needed_day
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.sums import total
from coercivity.verbs.data import (
    PackReport,
    SourceEntry,
    TableReport,
    data_check,
    data_list,
    data_packs,
    data_show,
    data_sources,
)
from coercivity.verbs.rules import last_check
from coercivity.verbs.serving.problems import UNPROCESSABLE, status_of
from coercivity.web.data import look
from coercivity.web.data.charts import shares_chart
from coercivity.web.shown import day_text
from coercivity.web.view import View, page, view_of
from coercivity.web.work import SEE_OTHER

router = APIRouter()
PAGE_SOURCES = 100
MOST_FIRST = 1_000_000
LATE = "PACK-LATE"
TRUSTS = ("high", "medium", "low", "none")


@router.get("/data")
def show(request: Request) -> Response:
    """Shows all tables with their number of rows, age and quality."""
    view = view_of(request)
    day, faults = _day(view)
    check = data_check(day)
    ages = {(report.pack, table.name): table for report in check.reports for table in report.tables}
    packs = []
    for pack in data_packs():
        tables = [
            (entry, ages.get((pack.name, entry.table)), look.table_title(view, pack.name, entry.table, entry.title))
            for entry in data_list()
            if entry.pack == pack.name
        ]
        packs.append((pack, tables))
    return page(
        view,
        "data.html.j2",
        status=UNPROCESSABLE if faults else 200,
        faults=faults,
        packs=packs,
        check=check,
        day=day,
        chart=shares_chart(view, check.reports, "quality"),
        column_name=lambda name: look.column_name(view, name),
        totals=_totals(check.reports),
        law_check=last_check(day),
        date=lambda date: day_text(view, date),
        main_form="data-form",
    )


@router.get("/data/check")
def check_(request: Request) -> Response:
    """Shows a check of the packs as of a date: overdue tables, errors, assumptions and gaps."""
    view = view_of(request)
    day, faults = _day(view)
    check = data_check(day)
    held = [(report.pack, table) for report in check.reports for table in report.tables]
    late = sorted(
        ((pack, table) for pack, table in held if table.age_days > table.check_every_days),
        key=lambda entry: -entry[1].age_days / entry[1].check_every_days,
    )
    return page(
        view,
        "data_check.html.j2",
        status=UNPROCESSABLE if faults else 200,
        faults=faults,
        check=check,
        day=day,
        late=[
            (name, [entry for entry in late if _twice(entry[1]) is twice])
            for name, twice in (("twice", True), ("once", False))
        ],
        wrong=[fault for report in check.reports for fault in report.faults if fault.code != LATE],
        noted=[fault for report in check.reports for fault in report.warnings if fault.code != LATE],
        chart=shares_chart(view, check.reports, "retrieval"),
        totals=_totals(check.reports),
        law_check=last_check(day),
        date=lambda date: day_text(view, date),
        title=lambda pack, table: look.table_title(view, pack, table, table),
        assumed=data_show("world/assumptions", limit=None),
        packs=data_packs(),
        main_form="data-form",
    )


@router.get("/data/sources")
def sources(request: Request) -> Response:
    """Shows the sources with publisher, reliability, origin and the number of rows that cite them."""
    view = view_of(request)
    found = data_sources()
    fit = [entry for entry in found if _fits(view, entry)]
    first = _first(view)
    counts = {trust: sum(1 for entry in found if (entry.row["trust"] or "none") == trust) for trust in TRUSTS}
    return page(
        view,
        "data_sources.html.j2",
        fit=len(fit),
        total=len(found),
        first=first,
        rows=fit[first : first + PAGE_SOURCES],
        size=PAGE_SOURCES,
        counts=counts,
        packs=[pack.name for pack in data_packs()],
        trusts=TRUSTS,
        word=lambda group, text: look.word_of(view, group, text),
        main_form="sources-form",
    )


@router.get("/data/{pack}/{table}")
def table(request: Request, pack: str, table: str) -> Response:
    """Shows the columns of a table and the rows that the address selects."""
    view = view_of(request)
    pairs, name = look.filters(view), f"{pack}/{table}"
    column, value = view.get("column")[: look.MOST_CHARS], view.get("value")[: look.MOST_CHARS]
    # The language switch keeps what is typed and does not apply it.
    if column and "to_lang" not in request.query_params:
        added = [pair for pair in pairs if pair[0] != column]
        return RedirectResponse(look.address(view, [*added, (column, value)]), SEE_OTHER)
    first, faults = _first(view), tuple[Fault, ...]()
    try:
        found = data_show(name, where=dict(pairs), limit=look.PAGE_ROWS, first=first)
    except CoercivityError as error:
        if not pairs:
            raise
        faults = error.faults
        found = data_show(name, limit=look.PAGE_ROWS)
    title = look.table_title(view, found.pack, found.table, found.title)
    return page(
        view,
        "data_table.html.j2",
        status=status_of(faults, in_address=False) if faults else 200,
        faults=faults,
        found=found,
        title=title,
        first=0 if faults else first,
        size=look.PAGE_ROWS,
        pairs=[(c, text, look.address(view, [pair for pair in pairs if pair[0] != c])) for c, text in pairs],
        address=lambda at: look.address(view, pairs, at),
        columns=list(look.column_rows(found)),
        words=look.words_of(found),
        word=lambda group, text: look.word_of(view, group, text),
        column_name=lambda name: look.column_name(view, name),
        main_form="table-form",
        **look.shown_rows(view, found),
    )


def _day(view: View) -> tuple[Day, tuple[Fault, ...]]:
    """The date in the address, or today with the faults of that date."""
    try:
        return needed_day(view.on, "on"), ()
    except CoercivityError as error:
        return needed_day(view.today, "on"), error.faults


def _twice(table: TableReport) -> bool:
    return table.age_days > 2 * table.check_every_days


def _first(view: View) -> int:
    text = view.get("first", "0")
    return min(int(text), MOST_FIRST) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _fits(view: View, entry: SourceEntry) -> bool:
    pack, trust, text = view.get("pack"), view.get("trust"), view.get("text").casefold()
    told = " ".join(entry.row.values()).casefold()
    return pack in ("", entry.pack) and trust in ("", entry.row["trust"] or "none") and text in told


def _totals(reports: tuple[PackReport, ...]) -> dict[str, int]:
    tables = [table for report in reports for table in report.tables]
    return {
        "tables": len(tables),
        "rows": total(table.rows for table in tables),
        "late": sum(1 for table in tables if table.age_days > table.check_every_days),
        "faults": sum(len(report.faults) for report in reports),
        "warnings": sum(len(report.warnings) for report in reports),
        "oldest": max((table.age_days for table in tables), default=0),
        "assumed": total(report.by_quality.get("assumed", 0) for report in reports),
        "marked": total(total(report.by_quality.values()) for report in reports),
    }
