"""What the rows of a workbook may not say together: sums, orders of dates, what one row needs from another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from coercivity.base.errors import Faults, brief_value
from coercivity.firm.company.checks.blanks import check_blanks
from coercivity.firm.company.checks.references import check_references
from coercivity.firm.company.grades import grade_of, made_between, nearest_grades
from coercivity.firm.company.mix_sheets.check import check_mix
from coercivity.firm.company.model import CalendarRow, Closed, Company, Contract, Lot, Part
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.elements import ELEMENTS
from coercivity.workbooks.tables import ReadTables

_MAIN = ("NdPr", "Sm")  # a magnet holds far more than one per cent of one of them


def check_company(company: Company, tables: ReadTables, faults: Faults, deals: Collection[str] | None = None) -> None:
    """Adds every fault of rows that contradict each other, with sheet, row and cell.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
        deals: Ids of the transactions of the case folder; None outside of one.
    """
    check = _Check(company, tables, faults)
    for part in company.parts:
        check.part(part)
    check.use()
    check.stock()
    check.licences()
    for lot in company.in_transit:
        check.lot(lot)
    for contract in company.contracts:
        check.contract(contract)
    check.spans()
    check.delays()
    check.settings()
    check_mix(company, tables, faults)
    check_blanks(company, tables, faults)
    check_references(company, tables, faults, deals)


class _Check:
    def __init__(self, company: Company, tables: ReadTables, faults: Faults) -> None:
        self.company, self.tables, self.faults = company, tables, faults
        self.as_of = company.settings.as_of
        self.held = {held.licence: held for held in company.licences}
        self.bought = {contract.contract: contract for contract in company.contracts}

    def tell(self, where: str, column: str, what: str, next: str = "correct one of the two") -> None:
        """Adds a fault of a cell."""
        self.faults.add("FIRM-ROW", what, where=self.tables.place(where, column), next=next)

    def part(self, part: Part) -> None:
        """Checks the composition and the grade of a part."""
        whole = sum(part.shares.values(), Fraction(0))
        if whole > 1:
            what = f"the shares add up to {decimal_text(whole * 100)} %"
            self.faults.add("SHARE", what, where=part.where, next="correct the per cent by mass")
        if part.other_rare_earths == "none":
            self._closed(part)
        if not part.grade or part.form not in ("", "magnet"):
            return
        grade = grade_of(part.grade)
        if grade is None:
            self._grade(part)
        elif grade.family != "none":
            for name in _MAIN:
                if 0 < part.shares.get(name, 0) < Fraction(1, 100):
                    share = decimal_text(part.shares[name] * 100)
                    what = f"{share} % of {name} is too little for a magnet; write per cent by mass, such as 30"
                    self.tell(part.where, name, what, "write 30 for thirty per cent, not 0.3")

    def _closed(self, part: Part) -> None:
        """Checks that a part without other rare earths says how much it holds of each element that has a column."""
        said = part.shares.keys() | part.free_of
        for name in sorted((self.tables.columns(part.where) & frozenset(ELEMENTS)) - said):
            what = f"other_rare_earths is none, but the share of {name} is blank"
            self.tell(part.where, name, what, "write the per cent by mass, or 0 where there is none")
        if not said and not self.tables.columns(part.where) & frozenset(ELEMENTS):
            what = "other_rare_earths is none, but no element is given"
            self.tell(part.where, "other_rare_earths", what, "add a column for each element that the part contains")

    def _grade(self, part: Part) -> None:
        made = made_between(part.grade)
        about = f"; the series {made[0]} goes from {made[1]} to {made[2]}" if made else ""
        self.faults.add(
            "GRADE",
            f"no maker lists the grade {brief_value(part.grade)!r}{about}",
            where=self.tables.place(part.where, "grade"),
            nearest=nearest_grades(part.grade),
            next="correct it; state the form if the goods are not magnets",
        )

    def use(self) -> None:
        """Checks that every part is used at a plant, itself or instead of another, and every plant uses a part."""
        used, users = set(self.tables_ids("use", "part")), set(self.tables_ids("use", "plant"))
        if not self.tables.ids.get("use"):
            return
        # A grade bought to be used instead of another needs no line of its own in Use.
        used |= {row.part for row in self.company.stock if row.serves}
        used |= {row.part for row in self.company.in_transit if row.serves}
        for part in self.company.parts:
            if part.part not in used:
                what = f"no plant uses the part {brief_value(part.part)}"
                self.tell(part.where, "part", what, "add its use in the sheet Use, or delete the part")
        for plant in self.company.plants:
            if plant.plant not in users:
                what = f"the plant {brief_value(plant.plant)} uses no part"
                self.tell(plant.where, "plant", what, "add its use in the sheet Use, or delete the plant")

    def tables_ids(self, sheet: str, column: str) -> Iterable[str]:
        """Returns the ids in a column, of rows with a fault too."""
        return self.tables.named.get((sheet, column), set())

    def stock(self) -> None:
        """Checks that no more is in quarantine than there is."""
        for row in self.company.stock:
            if row.quarantine_kg > row.quantity_kg:
                self.tell(row.where, "quarantine_kg", "more in quarantine than there is")

    def licences(self) -> None:
        """Checks the dates that a licence needs."""
        for held in self.company.licences:
            if held.state == "granted" and held.valid_until is None:
                what = f"{brief_value(held.licence)} is granted, but its last day is missing"
                self.tell(held.where, "valid_until", what, "write the last day on which goods may leave under it")
            if held.filed and held.valid_until and held.valid_until < held.filed:
                what = f"valid until {held.valid_until}, before it was filed on {held.filed}"
                self.tell(held.where, "valid_until", what)

    def lot(self, lot: Lot) -> None:
        """Checks the dates of a lot against its state, its licence and the count of stock."""
        held, cleared = self.held.get(lot.licence), lot.state == "cleared"
        if cleared and lot.arrives is None:
            self.tell(lot.where, "arrives", f"{brief_value(lot.lot)} is cleared, but its day of arrival is missing",
                      "write the day of arrival")  # fmt: skip
        if cleared and lot.arrives and self.as_of and lot.arrives < self.as_of:
            what = f"{brief_value(lot.lot)} arrived on {lot.arrives}, before the count of stock on {self.as_of}"
            self.tell(lot.where, "arrives", what, "count it in the sheet Stock and delete the lot")
        if cleared and lot.leaves and lot.arrives and lot.arrives < lot.leaves:
            self.tell(lot.where, "arrives", f"arrives on {lot.arrives}, before it leaves on {lot.leaves}")
        if not cleared and lot.arrives:
            what = f"{brief_value(lot.lot)} is waiting, so that its day of arrival is not known yet"
            self.tell(lot.where, "arrives", what, "leave it blank and write transit_days, or set the state to cleared")
        if not cleared and lot.transit_days is None:
            self.tell(lot.where, "transit_days", f"{brief_value(lot.lot)} is waiting, but its transit days are missing",
                      "write the days from leaving to arrival")  # fmt: skip
        if not cleared and lot.leaves is None and not (held and held.state == "filed"):
            what = f"{brief_value(lot.lot)} waits for no decision, but the day on which it can leave is missing"
            self.tell(lot.where, "leaves", what, "write the day on which it is ready to leave")
        if not cleared and held and held.state == "filed" and lot.filed is None and held.filed is None:
            what = f"the day on which the licence {brief_value(held.licence)} was filed is missing"
            self.tell(lot.where, "filed", what, "write it here or in the sheet Licences")
        self._of_one_supplier(lot)

    def _of_one_supplier(self, lot: Lot) -> None:
        held, bought = self.held.get(lot.licence), self.bought.get(lot.contract)
        if held and held.supplier != lot.supplier:
            what = f"the licence {brief_value(lot.licence)} is of {brief_value(held.supplier)}"
            self.tell(lot.where, "licence", f"{what}, the lot is of {brief_value(lot.supplier)}")
        if bought and bought.supplier != lot.supplier:
            what = f"the contract {brief_value(lot.contract)} is with {brief_value(bought.supplier)}"
            self.tell(lot.where, "contract", f"{what}, the lot is of {brief_value(lot.supplier)}")

    def contract(self, contract: Contract) -> None:
        """Checks the price limits, the term and the licence of a contract."""
        held = self.held.get(contract.licence)
        if contract.floor is not None and contract.cap is not None and contract.floor > contract.cap:
            limits = f"the floor, {decimal_text(contract.floor)}, is above the cap, {decimal_text(contract.cap)}"
            self.tell(contract.where, "floor", limits)
        if contract.end < contract.start:
            self.tell(contract.where, "end", f"ends on {contract.end}, before it starts on {contract.start}")
        if held and held.supplier != contract.supplier:
            what = f"the licence {brief_value(contract.licence)} is of {brief_value(held.supplier)}"
            self.tell(contract.where, "licence", f"{what}, the contract is with {brief_value(contract.supplier)}")
        if held and held.state == "filed" and held.kind == "single" and held.filed is None and contract.filed is None:
            what = f"the day on which the licence {brief_value(held.licence)} was filed is missing"
            self.tell(contract.where, "filed", what, "write it here or in the sheet Licences")

    def spans(self) -> None:
        """Checks that no span of days ends before it begins."""
        rows: tuple[Closed | CalendarRow, ...] = (*self.company.closed, *self.company.calendar)
        for row in rows:
            if row.to_on < row.from_on:
                self.tell(row.where, "to", f"ends on {row.to_on}, before it begins on {row.from_on}")

    def delays(self) -> None:
        """Checks that the chances of the scenarios add up to one."""
        rows = self.tables.rows.get("delays", [])
        whole = sum((row.probability for row in self.company.delays), Fraction(0))
        if rows and len(rows) == self.tables.lines["delays"] and whole != 1:
            what = f"the chances add up to {decimal_text(whole)}, not 1"
            self.faults.add("SHARE", what, where=self.tables.names["delays"], next="correct the chances")

    def settings(self) -> None:
        """Checks the order of the dates in the sheet of settings."""
        last = self.company.settings.until
        if self.as_of and last and last < self.as_of:
            what = f"the last day asked for, {last}, is before the count of stock, {self.as_of}"
            where = self.company.places.get("until", "Settings")
            self.faults.add("FIRM-ROW", what, where=where, next="correct one of the two")
