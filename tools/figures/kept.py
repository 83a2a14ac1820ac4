"""The numbers behind the figures of the market, kept beside this module, since runs of the market take minutes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict, cast

import coercivity
from coercivity.base.sums import total
from coercivity.papers.outlook.names import party

FILE = Path(__file__).with_name("market.json")
SCENARIO, FIRST, LAST = "as-known", "2025-01", "2027-12"
GOOD, PLACE = "ox_Dy", "XCN"
FORM, COUNTRY, USER = "magnet", "US", "civil"
CLAUSE, CLAUSE_FIRST = "a18-1c905", "2026-11"
PARTS = ("freight", "tax", "waiting", "refusal", "halt", "other")
_PLACES = 4  # decimals


class KeptRun(TypedDict):
    """A run: the gap by part and month [USD/kg], in the order of `PARTS`."""

    branch: str
    gap: dict[str, list[float]]


class KeptDesk(TypedDict):
    """A queue of the licensing desk by month: applications for the first time [files], the rest in tonnes."""

    new_files: list[float]
    granted_files: list[float]
    granted_t: list[float]
    used_t: list[float]
    expired_t: list[float]
    left_t: list[float]


class KeptCost(TypedDict):
    """The cost of a clause in a legal scenario: by party in words, and of all parties together [USD]."""

    branch: str
    parties: dict[str, int]
    whole_usd: int


class Kept(TypedDict):
    """All numbers, with the versions of the packs that they were made with."""

    packs: dict[str, str]
    months: list[str]
    runs: list[KeptRun]
    desk: KeptDesk
    cost: list[KeptCost]


def kept() -> Kept:
    """Returns the numbers that are kept."""
    return cast("Kept", json.loads(FILE.read_text(encoding="utf-8")))


def keep(numbers: Kept) -> None:
    """Writes the numbers in place of those that were kept."""
    text = json.dumps(numbers, ensure_ascii=False, indent=1)
    FILE.write_text(f"{text}\n", encoding="utf-8")


def computed() -> Kept:
    """Runs the market twice over three years, and twice more for the cost of a clause; some minutes."""
    report = coercivity.outlook(SCENARIO, first=FIRST, last=LAST).report
    cost = coercivity.clause_price(CLAUSE, SCENARIO, first=CLAUSE_FIRST, last=LAST).body
    queue = next(
        row for row in report["runs"][0]["desk"] if (row["form"], row["country"], row["user"]) == (FORM, COUNTRY, USER)
    )
    return {
        "packs": {name: pack["version"] for name, pack in report["packs"].items()},
        "months": list(report["months"]),
        "runs": [
            {
                "branch": run["branch"],
                "gap": {
                    row["month"]: _parts((part["part"], part["cause"], part["usd_per_kg"]) for part in row["parts"])
                    for row in run["gaps"]
                    if (row["good"], row["region"]) == (GOOD, PLACE)
                },
            }
            for run in report["runs"]
        ],
        "desk": {
            "new_files": _rounded(queue["new"]),
            "granted_files": _rounded(queue["granted"]),
            "granted_t": _rounded(queue["granted_t"]),
            "used_t": _rounded(queue["used_t"]),
            "expired_t": _rounded(queue["expired_t"]),
            "left_t": _rounded(queue["licences_t"]),
        },
        "cost": [
            {
                "branch": branch["branch"],
                "parties": {
                    party(who, cost["names"]): round(usd) for who, usd in sorted(branch["kept_usd"].items()) if usd
                },
                "whole_usd": round(branch["whole_usd"]),
            }
            for branch in cost["branches"]
        ],
    }


def _parts(told: Iterable[tuple[str, str, float]]) -> list[float]:
    """Returns a gap in the order of `PARTS`: permission by its cause, all that is not named as the last."""
    found: dict[str, list[float]] = {name: [] for name in PARTS}
    for part, cause, usd_per_kg in told:
        name = {"duty": "tax", "permission": cause}.get(part, part)
        found[name if name in found else "other"].append(usd_per_kg)
    return [round(total(found[name]), _PLACES) + 0.0 for name in PARTS]


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(value, _PLACES) + 0.0 for value in values]
