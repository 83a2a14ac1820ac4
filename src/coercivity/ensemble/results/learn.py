"""What to learn next: the assumption whose measurement would narrow a figure most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from coercivity.data.packs import open_pack
from coercivity.ensemble.results.rows import CauseRow
from coercivity.ensemble.rows import GRANTED, PACKS

# What can be looked up or measured; a measured or reported row is known as well as its source knows it.
OPEN = frozenset({"assumed", "estimated"})
MOST = 3
# The share granted follows from a prior and decided applications, in these rows of the practice pack.
_GRANTED_FROM = "desk_figures:LD001"


def learn_next(causes: Sequence[CauseRow]) -> list[str]:
    """Returns the rows whose learning would reduce the variance of a figure most, the first first.

    Once a row is known, the variance falls on average by the share that the row explains alone.

    Args:
        causes: The rows that exceed noise, with their quality.

    Source: equation 91 of docs/market.md.
    """
    known = [cause for cause in causes if cause["quality"] in OPEN]
    ordered = sorted(known, key=lambda cause: (-cause["index"], cause["row"]))
    return [cause["row"] for cause in ordered[:MOST]]


@lru_cache(maxsize=4096)
def provenance(name: str) -> tuple[str, str]:
    """Returns what the pack says of a row: its quality, and its source in words.

    Args:
        name: Table and key, `table:id`.
    """
    table_name, _, key = (_GRANTED_FROM if name == GRANTED else name).partition(":")
    for pack in (open_pack(each) for each in PACKS):
        if table_name not in pack.schemas:
            continue
        columns, table = pack.schemas[table_name].names, pack.table(table_name)
        for texts in table.texts:
            row = dict(zip(columns, texts, strict=True))
            if row[pack.schemas[table_name].key[0]] == key:
                reason = row.get("reason") or row.get("note") or ""
                return row.get("quality") or "", ": ".join(part for part in (row.get("source_id"), reason) if part)
    return "", ""
