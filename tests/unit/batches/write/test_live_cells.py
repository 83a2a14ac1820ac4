"""Cells that a spreadsheet would execute: Polars and Python find the same ones."""

from __future__ import annotations

import unicodedata

import polars as pl
import pytest

from coercivity.batches.write.outputs import LIVE, is_live

BEFORE = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢﹣﹫")
def test_every_form_of_a_live_sign_is_live(sign: str) -> None:
    for cell in (sign, f"{sign}1", f" {sign}1", f"\u200b{sign}1", f"\ufeff\u2060 {sign}1"):
        assert is_live(cell)
        assert pl.Series([cell]).str.contains(LIVE).to_list() == [True]


@pytest.mark.parametrize("cell", ["", "1", "a=1", "NdFeB-N42", "磁体+1", "\u200bDy"])
def test_other_cells_are_not(cell: str) -> None:
    assert not is_live(cell)


def test_no_sign_that_is_not_shown_hides_a_formula_from_either() -> None:
    cells = [f"{sign}=1" for sign in BEFORE]
    found = pl.Series(cells).str.contains(LIVE).to_list()
    assert found == [is_live(cell) for cell in cells]
    unseen = [unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp") for sign in BEFORE]
    assert all(live for live, blank in zip(found, unseen, strict=True) if blank)
