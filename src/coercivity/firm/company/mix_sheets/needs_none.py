"""The statement that an option or stock needs no transaction, beside what says that it does."""

from __future__ import annotations

from coercivity.base.errors import Faults
from coercivity.firm.company.mix_sheets.rows import NO_DEALS, GradeRow, MixOptionRow
from coercivity.firm.company.model import Company
from coercivity.workbooks.tables import ReadTables

_NEXT = "leave deals blank, or delete what says otherwise"


def check_needs_none(company: Company, tables: ReadTables, faults: Faults) -> None:
    """Adds a fault for every row that states `none` and names a transaction, supplier or part all the same.

    Args:
        company: The company as read.
        tables: Its rows and their places.
        faults: Receives the faults.
    """
    rows: tuple[MixOptionRow | GradeRow, ...] = (*company.mix_options, *company.grades)
    for row in rows:
        if NO_DEALS not in row.deals:
            continue
        others = [f"the transaction {name}" for name in row.deals if name != NO_DEALS]
        others += [f"{column} {name}" for column, name in (("supplier", row.supplier), ("part", row.part)) if name]
        if others:
            what = f"deals is none, which states that no transaction is needed, but the row names {', '.join(others)}"
            faults.add("FIRM-ROW", what, where=tables.place(row.where, "deals"), next=_NEXT)
