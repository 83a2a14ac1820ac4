"""The packed scenarios, and whether a question about them can be asked, told before a run begins."""

from __future__ import annotations

from typing import Any

from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.market.course import capacities
from coercivity.market.scenario import packed_scenarios, read_scenario
from coercivity.permission.without import taken_out
from coercivity.verbs.arguments import PACKED, Law, needed_day
from coercivity.verbs.outlook import span


def scenarios() -> list[dict[str, Any]]:
    """Returns the packed scenarios as plain data: id, title, what each is about, whether it picks a branch itself."""
    found = [read_scenario(name, capacities()) for name in packed_scenarios()]
    return [
        {
            "id": scenario.id,
            "title": scenario.title.as_dict(),
            "about": scenario.about.as_dict(),
            "assume": scenario.law.assume or "",
            "without": list(scenario.law.without),
        }
        for scenario in found
    ]


def check_outlook(names: list[str], first: str, last: str, known: str | None = None) -> None:
    """Refuses a question about packed scenarios that an outlook could not answer.

    Raises:
        CoercivityError: With every fault of names, months and day; a path is no name here.
    """
    faults = Faults()
    packed = packed_scenarios()
    for name in names:
        if name not in packed:
            what = f"there is no packed scenario {brief_value(name)!r}"
            faults.add("SCENARIO-UNKNOWN", what, where="scenario", nearest=nearest(name[:80], packed) or packed[:3])
    with faults.kept():
        span(first, last)
    with faults.kept():
        if known is not None:
            needed_day(known, "known")
    faults.raise_if_any()


def check_clause_price(clause: str, scenario: str, first: str, last: str, law: Law = PACKED) -> None:
    """Refuses a question about the price of a clause that could not be answered.

    Raises:
        CoercivityError: With every fault of clause, scenario and months.
    """
    faults = Faults()
    with faults.kept():
        taken_out(law.book(), [clause])
    try:
        check_outlook([scenario], first, last)
    except CoercivityError as error:
        faults.items += error.faults
    faults.raise_if_any()
