"""Parts of the price gap: they add up, and each names its clause."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coercivity.base.months import parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.market.program.build import bucket_of
from coercivity.market.results.price_gap import PriceGap, abroad, part_rows, priced, route, split
from coercivity.market.results.rows import VAT
from coercivity.market.results.tables import SPLIT, Tables
from coercivity.market.results.withheld import Withheld
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, capacities

FIRST, LAST = parse_month("2025-04"), parse_month("2025-06")
CLAUSES = frozenset(rule.id for rule in load_rulebook().rules)
CONTROLLED = {"ox_Sm", "ox_Gd", "ox_Tb", "ox_Dy", "ox_Y", "mag_low", "mag_high", "mag_SmCo"}
QUOTA_T = 1000.0
FILE = """\
id: charged
title: {{en: Charged, zh: 收费}}
about: {{en: 'A duty and a quota.', zh: 关税与配额。}}
inherits: {parent}
duties:
- {{goods: [ox_NdPr], share: '0.1', clause: some-duty, from: 2025-05}}
quotas:
- {{name: low, goods: [mag_low], tonnes_a_month: '{quota}', clause: some-quota, from: 2025-04}}
"""


def tables_of(name: str) -> Tables:
    book = load_rulebook()
    asked = runs_of(book, read_scenario(name, capacities()), LAST)
    return Tables(simulation_of(book, asked[0], BEGIN, LAST), FIRST, LAST)


def each(tables: Tables) -> list[tuple[str, PriceGap]]:
    return [(key, gap) for month in tables.gaps_by_month for key, gap in sorted(month.items())]


@pytest.fixture(scope="module")
def back() -> Tables:
    return tables_of("controls-back")


@pytest.fixture(scope="module")
def free() -> Tables:
    return tables_of("no-controls")


@pytest.fixture(scope="module")
def charged(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    path = tmp_path_factory.mktemp("scenario") / "charged.yaml"
    path.write_text(FILE.format(parent="no-controls", quota=f"{QUOTA_T:g}"), encoding="utf-8")
    return tables_of(path.as_posix())


def test_every_split_good_has_a_gap_in_every_month(back: Tables) -> None:
    assert back.months == ["2025-04", "2025-05", "2025-06"]
    for month in back.gaps_by_month:
        assert {key for key in month if ":" not in key} == set(SPLIT)
        assert {key.split(":")[0] for key in month if ":" in key} == set(SPLIT)


@pytest.mark.parametrize("which", ["back", "free", "charged"])
def test_parts_sum_to_outside_less_inside_and_nothing_is_left(which: str, request: pytest.FixtureRequest) -> None:
    """The residual closes the sum by its making, so that it must itself be nothing: the parts explain all."""
    for key, gap in each(request.getfixturevalue(which)):
        size = max(abs(gap.inside), abs(gap.outside), 1.0)
        assert sum(part.usd_per_kg for part in gap.parts) == pytest.approx(gap.outside - gap.inside, abs=1e-9 * size)
        (rest,) = (part for part in gap.parts if part.part == "residual")
        assert abs(rest.usd_per_kg) <= 1e-6 * size, (key, rest)


def test_prices_of_the_parts_are_those_of_the_month(back: Tables) -> None:
    for done, month in zip(back.done, back.gaps_by_month, strict=True):
        for key, gap in month.items():
            name, _, region = key.partition(":")
            if region:
                assert gap.inside == done.price[priced(name, "CN")]
                assert gap.outside == done.price[priced(name, region)]


def test_what_is_asked_for_leave_carries_clauses_that_exist(back: Tables) -> None:
    seen = set()
    for key, gap in each(back):
        if ":" in key and not gap.gate.free:
            for part in gap.parts:
                if part.part == "permission":
                    assert part.clauses
                    assert set(part.clauses) <= CLAUSES, part
                    assert part.clauses == gap.gate.clauses
                    seen.add(gap.good)
        elif ":" in key:
            assert "permission" not in {part.part for part in gap.parts}
    assert seen == CONTROLLED


def test_scarcity_names_its_cause_and_its_causes_add_up_to_the_shadow_value(back: Tables) -> None:
    """Without a division by cause the same month gives one part of the same size."""
    seen: dict[str, int] = {}
    for done, month in zip(back.done, back.gaps_by_month, strict=True):
        for key, gap in month.items():
            name, _, region = key.partition(":")
            if not region:
                continue
            parts = [part for part in gap.parts if part.part == "permission"]
            whole = split(back.window, done, back.routes[name, region])
            undivided = [part.usd_per_kg for part in whole.parts if part.part == "permission"]
            assert sum(part.usd_per_kg for part in parts) == pytest.approx(sum(undivided), rel=1e-12, abs=1e-12)
            assert len({part.cause for part in parts}) == len(parts)
            assert not any(part.cause for part in gap.parts if part.part != "permission")
            for part in parts:
                seen[part.cause] = seen.get(part.cause, 0) + 1
    assert {"waiting", "refusal", "halt"} <= set(seen)


def test_a_cause_has_the_share_of_its_tonnes(back: Tables) -> None:
    done = back.done[-1]
    ways = route(back.window, "ox_Dy", "JP")
    found = split(back.window, done, ways, Withheld(waiting_t=6.0, refusal_t=1.0, halt_t=3.0))
    causes = {part.cause: part for part in found.parts if part.part == "permission"}
    whole = sum(part.usd_per_kg for part in causes.values())
    assert whole > 0
    assert {cause: part.usd_per_kg / whole for cause, part in causes.items()} == pytest.approx(
        {"waiting": 0.6, "refusal": 0.1, "halt": 0.3}
    )
    assert {part.clauses for part in causes.values()} == {("a18-1c905",)}
    mean = abroad(
        {"JP": found, "EUR": split(back.window, done, route(back.window, "ox_Dy", "EUR"))}, {"JP": 3.0, "EUR": 1.0}
    )
    held = {part.cause: part.usd_per_kg for part in mean.parts if part.part == "permission"}
    assert held["halt"] == pytest.approx(0.75 * causes["halt"].usd_per_kg)
    assert set(held) == {"waiting", "refusal", "halt", ""}
    assert [row["cause"] for row in part_rows(mean) if row["part"] == "permission"] == [
        "waiting",
        "refusal",
        "halt",
        "",
    ]


def test_leave_is_what_dysprosium_costs_most(back: Tables) -> None:
    """From the first month on: with years in view, what will be missing is scarce at once."""
    worth = [
        sum(part.usd_per_kg for part in month["ox_Dy"].parts if part.clauses == ("a18-1c905",))
        for month in back.gaps_by_month
    ]
    gaps = [month["ox_Dy"].gap for month in back.gaps_by_month]
    assert min(gaps) > 0
    assert all(leave > 0.5 * gap for leave, gap in zip(worth, gaps, strict=True))


def test_a_licensed_route_that_does_not_pay_is_idle_and_no_clause_narrows_the_gap(back: Tables) -> None:
    """Where the good is dearer in China, nothing would leave without the licence either."""
    window, done = back.simulation.update.window, back.done[-1]
    ways = route(window, "ox_Tb", "JP")
    assert ways.licensed is not None
    assert ways.licensed.passage is not None
    worth = float(done.plan.dual[window.row("permission", bucket_of(ways.licensed.passage), 0)])
    for loss, part in ((worth - 3.0, ("permission", ("a18-1c904",), 3.0)), (worth + 3.0, ("unused", (), -3.0))):
        costs = done.plan.reduced_cost.copy()
        costs[window.column("act", ways.licensed.name, 0)] = loss
        gap = split(window, replace(done, plan=replace(done.plan, reduced_cost=costs)), ways)
        (found,) = (each for each in gap.parts if each.part in ("permission", "unused"))
        assert (found.part, found.clauses, round(found.usd_per_kg, 6)) == part


def test_without_controls_there_is_no_leave_and_no_clause_of_law(free: Tables) -> None:
    for key, gap in each(free):
        assert gap.gate.free, key
        for part in gap.parts:
            assert part.part != "permission"
            assert not set(part.clauses) & CLAUSES, part


def test_a_duty_carries_the_clause_of_the_scenario_and_is_its_share_of_the_price(charged: Tables) -> None:
    shares = []
    for done, month in zip(charged.done, charged.gaps_by_month, strict=True):
        parts = {part.clauses: part.usd_per_kg for part in month["ox_NdPr"].parts if part.part == "duty"}
        assert parts[VAT,] > 0
        assert (("some-duty",) in parts) == (done.month >= parse_month("2025-05"))
        if ("some-duty",) in parts:
            shares.append(parts["some-duty",] / parts[VAT,])
            assert ("some-duty",) not in {p.clauses for p in month["ox_Dy"].parts}
    assert len(shares) == 2
    assert shares[0] == pytest.approx(shares[1], rel=1e-6)
    assert shares[0] == pytest.approx(0.1 / 0.13, rel=1e-6)


def test_a_quota_carries_its_clause_when_it_binds(charged: Tables, free: Tables) -> None:
    for done, freely, month in zip(charged.done, free.done, charged.gaps_by_month, strict=True):
        shipped, would = (
            sum(mass for key, mass in d.activity_t.items() if key[:3] == ("ship", "mag_low", "CN"))
            for d in (done, freely)
        )
        assert would > QUOTA_T
        assert shipped == pytest.approx(QUOTA_T, rel=1e-6)
        for key in (key for key in month if key.partition(":")[0] == "mag_low"):
            (tonnage,) = (part for part in month[key].parts if part.part == "tonnage")
            assert tonnage.clauses == ("some-quota",)
            assert tonnage.usd_per_kg > 0


def test_a_quota_that_does_not_bind_makes_no_part(tmp_path: Path) -> None:
    path = tmp_path / "wide.yaml"
    path.write_text(FILE.format(parent="no-controls", quota="900000"), encoding="utf-8")
    wide = tables_of(path.as_posix())
    assert not [part for _, gap in each(wide) for part in gap.parts if part.part == "tonnage"]


def test_the_mean_abroad_is_weighed_by_what_each_region_took(back: Tables) -> None:
    month = back.gaps_by_month[-1]
    regions = {key.partition(":")[2]: gap for key, gap in month.items() if key.startswith("mag_high:")}
    weights = back.weights["mag_high"]
    whole = sum(weights[region] for region in regions)
    mean = sum(weights[region] * gap.outside for region, gap in regions.items()) / whole
    assert len(regions) > 3
    assert month["mag_high"].outside == pytest.approx(mean, rel=1e-9)
    even = abroad(regions, {})
    assert even.outside == pytest.approx(sum(gap.outside for gap in regions.values()) / len(regions), rel=1e-9)
