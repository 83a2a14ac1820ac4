"""What a notice says, value by value; the words are found at their place in the text as given."""

from __future__ import annotations

import pytest

from coercivity.intake.notices.said import notice_said
from coercivity.law.rules.load import load_rulebook

EN = (
    "From 11 November 2026, magnets with dysprosium, SmCo alloys (1C902.a) and goods under HS 8505.11.10 "
    "to the United States need a general licence; the rule of 9 October 2025 is suspended."
)
ZH = "自2026年11月11日起，含镝磁体、钐钴合金（1C902.a）出口至美国须申请通用许可，2025年10月9日的规定暂停实施，不属于军用。"


def _said(text: str) -> set[tuple[str, str, str]]:
    return {(text[one.start : one.end], one.name, one.value) for one in notice_said(load_rulebook(), text)}


@pytest.mark.parametrize(
    "wanted",
    [
        ("11 November 2026", "day", "2026-11-11"),
        ("9 October 2025", "day", "2025-10-09"),
        ("dysprosium", "elements", "Dy"),
        ("1C902.a", "control_code", "1C902.a"),
        ("HS 8505.11.10", "tariff_number", "85051110"),
        ("United States", "country", "US"),
        ("general licence", "track", "general"),
        ("suspended", "event", "suspension"),
    ],
)
def test_english(wanted: tuple[str, str, str]) -> None:
    assert wanted in _said(EN)


@pytest.mark.parametrize(
    "wanted",
    [
        ("2026年11月11日", "day", "2026-11-11"),
        ("2025年10月9日", "day", "2025-10-09"),
        ("自2026年11月11日", "event", "entry_into_force"),
        ("含镝", "elements", "Dy"),
        ("1C902.a", "control_code", "1C902.a"),
        ("美国", "country", "US"),
        ("通用许可", "track", "general"),
        ("暂停实施", "event", "suspension"),
        ("不属于", "effect", "out_of_scope"),
    ],
)
def test_chinese(wanted: tuple[str, str, str]) -> None:
    assert wanted in _said(ZH)


def test_places_count_characters_of_the_text_as_given() -> None:
    text = "ＮｏＮ\u200b　自２０２６年１１月１１日起 ﬁnal 暂停"
    found = [one for one in notice_said(load_rulebook(), text) if one.name == "event"]
    assert [text[one.start : one.end] for one in found if one.value == "suspension"] == ["暂停"]


@pytest.mark.parametrize("text", ["", " \n", "x" * 5000, "年" * 3000, "1/" * 3000, "第1号" * 2000, "\U0001f600 №"])
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in notice_said(load_rulebook(), text))
