"""Shares of elements in running text: Nd 23.5 / Pr 6.8 / Dy 1.8; Dy-Gehalt ca. 4,5 Gew.-%; 含镝1.8%; Dy n.n."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from coercivity.base.exact import Interval
from coercivity.base.sums import total
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.composition.composition import Composition, composition_reader
from coercivity.intake.composition.words import HEAVY as HEAVY_SYMBOLS
from coercivity.intake.composition.words import RARE_EARTHS
from coercivity.intake.words.amounts import share_words as said
from coercivity.intake.words.amounts.marks import FigureMark
from coercivity.intake.words.amounts.share_figures import PERCENT
from coercivity.intake.words.amounts.share_items import Item, ItemFinder, cased
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.results import Evidence

ShareReader = Callable[[Folded], tuple[FigureMark, ...]]
_SHARES = {"Dy": "dy_mass_share", "Tb": "tb_mass_share"}
_LEAST_PURITY = 90  # percent; a figure above it is the purity of a substance
# Figures without a unit are percent in a list of so many, with such a main component and such a sum.
_LEAST_LIST, _LEAST_MAIN, _LEAST_SUM, _MOST_SUM = 3, 10, 20, 101
_MOST_LIMIT = Decimal("0.001")  # a share below which `<` is the limit of a test, not of a specification
_AROUND = 24  # characters that may belong to an element


def share_reader(catalogue: FactCatalogue) -> ShareReader:
    """Returns the function that finds the shares of elements in a folded text, as one mark for each list.

    Args:
        catalogue: Facts; the values of `elements` define which elements are facts.
    """
    finder = ItemFinder(catalogue)
    composed = composition_reader(catalogue)
    known = frozenset(catalogue["elements"].values)

    def read(folded: Folded) -> tuple[FigureMark, ...]:
        text = cased(folded)
        marks = []
        for run in _runs(text, finder.items(folded, text)):
            mark = _mark(folded, text, run, known, composed)
            if mark is not None:
                marks.append(mark)
        return tuple(marks)

    return read


def _mark(
    folded: Folded, text: str, run: list[Item], known: frozenset[str], composed: Callable[..., Composition]
) -> FigureMark | None:
    """Returns what a list of items states, and what is kept as evidence."""
    run = _with_unit(text, run)
    kept = [item for item in run if item.kind != "share" or item.unit]
    if all(item.shouted or not (item.group or set(item.symbols) & (RARE_EARTHS | {"Ga"})) for item in kept):
        return None
    start, end = kept[0].start, kept[-1].end
    if tail := said.TAIL.match(text, end):
        end = tail.end()
    evidence = tuple(one for item in kept if (one := _evidence(folded, item)) is not None)
    shares = [item for item in kept if item.kind == "share" and item.unit == "mass" and len(item.symbols) == 1]
    checked = composed("; ".join(_canonical(item) for item in shares)) if _doubtful(shares) else None
    about = frozenset(symbol for item in kept for symbol in _about(item))
    has = {symbol for item in kept if _present(item) for symbol in item.symbols} & known
    states: dict[str, FactValue] = {"elements": SetValue(frozenset(has), complete=False)} if has else {}
    if checked is not None and checked.fault is not None:
        return FigureMark(start, end, states, evidence, (f"{checked.fault.what}: no share is read",), about)
    if not said.OF_OXIDES.search(text[max(0, start - _AROUND) : end + _AROUND]):
        states |= {fact: value for symbol, fact in _SHARES.items() if (value := _share(shares, symbol)) is not None}
    notes = tuple(f"{item.told} is approximate" for item in shares if item.about and set(item.symbols) & set(_SHARES))
    return FigureMark(start, end, states, evidence, notes, about)


def _runs(text: str, items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yields items that follow one another in a list."""
    run: list[Item] = []
    for item in items:
        gap = text[run[-1].end : item.start] if run else ""
        if run and not (item.start >= run[-1].end and said.BALANCE.fullmatch(gap)):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _with_unit(text: str, run: list[Item]) -> list[Item]:
    """Returns the items of a list with the unit that applies to all: written before or after, or percent."""
    bare = [item for item in run if item.kind == "share" and not item.unit]
    if not bare:
        return run
    numbers = [number for item in bare for number in item.numbers]
    before = text[max(0, run[0].start - _AROUND) : run[0].start]
    rest = said.BALANCE.match(text, run[-1].end)
    found = said.OVERALL_BEFORE.search(before) or said.OVERALL_AFTER.match(text, rest.end() if rest else run[-1].end)
    written = found[0].strip(" \t:()[]") if found else ""
    units = {item.unit for item in run if item.unit}
    main = len(bare) >= _LEAST_LIST and max(numbers) >= _LEAST_MAIN and _LEAST_SUM <= total(numbers) <= _MOST_SUM
    if "ppm" in written or units or not (found or main) or max(numbers) > 100:
        return run
    unit = "other" if said.NOT_BY_MASS.match(written) else "mass"
    return [_in_percent(item, unit) if item in bare else item for item in run]


