"""Days and periods in a text, offered with exact ends or left open."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.intake.words.amounts.dates import date_marks
from coercivity.intake.words.lexicon.folded import folded

ON = Day(2026, 11, 27)


def _found(text: str, on: Day | None = None) -> list[tuple[str, str]]:
    whole = folded(text)
    return [(whole.raw(mark.start, mark.end), one.value) for mark in date_marks(whole, on) for one in mark.evidence]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("delivery 15.03.2026, FOB", "15.03.2026", "2026-03-15"),
        ("2026/3/20", "2026/3/20", "2026-03-20"),
        ("am 3. April 2026", "3. April 2026", "2026-04-03"),
        ("20 March 2026", "20 March 2026", "2026-03-20"),
        ("on March 20, 2026", "March 20, 2026", "2026-03-20"),
        ("25/12/2026", "25/12/2026", "2026-12-25"),
        ("2026年3月20日发货", "2026年3月20日", "2026-03-20"),
        ("令和8年3月20日", "令和8年3月20日", "2026-03-20"),
        ("im März 2026", "März 2026", "2026-03-01/2026-03-31"),
        ("2026年2月交货", "2026年2月", "2026-02-01/2026-02-28"),
        ("KW 14/2026", "KW 14/2026", "2026-03-30/2026-04-05"),
        ("W53/2026", "W53/2026", "2026-12-28/2027-01-03"),
        ("2026年第14周", "2026年第14周", "2026-03-30/2026-04-05"),
        ("Q2 2026", "Q2 2026", "2026-04-01/2026-06-30"),
        ("1. Quartal 2027", "1. Quartal 2027", "2027-01-01/2027-03-31"),
    ],
)
def test_days_and_periods_of_a_year(text: str, words: str, value: str) -> None:
    assert _found(text) == [(words, value)]
    assert _found(text, ON) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("a line in Rayong in January", "in January", "2027-01-01/2027-01-31"),
        ("Ende Dezember", "Ende Dezember", "2026-12-01/2026-12-31"),
        ("it goes out next month", "next month", "2026-12-01/2026-12-31"),
        ("nächste Woche bitte", "nächste Woche", "2026-11-30/2026-12-06"),
        ("下个月发货", "下个月", "2026-12-01/2026-12-31"),
        ("来月納入", "来月", "2026-12-01/2026-12-31"),
        ("next quarter", "next quarter", "2027-01-01/2027-03-31"),
        ("for calendar week 31, FOB Ningbo", "calendar week 31", "2027-08-02/2027-08-08"),
        ("第二季度", "第二季度", "2027-04-01/2027-06-30"),
        ("3月20日", "3月20日", "2027-03-20"),
        ("tomorrow", "tomorrow", "2026-11-28"),
    ],
)
def test_periods_without_a_year_count_from_the_day_of_the_text(text: str, words: str, value: str) -> None:
    assert _found(text) == [(words, "")]
    assert _found(text, ON) == [(words, value)]


@pytest.mark.parametrize("text", ["ASAP", "schnellstmöglich", "尽快", "至急", "03/04/2026", "15.03.26", "a.s.a.p."])
def test_what_names_no_single_day_stays_open(text: str) -> None:
    assert [value for _, value in _found(text, ON)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "may we ask", "32x18x4.5", "R24/R19x35", "2026-02-30", "40.12.2026", "W54/2025", "N.W. 12.5.1", "12 weeks",
        "8.000 m³/h", "PO 25-0719", "Q235 steel", "decorated", "", "3个月",
    ],
)  # fmt: skip
def test_other_figures_are_no_dates(text: str) -> None:
    assert _found(text, ON) == []


@given(st.dates(min_value=Day(1900, 1, 1), max_value=Day(2199, 12, 31)))
def test_every_day_is_read_as_written(day: dt.date) -> None:
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    for text in (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {months[day.month - 1]} {day.year}",
        f"{months[day.month - 1]} {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert _found(text) == [(text, day.isoformat())]


@given(st.text(alphabet=st.sampled_from("0123456789./- kwqKWQ年月日周第マーmarzaprilnextweek\u200f\n"), max_size=50))
def test_any_text_gives_marks_within_it_and_none_over_another(text: str) -> None:
    whole = folded(text)
    for on in (None, ON):
        marks = date_marks(whole, on)
        assert all(0 <= mark.start < mark.end <= len(whole.flat) for mark in marks)
        assert all(first.end <= second.start for first, second in pairwise(marks))
