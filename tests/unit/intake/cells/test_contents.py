"""Contents with words around them, claims, and compositions in remarks."""

from __future__ import annotations

import polars as pl
import pytest

from coercivity.batches.frame import batch_frame
from coercivity.data.values import SetValue
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.columns import Options
from coercivity.intake.cells.reader import cell_reader
from coercivity.law.rules.rulebook import Rulebook

WHOLE = "Nd 23,5 Pr 6,5 Fe 67,6 B 1,0 Co 0,9 Al 0,2 Cu 0,15 Ga 0,15 %"


def elements(cell: Cell) -> SetValue | None:
    value = cell.facts.get("elements")
    assert value is None or isinstance(value, SetValue)
    return value


@pytest.mark.parametrize(
    "before", ["", "volle Zusammens. lt. Zeugnis: ", "full analysis as per mill certificate: ", "成分: "]
)
def test_words_that_only_introduce_a_composition_are_dropped(book: Rulebook, before: str) -> None:
    for role in ("composition", "note"):
        found = elements(cell_reader(book, role, Options())(before + WHOLE))
        assert found is not None
        assert found.complete
        assert found.holds("Dy") is False


@pytest.mark.parametrize(
    "text",
    [
        f"wie Typ N42SH: {WHOLE}",
        f"instead of {WHOLE}",
        f"nominal {WHOLE}",
        f"Dy-frei? {WHOLE}",
        f"traces of Dy possible, {WHOLE}",
        "Nd 23,5 Pr 6,5 Fe 60,0 %",
        "no Dy, no Tb",
        "order 17, item 4",
        "=1+1",
    ],
)
def test_a_remark_of_another_thing_or_a_part_of_it_says_nothing(book: Rulebook, text: str) -> None:
    assert not cell_reader(book, "note", Options())(text).facts


@pytest.mark.parametrize("text", ["ohne SE", "no rare earths", "kein Dy/Tb", "Dy/Tb-frei", "不含稀土", "free of REE"])
def test_a_claim_is_read_and_excludes_nothing(book: Rulebook, text: str) -> None:
    cell = cell_reader(book, "composition", Options())(text)
    assert (cell.unread, cell.fault) == ("", None)
    found = elements(cell)
    assert found is None or (not found.complete and not found.lacks)


def test_what_a_claim_says_is_in_is_held(book: Rulebook) -> None:
    found = elements(cell_reader(book, "composition", Options())("kein Dy/Tb, nur Nd + Pr"))
    assert found == SetValue(frozenset({"Nd", "Pr"}), complete=False)


def test_a_composition_in_a_remark_counts_where_its_column_only_claims_something() -> None:
    rows = {
        "material": ["sintered NdFeB magnets"] * 4,
        "composition": ["kein Dy, kein Tb", "kein Dy, kein Tb", "Dy 1.8 %", None],
        "remark": [WHOLE, "as ordered", WHOLE, WHOLE],
        "from": ["CN"] * 4,
        "to": ["DE"] * 4,
    }
    found = batch_frame(pl.DataFrame(rows), on="2025-06-16")
    missing = [set(text.split("; ")) for text in found["missing"].fill_null("")]
    assert ["elements" in names for names in missing] == [False, True, False, False]
    assert found["outcome"].to_list()[2:] == ["UNKNOWN", found["outcome"][0]]  # the columns contradict each other
