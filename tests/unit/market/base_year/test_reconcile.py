"""Base year: balances close, the optimum is optimal, and the tables match a new calculation."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

import numpy as np
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.packs import Pack, open_pack
from coercivity.data.tables import Table
from coercivity.market.base_year.prior import Priors
from coercivity.market.base_year.priors import read_priors
from coercivity.market.base_year.recipes import OXIDES, Recipes, model_recipes, published_recipes
from coercivity.market.base_year.reconcile import Reconciled, check_closed, leftovers, reconcile
from coercivity.market.base_year.solve import Floats, Least, conditions, least_squares
from coercivity.market.base_year.tables import tables_of
from coercivity.market.inputs.base_flows import load_base
from coercivity.market.inputs.coefficients import MAGNETS, USING, Coefficients
from coercivity.market.inputs.figures import Figures
from tests.places import ROOT

# Flows that end further than three errors from their figure, and why; docs/base-year.md says more.
FAR = {("metal", "met_Tb", "", "CN", "CN")}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return open_pack("world")


@pytest.fixture(scope="module")
def coefficients(pack: Pack) -> Coefficients:
    return Coefficients(Figures(pack))


@pytest.fixture(scope="module")
def done(pack: Pack, coefficients: Coefficients) -> Reconciled:
    return reconcile(pack.tables, model_recipes(coefficients, pack.tables))


@pytest.fixture(scope="module")
def published(pack: Pack, coefficients: Coefficients) -> tuple[Recipes, Priors]:
    recipes = published_recipes(coefficients, pack.tables)
    return recipes, read_priors(pack.tables, recipes)


def test_every_balance_closes_per_good_element_and_region(done: Reconciled) -> None:
    kinds = {kind for kind, _, _ in done.balances}
    assert kinds == {"feed", "cut", "oxide", "metal", "magnet", "swarf"}
    assert {(good, at) for kind, good, at in done.balances if kind == "oxide"} >= {
        (o, at) for o in OXIDES for at in ("CN", "JP")
    }
    assert {(good, at) for kind, good, at in done.balances if kind == "magnet"} >= {
        (m, at) for m in MAGNETS for at in USING
    }
    for left, through in leftovers(done.flows, done.balances).values():
        assert abs(left) <= 1e-9 * max(through, 1e-3)


def test_the_packed_flows_close_too(done: Reconciled) -> None:
    for key, (left, through) in leftovers(load_base().flows, done.balances).items():
        assert abs(left) <= 1e-9 * max(through, 1e-3), key


def test_mass_of_an_element_is_kept_from_the_ore_to_the_last_use(done: Reconciled) -> None:
    """Counted anew from the coefficients of the model, not from the balances that the computation was given."""
    base, recipes = load_base(), done.recipes
    for oxide in OXIDES:
        gained = sum(mass * recipes.oxide_from_feed(feed, oxide, at) for (feed, at), mass in base.separate().items())
        for part in (base.recycled(), base.unregistered()):
            gained += sum(mass for (good, _), mass in part.items() if good == oxide)
        lost = sum(
            mass
            for part in (base.nonmagnet(), base.surplus(), base.seg_aside())
            for (good, _), mass in part.items()
            if good == oxide
        )
        for (metal, at), mass in base.metal().items():
            lost += mass * recipes.oxide_for_metal(metal, at) if metal in _metals_of(oxide) else 0.0
        assert gained == pytest.approx(lost, rel=1e-9), oxide
    for metal in {metal for metal, _ in base.metal()}:
        made = sum(mass for (name, _), mass in base.metal().items() if name == metal)
        taken = sum(mass * recipes.metal_for_magnet(grade, metal, at) for (grade, at), mass in base.magnets().items())
        assert made == pytest.approx(taken, rel=1e-9), metal


def _metals_of(oxide: str) -> tuple[str, ...]:
    return ("met_LaCe",) if oxide == "ox_Ce" else (f"met_{oxide[3:]}",)


@pytest.mark.parametrize(
    "kind", ["mine", "separate", "recycled", "oxide_trade", "metal", "magnet", "magnet_trade", "use"]
)
def test_a_broken_balance_is_noticed(done: Reconciled, kind: str) -> None:
    flows = dict(done.flows)
    key = max((key for key in flows if key[0] == kind), key=lambda key: flows[key])
    flows[key] *= 1.0 + 1e-6
    with pytest.raises(CoercivityError) as caught:
        check_closed(flows, done.balances)
    assert {fault.code for fault in caught.value.faults} == {"BASE-YEAR"}


def test_what_is_left_over_is_measured_by_what_went_through() -> None:
    """Ten tonnes come and nine go: one is left of nine and a half."""
    came, went, none = ("mine", "x", "", "CN", "CN"), ("use", "x", "", "CN", "CN"), ("use", "y", "", "CN", "CN")
    balances = {("made", "x", "CN"): {came: 1.0, went: -1.0, none: -1.0}}
    flows = {came: 10.0, went: 9.0}
    assert leftovers(flows, balances) == {("made", "x", "CN"): (1.0, 9.5)}
    check_closed(flows, balances, tolerance=1 / 9.5)
    with pytest.raises(CoercivityError, match=r"1 t left over of 9\.5 t"):
        check_closed(flows, balances, tolerance=0.1)


def test_a_negative_flow_is_noticed(done: Reconciled) -> None:
    flows = dict.fromkeys(done.flows, 0.0) | {("mine", "feed:SICHUAN", "", "SEA", "SEA"): -1.0}
    with pytest.raises(CoercivityError, match="negative"):
        check_closed(flows, done.balances)


def test_the_conditions_of_the_optimum_hold(done: Reconciled) -> None:
    answer = done.answer
    assert max(answer.off_balance, answer.off_slope, answer.off_sign) < 1e-7
    assert min(done.flows.values()) >= 0.0
    assert answer.held.any()  # some bound holds, or the bounds were not tested


def test_no_feasible_step_comes_nearer(done: Reconciled) -> None:
    """Optimality without multipliers: along directions that keep all balances the misfit grows."""
    keys = sorted(done.flows)
    rows = np.array([[terms.get(key, 0.0) for key in keys] for terms in done.balances.values()])
    flows = np.array([done.flows[key] for key in keys])
    free = flows > 1e-3
    _, sizes, right = np.linalg.svd(rows[:, free])
    paths = right[int((sizes > 1e-9 * sizes[0]).sum()) :]
    assert len(paths) > 100
    at_best = _misfit(done, keys, flows)
    generator = np.random.default_rng(20241231)
    for _ in range(50):
        step = np.zeros(len(keys))
        step[free] = generator.standard_normal(len(paths)) @ paths
        step *= 0.5 / np.abs(step[free] / flows[free]).max()
        assert _misfit(done, keys, flows + step) > at_best
        assert _misfit(done, keys, flows - step) > at_best


def _misfit(done: Reconciled, keys: list[tuple[str, str, str, str, str]], flows: Floats) -> float:
    values = {key: float(mass) for key, mass in zip(keys, flows, strict=True)}
    own = sum(((values[key] - prior.pull_t) / prior.sigma_t) ** 2 for key, prior in done.priors.flows.items())
    sums = (
        (sum(w * values[key] for key, w in part.terms.items()) - part.value_t) / part.sigma_t
        for part in done.priors.sums
    )
    return own + sum(miss**2 for miss in sums)


def test_a_small_problem_by_hand() -> None:
    """Drawn to 3, -2 and 1 with x = y + z: without the bound y would be -2/3; held at zero, x and z meet half-way."""
    problem = Least(np.eye(3), np.array([3.0, -2.0, 1.0]), np.array([[1.0, -1.0, -1.0]]), np.ones(3))
    answer = least_squares(problem)
    assert answer.flows == pytest.approx([2.0, 0.0, 2.0])
    assert list(answer.held) == [False, True, False]
    worse = conditions(problem, np.array([1.9, 0.0, 2.0]), answer.multipliers, answer.held)
    assert worse[0] > 1e-2
    assert worse[1] > 1e-3


def test_flows_stay_near_what_was_read(done: Reconciled) -> None:
    assert set(done.far(3.0)) == FAR
    assert max(abs(stray) for stray in done.stray_sums.values()) < 3.0
    assert len(done.strays) > 200


def test_same_bytes_twice_and_as_packed(pack: Pack, coefficients: Coefficients, done: Reconciled) -> None:
    again = reconcile(pack.tables, model_recipes(coefficients, pack.tables))
    assert tables_of(again, pack.tables) == tables_of(done, pack.tables)
    packed = load_base().flows
    assert set(packed) == set(done.flows)
    for key, mass in done.flows.items():
        assert math.isclose(packed[key], mass, rel_tol=1e-6, abs_tol=1e-6), f"{key}: compute the tables anew"


@pytest.mark.parametrize("name", ["base_flows", "base_balance"])
def test_the_packed_tables_are_those_that_are_computed(pack: Pack, done: Reconciled, name: str) -> None:
    """Cell by cell: words as they are, figures to six digits, and of what rounding left over only how little it is."""
    packed = (Path(str(pack.root)) / f"{name}.csv").read_text(encoding="utf-8")
    computed = list(csv.DictReader(tables_of(done, pack.tables)[name].splitlines()))
    rows = list(csv.DictReader(packed.splitlines()))
    assert [row["id"] for row in computed] == [row["id"] for row in rows]
    for ours, theirs in zip(computed, rows, strict=True):
        assert list(ours) == list(theirs)
        for column, cell in ours.items():
            where = f"{ours['id']} {column}: compute the tables anew"
            if column.startswith("residual_after"):
                assert max(abs(float(cell)), abs(float(theirs[column]))) < 1e-5, where
            elif _is_number(cell) and _is_number(theirs[column]):
                assert math.isclose(float(cell), float(theirs[column]), rel_tol=1e-6, abs_tol=1e-4), where
            else:
                assert cell == theirs[column], where


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", cell) is not None


def test_the_published_residuals_are_reproduced_to_the_tonne(pack: Pack, published: tuple[Recipes, Priors]) -> None:
    """The reading behind base_year_residuals: mag_Ce carries its own, diluted content; its other points in the docs."""
    recipes, priors = published
    rows = {str(row["good"]): row for row in pack.table("base_year_residuals").rows}
    magnets = [(key[1], key[3], prior.pull_t) for key, prior in priors.flows.items() if key[0] == "magnet"]
    for oxide in ("ox_NdPr", "ox_Ce", "ox_Dy", "ox_Tb"):
        use = sum(mass * recipes.oxide_for_magnet(grade, oxide, at) for grade, at, mass in magnets)
        assert round(use) == rows[oxide]["use_ndfeb"], oxide
    smco = sum(mass * recipes.oxide_for_magnet(grade, "ox_Sm", at) for grade, at, mass in magnets)
    assert round(smco) == rows["ox_Sm"]["use_smco"]
    undiluted = sum(
        mass * recipes.oxide_for_magnet("mag_none" if grade == "mag_Ce" else grade, "ox_NdPr", at)
        for grade, at, mass in magnets
    )
    assert undiluted > 127_000  # the other reading, which misses the published use by a tenth


def test_the_balance_table_shows_before_and_after(done: Reconciled) -> None:
    balance = load_base().balance
    assert set(balance) == {"La", "Ce", "NdPr", "Sm", "Eu", "Gd", "Tb", "Dy", "Y", "Ho-Lu", *MAGNETS}
    base = load_base()
    for row in balance.values():
        supply, use, aside = (_figure(row, name) for name in ("supply_after", "use_after", "aside_after"))
        assert abs(supply - use - aside) < 1e-8 * supply
        assert abs(_figure(row, "residual_after_share")) < 1e-9
    before = {item: _figure(balance[item], "residual_before_share") for item in ("NdPr", "Dy")}
    assert before["NdPr"] == pytest.approx(-0.106, abs=0.001)
    assert before["Dy"] == pytest.approx(-0.229, abs=0.001)
    assert _figure(balance["NdPr"], "use_after") > sum(m for (o, _), m in base.nonmagnet().items() if o == "ox_NdPr")


def _figure(row: object, name: str) -> float:
    value = row[name]  # type: ignore[index] # a row of a table
    assert isinstance(value, (int, float))
    return float(value)


def test_supply_that_nobody_registered_is_marked_assumed(pack: Pack) -> None:
    rows = [row for row in pack.table("base_flows").rows if row["kind"] == "unregistered"]
    assert {row["good"] for row in rows} == {"ox_NdPr", "ox_Dy", "ox_Tb"}
    assert {row["quality"] for row in rows} == {"assumed"}


def test_the_model_reads_flows_by_kind() -> None:
    base = load_base()
    for part in (base.mine, base.separate, base.oxides, base.magnets, base.metal, base.recycled, base.surplus):
        assert part()
        assert all(mass > 0.0 for mass in part().values())
    assert {at for grade, at in base.magnets() if grade == "mag_Ce"} == {"CN"}
    for (use, grade, at), mass in base.use().items():
        assert base.flows["use", grade, use, at, at] == mass
    assert sum(base.trade("magnet_trade").values()) > 55_000
    with pytest.raises(CoercivityError, match="magnet_trade"):
        base.trade("magnets")


def test_cerium_magnets_abroad_come_from_china(done: Reconciled) -> None:
    base = load_base()
    for at in (at for at in USING if at != "CN"):
        used = sum(mass for (_, grade, where), mass in base.use().items() if (grade, where) == ("mag_Ce", at))
        assert used == pytest.approx(base.trade("magnet_trade")["mag_Ce", "CN", at])


def test_recycled_oxide_fits_into_the_swarf(done: Reconciled) -> None:
    base, recipes = load_base(), done.recipes
    for metal, oxide in (("met_NdPr", "ox_NdPr"), ("met_Dy", "ox_Dy"), ("met_Tb", "ox_Tb")):
        swarf = sum(
            mass * recipes.swarf_from_magnet(grade, metal, at)
            for (grade, at), mass in base.magnets().items()
            if at == "CN"
        )
        assert base.recycled()[oxide, "CN"] <= 0.92 * swarf * (1 + 1e-9)


def test_a_missing_coefficient_is_named(pack: Pack, coefficients: Coefficients) -> None:
    whole = pack.tables["process_coefficients"]
    kept = [at for at, row in enumerate(whole.rows) if row["item"] != "NdFeB swarf"]
    texts, cells, lines = (
        tuple(whole.texts[at] for at in kept),
        tuple(whole.cells[at] for at in kept),
        tuple(whole.lines[at] for at in kept),
    )
    cut = Table(whole.name, whole.schema, whole.where, texts, cells, lines)
    with pytest.raises(CoercivityError, match="NdFeB swarf"):
        model_recipes(coefficients, {**pack.tables, "process_coefficients": cut})


def test_the_page_says_what_the_tables_say(pack: Pack, coefficients: Coefficients, done: Reconciled) -> None:
    page = (ROOT / "docs/base-year.md").read_text(encoding="utf-8")
    base = load_base()
    for item in ("NdPr", "Dy", "Tb"):
        found = re.search(rf"^\| {item} \| (\S+) \| (\S+) % \| (\S+) \| (\S+) \|", page, re.MULTILINE)
        assert found, item
        row = base.balance[item]
        oxide = f"ox_{item}"
        told = [float(text.replace(",", "")) for text in found.groups()]
        assert told[0] == round(_figure(row, "residual_before"))
        assert told[1] == round(100 * _figure(row, "residual_before_share"), 1)
        assert told[2] == _figure(row, "residual_published")
        assert told[3] == round(base.unregistered().get((oxide, "CN"), 0.0))
    other = reconcile(pack.tables, published_recipes(coefficients, pack.tables))
    assert f"misfit is {other.misfit:.1f}." in page.replace("\n", " ")
    assert f"misfit is {done.misfit:.1f}." in page.replace("\n", " ")
    assert f"Of {len(done.strays)} figures" in page
    assert f"Of {len(done.stray_sums)} sums" in page
