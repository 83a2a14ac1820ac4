"""Cells of columns named after a fact: flags, words of a list, sets, numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.exact import SCALE, Interval, parse_exact
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue, FactSpec
from coercivity.data.fact_words import NO, YES, fold, value_words
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.cells.cell import Cell, faulty
from coercivity.intake.cells.countries import country_reader
from coercivity.intake.cells.days import read_day
from coercivity.intake.composition.flat import flat
from coercivity.intake.composition.numbers import read_number

_NONE = frozenset(("[]", "{}", "()", "无", "無", "なし", "無し", "keine", "empty"))
_PARTS = re.compile(r"[,;/+|、，；]| and |&")
_RANGE = re.compile(r"(.+?)(?: ?\.\. ?| ?[~～〜至到] ?| to | bis |(?<=[\d%]) ?- ?(?=[\d.,]))(.+)\Z")
_LIMIT = re.compile(r"(<=?|≤|≦|max\.?|不超过|小于|>=?|≥|≧|min\.?|不低于|大于) ?(.+)\Z", re.I)
_EITHER = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])", re.ASCII)  # thousands, or thousandths
_UNIT = re.compile(r"([^\d.,+-]{0,14}[+-]?[\d.,][\d.,' ]*(?:[eE][+-]?\d{1,2})?) ?([^\d\s.,].*)?\Z")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?\Z", re.ASCII)
_MOST = Decimal(2**63 // SCALE)


def fact_reader(catalogue: FactCatalogue, name: str, *, dates: str = "", decimal: str = "") -> Callable[[str], Cell]:
    """Returns the function that reads the cells of a fact; it is not called for blanks.

    Args:
        catalogue: Facts.
        name: The fact.
        dates: `dmy` or `mdy`, if the file uses one of them throughout.
        decimal: Decimal separator, if known.
    """
    spec = catalogue[name]
    if spec.type == "country":
        return country_reader(catalogue, name)
    if spec.type == "date":
        return lambda text: _as_fact(name, read_day(text, dates=dates))
    if spec.type in ("number", "share"):
        return lambda text: _number(spec, text, decimal)
    if spec.type == "flag":
        return lambda text: _flag(spec, text)
    if spec.type in ("party", "text"):
        return lambda text: _parsed(catalogue, name, text.strip())
    words = value_words(spec.values, spec.value_synonyms)
    if spec.type == "set":
        return lambda text: _set(spec, words, text)
    return lambda text: _choice(spec, words, text)


def _as_fact(name: str, cell: Cell) -> Cell:
    if cell.fault is not None or cell.value is None or isinstance(cell.value, Decimal):
        return cell
    return Cell({name: cell.value}, cell.notes)


def _parsed(catalogue: FactCatalogue, name: str, raw: str) -> Cell:
    faults = Faults()
    value = catalogue.parse(name, raw, where="", faults=faults)
    if faults.items:
        first = faults.items[0]
        return faulty(first.code, first.what, nearest=first.nearest, next=first.next)
    return Cell({} if value is None else {name: value})


def _note(text: str, value: str) -> tuple[str, ...]:
    return (f"{brief_value(text.strip())} interpreted as {value}",)


def _not_known(spec: FactSpec, text: str, words: Mapping[str, tuple[str, ...]]) -> Cell:
    word = fold(text[:40])
    if several := words.get(fold(text)):
        what = f"{brief_value(text)!r} may mean several values of {spec.name}"
        return faulty("FACT-VALUE", what, nearest=several, next="write one of them")
    found = nearest(word, [known for known in words if word and known[0] == word[0]])
    near = tuple(dict.fromkeys(value for known in found for value in words[known]))
    what = f"{brief_value(text)!r} is not a valid value of {spec.name}"
    return faulty("FACT-VALUE", what, nearest=near, next=f"run `coercivity facts {spec.name}` for the values")


def _flag(spec: FactSpec, text: str) -> Cell:
    word = bare(flat(text))
    if word not in YES and word not in NO:
        what = f"{brief_value(text)!r} is not true or false"
        return faulty(
            "FACT-VALUE", what, nearest=("true", "false"), next="write true or false; leave it blank if unknown"
        )
    value = word in YES
    return Cell({spec.name: value}, () if text in ("true", "false") else _note(text, str(value).lower()))


def only(values: tuple[str, ...]) -> str | None:
    """Returns the one value that a word means, or None if it means none or several."""
    return values[0] if len(values) == 1 else None


def _choice(spec: FactSpec, words: Mapping[str, tuple[str, ...]], text: str) -> Cell:
    if text in spec.values:
        return Cell({spec.name: text})
    value = only(words.get(fold(text), ()))
    return _not_known(spec, text, words) if value is None else Cell({spec.name: value}, _note(text, value))


def _set(spec: FactSpec, words: Mapping[str, tuple[str, ...]], text: str) -> Cell:
    whole = text.strip()
    if whole in _NONE:
        return Cell({spec.name: SetValue(frozenset())}, () if whole == "[]" else _note(text, "none"))
    if whole.startswith("[") and whole.endswith("]"):
        whole = whole[1:-1]
    found: set[str] = set()
    plain = True
    for part in [whole] if fold(whole) in words else [part.strip(" '\"") for part in _PARTS.split(flat(whole))]:
        value = part if part in spec.values or (part and not spec.values) else only(words.get(fold(part), ()))
        if value is None:
            return _not_known(spec, part or text, words)
        plain = plain and value == part
        found.add(value)
    members: FactValue = SetValue(frozenset(found))
    return Cell({spec.name: members}, () if plain else _note(text, ", ".join(sorted(found))))


def _number(spec: FactSpec, text: str, decimal: str) -> Cell:
    """Returns a number, a range, or an upper limit; a number stated as approximate counts as not understood."""
    whole = flat(text)
    notes: list[str] = []
    if bare(whole) in ("nan", "inf", "-inf", "infinity", "-infinity"):
        return faulty("CELL-NUMBER", f"{brief_value(text)!r}: not a finite number", next="leave it blank if unknown")
    try:
        value = _read_interval(spec, whole, decimal, notes)
    except _UnitError as error:
        return Cell(unread=f"{spec.name} {brief_value(text)!r}: {error}")
    except ValueError as error:
        shares = "; 0.1 percent is 0.001 or 0.1 %" if spec.type == "share" else f"; unit: {spec.unit}"
        return faulty(
            "CELL-NUMBER", f"{brief_value(text)!r}: {error}", next=f"write digits with a decimal point{shares}"
        )
    return Cell({spec.name: value}, tuple(dict.fromkeys(notes)))


def _read_interval(spec: FactSpec, whole: str, decimal: str, notes: list[str]) -> Interval:
    """Returns the interval that a text states; an ambiguous number gives the interval of both readings."""
    if decimal or not _EITHER.search(whole):
        return _sound(spec, whole, decimal, notes)
    found: list[Interval] = []
    wrong: list[ValueError] = []
    for sign in (".", ","):
        told: list[str] = []
        try:
            found.append(_sound(spec, whole, sign, told))
        except ValueError as error:
            wrong.append(error)
            continue
        notes += [note for note in told if note not in notes]
    if not found:
        raise wrong[0]
    if len(set(found)) > 1:
        low, high = min(value.low for value in found), max(value.high for value in found)
        notes[:] = [
            f"{brief_value(whole)} may be either of two numbers, and both are considered; set `decimal` in the mapping"
        ]
        return Interval(low, high)
    return found[0]


def _sound(spec: FactSpec, whole: str, decimal: str, notes: list[str]) -> Interval:
    value = _interval(_ends(spec, whole, decimal, notes))
    _check(spec, value)
    return value


class _UnitError(ValueError):
    """A number that has another unit, or is only approximate."""


def _ends(spec: FactSpec, whole: str, decimal: str, notes: list[str]) -> list[Decimal]:
    if _DIGITS.match(whole):
        read = read_number(whole, decimal=decimal)
        notes += read.notes
        return [read.value]
    if limit := _LIMIT.match(whole):
        end = _one(spec, limit[2], decimal, notes)
        if limit[1] in ("<", "小于") and end <= 0:
            raise ValueError("no value is below zero")
        if limit[1].casefold()[:2] in ("<", "<=", "≤", "≦", "ma", "不超", "小于"):
            notes.append("a limit: any value from 0 up to it")
            return [Decimal(0), end]
        if spec.type != "share":
            raise _UnitError("a lower limit has no upper end")
        notes.append("a limit: any value from it up to 1")
        return [end, Decimal(1)]
    if both := _RANGE.match(whole):
        second = _one(spec, both[2], decimal, notes)
        behind = _UNIT.match(both[2])
        unit = behind[2] or "" if behind else ""
        first = both[1] + (unit if unit and not re.search(r"[^\d.,' +-]", both[1]) else "")
        return [_one(spec, first, decimal, notes), second]
    return [_one(spec, whole, decimal, notes)]


def _one(spec: FactSpec, text: str, decimal: str, notes: list[str]) -> Decimal:
    found = _UNIT.match(text)
    body, unit = (found[1], (found[2] or "").strip()) if found else (text, "")
    read = read_number(body, decimal=decimal)
    notes += read.notes
    if read.about:
        raise _UnitError("an approximate number is not sufficient; write a range such as 1.5..2.0")
    if not unit:
        return read.value
    if spec.type == "share" and unit.casefold() in ("%", "wt%", "wt.%", "percent", "ppm", "mg/kg"):
        notes.append(f"{brief_value(text)} interpreted as a fraction")
        return read.value * (Decimal("0.000001") if unit.casefold() in ("ppm", "mg/kg") else Decimal("0.01"))
    if spec.unit and fold(unit) in (fold(spec.unit), fold(spec.unit).replace("deg", "°")):
        notes.append(f"unit {unit} in the cell")
        return read.value
    raise _UnitError(f"unit {brief_value(unit)!r}; expected {spec.unit or 'a fraction or percent'}")


def _interval(ends: list[Decimal]) -> Interval:
    if any(abs(end) >= _MOST for end in ends):
        raise ValueError("too large")
    low, high = ends[0] * SCALE, ends[-1] * SCALE
    if low > high:
        raise ValueError("the lower end is above the upper end")
    return Interval(math.floor(low), math.ceil(high))


_bound = lru_cache(maxsize=64)(parse_exact)


def _check(spec: FactSpec, value: Interval) -> None:
    if spec.range and not _bound(spec.range[0]) <= value.low <= value.high <= _bound(spec.range[1]):
        raise ValueError(f"outside {spec.range[0]} to {spec.range[1]}")
    if value.low < 0 and spec.unit != "degC":
        raise ValueError("must not be negative")
