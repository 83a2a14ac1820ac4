"""Parameters of machines in a text: heating temperature, current, particle size, each in the unit of the catalogue."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.exact import SCALE, Interval, parse_exact
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.intake.words.amounts.share_items import cased
from coercivity.intake.words.amounts.units import UNITS, Quantity, quantities
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.results import Statement

COLUMNS = ("goods_kind", "fact", "unit", "words", "open_above")
ParameterReader = Callable[[Folded, str, int, int], tuple[Statement, ...]]
# Units that other figures of an order have too: they count only beside a word for the parameter.
_COMMON = frozenset(("kg", "kW", "min", "m", "L", "fraction", "um", "g/cm3"))
_NAMED = ("max_", "mixing_", "granulation_", "fusion_", "spray_")  # facts of one part or end of several
_BEFORE, _BEHIND = 32, 16  # characters between a word and its figure
_APART, _APART_BEHIND = re.compile(r"[;。、\n]|[,，](?!\d)"), re.compile(r"[,;、，。\n]|\. ")
# Outside these it is another figure: the force of a press in tonnes, cooling water, a drive, the mains.
_LEAST = {"degC": 200 * SCALE, "A": 500 * SCALE, "kHz": SCALE // 5}
_MOST = {"degC": 4000 * SCALE, "T": 10 * SCALE}


_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One line of the file of parameters."""

    fact: str
    unit: str
    words: re.Pattern[str]
    spread: bool
    range: tuple[int, int] | None
    open_above: int | None
    where: str


def parameter_reader(catalogue: FactCatalogue, text: str, name: str, faults: Faults) -> ParameterReader:
    """Returns the function that reads the parameters of a kind of goods in a range of a folded text.

    A figure belongs to the parameter whose word is nearest; without a word, to the only parameter of the machine with
    its unit, if it is the only such figure, the unit is not one of any order, such as kg, and no maximum is asked.

    Args:
        catalogue: Facts, for their units and ranges.
        text: Content of the file: CSV with the columns `goods_kind`, `fact`, `unit`, `words` (separated by `|`), and
            `open_above`: a single figure above it may be the top of a working range, so the lower end stays open.
        name: Its name, for messages.
        faults: Collects every error, with its line.
    """
    parameters = _parameters(catalogue, text, name, faults)

    def read(folded: Folded, goods_kind: str, start: int, end: int) -> tuple[Statement, ...]:
        known = parameters.get(goods_kind, ())
        return tuple(_statements(folded, known, start, end)) if known else ()

    return read


def _statements(folded: Folded, known: Sequence[_Parameter], start: int, end: int) -> Iterator[Statement]:
    found = [one for one in _quantities(folded, known) if start <= one.start and one.end <= end]
    taken: dict[str, list[Quantity]] = {}
    free: list[Quantity] = []
    for place, quantity in enumerate(found):
        sized = _sized(known, quantity)
        if sized is not None:
            for one, value in zip(sized, sorted((quantity.before or 0, quantity.high)), strict=True):
                taken.setdefault(one.fact, []).append(replace(quantity, low=value, high=value))
            continue
        meant = _meant(folded.flat, known, found, place)
        if meant is not None:
            one, word = meant
            taken.setdefault(one.fact, []).append(replace(quantity, word=word))
        elif not quantity.spread:
            free.append(quantity)
    for one in known:
        own = taken.get(one.fact, [])
        if not own and one.unit not in _COMMON and not one.spread and not one.fact.startswith(_NAMED):
            alike = [other for other in known if other.unit == one.unit and not other.spread]
            own = [quantity for quantity in free if quantity.unit == one.unit and len(alike) == 1]
        yield from _stated(folded, one, own)


def _quantities(folded: Folded, known: Sequence[_Parameter]) -> list[Quantity]:
    """Returns the figures with the units of a machine, without those in words such as `uniformity at 1000 °C`."""
    words = [found.span() for one in known if one.spread for found in one.words.finditer(folded.flat)]
    return [
        one
        for one in quantities(cased(folded), frozenset(parameter.unit for parameter in known))
        if (one.spread or _LEAST.get(one.unit, 0) <= one.high <= _MOST.get(one.unit, one.high))
        and not any(start <= one.start < end for start, end in words)
    ]


def _stated(folded: Folded, one: _Parameter, own: Sequence[Quantity]) -> Iterator[Statement]:
    """Yields the statement of a parameter if one figure, or the same one several times, gives it."""
    values = {(quantity.low, quantity.high) for quantity in own}
    if len(values) != 1:
        return
    low, high = values.pop()
    if one.range is not None and not one.range[0] <= low <= high <= one.range[1]:
        return
    ranges = [(quantity.start, quantity.end) for quantity in own] + [quantity.word for quantity in own if quantity.word]
    spans = tuple(folded.span(start, end) for start, end in sorted(set(ranges)))
    reason = ""
    if one.open_above is not None and low == high > one.open_above:
        low, reason = 0, "the highest temperature: it may work at lower ones too"
    yield Statement(one.fact, Interval(low, high), "stated", spans, one.where, reason)


