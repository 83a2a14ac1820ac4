"""A row of a user that its packed series shows to be wrong: below zero, another element, a thousand times too large."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.observations.rows import load_observations

HEAD = "id,kind,series,element,form,hs,basis,vat,freq,period_start,period_end,published,value,unit,quality,use\n"
MAGNETS = "OWN1,trade,magnets CN>World,,magnet,850511,customs 850511,,month,2025-10-01,2025-10-31,2025-11-20,{},{},measured,1\n"
PRICE = (
    'OWN1,price,Dy Dy2O3 China domestic,{},oxide,,"ex-works, VAT removed [home_net_vat]",excluded,day,'
    "2025-10-15,2025-10-15,2025-10-15,{},USD/kg,reported,1\n"
)


def codes(folder: Path, row: str) -> list[str]:
    file = folder / "own.csv"
    file.write_text(HEAD + row, encoding="utf-8")
    try:
        load_observations(files=[file])
    except CoercivityError as error:
        return [fault.code for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (MAGNETS.format("5473", "t"), []),
        (MAGNETS.format("5473000", "kg"), []),
        (MAGNETS.format("0", "t"), []),
        (MAGNETS.format("5473000", "t"), ["OBS-SIZE"]),
        (MAGNETS.format("5.473", "t"), ["OBS-SIZE"]),
        (MAGNETS.format("-5473", "t"), ["OBS-VALUE"]),
        (PRICE.format("Dy", "190"), []),
        (PRICE.format("", "190"), []),
        (PRICE.format("Tb", "190"), ["OBS-SCOPE"]),
    ],
)
def test_a_number_that_cannot_be_of_the_series_is_told(tmp_path: Path, row: str, told: list[str]) -> None:
    assert codes(tmp_path, row) == told


def test_thousands_of_unreadable_numbers_are_told_and_nothing_breaks(tmp_path: Path) -> None:
    """The reader of tables stops after two hundred faults; the rows after them are broken as well."""
    rows = [MAGNETS.replace("OWN1", f"OWN{n}").format("x", "t") for n in range(300)]
    assert "TABLE-CELL" in codes(tmp_path, "".join(rows))
