"""`rules` in the language asked for."""

from __future__ import annotations

import re

import pytest

from coercivity.cli.app import main


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints."""
    capsys.readouterr()
    assert main(list(words)) == 0
    return capsys.readouterr().out


def test_an_instrument_is_shown_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "rules", "show", "mofcom-2025-61", "--lang", "zh")
    head, _, reading = text.partition("以下解读仅有英文：")
    assert "  公布 2025年10月9日" in head
    assert "  暂停实施 2025年11月7日至2026年11月10日，依据商务部、海关总署公告2025年第70号" in head
    assert "核查至2026年10月5日（" in head
    assert "；可信度：高" in head
    assert "性质：管制" in head
    assert "许可种类：单项许可" in head
    assert "附注：" in head
    assert reading
    labels = r"\b(verified|confidence|published|effective|track|note|qualifies|control)\b"
    own = [line for line in head.split("\n")[1:] if "://" not in line]
    assert not re.search(labels, "\n".join(own))
    english = told(capsys, "rules", "show", "mofcom-2025-61")
    assert "  suspended 2025-11-07 to 2026-11-10, by MOFCOM/GAC 70/2025" in english
    assert "以下" not in english


def test_possible_statuses_are_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert "届满：有效；延长：暂停实施" in told(capsys, "rules", "status", "--on", "2026-12-01", "--lang", "zh")
    assert "if lapsed: in force; if extended: suspended" in told(capsys, "rules", "status", "--on", "2026-12-01")


def test_list_and_calendar_take_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert "核查至2026-10-05" in told(capsys, "rules", "list", "--lang", "zh")
    text = told(capsys, "rules", "calendar", "--on", "2026-10-01", "--lang", "zh")
    assert "41天后  商务部公告2025年第61号" in text
    assert "暂停期届满后首日，依据商务部、海关总署公告2025年第70号" in text
    assert "截至最近核查日" in told(capsys, "rules", "calendar", "--on", "2099-01-01", "--lang", "zh")
