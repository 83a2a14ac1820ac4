"""Whatever stands in the cells: a company, or faults with places; never another error."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.errors import CoercivityError, Faults
from coercivity.files.sheets import NamedSheet, SheetLine, SheetSet
from coercivity.firm.company.read import read_company
from coercivity.firm.company.spec import setting_specs, sheet_specs
from coercivity.firm.company.write.rows import company_hash
from coercivity.firm.company.write.workbook import company_book

CELLS = st.sampled_from(
    ("", "M1", "m1", "GRZ", "S1", "L1", "F1", "none", "1", "0", "0.5", "25 %", "101", "1e9", "2026-11-20", "2027-01", "2026-02-30",
     "day", "working", "pieces", "t", "refused", "1 and later", "cleared", "waiting", "granted", "filed", "single", "general",
     "Dy Tb", "off", "make-up", "assumed", "yes", "as_of", "until", "N42SH", "N60EH", "metal", "\u200b", "a;b", "-1", "x" * 300,
     "second source", "filing", "leaner grade", "contract", "heavy", "all", "budget", "3")
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> SheetSet:
    """Some sheets with most of their columns, and any cells."""
    found = []
    for key in draw(st.lists(st.sampled_from(sorted(sheet_specs())), max_size=8)):
        names = [
            *sheet_specs()[key].columns,
            *draw(st.lists(st.sampled_from(("NdPr", "Nd", "Dy", "", "unit", "zzz")), max_size=2)),
        ]
        header = tuple(name for name in names if draw(st.integers(0, 9)))
        rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=3))
        lines = tuple(SheetLine(dict(enumerate(row)), f"row {n}", n) for n, row in enumerate(rows, 2))
        found.append(NamedSheet(key, header, lines, (), "row 1"))
    return SheetSet("firm", tuple(found))


@settings(max_examples=300, deadline=None)
@given(sheets())
def test_any_table_is_a_company_or_faults(given_sheets: SheetSet) -> None:
    faults = Faults()
    company = read_company(given_sheets, faults)
    if not faults.items:
        assert company_book(company)
        assert len(company_hash(company)) == 64
    for fault in faults.items:
        assert fault.code
        assert fault.what
        assert fault.where
        assert CoercivityError([fault]).text()


def test_settings_are_read_by_every_name() -> None:
    names = [name for spec in setting_specs().values() for name in (spec.key, *spec.names.values(), *spec.also)]
    for name in names:
        sheet = NamedSheet("Settings", ("name", "value"), (SheetLine({0: name, 1: ""}, "row 2", 2),))
        faults = Faults()
        read_company(SheetSet("firm", (sheet,)), faults)
        assert not faults.items, name
