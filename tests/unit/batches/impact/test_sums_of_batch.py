"""The sums of `rules impact` are those of two runs of `batch`, without and with the draft, result by result."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

import coercivity
from coercivity.batches.impact.model import REJECTED
from coercivity.verbs.batch import batch
from tests.unit.batches.impact.drafts import EXTENSION, EXTRACT, LAPSE, MAGNETS, STANDING, impact, table

NAMES = ["outcome", "finding", "may_become"]


def _batch(deals: Path, out: Path, draft: Path | None, on: str | None) -> coercivity.BatchResult:
    law = coercivity.Law(overlays=() if draft is None else (draft,))
    asked = coercivity.TableAsked(deals, STANDING)
    return batch(asked, out, on=on, law=law, formats=("parquet",), workers=1)


def _rows(result: coercivity.BatchResult, side: str) -> pl.DataFrame:
    frame = pl.read_parquet(result.files["parquet"] / "part-*.parquet")
    why = pl.when(pl.col("not_a_deal").is_not_null()).then(pl.lit("not_a_deal")).otherwise(pl.lit("input_error"))
    return frame.select(
        "row",
        pl.col("outcome").fill_null(REJECTED).alias(f"outcome_{side}"),
        pl.col("finding").fill_null(why).alias(f"finding_{side}"),
        pl.col("may_become").fill_null("").alias(f"may_become_{side}"),
    )


@pytest.mark.parametrize(("draft", "on"), [(MAGNETS, "2026-12-05"), (EXTENSION, "2026-11-12"), (LAPSE, None)])
def test_a_dirty_table_gives_the_sums_of_two_batches(tmp_path: Path, draft: Path, on: str | None) -> None:
    _compare(EXTRACT, tmp_path, draft, on)


def test_a_table_with_exemptions_gives_the_sums_of_two_batches(tmp_path: Path) -> None:
    _compare(table(tmp_path), tmp_path, MAGNETS, None)


def _compare(deals: Path, room: Path, draft: Path, on: str | None) -> None:
    found = impact(draft, deals, **({"on": on} if on is not None else {}), out=room / "impact", part_rows=7)
    before, after = _batch(deals, room / "before", None, on), _batch(deals, room / "after", draft, on)
    assert (found.rulebook_hash, found.draft_hash) == (before.about.pack_hash, after.about.pack_hash)
    for sums, result in ((found.before, before), (found.after, after)):
        tally = result.tally
        assert found.rows == tally.rows
        decided = {name: one.deals for name, one in sums.items() if name != REJECTED}
        assert decided == {name: rows for name, rows in tally.outcomes.items() if rows}
        rejected = sums.get(REJECTED)
        assert (rejected.deals if rejected else 0) == tally.input_errors.total() + tally.not_deals.total()
        for name, mass_kg in tally.mass_kg.items():
            assert sums[name].mass_kg == pytest.approx(mass_kg, rel=1e-12)
        assert sum(one.without_mass for name, one in sums.items() if name != REJECTED) == tally.without_mass
    both = _rows(before, "before").join(_rows(after, "after"), on="row")
    pairs = Counter(both.select(pl.exclude("row")).iter_rows())
    assert pairs == {
        (move.before.outcome, move.before.finding, move.before.may_become,
         move.after.outcome, move.after.finding, move.after.may_become): move.sums.deals
        for move in found.moves
    }  # fmt: skip
    moved = both.filter(pl.any_horizontal(pl.col(f"{name}_before") != pl.col(f"{name}_after") for name in NAMES))
    listed = pl.read_parquet(found.files["moved_parquet"])
    assert listed["row"].to_list() == sorted(moved["row"].to_list())
    assert found.moved.deals == moved.height
