"""What the company can do: a small fixed list of lawful actions, each with its effect on the stops, the best first.

Each action changes the workbook in one place and all is counted again. The sheet Options gives days, lots, masses and
costs; an action of a kind that it does not name is tried with 30 days, the next lot, or a month's use, without a cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import Company, Lot, Option, Refused, Stock
from coercivity.firm.company.own_make import made_at_plant
from coercivity.firm.line_stop.actions.deadlines import air_days
from coercivity.firm.line_stop.results import ANY, ActionEffect, PartDates, PlantChance

# Chances of a changed company over the same period; with a plant, only that plant has changed.
Evaluate = Callable[[Company, str], Sequence[PlantChance]]
SOONER_DAYS = 30
MOST_PARTS = 5  # parts for which lots by air, stock and quarantine are tried
_YEAR_DAYS = {"calendar": 365, "working": 261}
_ACTIONS = {
    "file sooner": "file_sooner",
    "renew sooner": "renew_sooner",
    "air freight": "air_freight",
    "more stock": "more_stock",
    "release quarantine": "release_quarantine",
}


@dataclass(frozen=True, slots=True)
class Action:
    """An action and the company with it.

    Attributes:
        action: Its key.
        what: Plant, part, lot, days or mass it is about.
        company: The company with it.
        cost_keur: Its cost [1000 EUR]; None if not given.
    """

    action: str
    what: Mapping[str, str]
    company: Company
    cost_keur: Fraction | None = None


def actions_of(
    company: Company,
    parts: Sequence[PartDates],
    chances: Sequence[PlantChance],
    evaluate: Evaluate,
    *,
    on: Day,
    until: Day,
) -> tuple[ActionEffect, ...]:
    """Returns the effect of each action, the best first.

    Those with an effect and a cost come first, by loss saved per euro; then those without a cost, by loss saved; where
    no loss can be counted, by days gained. Actions without effect come last.

    Args:
        company: The company.
        parts: First days not met, by plant and part.
        chances: Chances by plant and of any, without an action.
        evaluate: Gives the chances of a changed company over the same period, and the only plant that has changed.
        on: Evening of the stock count.
        until: Last day looked at.
    """
    before = _any(chances)
    if before is None:
        return ()
    first = first_stop_mean(before, until)
    found = []
    for action in _actions(company, parts, chances, on):
        after = _any(evaluate(action.company, action.what.get("plant", "")))
        assert after is not None
        loss, was = after.mean_loss_keur, before.mean_loss_keur
        found.append(
            ActionEffect(
                action=action.action,
                what=action.what,
                standing=after.standing,
                mean_loss_keur=loss,
                saves_keur=None if loss is None or was is None else was - loss,
                days_gained=first_stop_mean(after, until) - first,
                cost_keur=action.cost_keur,
            )
        )
    return tuple(sorted(found, key=_rank))


def first_stop_mean(chance: PlantChance, until: Day) -> Fraction:
    """Returns the mean ordinal of the first lost day; where there is none, the day after the last counts."""
    before, mean = Fraction(0), Fraction(0)
    for day, reached in chance.by_day:
        mean += (reached - before) * day.toordinal()
        before = reached
    return mean + (1 - before) * (until.toordinal() + 1)


def _rank(effect: ActionEffect) -> tuple[object, ...]:
    saves = effect.saves_keur if effect.saves_keur is not None else effect.days_gained
    works = saves > 0 or effect.days_gained > 0
    cost = effect.cost_keur
    group = 2 if not works else (1 if cost is None else 0)
    per_cost = Fraction(0)
    if group == 0 and cost:
        per_cost = saves / cost
    free = group == 0 and cost == 0
    return group, not free, -per_cost, -saves, -effect.days_gained, effect.action, sorted(effect.what.items())


def _any(chances: Iterable[PlantChance]) -> PlantChance | None:
    return next((chance for chance in chances if chance.plant == ANY), None)


def _actions(company: Company, parts: Sequence[PartDates], chances: Sequence[PlantChance], on: Day) -> Iterator[Action]:
    uses = {(use.plant, use.part): use.calendar for use in company.use}
    months = {
        (part.plant, part.part): part.use_kg * _YEAR_DAYS[uses[part.plant, part.part]] / 12
        for part in parts
        if (part.plant, part.part) in uses
    }
    given = {option.kind for option in company.options}
    for option in company.options:
        yield from _of_option(company, option, months, on)
    if "file sooner" not in given:
        yield _file_sooner(company, SOONER_DAYS)
    if "renew sooner" not in given and any(licence.kind == "general" for licence in company.licences):
        yield _renew_sooner(company, SOONER_DAYS)
    for plant, part, of in _first_parts(chances):
        lot = _next_lot(company, plant, part, of)
        if lot is not None and "air freight" not in given:
            yield _by_air(company, lot, None)
        if (plant, part) in months and "more stock" not in given:
            yield _more_stock(company, plant, part, months[plant, part])
    if "release quarantine" not in given:
        rows = [row for row in company.stock if row.quarantine_kg and not row.serves]
        for row in sorted(rows, key=lambda row: (-row.quarantine_kg, row.plant, row.part))[:MOST_PARTS]:
            yield _released(company, row.plant, row.part, None)


def _of_option(
    company: Company, option: Option, months: Mapping[tuple[str, str], Fraction], on: Day
) -> Iterator[Action]:
    """Yields the action of a row of Options, with its cost and name."""
    made: list[Action] = []
    match option.kind:
        case "file sooner":
            made = [_file_sooner(company, SOONER_DAYS if option.days is None else option.days)]
        case "renew sooner":
            made = [_renew_sooner(company, SOONER_DAYS if option.days is None else option.days)]
        case "air freight":
            own = made_at_plant(company)
            lot = next((lot for lot in company.in_transit if lot.lot == option.lot and lot.lot not in own), None)
            lot = lot or _next_lot(company, option.plant, option.part)
            made = [_by_air(company, lot, option.days)] if lot else []
        case "more stock":
            mass = option.quantity_kg or months.get((option.plant, option.part))
            made = [_more_stock(company, option.plant, option.part, mass)] if mass else []
        case "release quarantine":
            day = None if option.days is None else on + timedelta(days=option.days)
            made = [_released(company, option.plant, option.part, day)]
    for action in made:
        yield replace(action, what={"option": option.option, **action.what}, cost_keur=option.cost_keur)


def _file_sooner(company: Company, days: int) -> Action:
    # Filed ahead, a grant comes that many days sooner, be it before the day on which the file is entered as filed.
    delays = tuple(replace(delay, single_days=_sooner(delay.single_days, days)) for delay in company.delays)
    return Action("file_sooner", {"days": str(days)}, replace(company, delays=delays))


def _renew_sooner(company: Company, days: int) -> Action:
    delays = tuple(replace(delay, renewal_days=_sooner(delay.renewal_days, days, 0)) for delay in company.delays)
    return Action("renew_sooner", {"days": str(days)}, replace(company, delays=delays))


def _by_air(company: Company, lot: Lot, days: int | None) -> Action:
    """Returns the company with a lot by air, unless that takes longer; days that no one gave are marked as assumed."""
    by_air, assumed = (days, False) if days is not None else air_days(company, lot.plant, lot.part)
    faster = replace(lot, transit_days=min(by_air, lot.transit_days or 0))
    lots = tuple(faster if each is lot else each for each in company.in_transit)
    what = {"lot": lot.lot, "plant": lot.plant, "part": lot.part, "days": str(by_air)}
    return Action("air_freight", what | ({"transit": "assumed"} if assumed else {}), replace(company, in_transit=lots))


def _more_stock(company: Company, plant: str, part: str, mass: Fraction) -> Action:
    row = Stock(plant, part, mass, Fraction(0), None, "")
    what = {"plant": plant, "part": part, "quantity_kg": _plain(mass)}
    return Action("more_stock", what, replace(company, stock=(*company.stock, row)))


def _released(company: Company, plant: str, part: str, day: Day | None) -> Action:
    """Returns the company with its own stock of a part released on a day, or at once; never later than planned."""
    rows = tuple(
        _with_release(row, day) if (row.plant, row.part, row.serves) == (plant, part, "") else row
        for row in company.stock
    )
    what = {"plant": plant, "part": part} | ({"released_on": day.isoformat()} if day else {})
    return Action("release_quarantine", what, replace(company, stock=rows))


def _with_release(row: Stock, day: Day | None) -> Stock:
    if day is None:
        return replace(row, quarantine_kg=Fraction(0))
    return replace(row, released_on=min(row.released_on or day, day))


def _first_parts(chances: Sequence[PlantChance]) -> list[tuple[str, str, str]]:
    """Returns the part that most often stops each plant first, and what it waits for; the greatest loss comes first."""
    found = []
    for chance in chances:
        if chance.plant == ANY or not chance.causes:
            continue
        shares: dict[str, Fraction] = {}
        waits: dict[tuple[str, str], Fraction] = {}
        for (part, _, of), share in chance.causes.items():
            shares[part] = shares.get(part, Fraction(0)) + share
            waits[part, of] = waits.get((part, of), Fraction(0)) + share
        part = min(shares, key=lambda name: (-shares[name], name))
        of = min((of for name, of in waits if name == part), key=lambda of: (-waits[part, of], of))
        loss = chance.mean_loss_keur if chance.mean_loss_keur is not None else chance.mean_lost_days or Fraction(0)
        found.append((-loss, chance.plant, part, of))
    return [(plant, part, of) for _, plant, part, of in sorted(found)[:MOST_PARTS]]


def _next_lot(company: Company, plant: str, part: str, of: str = "") -> Lot | None:
    """Returns the waiting lot of a part for a plant that is ready first, of those under a file or licence if any.

    A lot that the plant makes itself is none of them: no one ships it.
    """
    own = made_at_plant(company)
    lots = [
        lot
        for lot in company.in_transit
        if lot.state == "waiting" and lot.plant == plant and lot.part == part and lot.transit_days is not None
        if lot.lot not in own
    ]
    lots = [lot for lot in lots if lot.licence == of] or lots
    return min(lots, key=lambda lot: (lot.leaves or lot.filed or Day.max, lot.lot), default=None)


def _sooner(days: int | Refused, by: int, least: int | None = None) -> int | Refused:
    if not isinstance(days, int):
        return days
    return days - by if least is None else max(days - by, least)


def _plain(mass: Fraction) -> str:
    """Returns a mass as a decimal, rounded to grams [kg]."""
    text = f"{Decimal(mass.numerator) / Decimal(mass.denominator):.3f}"
    return text.rstrip("0").rstrip(".")
