"""What the rows that a mix is chosen from may not say together, with sheet and row."""

from __future__ import annotations

from fractions import Fraction

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.firm.company.mix_sheets.bases import check_bases
from coercivity.firm.company.mix_sheets.needs_none import check_needs_none
from coercivity.firm.company.mix_sheets.options import check_mix_options
from coercivity.firm.company.mix_sheets.prices import check_prices
from coercivity.firm.company.mix_sheets.rows import ALL_GRADES, NO_STOP, StopRow
from coercivity.firm.company.mix_sheets.use import mix_months, use_t
from coercivity.firm.company.model import Company
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.tables import ReadTables


def check_mix(company: Company, tables: ReadTables, faults: Faults) -> None:
    """Adds every fault of the sheets Grades, Monthly use, Scenarios and of the options of a mix.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
    """
    check_mix_options(company, tables, faults)
    check_needs_none(company, tables, faults)
    check_bases(company, tables, faults)
    check_prices(company, tables, faults)
    check = _Check(company, tables, faults)
    check.chances()
    for row in company.scenarios:
        check.scenario(row)
    check.use()
    check.storage()


class _Check:
    def __init__(self, company: Company, tables: ReadTables, faults: Faults) -> None:
        self.company, self.tables, self.faults = company, tables, faults
        self.months = mix_months(company)
        self.grades = tables.ids.get("grades", {})

    def tell(self, where: str, what: str, next: str = "correct one of the two") -> None:
        """Adds a fault of a row or cell."""
        self.faults.add("FIRM-ROW", what, where=where, next=next)

    def chances(self) -> None:
        """Checks that the chances of the scenarios add up to one."""
        rows = self.tables.rows.get("scenarios", [])
        whole = sum((row.probability for row in self.company.scenarios), Fraction(0))
        if rows and len(rows) == self.tables.lines["scenarios"] and whole != 1:
            what = f"the chances add up to {decimal_text(whole)}, not 1"
            self.faults.add("SHARE", what, where=self.tables.names["scenarios"], next="correct the chances")

    def scenario(self, row: StopRow) -> None:
        """Checks months and scope of a scenario."""
        if row.months_if_filed > row.months:
            what = f"filed ahead the stop would last {row.months_if_filed} months, longer than {row.months}"
            self.tell(row.where, what)
        first = self.tables.place(row.where, "first_month")
        if row.months and not row.first_month:
            self.tell(first, "the stop has no first month; months count from 1", "write its number, such as 3")
        if self.months and row.first_month and row.first_month > self.months:
            what = f"the stop begins in month {row.first_month}, after the last month, {self.months}"
            self.tell(first, what)
        scope = self.tables.place(row.where, "scope")
        if row.scope == NO_STOP and row.months:
            self.tell(scope, f"the scope is none, but the stop lasts {row.months} months")
        classes = sorted({grade.group for grade in self.company.grades})
        whole = len(self.company.grades) == self.tables.lines.get("grades", 0)
        if whole and row.scope not in (NO_STOP, ALL_GRADES, *classes):
            close = nearest(row.scope, [NO_STOP, ALL_GRADES, *classes])
            what = f"no grade is of the class {brief_value(row.scope)!r}"
            self.faults.add(
                "FIRM-REF", what, where=scope, nearest=close, next="write none, all, or a class of the sheet Grades"
            )

    def storage(self) -> None:
        """Checks that the storage holds what is in hand."""
        in_hand = sum((grade.in_hand_t or Fraction(0) for grade in self.company.grades), Fraction(0))
        for row in self.company.limits:
            if row.limit == "storage" and in_hand > row.value:
                held, most = decimal_text(in_hand), decimal_text(row.value)
                what = f"the stock in hand, {held} t, is more than the storage, {most} t"
                self.tell(self.tables.place(row.where, "value"), what)

    def use(self) -> None:
        """Checks that the use of every grade in every month is given."""
        by_month = self.company.monthly_use
        sheet = self.tables.names.get("monthly_use", "Monthly use")
        for name in by_month if self.grades else ():
            if name not in self.grades:
                close, what = nearest(name, self.grades), f"there is no grade {brief_value(name)}"
                self.faults.add(
                    "FIRM-REF", what, where=sheet, nearest=close, next="rename the column, or add the grade"
                )
        if self.tables.lines.get("monthly_use", 0) != len(self.tables.rows.get("monthly_use", [])):
            return  # a month with a fault of its own is missing
        given = {month for each in by_month.values() for month in each}
        wanted = set(range(1, (self.months or 0) + 1))
        if given != wanted and by_month:
            shown = ", ".join(map(str, sorted(wanted ^ given)[:5]))
            what = f"months are numbered from 1 to {self.months}; {shown} is missing or too much"
            self.tell(sheet, what, "write one row for each month, or correct months in the sheet Settings")
            return
        for grade in self.company.grades if self.months else ():
            if use_t(self.company, grade.grade, self.months or 0) is None:
                name = brief_value(grade.grade)
                what = f"the use of grade {name} is missing"
                if by_month.get(grade.grade):
                    lacking = min(wanted - set(by_month[grade.grade]))
                    what = f"the use of grade {name} is missing in month {lacking}"
                self.tell(sheet, what, "write the use of each month; 0 where there is none")
