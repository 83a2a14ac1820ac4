"""What each policy of a scenario covers and costs by month, and what state stocks bought, released and hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import Good, Requirement
from coercivity.market.results.mechanisms.rows import PolicyRow, ReserveRow
from coercivity.market.run.policy.floors import BORDER, MONTHS_A_YEAR, Covered, covered, difference, quoted
from coercivity.market.run.policy.reserves import BUY, RELEASE, held, kept_as
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.policies import Mandate, Offtake, PriceFloor, Stockpile, Support
from coercivity.market.run.simulate import Simulation

KILO, MILLION = 1000.0, 1e6
IMPORTERS, EXPORTERS, MAKERS = "importers", "exporters", "makers"
Pairs = list[tuple[float, float]]


def policy_rows(simulation: Simulation, span: Sequence[MonthDone]) -> list[PolicyRow]:
    """Returns what each policy covers [t] and costs its payer [USD] by month.

    Grants and loans are paid out in the month in which their project is decided; nothing is paid to a project that is
    not, or that is decided before or after they can be had. Of an offtake the whole quantity counts from the start of
    the plant on, at its price.

    Source: equations 81 to 84 of docs/market.md.
    """
    asked = simulation.scenario.policies
    found = [_row(floor.id, *_floor(simulation, floor, span)) for floor in asked.price_floors]
    found += [_row(each.id, *_stockpile(each, span)) for each in asked.stockpiles]
    found += [_row(each.id, *_mandate(simulation, each, span)) for each in asked.mandates]
    found += [_support(simulation, each, span) for each in asked.support]
    found += [_offtake(simulation, each, span) for each in asked.offtakes]
    for ban in asked.scrap_bans:
        kept = [(0.0, 0.0) for _ in span]
        found.append(_row(ban.id, "scrap_ban", EXPORTERS, "", ban.region, kept))
    for quota in simulation.scenario.quotas:
        name = f"quota:{quota.name}"
        under = [a.name for a in simulation.network.activities if any(limit == name for limit, _ in a.limits)]
        masses = [
            (total(done.activity_t.get(each, 0.0) for each in under) if _now(quota, done) else 0.0, 0.0)
            for done in span
        ]
        found.append(_row(quota.name, "quota", EXPORTERS, ",".join(quota.goods), quota.origin, masses))
    for duty in simulation.scenario.duties:
        pairs = [_duty(duty.goods, duty.share if _now(duty, done) else 0.0, done) for done in span]
        found.append(_row(duty.clause, "duty", IMPORTERS, ",".join(duty.goods), CHINA, pairs))
    return found


def _now(entry: object, done: MonthDone) -> bool:
    holds = getattr(entry, "holds")  # noqa: B009
    return bool(holds(done.month))


def _row(name: str, kind: str, payer: str, good: str, region: str, months: Pairs) -> PolicyRow:
    return {
        "policy": name,
        "kind": kind,
        "payer": payer,
        "good": good,
        "region": region,
        "mass_t": [round_sig(mass) for mass, _ in months],
        "usd": [round_sig(usd) for _, usd in months],
    }


def _floor(simulation: Simulation, floor: PriceFloor, span: Sequence[MonthDone]) -> tuple[str, str, str, str, Pairs]:
    under = list(covered(simulation.network, [floor]))
    months = [floor_paid(simulation, floor, under, done) for done in span]
    if floor.kind == BORDER:
        return "border_floor", IMPORTERS, floor.good, floor.region, months
    return "price_floor", floor.payer, floor.good, floor.region, months


def floor_paid(
    simulation: Simulation, floor: PriceFloor, under: Sequence[Covered], done: MonthDone
) -> tuple[float, float]:
    """Returns the tonnes under a floor in a month, and what its payer pays, negative if it receives [USD].

    A duty at the border is paid by importers. What makers pay back above the floor is due on the limited tonnes, as
    far as they make as many.
    """
    if not floor.holds(done.month):
        return 0.0, 0.0
    mass = usd = 0.0
    for one in under:
        did = done.activity_t.get(one.activity.name, 0.0)
        paid = difference(one, *quoted(one, done.month, done.month, done.before, simulation.update.drivers))
        mass += did * one.mass
        usd += (paid if floor.kind == BORDER else -paid) * did * KILO
    if floor.kind != BORDER and floor.tonnes_a_year is not None and under:
        above = max(done.before.quote.get(under[0].quoted, 0.0) - floor.price, 0.0)
        if above > 0:
            made = total(
                done.activity_t.get(one.activity.name, 0.0) * one.mass
                for one in covered(simulation.network, [_unlimited(floor)])
            )
            mass = min(made + mass, floor.tonnes_a_year / MONTHS_A_YEAR)
            usd = -floor.upside * above * mass * KILO
    return mass, usd


def _unlimited(floor: PriceFloor) -> PriceFloor:
    return floor.model_copy(update={"tonnes_a_year": None})


def _stockpile(stockpile: Stockpile, span: Sequence[MonthDone]) -> tuple[str, str, str, str, Pairs]:
    tag = kept_as(stockpile)
    months = []
    for done in span:
        mass = _did(done, BUY, stockpile, tag) - _did(done, RELEASE, stockpile, tag)
        months.append((mass, mass * done.price[Good(stockpile.good, stockpile.region, tag)] * KILO))
    return "stockpile", stockpile.payer, stockpile.good, stockpile.region, months


def _did(done: MonthDone, kind: str, stockpile: Stockpile, tag: str) -> float:
    return done.activity_t.get((kind, stockpile.good, stockpile.region, tag, stockpile.id), 0.0)


def _mandate(simulation: Simulation, mandate: Mandate, span: Sequence[MonthDone]) -> tuple[str, str, str, str, Pairs]:
    wanted = next(r for r in simulation.network.requirements if r.name == mandate.id)
    months = [_recovered(simulation, wanted, done) for done in span]
    return "mandate", MAKERS, f"ox_{mandate.element}", mandate.region, months


def _recovered(simulation: Simulation, wanted: Requirement, done: MonthDone) -> tuple[float, float]:
    """Returns what counts towards a mandate [t of the element], and what is paid for what is short [USD]."""
    if not wanted.first <= done.month <= wanted.last:
        return 0.0, 0.0
    mass = total(done.activity_t.get(name, 0.0) * weight for name, weight in wanted.supplies)
    short = float(done.plan.value[simulation.update.window.column("short", wanted.name, 0)])
    return mass, short * (wanted.pay or 0.0) * KILO


def _support(simulation: Simulation, support: Support, span: Sequence[MonthDone]) -> PolicyRow:
    paid = (
        done.after.industry.decided_on.get(support.plant) == done.month
        and support.holds(done.month)
        and support.known(done.month)
        for done in span
    )
    months = [(0.0, support.amount * MILLION if now else 0.0) for now in paid]
    return _row(support.id, support.kind, support.payer, "", _region(simulation, support.plant), months)


def _offtake(simulation: Simulation, offtake: Offtake, span: Sequence[MonthDone]) -> PolicyRow:
    starts = [path.start for path in simulation.plants if path.plant.id == offtake.plant]
    mass = offtake.tonnes_a_year / MONTHS_A_YEAR
    taken = [
        mass if offtake.holds(done.month) and any(start <= done.month for start in starts) else 0.0 for done in span
    ]
    months = [(each, each * offtake.price * KILO) for each in taken]
    return _row(offtake.id, "offtake", offtake.payer, "", _region(simulation, offtake.plant), months)


def _region(simulation: Simulation, plant: str) -> str:
    """Returns the region of a plant, decided or not; empty if it is not in the model."""
    return next((entry.region for entry in simulation.entries if entry.id == plant), "")


def _duty(goods: Sequence[str], share: float, done: MonthDone) -> tuple[float, float]:
    mass = usd = 0.0
    for key, did in done.activity_t.items() if share else ():
        if key[0] == "ship" and key[2] == CHINA and key[1] in goods:
            mass += did
            usd += did * share * done.before.quote.get(Good(key[1], CHINA), 0.0) * KILO
    return mass, usd


def reserve_rows(simulation: Simulation, span: Sequence[MonthDone]) -> list[ReserveRow]:
    """Returns what each state stock bought, released and holds at the end of each month [t].

    Source: equation 83 of docs/market.md.
    """
    return list(_reserves(simulation.scenario.policies.stockpiles, span))


def _reserves(stockpiles: Sequence[Stockpile], span: Sequence[MonthDone]) -> Iterator[ReserveRow]:
    for each in stockpiles:
        tag = kept_as(each)
        yield {
            "reserve": each.id,
            "good": each.good,
            "region": each.region,
            "bought_t": [round_sig(_did(done, BUY, each, tag)) for done in span],
            "released_t": [round_sig(_did(done, RELEASE, each, tag)) for done in span],
            "held_t": [round_sig(done.stock_t.get(held(each, tag), 0.0)) for done in span],
        }
