"""How the printed report rounds: one rule for money, numbers, ranges, chances and shares.

Money and numbers have three significant figures, money from ten thousand on in k, M or billion (in Chinese in units of
ten thousand or a hundred million). Both ends of a range have one unit and the same decimals, those of the larger end.
Days are whole from ten on. Chances are whole per cent, `<1 %` below one and `>99 %` above 99; other shares have a tenth
below ten.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import floor, log10

from coercivity.base.words import Lang
from coercivity.papers.shared.money import currency_text

KEUR = 1000
FIGURES, MOST_DECIMALS = 3, 2
_LEAST_SCALED = 1e4  # 9,870 is shorter than 9.87 k
_SCALES: Mapping[Lang, tuple[tuple[float, str], ...]] = {
    "en": ((1e9, " billion"), (1e6, " M"), (1e3, " k")),
    "zh": ((1e8, "亿"), (1e4, "万")),
}
_A_TENTH = 0.1
_WHOLE_DAYS = 9.95
_ALMOST_NONE, _ALMOST_ALL = 0.01, 0.99


def amount(value: float | Decimal, currency: str, lang: Lang) -> str:
    """Returns an amount: `EUR 11.3 M`, `EUR 862 k`, 1,130万欧元.

    Args:
        value: The amount.
        currency: Its code, such as EUR.
        lang: Language.
    """
    shown = _rounded(float(value))
    scale, unit = _scale(abs(shown), lang)
    sign = "\u2212" if shown < 0 else ""
    told = _three(abs(shown) / scale)
    name = currency_text(currency, lang)
    return f"{sign}{told}{unit}{name}" if lang == "zh" else f"{sign}{name} {told}{unit}"


def amount_range(low: float, high: float, currency: str, lang: Lang) -> str:
    """Returns a range of amounts in one unit: `EUR −0.06 to 5.91 M`; one amount if both ends read the same."""
    if amount(low, currency, lang) == amount(high, currency, lang):
        return amount(low, currency, lang)
    scale, unit = _scale(_rounded(max(abs(low), abs(high))), lang)
    ends = [_plain(end / scale, max(abs(low), abs(high)) / scale) for end in (low, high)]
    name = currency_text(currency, lang)
    return f"{ends[0]}至{ends[1]}{unit}{name}" if lang == "zh" else f"{name} {ends[0]} to {ends[1]}{unit}"


def keur(text: str, lang: Lang) -> str:
    """Returns an amount given in thousand euros."""
    return amount(float(text) * KEUR, "EUR", lang)


def keur_range(low: str, high: str, lang: Lang) -> str:
    """Returns a range of amounts given in thousand euros."""
    return amount_range(float(low) * KEUR, float(high) * KEUR, "EUR", lang)


def amounts(values: Mapping[str, Decimal], lang: Lang) -> str:
    """Returns amounts of several currencies in one line; empty if there is none."""
    return (" + " if lang == "en" else "、").join(amount(value, code, lang) for code, value in values.items())


def number(value: float) -> str:
    """Returns a number to three significant figures."""
    return _three(_rounded(value))


def days(value: float) -> str:
    """Returns a number of days: whole from ten on, else with a tenth."""
    told = f"{value:,.0f}" if abs(value) >= _WHOLE_DAYS else f"{value:.1f}"
    return told.removesuffix(".0")


def number_range(low: float, high: float, lang: Lang) -> str:
    """Returns a range of numbers with the same decimals: `0.08 to 0.41`; one number if both ends read the same."""
    ends = [_plain(end, max(abs(low), abs(high))) for end in (low, high)]
    if ends[0] == ends[1]:
        return ends[0]
    return f"{ends[0]}至{ends[1]}" if lang == "zh" else f"{ends[0]} to {ends[1]}"


def chance(text: str, lang: Lang) -> str:
    """Returns a probability as whole per cent: `55 %`, `<1 %`, `>99 %`."""
    return f"{chance_cell(text)}{'%' if lang == 'zh' else ' %'}"


def chance_cell(text: str | None) -> str:
    """Returns a probability as whole per cent for a column that names the unit; a dash if there is none."""
    if text is None:
        return "–"
    value = float(text)
    if 0 < value < _ALMOST_NONE:
        return "<1"
    return ">99" if _ALMOST_ALL < value < 1 else f"{100 * value:.0f}"


def share(text: str, lang: Lang) -> str:
    """Returns a share that is no probability as per cent, to a tenth below ten and otherwise whole."""
    size = 100 * float(text)
    told = f"{size:.1f}" if 0 < size < 10 or 99 < size < 100 else f"{size:.0f}"
    return f"{told.removesuffix('.0')}{'%' if lang == 'zh' else ' %'}"


def _scale(size: float, lang: Lang) -> tuple[float, str]:
    if size < _LEAST_SCALED:
        return 1.0, ""
    return next(((scale, unit) for scale, unit in _SCALES[lang] if size >= scale), (1.0, ""))


def _rounded(value: float) -> float:
    if value == 0:
        return 0.0
    return round(value, FIGURES - 1 - floor(log10(abs(value))))


def _three(size: float) -> str:
    if size == 0:
        return "0"
    places = max(FIGURES - 1 - floor(log10(abs(size))), 0)
    told = f"{size:,.{places}f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def _plain(value: float, largest: float) -> str:
    """Returns an end of a range with the decimals of the larger end; at most two where it is a tenth or more."""
    places = max(FIGURES - 1 - floor(log10(largest)), 0) if largest > 0 else 0
    if largest >= _A_TENTH:
        places = min(places, MOST_DECIMALS)
    told = f"{abs(value):,.{places}f}" if value else "0"
    return f"\u2212{told}" if value < 0 and told.strip("0.,") else told
