"""One draw: the figures of the packs at a point of the design, and the market and the licensing desk that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from math import log

from coercivity.base.canonical import round_sig
from coercivity.base.days import Day
from coercivity.base.months import Month, first_of
from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.ensemble.cut_rows import cut_rows
from coercivity.ensemble.decisions import DrawnDecisions
from coercivity.ensemble.design import coordinates, uniform
from coercivity.ensemble.distributions import LEAST_SHARE, figure, granted_share
from coercivity.ensemble.parameters import ParameterDraws
from coercivity.ensemble.rows import GRANTED, GRANTED_DIMENSION, RangedRow, by_table, drawn_rows
from coercivity.market.base_year.recipes import model_recipes
from coercivity.market.base_year.reconcile import reconcile
from coercivity.market.inputs.base_flows import BaseFlows, load_base
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.drawn import Drawn
from coercivity.market.run.world import World, load_world
from coercivity.practice.desk import DeskPractice, PracticeEvent, Scoped
from coercivity.practice.desk_tables import load_desk

MONTH_DAYS = 365.25 / 12


def point_of(scramble: int, point: int) -> dict[str, float]:
    """Returns the coordinates of a point by row, that of the share granted among them.

    Rows that follow another one are not among them.

    Args:
        scramble: Number of the scramble.
        point: Number of the point.
    """
    dimensions = {row.name: row.dimension for row in drawn_rows() if row.dimension is not None}
    return coordinates(scramble, point, {**dimensions, GRANTED: GRANTED_DIMENSION})


def figures_at(place: Mapping[str, float], known: Day | None = None) -> dict[str, float]:
    """Returns the drawn figures at a point, by row [unit of the row].

    Figures that rise together share a coordinate; shares of a whole are scaled so that they add up to it.

    Args:
        place: Coordinates by row.
        known: Information cut-off; rows that were not known by then are not drawn, those that replace them are.

    Source: equation 88 of docs/market.md.
    """
    rows = drawn_rows() if known is None else cut_rows(known)
    found = {row.name: figure(row, place[row.leader or row.name]) for row in rows}
    parts: dict[str, list[RangedRow]] = {}
    for row in rows:
        if row.adds_up:
            parts.setdefault(row.adds_up, []).append(row)
    for each in parts.values():
        scale = total(row.value for row in each) / total(found[row.name] for row in each)
        found |= {row.name: round_sig(scale * found[row.name]) for row in each}
    return found


def drawn_at(
    scramble: int, point: int, first: Month, known: Day | None = None, parameters: ParameterDraws | None = None
) -> Drawn:
    """Returns what a draw puts in place of the usual figures.

    Args:
        scramble: Number of the scramble.
        point: Number of the point.
        first: First drawn month.
        known: Information cut-off of the run; None for all rows.
        parameters: Values of some rows by point, in place of what the design gives for them; all else stays.

    Raises:
        CoercivityError: If it has fewer points.
    """
    place = point_of(scramble, point)
    values = figures_at(place, known) | (parameters.at(point) if parameters is not None else {})
    key = (str(scramble), str(point))
    return Drawn(
        world=lru_cache(maxsize=4)(partial(_world, values, known)),
        practice=partial(practice_at, values, first, key, known=known),
        share_of=partial(granted_share, coordinate=place[GRANTED]),
        decisions=DrawnDecisions(scramble, point),
    )


def _world(values: Mapping[str, float], known: Day | None, qualified: bool, recycling: bool) -> World:
    return world_at(values, qualified=qualified, recycling=recycling, known=known)


def world_at(values: Mapping[str, float], *, qualified: bool, recycling: bool, known: Day | None = None) -> World:
    """Returns the market of the base year with drawn figures, its flows balanced again.

    Args:
        values: Figures by row; others are as in the packs.
        qualified: Whether other designs of magnet uses must be qualified first.
        recycling: Whether magnets at the end of their life are recycled.
        known: Information cut-off; None for all rows.

    Raises:
        CoercivityError: If the balances cannot be closed, or the model cannot do without rows that were not known.

    Source: equations 2 and 88 of docs/market.md.
    """
    usual, tables = _usual(known), by_table(values)
    ours = {name: each for name, each in tables.items() if name in usual.pack.schemas}
    inside = {name: value for name, value in values.items() if name.partition(":")[0] in ours}
    figures = usual.with_values(inside)
    base = _balanced(figures, ours)
    return load_world(qualified=qualified, recycling=recycling, figures=figures, base=base)


@lru_cache(maxsize=4)
def _usual(known: Day | None) -> Figures:
    """Returns the rows of the market data set, read once for all draws."""
    return Figures(open_pack("world", known))


def _balanced(figures: Figures, values: Mapping[str, Mapping[str, float]]) -> BaseFlows:
    """Returns the balanced base year of drawn figures, with the flows of the usual one."""
    pack, usual = figures.pack, load_base(figures.pack.known)
    tables = dict(pack.tables)
    for name, each in values.items():
        tables[name] = pack.tables[name].with_values(each)
    done = reconcile(tables, model_recipes(Coefficients(figures.apart()), tables))
    flows = {
        key: max(done.flows.get(key, 0.0), LEAST_SHARE * mass) if mass > 0.0 else 0.0
        for key, mass in usual.flows.items()
    }
    return BaseFlows(flows, usual.balance)


def practice_at(
    values: Mapping[str, float],
    first: Month,
    key: tuple[str, str],
    practice: DeskPractice,
    known: Day | None = None,
) -> DeskPractice:
    """Returns the rows of practice with drawn values; a halt or slow-down of the pack without a known end gets one.

    What a scenario states is not drawn: its values stay, and an event of it without an end goes on.

    Args:
        values: Figures by row.
        first: First drawn month.
        key: Scramble and point.
        practice: The rows, after the changes of the scenario.
        known: Information cut-off with which they were read; None for all rows.

    Source: equations 59 and 88 of docs/market.md.
    """
    packed = load_desk(known=known)
    listed: list[Scoped] = [*packed.rows, *packed.events, *packed.general, *packed.holds]
    usual = {row.id: row for row in listed}
    drawn = by_table(values)

    def share(table: str, row: object, name: str, now: float) -> float:
        return drawn.get(table, {}).get(name, now) if usual.get(name) is row else now

    rows = tuple(replace(row, value=share("desk_figures", row, row.id, row.value)) for row in practice.rows)
    lasting = replace(practice, rows=rows)
    return replace(
        lasting,
        events=tuple(
            replace(event, share=share("practice_events", event, event.id, event.share), ends_on=end)
            for event in practice.events
            for end in [_end(lasting, first, key, event) if usual.get(event.id) is event else event.ends_on]
        ),
        general=tuple(
            replace(row, share=share("general_licences", row, row.id, row.share)) for row in practice.general
        ),
        holds=tuple(replace(row, share=share("customs_holds", row, row.id, row.share)) for row in practice.holds),
    )


def _end(practice: DeskPractice, first: Month, key: tuple[str, str], event: PracticeEvent) -> Day:
    """Returns the last day of an event; one without a known end goes on for an exponential time, in drawn months."""
    if event.ends_on is not None:
        return event.ends_on
    begin = max(first_of(first), event.begins_on)
    expected = practice.value("halt_expected_months", "magnet", "JP", "civil", begin)
    number = float(uniform(1, "event", *key, event.id)[0])
    return Day.fromordinal(begin.toordinal() + round(-log(1.0 - number) * expected * MONTH_DAYS))
