"""A user who corrects what was read in a text takes back what followed from it."""

from __future__ import annotations

from coercivity.verbs.deal import decide_cells

VISIT = {"material": "Two engineers from Baotou will commission a sintering line in Rayong"}


def test_a_corrected_stage_leaves_the_activity_that_followed_from_it_open() -> None:
    assert decide_cells(VISIT, on="2026-01-15").facts["serves_stage"] == "magnetic_material_manufacturing"
    found = decide_cells(VISIT, facts={"process_stage": "metal_smelting"}, on="2026-01-15")
    assert found.facts["process_stage"] == "metal_smelting"
    assert "serves_stage" not in found.facts


def test_an_answer_that_the_words_leave_open_keeps_what_followed() -> None:
    found = decide_cells(VISIT, facts={"technology_passes": "false"}, on="2026-01-15")
    assert found.facts["serves_stage"] == "magnetic_material_manufacturing"
