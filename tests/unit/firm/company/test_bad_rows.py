"""Rows that cannot be meant: each is told with its place, all at once, and nothing is computed."""

from __future__ import annotations

import pytest

from coercivity.firm.company.sources import company_of
from tests.unit.firm.company.books import NORDLICHT, changed, faults_of, told, yaml_of

SMALL = """
settings: {as_of: '2026-11-20', until: '2027-05-31'}
parts: [{part: M1, grade: N42SH, NdPr: '30'}]
plants: [{plant: GRZ}]
use: [{plant: GRZ, part: M1, quantity_kg: '10', per: day}]
stock: [{plant: GRZ, part: M1, quantity_kg: '100'}]
"""


def test_three_faults_of_three_sheets_are_told_at_once() -> None:
    """97 + 4.5 + 0.5 = 102; M5 and M6 are the parts nearest to M7; 700 kg of 630 kg cannot be in quarantine."""
    found = told(
        changed(
            ("NdPr: '26.5'", "NdPr: '97'"),
            ("lot: Q6, supplier: S2, part: M3", "lot: Q6, supplier: S2, part: M7"),
            ("quarantine_kg: '60'", "quarantine_kg: '700'"),
        )
    )
    assert [what for _, what in found] == [
        "the shares add up to 102 %",
        "more in quarantine than there is",
        "there is no part M7; M5, M6 are near",
    ]
    assert [where.split(" (")[0] for where, _ in found] == ["parts entry 4", "stock entry 5", "in_transit entry 11"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("part: M6, grade: Sm2Co17", "part: M6, grade: N60EH", "no maker lists the grade 'N60EH'; the series EH goes from 28 to 50"),
        ("NdPr: '31.0'", "NdPr: '0.31'", "0.31 % of NdPr is too little for a magnet; write per cent by mass, such as 30"),
        ("- {plant: GYR, line_day_keur: '45'}", "- {plant: GYR, line_day_keur: '45'}\n- {plant: SZG}", "the plant SZG uses no part"),
        ("  as_of: '2026-11-20'", "  as_of: '2027-06-20'", "the last day asked for, 2027-05-31, is before the count of stock, 2027-06-20"),
        ("arrives: '2026-12-21'", "arrives: '2026-11-19'", "L1 arrived on 2026-11-19, before the count of stock on 2026-11-20"),
        ("state: cleared, licence: 'none'", "state: waiting, licence: 'none'", "L2 is waiting, so that its day of arrival is not known yet"),
        (", arrives: '2026-12-16'", "", "L2 is cleared, but its day of arrival is missing"),
        ("state: waiting, licence: N-S2a, leaves: '2026-12-05', transit_days: '38'",
         "state: waiting, licence: N-S2a, leaves: '2026-12-05'", "L3 is waiting, but its transit days are missing"),
        ("leaves: '2027-02-05', transit_days: '38'}", "leaves: '2027-02-05', transit_days: '38', contract: C9}",
         "there is no contract C9; C1, C2 are near"),
        ("names: GYR, valid_until: '2026-12-31'", "names: GYR", "N-S2a is granted, but its last day is missing"),
        ("names: GRZ BRN", "names: GRZ BNR", "there is no plant BNR; BRN is near"),
        ("supplier: S1, part: M5, plant: GYR, quantity_kg: '2500', state: waiting, licence: F-S1, filed: '2026-11-18'",
         "supplier: S1, part: M5, plant: GYR, quantity_kg: '2500', state: waiting, licence: F-S1",
         "the day on which the licence F-S1 was filed is missing"),
        ("supplier: S1, part: M5, plant: GYR", "supplier: S2, part: M5, plant: GYR", "the licence F-S1 is of S1, the lot is of S2"),
        ("floor: '40'", "floor: '60'", "the floor, 60, is above the cap, 58"),
        ("start: '2026-12-01'", "start: '2027-12-01'", "ends on 2027-05-31, before it starts on 2027-12-01"),
        ("to: '2027-01-03'", "to: '2026-01-03'", "ends on 2026-01-03, before it begins on 2026-12-24"),
        ("scenario: d1, probability: '0.34'", "scenario: d1, probability: '0.31'", "the chances add up to 0.97, not 1"),
        ("index: Dy,", "index: Tb,", "there is no index Tb"),
        ("take_share: '0.8'", "take_share: '80'", "take_share: 80 is above 1; write a share such as 0.25, or 25 %"),
        ("elements: Dy Tb Sm", "elements: Dy Tb Xx", "elements: 'Xx' is not an element; Xe is near"),
        ("plant: GRZ, part: M3, quantity_kg: '12'", "plant: GRZ, part: m3, quantity_kg: '12'", "there is no part m3; M3 is near"),
        ("plant: GRZ, part: M3, quantity_kg: '12', per: day", "plant: GRZ, part: M3, quantity_kg: '12', per: shift",
         "per: 'shift' is not one of day, week, month, year"),
        ("quantity_kg: '630', quarantine_kg: '60'", "quantity_kg: '630'",
         "quarantine_kg is blank, but other rows of the sheet state it"),
        ("quantity_kg: '1750', quarantine_kg: '200'", "quantity_kg: '1750', quarantine_kg: '0'",
         "a day of release is given, but nothing is in quarantine and no other part is served"),
        ("quantity_kg: '8', per: day, calendar: working", "quantity_kg: '40', per: week",
         "calendar is blank, but other rows of the sheet state it"),
        ("plant: GYR, part: M6, quantity_kg: '330'", "plant: GYR, part: M6, unit: g, quantity_kg: '330000'",
         "unit is blank, but other rows of the sheet state it"),
        ("licence: F-S1, supplier: S1, kind: single, state: filed",
         "licence: F-S1, supplier: S1, kind: single, state: filed, filed: '2026-11-01'",
         "filed on 2026-11-18, but the licence F-S1 was filed on 2026-11-01"),
        ("plant: GYR, part: M5, quantity_kg: '2160'", "plant: GYR, part: M5, quantity_kg: '2.160,5'",
         "quantity_kg: '2.160,5' is not a number; write digits and a point, such as 1200.5"),
    ],
)  # fmt: skip
def test_a_fault_says_what_is_wrong(old: str, new: str, what: str) -> None:
    assert what in [each for _, each in told(changed((old, new)))]


