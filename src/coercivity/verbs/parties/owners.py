"""The owners that the user's ownership file states for screened parties, to be screened as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.base.days import Day
from coercivity.data.parties.ownership import UNKNOWN_OWNER, OwnershipGraph, Stake
from coercivity.intake.parties.names import fold
from coercivity.intake.parties.results import Asked
from coercivity.verbs.parties.names import NameRow

MOST_OWNERS = 200  # of one party, nearest first
_BETWEEN = "; "


def with_owners(
    rows: Sequence[NameRow], graph: OwnershipGraph | None, on: Day | None
) -> tuple[list[NameRow], tuple[str, ...]]:
    """Returns the rows with one for every owner of their parties after each, and a note on what was added.

    Owners of owners count too. A party is in the file if its name folds to the same letters; `coercivity ownership`
    applies the rule of each regime to the stakes.

    Args:
        rows: The names.
        graph: Who owns whom; None without a file.
        on: Date on which a stake must exist; None for any date.
    """
    if graph is None:
        return list(rows), ()
    owners = _Owners(graph, on)
    found, added = list[NameRow](), 0
    for row in rows:
        found.append(row)
        above = [] if row.fault is not None else list(owners.rows(row))
        found += above
        added += len(above)
    return found, ("1 owner added" if added == 1 else f"{added:,} owners added",) if added else ()


class _Owners:
    """The owners in an ownership file, by what they own."""

    def __init__(self, graph: OwnershipGraph, on: Day | None) -> None:
        self._names = graph.names
        self._countries: Mapping[str, str] = graph.countries
        self._above: dict[str, list[str]] = {}
        for stake in graph.stakes:
            if stake.owner != UNKNOWN_OWNER and stake.kind != "treasury" and _is_held(stake, on):
                self._above.setdefault(stake.owned, []).append(stake.owner)
        self._by_key: dict[str, str] = {}
        for entity in self._above:
            for name in (entity, *graph.names.get(entity, ())):
                self._by_key.setdefault(fold(name), entity)

    def rows(self, row: NameRow) -> Iterator[NameRow]:
        """Yields a row for each owner of a party, the nearest first."""
        entity = self._by_key.get(fold(row.asked.name))
        seen, level = {entity}, [entity] if entity is not None else []
        count = 0
        while level:
            level = [owner for one in level for owner in dict.fromkeys(self._above.get(one, ())) if owner not in seen]
            for owner in dict.fromkeys(level):
                seen.add(owner)
                count += 1
                if count > MOST_OWNERS:
                    return
                name = _BETWEEN.join(self._names.get(owner) or (owner,))
                asked = Asked(name, country=self._countries.get(owner, "").upper())
                yield NameRow(f"{row.place}, owner", row.id, "owner", asked)


def _is_held(stake: Stake, on: Day | None) -> bool:
    if on is None:
        return True
    return (stake.from_on is None or stake.from_on <= on) and (stake.to_on is None or on < stake.to_on)
