"""Changes of a workbook that are tried on a mix without another upload."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from coercivity.base.errors import Argument, Faults, brief_value, nearest
from coercivity.firm.company.mix_sheets.rows import LimitName, LimitRow
from coercivity.firm.company.model import Company
from coercivity.verbs.mix import check_shares
from coercivity.workbooks.cells import read_figure, two_numbers

CAP = "stock_cap:"
NO_LIMIT = ("none", "无")
LIMIT_NAMES: tuple[LimitName, ...] = ("budget", "storage", "lost_line_days")
USUAL_LEVEL = 0.9
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,9})?")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is asked of a workbook as it is, or changed; blank texts leave it unchanged.

    Attributes:
        weight: Weight of CVaR in the objective, 0 to 1; blank: 0.
        level: Level of CVaR; blank: 0.9.
        limits: New values by limit: budget [1000 EUR], storage [t], lost_line_days [days], stock_cap:GRADE [t]; `none`
            leaves a limit out.
        without: Options that may not be chosen.
        apart: Grades taken as independent of each other.
    """

    weight: str = ""
    level: str = ""
    limits: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing is asked but the workbook as it is."""
        return self == WhatIf()


@dataclass(frozen=True, slots=True)
class Numbers:
    """The weight and level of CVaR as numbers."""

    weight: float
    level: float


def limits_in(company: Company) -> dict[str, Fraction | None]:
    """Returns every limit that a mix of a company can have, with its value or None."""
    given = {row.limit: row.value for row in company.limits}
    caps = {f"{CAP}{grade.grade}": grade.stock_cap_t for grade in company.grades}
    return {**{name: given.get(name) for name in LIMIT_NAMES}, **caps}


def changed(company: Company, asked: WhatIf) -> tuple[Company, Numbers]:
    """Returns a company with changes, and the numbers that the objective takes.

    Args:
        company: The company as its workbook has it.
        asked: The changes.

    Raises:
        CoercivityError: With every change that is not possible.
    """
    faults = Faults()
    numbers = Numbers(_share(asked.weight, "weight", 0.0, faults), _share(asked.level, "cvar", USUAL_LEVEL, faults))
    check_shares(numbers.weight, numbers.level, faults)
    names = [row.option for row in company.mix_options]
    for name in asked.without:
        _known(name, names, "without", "option", faults)
    grades = [grade.grade for grade in company.grades]
    for name in asked.apart:
        _known(name, grades, "independent", "grade", faults)
    limits = limits_in(company)
    for name, text in asked.limits:
        if _known(name, limits, "limits", "limit", faults):
            limits[name] = _limit(name, text, limits[name], faults)
    faults.raise_if_any()
    kept = tuple(row for row in company.mix_options if row.option not in asked.without)
    return replace(_with_limits(company, limits), mix_options=kept), numbers


def _with_limits(company: Company, limits: Mapping[str, Fraction | None]) -> Company:
    rows = {row.limit: row for row in company.limits}
    wanted = [(name, limits[name]) for name in LIMIT_NAMES]
    made = [
        rows[name] if name in rows and rows[name].value == value else LimitRow(name, value)
        for name, value in wanted
        if value is not None
    ]
    grades = tuple(replace(grade, stock_cap_t=limits[f"{CAP}{grade.grade}"]) for grade in company.grades)
    return replace(company, limits=tuple(made), grades=grades)


def _known(name: str, names: Mapping[str, object] | list[str], where: str, what: str, faults: Faults) -> bool:
    if name in names:
        return True
    named = brief_value(name)
    told, do = f"the mix has no limit {named!r}", "name one of its limits"
    if what == "option":
        told, do = f"the mix has no option {named!r}", "name one of its options"
    elif what == "grade":
        told, do = f"the mix has no grade {named!r}", "name one of its grades"
    faults.add("ARGUMENT", told, where=Argument(where), nearest=nearest(name, names), next=do)
    return False


def _limit(name: str, text: str, now: Fraction | None, faults: Faults) -> Fraction | None:
    if not text:
        return now
    if text.casefold() in NO_LIMIT:
        return None
    try:
        return read_figure(text)
    except ValueError:
        what = f"{brief_value(text)!r} is not a valid value of the limit {name!r}"
        do = "write a number such as 700, or none for no limit"
    if both := two_numbers(text):
        what, do = f"the limit {name!r}: {text!r} may be {both[0]} or {both[1]}", "write one of the two"
    faults.add("ARGUMENT", what, where=Argument("limits"), next=do)
    return now


def _share(text: str, name: str, otherwise: float, faults: Faults) -> float:
    """Returns a number; its range is checked where it is used."""
    if not text:
        return otherwise
    if _NUMBER.fullmatch(text):
        return float(text)
    what = f"{brief_value(text)!r} is not a share between 0 and 1"
    faults.add("ARGUMENT", what, where=Argument(name), next="write a number such as 0.5")
    return otherwise
