"""What leaves use and what is collected, against plain loops over sales."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coercivity.base.months import parse_month
from coercivity.market.inputs.cohorts import Cohorts, lost_by_age
from coercivity.market.inputs.device_rows import DEVICES
from coercivity.market.network.network import Good
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.planning import default_grid
from coercivity.market.run.simulate import Simulation
from tests.oracles.breadth.cohorts import BEGIN, MIDDLE, RICH, leaving, left, level, pools
from tests.oracles.market_toy import packed_run

# States and arrivals are rounded to nine digits.
CLOSE = 1e-8
JANUARY_2024 = parse_month("2024-01")


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed_run("controls-back", "2026-03", default_grid().periods)


@pytest.fixture(scope="module")
def cohorts(simulation: Simulation) -> Cohorts:
    assert simulation.world.cohorts is not None
    return simulation.world.cohorts


def test_one_device_by_hand() -> None:
    """100 t of telephones (shape 1.8, scale 3.37 years) sold in one month.

    After a year exp(-(1 / 3.37)^1.8) = exp(-0.11219) = 0.89387 are in use, after two exp(-0.39069) = 0.67659:
    in the second year 100 (0.89387 - 0.67659) = 21.73 t leave use.
    """
    first = sum(leaving({0: 100.0}, month, 1.8, 3.37) for month in range(12))
    second = sum(leaving({0: 100.0}, month, 1.8, 3.37) for month in range(12, 24))
    assert first == pytest.approx(100 - 89.387, abs=0.01)
    assert second == pytest.approx(21.73, abs=0.01)
    assert lost_by_age(1.8, 3.37, 24)[12:].sum() * 100 == pytest.approx(second, rel=1e-12)


@pytest.mark.parametrize(("shape", "scale"), [(1.8, 3.37), (3.5, 16.67), (5.0, 27.23)])
def test_shares_of_a_life_are_those_of_the_weibull_law(shape: float, scale: float) -> None:
    ours = [left(n, shape, scale) - left(n + 1, shape, scale) for n in range(900)]
    assert lost_by_age(shape, scale, 900) == pytest.approx(np.array(ours), rel=1e-9, abs=1e-15)
    assert math.fsum(ours) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("use", ["ev_traction", "wind", "electronics", "industry"])
def test_usual_sales_of_other_years_follow_their_growth(cohorts: Cohorts, use: str) -> None:
    months = [BEGIN, 2005 * 12 + 3, 2015 * 12, 2022 * 12 + 11, MIDDLE - 1, MIDDLE, MIDDLE + 40]
    assert cohorts.level(use, months) == pytest.approx([level(cohorts, use, month) for month in months], rel=1e-9)


def test_what_leaves_use_from_2024_to_2035_is_what_was_sold_by_age(cohorts: Cohorts) -> None:
    """Every device of every region: sales of each month since 1985 times the share that leaves at their age."""
    months = range(JANUARY_2024, parse_month("2036-01"))
    found = cohorts.leaving_t(JANUARY_2024, len(months))
    sold: dict[tuple[str, str, str], dict[int, float]] = {tuple(pool): {} for pool in cohorts.pools}  # type: ignore[misc]
    levels = {
        use: {month: level(cohorts, use, month) for month in range(BEGIN, months[-1] + 1)}
        for use in {one.use for one in cohorts.sold}
    }
    for month in range(BEGIN, months[-1] + 1):
        usual = {n: float(cohorts.sold_t[n]) * levels[one.use][month] for n, one in enumerate(cohorts.sold)}
        for key, mass in pools(cohorts, usual, month).items():
            sold[key][month] = mass
    figures = cohorts.coefficients.figures
    for place, pool in enumerate(cohorts.pools):
        row = DEVICES[pool.end_use].life
        shape, scale = (figures.value("lifetimes", row, column) for column in ("shape", "scale_years"))
        # The whole of twelve years at once: what was in use at their start or sold later, less what is in use at their end.
        ours = math.fsum(
            mass * (left(max(months[0] - when, 0), shape, scale) - left(months[-1] + 1 - when, shape, scale))
            for when, mass in sold[tuple(pool)].items()  # type: ignore[index]
        )
        assert float(found[place].sum()) == pytest.approx(ours, rel=1e-9, abs=1e-12), pool
        one = months[37]
        assert float(found[place][37]) == pytest.approx(leaving(sold[tuple(pool)], one, shape, scale), rel=1e-9)  # type: ignore[index]


def sold_in(simulation: Simulation, cohorts: Cohorts, done: MonthDone) -> dict[int, float]:
    """Magnets that went into devices in a month, by place in the list of what is sold; devices share as in 2024."""
    usual: dict[tuple[str, str, str], dict[int, float]] = {}
    for place, one in enumerate(cohorts.sold):
        usual.setdefault((one.use, one.region, one.grade), {})[place] = float(cohorts.sold_t[place])
    found: dict[int, float] = {}
    for activity in simulation.network.activities:
        if activity.kind == "recipe":
            for taken in activity.takes:
                shares = usual.get((*activity.key[:2], taken.good.name), {})  # type: ignore[arg-type]
                for place, mass in shares.items():
                    part = mass / sum(shares.values())
                    built = done.activity_t.get(activity.name, 0.0) * taken.mass * part
                    found[place] = found.get(place, 0.0) + built
    return found


def test_what_was_built_replaces_usual_sales(simulation: Simulation, cohorts: Cohorts) -> None:
    """After eighteen months what will leave use differs from usual by the sales that differed, each at its age."""
    first, months = simulation.months[0].month, simulation.months
    figures = cohorts.coefficients.figures
    apart: dict[tuple[str, str, str], dict[int, float]] = {}
    for done in months:
        built = pools(cohorts, sold_in(simulation, cohorts, done), done.month)
        for key, mass in built.items():
            apart.setdefault(key, {})[done.month] = mass
            assert done.devices.sold_t.get(key, 0.0) == pytest.approx(mass, rel=CLOSE, abs=1e-8), key
        usual = {n: float(cohorts.sold_t[n]) * level(cohorts, o.use, done.month) for n, o in enumerate(cohorts.sold)}
        for key, mass in pools(cohorts, usual, done.month).items():
            own = apart.setdefault(key, {})
            own[done.month] = own.get(done.month, 0.0) - mass
    last = months[-1].after.devices.leaving_t
    usual_t = cohorts.leaving_t(first, last.shape[1])
    for place, pool in enumerate(cohorts.pools):
        row = DEVICES[pool.end_use].life
        shape, scale = (figures.value("lifetimes", row, column) for column in ("shape", "scale_years"))
        for ahead in (len(months), len(months) + 24):
            more = leaving(apart.get(tuple(pool), {}), first + ahead, shape, scale)  # type: ignore[arg-type]
            assert last[place, ahead] == pytest.approx(usual_t[place, ahead] + more, rel=1e-7, abs=1e-9), pool


def test_collection_answers_the_value_of_the_oxides(simulation: Simulation, cohorts: Cohorts) -> None:
    """Rate, extraction, channels and the quotes of the month before, one pool at a time; and it comes into the month."""
    figures, network = cohorts.coefficients.figures, simulation.network
    treated = {a.key: {g.good: g.mass for g in a.gives} for a in network.activities if a.kind == "treat"}
    elasticity = figures.assumption("collection_elasticity")
    begin, end = figures.assumption("collection_channels_2024"), figures.assumption("collection_complete_year")
    met = 0
    for done in simulation.months:
        grown = min((done.month - MIDDLE) / (end * 12 + 6 - MIDDLE), 1.0)
        channels = begin + (1 - begin) * grown
        ours: dict[Good, float] = {}
        for place, pool in enumerate(cohorts.pools):
            oxides = treated.get((pool.content, pool.region))
            if oxides is None:
                continue
            worth, base = (
                sum(mass * prices[entry] for entry, mass in oxides.items())
                for prices in (done.before.quote, network.prices)
            )
            rows = DEVICES[pool.end_use]
            part = 1.0 if pool.region in RICH else figures.assumption("collection_outside_rich_countries")
            rate = part * figures.value("lifetimes", rows.collection) * (worth / base) ** elasticity
            rate = min(rate, part * figures.value("lifetimes", rows.collection, "high"))
            share = rate * figures.value("lifetimes", rows.extraction) * channels
            mass = share * float(done.before.devices.leaving_t[place, done.month - simulation.months[0].month])
            entry = Good(f"eol_{pool.content}", pool.region)
            ours[entry] = ours.get(entry, 0.0) + mass
        for entry, mass in done.devices.collected_t.items():
            if (entry.name.removeprefix("eol_"), entry.region) in treated:
                assert mass == pytest.approx(ours[entry], rel=CLOSE, abs=1e-9), entry
                met += 1
    assert met
