"""Writes every figure of the committed months of a run as JSON: `python -P _market_months.py SCENARIO LAST`.

It runs in any checkout since the market had a licensing desk, so it imports nothing but the program.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from importlib import import_module
from typing import Any

from coercivity.base.errors import Faults
from coercivity.base.months import month_text, parse_month
from coercivity.cases.arguments import assumptions
from coercivity.law.rules.load import load_rulebook
from coercivity.market.run.simulate import capacities, simulate

MAPPINGS = (
    "activity_t",
    "price",
    "quote",
    "stock_t",
    "disposed_t",
    "filed_t",
    "cleared_t",
    "permission_value",
    "levies",
)


def months_of(name: str, last: str) -> dict[str, dict[str, dict[str, float]]]:
    """Returns by month and kind what a run of a scenario commits, by key."""
    try:
        module = import_module("coercivity.market.run.scenarios.scenario")
    except ModuleNotFoundError:
        module = import_module("coercivity.market.run.scenario")
    book, scenario, faults = load_rulebook(), module.read_scenario(name, capacities()), Faults()
    assume = assumptions(book, scenario.law.assume, faults)
    faults.raise_if_any()
    months = simulate(book, scenario, parse_month(last), assume=assume).months
    return {month_text(done.month): _figures(done) for done in months}


def _figures(done: Any) -> dict[str, dict[str, float]]:
    found = {kind: {_text(key): mass for key, mass in getattr(done, kind).items()} for kind in MAPPINGS}
    found["uses"] = {
        f"{_text(key)} {part}": getattr(split, part)
        for key, split in done.uses.items()
        for part in ("wanted_t", "usual_t", "less_t", "substituted_t", "without_t")
    }
    found["desk"] = {
        each.name: float(getattr(done.desk, each.name).sum())
        for each in fields(done.desk)
        if hasattr(getattr(done.desk, each.name), "sum")
    }
    return {kind: dict(sorted(masses.items())) for kind, masses in found.items()}


def _text(key: Any) -> str:
    return key if isinstance(key, str) else " ".join(str(part) for part in key)


if __name__ == "__main__":
    json.dump(months_of(*sys.argv[1:3]), sys.stdout)
