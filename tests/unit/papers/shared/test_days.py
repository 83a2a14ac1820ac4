"""Days and months inside sentences."""

from __future__ import annotations

import pytest

from coercivity.papers.shared.days import month_text, span_text


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        ("2025-04-15", "2025-07-01", "2025-04-15 to 2025-07-01", "2025年4月15日至2025年7月1日"),
        ("2025-04-15", "2025-04-15", "2025-04-15", "2025年4月15日"),
    ],
)
def test_a_span_of_one_day_is_that_day(first: str, last: str, english: str, chinese: str) -> None:
    assert (span_text(first, last, "en"), span_text(first, last, "zh")) == (english, chinese)


def test_a_month_in_a_chinese_sentence() -> None:
    assert (month_text("2026-11", "en"), month_text("2026-11", "zh")) == ("2026-11", "2026年11月")
