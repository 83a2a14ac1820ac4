"""A company from ten values and the day of the count: enough for a first stop date and chance.

Assumed, and to be replaced in the workbook: the licence of the next lot is filed on the day of the count, and one
licence in five is slow. The lot is taken to need a licence; nothing is assumed of what the magnet contains. The last
day is the one through which stock and the next lot last together: what is not known of later lots is no stop.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import TypedDict, cast

from coercivity.base.days import LAST_YEAR, Day
from coercivity.base.errors import Argument, CoercivityError, Faults, nearest
from coercivity.firm.company.grades import grade_of, nearest_grades
from coercivity.firm.company.model import (
    Company,
    CompanySettings,
    Delay,
    LicenceHeld,
    Lot,
    Part,
    Plant,
    Stock,
    Use,
)  # fmt: skip
from coercivity.firm.company.spec import quick_specs
from coercivity.workbooks.cells import Value, read_cell
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.spec import ColumnSpec

SLOW_SHARE = Fraction(1, 5)  # assumed: one licence in five is slow
_MOST_DAYS = 365  # a plant with stock for longer is asked about one year


def quick_company(numbers: Mapping[str, str]) -> Company:
    """Returns the company that ten values and the day of the count describe.

    Args:
        numbers: The values as typed, by the names of `quick_specs`.

    Raises:
        CoercivityError: With every value that is missing, unknown or wrong; `where` is its name.
    """
    faults = Faults()
    specs = quick_specs()
    for name in numbers:
        if name not in specs:
            faults.add("ARGUMENT", "not one of the ten values", where=name, nearest=nearest(name, specs))
    values = {name: _value(name, numbers.get(name, ""), spec, faults) for name, spec in specs.items()}
    _check(values, faults)
    faults.raise_if_any()
    return _company(cast(_Numbers, values))  # every one of them was read as what it is


class _Numbers(TypedDict):
    on: Day
    plant: str
    grade: str
    stock_kg: Fraction
    use_kg: Fraction
    lot_kg: Fraction
    leaves: Day
    transit_days: int
    usual_days: int
    slow_days: int
    line_day_keur: Fraction


def _value(name: str, text: str, spec: ColumnSpec, faults: Faults) -> Value:
    if not text.strip():
        faults.add(
            "ARGUMENT", f"{spec.names['en']} is missing", where=Argument(name), next=f"write it, such as {spec.also[0]}"
        )
        return None
    try:
        return read_cell(text, spec)
    except ValueError as error:
        faults.add("CELL", str(error), where=Argument(name), next="correct it")
        return None


def _check(values: Mapping[str, Value], faults: Faults) -> None:
    on, leaves, usual, slow = (values[name] for name in ("on", "leaves", "usual_days", "slow_days"))
    grade = values["grade"]
    if isinstance(grade, str) and grade_of(grade) is None:
        what = f"no maker lists the grade {grade!r}"
        faults.add("GRADE", what, where=Argument("grade"), nearest=nearest_grades(grade), next="correct it")
    if isinstance(on, Day) and on.year >= LAST_YEAR:
        what = f"{on} is too late: stops are looked for in the year after it"
        faults.add("FIRM-ROW", what, where=Argument("on"), next="write the day on which stock was counted")
    if isinstance(on, Day) and isinstance(leaves, Day) and leaves <= on:
        what = f"{leaves} is not after the count of stock on {on}"
        faults.add("FIRM-ROW", what, where=Argument("leaves"), next="write the day on which the lot is ready to leave")
    if isinstance(usual, int) and isinstance(slow, int) and slow < usual:
        what = f"{slow} days is less than the usual {usual}"
        faults.add("FIRM-ROW", what, where=Argument("slow_days"), next="exchange the two, or write the same number")
    if values["use_kg"] == 0:
        faults.add(
            "FIRM-ROW", "a plant that uses nothing never stops", where=Argument("use_kg"), next="write the use a day"
        )


def _days_covered(values: _Numbers) -> int:
    """Returns the days that stock and the next lot cover; at least through the first day not met from stock."""
    stock, lot, use = values["stock_kg"], values["lot_kg"], values["use_kg"]
    return int(min(max((stock + lot) // use, stock // use + 1), _MOST_DAYS))


def quick_numbers(company: Company) -> dict[str, str] | None:
    """Returns the ten values and the day of the count of which a company was made; None once it says anything else.

    Args:
        company: The company.
    """
    single = (company.parts, company.plants, company.use, company.stock, company.in_transit)
    if any(len(rows) != 1 for rows in single) or len(company.delays) != 2:
        return None
    (stock,), (use,), (lot,), (usual, slow) = company.stock, company.use, company.in_transit, company.delays
    values = {
        "on": company.settings.as_of,
        "plant": use.plant,
        "grade": company.parts[0].grade,
        "stock_kg": stock.quantity_kg,
        "use_kg": use.quantity_kg,
        "lot_kg": lot.quantity_kg,
        "leaves": lot.leaves,
        "transit_days": lot.transit_days,
        "usual_days": usual.single_days,
        "slow_days": slow.single_days,
        "line_day_keur": company.plants[0].line_day_keur,
    }
    numbers = {
        name: decimal_text(value) if isinstance(value, Fraction) else str(value) for name, value in values.items()
    }
    try:
        return numbers if quick_company(numbers) == company else None
    except CoercivityError:
        return None


def _company(values: _Numbers) -> Company:
    grade = grade_of(values["grade"])
    if grade is None:  # told in `_check`
        raise CoercivityError.of("GRADE", "no maker lists the grade", where="grade")
    plant, part, on = values["plant"], grade.name, values["on"]
    return Company(
        settings=CompanySettings(as_of=on, until=on + dt.timedelta(days=_days_covered(values))),
        parts=(Part(part, grade.name, "", "", None, None, {}),),
        plants=(Plant(plant, "", "", values["line_day_keur"]),),
        use=(Use(plant, part, values["use_kg"], "day", "calendar"),),
        stock=(Stock(plant, part, values["stock_kg"], Fraction(0), None, ""),),
        licences=(LicenceHeld("F1", "S1", "single", "filed", (), on, None),),
        in_transit=(
            Lot("L1", "S1", part, plant, values["lot_kg"], "waiting", "F1", on, values["leaves"],
                values["transit_days"], None, "", "", None),
        ),
        delays=(
            Delay("usual", 1 - SLOW_SHARE, values["usual_days"], 0),
            Delay("slow", SLOW_SHARE, values["slow_days"], 0),
        ),
        sheets=frozenset(("settings", "parts", "plants", "use", "stock", "licences", "in_transit", "delays")),
    )  # fmt: skip
