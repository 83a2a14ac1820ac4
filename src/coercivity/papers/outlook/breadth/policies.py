"""Policies and state stocks: what each covers, buys and costs, who pays, and public money in all."""

from __future__ import annotations

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.mechanisms.rows import PolicyRow, ReserveRow
from coercivity.papers.outlook.breadth.section import (
    MILLION,
    MonthFigure,
    Section,
    by_month,
    chosen,
    goods_text,
    millions,
    table,
    told_by_run,
    whole,
    word,
)
from coercivity.papers.outlook.lines import Series
from coercivity.papers.outlook.read import ReadRun, num
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import named

MOST, MOST_FIGURES = 40, 4
# Payers that are no government.
PRIVATE = ("buyers", "importers", "exporters", "makers", "sellers", "recyclers", "users")
_POLICIES = ("policy", "kind", "payer", "good", "region", "run", "covered", "usd", "usd_per_kg")
_RESERVES = ("reserve", "good", "region", "run", "bought", "released", "held")


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on policies.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    heading = word("headings", "policies", lang)
    rows = [(run, row) for run in held for row in run.body["policies"]]
    reserves = [(run, row) for run in held for row in run.body["reserves"]]
    if not rows and not reserves:
        return Section("policies", heading, absent=word("none", "policies", lang))
    tables = []
    if rows:
        cells = [_row(report, run, row, lang) for run, row in rows]
        tables.append(table("policies", _POLICIES, cells, lang, numbers=3, most=MOST))
    if reserves:
        cells = [_reserve(report, run, row, lang) for run, row in reserves]
        tables.append(table("reserves", _RESERVES, cells, lang, numbers=3, most=MOST))
    sentences = [(run.key, told) for run in held for told in _sentences(run, lang)]
    first = [(run.key, told) for run in held for told in _sentences(run, lang)[:1]]
    return Section(
        "policies",
        heading,
        told_by_run(sentences, lang, several=len(held) > 1),
        word("about", "policies", lang),
        _figures(report, held, lang),
        tuple(tables),
        summary=told_by_run(first, lang, several=len(held) > 1),
    )


def is_public(payer: str) -> bool:
    """Returns whether a payer is a government."""
    return payer.partition(":")[0] not in PRIVATE


def public_usd(run: ReadRun) -> float:
    """Returns what governments pay for policies over the period [USD]."""
    return whole(row["usd"] for row in run.body["policies"] if is_public(row["payer"]))


def payer_text(report: OutlookReport, payer: str, lang: Lang) -> str:
    """Returns who pays in words, with the region if it is named."""
    kind, _, region = payer.partition(":")
    told = word("payers", kind, lang)
    place = say(named(report, "regions", region), lang) if region else ""
    return word("payers", "place", lang).format(told, place) if place else told


def _sentences(run: ReadRun, lang: Lang) -> list[str]:
    policies, reserves, told = run.body["policies"], run.body["reserves"], []
    if policies:
        count = len({row["policy"] for row in policies})
        spent = whole(row["usd"] for row in policies)
        form = word("sentences", "policies" if spent else "no_cost", lang)
        told.append(form.format(count, millions(spent), millions(public_usd(run))))
    if reserves:
        bought, released = (whole(row[name] for row in reserves) for name in ("bought_t", "released_t"))
        left = total(row["held_t"][-1] for row in reserves if row["held_t"])
        told.append(word("sentences", "reserves", lang).format(num(bought), num(released), num(left)))
    return told


def _figures(report: OutlookReport, held: list[ReadRun], lang: Lang) -> tuple[MonthFigure, ...]:
    months = tuple(report["months"])
    paying = [run for run in held if any(is_public(row["payer"]) for row in run.body["policies"])]
    found = []
    if paying:
        lines = tuple(Series("money", run.key, run.place, run.key[0], _public(run, len(months))) for run in paying)
        found.append(MonthFigure(word("titles", "money", lang), months, lines))
    for name in list(dict.fromkeys(row["reserve"] for run in held for row in run.body["reserves"]))[:MOST_FIGURES]:
        lines = tuple(
            Series("held", run.key, run.place, run.key[0], by_month((row["held_t"] for row in rows), len(months)))
            for run in held
            if (rows := [row for row in run.body["reserves"] if row["reserve"] == name])
        )
        found.append(MonthFigure(word("titles", "reserve", lang).format(name), months, lines))
    return tuple(found)


def _public(run: ReadRun, months: int) -> tuple[float, ...]:
    usd = by_month((row["usd"] for row in run.body["policies"] if is_public(row["payer"])), months)
    return tuple(value / MILLION for value in usd)


def _row(report: OutlookReport, run: ReadRun, row: PolicyRow, lang: Lang) -> tuple[str, ...]:
    mass_t, usd = total(row["mass_t"]), total(row["usd"])
    return (
        row["policy"],
        word("kinds", row["kind"], lang),
        payer_text(report, row["payer"], lang),
        goods_text(report, row["good"], lang),
        say(named(report, "regions", row["region"]), lang) if row["region"] else "–",
        run.key,
        num(mass_t),
        millions(usd),
        num(usd / (1000 * mass_t)) if mass_t else "–",
    )


def _reserve(report: OutlookReport, run: ReadRun, row: ReserveRow, lang: Lang) -> tuple[str, ...]:
    return (
        row["reserve"],
        say(named(report, "goods", row["good"]), lang),
        say(named(report, "regions", row["region"]), lang),
        run.key,
        num(total(row["bought_t"])),
        num(total(row["released_t"])),
        num(row["held_t"][-1] if row["held_t"] else 0.0),
    )
