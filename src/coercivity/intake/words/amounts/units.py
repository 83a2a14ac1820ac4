"""Figures with a unit in a text, converted exactly: 1150 °C, 8kA, 3 μm, 2.5 m³, 600 kg, 90 min."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.exact import SCALE
from coercivity.intake.composition.numbers import read_number, two_readings

# Unit of the catalogue: unit as written in the folded text with its capitals, and its factor.
_UNITS: dict[str, dict[str, str]] = {
    "degC": {"°c|°C|° c|° C|deg ?[cC]|degc|grad ?[cC]|摄氏度|度c|grad celsius|celsius": "1", "C": "1", "K": "1"},
    "A": {"A|amp|amps|ampere|安|安培": "1", "kA|ka|千安": "1000"},
    "T": {
        "T|tesla|Tesla|特斯拉|テスラ": "1",
        "mT": "1/1000",
        "Gs|G|gs|gauss|Gauss|高斯|ガウス": "1/10000",
        "kGs|kG": "1/10",
    },
    "um": {
        "μm|um|micron|microns|micrometer|micrometre|mikrometer|微米|ミクロン": "1",
        "nm|纳米": "1/1000",
        "mm": "1000",
    },
    "m": {"m|meter|metre|meters|metres|米|メートル": "1", "cm|厘米": "1/100", "mm|毫米": "1/1000"},
    "m3": {
        "m3|cbm|CBM|立方米|立方|m\\^3|m\\*\\*3|kubikmeter|立米": "1",
        "l|L|liter|litre|liters|litres|升|リットル": "1/1000",
    },
    "L": {"l|L|liter|litre|liters|litres|升|リットル": "1", "m3|立方米|立方": "1000"},
    "kg": {"kg|KG|Kg|公斤|千克|キログラム|キロ": "1", "t|to|tonne|tonnes|tons|吨|トン": "1000", "g|克": "1/1000"},
    "min": {
        "min|mins|minute|minutes|minuten|分钟|分|分間": "1",
        "h|hr|hrs|hour|hours|std|stunde|stunden|小时|時間": "60",
        "s|sec|sekunden|秒": "1/60",
    },
    "ppm": {"ppm|PPM|ppmv": "1"},
    "fraction": {"%|percent|prozent": "1/100"},
    "A/cm2": {"a/cm2|A/cm2|A/cm\\^2|安/平方厘米": "1", "kA/m2|ka/m2": "1/10"},
    "kHz": {"khz|kHz|KHz|千赫": "1", "hz|Hz|HZ|赫兹": "1/1000", "MHz": "1000"},
    "kW": {"kw|kW|KW|千瓦|キロワット": "1", "W|watt|瓦": "1/1000", "MW": "1000"},
    "Wh/kg": {"wh/kg|Wh/kg|瓦时/千克|Wh/KG": "1"},
    "g/cm3": {"g/cm3|g/cc|g/ml|克/立方厘米": "1", "kg/m3": "1/1000"},
    "mAh/g": {"mah/g|mAh/g|Ah/kg|毫安时/克": "1"},
    "m3/day": {
        "m3/day|m3/d|m3 per day|m3/tag|m3 pro tag|立方米/天|立方米/日|m3/天|m3/日": "1",
        "m3/h|立方米/小时": "24",
    },
}
_NUM = r"[12][ ']\d{3}(?![\d.,])|\d{1,3}(?:'\d{3})+(?![\d.,])|\d{1,7}(?:[.,]\d{1,6})*"
_FIGURE = re.compile(rf"(?P<sign>±|\+/-)?[ ]*(?<![\d.,])(?<![A-Za-z])(?<![A-Za-z]-)(?P<low>{_NUM})")
_TO = re.compile(rf"[ ]*(?:°c|°C)?[ ]*(?:-|–|—|~|\.{{2,3}}|…|至|到|から|(?i:to|bis))[ ]*(?P<high>{_NUM})")
_TIMES = re.compile(rf"[ ]*(?:mm|m)?[ ]*[xX×*х][ ]*(?:(?i:l|lg|ø|d)[ ]?)?(?P<other>{_NUM})")
# Units of which a figure with three digits behind a point or comma has one sensible reading: 1.150 °C is 1150.
_THOUSANDS, _DECIMALS = frozenset(("degC", "A")), frozenset(("m", "T"))


def _compiled() -> dict[str, tuple[re.Pattern[str], Fraction]]:
    found = {}
    for unit, ways in _UNITS.items():
        for at, (words, factor) in enumerate(ways.items()):
            body = "|".join(sorted(words.split("|"), key=len, reverse=True))
            found[f"{unit} {at}"] = (
                re.compile(rf"[ -]?(?:{body})(?![A-Za-z0-9]|/(?:[ck]?m|h|d|g|l|L|t|天|日|小时))"),
                Fraction(factor),
            )
    return found


_WRITTEN = _compiled()
UNITS = frozenset(_UNITS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with a unit.

    Attributes:
        start: Its first character in the folded text.
        end: The character after its unit.
        unit: Unit of the catalogue.
        low: The figure, or the lower end of a range [1e-9 of the unit].
        high: The figure, or the upper end.
        spread: Whether it is a deviation: ±3 °C.
        before: The figure before it, in a size such as 3.2 x 50 m [1e-9 of the unit]; None if there is none.
        word: Range of the word that tells what it is; None if there is none.
    """

    start: int
    end: int
    unit: str
    low: int
    high: int
    spread: bool = False
    before: int | None = None
    word: tuple[int, int] | None = None


