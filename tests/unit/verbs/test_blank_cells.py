"""A blank cell in a column of a declared fact is open, in a table as in a single deal."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from coercivity.batches.frame import batch_frame
from coercivity.batches.request import TableAsked
from coercivity.verbs.batch import batch
from coercivity.verbs.decide import decide

MAGNET = {
    "act": "goods",
    "form": "magnet",
    "magnet_type": ["NdFeB"],
    "elements": ["Nd", "Pr"],
    "from": "CN",
    "to": "DE",
}
STANDING = {
    "party_sets": [], "listed_owner_share": "0", "military_user": "false", "military_use": "false",
    "raises_military_strength": "false", "wmd_use": "false", "terrorist_use": "false", "security_risk": "false",
    "knowledge": "none", "notice": "false", "chip_use": "none", "ai_military_rd": "false", "drone_item": "false",
    "under_end_user_promise": "false", "listed_elsewhere": "false", "to_be_separated": "false", "bars": [],
    "licence_change": "none",
}  # fmt: skip
HEAD = "id,act,form,magnet_type,elements,from,to,military_user,notice\n"
ROW = "goods,magnet,NdFeB,Nd;Pr,CN,DE"
STANDING_FILE = "standing:\n  said_by: officer\n  said_on: 2026-09-15\n  facts:\n" + "".join(
    f"    {name}: {value!r}\n" if value else f"    {name}: []\n" for name, value in STANDING.items()
)


def outcomes(folder: Path, *ends: str, part_rows: int = 100_000) -> list[tuple[str, str]]:
    """Outcome and hash of each row of a table whose rows end in these cells."""
    rows = "".join(f"r{count},{ROW},{end}\n" for count, end in enumerate(ends))
    (folder / "table.csv").write_text(HEAD + rows, encoding="utf-8")
    (folder / "standing.yaml").write_text(STANDING_FILE, encoding="utf-8")
    batch(TableAsked(folder / "table.csv"), folder / "out", on="2026-09-15", formats=("csv",), part_rows=part_rows)
    found = pl.read_csv(next((folder / "out").rglob("decisions.csv")))
    return list(zip(found["outcome"].to_list(), found["decision_hash"].to_list(), strict=True))


def alone(**more: str) -> tuple[str, str]:
    """The same for one deal, asked alone."""
    found = decide({**MAGNET, **more}, on="2026-09-15", standing=STANDING, said_by="officer", said_on="2026-09-15")
    return found.outcome.value, found.proof["hash"]


def test_a_blank_cell_is_open(tmp_path: Path) -> None:
    """Of three rows one says no, one leaves the cell blank, one says unknown: only the first may go."""
    found = outcomes(tmp_path, "false,", ",", "unknown,")
    assert found == [alone(military_user="false"), alone(military_user="unknown"), alone(military_user="unknown")]
    assert [outcome for outcome, _ in found] == ["PROCEED", "UNKNOWN", "UNKNOWN"]


def test_a_column_that_is_blank_in_every_row_is_none(tmp_path: Path) -> None:
    """The standing block answers for it, as where the table has no such column."""
    assert outcomes(tmp_path, ",", " ,") == [alone(), alone()]


def test_where_the_rows_are_parted_has_no_say(tmp_path: Path) -> None:
    """A column that is blank in one part and filled in another is a column of the whole table."""
    found = outcomes(tmp_path, *([","] * 3), "false,", part_rows=2)
    assert found == [*[alone(military_user="unknown")] * 3, alone(military_user="false")]


@pytest.mark.parametrize(
    ("cells", "expected"), [((None, "false"), ["UNKNOWN", "PROCEED"]), ((None, ""), ["PROCEED"] * 2)]
)
def test_a_frame_is_read_alike(cells: tuple[str | None, ...], expected: list[str]) -> None:
    """None and a blank text are blank cells."""
    columns = {name: [";".join(value) if isinstance(value, list) else value] * 2 for name, value in MAGNET.items()}
    found = batch_frame(
        {**columns, "military_user": list(cells)},
        standing=STANDING,
        said_by="officer",
        said_on="2026-09-15",
        on="2026-09-15",
    )
    assert found["outcome"].to_list() == expected
