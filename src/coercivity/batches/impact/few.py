"""Deals of a case folder, a YAML file or earlier results, judged one by one under the rulebooks of a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.batches.impact.judging import draft_ruling
from coercivity.batches.impact.kinds import Kinds
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
    valid_until: Mapping[str, Day | None] | None = None,
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
        valid_until: Last day of each licence, None if it is not known; None without a table of licences.

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
    late: tuple[Column, ...] = ()
    named = Counter[str]()
    if valid_until is not None and deals:
        licence, late = _licences(deals, days, valid_until)
        named = Counter(entry.licence for entry in deals if entry.licence not in valid_until)
    cells = cells_of(column, amounts, late) if deals else {}
    frame = moved_frame(
        sides, column, amounts, first=1, ids=[entry.id for entry in deals], on=[str(day or "") for day in days],
        licence=licence,
    )  # fmt: skip
    part, found = PartSums(cells, named, frame, frame.height), Found()
    found.add(part, most)
    return found, part


def _licences(
    deals: Sequence[NamedDeal], days: Sequence[Day | None], valid_until: Mapping[str, Day | None]
) -> tuple[Column, tuple[Column, Column]]:
    """Returns the licence of each deal; and the same, if it is in the table, with whether the deal leaves too late."""
    import numpy as np

    rows, names = np.arange(len(deals)), [entry.licence for entry in deals]
    lasts = [valid_until.get(name) for name in names]
    late = [(last is not None and day is not None and day > last, "") for last, day in zip(lasts, days, strict=True)]
    known = [(name if name in valid_until else "", "") for name in names]
    told = distinct("licence", rows, [(name, "") for name in names])
    return told, (distinct("licence", rows, known), distinct("late", rows, late))


def _number(value: object) -> float:
    return float("nan") if value is None else float(str(value))