def quantities(text: str, units: frozenset[str]) -> Iterator[Quantity]:
    """Yields figures with one of the units of the catalogue, in order.

    A figure that may be two numbers (1.200 °C) and one whose value in the unit of the catalogue has more than nine
    decimals are left out.

    Args:
        text: The folded text with its capitals.
        units: Units of the catalogue to look for.
    """
    over = 0
    wanted = sorted(units & UNITS)
    for found in _FIGURE.finditer(text):
        if found.start("low") < over:
            continue
        for unit in wanted:
            quantity = _quantity(text, found, unit)
            if quantity is not None:
                over = quantity.end
                yield quantity


def figure_ranges(text: str) -> list[tuple[int, int]]:
    """Returns the ranges of figures with any unit, of sizes and of shares of oxides: 80 kW, D20x3, ZrO2 55 %.

    Args:
        text: The folded text with its capitals.
    """
    return [found.span() for form in (_ANY, _SIZE, _OXIDE) for found in form.finditer(text)]


def _quantity(text: str, found: re.Match[str], unit: str) -> Quantity | None:
    """Returns the figure of a match in a unit, with a range or a size behind it."""
    other = _TIMES.match(text, found.end())
    until = None if other else _TO.match(text, found.end())
    behind = (other or until or found).end()
    for at in range(len(_UNITS[unit])):
        pattern, factor = _WRITTEN[f"{unit} {at}"]
        if not (written := pattern.match(text, behind)):
            continue
        low = high = _exact(found["low"], unit, factor)
        if other or until:
            high = _exact(other["other"] if other else until["high"], unit, factor)  # type: ignore[index] # one of the two was found
        grouped = _BEHIND_DIGIT.search(text[max(0, found.start("low") - 2) : found.start("low")])
        if (
            low is None
            or high is None
            or (written[0].strip() == "K" and not found["sign"])
            or (grouped and _GROUP.fullmatch(found["low"]))
            or (until and low > high)
        ):
            return None
        start = found.start() if found["sign"] else found.start("low")
        if other:
            return Quantity(start, written.end(), unit, high, high, before=low)
        return Quantity(start, written.end(), unit, low, high, spread=bool(found["sign"]))
    return None


_GROUP, _BEHIND_DIGIT = re.compile(r"\d{3}"), re.compile(r"\d \Z")  # 1 200: a group of thousands


def _exact(text: str, unit: str, factor: Fraction) -> int | None:
    """Returns a figure times a factor as an integer of 1e-9; None if it may be two numbers or is not exact."""
    both = two_readings(text)
    if both is not None and both[0] != both[1]:
        if unit not in _THOUSANDS | _DECIMALS:
            return None
        value = both[1] if unit in _THOUSANDS else both[0]
    elif " " in text and unit not in _THOUSANDS:
        return None
    else:
        try:
            value = read_number(text, decimal="," if "," in text and "." not in text else "").value
        except ValueError:
            return None
    scaled = value * (factor.numerator * SCALE) / factor.denominator
    return int(scaled) if scaled == scaled.to_integral_value() and scaled < _LARGEST else None


_LARGEST = 2**62
_OTHERS = (
    "V(?! ?-? ?[0-9])|kV|VA|kVA|m?bar|[Mk]?Pa|rpm|Nm|dB|dBm|Ah|kWh|Wh|kJ|MGOe|kOe|Oe|inch|in|Zoll|ft|lbs?|oz|µm|pcs|%"
)
_ALL = sorted({word for ways in _UNITS.values() for words in ways for word in words.split("|")}, key=len, reverse=True)
# A capital letter before a number may begin a name: 2 T-72, 12 G 36.
_WORDS = "|".join(f"{re.escape(word)}(?! ?-? ?[0-9])" if len(word) == 1 and word.isupper() else word for word in _ALL)
_ANY = re.compile(rf"(?<![A-Za-z\d])\d[\d.,]*[ -]?(?:{_WORDS}|{_OTHERS})(?![A-Za-z\d]|-\d)")
_PLAIN = r"\d+(?:[.,]\d+)?"
_FIRST = "(?:OD|ID|AD|DIA|od|id|dia|[RDrdφø])[. ]?"
_LATER = "(?:OD|ID|AD|DIA|od|id|dia|[RDHLTWBrdhltwbφø])?[. ]?"
# 2 x T72 is a number of pieces: letters behind the first cross need one before it.
_SIZE = re.compile(
    rf"(?<![A-Za-z\d])(?:{_FIRST}{_PLAIN}(?: ?mm)?(?: ?[xX×*/] ?{_LATER}{_PLAIN}(?: ?mm)?)+(?: ?[LHTWlhtw]{_PLAIN})?|"
    rf"{_PLAIN}(?: ?mm)?(?: ?[xX×*/] ?{_PLAIN}(?: ?mm)?)+|"
    rf"(?:(?:OD|ID|DIA|od|id|dia)[. ]?|[φø] ?){_PLAIN})(?![A-Za-z\d])"
)
_OXIDE = re.compile(r"(?<![A-Za-z])[A-Z][a-z]?\d?O\d? ?[:=<>≤≥]? ?\d[\d.,]* ?%")
