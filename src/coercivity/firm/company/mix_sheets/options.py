"""What an option of a mix must say, and what it may not."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.errors import Faults, brief_value
from coercivity.firm.company.mix_sheets.rows import CHINA_FEED, MIX_KINDS, OTHER_FEED, MixOptionRow
from coercivity.firm.company.mix_sheets.use import mix_months
from coercivity.firm.company.model import Company
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.tables import ReadTables

# Columns of a mix that each kind must fill; filing ahead costs its fee, and holds for all grades.
_ALL = ("fee_keur", "months", "cap_t", "extra_keur_per_t", "grades")
_NEEDED: Mapping[str, tuple[str, ...]] = dict.fromkeys(MIX_KINDS, _ALL) | {
    "filing": ("fee_keur",),
    "own processing": (*_ALL, "follows_second_source"),
    "contract": (*_ALL, "take_share", "follows_second_source"),
    "spot": ("months", "cap_t", "grades", "feed", "index", "a", "b"),
}
_INDEXED = (
    "fee_keur", "months", "cap_t", "grades", "take_share", "follows_second_source", "feed", "index", "a", "b",
)  # fmt: skip
_PRICE = ("index", "a", "b", "floor", "price_cap")
_OF_STOPS = ("lot", "days", "quantity_kg", "cost_keur")
_OF_MIX = (*_ALL, "take_share", "follows_second_source", "price_basis", "supplier", "decided_on", "deals", *_PRICE)
_NEXT = {
    "grades": "name the grades that it serves",
    "months": "write the months until it can be used, 0 if at once",
    "cap_t": "write the tonnes a month",
    "follows_second_source": "write yes or no",
    "feed": "write China, or other where the goods need no Chinese licence",
    "index": "name a column of the sheet Index",
}


def check_mix_options(company: Company, tables: ReadTables, faults: Faults) -> None:
    """Adds every fault of the options that a mix is chosen from, and of columns that belong to options of other kinds.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
    """
    check = _Check(mix_months(company), tables, faults)
    for row in tables.rows.get("options", []):
        check.columns(str(row.cells["kind"]), row.where, {k for k, value in row.cells.items() if value is not None})
    for option in company.mix_options:
        check.option(option)


class _Check:
    def __init__(self, months: int | None, tables: ReadTables, faults: Faults) -> None:
        self.months, self.tables, self.faults = months, tables, faults

    def tell(self, where: str, column: str, what: str, next: str = "correct the cell") -> None:
        """Adds a fault of a cell."""
        self.faults.add("FIRM-ROW", what, where=self.tables.place(where, column), next=next)

    def columns(self, kind: str, where: str, filled: set[str]) -> None:
        """Checks that a row fills the columns of its kind and no others."""
        for column in _OF_STOPS if kind in MIX_KINDS else _OF_MIX:
            if column in filled:
                what = f"{column} is not used for the kind {kind}"
                self.tell(where, column, what, "leave the cell blank, or choose another kind")
        for column in _INDEXED if kind == "contract" and "index" in filled else _NEEDED.get(kind, ()):
            if column not in filled:
                what = f"{column} is blank, but the kind {kind} needs it"
                self.tell(where, column, what, _NEXT.get(column, "write the number, 0 if there is none"))

    def option(self, option: MixOptionRow) -> None:
        """Checks the values of an option."""
        self._price(option)
        if option.kind == "filing":
            self._filing(option)
            return
        if self.months and option.months is not None and option.months >= self.months:
            what = f"it can be used from month {option.months + 1} on, after the last month, {self.months}"
            self.tell(option.where, "months", what, "shorten it, or look at more months")
        if option.cap_t == 0:
            self.tell(option.where, "cap_t", "cap_t is 0, so that it changes nothing", "write the tonnes a month")
        if len(set(option.grades)) < len(option.grades):
            self.tell(option.where, "grades", "a grade is there twice")
        elif option.kind == "leaner grade" and option.grades and len(option.grades) != 2:
            what = "a leaner grade names two grades: the one that is replaced, and the one that replaces it"
            self.tell(option.where, "grades", what, "write two grades, such as C B")
        if option.kind != "contract" and option.take_share is not None:
            what = f"take_share is not used for the kind {brief_value(option.kind)}"
            self.tell(option.where, "take_share", what, "leave the cell blank, or choose another kind")
        if option.kind not in ("contract", "own processing", "second source", "spot") and option.follows_second_source:
            what = f"follows_second_source is not used for the kind {brief_value(option.kind)}"
            self.tell(option.where, "follows_second_source", what, "leave the cell blank, or choose another kind")
        if option.kind == "second source" and option.follows_second_source == "no":
            what = "a second source is always cut as scenarios say"
            self.tell(option.where, "follows_second_source", what, "leave the cell blank, or write a contract")

    def _price(self, option: MixOptionRow) -> None:
        """Checks a price by month, and that no other option has one."""
        given = {name: getattr(option, name) for name in _PRICE if getattr(option, name) not in (None, "")}
        if option.kind not in ("contract", "spot"):
            for column in given:
                what = f"{column} is not used for the kind {brief_value(option.kind)}"
                self.tell(option.where, column, what, "leave the cell blank, or choose another kind")
            return
        if option.kind == "spot":
            for column in ("floor", "price_cap"):
                if column in given:
                    what = f"{column} is not used for the kind {brief_value(option.kind)}"
                    self.tell(option.where, column, what, "leave the cell blank, or choose another kind")
        elif not option.index:
            for column in given:
                what = f"{column} is not used without an index"
                self.tell(option.where, column, what, "name a column of the sheet Index, or leave the cell blank")
            if option.feed == CHINA_FEED:
                what = "the feed is China, but a contract without an index is cut only as second sources are"
                do = "name an index, with b 0 for a fixed price; write other where the goods need no Chinese licence"
                self.tell(option.where, "feed", what, do)
        if option.index and option.extra_keur_per_t:
            what = "the option has a price by month and extra_keur_per_t as well"
            self.tell(option.where, "extra_keur_per_t", what, "leave one of them blank")
        if option.floor is not None and option.price_cap is not None and option.floor > option.price_cap:
            what = f"the floor, {decimal_text(option.floor)}, is above the cap, {decimal_text(option.price_cap)}"
            self.tell(option.where, "floor", what, "correct one of the two")
        if option.index and option.feed != OTHER_FEED and option.follows_second_source == "yes":
            what = "goods from China are cut by let_through, not as second sources are"
            self.tell(option.where, "follows_second_source", what, "write no, or other in feed")

    def _filing(self, option: MixOptionRow) -> None:
        """Checks that filing ahead says nothing but its fee: it is done before the first month, for all grades."""
        numbers = {"months": option.months, "cap_t": option.cap_t, "extra_keur_per_t": option.extra_keur_per_t}
        for column, value in numbers.items():
            if value:
                what = f"{column} is not used for filing ahead, which is done before the first month"
                self.tell(option.where, column, what, "write 0, or leave the cell blank")
        others = {"take_share": option.take_share is not None, "follows_second_source": option.follows_second_source}
        for column, given in others.items():
            if given:
                self.tell(option.where, column, f"{column} is not used for the kind filing", "leave the cell blank")
        if option.grades:
            what = "filing ahead holds for all grades"
            self.tell(option.where, "grades", what, "leave the cell blank")
