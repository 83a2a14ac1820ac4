"""The law as used by the market model: free flows are granted in full, licensed flows in part."""

from __future__ import annotations

from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.months import parse_month
from coercivity.market.run.law import plant_law_of
from coercivity.permission.gates import Gates

ACTS = ("technology", "service", "assistance", "equipment")


def test_of_acts_that_are_free_every_file_is_granted_and_of_others_a_part() -> None:
    law = plant_law_of(Gates(load_rulebook(), assume={}, without=[]), None)
    month = parse_month("2025-11")
    found = [law(month, act, "EUR", "magnet", month) for act in ACTS]
    assert {gate.free for gate, _ in found} == {True, False}
    assert all((share == 1) == gate.free for gate, share in found)
