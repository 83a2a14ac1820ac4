"""Tables of the licensing desk: files and licences by queue, exports by country, what leaves China in all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA, MAGNETS
from coercivity.market.results.rows import ALL_ABROAD, CountryRow, OutRow, QueueRow
from coercivity.permission.desk.cells import Cells, Floats, Indices
from coercivity.permission.desk.state import DeskMonth

DAYS_A_MONTH = 365.25 / 12
# Fewer files or tonnes than this are rounding.
TINY = 1e-9
OUT_ELEMENTS = ("Dy", "Tb")
# What plants ask for has files and no tonnes.
WITHOUT_TONNES = ("technology", "service")
Places = Mapping[tuple[str, str], float]


def queue_rows(cells: Cells, span: Sequence[DeskMonth]) -> list[QueueRow]:
    """Returns each queue that ever had a file or a licence, by month.

    Args:
        cells: The cells of the desk.
        span: Months of the desk.
    """
    found: list[QueueRow] = []
    for at, queue in enumerate(cells.queues):
        here: Indices = np.flatnonzero(cells.queue_at == at).astype(np.int64)
        if not any(_had(month, here) for month in span):
            continue

        def series(of: Callable[[DeskMonth], Floats], here: Indices = here) -> list[float]:
            return [round_sig(float(of(month)[here].sum())) for month in span]

        def tonnes(of: Callable[[DeskMonth], Floats], here: Indices = here, form: str = queue.form) -> list[float]:
            return [0.0] * len(span) if form in WITHOUT_TONNES else series(of, here)

        found.append(
            {
                "form": queue.form,
                "country": queue.country,
                "user": queue.user,
                "new": series(lambda month: month.new),
                "again": series(lambda month: month.again),
                "returned": series(lambda month: month.returned),
                "taken": series(lambda month: month.taken),
                "granted": series(lambda month: month.granted),
                "refused": series(lambda month: month.refused),
                "pending": series(lambda month: month.pending),
                "waiting": series(lambda month: month.waiting),
                "halted": series(lambda month: month.halted),
                "decision_days": [_days(month, here) for month in span],
                "lead_months": [_lead(month, cells.orders_t, here) for month in span],
                "granted_t": tonnes(lambda month: month.granted_t),
                "general_t": tonnes(lambda month: month.general_t),
                "used_t": tonnes(lambda month: month.used_t),
                "idle_t": tonnes(lambda month: month.idle_t),
                "expired_t": tonnes(lambda month: month.expired_t),
                "licences_t": tonnes(lambda month: month.licences_t),
            }
        )
    return found


def _had(month: DeskMonth, here: Indices) -> bool:
    columns = (month.new, month.again, month.pending, month.granted, month.refused, month.licences_t)
    return any(float(column[here].sum()) > TINY for column in (*columns, month.general_t, month.used_t))


def _days(month: DeskMonth, here: Indices) -> float | None:
    """Returns the mean days from coming in to decision, or None if nothing was decided."""
    decided = float((month.granted + month.refused)[here].sum())
    if decided <= TINY:
        return None
    months = float(month.decided_months[here].sum()) / decided
    # Files decided in the month in which they came in: a difference of rounding.
    return round_sig(DAYS_A_MONTH * months) if months > TINY else 0.0


def _lead(month: DeskMonth, orders_t: Floats, here: Indices) -> float | None:
    """Returns the mean months until a file is taken up, weighted by usual shipments; None if one never is."""
    weights = orders_t[here]
    if not float(weights.sum()):
        weights = np.ones_like(weights)
    mean = float((month.lead_months[here] * weights).sum() / weights.sum())
    return round_sig(mean) if np.isfinite(mean) else None


def country_rows(cells: Cells, span: Sequence[DeskMonth], cleared: Sequence[Places]) -> list[CountryRow]:
    """Returns the exports from China by product and country of destination.

    Licensed shipments are counted where their licences were issued, others by the shares of the countries of a region.
    A region without a licence bucket counts as one country.

    Args:
        cells: The cells of the desk.
        span: Months of the desk.
        cleared: What clears customs in China in each month, by product and region [t].
    """
    shares = _members(cells)
    licensed: dict[tuple[str, str], list[float]] = {}
    free: dict[tuple[str, str], list[float]] = {}
    for n, (month, places) in enumerate(zip(span, cleared, strict=True)):
        for (good, country, _), mass in _licensed(cells, month).items():
            licensed.setdefault((good, country), [0.0] * len(span))[n] += mass
        needed = _by_region(cells, month)
        for (good, region), mass in places.items():
            rest = max(mass - needed.get((good, region), 0.0), 0.0)
            for country, share in shares.get(region, ((region, 1.0),)):
                free.setdefault((good, country), [0.0] * len(span))[n] += rest * share
    nothing = [0.0] * len(span)
    rows: list[CountryRow] = []
    for key in sorted(licensed.keys() | free.keys()):
        columns = licensed.get(key, nothing), free.get(key, nothing)
        if max(*columns[0], *columns[1], 0.0) > TINY:
            good, country = key
            held, rest_t = ([round_sig(mass) for mass in column] for column in columns)
            rows.append({"good": good, "country": country, "licensed_t": held, "free_t": rest_t})
    return rows


def _members(cells: Cells) -> dict[str, tuple[tuple[str, float], ...]]:
    """Returns the countries of each region with their shares, which all buckets of the region have in common."""
    found: dict[str, dict[str, tuple[tuple[str, float], ...]]] = {}
    for cell, share in zip(cells.cells, cells.share.tolist(), strict=True):
        held = found.setdefault(cell.bucket[2], {})
        name = "/".join(cell.bucket)
        held[name] = (*held.get(name, ()), (cell.queue.country, share))
    return {region: next(iter(held.values())) for region, held in found.items()}


def _licensed(cells: Cells, month: DeskMonth) -> dict[tuple[str, str, str], float]:
    """Returns what left China under a licence in a month, by product, country and region [t]."""
    found: dict[tuple[str, str, str], float] = {}
    for cell, mass in zip(cells.cells, (month.general_t + month.used_t).tolist(), strict=True):
        good, origin, region, _ = cell.bucket
        if origin == CHINA and mass and cell.queue.form not in WITHOUT_TONNES:
            key = (good, cell.queue.country, region)
            found[key] = found.get(key, 0.0) + mass
    return found


def _by_region(cells: Cells, month: DeskMonth) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for (good, _, region), mass in _licensed(cells, month).items():
        found[good, region] = found.get((good, region), 0.0) + mass
    return found


def out_rows(
    cells: Cells, span: Sequence[DeskMonth], cleared: Sequence[Places], contents: Mapping[str, Mapping[str, float]]
) -> list[OutRow]:
    """Returns what clears customs out of China by region and in all: dysprosium, terbium and magnets.

    Magnets are also counted apart by whether they left under a licence.

    Args:
        cells: The cells of the desk.
        span: Months of the desk.
        cleared: What clears customs in China in each month, by product and region [t].
        contents: Mass share of each element, by product.
    """
    months = [(places, _by_region(cells, month)) for month, places in zip(span, cleared, strict=True)]
    counted: list[tuple[str, Callable[[Places, Places, str], float]]] = [
        *((element, _element(element, contents)) for element in OUT_ELEMENTS),
        ("magnets", lambda places, _, region: total(places.get((good, region), 0.0) for good in MAGNETS)),
        ("magnets_controlled", lambda _, held, region: total(held.get((good, region), 0.0) for good in MAGNETS)),
        ("magnets_not_controlled", _free_magnets),
    ]
    found: list[OutRow] = []
    for what, of in counted:
        each = {region: [of(*month, region) for month in months] for region in ABROAD}
        whole = [total(each[region][n] for region in ABROAD) for n in range(len(months))]
        found += [_out(what, region, masses) for region, masses in each.items() if max(masses, default=0.0) > TINY]
        found.append(_out(what, ALL_ABROAD, whole))
    return found


def _element(element: str, contents: Mapping[str, Mapping[str, float]]) -> Callable[[Places, Places, str], float]:
    shares = {good: held[element] for good, held in sorted(contents.items()) if element in held}

    def mass(places: Places, _: Places, region: str) -> float:
        return total(share * places.get((good, region), 0.0) for good, share in shares.items())

    return mass


def _free_magnets(places: Places, held: Places, region: str) -> float:
    return total(max(places.get((good, region), 0.0) - held.get((good, region), 0.0), 0.0) for good in MAGNETS)


def _out(what: str, region: str, masses: Iterable[float]) -> OutRow:
    return {"what": what, "to_region": region, "mass_t": [round_sig(mass) for mass in masses]}
