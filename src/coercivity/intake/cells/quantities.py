"""Quantities, units, prices and currencies."""

from __future__ import annotations

import re
from decimal import Decimal

from coercivity.base.errors import brief_value, nearest
from coercivity.intake.cells.cell import Cell, faulty
from coercivity.intake.composition.flat import flat
from coercivity.intake.composition.numbers import read_number, two_readings

KG = {
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "mg": Decimal("0.000001"),
    "t": Decimal(1000),
    "lb": Decimal("0.45359237"),
    "oz": Decimal("0.028349523125"),
    "jin": Decimal("0.5"),
}
_UNITS = {
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm kgm 公斤 千克 キログラム キロ",
    "g": "g gr gram grams gramme grammes gramm grm 克 グラム",
    "mg": "mg milligram milligrams 毫克 ミリグラム",
    "t": "t to tonne tonnes metricton metrictons metrictonne metrictonnes mt mts m/t tne "
    "吨 噸 公吨 公噸 トン メートルトン",
    "lb": "lb lbs pound pounds lbr 磅 ポンド",
    "oz": "oz ounce ounces onz 盎司 オンス",
    "jin": "斤 市斤",
    "piece": "pcs pc piece pieces pce ea each unit units set sets st stk stck stück stueck nos no h87 c62 "
    "satz sätze set kit kits pair pairs paar paare "
    "个 個 件 片 只 支 台 套 枚 块 本 根 条 付 副 对 双 张 把 辆 粒 颗 ピース セット",
}
# Units of services, lengths and areas: a quantity in them has no mass, and that is no fault. A volume may have one.
NO_MASS = "no mass"
_NO_MASS = frozenset(
    word
    for words in (
        "h hr hrs hour hours std stunde stunden min d day days tag tage mannday manday mandays manntag manntage pt mt",
        "woche wochen week weeks month months monat monate year jahr",
        "psch pausch pausche pauschal pauschale lumpsum ls lot lots",
        "service services leistung le au job jobs license lizenz m",
        "lfm lfdm lm meter metre metres meters rm cm mm km m2",
        "m² qm sqm cm2 小时 天 日 工日 人天 人日 周 月 年 项 次 米 延米 厘米 毫米 平方米 時間 式",
    )
    for word in words.split()
)
_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_CURRENCIES = {
    "USD": "us$ usdollar usdollars 美元 美金 米ドル",
    "EUR": "€ euro euros 欧元 ユーロ",
    "CNY": "rmb cnh 人民币 人民币元 元 yuan renminbi 人民元",
    "JPY": "yen 日元 日圆 円 日本円",
    "GBP": "£ 英镑 ポンド",
    "KRW": "₩ 韩元 ウォン",
    "HKD": "hk$ 港币 港元",
    "TWD": "nt$ 新台币 台币",
}
_MONEY = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_SPLIT = re.compile(
    r"((?:[^\d.,+-]*?)\(?[+-]?[\d.,][\d.,' ]*(?:[eE][+-]?\d{1,2}(?!\d))?-?\)?) ?([^\d\s(].*)?\Z", re.ASCII
)
_PRICE = re.compile(r"([^\d+\-.,(]*)(.*?)([^\d)\-.,]*)\Z", re.S)
_NO_PRICE = frozenset(
    ("ob", "ohneberechnung", "kostenlos", "kostenfrei", "gratis", "unberechnet", "ncv", "foc", "freeofcharge", "free",
     "nocharge", "nc", "nocommercialvalue", "incl", "inkl", "included", "aufanfrage", "aa", "nachaufwand", "vb", "tbd",
     "tba", "offen", "open", "免费", "无偿", "免收", "不计价", "赠送", "面议",
     "另议", "待定", "无商业价值", "無償", "無料")
)  # fmt: skip
_GERMAN_PIECES = frozenset(["st", "stk", "stck", "stück", "stueck"])
_NOT_FINITE = frozenset(("nan", "inf", "infinity", "-inf", "-infinity", "+inf"))


