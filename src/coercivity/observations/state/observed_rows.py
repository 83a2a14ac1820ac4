"""Observed rows as sums of unknown flows, and quotes by month; with the reason where a row is neither."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coercivity.base.days import ONE_DAY
from coercivity.base.months import Month, first_of, month_of
from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.run.observed import ALL_ABROAD, Place
from coercivity.observations.error_model import measurement_sd
from coercivity.observations.lines import PACK
from coercivity.observations.rows import Observation
from coercivity.observations.series import MEAN, SUM, Match, match_of, matched
from coercivity.observations.state.programme import Form, Measured, Programme, Spread, Unknown

PART_OF_REGION = "exports_part_region"
TRADE, PRICE = "trade", "price"
QUOTES = ("price_home", "price_abroad")
# An observed figure is never better known than this share of the model's own.
LEAST_SHARE = 0.01
REPEATED, OUTSIDE, NOT_WHOLE = "repeated", "outside", "not_whole"
OTHER, NO_FLOW = "other", "no_flow"


@dataclass(frozen=True, slots=True)
class ObservedFlow:
    """An observed row that says something of flows.

    Attributes:
        row: The row.
        names: Groups of products with a region, which are added.
        months: The months of its period.
        part: Whether it counts a country within the region.
        least: Smallest error [t].
    """

    row: Observation
    names: tuple[Place, ...]
    months: tuple[Month, ...]
    part: bool
    least: float

    @property
    def groups(self) -> frozenset[str]:
        """Groups of products."""
        return frozenset(group for group, _ in self.names)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Observed rows by what the estimate takes from them.

    Attributes:
        flows: Rows of flows.
        quotes: Quotes by month and by product and region, mean of the rows of a month [USD/kg].
        quoted: Rows behind the quotes.
        left_out: Rows of flows that are not used, with the reason as a key of words.
    """

    flows: tuple[ObservedFlow, ...]
    quotes: Mapping[Month, Mapping[Place, float]]
    quoted: tuple[Observation, ...]
    left_out: tuple[tuple[Observation, str], ...]


@lru_cache(maxsize=1)
def spreads() -> Mapping[str, Spread]:
    """Returns how far each kind of flow may be from the model's own, as in the pack."""
    table = open_pack(PACK).table("state_priors")
    columns = (table.text(name) for name in ("kind", "level_sd", "month_sd", "least_share"))
    return {kind: Spread(*map(float, each)) for kind, *each in zip(*columns, strict=True)}


def sorted_rows(rows: Sequence[Observation], begin: Month, groups: Mapping[str, tuple[str, ...]]) -> Sorted:
    """Returns what the rows known on a day say of flows and quotes from a first month on.

    Args:
        rows: The rows.
        begin: First month of the model.
        groups: Products of each group.
    """
    flows, left_out = list[ObservedFlow](), list[tuple[Observation, str]]()
    since = [row for row in rows if month_of(row.last_on) >= begin]
    for row in since:
        if row.kind != TRADE:
            continue
        match = match_of(replace(row, value=1.0) if row.value == 0.0 else row)  # nothing exported is a figure too
        if not isinstance(match, Match) or match.block not in ("out", "shipped") or match.how != SUM:
            continue
        months = range(month_of(row.first_on), month_of(row.last_on) + 1)
        names = _names(match, groups)
        if names is None:
            left_out.append((row, OTHER))
        elif row.first_on.day != 1 or row.last_on != first_of(months[-1] + 1) - ONE_DAY:
            left_out.append((row, NOT_WHOLE))
        elif months[0] < begin:
            left_out.append((row, OUTSIDE))
        else:
            flows.append(ObservedFlow(row, names, tuple(months), match.kind == PART_OF_REGION, match.least))
    repeated = [flow for flow in flows if _repeats(flow, flows)]
    left_out += [(flow.row, REPEATED) for flow in repeated]
    kept = tuple(flow for flow in flows if flow not in repeated)
    left_out.sort(key=lambda each: each[0].id)
    return Sorted(kept, *_quotes([row for row in since if row.kind == PRICE]), tuple(left_out))


