"""Licences held: general ones first, single ones oldest first; what is not used in time expires."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coercivity.permission.desk.cells import Cells, Floats, Indices
from coercivity.permission.desk.figures import MonthFigures


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """What was shipped under licences in a month.

    Attributes:
        licences_t: Single licences left by age, shape (ages, cells) [t].
        general_t: Shipped under general licences, shape (cells,) [t].
        used_t: Shipped under single licences, shape (cells,) [t].
        idle_t: Single licences that exporters do not use in the month, shape (cells,) [t].
    """

    licences_t: Floats
    general_t: Floats
    used_t: Floats
    idle_t: Floats


def general_of(cells: Cells, figures: MonthFigures) -> Floats:
    """Returns what may leave under general licences in a month, by cell [t].

    Source: equation 59 of docs/market.md.
    """
    most: Floats = figures.general * figures.usable * cells.orders_t
    return most


def used(cells: Cells, licences_t: Floats, figures: MonthFigures, shipped_t: Floats) -> Used:
    """Returns the use of licences by shipments: general ones first, then single ones, the oldest first.

    Countries of one bucket use theirs in proportion to what each can use.

    Args:
        cells: The cells.
        licences_t: Single licences by age, shape (ages, cells) [t].
        figures: The month.
        shipped_t: Shipments that needed a licence, shape (buckets,) [t].
    """
    general = _in_proportion(cells, general_of(cells, figures), shipped_t)
    rest = np.maximum(shipped_t - cells.by_bucket(general), 0.0)
    usable = licences_t * figures.usable
    held = usable.sum(axis=0)
    wanted = _in_proportion(cells, held, rest)
    left, missing = licences_t.copy(), wanted.copy()
    for age in range(licences_t.shape[0] - 1, -1, -1):
        now = np.minimum(usable[age], missing)
        left[age] -= now
        missing = missing - now
    return Used(np.maximum(left, 0.0), general, wanted, licences_t.sum(axis=0) - held)


def closed(licences_t: Floats, life: Indices) -> tuple[Floats, Floats]:
    """Returns the licences a month older, without those that have expired, and what expired by cell [t].

    Args:
        licences_t: Unused licences by age, shape (ages, cells) [t].
        life: Months for which a licence can be used, shape (cells,).
    """
    older = np.zeros_like(licences_t)
    older[1:] = licences_t[:-1]
    ages = np.arange(licences_t.shape[0])[:, None]
    over = ages >= life
    gone = np.where(over, older, 0.0).sum(axis=0) + licences_t[-1]
    return np.where(over, 0.0, older), gone


def _in_proportion(cells: Cells, held: Floats, wanted: Floats) -> Floats:
    """Returns what is used by cell when each bucket uses at most what its cells hold, in proportion to it."""
    whole = cells.by_bucket(held)
    share = np.divide(np.minimum(wanted, whole), whole, out=np.zeros_like(whole), where=whole > 0)
    part: Floats = held * share[cells.bucket_at]
    return part
