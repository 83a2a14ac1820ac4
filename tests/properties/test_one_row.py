"""A single deal is interpreted like a table row with the same content."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.batches.judge.answers import NOTE_JOINT, notes_of, readings_of, told
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.arguments import PACKED
from coercivity.cases.files import packed_standing
from coercivity.intake.cells.columns import BY_ROUTE, ColumnMap
from coercivity.verbs.deal import CELLS, decide_cells

BOOK = PACKED.book()
WORDS = st.sampled_from([
    "NdFeB magnet", "ferrite magnets", "laptop", "Nd 30 %, Dy 2 %", "31% Nd; 2% Dy", "Nd2Fe14B", "5", "5 t", "1.234", "0012",
    "kg", "pcs", "CN", "Xland", "US", "8505.11", "93019000", "5 USD", "true", "magnett", "a | b; c", "?", "n/a", "tbd", "=1", "total",
    "hs", "form", "material", "from", "Lockheed Martin", "x" * 90, "\u200b", "Nd, Dy", "1..2",
])  # fmt: skip
ROLES = st.sampled_from([*CELLS, "form", "elements", "magnet_type", "end_user", "reexport_share_of_value"])
DEALS = st.dictionaries(ROLES, WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=9)


@given(DEALS)
def test_a_row_by_itself_is_read_as_in_a_table(cells: dict[str, str]) -> None:
    said = {
        name: text.strip() for name, text in cells.items() if text.strip() and (name in CELLS or name in BOOK.catalogue)
    }
    columns = ColumnMap({name: name for name in said}, {} if "act" in said else {"act": BY_ROUTE})
    decider = PartDecider(BOOK, Plan(columns, packed_standing(), Day(2025, 11, 20)))
    frame = pl.DataFrame({name: [text] for name, text in said.items()} or {"none": [""]})
    row = decider.decide(Rows(frame, 1, None, {}, {}))
    whole, one = decider.reader.read(frame), decider.reader.read_one(said)
    faults = NOTE_JOINT.join(told(fault, fault.where) for fault in decider.reader.faults_of_one(one))
    notes = NOTE_JOINT.join(filter(None, (texts[codes[0]] for codes, texts in notes_of(BOOK, one))))
    told_of_row = row.frame.row(0, named=True)
    assert (faults or None, notes or None) == (told_of_row["input_error"], told_of_row["notes"])
    assert readings_of(one.columns) == row.readings
    assert one.said(0) == whole.said(0)
    assert one.facts.deal(0) == whole.facts.deal(0)


def test_a_fault_of_a_spoken_deal_keeps_its_whole_text() -> None:
    with pytest.raises(CoercivityError) as error:
        decide_cells({"material": "NdFeB magnet", "form": "a; b | c", "from": "CN"}, on="2025-11-20")
    (fault,) = error.value.faults
    assert fault.where == "form"
    assert fault.what.startswith("'a; b | c' is not a valid value of form")
