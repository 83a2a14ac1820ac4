"""Days, months, shares, money and outcomes as the pages of a language write them."""

from __future__ import annotations

import re

from coercivity.verbs.outlook_report import percent
from coercivity.web.view import View

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z", re.ASCII)
_WORD, _CHINESE = re.compile(r"[A-Za-z]{3}"), re.compile(r"[\u3400-\u9fff]")
_CURRENCIES = {
    "CNY": "元人民币", "EUR": "欧元", "USD": "美元", "JPY": "日元", "GBP": "英镑", "KRW": "韩元", "CHF": "瑞士法郎",
}  # fmt: skip


def day_text(view: View, day: object) -> str:
    """Returns a day for a sentence: 2026年11月10日 in Chinese, YYYY-MM-DD in English."""
    found = _DAY.match(str(day)) if view.lang == "zh" else None
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else str(day)


def month_text(view: View, month: object) -> str:
    """Returns a month for a sentence: 2026年11月 in Chinese, YYYY-MM in English."""
    found = _MONTH.match(str(month)) if view.lang == "zh" else None
    return f"{found[1]}年{int(found[2])}月" if found else str(month)


def is_english(text: str) -> bool:
    """Returns whether a text that is available in one language only is in English."""
    return bool(_WORD.search(text)) and not _CHINESE.search(text)


def outcome_text(view: View, outcome: str) -> str:
    """Returns an outcome for a narrow place: its word in Chinese, its code in English."""
    return view.w(f"batch.outcome_{outcome}") if view.lang == "zh" else outcome


def percent_text(view: View, share: float | None) -> str:
    """Returns a share as per cent, in Chinese without a space before the sign."""
    return percent(share).replace(" %", "%") if view.lang == "zh" else percent(share)


def money_text(view: View, amount: float, currency: str) -> str:
    """Returns a sum of money as a report writes it: EUR 87.7 M in English, 8770万欧元 in Chinese."""
    if view.lang != "zh":
        if abs(amount) >= 1e9:
            return f"{currency} {amount / 1e9:,.2f} billion"
        return f"{currency} {amount / 1e6:,.1f} M" if abs(amount) >= 1e6 else f"{currency} {amount:,.0f}"
    name = _CURRENCIES.get(currency, currency)
    if abs(amount) >= 1e8:
        return f"{amount / 1e8:,.2f}亿{name}"
    return f"{amount / 1e4:,.0f}万{name}" if abs(amount) >= 1e6 else f"{amount:,.0f}{name}"
