"""Prices by month of a mix: which indices they need, in which months, and where the workbook has the values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.months import month_of, month_text
from coercivity.firm.company.mix_sheets.rows import GradeRow, MixOptionRow
from coercivity.firm.company.mix_sheets.use import mix_months
from coercivity.firm.company.model import Company
from coercivity.workbooks.tables import ReadTables

_SHOWN = 3  # months told of a gap


def indexed_options(company: Company) -> tuple[MixOptionRow, ...]:
    """Returns the options of a mix with a price by month.

    Args:
        company: The company.
    """
    return tuple(option for option in company.mix_options if option.index)


def indices_of(company: Company) -> tuple[str, ...]:
    """Returns the indices that a mix needs: those of its options, and of the usual prices that options compare with.

    Args:
        company: The company.
    """
    options = indexed_options(company)
    usual = [grade.usual_index for grade in _compared(company, options) if grade.usual_index]
    return tuple(dict.fromkeys([*(option.index for option in options), *usual]))


def months_of_mix(company: Company, months: int) -> tuple[str, ...]:
    """Returns the months of a mix, YYYY-MM: the first is the month after the day of the stock count.

    Args:
        company: The company; none of its months has a date where the day is blank.
        months: Number of months.
    """
    if company.settings.as_of is None:
        return ()
    first = month_of(company.settings.as_of) + 1
    return tuple(month_text(first + place) for place in range(months))


def values_of(company: Company, scenario: str, index: str) -> Mapping[str, Fraction]:
    """Returns the values of an index by month in a scenario: its own path, or those of the sheet Index.

    Args:
        company: The company.
        scenario: Name of the scenario.
        index: Name of the index.
    """
    own = company.price_paths.get(scenario, {}).get(index)
    return company.index.get(index, {}) if own is None else own


def check_prices(company: Company, tables: ReadTables, faults: Faults) -> None:
    """Adds every fault of prices by month: indices, usual prices, months without a value, the exchange rate.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
    """
    check = _Check(company, tables, faults)
    check.usual_rows()
    check.paths()
    if check.options:
        check.names()
        check.usual()
        check.settings()
        check.months()


def _compared(company: Company, options: Sequence[MixOptionRow]) -> list[GradeRow]:
    """Returns the grades that options with a price by month serve, and beside them what is owed without one."""
    owed = [one for one in company.mix_options if one.kind == "recycling" or one.take_share]
    served = {name for option in (*options, *(owed if options else ())) for name in option.grades}
    return [grade for grade in company.grades if grade.grade in served]


class _Check:
    def __init__(self, company: Company, tables: ReadTables, faults: Faults) -> None:
        self.company, self.tables, self.faults = company, tables, faults
        self.options = indexed_options(company)
        self.known = dict.fromkeys(company.index)
        self.known |= dict.fromkeys(name for each in company.price_paths.values() for name in each)

    def tell(self, where: str, what: str, next: str, near: Iterable[str] = ()) -> None:
        """Adds a fault of a row or cell."""
        self.faults.add("FIRM-REF" if near else "FIRM-ROW", what, where=where, nearest=tuple(near), next=next)

    def usual_rows(self) -> None:
        """Checks that the usual price of a grade is whole."""
        for grade in self.company.grades:
            given = {"usual_index": bool(grade.usual_index), "usual_a": grade.usual_a is not None}
            given["usual_b"] = grade.usual_b is not None
            if grade.usual_b is not None and not grade.usual_index:
                what = "usual_b is a factor of an index, but usual_index is blank"
                self.tell(self.tables.place(grade.where, "usual_index"), what, "name a column of the sheet Index")
            if any(given.values()) and grade.usual_a is None:
                where = self.tables.place(grade.where, "usual_a")
                self.tell(where, "usual_a is blank", "write the fixed part of the usual price, 0 if there is none")
            if grade.usual_index and grade.usual_b is None:
                where = self.tables.place(grade.where, "usual_b")
                self.tell(where, "usual_b is blank", "write the factor of the index, such as 1")

    def paths(self) -> None:
        """Checks that each price path is of a scenario."""
        names = [row.scenario for row in self.company.scenarios]
        whole = len(names) == self.tables.lines.get("scenarios", 0)
        for row in self.tables.rows.get("price_paths", []) if whole else ():
            name = str(row.cells["scenario"])
            if name not in names:
                what = f"there is no scenario {brief_value(name)}"
                near = nearest(name, names) or names[:_SHOWN] or ("Scenarios",)
                self.tell(self.tables.place(row.where, "scenario"), what, "correct the cell, or add the row", near)

    def names(self) -> None:
        """Checks that a sheet has each index."""
        cells = [(option.where, "index", option.index) for option in self.options]
        cells += [(grade.where, "usual_index", grade.usual_index) for grade in _compared(self.company, self.options)]
        for where, column, name in cells:
            if name and name not in self.known:
                what = f"there is no index {brief_value(name)}"
                near = nearest(name, self.known) or tuple(self.known) or ("Index",)
                do = "correct the cell, or add the column to the sheet Index"
                self.tell(self.tables.place(where, column), what, do, near)

    def usual(self) -> None:
        """Checks that each grade served has a usual price, on the basis of the option."""
        grades = {grade.grade: grade for grade in self.company.grades}
        for option in self.options:
            for grade in (grades[name] for name in option.grades if name in grades):
                if grade.usual_a is None and not grade.usual_index:
                    what = f"grade {brief_value(grade.grade)} has no usual price to compare {option.option} with"
                    do = "write usual_a, or usual_index, usual_a and usual_b"
                    self.tell(self.tables.place(grade.where, "usual_a"), what, do)
                if bool(option.price_basis) != bool(grade.price_basis):
                    blank, other = (grade, option) if option.price_basis else (option, grade)
                    basis, named = brief_value(other.price_basis), brief_value(grade.grade)
                    what = f"{option.option} and {named} are compared, and only one states a basis: {basis!r}"
                    self.faults.add(
                        "PRICE-BASIS", what, where=self.tables.place(blank.where, "price_basis"), next="state both"
                    )

    def settings(self) -> None:
        """Checks the exchange rate and the date of month 1."""
        settings, places = self.company.settings, self.company.places
        unread = settings.usd_per_eur is None and "usd_per_eur" in places  # its cell has a fault of its own
        if not settings.usd_per_eur and not unread:
            what = "usd_per_eur is blank or 0, but options have prices in USD/kg"
            self.tell(places.get("usd_per_eur", "Settings"), what, "write how many USD one EUR costs, such as 1.10")
        if settings.as_of is None:
            what = "as_of is blank, so that month 1 has no month of the sheet Index"
            self.tell("Settings", what, "write the day of the stock count; month 1 is the month after it")

    def months(self) -> None:
        """Checks that each index has a value in each month, in the sheet Index and in each price path."""
        wanted = months_of_mix(self.company, mix_months(self.company) or 0)
        used = [name for name in indices_of(self.company) if name in self.known]
        for name in used:
            own = [row.scenario for row in self.company.scenarios if name in self._own(row.scenario)]
            if len(own) < len(self.company.scenarios) or not self.company.scenarios:
                self._gap("index", "", name, self.company.index.get(name, {}), wanted)
            for scenario in own:
                self._gap("price_paths", scenario, name, self._own(scenario)[name], wanted)

    def _own(self, scenario: str) -> Mapping[str, Mapping[str, Fraction]]:
        return self.company.price_paths.get(scenario, {})

    def _gap(
        self, sheet: str, scenario: str, name: str, values: Mapping[str, Fraction], wanted: tuple[str, ...]
    ) -> None:
        lacking = [month for month in wanted if month not in values]
        if not lacking:
            return
        of = f" in scenario {brief_value(scenario)}" if scenario else ""
        more = f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
        what = f"the index {brief_value(name)}{of} has no value for {', '.join(lacking[:_SHOWN])}{more}"
        self.tell(self._cell(sheet, scenario, name, lacking[0]), what, "fill the cells, or add the months")

    def _cell(self, sheet: str, scenario: str, name: str, month: str) -> str:
        """Returns the place of the cell of a month, or of the sheet where it has no such row."""
        for row in self.tables.rows.get(sheet, []):
            if row.cells["month"] == month and (not scenario or row.cells["scenario"] == scenario):
                return self.tables.place(row.where, name)
        return self.tables.names.get(sheet, "Index" if sheet == "index" else "Price paths")