def _names(match: Match, groups: Mapping[str, tuple[str, ...]]) -> tuple[Place, ...] | None:
    """Returns the groups and regions that a row adds up; None if it counts other products."""
    found = []
    alone = {names[0]: group for group, names in groups.items() if len(names) == 1}
    for name in match.names:
        what, _, region = name.partition(":")
        group = alone.get(what) if match.block == "shipped" else what if what in groups else None
        if group is None:
            return None
        found.append((group, region))
    return tuple(found)


def _repeats(flow: ObservedFlow, others: Iterable[ObservedFlow]) -> bool:
    """Returns whether shorter rows of the same series cover all months of a row."""
    alike = [
        other
        for other in others
        if other.names == flow.names
        and (other.row.partner, other.part) == (flow.row.partner, flow.part)
        and set(other.months) < set(flow.months)
    ]
    return {month for other in alike for month in other.months} == set(flow.months)


def _quotes(
    rows: Sequence[Observation],
) -> tuple[dict[Month, dict[Place, float]], tuple[Observation, ...]]:
    found: dict[Month, dict[Place, list[float]]] = {}
    behind = []
    for row, match in matched(rows):
        if not isinstance(match, Match) or match.block != "quote" or match.how != MEAN or match.kind not in QUOTES:
            continue
        month = month_of(row.last_on)
        if row.freq not in ("day", "month") or len(match.names) != 1:
            continue
        name, _, region = match.names[0].partition(":")
        found.setdefault(month, {}).setdefault((name, region), []).append(row.value / match.scale)
        behind.append(row)
    means = {m: {place: total(each) / len(each) for place, each in held.items()} for m, held in sorted(found.items())}
    return means, tuple(behind)


def add_parts(programme: Programme, flows: Sequence[ObservedFlow]) -> None:
    """Adds the rest of a region over a country in it as unknown, one for each series of such rows.

    Args:
        programme: The programme.
        flows: Observed rows of its groups.
    """
    spread = spreads()["part"]
    for flow in flows:
        unknown = part_of(flow)
        if flow.part and unknown not in programme.usual:
            programme.add(unknown, 1.0, 1.0)
            programme.beliefs.append(({unknown: 1.0}, 1.0, spread.level))


def part_of(flow: ObservedFlow) -> Unknown:
    """Returns the unknown rest of a region over the country that a row counts."""
    return ("part", *(word for name in flow.names for word in name), flow.row.partner)


def measured(programme: Programme, flow: ObservedFlow) -> Measured | None:
    """Returns a row as a sum of unknowns with its error; None if none of its flows exists in the model.

    A country is its region less the rest, which is a share of the country: the figure of a row with a part is the
    region less the observed value times the rest over the country.

    Args:
        programme: The programme.
        flow: The row.

    Source: equation 112 of docs/market.md.
    """
    form: dict[Unknown, float] = dict(exports_form(programme, flow.names, flow.months))
    value = flow.row.value
    if not form:
        return None
    own = total(programme.usual[name] for name in form)
    error = measurement_sd(flow.row) * value
    if flow.part:
        form[part_of(flow)] = -value
        error = math.hypot(error, spreads()["part"].month * value * (1.0 + programme.usual[part_of(flow)]))
    return Measured(flow.row.id, form, value, max(error, LEAST_SHARE * own, flow.least))


def exports_form(programme: Programme, names: Iterable[Place], months: Iterable[Month]) -> Form:
    """Returns exports from China of groups to regions over months as a sum of unknowns.

    Args:
        programme: The programme.
        names: Groups with a region, or with `XCN` for all outside China.
        months: The months.
    """
    found: dict[Unknown, float] = {}
    wanted = {(group, region, str(month)) for group, region in names for month in months}
    for unknown in programme.usual:
        if unknown[0] == "shipped" and unknown[2] == CHINA:
            _, group, _, region, month = unknown
            if (group, region, month) in wanted or (group, ALL_ABROAD, month) in wanted:
                found[unknown] = 1.0
    return found
