"""Reads the licensing and penalties tables strictly, with unique ids and resolved references."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from coercivity.base.errors import Faults, nearest
from coercivity.data.schema import parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.rules.rulebook import Rulebook

TableT = TypeVar("TableT", bound=BaseModel)
Check = Callable[[Rulebook, TableT, str, Faults], None]


def read_table(model: type[TableT], path: Path, book: Rulebook, check: Check[TableT]) -> TableT:
    """Returns a table of the law pack.

    Args:
        model: Its schema.
        path: Its file.
        book: The rulebook the table refers to.
        check: Adds every fault beyond the schema, under the name of the file.

    Raises:
        CoercivityError: With all faults of the file.
    """
    faults = Faults()
    table = parse_as(model, load_file(path), name=path.name, faults=faults)
    if table is not None:
        check(book, table, path.name, faults)
    faults.raise_if_any()
    assert table is not None
    return table


def check_reference(entry: str, pool: Collection[str], *, where: str, faults: Faults) -> None:
    """Adds a fault if a name is not in a pool."""
    if entry not in pool:
        faults.add("PACK-REF", f"{entry!r} not found", where=where, nearest=nearest(entry, pool))


def check_ids(ids: Iterable[str], *, name: str, faults: Faults) -> None:
    """Adds a fault for every duplicate id."""
    held = list(ids)
    for entry in sorted({entry for entry in held if held.count(entry) > 1}):
        faults.add("PACK-ID", f"duplicate id {entry!r}", where=name)
