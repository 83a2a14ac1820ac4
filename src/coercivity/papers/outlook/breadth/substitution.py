"""Substitution by use: the share of each design in what was built, in the first and last month."""

from __future__ import annotations

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.mechanisms.rows import SpeedRow
from coercivity.market.results.rows import UseRow
from coercivity.papers.outlook.breadth.section import Section, chosen, joined, table, told_by_run, word
from coercivity.papers.outlook.names import Names
from coercivity.papers.outlook.read import ReadRun, num, percent
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.uses import use_sums
from coercivity.papers.outlook.words import named

MOST = 60
USUAL = "usual"
_COLUMNS = ("use", "region", "option", "run", "first", "last", "most")
_OPTIONS = ("use", "region", "option", "run", "saves", "qualified_on", "wait", "speed", "largest", "cost", "reached")
_LEAST = 5e-4


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on substitution.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    heading = word("headings", "substitution", lang)
    if not any(run.body["use"] for run in held):
        return Section("substitution", heading, absent=word("none", "substitution", lang))
    found = [
        (max(values), run, row, name)
        for run in held
        for row in run.body["use"]
        for name, values in row["recipes"].items()
        if name != USUAL and values and max(values) >= _LEAST
    ]
    found.sort(key=lambda entry: (-entry[0], entry[2]["use"], entry[2]["region"], entry[3], entry[1].place))
    cells = [_row(report, run, row, name, lang) for _, run, row, name in found]
    sentences = [(run.key, told) for run in held for told in (_sentence(report, run, lang), _qualified(run, lang))]
    options = [(run, row) for run in held for row in run.body["options"]]
    options.sort(key=lambda pair: (-reached(pair[1]), *_place(pair[1]), pair[0].place))
    tables = [table("recipes", _COLUMNS, cells, lang, numbers=3, folded=True, most=MOST)]
    if options:
        cells = [_option(report, run, row, lang) for run, row in options]
        tables.insert(0, table("options", _OPTIONS, cells, lang, numbers=5, folded=True, most=MOST))
    return Section(
        "substitution",
        heading,
        told_by_run(sentences, lang, several=len(held) > 1),
        word("about", "substitution", lang),
        tables=tuple(tables),
    )


def reached(row: SpeedRow) -> float:
    """Returns the largest share of demand that an option has supplied by the last month."""
    return row["ready_share"][-1] if row["ready_share"] else 0.0


def _place(row: SpeedRow) -> tuple[str, str, str]:
    return row["use"], row["region"], row["option"]


def _qualified(run: ReadRun, lang: Lang) -> str:
    """Returns how many options are qualified or in qualification; empty if none is."""
    options = run.body["options"]
    begun = [row["wait_months"] for row in options if row["qualified_on"] is not None]
    return word("sentences", "options", lang).format(len(begun), len(options), min(begun)) if begun else ""


def _option(report: OutlookReport, run: ReadRun, row: SpeedRow, lang: Lang) -> tuple[str, ...]:
    saved = (
        f"{word('elements', element, lang)}{'' if lang == 'zh' else ' '}{percent(share, lang)}"
        for element, share in row["saved_share"].items()
    )
    return (
        say(named(report, "uses", row["use"]), lang),
        say(named(report, "regions", row["region"]), lang),
        say(Names(report, lang).named("recipes", row["option"]), lang),
        run.key,
        joined(saved, lang) or "–",
        row["qualified_on"] or "–",
        str(row["wait_months"]),
        *(percent(row[name], lang) for name in ("speed_share_per_year", "most_share")),
        num(row["cost_usd_per_kg"]),
        percent(reached(row), lang),
    )


def _sentence(report: OutlookReport, run: ReadRun, lang: Lang) -> str:
    sums = use_sums(run.body["use"])
    shares = [
        (total(row["substituted_t"]) / wanted, row) for row in run.body["use"] if (wanted := total(row["wanted_t"])) > 0
    ]
    share, row = max(shares, key=lambda pair: (pair[0], pair[1]["use"], pair[1]["region"]), default=(0.0, None))
    if row is None or share < _LEAST:
        return word("sentences", "no_substitution", lang)
    return word("sentences", "substitution", lang).format(
        percent(sums["substituted_t"] / sums["wanted_t"], lang),
        say(named(report, "uses", row["use"]), lang),
        say(named(report, "regions", row["region"]), lang),
        percent(share, lang),
    )


def _row(report: OutlookReport, run: ReadRun, row: UseRow, name: str, lang: Lang) -> tuple[str, ...]:
    values = row["recipes"][name]
    return (
        say(named(report, "uses", row["use"]), lang),
        say(named(report, "regions", row["region"]), lang),
        say(Names(report, lang).named("recipes", name), lang),
        run.key,
        *(percent(value, lang) for value in (values[0], values[-1], max(values))),
    )
