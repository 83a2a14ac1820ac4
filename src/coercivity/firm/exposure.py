"""The cost of each clause to a company: consumption lost while the supply flows under it stop, and how soon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.amounts import parse_amount
from coercivity.firm.cover import Arrival, lost_kg, stop_day
from coercivity.firm.draws import quantile
from coercivity.firm.firmfile import Firm, kg_of
from coercivity.firm.flows import FlowView, after_cut
from coercivity.firm.usedays import UseDays

MIDDLE = 50
LONGEST_CUT_DAYS = 365


@dataclass(frozen=True, slots=True)
class ClauseCut:
    """The cost of a clause to a company in normal operation, if every flow under it stops for the licence time.

    Attributes:
        flows: Flows under the clause.
        restored_on: By flow, day of its first lot under a new licence (median); None if the
            flow does not return within the days counted.
        counted_until: Last day on which a loss is counted.
        stop_on: By part, first day whose consumption is not met if the flows stay cut; None if there is none.
        lost_kg: By part, consumption lost up to `counted_until` [kg].
        impact: Loss at the worth of each part, in the firm's currency.
        index: Impact over the largest impact of all clauses; 0 where none has any.
    """

    clause: str
    flows: tuple[str, ...]
    restored_on: Mapping[str, Day | None]
    counted_until: Day
    stop_on: Mapping[str, Day | None]
    lost_kg: Mapping[str, Fraction]
    impact: Fraction
    index: Fraction


def cut_clauses(
    firm: Firm,
    flows: tuple[FlowView, ...],
    stocks: Mapping[str, tuple[Fraction, Fraction]],
    days: UseDays,
    on: Day,
) -> tuple[ClauseCut, ...]:
    """Returns the loss by clause, the largest first.

    Args:
        firm: The company.
        flows: Its flows.
        stocks: Usable stock and consumption per day of consumption, by part [kg].
        days: The days of consumption.
        on: Day on which the flows stop.

    Source: equation 52 of docs/market.md; Simchi-Levi et al. 2015.
    """
    names = sorted({clause for view in flows if view.passage != "barred" for clause in view.clauses})
    cuts = [_cut(firm, name, flows, stocks, days, on) for name in names]
    largest = max((cut[-1] for cut in cuts), default=Fraction(0))
    found = [ClauseCut(*cut, index=cut[-1] / largest if largest else Fraction(0)) for cut in cuts]
    return tuple(sorted(found, key=lambda cut: (-cut.impact, cut.clause)))


def _cut(
    firm: Firm,
    clause: str,
    flows: tuple[FlowView, ...],
    stocks: Mapping[str, tuple[Fraction, Fraction]],
    days: UseDays,
    on: Day,
) -> tuple[str, tuple[str, ...], dict[str, Day | None], Day, dict[str, Day | None], dict[str, Fraction], Fraction]:
    under = [view for view in flows if clause in view.clauses and view.passage != "barred"]
    restored = {view.flow.id: _restored(view) for view in under}
    far = Day.fromordinal(on.toordinal() + LONGEST_CUT_DAYS)
    until = min(max(day or far for day in restored.values()), far)
    stops: dict[str, Day | None] = {}
    lost: dict[str, Fraction] = {}
    impact = Fraction(0)
    for item in firm.items:
        stock, use = stocks[item.id]
        own = [view for view in flows if view.flow.item == item.id]
        kept = [lot for view in own if view not in under for lot in view.usual]
        kept += _under_way(firm, item.id, {view.flow.id for view in under})
        kept += [lot for view in own if view in under for lot in view.permitted if _has_left(view, lot, on)]
        back = [lot for view in own if view in under for lot in after_cut(view, restored[view.flow.id])]
        stops[item.id] = stop_day(stock, kept, use, days)
        lost[item.id] = lost_kg(stock, [*kept, *back], use, days, until)
        worth = parse_amount(item.worth.amount)
        impact += worth * lost[item.id] / _kg_of_unit(firm, item.id)
    return clause, tuple(restored), restored, until, stops, lost, impact


def _kg_of_unit(firm: Firm, name: str) -> Fraction:
    """Returns the mass of the unit in which the value of a part is given [kg]."""
    item = firm.item(name)
    return kg_of(item.stock.model_copy(update={"amount": "1", "unit": item.worth.per}), item)


def _restored(view: FlowView) -> Day | None:
    day = quantile(view.next_days, MIDDLE)
    return None if day is None else Day.fromordinal(day)


def _has_left(view: FlowView, lot: Arrival, on: Day) -> bool:
    """Returns whether a lot has cleared customs by the day of the cut."""
    return (lot.on - on).days <= int(view.flow.transit.days)


def _under_way(firm: Firm, name: str, cut: set[str]) -> list[Arrival]:
    """Returns goods in transit: cleared goods arrive in any case, others only if their flow is not cut."""
    item = firm.item(name)
    return [
        Arrival(goods.arrives, kg_of(goods, item))
        for goods in firm.afloat
        if firm.flow(goods.flow).item == name
        and (goods.state == "cleared" or (goods.state == "licensed" and goods.flow not in cut))
    ]
