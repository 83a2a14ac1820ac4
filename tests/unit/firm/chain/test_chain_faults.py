"""Every fault of a chain is told with its place, all at once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import Fault, Faults
from coercivity.firm.chain.asked import AskedReader, ChainWords
from coercivity.firm.chain.build import build_chain
from coercivity.firm.chain.calendar import check_rows
from coercivity.firm.company.model import CalendarRow, Company, LicenceHeld
from tests.unit.firm.chain.chains import chain_of, company, faults_of, small

MINISTRY = ("ministry", "working", [(45, "1")])
CERTIFICATE = ("certificate", "working", [(3, "1")])
SEA = ("sea", "calendar", [(36, "1")])


def told(faults: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.where, fault.what) for fault in faults]


def test_chances_of_a_stage_add_up_to_one() -> None:
    found = faults_of(small([("customs", "calendar", [(2, "0.7"), (5, "0.2")]), SEA]))
    assert told(found) == [("S1", "the chances of customs add up to 0.9, not 1")]
    assert found[0].code == "CHAIN-CHANCE"


def test_thirds_that_do_not_quite_add_up_are_told_as_they_are() -> None:
    found = faults_of(small([("customs", "calendar", [(2, "0.333"), (5, "0.333"), (7, "0.333")]), SEA]))
    assert found[0].what == "the chances of customs add up to 0.999, not 1"


@pytest.mark.parametrize(
    ("stages", "what"),
    [
        ([], "there are no stages"),
        ([MINISTRY], "no stage is a way of transport: sea, air, rail, road, courier freight"),
        ([MINISTRY, SEA, CERTIFICATE], "sea ends the chain; certificate comes after it"),
        (
            [("customs", "calendar", [(2, "0.5")]), ("customs", "working", [(2, "0.5")]), SEA],
            "customs is counted in calendar days and in working days",
        ),
    ],
)
def test_stages_that_make_no_chain(stages: list[tuple[str, str, list[tuple[int, str]]]], what: str) -> None:
    assert what in [fault.what for fault in faults_of(small(stages))]


@pytest.mark.parametrize(
    ("returns", "what"),
    [
        ([("ministry", 1, True, "1", 30, 8)], "every file is returned at ministry, round after round"),
        ([("ministry", 1, True, "0.2", 46, 8)], "a file is found on day 46 of a term of 45 days"),
        ([("ministry", 1, True, "0.2", 0, 8)], "found_on_day is 0; the first day of a round is 1"),
        ([("mnistry", 1, True, "0.2", 30, 8)], "there is no stage 'mnistry' that could return files"),
        (
            [("customs", 1, True, "0.2", 1, 8)],
            "customs is counted in calendar days; returns are counted in working days",
        ),
        ([("sea", 1, True, "0.2", 1, 8)], "sea is a way of transport and returns no files"),
        ([("ministry", 2, True, "0.2", 30, 8)], "round 1 is missing"),
        ([("ministry", 1, False, "0.2", 30, 8), ("ministry", 3, True, "0.2", 30, 8)], "round 2 is missing"),
        ([("ministry", 1, False, "0.2", 30, 8), ("ministry", 1, True, "0.1", 30, 8)], "round 1 is there twice"),
        (
            [("ministry", 1, True, "0.2", 30, 8), ("ministry", 2, False, "0.1", 30, 8)],
            "round 1 holds for all later rounds, and a later round has a row",
        ),
    ],
)
def test_returns_that_cannot_be(returns: list[tuple[str, int, bool, str, int, int]], what: str) -> None:
    given = small([MINISTRY, ("customs", "calendar", [(2, "1")]), SEA], returns)
    found = [fault for fault in faults_of(given) if fault.what == what]
    assert found, faults_of(given)
    assert found[0].where.startswith("R")


def test_rounds_without_a_row_after_the_last_are_not_returned() -> None:
    chain = chain_of(small([MINISTRY, SEA], [("ministry", 1, False, "1", 30, 8)]))
    assert list(chain.returns["ministry"].chances) == [1, 0]


def test_a_chance_of_return_for_a_chain_without_returns() -> None:
    faults = Faults()
    assert build_chain(small([MINISTRY, SEA]), faults, return_chance=Fraction(1, 10)) is None
    assert [fault.code for fault in faults.items] == ["CHAIN-RETURN"]


def row(first: str, last: str, made_up: bool, where: str) -> CalendarRow:
    return CalendarRow(Day.fromisoformat(first), Day.fromisoformat(last), made_up, True, where)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (
            [row("2027-01-31", "2027-01-31", False, "Calendar row 7"), row("2027-01-31", "2027-01-31", True, "Calendar row 8")],
            "2027-01-31 is off and a make-up day",
        ),
        (
            [row("2027-02-05", "2027-02-12", False, "Calendar row 7"), row("2027-02-12", "2027-02-14", False, "Calendar row 8")],
            "2027-02-12 is off in two rows",
        ),
        ([row("2027-02-01", "2027-02-01", True, "Calendar row 7")], "make-up day 2027-02-01 is not a Saturday or Sunday"),
        ([row("2027-01-01", "2027-12-31", False, "Calendar row 7")], "2027-01-01 to 2027-12-31 is longer than 100 days"),
    ],
)  # fmt: skip
def test_a_calendar_that_contradicts_itself(rows: list[CalendarRow], what: str) -> None:
    faults = Faults()
    check_rows(rows, faults)
    assert [fault.what for fault in faults.items] == [what]
    assert "Calendar row" in faults.items[0].where


def asked(given: Company, **words: object) -> list[tuple[str, str]]:
    reader = AskedReader(given, ChainWords(**words))  # type: ignore[arg-type] # words by name
    reader.asked()
    return told(reader.faults.items)


def test_needed_before_signing() -> None:
    what = "the day needed, 2026-11-30, is before the day of signing, 2026-12-07"
    assert asked(company(), arrive_by="2026-11-30") == [("arrive-by", what)]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"sign": "soon"}, "'soon' is not a date in the form YYYY-MM-DD"),
        ({"arrive_by": "2137-01-01"}, "more than ten years after the day of signing"),
        ({"confidences": ["1.2"]}, "1.2 is above 1"),
        ({"confidences": ["0"]}, "a confidence of 0 asks for nothing"),
        ({"by_air_kg": ["6001"]}, "6001 kg by air is more than the lot, 6,000 kg"),
        ({"by_air_kg": ["much"]}, "'much' is not a number"),
        ({"draws": -1}, "-1 draws"),
    ],
)
def test_words_that_cannot_be_read(words: dict[str, object], what: str) -> None:
    assert what in asked(company(), **words)[0][1]


def test_a_part_by_air_with_half_of_its_figures() -> None:
    given = company()
    half = replace(given, settings=replace(given.settings, lost_day=None, lot=None))
    assert asked(half)[0][1] == "a part by air needs also lot, lost_day"


def test_no_day_of_signing() -> None:
    assert asked(Company())[0] == ("sign", "the day of signing is missing")


def held(name: str, until: str, *names: str) -> LicenceHeld:
    return LicenceHeld(name, "S1", "general", "granted", names, None, Day.fromisoformat(until), f"Licences {name}")


def test_a_general_licence_in_two_places_with_two_last_days() -> None:
    given = replace(company(), licences=(held("G1", "2027-01-31", "Kiel"),))
    what = "the general licence is valid through 2026-12-28 here and through 2027-01-31 in Licences"
    assert [fault.what for fault in faults_of(given)] == [what]


def test_a_general_licence_of_the_sheet_licences_that_names_the_plant_counts() -> None:
    given = company()
    bare = replace(given.settings, general_licence_valid_through=None, general_licence_plant=())
    found = chain_of(replace(given, settings=bare, licences=(held("G1", "2027-01-31", "Kiel"),))).general
    assert found is not None
    assert found.valid_through == Day(2027, 1, 31)
    other = chain_of(replace(given, settings=bare, licences=(held("G1", "2027-01-31", "Graz"),)))
    assert other.general is None


def test_a_general_licence_needs_the_stages_it_is_counted_between() -> None:
    given = company()
    bare = replace(given, stages=tuple(each for each in given.stages if each.stage != "certificate"))
    assert "there is no stage certificate" in faults_of(bare)[0].what


def test_stages_may_have_chinese_names() -> None:
    given = small(
        [("商务部", "working", [(45, "1")]), ("领证", "working", [(3, "1")]), ("海运", "calendar", [(36, "1")])],
        [("MOFCOM", 1, True, "0.25", 30, 8)],
    )
    chain = chain_of(given)
    assert [stage.kind for stage in (*chain.stages, *chain.modes)] == ["ministry", "certificate", "sea"]
    assert chain.returns["商务部"].chances == (Fraction(1, 4),)
