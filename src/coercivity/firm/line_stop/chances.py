"""Chances and means of stops over the scenarios of the authority, with the cause of the first stop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import Company, Delay
from coercivity.firm.line_stop.results import ANY, PlantChance, ScenarioPlant
from coercivity.firm.line_stop.scenarios import DelayOutcome

CauseKey = tuple[str, str, str]


def plant_chances(company: Company, rows: Sequence[ScenarioPlant], delays: Iterable[Delay]) -> tuple[PlantChance, ...]:
    """Returns the chances of every plant, and last those of any plant.

    Args:
        company: The company, for the cost of a day without the line.
        rows: What each scenario does to each plant.
        delays: The scenarios with their probabilities.

    Source: equation 99 of docs/market.md.
    """
    weights = {row.scenario: row.probability for row in delays}
    plants = tuple(dict.fromkeys(row.plant for row in rows))
    costs = {row.plant: row.line_day_keur for row in company.plants}
    found = [_chance(plant, [row for row in rows if row.plant == plant], weights, costs.get(plant)) for plant in plants]
    return (*found, _any(rows, weights, found)) if found else ()


def part_chances(found: Iterable[DelayOutcome]) -> dict[tuple[str, str], Fraction]:
    """Returns the chance that a part is not met on at least one day, by plant and part."""
    chances = dict[tuple[str, str], Fraction]()
    for outcome in found:
        for key, lost in outcome.lost.items():
            chances[key] = chances.get(key, Fraction(0)) + (outcome.delay.probability if lost else 0)
    return chances


def _chance(
    plant: str, rows: Sequence[ScenarioPlant], weights: Mapping[str, Fraction], line_day_keur: Fraction | None
) -> PlantChance:
    mean = sum((weights[row.scenario] * row.lost_days for row in rows), Fraction(0))
    return PlantChance(
        plant=plant,
        standing=_standing(rows, weights),
        mean_lost_days=mean,
        mean_loss_keur=None if line_day_keur is None else mean * line_day_keur,
        by_day=_by_day(rows, weights),
        causes=_causes(rows, weights),
    )


def _any(rows: Iterable[ScenarioPlant], weights: Mapping[str, Fraction], plants: Sequence[PlantChance]) -> PlantChance:
    """Returns the chances of any plant: in each scenario, those of the plant that stops first."""
    firsts = dict[str, ScenarioPlant]()
    for row in rows:
        before = firsts.get(row.scenario)
        if before is None or (row.first_on or Day.max) < (before.first_on or Day.max):
            firsts[row.scenario] = row
    # The loss of all is known only if every plant that loses a day has a cost.
    losses = [row.mean_loss_keur for row in plants if row.mean_lost_days or row.mean_loss_keur is not None]
    known = [loss for loss in losses if loss is not None]
    return PlantChance(
        plant=ANY,
        standing=_standing(firsts.values(), weights),
        mean_lost_days=None,
        mean_loss_keur=sum(known, Fraction(0)) if losses and len(known) == len(losses) else None,
        by_day=_by_day(firsts.values(), weights),
        causes=_causes(firsts.values(), weights),
    )


def _standing(rows: Iterable[ScenarioPlant], weights: Mapping[str, Fraction]) -> Fraction:
    return sum((weights[row.scenario] for row in rows if row.lost_days), Fraction(0))


def _by_day(rows: Iterable[ScenarioPlant], weights: Mapping[str, Fraction]) -> tuple[tuple[Day, Fraction], ...]:
    on = dict[Day, Fraction]()
    for row in rows:
        if row.first_on is not None:
            on[row.first_on] = on.get(row.first_on, Fraction(0)) + weights[row.scenario]
    found, chance = [], Fraction(0)
    for day in sorted(on):
        chance += on[day]
        if on[day]:
            found.append((day, chance))
    return tuple(found)


def _causes(rows: Iterable[ScenarioPlant], weights: Mapping[str, Fraction]) -> dict[CauseKey, Fraction]:
    """Returns the share of the chance of standing by cause of the first stop, the largest first; they add up to one."""
    masses = dict[CauseKey, Fraction]()
    for row in rows:
        if row.lost_days and weights[row.scenario]:
            key = (row.part, row.cause, row.cause_of)
            masses[key] = masses.get(key, Fraction(0)) + weights[row.scenario]
    whole = sum(masses.values(), Fraction(0))
    return {key: mass / whole for key, mass in sorted(masses.items(), key=lambda entry: (-entry[1], entry[0]))}
