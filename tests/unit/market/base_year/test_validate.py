"""Base year against quotes and reports: the tables match the pack and the run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED
from coercivity.data.packs import open_pack
from coercivity.market.base_year.benchmarks import CAUSES_FILE, FLOWS, load_causes
from coercivity.market.base_year.rows import FlowCheck, PriceCheck
from coercivity.market.base_year.validate import CALIBRATED, DERIVED, FIRST, LAST, TESTED, BaseCheck, stands
from coercivity.market.inputs.base_flows import load_base
from coercivity.market.network.network import Good
from coercivity.market.run.runs import RunAsked, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario, scenario_folder
from coercivity.market.run.simulate import Simulation, capacities

SEVEN = ("ox_La", "ox_Ce", "ox_Sm", "ox_Y", "ox_Eu", "ox_Gd", "ox_HoLu")


def pack_rows(table: str, key: str = "id") -> dict[str, dict[str, str]]:
    """A table of the world pack, read without the program's own reader."""
    with Path(str(open_pack("world").root), f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def run(first: int = FIRST, last: int = LAST) -> Simulation:
    """The run without any control."""
    return simulation_of(PACKED.book(), RunAsked(read_scenario("no-controls", capacities()), "", ""), first, last)


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return run()


@pytest.fixture(scope="module")
def check(simulation: Simulation) -> BaseCheck:
    return BaseCheck(simulation)


@pytest.fixture(scope="module")
def prices(check: BaseCheck) -> dict[tuple[str, str, str], PriceCheck]:
    return {(row["good"], row["place"], row["rows"][0]): row for row in check.prices()}


@pytest.fixture(scope="module")
def flows(check: BaseCheck) -> dict[str, FlowCheck]:
    return {row["flow"]: row for row in check.flows()}


def test_a_quote_is_the_mean_of_the_rows_it_names(prices: dict[tuple[str, str, str], PriceCheck]) -> None:
    quoted = pack_rows("prices")
    seen = 0
    for row in prices.values():
        if row["basis"] == "list":
            continue
        rows = [quoted[name.removeprefix("prices:")] for name in row["rows"]]
        assert all((r["model_good"], r["year"], r["in_use"]) == (row["good"], "2024", "1") for r in rows)
        assert {r["price_basis"] for r in rows} == {row["basis"]}
        mean = sum(float(r["price_usd_per_kg"]) for r in rows) / len(rows)
        taxed = row["place"] == "CN" and row["basis"] != "home_net_vat"
        assert row["quote_usd_per_kg"] == pytest.approx(mean / (1.13 if taxed else 1.0), rel=1e-8)
        assert ("AS091" in row["how"]) == taxed
        seen += 1
    assert seen >= 20


def test_a_year_is_not_counted_again_in_its_months(prices: dict[tuple[str, str, str], PriceCheck]) -> None:
    """The pack holds dysprosium's year, its quarters and single days; the year is read."""
    assert prices["ox_Dy", "CN", "prices:PR0734"]["rows"] == ["prices:PR0734"]
    assert prices["ox_NdPr", "border", "prices:PR0740"]["rows"] == ["prices:PR0740"]
    assert len(prices["ox_La", "CN", "prices:PR0748"]["rows"]) == 7


def test_lists_of_magnets_are_held_by_their_finished_weight(
    prices: dict[tuple[str, str, str], PriceCheck],
) -> None:
    blank = prices["mag_low", "CN", "process_coefficients:CO237"]
    assert blank["quote_usd_per_kg"] == pytest.approx(23.3 / 0.75)
    assert (blank["years"], blank["quality"]) == (["2024", "2025"], "estimated")
    assert prices["mag_NdFeB", "border", "economics:E010"]["quote_usd_per_kg"] == 49.2


def test_prices_are_those_of_the_run(simulation: Simulation, prices: dict[tuple[str, str, str], PriceCheck]) -> None:
    home = [done.price[Good("ox_Dy", "CN")] for done in simulation.months]
    row = prices["ox_Dy", "CN", "prices:PR0734"]
    assert row["model_usd_per_kg"] == pytest.approx(sum(home) / 12)
    assert (row["lowest_usd_per_kg"], row["highest_usd_per_kg"]) == pytest.approx((min(home), max(home)))
    levies = [done.levies["ship", "ox_Dy", "CN", "JP", "civil", "free"] for done in simulation.months]
    border = prices["ox_Dy", "border", "prices:PR0733"]
    assert border["model_usd_per_kg"] == pytest.approx((sum(home) + sum(levies)) / 12)
    for entry in prices.values():
        assert entry["ratio"] == pytest.approx(entry["model_usd_per_kg"] / entry["quote_usd_per_kg"], rel=1e-8)


def test_the_seven_that_are_tested_are_there(prices: dict[tuple[str, str, str], PriceCheck]) -> None:
    found = {row["good"] for row in prices.values() if row["stands"] == TESTED and row["place"] == "CN"}
    assert found == set(SEVEN)
    calibrated = {row["good"] for row in prices.values() if row["stands"] == CALIBRATED}
    assert calibrated == {"ox_NdPr", "ox_Dy", "ox_Tb"}


def test_what_is_calibrated_is_what_the_model_reads(
    simulation: Simulation, prices: dict[tuple[str, str, str], PriceCheck]
) -> None:
    for row in prices.values():
        if row["stands"] == CALIBRATED:
            element = row["good"].removeprefix("ox_")
            assert row["quote_usd_per_kg"] == pytest.approx(simulation.world.coefficients.home_price[element])
    assert stands("ox_Dy", "border") == stands("met_Tb", "CN") == stands("mag_low", "CN") == DERIVED


def test_reported_figures_are_rows_of_the_pack(flows: dict[str, FlowCheck]) -> None:
    made, sent, shares = pack_rows("processing_capacity"), pack_rows("trade"), pack_rows("process_coefficients")
    value = {name: float(row["value"]) for table in (made, sent, shares) for name, row in table.items() if row["value"]}
    assert flows["out_Gd"]["reported"] == pytest.approx(12 * value["PC095"] + value["PC108"])
    assert flows["magnets_CN"]["reported"] == pytest.approx(value["PC072"] * value["CO053"])
    assert flows["out_NdPr_SEA"]["reported"] == sum(value[f"PC{n}"] for n in (133, 135, 137, 138))
    for flow, row in (("out_NdPr", "PC086"), ("out_Dy", "PC090"), ("out_Tb", "PC091"), ("metal_NdPr", "PC087")):
        assert flows[flow]["reported"] == value[row]
    for flow, row in (("magnets_out", "TR004"), ("group_out", "TR061"), ("back_NdPr", "PC107")):
        assert flows[flow]["reported"] == value.get(row)
    parts = [flows[name]["reported"] for name in flows if name.startswith("share_")]
    assert sum(parts) == pytest.approx(sum(value[f"TR{n:03d}"] for n in range(33, 42))) == pytest.approx(1.0)
    assert {row["flow"] for row in flows.values()} == {asked.id for asked in FLOWS}


def test_flows_are_those_of_the_run(simulation: Simulation, flows: dict[str, FlowCheck]) -> None:
    activities = simulation.network.activities
    mass = {a.name: sum(done.activity_t.get(a.name, 0.0) for done in simulation.months) for a in activities}
    out = sum(mass[a.name] for a in activities if a.kind == "ship" and a.key[0].startswith("mag_") and a.key[1] == "CN")
    assert flows["magnets_out"]["model"] == pytest.approx(out)
    assert sum(row["model"] for name, row in flows.items() if name.startswith("share_")) == pytest.approx(1.0)
    made = sum(mass[a.name] for a in activities if a.kind == "metal" and a.key[:2] == ("NdPr", "CN"))
    assert flows["metal_NdPr"]["model"] == pytest.approx(made)
    gives = {(a.name, amount.good.name): amount.mass for a in activities for amount in a.gives}
    back = sum(
        mass[a.name] * gives[a.name, "ox_NdPr"] for a in activities if a.name[0] == "recycle" and a.key[1] == "CN"
    )
    assert flows["back_NdPr"]["model"] == pytest.approx(back)
    for row in flows.values():
        assert row["ratio"] == pytest.approx(row["model"] / row["reported"], rel=1e-8)


def test_closed_flows_are_those_of_the_base_year(flows: dict[str, FlowCheck]) -> None:
    base = load_base()
    assert flows["metal_NdPr"]["closed"] == pytest.approx(base.metal()["met_NdPr", "CN"])
    assert flows["magnets_JP"]["closed"] == pytest.approx(
        sum(m for (g, r), m in base.magnets().items() if r == "JP" and g != "mag_SmCo")
    )
    key = ("ox_Gd", "CN")
    used = base.oxides()[key] + base.recycled()[key] - base.surplus()[key]
    assert flows["out_Gd"]["closed"] == pytest.approx(used)


def test_what_was_left_over_is_told_before_and_after(check: BaseCheck) -> None:
    rows = pack_rows("base_balance")
    for row in check.balance():
        held = rows[row["row"].removeprefix("base_balance:")]
        assert row["item"] == held["item"]
        for name in ("residual_before", "residual_published", "residual_after", "aside_after"):
            assert row[name] == (pytest.approx(float(held[name]), rel=1e-8) if held[name] else None)
    assert len(check.balance()) == len(rows)


def test_what_is_compared_does_not_become_what_the_model_rests_on(check: BaseCheck, simulation: Simulation) -> None:
    before = set(simulation.world.figures.taken)
    BaseCheck(simulation).all()
    assert simulation.world.figures.taken == before
    assert "trade:TR038" in check.figures.taken
    assert "trade:TR038" not in before


def test_a_run_that_is_shorter_than_the_year_is_refused() -> None:
    with pytest.raises(CoercivityError, match="1 months of 2024"):
        BaseCheck(run(FIRST, FIRST))


def test_every_cause_is_there_in_both_languages() -> None:
    causes = load_causes()
    texts = [*causes.prices.values(), *(word for f in causes.flows.values() for word in (f.name, f.cause))]
    assert all(text.en and text.zh for text in texts)


def test_a_cause_that_is_missing_is_named(tmp_path: Path) -> None:
    text = (scenario_folder().parent / CAUSES_FILE).read_text(encoding="utf-8")
    (tmp_path / CAUSES_FILE).write_text(
        text.replace("  ox_Sm:\n", "  ox_XX:\n").replace("  out_Gd:\n", "  out_XX:\n"), encoding="utf-8"
    )
    with pytest.raises(CoercivityError) as found:
        load_causes(tmp_path)
    assert [fault.code for fault in found.value.faults] == ["BASE-CAUSE", "BASE-CAUSE"]
    assert {"ox_Sm", "out_Gd"} == {fault.what.split()[-1] for fault in found.value.faults}
