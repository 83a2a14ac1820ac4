"""The documents of one lot, compared: end use, end user, quantity, contract, and who receives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from coercivity.base.errors import CoercivityError, Fault, brief_value
from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.cases.lot_papers.kinds import paper_kinds
from coercivity.cases.lot_papers.rows import PaperRow, folded
from coercivity.cases.lot_papers.uses import NamedUse, named_use, same_use
from coercivity.data.catalogue import FactCatalogue
from coercivity.law.explain.conflicts import conflict_texts

LOT_END_USE = "LOT-END-USE"
CONFLICT_ID = "C16"
MOST_PAIRS = 50  # of uses that differ, named for one lot
LotFindingKind = Literal[
    "end_use_open", "end_use_blank", "end_use_silent", "end_use_general", "end_use_of_deal", "end_user", "quantity",
    "contract", "lot", "authorities", "not_passed_on", "passed_on_unknown",
]  # fmt: skip
ASKS: frozenset[LotFindingKind] = frozenset(("end_use_open", "end_use_blank"))  # these hold a result open
_UNITS_OF_KG = {
    "1": ("kg", "kgs", "kilogram", "kilograms", "kilo", "kilos", "公斤", "千克"),
    "1000": ("t", "tonne", "tonnes", "tonnen", "metricton", "metrictons", "吨", "公吨"),
    "0.001": ("g", "gram", "grams", "gramm", "克"),
}
_KG = {unit: Decimal(kg) for kg, units in _UNITS_OF_KG.items() for unit in units}


@dataclass(frozen=True, slots=True)
class LotFinding:
    """One thing that the documents of a lot show.

    Attributes:
        kind: What it is about.
        lot: The lot.
        said: What each document says, as pairs of its id and its words; the words are blank where it says nothing.
    """

    kind: LotFindingKind
    lot: str
    said: tuple[tuple[str, str], ...]

    @property
    def holds(self) -> bool:
        """Whether a result stays open until it is settled."""
        return self.kind in ASKS


@dataclass(frozen=True, slots=True)
class LotState:
    """A lot with its documents compared.

    Attributes:
        same_use: Whether all documents name the same end use; None if fewer than two name any.
        papers: Its documents.
        findings: What they show.
        refused: One fault for every two end uses that differ.
    """

    lot: str
    same_use: Truth | None
    papers: tuple[PaperRow, ...]
    findings: tuple[LotFinding, ...]
    refused: tuple[Fault, ...]

    def is_of(self, deal: str) -> bool:
        """Returns whether the lot belongs to a deal; one of which no document names a deal belongs to all."""
        named = {row.deal for row in self.papers if row.deal}
        return not named or deal in named


def compare_lots(catalogue: FactCatalogue, rows: Sequence[PaperRow]) -> tuple[LotState, ...]:
    """Returns every lot with what its documents show, in the order of the rows.

    Args:
        catalogue: Facts of the rulebook, for the synonyms of uses.
        rows: The documents of all lots.
    """
    lots: dict[str, list[PaperRow]] = {}
    for row in rows:
        lots.setdefault(folded(row.lot), []).append(row)
    return tuple(_state(catalogue, held) for held in lots.values())


def refuse(states: Iterable[LotState]) -> None:
    """Raises the faults of every lot of which two documents name different end uses.

    Raises:
        CoercivityError: With every two uses that differ, the documents that name them, and what to ask next.
    """
    found = [fault for state in states for fault in state.refused]
    if found:
        raise CoercivityError(found)


def _state(catalogue: FactCatalogue, rows: Sequence[PaperRow]) -> LotState:
    uses: dict[str, list[PaperRow]] = {}
    for row in rows:
        if row.end_use:
            uses.setdefault(folded(row.end_use), []).append(row)
    named = {text: named_use(catalogue, held[0].end_use) for text, held in uses.items()}
    pairs = [(one, other, same_use(named[one], named[other])) for one, other in combinations(uses, 2)]
    lot = rows[0].lot
    apart = tuple(_refusals(lot, [(uses[one], uses[other]) for one, other, same in pairs if same is NO]))
    unsure = [name for one, other, same in pairs if same is UNKNOWN for name in (one, other)]
    blank = [row for row in rows if not row.end_use and not row.silent]
    stated = sum(len(held) for held in uses.values())
    same = NO if apart else UNKNOWN if unsure or (blank and len(rows) > 1) else YES if stated > 1 else None
    findings = tuple(_findings(lot, rows, uses, named, unsure, blank))
    return LotState(lot, same, tuple(rows), findings, apart)


def _refusals(lot: str, pairs: Sequence[tuple[Sequence[PaperRow], Sequence[PaperRow]]]) -> Iterator[Fault]:
    """Yields a fault for every two end uses that differ; of very many, the first ones and the number of the rest."""
    yield from (_refusal(lot, *pair) for pair in pairs[:MOST_PAIRS])
    if len(pairs) > MOST_PAIRS:
        what = f"{len(pairs) - MOST_PAIRS:,} more errors are not shown"
        yield Fault("FAULTS-MORE", what, next="correct these first")


def _refusal(lot: str, one: Sequence[PaperRow], other: Sequence[PaperRow]) -> Fault:
    said = [(_ids(rows), brief_value(rows[0].end_use)) for rows in (one, other)]
    what = "lot {}: {} names the end use {!r}, {} names {!r}".format(brief_value(lot), *said[0], *said[1])
    where = "; ".join(dict.fromkeys(row.where for row in (one[0], other[0]) if row.where))
    return Fault(LOT_END_USE, what, where, next=conflict_texts()[CONFLICT_ID].ask.en)


def _ids(rows: Sequence[PaperRow]) -> str:
    kinds = paper_kinds().kinds
    return "; ".join(dict.fromkeys(f"{kinds[row.kind].en} {row.id}" for row in rows))


def _findings(
    lot: str,
    rows: Sequence[PaperRow],
    uses: Mapping[str, Sequence[PaperRow]],
    named: Mapping[str, NamedUse],
    unsure: Sequence[str],
    blank: Sequence[PaperRow],
) -> Iterator[LotFinding]:
    def of(kind: LotFindingKind, held: Iterable[PaperRow], name: str) -> LotFinding:
        return LotFinding(kind, lot, tuple((row.id, str(getattr(row, name))) for row in held))

    if unsure:
        yield of("end_use_open", [row for text in dict.fromkeys(unsure) for row in uses[text]], "end_use")
    if blank and len(rows) > 1:
        yield of("end_use_blank", blank, "end_use")
    if silent := [row for row in rows if row.silent]:
        yield of("end_use_silent", silent, "end_use")
    if not unsure and len({use.is_general for use in named.values()}) > 1:
        yield of("end_use_general", [row for held in uses.values() for row in held], "end_use")
    if len({folded(row.end_user) for row in rows if row.end_user}) > 1:
        yield of("end_user", [row for row in rows if row.end_user], "end_user")
    if len({folded(row.contract) for row in rows if row.contract}) > 1:
        yield of("contract", [row for row in rows if row.contract], "contract")
    yield from _quantities(lot, rows)
    yield from _receivers(lot, rows)


def _quantities(lot: str, rows: Sequence[PaperRow]) -> Iterator[LotFinding]:
    stated = [row for row in rows if row.quantity is not None]
    units = {_unit(row) for row in stated}
    if len({_amount(row) for row in stated}) > 1 or len(units) > 1:
        said = tuple((row.id, f"{row.quantity:f} {row.unit}".strip()) for row in stated)
        yield LotFinding("quantity", lot, said)


def _unit(row: PaperRow) -> str:
    unit = folded(row.unit)
    return "kg" if unit in _KG else unit


def _amount(row: PaperRow) -> Decimal:
    assert row.quantity is not None
    return (row.quantity * _KG.get(folded(row.unit), Decimal(1))).normalize()


def _receivers(lot: str, rows: Sequence[PaperRow]) -> Iterator[LotFinding]:
    countries = list(dict.fromkeys(row.authority for row in rows if row.authority))
    if len(countries) > 1:
        said = tuple((row.id, row.authority) for row in rows if row.authority)
        yield LotFinding("authorities", lot, said)
    for row in rows:
        if not row.addressee:
            continue
        said = ((row.id, row.addressee),)
        if row.passed_on_to is None:
            yield LotFinding("passed_on_unknown", lot, said)
        elif folded(row.addressee) not in {folded(name) for name in row.passed_on_to}:
            yield LotFinding("not_passed_on", lot, said)