def _in_percent(item: Item, unit: str) -> Item:
    return replace(item, numbers=tuple(number * PERCENT for number in item.numbers), unit=unit, told=f"{item.told} %")


def _present(item: Item) -> bool:
    """Returns whether the figure of an item says that its elements are present."""
    return item.kind in ("share", "oxide") and not item.group and item.limit != "less" and min(item.numbers) > 0


def _canonical(item: Item) -> str:
    sign = {"less": "<= ", "more": ">= "}.get(item.limit, "")
    return f"{item.symbols[0]} {sign}{' - '.join(f'{(number * 100).normalize():f}' for number in item.numbers)} %"


def _doubtful(shares: Sequence[Item]) -> bool:
    """Returns whether shares may contradict each other: one element twice, or more than the whole."""
    symbols = [item.symbols for item in shares]
    return len(set(symbols)) < len(symbols) or total(min(item.numbers) for item in shares) > 1


def _share(shares: Sequence[Item], symbol: str) -> Interval | None:
    """Returns the share of an element if one clear figure gives it; a purity is none."""
    own = [item.numbers for item in shares if item.symbols == (symbol,) and not item.limit and min(item.numbers) > 0]
    if len(set(own)) != 1 or max(own[0]) * 100 >= _LEAST_PURITY:
        return None
    scaled = [number * 10**9 for number in (min(own[0]), max(own[0]))]
    if any(number != number.to_integral_value() for number in scaled):
        return None
    return Interval(int(scaled[0]), int(scaled[1]))


def _about(item: Item) -> frozenset[str]:
    if item.group:
        return HEAVY_SYMBOLS if item.group == said.HEAVY else RARE_EARTHS
    return frozenset(item.symbols)


def _evidence(folded: Folded, item: Item) -> Evidence | None:
    """Returns what an item says without stating a fact."""
    what = " and ".join(item.symbols) or item.group
    spans = (folded.span(item.start, item.end),)
    if item.kind == "claim":
        return Evidence("claim", f"said to be without {what}; a claim, not a measurement", spans, what)
    if item.kind == "low":
        return Evidence("claim", f"said to be low in {what}; a claim, not a measurement", spans, what)
    if item.kind == "unseen":
        return Evidence(
            "below_detection", f"{what} not detected" + (f", limit {item.told}" if item.told else ""), spans, item.told
        )
    zero = item.numbers and max(item.numbers) == 0
    if item.kind != "share":
        return None
    if zero or (item.limit == "less" and max(item.numbers) <= _MOST_LIMIT):
        return Evidence("below_detection", f"{what} {'' if zero else 'below '}{item.told}", spans, item.told)
    if item.limit:
        words = "at most" if item.limit == "less" else "at least"
        return Evidence("share_limit", f"{what} {words} {item.told}", spans, item.told)
    rare = set(item.symbols) <= RARE_EARTHS
    if (len(item.symbols) > 1 and rare) or item.group == said.HEAVY:
        return Evidence("sum_of_shares", f"{what} together {item.told}", spans, item.told)
    return None


def agreed(marks: Sequence[FigureMark]) -> tuple[FigureMark, ...]:
    """Returns the marks of one deal without a share of which they give two different figures."""
    kept = tuple(marks)
    for fact in _SHARES.values():
        if len({mark.states[fact] for mark in kept if fact in mark.states}) > 1:
            note = f"two different figures for {fact}: neither is used"
            kept = tuple(_without(mark, fact, note) if fact in mark.states else mark for mark in kept)
    return kept


def _without(mark: FigureMark, fact: str, note: str) -> FigureMark:
    states = {name: value for name, value in mark.states.items() if name != fact}
    return replace(mark, states=states, notes=(*mark.notes, note))
