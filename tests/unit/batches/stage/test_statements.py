"""Combined statements of the columns of a table: text that cannot be interpreted leaves its row open."""

from __future__ import annotations

import polars as pl
import pytest

import coercivity

ROW = {"date": "2026-03-02", "from": "CN", "to": "DE"}


def answered(*rows: dict[str, str]) -> list[dict[str, str]]:
    """The answers for rows of one table; what is blank is an empty text."""
    frame = coercivity.batch(pl.DataFrame([{**ROW, **row} for row in rows]))
    assert isinstance(frame, pl.DataFrame)
    return frame.select("open_because", "notes").fill_null("").to_dicts()


def open_because(material: str, composition: str) -> set[str]:
    """Why the answer for a deal is open, by its row of a table."""
    (answer,) = answered({"material": material, "composition": composition})
    return set(answer["open_because"].split("; "))


@pytest.mark.parametrize(
    ("material", "unlikely", "likely"),
    [
        ("motor", "Dy 60 %, Fe 40 %", "Dy 4 %, Fe 96 %"),
        ("motor", "Tb 60 %, Fe 40 %", "Tb 4 %, Fe 96 %"),
        ("motor", "Dy 51 %, Fe 49 %", "Dy 50 %, Fe 50 %"),
        ("ferrite magnet", "Fe 80 %, Dy 2 %, O 18 %", "Fe 80 %, La 2 %, O 18 %"),
        ("AlNiCo magnet", "Fe 80 %, Nd 2 %, Co 18 %", "Fe 80 %, Al 2 %, Co 18 %"),
    ],
)
def test_what_is_unlikely_is_left_unread(material: str, unlikely: str, likely: str) -> None:
    """A machine that is mostly dysprosium, and a ferrite with neodymium, are misreadings; a ferrite may hold lanthanum."""
    assert "unread" in open_because(material, unlikely)
    assert "unread" not in open_because(material, likely)


def test_dysprosium_itself_may_be_mostly_dysprosium() -> None:
    assert "unread" not in open_because("dysprosium metal", "Dy 99.9 %")


def test_a_tariff_code_of_another_form_than_the_thing_is_noted() -> None:
    """Chapter 85 has magnets and 28.46 compounds; a code that nobody knows, and a blank one, say nothing."""
    codes = ("85051190", "2846909099", "", "28461010")
    answers = answered(*({"material": "NdFeB magnet", "hs": code} for code in codes))
    assert [answer["notes"] for answer in answers] == [
        "",
        "hs: HS code 2846909099 is for compound or functional_material or mixture or oxide, but the item is described as magnet",
        "",
        "hs: HS code 28461010 is for compound or functional_material or mixture or oxide, but the item is described as magnet",
    ]
    assert not any("unread" in answer["open_because"] for answer in answers)


def test_a_tariff_code_of_arms_holds_the_row_open_whatever_the_words_say() -> None:
    arms, magnet = answered(
        {"material": "NdFeB magnet", "hs": "93020000"}, {"material": "NdFeB magnet", "hs": "85051190"}
    )
    assert "unread" in arms["open_because"].split("; ")
    assert "unread" not in magnet["open_because"].split("; ")


def test_two_units_that_differ_hold_the_row_open() -> None:
    cells = [("5 kg", "kg"), ("5 kg", "g"), ("5", "g"), ("5 kg", "")]
    answers = answered(*({"material": "NdFeB magnet", "quantity": one, "unit": two} for one, two in cells))
    assert ["unread" in answer["open_because"].split("; ") for answer in answers] == [False, True, False, False]
