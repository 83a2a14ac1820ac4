"""Dates inside sentences: ISO in English, year, month and day in Chinese."""

from __future__ import annotations

from coercivity.base.days import Day
from coercivity.base.words import Lang


def day_text(day: Day | str, lang: Lang = "en") -> str:
    """Returns a date as a sentence writes it: `2026-11-10`, 2026年11月10日."""
    text = day if isinstance(day, str) else day.isoformat()
    if lang != "zh":
        return text
    year, month, number = text.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def month_text(month: str, lang: Lang = "en") -> str:
    """Returns a month as a sentence writes it: `2026-11`, 2026年11月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月" if lang == "zh" else month


def span_text(first: Day | str, last: Day | str, lang: Lang = "en") -> str:
    """Returns a span of dates as a sentence writes it; a span of one day is that day."""
    ends = [day_text(day, lang) for day in dict.fromkeys((first, last))]
    return ("至" if lang == "zh" else " to ").join(ends)
