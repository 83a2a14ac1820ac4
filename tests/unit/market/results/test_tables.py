"""Tables of a run match its months: prices, flows, uses, licences, stocks and exports from China."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from coercivity.base.months import parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.coefficients import ABROAD, CHINA, MAGNETS
from coercivity.market.network.network import Good
from coercivity.market.results.price_gap import priced
from coercivity.market.results.prices import GOODS
from coercivity.market.results.rows import ALL_ABROAD, HEADLINES
from coercivity.market.results.tables import WIDE, Tables
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Simulation, capacities
from tests.oracles.market_toy import again

MARCH, MAY = parse_month("2025-03"), parse_month("2025-05")
MONTHS = ["2025-03", "2025-04", "2025-05"]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    """A run into the second month of the controls of April 2025."""
    book = load_rulebook()
    (asked,) = runs_of(book, read_scenario("controls-back", capacities()), MAY)
    return simulation_of(book, asked, BEGIN, MAY)


@pytest.fixture(scope="module")
def tables(simulation: Simulation) -> Tables:
    return Tables(simulation, MARCH, MAY)


def by(rows: Iterable[Any], *names: str) -> dict[Any, Any]:
    return {tuple(row[name] for name in names): row for row in rows}


def close(found: Iterable[float], wanted: Iterable[float]) -> bool:
    return all(math.isclose(a, b, rel_tol=1e-8, abs_tol=1e-9) for a, b in zip(found, wanted, strict=True))


def shipped(done: MonthDone, good: str) -> float:
    return sum(mass for key, mass in done.activity_t.items() if key[:3] == ("ship", good, CHINA) and key[3] in ABROAD)


def cleared(simulation: Simulation, good: str, region: str = "") -> list[float]:
    """What left China in the months shown: shipments of all months by the month in which they clear customs."""
    found = dict.fromkeys(range(MARCH, MAY + 1), 0.0)
    for done in simulation.months:
        for key, mass in done.activity_t.items():
            if key[:3] != ("ship", good, CHINA) or key[3] not in ABROAD or region not in ("", key[3]):
                continue
            for later, share in enumerate(done.delays.get(key, (1.0,))):
                if done.month + later in found:
                    found[done.month + later] += mass * share
    return list(found.values())


def test_only_the_months_of_the_span_stand_in_them(tables: Tables) -> None:
    assert tables.months == MONTHS
    assert next(row["month"] for row in tables.gaps()) == "2025-03"
    assert {row["month"] for row in tables.gaps()} == set(MONTHS)


def test_what_left_china_is_summed_by_good_and_region(tables: Tables) -> None:
    rows = by(tables.shipped(), "good", "to_region")
    for name in GOODS:
        whole = cleared(tables.simulation, name)
        assert ((name, ALL_ABROAD) in rows) == any(whole)
        if any(whole):
            assert close(rows[name, ALL_ABROAD]["mass_t"], whole)
        for region in ABROAD:
            each = cleared(tables.simulation, name, region)
            assert ((name, region) in rows) == any(each)
            if any(each):
                assert close(rows[name, region]["mass_t"], each)
    assert len({name for name, _ in rows}) > 5
    # Customs hold magnets that need no licence from the month on in which others need one.
    held = {key[1] for done in tables.done for key in done.delays}
    assert "mag_none" in held
    assert not held & {"mag_high", "ox_Dy"}


def test_exports_by_country_and_out_of_china_add_up_to_what_left(tables: Tables) -> None:
    """Countries, magnets with and without a licence, and the elements are made of the same tonnes."""
    left = by(tables.shipped(), "good", "to_region")
    countries: dict[str, list[float]] = {}
    for row in tables.countries():
        held = countries.setdefault(row["good"], [0.0] * len(MONTHS))
        for n in range(len(MONTHS)):
            held[n] += row["licensed_t"][n] + row["free_t"][n]
    assert set(countries) == {name for name, _ in left}
    for name, masses in countries.items():
        assert masses == pytest.approx(left[name, ALL_ABROAD]["mass_t"], rel=1e-6)
    out = by(tables.out(), "what", "to_region")
    whole = {name: row["mass_t"] for (name, to), row in left.items() if to == ALL_ABROAD}
    magnets = [sum(masses[n] for name, masses in whole.items() if name in MAGNETS) for n in range(len(MONTHS))]
    assert out["magnets", ALL_ABROAD]["mass_t"] == pytest.approx(magnets, rel=1e-6)
    controlled, others = (out[f"magnets_{which}", ALL_ABROAD]["mass_t"] for which in ("controlled", "not_controlled"))
    assert [a + b for a, b in zip(controlled, others, strict=True)] == pytest.approx(magnets, rel=1e-6)
    assert controlled[:2] == [0.0, 0.0]  # no licence is granted within the month of the notice
    assert controlled[2] > 0
    coefficients = tables.simulation.world.coefficients
    shares = {name: coefficients.element_share(name, "Dy") for name in whole}
    dy = [sum(shares[name] * masses[n] for name, masses in whole.items()) for n in range(len(MONTHS))]
    assert out["Dy", ALL_ABROAD]["mass_t"] == pytest.approx(dy, rel=1e-6)


def test_files_of_each_queue_balance(tables: Tables) -> None:
    """Files in are granted, refused, returned, or pending; nothing is pending before the control."""
    rows = tables.desk()
    assert {row["form"] for row in rows} >= {"magnet", "oxide", "metal"}
    for row in rows:
        before = 0.0 if row["form"] in ("magnet", "oxide", "metal") else row["pending"][0]
        for n in range(len(MONTHS)) if not before else range(1, len(MONTHS)):
            files = row["new"][n] + row["again"][n] - row["granted"][n] - row["refused"][n] - row["returned"][n]
            change = row["pending"][n] - (row["pending"][n - 1] if n else 0.0)
            assert files == pytest.approx(change, rel=1e-7, abs=1e-6), (row["form"], row["country"], n)


def test_recycled_swarf_counts_as_the_oxides_that_come_of_it(tables: Tables) -> None:
    """Not as the magnets that the swarf fell from: as much neodymium-praseodymium as the table of oxides has."""
    back = [row for row in tables.flows() if row["stage"] == "recycle"]
    assert {row["good"][:3] for row in back} == {"ox_"}
    rows = [row for row in tables.all["end_of_life"] if row["content"] == "swarf" and row["region"] == CHINA]
    oxide = sum(sum(row["swarf_t"]["NdPr"]) for row in rows)
    assert oxide > 0
    flow = sum(row["mass_t"] for row in back if (row["good"], row["from_region"]) == ("ox_NdPr", CHINA))
    assert flow == pytest.approx(oxide, rel=1e-6)


def test_flows_are_summed_by_calendar_year(simulation: Simulation) -> None:
    """A span over the turn of the year has two rows of one flow; both together are all that was shipped."""
    whole = Tables(simulation, BEGIN, MAY)
    rows = by(whole.flows(), "stage", "good", "use", "from_region", "to_region", "way", "year")
    assert {key[-1] for key in rows} == {"2024", "2025"}
    for name in ("ox_Dy", "mag_high"):
        ways = [row for key, row in rows.items() if key[1] == name and key[3] == CHINA and key[4] in ABROAD]
        assert {row["way"] for row in ways} <= {"free", "licence"}
        assert {row["way"] for row in ways if row["year"] == "2024"} == {"free"}
        assert close([sum(row["mass_t"] for row in ways)], [sum(shipped(done, name) for done in whole.done)])
    metal = [key for key in rows if key[0] == "metal"]
    assert metal
    assert all(key[1].startswith("met_") and key[3] == key[4] for key in metal)
    assert all(key[3] != key[4] for key in rows if key[0] == "ship")


def test_what_is_used_is_what_the_recipes_took(tables: Tables) -> None:
    used = [row for row in tables.flows() if row["stage"] == "use"]
    recipes = [a for a in tables.simulation.network.activities if a.kind == "recipe"]
    taken = sum(
        done.activity_t.get(a.name, 0.0) * part.mass for done in tables.done for a in recipes for part in a.takes
    )
    assert close([sum(row["mass_t"] for row in used)], [taken])
    assert all(row["from_region"] == row["to_region"] for row in used)
    assert {(row["use"], row["from_region"]) for row in used} <= set(tables.done[0].uses)


def test_demand_is_supplied_used_less_substituted_or_goes_without(tables: Tables) -> None:
    """The four parts of each use add up to its demand in every month; recipes make what is supplied."""
    rows = by(tables.use(), "use", "region")
    assert set(rows) == set(tables.done[0].uses)
    parts = ("usual_t", "less_t", "substituted_t", "without_t")
    for key, row in rows.items():
        splits = [done.uses[key] for done in tables.done]
        for part in ("wanted_t", *parts):
            assert close(row[part], [getattr(split, part) for split in splits])
        for n, split in enumerate(splits):
            assert math.isclose(sum(row[part][n] for part in parts), split.wanted_t, rel_tol=1e-7, abs_tol=1e-7)
            assert min(split.usual_t, split.substituted_t, split.without_t) >= 0.0
            did = tables.done[n].activity_t
            usual = math.fsum(mass for name, mass in did.items() if name[:3] == ("recipe", *key) and as_usual(name[3]))
            assert math.isclose(split.usual_t, usual, rel_tol=1e-6, abs_tol=1e-5)
            shares = sum(share[n] for share in row["recipes"].values())
            built = split.usual_t + split.substituted_t
            assert math.isclose(shares * built, built, rel_tol=1e-6, abs_tol=1e-5)


def as_usual(recipe: str) -> bool:
    """Whether a design is no answer to scarcity: richer where that is cheap, or leaner whatever it costs."""
    return recipe in ("usual", "lean_by_itself") or recipe.startswith("rich_")


def test_a_use_with_a_leaner_recipe_substitutes(tables: Tables) -> None:
    """Some use is served by more than its usual design, and some orders less where it is dearer."""
    splits = [split for done in tables.done for split in done.uses.values()]
    assert any(split.substituted_t > 1 for split in splits)
    assert any(split.less_t > 1 for split in splits)


def test_permissions_stand_where_anybody_needs_one_in_some_month(tables: Tables) -> None:
    rows = by(tables.permissions(), "good", "origin", "region", "user")
    names = [bucket.name for bucket in tables.simulation.network.buckets]
    cells = tables.simulation.desk.cells
    granted = [dict(zip(cells.buckets, cells.by_bucket(done.desk.granted_t), strict=True)) for done in tables.done]
    left = [dict(zip(cells.buckets, cells.by_bucket(done.desk.licences_t), strict=True)) for done in tables.done]
    gates = {name: [done.gates[name] for done in tables.done] for name in names}
    assert set(rows) == {name for name, each in gates.items() if not all(gate.free for gate in each)}
    for name, row in rows.items():
        assert row["way"] == [gate.passes.value for gate in gates[name]]
        assert row["finding"] == [gate.finding for gate in gates[name]]
        assert row["clauses"] == [list(gate.clauses) for gate in gates[name]]
        assert close(row["applied_t"], [done.filed_t.get(name, 0.0) for done in tables.done])
        assert close(row["granted_t"], [month[name] for month in granted])
        assert close(row["balance_t"], [month[name] for month in left])
        assert close(row["value_usd_per_kg"], [done.permission_value[name] for done in tables.done])
        assert all(
            used <= mass + 1e-9 for used, mass in zip(row["used_t"], shipped_on_leave(tables, name), strict=True)
        )
    dy = rows["ox_Dy", CHINA, "EUR", "civil"]
    assert dy["way"] == ["free", "licence", "licence"]
    # Before 18/2025 the export licence of the annual catalogue, which the model counts as free.
    assert [clauses[0] for clauses in dy["clauses"]] == ["oel-heavy", "a18-1c905", "a18-1c905"]


def shipped_on_leave(tables: Tables, name: tuple[str, ...]) -> list[float]:
    key = ("ship", *name, "licence")
    return [done.activity_t.get(key, 0.0) for done in tables.done]


def test_stocks_are_free_and_bound_together(tables: Tables) -> None:
    rows = by(tables.stocks(), "good", "region")
    for (name, region), row in rows.items():
        held = [
            sum(mass for entry, mass in done.stock_t.items() if (entry.name, entry.region) == (name, region))
            for done in tables.done
        ]
        assert close(row["mass_t"], held)
    assert {name for name, _ in rows} <= set(GOODS)


def test_no_price_and_no_worth_of_a_licence_is_below_zero_or_minus_zero(tables: Tables) -> None:
    found = [value for row in tables.permissions() for value in row["value_usd_per_kg"]]
    found += [price for row in tables.prices() for price in row["margin"]]
    assert 0.0 in found
    assert {math.copysign(1.0, value) for value in found} == {1.0}


def test_a_price_is_the_margin_the_quote_and_a_mix_of_quotes(tables: Tables) -> None:
    """Part of what is traded is paid at the quote of some months before."""
    figures, months = tables.simulation.world.figures, tables.simulation.months
    share, lag = figures.assumption("AS265"), round(figures.assumption("AS266"))
    rows = by(tables.prices(), "good", "region")
    first = next(n for n, done in enumerate(months) if done.month == MARCH)
    seen = 0
    for done in months[:1]:
        for entry in done.price:
            row = rows.get((entry.name, entry.region))
            if entry.region == CHINA and row is not None and entry.tag == "":
                quotes = [each.quote[entry] for each in months]
                assert close(row["margin"], [each.price[entry] for each in months[first:]])
                assert close(row["quote"], quotes[first:])
                mixed = [share * quotes[n - lag] + (1 - share) * quotes[n] for n in range(first, len(months))]
                assert close(row["traded"], mixed)
                seen += 1
    assert seen > 5


def test_the_mean_abroad_lies_between_the_regions_that_it_is_the_mean_of(tables: Tables) -> None:
    rows = by(tables.prices(), "good", "region")
    for name in GOODS:
        weights = tables.weights[name]
        mean = rows[name, ALL_ABROAD]
        regions = [rows[name, region] for region in weights]
        for n in range(len(MONTHS)):
            if regions:
                whole = sum(weights.values())
                wanted = sum(weights[row["region"]] * row["quote"][n] for row in regions) / whole
                assert close([mean["quote"][n]], [wanted])


def test_an_oxide_that_is_taken_as_metal_only_has_the_price_of_its_metal_less_the_making(tables: Tables) -> None:
    rows = by(tables.prices(), "good", "region")
    coefficients = tables.simulation.world.coefficients
    found = [
        (name, region)
        for name, region in rows
        if name.startswith("ox_") and region in ABROAD and region not in tables.weights[name]
    ]
    assert found
    for name, region in found:
        element = name.removeprefix("ox_")
        per_metal, cost = coefficients.oxide_per_metal(element, region), coefficients.metal_cost(element, region)
        metal = rows[f"met_{element}", region]["quote"]
        assert close(rows[name, region]["quote"], [(price - cost) / per_metal for price in metal])


def test_every_wide_range_of_a_headline_price_is_listed_and_holds_the_price(tables: Tables) -> None:
    """Each price is planned again with a little more and a little less; wide means more than 2 % of the price."""
    rows = {(row["good"], row["region"], row["month"]): (row["low"], row["high"]) for row in tables.ranges()}
    widest = max(range(len(tables.done)), key=lambda n: tables.gaps_by_month[n]["ox_Dy"].gap)
    for place in {widest, len(tables.done) - 1}:
        done, month = tables.done[place], tables.months[place]
        goods = [priced(name, region) for name in HEADLINES for region in (CHINA, *tables.weights[name])]
        for entry, (low, high) in planned_again(tables, done, goods).items():
            price, found = done.price[entry], rows.pop((entry.name, entry.region, month), None)
            room = 1e-3 * abs(price) + 0.02  # costs of thousands of millions have no more digits
            assert low - room <= price <= high + room
            if found is None:
                assert high - low <= WIDE * abs(price) + room
            else:
                assert found == pytest.approx((low, high), abs=room)
                assert found[1] - found[0] > WIDE * abs(price)
    assert rows == {}


def test_a_range_of_any_width_holds_the_published_price(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coercivity.market.results.tables.WIDE", -1.0)
    rows, prices = tables.ranges(), by(tables.prices(), "good", "region")
    assert {row["good"] for row in rows} == set(HEADLINES)
    assert {row["region"] for row in rows} > {CHINA}
    for row in rows:
        margin = prices[row["good"], row["region"]]["margin"][MONTHS.index(row["month"])]
        assert row["low"] <= margin <= row["high"]


def planned_again(tables: Tables, done: MonthDone, goods: list[Good]) -> dict[Good, tuple[float, float]]:
    """The saving by one more unit and the cost of one less, from the cost of a plan with a little more or less."""
    update = tables.simulation.update
    again(update, done)
    lp = update.window.lp
    plan, found = lp.solve(), {}
    assert plan is not None
    for entry in goods:
        row = update.window.row("good", entry, 0)
        side = -done.before.stock_t.get(entry, 0.0) - done.before.arriving_t.get((entry, done.month), 0.0)
        ends = []
        for more in (1e-3, -1e-3):
            lp.row_bounds([row], np.array([side - more]), np.array([side - more]))
            other = lp.solve()
            lp.row_bounds([row], np.array([side]), np.array([side]))
            assert other is not None
            ends.append((plan.objective - other.objective) / more)
        found[entry] = (min(ends), max(ends))
    return found


def test_a_span_without_months_has_no_ranges(simulation: Simulation) -> None:
    assert Tables(simulation, MAY + 1, MAY + 2).ranges() == []
