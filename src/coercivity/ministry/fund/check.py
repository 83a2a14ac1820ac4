"""What the rows of a workbook for public money may not say together: chances, names, years, needs of instruments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.sums import total
from coercivity.ministry.fund.form import fund_form, own_name
from coercivity.ministry.fund.model import PRICED, SHARED, ByYear, FundBook, ProjectRow
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.elements import element_of
from coercivity.workbooks.tables import ReadTables

_NEEDED = ("projects", "capacity", "paths", "values", "instruments")
_CORRECT = "correct one of the two"


def check_fund(book: FundBook, tables: ReadTables, faults: Faults) -> None:
    """Adds every fault of rows that contradict each other or lack each other, with sheet, row and cell.

    Args:
        book: The workbook as read.
        tables: Its rows and their places.
        faults: Receives the faults.
    """
    check = _Check(book, tables, faults)
    check.empty()
    check.paths()
    for project in book.projects:
        check.project(project)
    check.years()
    check.capacity()
    check.values()
    check.instruments()
    check.prices()
    check.interaction()


class _Check:
    def __init__(self, book: FundBook, tables: ReadTables, faults: Faults) -> None:
        self.book, self.tables, self.faults = book, tables, faults
        self.paths_named = tables.ids.get("paths", {})
        self.projects_named = tables.ids.get("projects", {})
        self.all_years = sorted({year for row in book.capacity for year in row.t})

    def sheet(self, key: str) -> str:
        """Returns the name of a sheet in the file."""
        return self.tables.names.get(key, fund_form().sheets[key].names["en"])

    def tell(self, where: str, column: str, what: str, next: str = _CORRECT) -> None:
        """Adds a fault of a cell."""
        self.faults.add("FUND-ROW", what, where=self.tables.place(where, column), next=next)

    def lacks(self, key: str, what: str, next: str) -> None:
        """Adds a fault of a sheet that lacks a row."""
        self.faults.add("FUND-ROW", what, where=self.sheet(key), next=next)

    def known(self, where: str, column: str, name: str, kind: str, names: Mapping[str, str]) -> None:
        """Adds a fault if a cell names what its sheet does not have."""
        if name not in names and names:
            what, do = f"there is no project {brief_value(name)}", "write a project of the sheet, or add it there"
            if kind == "path":
                what, do = f"there is no path {brief_value(name)}", "write a path of the sheet, or add it there"
            place = self.tables.place(where, column)
            self.faults.add("FUND-REF", what, where=place, nearest=nearest(name, names), next=do)

    def empty(self) -> None:
        """Checks that the sheets without which nothing can be said have rows."""
        for key in _NEEDED:
            if not self.tables.lines.get(key):
                name = self.sheet(key)
                do = f"fill it in, or start from `{fund_form().template}`"
                self.faults.add("SHEET", f"the sheet {name} is empty", where=name, next=do)

    def paths(self) -> None:
        """Checks that the chances of the paths add up to one."""
        whole = total(row.probability for row in self.book.paths)
        if self.book.paths and len(self.book.paths) == self.tables.lines["paths"] and whole != 1:
            what = f"the chances add up to {decimal_text(whole)}, not 1"
            self.faults.add("SHARE", what, where=self.sheet("paths"), next="correct the chances")

    def project(self, row: ProjectRow) -> None:
        """Checks chances of slip and of refusal."""
        whole = total(row.slips.values()) if row.slips else Fraction(0)
        if whole != 1:
            what = f"the chances of slip add up to {decimal_text(whole)}, not 1"
            self.faults.add("SHARE", what, where=row.where, next="correct the chances")
        for path, chance in row.refusal.items():
            column = own_name("refusal", path)
            self.known(row.where, column, path, "path", self.paths_named)
            if chance and row.controlled_technology == "no":
                what = "a chance of refusal is given, but the technology is not controlled"
                self.tell(row.where, column, what)
        if row.controlled_technology == "no":
            return
        for path in self.paths_named:
            if path not in row.refusal:
                what = f"the chance that the technology is refused on path {brief_value(path)} is missing"
                self.tell(row.where, "controlled_technology", what, f"fill the column {own_name('refusal', path)}")
        if row.delay_years is None:
            self.tell(row.where, "delay_years", "the years of delay after a refusal are missing", "write 0 for none")

    def years(self) -> None:
        """Checks that every row has a number in each year of the sheet Capacity."""
        rows: list[tuple[str, ByYear]] = [
            *((row.where, row.t) for row in self.book.capacity),
            *((row.where, row.usd_per_kg) for row in self.book.values),
            *((row.where, row.usd_per_kg) for row in self.book.prices),
        ]
        for where, by_year in rows:
            lack = [year for year in self.all_years if year not in by_year]
            if lack:
                what = f"no number for {', '.join(map(str, lack[:5]))}"
                self.tell(where, str(lack[0]), what, "write it; 0 where there is none")
        if self.tables.lines.get("capacity") and not self.all_years:
            self.lacks("capacity", "there is no column of a year", "add a column for each year, such as 2027")

    def capacity(self) -> None:
        """Checks that each project has a capacity, and each capacity a project."""
        given = self.tables.ids.get("capacity", {})
        for row in self.book.capacity:
            self.known(row.where, "project", row.project, "project", self.projects_named)
        for project in self.book.projects:
            if project.project not in given and given:
                self.lacks("capacity", f"project {brief_value(project.project)} is missing", "add its row")

    def values(self) -> None:
        """Checks that the value of what each project makes is given on each path."""
        for row in self.book.values:
            self.known(row.where, "path", row.path, "path", self.paths_named)
        at = {project.project: project for project in self.book.projects}
        own = {(row.path, row.project) for row in self.book.values if row.project}
        for row in self.book.values:
            if row.project:
                self.known(row.where, "project", row.project, "project", self.projects_named)
            its = at.get(row.project)
            if its is not None and (row.stage, row.element) != (its.stage, its.element):
                what = f"project {brief_value(row.project)} is one of {its.stage} {its.element} in its sheet"
                self.tell(row.where, "stage", what)
        wanted: dict[tuple[str, ...], list[str]] = {}
        for project, path in product(self.book.projects, self.paths_named):
            paths = wanted.setdefault((project.stage, project.element), [])
            if (path, project.project) not in own and path not in paths:
                paths.append(path)
        self._missing("values", wanted, self._given("values", ("path", "stage", "element"), without="project"))

    def prices(self) -> None:
        """Checks that the prices that instruments need are given on each path."""
        element = {each.project: each.element for each in self.book.projects}
        own = {(row.path, row.project) for row in self.book.prices if row.project}
        for row in self.book.prices:
            self.known(row.where, "path", row.path, "path", self.paths_named)
            if row.project:
                self.known(row.where, "project", row.project, "project", self.projects_named)
                if element.get(row.project, row.element) != row.element:
                    what = f"project {brief_value(row.project)} is one of {element[row.project]} in its sheet"
                    self.tell(row.where, "element", what)
        wanted: dict[tuple[str, ...], list[str]] = {}
        priced = [row.project for row in self.book.instruments if row.instrument in PRICED and row.project in element]
        for project, path in product(priced, self.paths_named):
            paths = wanted.setdefault((element[project],), [])
            if (path, project) not in own and path not in paths:
                paths.append(path)
        self._missing("prices", wanted, self._given("prices", ("path", "element"), without="project"))

    def _given(self, key: str, columns: tuple[str, ...], without: str = "") -> frozenset[tuple[str, ...]]:
        """Returns which rows a sheet has, those with a fault too: path, then the rest.

        Args:
            key: Its key.
            columns: The columns.
            without: A column that must be blank.
        """
        found = set()
        for row in self.tables.all_rows.get(key, []):
            if without and row.cells.get(without):
                continue
            cells = [str(row.cells.get(column) or "") for column in columns]
            found.add((*cells[:-1], element_of(cells[-1]) or cells[-1]))
        return frozenset(found)

    def _missing(
        self, key: str, wanted: Mapping[tuple[str, ...], Iterable[str]], given: frozenset[tuple[str, ...]]
    ) -> None:
        if key == "values" and not self.tables.lines.get(key):
            return  # told already
        for names, paths in wanted.items():
            for path in paths:
                if (path, *names) not in given:
                    what = f"{brief_value(' '.join(names))} is missing on path {brief_value(path)}"
                    self.lacks(key, what, "add its row")

    def instruments(self) -> None:
        """Checks that each instrument has its project and what it needs."""
        for row in self.book.instruments:
            self.known(row.where, "project", row.project, "project", self.projects_named)
            if row.instrument in SHARED and row.share is None:
                what = "a loan needs a share" if row.instrument == "loan" else "a stockpile needs a share"
                self.tell(row.where, "share", what, "write it, such as 0.25")
            if row.instrument not in SHARED and row.share is not None:
                what = "only a loan and a stockpile have a share"
                self.tell(row.where, "share", what, "empty the cell, or correct the instrument")

    def interaction(self) -> None:
        """Checks that each pair is one of two projects, and given once on a path."""
        seen: dict[tuple[str, frozenset[str]], str] = {}
        for row in self.book.interaction:
            self.known(row.where, "path", row.path, "path", self.paths_named)
            for column, name in (("one", row.one), ("other", row.other)):
                self.known(row.where, column, name, "project", self.projects_named)
            if row.one == row.other:
                self.tell(row.where, "other", "both projects of the pair are the same", "name two projects")
            pair = row.path, frozenset((row.one, row.other))
            if pair in seen:
                shown = brief_value(f"{row.path} {row.one} {row.other}")
                self.faults.add(
                    "TWICE", f"{shown!r} is already in {seen[pair]}", where=row.where, next="keep one of the rows"
                )
            seen.setdefault(pair, row.where)