def _meant(
    flat: str, known: Sequence[_Parameter], found: Sequence[Quantity], place: int
) -> tuple[_Parameter, tuple[int, int]] | None:
    """Returns the parameter whose word is nearest to a figure, before it or close behind it, with that word."""
    quantity = found[place]
    earlier = [one.end for one in found[:place] if one.end <= quantity.start]
    from_ = max(earlier[-1] if earlier and not quantity.spread else 0, quantity.start - _BEFORE)
    if gap := [*_APART.finditer(flat, from_, quantity.start)]:
        from_ = gap[-1].end()
    stop = _APART_BEHIND.search(flat, quantity.end, quantity.end + _BEHIND)
    until = stop.start() if stop else min(len(flat), quantity.end + _BEHIND)
    best: tuple[int, int, _Parameter, tuple[int, int]] | None = None
    for one in known:
        if one.unit != quantity.unit or one.spread != quantity.spread:
            continue
        ways = [
            (quantity.start - word.end(), word.start() - word.end(), one, word.span())
            for word in one.words.finditer(flat, from_, quantity.start)
            # The deviation at another temperature is not that at 1000 °C.
            if not one.spread or {*_DIGITS.findall(flat[word.end() : quantity.start])} <= {"1000"}
        ]
        if word_behind := one.words.search(flat, quantity.end, until):
            gap_behind = _BEFORE + word_behind.start() - quantity.end
            ways.append((gap_behind, -len(word_behind[0]), one, word_behind.span()))
        for way in ways:
            best = way if best is None or way[:2] < best[:2] else best
    return None if best is None else best[2:]


def _sized(known: Sequence[_Parameter], quantity: Quantity) -> tuple[_Parameter, _Parameter] | None:
    """Returns diameter and length of a kiln of which a size such as 3.2 x 50 m is written."""
    if quantity.before is None:
        return None
    width = next((one for one in known if one.fact.endswith("_diameter") and one.unit == quantity.unit), None)
    length = next((one for one in known if one.fact.endswith("_length") and one.unit == quantity.unit), None)
    return None if width is None or length is None else (width, length)


def _parameters(catalogue: FactCatalogue, text: str, name: str, faults: Faults) -> Mapping[str, tuple[_Parameter, ...]]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    names = tuple(rows.fieldnames or ())
    if names != COLUMNS:
        what = f"unexpected columns: {brief_value(', '.join(names))}"
        faults.add("PARAMETERS-COLUMNS", what, where=name, next=f"columns: {', '.join(COLUMNS)}")
        return {}
    found: dict[str, tuple[_Parameter, ...]] = {}
    for row in rows:
        kept = {key: (value or "").strip() for key, value in row.items() if key}
        where = f"{name}:{rows.line_num}"
        one = _parameter(catalogue, kept, where, faults)
        kinds = [kind.strip() for kind in kept["goods_kind"].split("|")]
        for kind in kinds:
            if kind not in catalogue["goods_kind"].values:
                what = f"{brief_value(kind)!r} is not a kind of goods"
                near = nearest(kind[:40], catalogue["goods_kind"].values)
                faults.add("PARAMETERS-KIND", what, where=where, nearest=near)
            elif one is not None:
                found[kind] = (*found.get(kind, ()), one)
    return found


def _parameter(catalogue: FactCatalogue, row: Mapping[str, str], where: str, faults: Faults) -> _Parameter | None:
    spec = catalogue.get(row["fact"])
    if spec is None or spec.type not in ("number", "share"):
        what = f"{brief_value(row['fact'])!r} is not a number or share of the catalogue"
        faults.add("PARAMETERS-FACT", what, where=where, nearest=catalogue.nearest(row["fact"][:80]))
        return None
    due = spec.unit or "fraction"
    if row["unit"] != due or due not in UNITS:
        what = f"unit {brief_value(row['unit'])!r}; the unit of {spec.name} is {due}"
        faults.add("PARAMETERS-UNIT", what, where=where, nearest=(due,))
        return None
    words = [bare(word).strip() for word in row["words"].split("|") if word.strip()]
    if not words:
        faults.add("PARAMETERS-WORDS", "a line needs words", where=where, next="write word|word")
        return None
    body = "|".join(_whole(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
    above = row["open_above"]
    if above and not _DIGITS.fullmatch(above):
        faults.add("PARAMETERS-ABOVE", f"{brief_value(above)!r} is not a whole number", where=where)
        return None
    open_above = int(above) * SCALE if above else None
    limits = (parse_exact(spec.range[0]), parse_exact(spec.range[1])) if spec.range else None
    return _Parameter(spec.name, due, re.compile(body), "uniformity" in spec.name, limits, open_above, where)


def _whole(word: str) -> str:
    """Returns the expression of a word; a short Latin one must stand alone, a long one may be part of a compound."""
    found = re.escape(word)
    if not word[0].isascii() or not word[0].isalnum():
        return found
    return rf"(?<![a-z0-9]){found}(?![a-z])" if len(word) <= _SHORT else found


_SHORT = 5
