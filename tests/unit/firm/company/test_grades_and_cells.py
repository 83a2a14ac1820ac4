"""Grades and cells as people type them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from coercivity.firm.company.checks.references import near_ids
from coercivity.firm.company.grades import grade_of, nearest_grades, spelled
from coercivity.workbooks.cells import read_cell
from coercivity.workbooks.decimals import decimal_text
from coercivity.workbooks.elements import clash, element_of
from coercivity.workbooks.spec import ColumnSpec


@pytest.mark.parametrize(
    ("typed", "name", "family"),
    [
        ("N48H", "N48H", "NdFeB"), ("42SH", "N42SH", "NdFeB"), ("N-42 SH", "N42SH", "NdFeB"), ("n42sh", "N42SH", "NdFeB"),
        ("Ｎ４２ＳＨ", "N42SH", "NdFeB"), ("N48SH (GBD)", "N48SH", "NdFeB"), ("NdFeB N38UH", "N38UH", "NdFeB"),
        ("N33VH", "N33VH", "NdFeB"), ("N42", "N42", "NdFeB"), ("Sm2Co17", "Sm2Co17", "SmCo"), ("SmCo 1:5", "SmCo5", "SmCo"),
        ("SmCo 2:17", "Sm2Co17", "SmCo"), ("YXG-28", "YXG-28", "SmCo"), ("yxg 28h", "YXG-28H", "SmCo"),
        ("SmCo 26", "SmCo26", "SmCo"), ("ferrite", "ferrite", "none"), ("钕铁硼", "钕铁硼", "NdFeB"),
    ],
)  # fmt: skip
def test_a_grade_is_read_in_the_spellings_of_the_trade(typed: str, name: str, family: str) -> None:
    found = grade_of(typed)
    assert found is not None
    assert (found.name, found.family) == (name, family)
    assert spelled(found.name) == found.name


@pytest.mark.parametrize("typed", ["N60EH", "N42XX", "42", "N43H", "SmCo99", "YXG-60", "magnet", "N25"])
def test_a_grade_that_no_maker_lists_is_none(typed: str) -> None:
    assert grade_of(typed) is None
    assert len(nearest_grades(typed)) == 3


def test_an_extended_series_is_marked_as_assumed() -> None:
    """Tables list EH up to 38 MGOe; makers extend it by diffusion, for which we have no table."""
    listed, extended = grade_of("N38EH"), grade_of("N42EH")
    assert listed is not None
    assert extended is not None
    assert (listed.assumed, extended.assumed) == (False, True)


def cell(kind: str, text: str) -> object:
    return read_cell(text, ColumnSpec("a", kind, False, ("day", "make-up"), "", {}, (), ("日", "补班")))


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        ("number", "1,200", 1200), ("number", "1,200.5", Fraction(2401, 2)), ("number", "1e-05", Fraction(1, 100_000)),
        ("number", ".5", Fraction(1, 2)), ("share", "25 %", Fraction(1, 4)), ("share", "25％", Fraction(1, 4)),
        ("share", "0.25", Fraction(1, 4)), ("percent", "29.5", Fraction(295, 1000)), ("percent", "29.5 %", Fraction(295, 1000)),
        ("day", "2026-12-07", dt.date(2026, 12, 7)), ("day", "2026/12/7", dt.date(2026, 12, 7)),
        ("day", "2026年12月7日", dt.date(2026, 12, 7)), ("choice", "Day", "day"), ("choice", "补班", "make-up"),
        ("choice", "make up", "make-up"), ("round", "1 及以后", (1, True)), ("ids", "GRZ BRN", ("GRZ", "BRN")),
        ("ids", "Graz 2; Brno", ("Graz 2", "Brno")), ("elements", "Dy、镨钕 Nd", ("Dy", "NdPr")), ("delay", "Refused", "refused"),
    ],
)  # fmt: skip
def test_cells_are_read_as_people_type_them(kind: str, typed: str, read: object) -> None:
    assert cell(kind, typed) == read


@pytest.mark.parametrize(
    ("kind", "typed", "why"),
    [
        ("number", "0,25", "has a decimal comma; write a point, such as 0.25"), ("number", "0,250", "has a decimal comma"),
        ("number", "12 kg", "is not a number"), ("number", "-3", "is negative"), ("number", "25 %", "is not a number"),
        ("share", "25", "is above 1; write a share such as 0.25, or 25 %"), ("share", "0,25", "has a decimal comma"),
        ("day", "07.12.2026", "is not a date in the form YYYY-MM-DD"), ("day", "2026-02-30", "does not exist"),
        ("days", "3.5", "is not a whole number of days"), ("id", "M\u200b1", "contains a line break or an invisible character"),
        ("number", "1e99", "1e99 is too large to be meant"), ("number", "1e-99", "1e-99 is too small to be meant"),
        ("month", "2026-13", "is not a month"), ("round", "0", "is not a round"), ("elements", "Dx", "is not an element; Dy is near"),
    ],
)  # fmt: skip
def test_cells_that_could_be_read_wrongly_are_told(kind: str, typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why.replace("(", r"\(")):
        cell(kind, typed)


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("Dy", "Dy"),
        ("dy (wt%)", "Dy"),
        ("Nd+Pr", "NdPr"),
        ("didymium", "NdPr"),
        ("Mischmetall", "mischmetal"),
        ("铽", "Tb"),
        ("grade", None),
    ],
)
def test_a_column_names_an_element(typed: str, symbol: str | None) -> None:
    assert element_of(typed) == symbol


def test_nd_and_pr_are_added_up_and_ndpr_beside_them_is_not() -> None:
    assert not clash("Pr", ["Nd"])
    assert clash("NdPr", ["Nd"])
    assert clash("镝", ["Dy"])


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("M7", ("M1", "M2", "M5", "M6"), ("M5", "M6")), ("m2", ("M1", "M2"), ("M2",)), ("C9", ("C1", "C2"), ("C1", "C2")),
        ("Gratz", ("Graz", "Brno"), ("Graz",)), ("X", ("Graz",), ()), ("A 3", ("A3", "A4"), ("A3",)), ("P4", ("P3", "P5", "Q4"), ("P3", "P5")),
    ],
)  # fmt: skip
def test_near_ids_are_those_a_person_would_look_at(name: str, known: tuple[str, ...], near: tuple[str, ...]) -> None:
    assert near_ids(name, known) == near


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(1, 4), "0.25"),
        (Fraction(102), "102"),
        (Fraction(1, 80), "0.0125"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(0), "0"),
    ],
)
def test_a_number_is_written_exactly(number: Fraction, text: str) -> None:
    assert decimal_text(number) == text
