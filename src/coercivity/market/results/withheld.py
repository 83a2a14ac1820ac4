"""What waiting, refusals and halts keep from use, and the shadow value of a licence divided among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from coercivity.base.sums import total
from coercivity.market.results.rows import CAUSES, WAITING
from coercivity.permission.desk.cells import BucketName, Cells, Floats
from coercivity.permission.desk.month import TINY_FILES
from coercivity.permission.desk.state import DeskMonth, DeskState


class Withheld(NamedTuple):
    """Tonnes of a bucket that could be used if it were not for each cause.

    Attributes:
        waiting_t: In files that are pending and not late because of a halt [t].
        refusal_t: In files refused within the life of a licence and not filed again [t].
        halt_t: In files late because of a halt or slow-down, and in licences held but not used [t].
        preparing: Whether documents of a file are in preparation, also of one that is filed again.
    """

    waiting_t: float = 0.0
    refusal_t: float = 0.0
    halt_t: float = 0.0
    preparing: bool = False


NOTHING = Withheld()


def withheld(
    cells: Cells, size_t: Floats, desk: DeskMonth, before: DeskState, filed_t: Mapping[tuple[str, ...], float]
) -> dict[BucketName, Withheld]:
    """Returns what each cause keeps from use in a month, by bucket.

    Args:
        cells: The cells of the desk.
        size_t: Quantity of a file, by cell [t].
        desk: The month of the desk.
        before: The desk before the month.
        filed_t: Applications of the month, by bucket [t].
    """
    waiting = cells.by_bucket(np.maximum(desk.pending - desk.halted, 0.0) * size_t)
    refusal = cells.by_bucket(desk.barred * size_t)
    halt = cells.by_bucket(desk.halted * size_t + desk.idle_t)
    # What was due in this month came in; what comes in later is in preparation at its end.
    files = cells.by_bucket(before.preparing[1:].sum(axis=0) + before.again[1:].sum(axis=0))
    preparing = [files[at] > TINY_FILES or filed_t.get(name, 0.0) > 0 for at, name in enumerate(cells.buckets)]
    return {
        name: Withheld(float(waiting[at]), float(refusal[at]), float(halt[at]), bool(preparing[at]))
        for at, name in enumerate(cells.buckets)
    }


def divided(usd_per_kg: float, kept: Withheld) -> list[tuple[str, float]]:
    """Returns a shadow value by cause, in proportion to the tonnes that each keeps from use; the sum is exact.

    Where none keeps any, the cause is `waiting` if documents are in preparation, and otherwise empty.

    Args:
        usd_per_kg: The shadow value [USD/kg].
        kept: What each cause keeps from use.

    Source: equation 61 of docs/market.md.
    """
    tonnes = [(name, mass) for name, mass in zip(CAUSES, kept[:3], strict=True) if mass > 0]
    whole = total(mass for _, mass in tonnes)
    if not whole:
        return [(WAITING if kept.preparing else "", usd_per_kg)]
    found = [(name, usd_per_kg * mass / whole) for name, mass in tonnes[:-1]]
    return [*found, (tonnes[-1][0], usd_per_kg - total(usd for _, usd in found))]
