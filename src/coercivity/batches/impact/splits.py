"""The sums of a table, split as the impact of a draft tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.batches.impact.kinds import Reach
from coercivity.batches.impact.licence_model import LicenceImpact, Licences
from coercivity.batches.impact.licences import EARLY, LATE, LicenceRow, LicenceTable
from coercivity.batches.impact.model import ClauseMove, ExemptionImpact, Missing, Move, Sums
from coercivity.batches.impact.run import Found
from coercivity.batches.impact.sides import Exemption
from coercivity.batches.impact.sums import Key, Ledger

LICENCE, STOP, UNKNOWN = "LICENCE", "STOP", "UNKNOWN"


def moves_of(ledger: Ledger) -> tuple[Move, ...]:
    """Returns the deals by result before and after: those that move first, most deals first."""
    found = ledger.split(lambda key: [(key.kind.before, key.kind.after)])
    moves = [Move(before, after, sums) for (before, after), sums in found.items()]
    return tuple(sorted(moves, key=lambda one: (not one.moved, -one.sums.deals, one.before, one.after)))


def clause_moves_of(ledger: Ledger, instruments: Mapping[str, str]) -> tuple[ClauseMove, ...]:
    """Returns the deals that move, by clause; most deals first.

    Args:
        ledger: The sums.
        instruments: Instrument of each clause.
    """
    found = ledger.split(lambda key: (key.kind.clauses or ("",)) if key.kind.moved else ())
    moves = [ClauseMove(name, instruments.get(name, ""), sums) for name, sums in found.items()]
    return tuple(sorted(moves, key=lambda one: (-one.sums.deals, one.clause)))


def exemption_impacts_of(ledger: Ledger, exemptions: Sequence[Exemption]) -> tuple[ExemptionImpact, ...]:
    """Returns what each exemption is worth, in the order of the draft."""
    return tuple(_exemption(ledger, place, one) for place, one in enumerate(exemptions))


def _exemption(ledger: Ledger, place: int, exemption: Exemption) -> ExemptionImpact:
    def reach(key: Key) -> Reach:
        return key.kind.reaches[place][0] if key.kind.reaches else Reach.NOTHING

    def missing(key: Key) -> Iterator[tuple[str, ...]]:
        if reach(key) is Reach.MAY_KEEP:
            yield key.kind.reaches[place][1]

    by_facts = [Missing(facts, sums) for facts, sums in ledger.split(missing).items()]
    each = ledger.split(lambda key: [reach(key)])
    return ExemptionImpact(
        exemption.clause,
        exemption.instrument,
        exemption.effect,
        str(exemption.begins or ""),
        kept=each.get(Reach.KEPT, Sums()),
        may_keep=each.get(Reach.MAY_KEEP, Sums()),
        may_keep_by=tuple(sorted(by_facts, key=lambda one: (-one.sums.deals, one.facts))),
        rest=each.get(Reach.REST, Sums()),
        moves=each.get(Reach.MOVES, Sums()),
    )


def licences_of(found: Found, table: LicenceTable) -> Licences:
    """Returns what the draft does to the licences of a table.

    Args:
        found: What was found in the table of deals.
        table: The table of licences.
    """
    own: dict[str, Ledger] = {}
    for key, cells in found.ledger.cells.items():
        if key.licence:
            own.setdefault(key.licence, Ledger()).cells[key] = cells
    used = [_licence(own[row.licence], row) for row in table.rows if row.licence in own]
    lacking = {name: count for name, count in sorted(found.named.items()) if name}
    return Licences(
        source=table.name,
        licences=tuple(sorted(used, key=lambda one: (not one.moved.deals, -one.moved.deals, one.licence))),
        not_in_table=lacking,
        not_in_table_more=found.more,
        without_deal=tuple(row.licence for row in table.rows if row.licence not in own),
        without_licence=found.named.get("", 0),
    )


def _licence(own: Ledger, row: LicenceRow) -> LicenceImpact:
    before = own.sums(lambda key: key.kind.before.outcome == LICENCE)
    after = own.sums(lambda key: key.kind.after.outcome == LICENCE)

    def becomes(outcome: str) -> Sums:
        return own.sums(lambda key: key.kind.after.outcome == outcome != key.kind.before.outcome)

    return LicenceImpact(
        licence=row.licence,
        valid_until=str(row.valid_until or ""),
        remaining_kg=row.remaining_kg,
        deals=own.sums(lambda key: True),
        moved=own.sums(lambda key: key.kind.moved),
        needed_before=before,
        needed_after=after,
        stopped=becomes(STOP),
        opened=becomes(UNKNOWN),
        late=own.sums(lambda key: key.outside == LATE and key.kind.after.outcome == LICENCE),
        enough_before=_enough(row.remaining_kg, before),
        enough_after=_enough(row.remaining_kg, after),
        valid_from=str(row.valid_from or ""),
        early=own.sums(lambda key: key.outside == EARLY and key.kind.after.outcome == LICENCE),
    )


def _enough(remaining_kg: float | None, needed: Sums) -> bool | None:
    """Returns whether a remaining mass covers deals; None if the deals whose mass is not known decide it."""
    if remaining_kg is None:
        return None
    if needed.mass_kg > remaining_kg * (1 + 1e-12):
        return False
    return None if needed.without_mass else True
