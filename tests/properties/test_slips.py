"""A typing error, a cut or an invisible character in a row never leads to PROCEED."""

from __future__ import annotations

from random import Random

from tests.broken.slips import ARGUED, COLUMNS, KINDS, Freed, answers, orders

ROWS = 6_000


def test_no_slip_of_one_cell_frees_a_row() -> None:
    """One cell a row, cut, blanked, mistyped, reordered or re-encoded; kinds that say something else are argued."""
    found = Freed(ROWS, 3)
    freed = {kind: [found.told(at) for at in places] for kind, places in found.freed.items() if places}
    assert not {kind: told for kind, told in freed.items() if kind not in ARGUED}
    assert set(found.tried) == set(KINDS)
    assert sum(found.tried.values()) > ROWS // 2


def test_the_order_of_rows_and_columns_changes_no_answer() -> None:
    """The same rows, shuffled, in a table of shuffled columns: the same outcome and hash for each."""
    draw = Random(4)
    rows = orders(600, draw)
    places = draw.sample(range(len(rows)), len(rows))
    columns = draw.sample(COLUMNS, len(COLUMNS))
    before = answers(rows).select("outcome", "decision_hash").rows()
    after = answers([rows[place] for place in places], columns).select("outcome", "decision_hash").rows()
    assert after == [before[place] for place in places]
    assert len(set(before)) > 100
