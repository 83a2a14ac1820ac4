"""Months as whole numbers."""

from __future__ import annotations

import datetime as dt

import pytest

from coercivity.base.months import middle_of, month_of, month_text, parse_month


@pytest.mark.parametrize("text", ["2024-01", "2025-04", "2026-11", "2099-12"])
def test_a_month_reads_as_it_is_written(text: str) -> None:
    assert month_text(parse_month(text)) == text


def test_months_follow_one_another_over_the_year() -> None:
    assert parse_month("2026-01") - parse_month("2025-12") == 1
    assert [month_text(parse_month("2025-11") + n) for n in range(3)] == ["2025-11", "2025-12", "2026-01"]


def test_the_law_is_asked_in_the_middle_of_a_month() -> None:
    assert middle_of(parse_month("2026-11")) == dt.date(2026, 11, 15)
    assert month_of(dt.date(2025, 4, 4)) == parse_month("2025-04")


@pytest.mark.parametrize("text", ["2025-4", "2025-13", "2025-00", "2025-04-01", "april", "", "٢٠٢٥-٠٤", "0001-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|exist"):
        parse_month(text)