def read_quantity(text: str, *, decimal: str = "") -> Cell:
    """Returns the quantity in a cell as its value, and the unit if the cell states one."""
    whole = flat(text)
    found = _SPLIT.match(whole)
    body, word = (found[1], found[2] or "") if found else (whole, "")
    unit = unit_of(word) if word else ""
    german = _plain_word(word) in _GERMAN_PIECES
    sign, why = (decimal, "") if decimal else _sign_of(body, unit, german=german)
    cell = _read_either(body, sign, commas_too=german)
    if cell.fault is not None:
        what = f"{brief_value(text)!r}: {cell.fault.what.partition(': ')[2] or cell.fault.what}"
        return faulty(cell.fault.code, what, next=cell.fault.next)
    notes = (f"{body.strip()} interpreted as {cell.value:f}: {why}",) if why else cell.notes
    if not word:
        return Cell(value=cell.value, notes=notes)
    if not unit and _plain_word(word) in _NO_MASS:
        return Cell(
            value=cell.value, notes=(*notes, f"{brief_value(word.strip())!r} is not a unit of mass"), unit=NO_MASS
        )
    if not unit:
        return Cell(value=cell.value, notes=notes, unread=_unknown(word))
    return Cell(value=cell.value, notes=(*notes, f"unit {unit} in the quantity"), unit=unit)


def _sign_of(body: str, unit: str, *, german: bool) -> tuple[str, str]:
    """Returns the decimal separator implied by the unit, and why; blank if there is none or nothing to decide."""
    both = two_readings(body)
    if both is None or unit != "piece":
        return "", ""
    thousands = "," if "." in body else "."
    if both[0] != both[0].to_integral_value():
        return thousands, "pieces are whole numbers"
    # German separates thousands with a point, English with a comma; the other character may be either.
    return (thousands, "the word for pieces is German") if german and "." in body else ("", "")


def _read_either(body: str, decimal: str, *, commas_too: bool = False) -> Cell:
    """Returns an amount; one that may be a thousandth of what it looks like is left open, with a note."""
    both = None if decimal else two_readings(body)
    if both is None or ("," in body and not commas_too):
        return read_amount(body, decimal=decimal)
    small, large = (f"{number.normalize():f}" for number in both)
    note = (
        f"{body.strip()} may be {small} or {large} and was left open; set `decimal: ,` or `decimal: .` in the mapping"
    )
    return Cell(notes=(note,))


def read_amount(text: str, *, decimal: str = "") -> Cell:
    """Returns a finite, non-negative number as the value of a cell."""
    if flat(text).casefold() in _NOT_FINITE:
        return faulty("CELL-NUMBER", f"{brief_value(text)!r}: not a finite number", next="leave it blank if unknown")
    try:
        read = read_number(text, decimal=decimal)
    except ValueError as error:
        return faulty("CELL-NUMBER", f"{brief_value(text)!r}: {str(error).partition(';')[0]}", next=_NUMBER_NEXT)
    if read.value < 0:
        what = f"{brief_value(text)!r}: must not be negative"
        return faulty("CELL-NUMBER", what, next="remove returns and credit notes, or enter them as deals of their own")
    if read.value > LARGEST:
        return faulty("CELL-NUMBER", f"{brief_value(text)!r}: implausibly large", next=_NUMBER_NEXT)
    return Cell(value=read.value, notes=read.notes)


LARGEST = Decimal(10) ** 15
_NUMBER_NEXT = "write digits with a decimal point: 1200.50"


def unit_of(word: str) -> str:
    """Returns a unit of mass or `piece` in canonical spelling, or "" if the word is not known."""
    return _OF.get(_plain_word(word), "")


def _plain_word(word: str) -> str:
    return re.sub(r"[ .()]", "", flat(word).casefold())


