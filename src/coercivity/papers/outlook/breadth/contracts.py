"""Supply contracts: what is due, delivered and short, at which price, and who pays."""

from __future__ import annotations

import re

from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.market.results.mechanisms.rows import ContractRow
from coercivity.market.run.contracts.contract import CAP, FLOOR
from coercivity.papers.outlook.breadth.section import (
    Section,
    chosen,
    goods_text,
    joined,
    millions,
    table,
    told_by_run,
    whole,
    word,
)
from coercivity.papers.outlook.names import Names
from coercivity.papers.outlook.read import ReadRun, num, percent
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.words import paper_words

MOST = 40
MOST_RUNS = 2
_ROW = re.compile(r"C\d{3}")
_MASSES = ("due", "delivered", "short")
_COLUMNS = (
    "contract",
    "buyer",
    "seller",
    "good",
    "route",
    "run",
    *_MASSES,
    "contract_price",
    "limits",
    "paid",
    "above",
)


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on contracts.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    rows = [(run, row) for run in held for row in run.body["contracts"]]
    heading = word("headings", "contracts", lang)
    if not rows:
        return Section("contracts", heading, absent=word("none", "contracts", lang))
    rows.sort(key=lambda pair: (-total(pair[1]["due_t"]), pair[1]["contract"], pair[0].place))
    due = {row["contract"] for _, row in rows if total(row["due_t"])}
    quiet = dict.fromkeys(row["contract"] for _, row in rows if row["contract"] not in due)
    several = len(held) > 1
    sentences = told_by_run(((run.key, _sentence(run, lang)) for run in held), lang, several=several)
    mine = [(run, row) for run, row in rows if not _ROW.fullmatch(row["contract"]) and row["contract"] not in quiet]
    mine.sort(key=lambda pair: not total(pair[1]["short_t"]))
    own = told_by_run(((run.key, _own(row, lang)) for run, row in mine), lang, several=several)
    nothing = (word("none", "nothing_due", lang).format(joined(map(source_row, quiet), lang)),) if quiet else ()
    cells = [_row(report, run, row, lang) for run, row in rows if row["contract"] not in quiet]
    return Section(
        "contracts",
        heading,
        (*own, *sentences, *nothing),
        word("about", "contracts", lang),
        tables=(table("contracts", _COLUMNS, cells, lang, numbers=7, most=MOST),) if cells else (),
        summary=own or sentences[:MOST_RUNS],
    )


def source_row(contract: str) -> str:
    """Returns the row of the market data set that describes a contract; a contract of the scenario keeps its id."""
    return f"contracts:{contract}" if _ROW.fullmatch(contract) else contract


def _sentence(run: ReadRun, lang: Lang) -> str:
    rows = run.body["contracts"]
    due, short, paid = (whole(row[name] for row in rows) for name in ("due_t", "short_t", "paid_usd"))
    if not due:
        return ""
    if not short:
        return word("sentences", "all_delivered", lang).format(num(due))
    return word("sentences", "contracts", lang).format(
        num(due - short), num(due), percent((due - short) / due, lang), millions(paid)
    )


def _own(row: ContractRow, lang: Lang) -> str:
    """Returns what a contract of the scenario gives its buyer: deliveries, price, months at floor or cap, money."""
    above, paid = total(row["above_usd"]), total(row["paid_usd"])
    months = sum(1 for price in row["price_usd_per_kg"] if price is not None)
    limits = [
        word("sentences", f"at_{limit}", lang).format(row["limit"].count(limit), months)
        for limit in (FLOOR, CAP)
        if limit in row["limit"]
    ]
    return word("sentences", "own_contract", lang).format(
        row["contract"],
        num(total(row["delivered_t"])),
        num(total(row["due_t"])),
        num(total(row["short_t"])),
        num(mean_price(row)),
        "".join(limits),
        millions(abs(above)),
        word("sentences", "above_quote" if above >= 0 else "below_quote", lang),
        word("sentences", "own_paid", lang).format(millions(paid)) if paid else "",
    )


def mean_price(row: ContractRow) -> float | None:
    """Returns the mean price of what was delivered [USD/kg], or of all months if nothing was; None without a price."""
    pairs = [
        (price, mass)
        for price, mass in zip(row["price_usd_per_kg"], row["delivered_t"], strict=True)
        if price is not None
    ]
    mass_t = total(mass for _, mass in pairs)
    if not pairs:
        return None
    if not mass_t:
        return total(price for price, _ in pairs) / len(pairs)
    return total(price * mass for price, mass in pairs) / mass_t


def _party(name: str, lang: Lang) -> str:
    """Returns who buys or sells: descriptions in words, names as they are."""
    return word("parties", name, lang) if name in paper_words("outlook_breadth", "parties") else name


def _row(report: OutlookReport, run: ReadRun, row: ContractRow, lang: Lang) -> tuple[str, ...]:
    names = Names(report, lang)
    arrow = " → "
    places = dict.fromkeys((names.region(row["from_region"]), names.region(row["to_region"])))
    return (
        source_row(row["contract"]),
        _party(row["buyer"], lang),
        _party(row["seller"], lang),
        goods_text(report, row["good"], lang),
        arrow.join(places),
        run.key,
        num(total(row["due_t"])),
        num(total(row["delivered_t"])),
        num(total(row["short_t"])),
        num(mean_price(row)),
        f"{row['limit'].count(FLOOR)} / {row['limit'].count(CAP)}",
        millions(total(row["paid_usd"])),
        millions(total(row["above_usd"])),
    )
