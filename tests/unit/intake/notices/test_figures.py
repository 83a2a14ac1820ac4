"""Numbers of announcements, shares and days as notices write them, in English and Chinese."""

from __future__ import annotations

import pytest

from coercivity.intake.notices.figures import announcements_in, han_days, han_number, shares_in_notice
from coercivity.intake.words.lexicon.folded import folded


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Announcement No. 61 of 2025", ["2025/61"]),
        ("announcements No. 55, 56, 57, 58, 61 and 62 of 2025", [f"2025/{n}" for n in (55, 56, 57, 58, 61, 62)]),
        ("MOFCOM/GAC 18/2025", ["2025/18"]),
        ("商务部公告2025年第61号", ["2025/61"]),
        ("2025年第55、56、57、58号", ["2025/55", "2025/56", "2025/57", "2025/58"]),
        ("公告２０２５年第６１号、第62号", ["2025/61", "2025/62"]),
        ("第46号公告（2024年）", ["2024/46"]),
        ("国务院令第792号", ["792"]),
        ("State Council Decree No. 792", ["792"]),
        ("on 11/10/2026 and 2026-11-10", []),
        ("第3条、第12项", []),
        ("No. 61 of 9999", []),
    ],
)
def test_numbers_of_announcements(text: str, wanted: list[str]) -> None:
    assert sorted(value for _, _, value in announcements_in(folded(text).flat)) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0.1 %", ["0.001"]),
        ("value share of 0.1%", ["0.001"]),
        ("50 per cent", ["0.5"]),
        ("百分之五十", ["0.5"]),
        ("千分之一", ["0.001"]),
        ("5‰", ["0.005"]),
        ("百分之", []),
        ("0.1 centimetres", []),
    ],
)
def test_shares(text: str, wanted: list[str]) -> None:
    assert [value for _, _, value in shares_in_notice(folded(text).flat)] == wanted


def test_days_in_chinese_numerals() -> None:
    assert [value for *_, value in han_days("二〇二六年十一月十日，二〇二六年二月三十日")] == ["2026-11-10"]


def test_numerals() -> None:
    assert [han_number(text) for text in ("十", "二十五", "一百零三", "x")] == [10, 25, 103, None]