def test_a_part_that_no_plant_uses_is_told() -> None:
    found = told(yaml_of(SMALL.replace("[{part: M1", "[{part: M9, grade: N42}, {part: M1")))
    assert found == [("parts entry 1 (line 3), part", "no plant uses the part M9")]


def test_a_part_that_stands_in_for_another_needs_no_use_of_its_own() -> None:
    """A better grade was bought for the line of M1 and is released for it on a day."""
    stand_in = SMALL.replace("[{part: M1", "[{part: M9, grade: N42}, {part: M1").replace(
        "stock: [", "stock: [{plant: GRZ, part: M9, quantity_kg: '5', serves: M1, released_on: '2027-01-10'}, "
    )
    company = company_of(yaml_of(stand_in))
    assert [row.serves for row in company.stock] == ["M1", ""]


def test_use_of_a_part_that_is_not_in_parts_is_told() -> None:
    found = told(yaml_of(SMALL.replace("part: M1, quantity_kg: '10'", "part: M2, quantity_kg: '10'")))
    assert ("use entry 1 (line 5), part", "there is no part M2; M1 is near") in found


def test_a_sheet_that_others_name_and_that_is_missing_is_told_with_the_first_cell_that_names_it() -> None:
    found = told(yaml_of(SMALL.replace("parts: [{part: M1, grade: N42SH, NdPr: '30'}]\n", "")))
    assert found == [
        ("Parts", "the sheet Parts has no rows; it must name M1"),
        ("use entry 1 (line 4), part", "there is no part M1"),
    ]


def test_a_row_with_a_fault_still_counts_as_named() -> None:
    """A bad cell in Parts must not make every use of that part a fault of its own."""
    found = told(yaml_of(SMALL.replace("NdPr: '30'", "NdPr: 'a lot'")))
    assert len(found) == 1
    assert "is not a number" in found[0][1]


def test_an_id_that_names_nothing_is_told_beside_a_bad_cell_of_its_row() -> None:
    found = told(yaml_of(SMALL.replace("part: M1, quantity_kg: '10'", "part: M2, quantity_kg: '-10'")))
    assert ("use entry 1 (line 5), quantity_kg", "quantity_kg: -10 is negative") in found
    assert ("use entry 1 (line 5), part", "there is no part M2; M1 is near") in found


def test_ids_that_differ_only_by_case_are_told() -> None:
    found = told(yaml_of(SMALL.replace("[{plant: GRZ}]", "[{plant: GRZ}, {plant: grz}]")))
    assert ("plants entry 2 (line 4)", "'grz' differs from 'GRZ' only by case or blanks") in found


def test_a_grade_is_needed_for_no_metal() -> None:
    company_of(yaml_of(SMALL.replace("grade: N42SH, NdPr: '30'", "grade: 99.5, form: metal, Dy: '99.5'")))


def test_the_nearest_grades_stand_beside_one_that_is_not_made() -> None:
    (fault,) = faults_of(yaml_of(SMALL.replace("N42SH", "N60EH")))
    assert fault.code == "GRADE"
    assert fault.nearest == ("N50EH", "N48EH", "N56")


def test_a_setting_given_twice_or_unknown_is_told() -> None:
    settings = "settings: [{name: as_of, value: '2026-11-20'}, {name: asof, value: '2026-11-21'}, {name: untl, value: '2027-05-31'}]"
    found = faults_of(yaml_of(SMALL.replace("settings: {as_of: '2026-11-20', until: '2027-05-31'}", settings)))
    assert [(fault.code, fault.nearest) for fault in found] == [("TWICE", ()), ("SETTING", ("until",))]


def test_more_than_two_hundred_faults_are_counted() -> None:
    rows = "".join(f"- {{part: P{n}, grade: N42, NdPr: 'x'}}\n" for n in range(300))
    found = faults_of(yaml_of("parts:\n" + rows))
    assert len(found) == 201
    assert (found[-1].code, found[-1].what) == ("FAULTS-MORE", "100 more faults are not listed")


def test_the_other_example_has_no_fault() -> None:
    assert company_of(NORDLICHT).settings.firm == "Nordlicht Antriebe"


def test_a_holiday_that_ends_before_it_begins_is_told() -> None:
    found = told(
        changed(("from: '2027-02-05', to: '2027-02-12'", "from: '2027-02-12', to: '2027-02-05'"), path=NORDLICHT)
    )
    assert found == [("calendar entry 6 (line 36), to", "ends on 2027-02-05, before it begins on 2027-02-12")]
