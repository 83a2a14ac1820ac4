"""What a cut cannot do without: rows that replace removed ones, and tables that must not become empty."""

from __future__ import annotations

from collections.abc import Container

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.cut.dating import HELD_KNOWN_ON, Dating
from coercivity.data.packs import Pack

CUT_ROW, CUT_EMPTY = "CUT-ROW", "CUT-EMPTY"
# Tables of the market data set without which there is no market.
NEEDED = ("base_balance", "base_flows", "base_year", "demand", "economics", "prices")


def replacement(pack: Pack, table: str, key: str, rows: Container[str]) -> str:
    """Returns the row that replaces one that a cut removed; the same key if it removed none.

    Args:
        pack: The cut pack.
        table: The table.
        key: Key of the row.
        rows: Keys of the rows that were not removed.

    Raises:
        CoercivityError: If it was removed, and no row that was known replaces it.
    """
    rule = pack.known_rule(table)
    for name in rule.instead.get(key, ()) if rule is not None else ():
        if name in rows:
            return name
    whole, found = pack.dated(table)
    dates = dict(zip(whole.text(whole.schema.key[0]), found, strict=True))
    if pack.known is None or key not in dates:
        return key
    what = f"row {table}:{key} was not known on {pack.known.isoformat()}, and no row replaces it"
    raise CoercivityError.of(CUT_ROW, what, where=f"{pack.name}/{table}.csv", next=_later(dates[key]))


def _later(dating: Dating) -> str:
    if dating.known_on is None or dating.known_on == HELD_KNOWN_ON:
        return "name a row in `instead` of its table in tables.yaml"
    return f"give {dating.known_on.isoformat()} or a later day, or name a row in `instead` of its table in tables.yaml"


def must_hold(pack: Pack, tables: tuple[str, ...] = NEEDED) -> None:
    """Checks that a cut leaves something of each table without which there is no market.

    Args:
        pack: The pack; one that is not cut holds everything.
        tables: Names of the tables.

    Raises:
        CoercivityError: With every table of which nothing was known, and the first day on which something is.
    """
    if pack.known is None:
        return
    faults = Faults()
    for name in tables:
        if name not in pack.schemas:
            continue
        found = pack.dated(name)[1]
        if not found or any(dating.known_on is None or dating.known(pack.known) for dating in found):
            continue
        first = min(dating.known_on or Day.max for dating in found)
        what = f"nothing of table {name} was known on {pack.known.isoformat()}"
        faults.add(CUT_EMPTY, what, where=f"{pack.name}/{name}.csv", next=f"give {first.isoformat()} or a later day")
    faults.raise_if_any()
