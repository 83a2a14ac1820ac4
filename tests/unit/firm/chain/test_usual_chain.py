"""The usual chain of a country, from the data of the program."""

from __future__ import annotations

from fractions import Fraction

import pytest

from coercivity.base.errors import Faults
from coercivity.cases.arguments import PACKED
from coercivity.firm.chain.packed import packed_company
from coercivity.firm.company.model import Company
from tests.unit.firm.chain.chains import chain_of


def usual(to: str) -> Company:
    faults = Faults()
    found = packed_company(PACKED.book(), to, faults)
    faults.raise_if_any()
    return found


def test_filing_is_triangular_by_whole_days() -> None:
    """AS072: 2 to 15 days, most likely 5. By day 3: 1 / (13 x 3) = 0.0256; by day 4: 4 / 39 = 0.1026."""
    rows = [row for row in usual("DE").stages if row.stage == "filing"]
    assert [(row.days, row.probability) for row in rows[:2]] == [(3, Fraction("0.0256")), (4, Fraction("0.0770"))]
    assert rows[-1].days == 15
    assert sum((row.probability for row in rows), Fraction(0)) == 1


@pytest.mark.parametrize(
    ("to", "modes"), [("DE", ["sea", "rail", "air"]), ("us", ["sea", "air"]), ("BR", ["sea", "air"])]
)
def test_each_stage_names_its_source_and_quality(to: str, modes: list[str]) -> None:
    chain = chain_of(usual(to))
    assert [stage.kind for stage in chain.modes] == modes
    every = (*chain.stages, *chain.modes)
    assert [stage.quality for stage in every if stage.kind == "ministry"] == ["law"]
    assert all(stage.quality == "assumed" and stage.cases == 0 for stage in every if stage.kind != "ministry")
    assert all(stage.source for stage in every)


def test_a_file_is_returned_as_often_as_practice_says() -> None:
    """LD018: 0.3 each time; the reply of AS073 takes 15 working days."""
    back = chain_of(usual("DE")).returns["filing"]
    assert (back.chances, back.found_on_day, back.rework_days) == ((Fraction("0.3"),), 2, 15)


@pytest.mark.parametrize("to", ["Germany", "CN", "D1", ""])
def test_a_destination_that_is_no_country_abroad(to: str) -> None:
    faults = Faults()
    assert packed_company(PACKED.book(), to, faults) == Company()
    assert [fault.code for fault in faults.items] == ["ARGUMENT"]
