"""Deals of a case folder, a YAML file or earlier results, judged one by one under the rulebooks of a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.batches.impact.judging import draft_ruling
from coercivity.batches.impact.kinds import Kinds
from coercivity.batches.impact.licences import Validity, licence_number, outside_of
from coercivity.batches.impact.part import moved_frame
from coercivity.batches.impact.run import Found, PartSums
from coercivity.batches.impact.sides import Sides
from coercivity.batches.impact.sums import Amounts, cells_of
from coercivity.batches.judge.rulings import NO_DAY, Ruling
from coercivity.batches.stage.column import Column, distinct
from coercivity.cases.sources import NamedDeal
from coercivity.law.engine.decide import decide
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def judge_few(
    sides: Sides,
    deals: Sequence[NamedDeal],
    changed: frozenset[str],
    *,
    on: Day | None,
    known: Day | None,
    assume: Mapping[str, Assumption],
    most: int,
    progress: Callable[[int, int], None],
    valid: Mapping[str, Validity] | None = None,
) -> tuple[Found, PartSums]:
    """Returns what a draft does to deals that were read one by one.

    Args:
        sides: The rulebooks.
        deals: The deals.
        changed: Ids of the clauses that are new in the draft, or whose status differs on some date.
        on: Transaction date of all deals. Default: that of each.
        known: Information cut-off of all deals. Default: that of each, or for its date that of the rulebook.
        assume: Planning assumptions by instrument. Default: those of an earlier result.
        most: Number of moved deals that are returned.
        progress: Called with the number of deals done and the total.
        valid: First and last day of each licence; None without a table of licences.

    Returns:
        The sums, and the part with all rows that move.
    """
    import numpy as np

    kinds, days, made = Kinds(sides, changed), [], []
    kept: list[list[Ruling]] = []  # kinds are recognised by their rulings, which must stay

    def ruled(book: Rulebook, entry: NamedDeal, day: Day | None) -> Ruling:
        if day is None:
            return NO_DAY
        cut_off = known or (entry.known if on is None else None)
        picked = assume or (entry.past.assume if entry.past is not None else {})
        return draft_ruling(book, decide(book, entry.deal, day, known=cut_off, assume=picked), sides)

    for done, entry in enumerate(deals):
        day = on or entry.on
        kept.append([ruled(book, entry, day) for book in sides.books])
        made.append((kinds.kind(kept[-1]), ""))
        days.append(day)
        progress(done + 1, len(deals))
    rows = np.arange(len(deals))
    mass = np.array([_number(entry.mass_kg) for entry in deals], np.float64)
    worth = np.array([_number(entry.value and entry.value[0]) for entry in deals], np.float64)
    currencies = ["", *sorted({entry.value[1] for entry in deals if entry.value is not None})]
    currency = np.array([currencies.index(entry.value[1]) if entry.value else 0 for entry in deals], np.int64)
    amounts = Amounts(mass, worth, currency, currencies)
    column = distinct("kind", rows, made) if deals else Column("kind", rows, ())
    licence: Column | None = None
    outside: tuple[Column, ...] = ()
    named = Counter[str]()
    if valid is not None and deals:
        names = [licence_number(entry.licence) for entry in deals]
        licence, outside = _licences(names, days, valid)
        named = Counter(name for name in names if name not in valid)
    cells = cells_of(column, amounts, outside) if deals else {}
    frame = moved_frame(
        sides, column, amounts, first=1, ids=[entry.id for entry in deals], on=[str(day or "") for day in days],
        licence=licence,
    )  # fmt: skip
    part, found = PartSums(cells, named, frame, frame.height), Found()
    found.add(part, most)
    return found, part


def _licences(
    names: Sequence[str], days: Sequence[Day | None], valid: Mapping[str, Validity]
) -> tuple[Column, tuple[Column, Column]]:
    """Returns the licence of each deal; and if it is in the table, with whether the deal leaves too early or late."""
    import numpy as np

    def column(name: str, values: Iterable[str]) -> Column:
        return distinct(name, np.arange(len(names)), [(value, "") for value in values])

    known = column("licence", (name if name in valid else "" for name in names))
    pairs = zip(names, days, strict=True)
    outside = column("outside", (outside_of(valid.get(name, (None, None)), day) for name, day in pairs))
    return column("licence", names), (known, outside)


def _number(value: object) -> float:
    return float("nan") if value is None else float(str(value))
