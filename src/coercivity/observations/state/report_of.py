"""The report data of an estimated state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month, month_text
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.run.observed import ALL_ABROAD, ObservedAsked
from coercivity.observations.rows import Observation
from coercivity.observations.state.estimate import Believed
from coercivity.observations.state.observed_rows import ObservedFlow
from coercivity.observations.state.report import BelievedRow, ObservedReport, SeriesRow, SourceRow
from coercivity.observations.state.state import StateEstimate

RANGE_DIGITS = 4


def observed_report(estimate: StateEstimate, asked: ObservedAsked) -> ObservedReport:
    """Returns the report data of an estimate.

    Args:
        estimate: The estimate.
        asked: The observations it is made from.
    """
    believed = estimate.believed
    flows = {flow.row.id: flow for flow in estimate.used}
    return {
        "known": asked.known.isoformat() if asked.known is not None else "",
        "files": [Path(name).name for name in asked.files],
        "months": list(map(month_text, estimate.months)),
        "observed": list(map(month_text, estimate.observed_months)),
        "starts": month_text(estimate.months[-1] + 1),
        "groups": list(estimate.groups),
        "series": [row for group in estimate.groups for row in _series(estimate, group)],
        "rows": [_row(flows[row.id], held) for row, held in believed],
        "sources": _sources(believed),
        "left_out": [{"id": row.id, "series": row.series, "why": why} for row, why in estimate.left_out],
        "quotes": [
            {"good": good, "region": region, "month": month_text(month), "usd_per_kg": round_sig(price, RANGE_DIGITS)}
            for month, quotes in estimate.rows.quotes.items()
            if month in estimate.months
            for (good, region), price in sorted(quotes.items())
        ],
        "quote_rows": sorted(row.id for row in estimate.rows.quoted),
    }


def _series(estimate: StateEstimate, group: str) -> list[SeriesRow]:
    regions = estimate.regions(group)
    abroad = [region for region in regions if region != CHINA]
    found = []
    for what in ("shipped", "stock", "transit", "held", "used", "made"):
        places = [ALL_ABROAD, *abroad]
        if what in ("stock", "used", "made"):
            places = [CHINA, *places]
        for region in places:
            row = _one(estimate, what, group, region)
            if row is not None:
                found.append(row)
    return found


def _one(estimate: StateEstimate, what: str, group: str, region: str) -> SeriesRow | None:
    """Returns a flow or stock by month; None if there is none in any month."""
    held = estimate.estimate(group)
    forms = [estimate.form(what, group, region, month) for month in estimate.months]
    if not any(forms):
        return None
    ranges = [held.range(form) for form in forms]
    return {
        "what": what,
        "group": group,
        "region": region,
        "estimate": [round_sig(held.of(form), RANGE_DIGITS) for form in forms],
        "low": [round_sig(low, RANGE_DIGITS) for low, _ in ranges],
        "high": [round_sig(high, RANGE_DIGITS) for _, high in ranges],
        "own": [round_sig(held.own(form), RANGE_DIGITS) for form in forms],
        "observed": [_observed(estimate, what, group, region, month) for month in estimate.months],
    }


def _observed(estimate: StateEstimate, what: str, group: str, region: str, month: Month) -> float | None:
    """Returns what was observed of a flow in a month, where a row counts it and nothing else."""
    if what != "shipped":
        return None
    values = [
        flow.row.value
        for flow in estimate.used
        if flow.names == ((group, region),) and flow.months == (month,) and not flow.part
    ]
    return round_sig(total(values) / len(values), RANGE_DIGITS) if values else None


def _row(flow: ObservedFlow, held: Believed) -> BelievedRow:
    row = flow.row
    return {
        "id": row.id,
        "source": row.source_id,
        "groups": [group for group, _ in flow.names],
        "region": flow.names[0][1],
        "country": row.partner if flow.part else "",
        "first": row.first_on.isoformat()[:7],
        "last": row.last_on.isoformat()[:7],
        "published": row.known_on.isoformat(),
        "value_t": round_sig(held.value, RANGE_DIGITS),
        "estimate_t": round_sig(held.estimate, RANGE_DIGITS),
        "off": round_sig(held.off, 2),
        "share": round_sig(held.share, 2),
    }


def _sources(believed: Sequence[tuple[Observation, Believed]]) -> list[SourceRow]:
    by_source: dict[str, list[Believed]] = {}
    for row, held in believed:
        by_source.setdefault(row.source_id, []).append(held)
    return [
        {
            "source": source,
            "rows": len(rows),
            "share": round_sig(total(row.share for row in rows) / len(rows), 2),
            "off": round_sig(math.sqrt(total(row.off**2 for row in rows) / len(rows)), 2),
        }
        for source, rows in sorted(by_source.items())
    ]
