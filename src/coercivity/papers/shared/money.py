"""Amounts of money as people write them: `EUR 87.7 M`, 8,770万欧元."""

from __future__ import annotations

from coercivity.base.words import Lang, say
from coercivity.papers.shared.words import paper_words

_CURRENCIES = paper_words("shared_parts", "currencies")
_MILLION, _BILLION, _WAN, _YI = 1e6, 1e9, 1e4, 1e8


def grouped(text: str) -> str:
    """Returns decimal text with its digits in groups of three, for display only."""
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}"


def tens_of_thousands(text: str) -> str:
    """Returns decimal text in units of ten thousand, as Chinese writes large amounts, where that is shorter."""
    whole, point, _ = text.partition(".")
    return f"{int(whole) // 10_000}万" if not point and len(whole) > 4 and whole.endswith("0000") else grouped(text)


def currency_text(currency: str, lang: Lang = "en") -> str:
    """Returns a currency as it is written next to an amount: its code in English, its name in Chinese."""
    return say(_CURRENCIES.get(currency, {"en": currency}), lang)


def money(value: float, currency: str, lang: Lang = "en") -> str:
    """Returns an amount, large ones in millions or billions; in Chinese in units of ten thousand or a hundred million.

    Args:
        value: The amount.
        currency: Its code, such as EUR.
        lang: Language.
    """
    size = abs(value)
    if lang == "zh":
        name = currency_text(currency, lang)
        if size >= _YI:
            return f"{value / _YI:,.2f}亿{name}"
        return f"{value / _WAN:,.0f}万{name}" if size >= 10 * _WAN else f"{value:,.0f}{name}"
    if size >= _BILLION:
        return f"{currency} {value / _BILLION:,.2f} billion"
    return f"{currency} {value / _MILLION:,.1f} M" if size >= _MILLION else f"{currency} {value:,.0f}"
