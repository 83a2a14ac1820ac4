"""Flips found with proofs are those of a search at every value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.firm.mix.choose import best
from coercivity.firm.mix.sensitivity import flips as flips_room
from coercivity.firm.mix.sensitivity.flips import flips
from tests.unit.firm.mix.cuts.made_up import made_up


@pytest.mark.parametrize(("seed", "weight"), [(0, 0.0), (1, 0.6), (3, 1.0)])
def test_flips_are_those_of_a_search_at_every_value(seed: int, weight: float, monkeypatch: pytest.MonkeyPatch) -> None:
    case = made_up(seed, shared=seed % 2 == 0, scenarios=3, months=4)
    found = best(case, weight)
    proved = list(flips(case, weight, found=found))
    monkeypatch.setattr(flips_room, "ENUMERATED", -1)
    sought = list(flips(case, weight, found=found))
    assert [replace(row, below=None, above=None) for row in proved] == [
        replace(row, below=None, above=None) for row in sought
    ]
    for one, other in zip(proved, sought, strict=True):
        assert (one.below, one.above) == (other.below, other.above), (one.kind, one.name)
    assert any(row.below or row.above for row in proved)
