"""The usual chain of a country, from the data of the program."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED
from coercivity.firm.chain.packed import packed_company
from coercivity.firm.company.model import Company, ReturnRow
from coercivity.firm.company.needs import lacking
from coercivity.firm.company.sources import company_of
from coercivity.verbs.chain import chain_clock
from coercivity.verbs.workbook import workbook_content
from tests.places import ROOT
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


@pytest.mark.parametrize(
    ("to", "near"), [("XX", "AX"), ("UK", "GB"), ("ZZ", "ZA"), ("deu", "DE"), ("Germany", "DE"), ("德国", "DE")]
)
def test_an_unknown_country_is_told_with_the_nearest(to: str, near: str) -> None:
    """It must not be answered as the rest of the world. XX is the code of a country that is not named."""
    faults = Faults()
    assert packed_company(PACKED.book(), to, faults).stages == ()
    assert [(fault.code, near in fault.nearest) for fault in faults.items] == [("ARGUMENT", True)]


@pytest.mark.parametrize("to", ["Germany", "CN", "D1", ""])
def test_a_destination_that_is_no_country_abroad(to: str) -> None:
    faults = Faults()
    assert packed_company(PACKED.book(), to, faults) == Company()
    assert [fault.code for fault in faults.items] == ["ARGUMENT"]


def asked(company: Company, *, plant: str | None = None, to: str | None = None) -> list[str]:
    """Returns the ways of transport counted for a workbook."""
    source = workbook_content(company, "yaml")
    found = chain_clock(source, sign="2026-12-07", arrive_by="2027-08-02", plant=plant, to=to)
    return [mode.mode for mode in found.found.modes]


def test_a_workbook_without_stages_has_the_usual_ones_to_its_plant() -> None:
    """Rail goes to Germany and not to the United States; a destination given goes before that of the plants."""
    company = company_of(ROOT / "examples/firms/alpenmotor-law.yaml")
    graz, brno, gyor = company.plants
    assert asked(company, plant="GRZ") == ["sea", "rail", "air"]
    assert asked(company, to="US") == ["sea", "air"]
    abroad = replace(company, plants=(replace(graz, country="US"), brno, gyor))
    assert asked(abroad, plant="GRZ") == ["sea", "air"]
    assert asked(abroad, plant="BRN") == ["sea", "rail", "air"]


def test_a_workbook_without_stages_and_country_asks_for_one_of_them() -> None:
    company = company_of(ROOT / "examples/firms/alpenmotor.yaml")
    with pytest.raises(CoercivityError) as told:
        asked(company)
    (fault,) = told.value.faults
    assert (fault.code, fault.where, fault.what) == ("CHAIN-STAGE", "Stages", "there are no stages")
    assert "--to DE" in fault.next
    assert lacking(company, "clock")[-1] == "Stages (or the country of the plant, for the usual stages)"


def test_returns_without_stages_are_not_lost() -> None:
    company = replace(
        company_of(ROOT / "examples/firms/alpenmotor-law.yaml"),
        returns=(ReturnRow("ministry", 1, True, Fraction("0.1"), 30, 8),),
    )
    with pytest.raises(CoercivityError, match="returns are given, and no stages"):
        asked(company, plant="GRZ")


@pytest.mark.parametrize("draws", [0, 20_000])
def test_charts_of_all_ways_end_with_one_month(draws: int) -> None:
    """The slowest way reaches 99.9 % last; the others have a value at the end of each month until then."""
    found = chain_clock(None, to="DE", sign="2026-12-07", arrive_by="2027-08-31", draws=draws).found
    for mode in found.modes:
        at = {day: chance for day, chance in mode.days if day <= Day(2027, 8, 31)}
        assert mode.days[-1][0].isoformat()[:7] == "2027-09"
        assert at[max(at)] == mode.by_needed


def test_a_general_licence_counts_in_the_usual_chain() -> None:
    """The step after the grant is certificate and release, so that the ministry can be left out."""
    company = usual("DE")
    settings = replace(
        company.settings, general_licence_valid_through=dt.date(2027, 1, 15), general_licence_plant=("Esbjerg",)
    )
    assert chain_of(replace(company, settings=settings)).general is not None
