"""Contracts in the scenarios of a company: what is paid, for goods taken and not taken."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.papers.firm.stops.report_data import ContractMonthData, StopsReport
from coercivity.papers.shared.paper.figures import cell, listed
from coercivity.papers.shared.paper.sections import PaperSection, Wording

_MONTH = ("contract", "month", "formula_usd_per_kg", "price_usd_per_kg", "taken_kg", "in_force", "paid_kg", "paid_usd")
_NUMBERS = (*_MONTH[2:5], *_MONTH[6:], "not_taken_usd", "excused_months")


def contracts_section(body: StopsReport, w: Wording) -> PaperSection:
    """Returns the section on contracts: totals by scenario, then months; scenarios with the same months share a table.

    Args:
        body: The result as plain data.
        w: The words.
    """
    totals = [
        (entry["scenario"], cell(entry["paid_usd"], 2), cell(entry["not_taken_usd"], 2), str(entry["excused_months"]))
        for entry in body["contracts"]
    ]
    alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for entry in body["contracts"]:
        for contract in dict.fromkeys(month["contract"] for month in entry["months"]):
            own = [month for month in entry["months"] if month["contract"] == contract]
            alike.setdefault(tuple(_months(own, w)), []).append(entry["scenario"])
    every = [(entry["scenario"], *row) for entry in body["contracts"] for row in _months(entry["months"], w)]
    tables = [
        w.table("contracts", ("scenario", "paid_usd", "not_taken_usd", "excused_months"), totals, numbers=_NUMBERS)
    ]
    for rows, scenarios in sorted(alike.items(), key=lambda item: item[0][0][0]):
        title = w("months_of", rows[0][0], listed(scenarios, w.lang))
        name = "_".join(("contract_months", rows[0][0], *scenarios))
        table = w.table("contract_months", _MONTH, rows, numbers=_NUMBERS, title=title, name=name, only="readers")
        tables.append(table)
    tables.append(w.table("contract_months", ("scenario", *_MONTH), every, numbers=_NUMBERS, only="files"))
    sentences = []
    if body["mean_paid_usd"] is not None and totals:
        sentences.append(w("mean_paid", cell(body["mean_paid_usd"], 2)))
    return w.section("contracts", sentences, tables, notes=(w("contracts_note"),) if totals else ())


def _months(months: list[ContractMonthData], w: Wording) -> Iterator[tuple[str, ...]]:
    for month in months:
        yield (
            month["contract"],
            month["month"],
            cell(month["formula_usd_per_kg"], 2),
            cell(month["price_usd_per_kg"], 2),
            cell(month["taken_kg"], 3).removesuffix(".000"),
            w("yes" if month["licence_in_force"] else "no"),
            cell(month["paid_kg"], 3).removesuffix(".000"),
            cell(month["paid_usd"], 2),
        )
