"""One small window for each kind of row, to be read beside the equations of docs/market.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coercivity.market.network.network import (
    LESS,
    MORE,
    Activity,
    DemandStep,
    GoodAmount,
    Recipe,
    Requirement,
    Store,
)
from coercivity.market.network.stores import CoverLayer
from coercivity.market.program.build import Rates
from coercivity.market.program.state import State
from coercivity.permission.gate import Gate, Way
from tests.goldens.window_words import chosen, columns, page, rows
from tests.oracles.desk_toy import sees
from tests.oracles.market_small import BUCKET, HERE, SERVICE, THERE, before, moves, one_good
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Moves, always, drivers, moves_of, says

FOLDER = Path(__file__).parent
GRID = (1, 1, 1, 3)
ONE_STEP = (DemandStep(50.0, 1.0),)
Golden = Callable[[str, str], None]


def moved(update: Moves) -> Moves:
    update.at(FIRST, before(update.window.network))
    return update


def test_balance_and_landing(golden: Golden) -> None:
    """A lag that ends inside a long period, a stock from before, a ship that arrives, and a good that cannot be stored."""
    network = one_good(ONE_STEP, 20.0, lag=2)
    update = moves(network, always(FREE), GRID)
    state = before(network, stock=7.0)
    state.arriving_t[THERE, FIRST + 1] = 3.0
    state.arriving_t[THERE, FIRST + 4] = 2.0
    update.at(FIRST, state)
    about = "two months under way; 7 t in stock in Japan, 3 t arrive in the second month and 2 t in the fifth"
    lines = rows(update.window, "good", "land")
    golden(
        "window-balance.txt",
        page("equations 26 and 27 of docs/market.md: balances, arrivals after the window", about, update.window, lines),
    )


def test_capacity(golden: Golden) -> None:
    """A capacity of one activity is a bound of its column, one of two a row; months beyond foresight repeat the last."""
    plain = one_good(ONE_STEP, 20.0)
    second = Activity("refine", ("ox_Dy", "CN"), (), (GoodAmount(HERE, 1.0),), 12.0, limits=(("works", 0.5),))
    activities = (
        *(replace(a, limits=(*a.limits, ("works", 1.0))) if a.kind == "mine" else a for a in plain.activities),
    )
    network = replace(plain, activities=(*activities, second), limits={"mine": 100.0, "works": 60.0})
    room = {FIRST: 1.0, FIRST + 1: 1.1, FIRST + 2: 1.2, FIRST + 3: 1.3}

    def capacity(name: str, month: int, seen_from: int, state: State) -> float:
        return network.limits[name] * room[month]

    update = moved(moves(network, always(FREE), GRID, capacity=capacity, foresight=4))
    about = "100 t a month of mine and 60 t of works, a tenth more each month; four months are foreseen"
    lines = [*rows(update.window, "limit"), *columns(update.window, "mine")]
    golden("window-capacity.txt", page("equation 29 of docs/market.md: capacities", about, update.window, lines))


def test_steps_and_recipes(golden: Golden) -> None:
    """Steps of a long period, and recipes that are qualified slowly or spread on their own."""
    steps = (
        DemandStep(90.0, 0.2),
        DemandStep(80.0, 0.2),
        DemandStep(70.0, 0.2),
        DemandStep(40.0, 0.2, LESS),
        DemandStep(30.0, 0.1, LESS),
        DemandStep(20.0, 0.1, LESS),
        DemandStep(10.0, 0.05, MORE),
        DemandStep(6.0, 0.03, MORE),
        DemandStep(4.0, 0.01, MORE),
    )
    plain = one_good(steps, 10.0)
    others = tuple(
        Activity("recipe", ("use", "JP", name), (GoodAmount(THERE, mass),), (GoodAmount(SERVICE, 1.0),), cost)
        for name, mass, cost in (("lean", 0.6, 5.0), ("spread", 0.9, 0.0))
    )
    recipes = (
        *plain.recipes,
        Recipe(others[0].name, "use", "JP", 0.4, speed=0.05),
        Recipe(others[1].name, "use", "JP", 0.5, drift=0.01),
    )
    demands = (replace(plain.demands[0], growth=0.12),)
    network = replace(plain, activities=(*plain.activities, *others), recipes=recipes, demands=demands)
    update = moves(network, always(FREE), GRID, foresight=5)
    state = before(network)
    state.ready[others[0].name] = 0.1
    update.at(FIRST, state)
    about = "10 t a month wanted, 12 % more each year since 2024-07; from 2025-01; lean has a tenth; five months are foreseen"
    lines = [
        *columns(update.window, "step", "recipe"),
        *(x for x in rows(update.window, "good") if "service" in x.split(":")[0]),
    ]
    golden(
        "window-steps.txt",
        page("equations 24, 25 and 32 of docs/market.md: demand, steps and recipes", about, update.window, lines),
    )


def test_cover_and_end(golden: Golden) -> None:
    """Layers of cover, wider after going without, joined in long periods; the end reaches to the stock at the start."""
    plain = one_good(ONE_STEP, 20.0)
    network = replace(plain, stores=(Store(HERE, 0.0, 0.0, 0.5), Store(THERE, 20.0, 2.0, 0.5)))
    layers = (CoverLayer(0.25, 0.08), CoverLayer(0.25, 0.04), CoverLayer(0.25, 0.02), CoverLayer(0.25, 0.0))
    update = moves(network, always(FREE), (1, 1, 1, 3, 6), layers=layers, risk=0.24, caution=2.0)
    state = before(network, stock=25.0)
    state.short["JP"] = 0.1
    state.quote[THERE] = 15.0
    update.at(FIRST, state)
    about = (
        "cover 40 t of 11 USD/kg in Japan, 25 t in stock, a tenth of use went without; storage 0.5 a month;\n"
        "layers worth 8, 4, 2 and 0 % of the price a month, 24 % a year asked above cover; quote 15"
    )
    lines = [line for line in columns(update.window, "stock") if "JP" in line]
    golden(
        "window-cover.txt",
        page("equations 31 and 36 of docs/market.md: layers of cover and the end", about, update.window, lines),
    )


def test_permission(golden: Golden) -> None:
    """Licences decided over the months after filing, spread over periods; what is not used lapses."""
    network = one_good(ONE_STEP, 20.0)
    rates = Rates(0.08, (), waste={BUCKET: 0.1}, leads={BUCKET: (0.0, 0.25, 0.5, 0.25)}, papers={BUCKET: 2.0})
    update = moves_of(network, rates, always(LICENCE), drivers(network.limits), (*GRID, 3))
    update.seen = sees(
        usable_t=5.0, expected_t={1: 1.0, 3: 0.5, 5: 0.25}, general_t=0.4, lead=1.5, granted=0.5, filed_most=1.0
    )
    update.at(FIRST, before(network))
    about = (
        "a tenth lapses each month; a quarter decided after one month, half after two, a quarter after three;\n"
        "5 t held; 1 t expected in the second month, 0.5 t in the fourth, 0.25 t in the sixth; 0.4 t a month general;\n"
        "a new file waits a month and a half; 10 t a month may be filed, half is granted"
    )
    lines = [*rows(update.window, "permission"), *columns(update.window, "permit", "apply")]
    golden(
        "window-permission.txt",
        page("equation 28 of docs/market.md: permission", about, update.window, lines),
    )


def test_treatment_by_days(golden: Golden) -> None:
    """A control that begins inside a long period, and a prohibition after it."""

    def law(bucket: tuple[str, str, str, str], month: int, known: int) -> Gate:
        return FREE if month < FIRST + 4 else LICENCE if month < FIRST + 7 else says(Way.SHUT)

    network = one_good(ONE_STEP, 20.0, orders=12.0)
    update = moved(moves(network, law, (*GRID, 3, 3), seen=sees(granted=0.5, filed_most=1.0)))
    about = (
        "free for four months, three months on a licence, then prohibited; 12 t a month usually leave, half is granted"
    )
    lines = columns(update.window, "ship", "apply")
    golden(
        "window-treatment.txt",
        page("equations 33 and 34 of docs/market.md: treatment and applications", about, update.window, lines),
    )


def test_levy(golden: Golden) -> None:
    """Tax that is not paid back, and a duty from the fifth month on, on the quote before the month."""
    plain = one_good(ONE_STEP, 20.0)
    activities = tuple(replace(a, levy=(HERE, 0.13)) if a.kind == "ship" else a for a in plain.activities)
    network = replace(plain, activities=activities)

    def duty(good: str, month: int, seen_from: int) -> float:
        return 0.3 if month >= FIRST + 4 else 0.0

    update = moves(network, always(FREE), GRID, duty=duty, dutied=frozenset({"ox_Dy"}))
    state = before(network)
    state.quote[HERE] = 100.0
    update.at(FIRST, state)
    about = "freight 1; tax of 13 % and, from the fifth month, a duty of 30 % on a quote of 100"
    golden(
        "window-levy.txt",
        page("equation 35 of docs/market.md: levy", about, update.window, columns(update.window, "ship")),
    )


def test_requirement(golden: Golden) -> None:
    """Of a use and of a route, in some months of a period."""
    required = (
        Requirement("half of the use", 0.5, FIRST + 1, FIRST + 4, use=("use", "JP")),
        Requirement("a ship", 4.0, FIRST + 2, FIRST + 3, route=("ox_Dy", "CN", "JP")),
    )
    network = replace(one_good(ONE_STEP, 20.0), requirements=required)
    update = moved(moves(network, always(FREE), GRID))
    about = "half of 20 t a month from the second to the fifth month; 4 t a month shipped in the third and fourth"
    golden(
        "window-requirement.txt",
        page("equation 30 of docs/market.md: requirements", about, update.window, rows(update.window, "require")),
    )


def test_choice_of_duals(golden: Golden) -> None:
    """Any price from 50 to 100 fits; the one of the base year is chosen."""
    plain = one_good((DemandStep(100.0, 0.5), DemandStep(50.0, 0.5)), 8.0)
    network = replace(plain, limits={"mine": 4.0}, prices={HERE: 74.0, THERE: 75.0, SERVICE: 75.0})
    update = moved(moves(network, always(FREE), 3))
    plan = update.window.solve()
    assert plan is not None
    about = "4 t a month can be made; 4 t are wanted at 100 and 4 t at 50; base price 75 in Japan"
    golden(
        "window-duals.txt",
        page("equation 37 of docs/market.md: one dual vector", about, update.window, chosen(update.window, plan)),
    )


def test_every_equation_of_the_window_has_one() -> None:
    titles = [path.read_text(encoding="utf-8").split(":")[0] for path in sorted(FOLDER.glob("window-*.txt"))]
    found = {int(number) for title in titles for number in re.findall(r"\d+", title)}
    assert found == set(range(24, 38))