def _unknown(word: str) -> str:
    return f"unknown unit {brief_value(word)!r}; write kg, g, t, lb or pcs"


def read_unit(text: str, *, piece_mass_kg: Decimal | None = None) -> Cell:
    """Returns the kilograms in one unit as the value of a cell; pieces without a mass have none.

    Args:
        text: The cell, not blank.
        piece_mass_kg: Mass of one piece [kg], if given for the whole file.
    """
    unit = unit_of(text)
    if not unit and _plain_word(text) in _NO_MASS:
        return Cell(notes=(f"{brief_value(text.strip())!r} is not a unit of mass",), unit=NO_MASS)
    if not unit:
        return Cell(unread=_unknown(text.strip()))
    if unit == "piece":
        notes = () if piece_mass_kg is None else (f"{piece_mass_kg:f} kg per piece, from the option piece_mass_kg",)
        return Cell(value=piece_mass_kg, notes=notes, unit=unit)
    notes = () if text in KG else (f"unit {brief_value(text.strip())} interpreted as {unit}",)
    return Cell(value=KG[unit], notes=notes, unit=unit)


def mass_kg(quantity: Cell, unit: Cell, *, piece_mass_kg: Decimal | None = None) -> tuple[Decimal | None, str]:
    """Returns the mass [kg] of a row and what keeps it open: the units of the quantity and the unit cell must agree.

    Args:
        quantity: The quantity cell as read.
        unit: The unit cell as read; `Cell()` if there is none.
        piece_mass_kg: Mass of one piece [kg], if given.
    """
    if quantity.unit and unit.unit and quantity.unit != unit.unit:
        return None, f"the quantity is in {quantity.unit}, but the unit column says {unit.unit}"
    name = quantity.unit or unit.unit
    factor = piece_mass_kg if name == "piece" else KG.get(name)
    if factor is None or not isinstance(quantity.value, Decimal):
        return None, ""
    return quantity.value * factor, ""


def read_price(text: str, *, decimal: str = "") -> Cell:
    """Returns the price in a cell as its value; a currency or a `per kg` around it is noted."""
    whole = flat(text)
    if re.sub(r"[ .\-]", "", whole.casefold()) in _NO_PRICE:
        return Cell(notes=(f"{brief_value(text.strip())!r}: no price",))
    found = _PRICE.match(whole)
    before, body, after = (found[1].strip(), found[2].strip(), found[3].strip()) if found else ("", whole, "")
    if not body or whole.casefold() in _NOT_FINITE:
        return read_amount(text, decimal=decimal)
    cell = _read_either(body, decimal)
    around = " ".join(filter(None, (before, after)))
    if cell.fault is not None or not around:
        return cell
    code = currency_of(re.split(r"[/ ]|每|per\b", around)[0])
    told = f"{around!r} next to the price" + (f" interpreted as {code}" if code else " was ignored")
    return Cell(value=cell.value, notes=(*cell.notes, told), unit=code)


def currency_of(word: str) -> str:
    """Returns the currency code of a word, or ""; a bare $ or ¥ could be several."""
    word = flat(word)
    if len(word) == 3 and word.isascii() and word.isalpha() and word.casefold() != "rmb" and word.casefold() != "cnh":
        return "" if word.casefold() in ("yen", "per") else word.upper()
    return _MONEY.get(word.casefold().replace(" ", ""), "")


def read_currency(text: str) -> Cell:
    """Returns the currency in a cell as its value."""
    code = currency_of(text) or ("JPY" if flat(text).casefold() == "yen" else "")
    if not code:
        what = f"{brief_value(text)!r} is not a known currency"
        return faulty("CELL-CURRENCY", what, nearest=nearest(text[:20], _MONEY), next="write EUR, USD, CNY")
    notes = () if text == code else (f"currency {brief_value(text.strip())} interpreted as {code}",)
    return Cell(value=code, notes=notes)
