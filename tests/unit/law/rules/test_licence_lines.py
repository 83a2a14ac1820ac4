"""The clauses of the export licensing catalogue follow the tariff lines, and say how those were read."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from coercivity.data.packs import open_pack
from tests.support import BOOK, biting, on

INSTRUMENT = BOOK.instruments["mofcom-gac-export-licence-goods"]
CLAUSES = {provision.id: provision for provision in INSTRUMENT.provisions}
LINES: list[dict[str, Any]] = [dict(row) for row in open_pack("law").table("licence_lines").rows]
WEAKEST = ("read", "inferred", "recalled")  # the strongest first
YEARS = ("2024-12-10", "2025-01-20", "2025-03-31", "2025-10-20", "2026-01-12", "2026-06-15")
GOODS = [
    "act: goods, form: metal, elements: [Nd]",
    "act: goods, form: metal, elements: [Nd, Pr]",
    "act: goods, form: metal, elements: [Ce], mineral_item: none",
    "act: goods, form: oxide, elements: [La]",
    "act: goods, form: oxide, elements: [Ce]",
    "act: goods, form: oxide, elements: [Pr]",
    "act: goods, form: oxide, elements: ['Y']",
    "act: goods, form: oxide, elements: [Eu]",
    "act: goods, form: oxide, elements: [Ho]",
    "act: goods, form: oxide, elements: [Er]",
    "act: goods, form: oxide, elements: [Tm]",
    "act: goods, form: oxide, elements: [Yb]",
    "act: goods, form: oxide, elements: [Dy]",
    "act: goods, form: compound, elements: [La]",
    "act: goods, form: compound, elements: [Nd]",
    "act: goods, form: compound, elements: [Ce]",
    "act: goods, form: compound, elements: ['Y']",
    "act: goods, form: mixture, elements: [La, Ce], physical_blend: 'true'",
    "act: goods, form: ore, elements: [La, Ce, Nd]",
    "act: goods, form: alloy, alloy_system: other, elements: [Nd, Pr]",
    "act: goods, form: magnet_powder, magnet_type: [NdFeB], elements: [Nd, Pr]",
    "act: goods, form: functional_material, material_function: luminescent, goods_kind: phosphor, elements: ['Y', Eu]",
]


def test_every_line_names_a_clause_of_the_catalogue_or_none() -> None:
    assert {row["provision_id"] for row in LINES} - {None} <= set(CLAUSES)


@pytest.mark.parametrize("row", LINES, ids=[f"{row['hs10']}-{row['year']}" for row in LINES])
def test_a_line_says_whether_it_carries_the_two_conditions(row: dict[str, Any]) -> None:
    if row["basis"] == "not_read":
        assert (row["conditions"], row["ordinary_licence"], row["dual_use_licence"]) == (None, None, None)
    else:
        conditions = str(row["conditions"] or "")
        assert (row["ordinary_licence"], row["dual_use_licence"]) == ("4" in conditions, "3" in conditions)


@pytest.mark.parametrize("name", sorted({row["provision_id"] for row in LINES} - {None}))
def test_a_clause_requires_the_licence_where_its_lines_do_and_shows_their_weakest_basis(name: str) -> None:
    rows = [row for row in LINES if row["provision_id"] == name]
    required = {row["ordinary_licence"] for row in rows}
    assert required == {CLAUSES[name].effect == "licence_required"}
    assert CLAUSES[name].basis == max((str(row["basis"]) for row in rows), key=WEAKEST.index)


def test_each_line_has_every_year_once() -> None:
    years = defaultdict(list)
    for row in LINES:
        years[row["hs10"]].append(row["year"])
    assert {tuple(sorted(found)) for found in years.values()} == {(2024, 2025, 2026)}


@pytest.mark.parametrize("day", YEARS)
@pytest.mark.parametrize("facts", GOODS)
def test_the_goods_of_the_lines_need_a_licence_in_each_year(facts: str, day: str) -> None:
    decision = on(f"{facts}, from: CN, to: JP", day)
    assert decision.outcome.value == "LICENCE"
    assert biting(decision)


@pytest.mark.parametrize("day", YEARS)
def test_a_plain_magnet_needs_none(day: str) -> None:
    """Heading 8505 is no kind of goods of the catalogue, so no clause of it is asked."""
    decision = on("act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr], from: CN, to: JP", day)
    assert decision.outcome.value == "PROCEED"
    assert INSTRUMENT.id not in decision.used


def test_without_18_2025_the_seven_elements_fall_back_on_the_catalogue() -> None:
    """Who in March 2025 knows nothing of 18/2025 plans with the licence of the catalogue."""
    facts = "act: goods, form: oxide, elements: [Dy], from: CN, to: DE"
    assert "oel-heavy" in biting(on(facts, "2025-06-02", known="2025-04-03"))
    assert "oel-heavy" not in biting(on(facts, "2025-06-02"))
