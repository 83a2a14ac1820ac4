"""Tables for programs: the IAMC long table, and where the cost of each combination arises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.papers.ministry.iamc import IamcRow, iamc_table
from coercivity.papers.ministry.strategy.report_data import StrategyGroupData, StrategyReport
from coercivity.papers.ministry.strategy.wording import group_text, money, set_text
from coercivity.papers.shared.paper.sections import PaperTable, Wording

COST_UNIT, MASS_UNIT = "kUSD/yr", "t/yr"
_PARTS = ("metal", "processing", "feed", "fixed", "ore_contract", "long_contract", "stock", "lost")


def strategy_iamc(body: StrategyReport) -> PaperTable:
    """Returns cost, missing metal and effects by firm and scenario as the IAMC long table.

    Args:
        body: The result as plain data.

    Source: docs/verbs/strategy.md.
    """
    year = body["year"]
    rows = (IamcRow(name, variable, unit, {year: value}) for name, variable, unit, value in _values(body))
    return iamc_table(body["region"], (year,), rows)


def _values(body: StrategyReport) -> Iterator[tuple[str, str, str, str]]:
    """Yields scenario, variable, unit and value."""
    for firm in body["firms"]:
        for result in firm["results"]:
            name = _scenario(result["group"])
            for one in result["sets"]:
                head = f"Supply Strategy|{firm['firm']}|{_set(one['on'])}"
                yield name, f"{head}|Cost", COST_UNIT, one["cost_kusd"]
                yield name, f"{head}|Metal Lost", MASS_UNIT, one["lost_t"]
            for effect in result["effects"]:
                head = f"Supply Strategy|{firm['firm']}|Effect"
                yield name, f"{head}|{' x '.join(effect['levers'])}", COST_UNIT, effect["effect_kusd"]


def _scenario(group: StrategyGroupData) -> str:
    return "|".join(part for part in (group["path"], group["scenario"]) if part) or "mean"


def _set(on: Sequence[str]) -> str:
    return " + ".join(on) or "none"


def parts_table(body: StrategyReport, w: Wording) -> PaperTable:
    """Returns where the cost of each combination arises, in every scenario; for files only.

    Args:
        body: The result as plain data.
        w: Words.
    """
    keys = tuple(f"{part}_kusd" for part in _PARTS)
    rows = [
        (
            firm["firm"],
            group_text(result["group"], w),
            set_text(one["on"], w),
            *(money(one["parts_kusd"][part]) for part in _PARTS),
            money(one["cost_kusd"]),
        )
        for firm in body["firms"]
        for result in firm["results"]
        for one in result["sets"]
    ]
    columns = ("firm", "scenario", "set", *keys, "cost_kusd")
    return w.table("parts", columns, rows, numbers=(*keys, "cost_kusd"), only="files")
