"""`survive --draws` for a workbook: the same with any number of workers, kept prices, and bad input."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs.company import company_stops
from coercivity.verbs.company_drawn import CompanyDrawn, company_drawn
from tests.places import ROOT

FIRM = ROOT / "examples" / "firms" / "alpenmotor.yaml"
DRAWS = 16


def drawn(**options: object) -> CompanyDrawn:
    return company_drawn(FIRM, draws=DRAWS, cache=False, **options)  # type: ignore[arg-type]


def text_of(found: CompanyDrawn) -> str:
    return json.dumps(found.as_dict(), ensure_ascii=False)


@pytest.fixture(scope="module")
def alone() -> CompanyDrawn:
    return drawn()


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_gives_the_same_bytes(alone: CompanyDrawn, workers: int) -> None:
    assert text_of(drawn(workers=workers)) == text_of(alone)


def test_any_executor_gives_the_same_bytes(alone: CompanyDrawn) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert text_of(drawn(executor=pool, workers=3)) == text_of(alone)


def test_the_workbook_s_own_delays_are_beside_the_draws_and_unchanged(alone: CompanyDrawn) -> None:
    """J10: GRZ stops in 66.00 %, with 36.10 lost days and 3,249.0 kEUR on average, whatever practice says."""
    grz = alone.body["plants"][0]
    assert (grz["plant"], grz["own_standing"]) == ("GRZ", 0.66)
    assert grz["own_mean_lost_days"] == pytest.approx(36.10)
    assert grz["own_mean_loss_keur"] == pytest.approx(3_249.0)
    assert alone.own.as_dict() == company_stops(FIRM).as_dict()


def test_no_day_is_earlier_than_the_first_one_without_the_waiting_lots(alone: CompanyDrawn) -> None:
    """A part with nothing licensed or free stops on the day of check 1; in some draws a waiting lot comes before."""
    dates = {(part.plant, part.part): part.layers["licensed"] for part in alone.own.found.parts}
    for part in alone.body["parts"]:
        for day in part["first_on"].values():
            usual = dates[part["plant"], part["part"]]
            assert day is None or usual is None or day >= usual.isoformat()


def test_without_kept_draws_prices_are_those_of_the_sheet_and_the_command_is_named(alone: CompanyDrawn) -> None:
    (paid,) = alone.body["paid"]
    assert (paid["kept_prices"], paid["legal"]) == (False, "")
    assert alone.body["price_command"] == "coercivity outlook --from 2026-12 --to 2027-05 --draws 32"
    january = next(row for row in paid["prices"] if (row["contract"], row["month"]) == ("C1", "2027-01"))
    assert january["price_usd_per_kg"] == {"10": 47.45, "50": 47.45, "90": 47.45}


def test_another_scramble_gives_other_draws(alone: CompanyDrawn) -> None:
    assert text_of(drawn(scramble=1)) != text_of(alone)


def test_independence_changes_no_chance_of_a_part_that_waits_for_one_decision(alone: CompanyDrawn) -> None:
    """GRZ M3 waits for a file alone; with renewals of other draws its chance is the same, and GRZ's own is not."""
    apart = drawn(independent=True)
    assert apart.body["independent"]
    assert [row["refused"] for row in apart.body["decisions"]] == [row["refused"] for row in alone.body["decisions"]]
    chance = {(row["plant"], row["part"]): row["not_met"] for row in apart.body["parts"]}
    for row in alone.body["parts"]:
        if row["part"] in ("M3", "M4", "M5", "M6"):
            assert chance[row["plant"], row["part"]] == row["not_met"]


@pytest.mark.parametrize("number", [0, -1, 3, 100, 2**20])
def test_a_number_of_draws_that_does_not_do_is_told_with_the_other_faults(number: int) -> None:
    """The day asked for is before the stock count as well."""
    with pytest.raises(CoercivityError) as told:
        company_drawn(FIRM, draws=number, on="2026-11-01", cache=False)
    codes = [fault.code for fault in told.value.faults]
    assert codes[0] == "DRAWS"
    assert len(codes) > 1


def test_a_number_that_is_not_whole_is_told() -> None:
    with pytest.raises(CoercivityError, match="not a whole number"):
        company_drawn(FIRM, draws=3.5, cache=False)  # type: ignore[arg-type]


def test_draws_without_a_number_are_told() -> None:
    with pytest.raises(CoercivityError) as told:
        company_drawn(FIRM, draws=None, workers=2, cache=False)
    assert [fault.where for fault in told.value.faults] == ["workers"]


def test_a_folder_without_draws_is_told_before_prices_are_taken_from_it(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as told:
        drawn(draws_folder=tmp_path)
    assert told.value.faults[0].code == "DRAWS-FOLDER"
    assert "no manifest" in told.value.faults[0].what


def test_a_folder_of_other_months_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"months": {"first": "2027-01", "last": "2027-06"}}', encoding="utf-8")
    with pytest.raises(CoercivityError) as told:
        drawn(draws_folder=tmp_path)
    assert "of 2027-01 to 2027-06, the contracts of 2026-12 to 2027-05" in told.value.faults[0].what
