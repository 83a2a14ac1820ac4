"""The estimate of a state against a world of which the truth is known, another solver and a closed formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from coercivity.base.errors import CoercivityError
from coercivity.base.sums import total
from coercivity.observations.state.estimate import covariance_of, estimated
from coercivity.observations.state.programme import Form, Measured
from tests.unit.observations.state.world import MONTHS, REGIONS, Case, case, exports, programme, sum_of

SEEDS = 60
LAST = str(MONTHS[-1])


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case(seed) for seed in range(SEEDS)]


def test_without_observations_the_estimate_is_the_model() -> None:
    held = programme()
    found = estimated(held, [])
    for name, usual in held.usual.items():
        assert found.value[name] == pytest.approx(usual, rel=1e-9, abs=1e-6), name


def test_ranges_cover_true_stocks_and_exports_at_about_their_rate(cases: list[Case]) -> None:
    """90 % of 60 x 8 figures; they depend on each other within a world, so the bounds are wide."""
    hits = []
    for each in cases:
        forms: list[Form] = [{("stock", "magnets", region, LAST): 1.0} for region in (*REGIONS, "CN")]
        forms += [exports(region, MONTHS[2:4]) for region in (*REGIONS, "XCN")]
        for form in forms:
            low, high = each.estimate.range(form)
            hits.append(low <= sum_of(form, each.true) <= high)
    assert 0.85 <= float(np.mean(hits)) <= 0.99


def test_observations_bring_the_estimate_nearer_to_the_truth(cases: list[Case]) -> None:
    form = exports("XCN")
    off = [abs(each.estimate.of(form) - sum_of(form, each.true)) for each in cases]
    off_alone = [abs(each.estimate.own(form) - sum_of(form, each.true)) for each in cases]
    assert float(np.mean(off)) < 0.3 * float(np.mean(off_alone))


def test_mass_is_neither_made_nor_lost(cases: list[Case]) -> None:
    """What the world has at the start, under way included, plus output less use, is what it has at the end."""
    for each in cases:
        value = each.estimate.value
        assert each.estimate.off_balance <= 1e-9
        kinds = {kind: [v for name, v in value.items() if name[0] == kind] for kind in ("made", "used", "due")}
        start = sum_of({n: 1.0 for n in value if n[0] == "stock" and n[3] == str(MONTHS[0] - 1)}, value)
        end = sum_of({n: 1.0 for n in value if n[0] == "stock" and n[3] == LAST}, value)
        lags = {"EUR": 2, "NAM": 1}
        end += sum_of(
            {
                name: 1.0
                for name in value
                if name[0] in ("shipped", "moved") and int(name[4]) + lags.get(name[3], 0) > MONTHS[-1]
            },
            value,
        )
        whole = start + total(kinds["due"]) + total(kinds["made"]) - total(kinds["used"])
        assert whole == pytest.approx(end, rel=1e-9)


def test_nothing_is_below_zero(cases: list[Case]) -> None:
    assert min(value for each in cases for value in each.estimate.value.values()) >= 0.0


def test_scipy_finds_the_same_optimum() -> None:
    """Balances as rows of great weight, bounds by another algorithm; a month without exports puts some at zero."""
    held = programme()
    true = case(3)
    stopped = f"W{MONTHS[2]}"
    seen = [replace(row, value=0.5, sd=0.5) if row.id == stopped else row for row in true.rows if row.id[0] == "W"]
    found = estimated(held, seen)
    assert min(found.value.values()) == 0.0
    least = held.least(seen)
    heavy = 1e6 * np.abs(least.wanted).max()
    rows = np.vstack([least.wanted, heavy * least.balance])
    target = np.concatenate([least.target, np.zeros(len(least.balance))])
    other = lsq_linear(rows * least.scale, target, (0.0, np.inf), method="bvls", max_iter=10_000, tol=1e-13)
    theirs = dict(zip(held.usual, (other.x * least.scale).tolist(), strict=True))
    for name, value in found.value.items():
        assert value == pytest.approx(theirs[name], rel=1e-4, abs=1e-2), name


def test_with_no_bound_reached_estimate_and_range_follow_from_the_normal_equations() -> None:
    """On the null space Z of the balances: x = Z (Z'HZ)^-1 Z'g and covariance Z (Z'HZ)^-1 Z'."""
    each = case(5)
    least = each.programme.least(each.rows)
    assert min(each.estimate.value.values()) > 0.0
    _, sizes, right = np.linalg.svd(least.balance)
    null = right[int((sizes > 1e-9).sum()) :].T
    inverse = np.linalg.inv(null.T @ least.wanted.T @ least.wanted @ null)
    values = null @ inverse @ null.T @ least.wanted.T @ least.target
    names = list(each.programme.usual)
    assert list(each.estimate.value.values()) == pytest.approx(values.tolist(), rel=1e-6, abs=1e-6)
    spread = null @ inverse @ null.T
    ours = covariance_of(least, np.zeros(len(names), dtype=bool))
    assert np.allclose(ours, spread, rtol=1e-6, atol=1e-6 * float(spread.max()))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 20),
    st.sampled_from([*REGIONS, "XCN"]),
    st.integers(0, len(MONTHS) - 1),
    st.integers(1, 3),
    st.floats(0.005, 0.5),
)
def test_another_row_never_widens_the_range_of_what_it_measures(
    seed: int, region: str, first: int, months: int, error: float
) -> None:
    each = case(seed)
    form = exports(region, MONTHS[first : first + months])
    value = each.estimate.of(form)
    more = estimated(each.programme, [*each.rows, Measured("more", form, value, error * value)])
    assert more.sd(form) <= each.estimate.sd(form) * (1.0 + 1e-9)


def test_the_share_of_a_row_is_what_it_adds_to_what_others_say() -> None:
    """A row alone that measures a flow with prior variance p and error variance e has the share p / (p + e)."""
    held = programme()
    form = exports("JP", (MONTHS[0],))
    before = estimated(held, []).sd(form) ** 2
    (row,) = estimated(held, [Measured("one", form, 66.0, 5.0)]).believed
    assert row.share == pytest.approx(before / (before + 25.0), rel=1e-6)
    assert row.estimate == pytest.approx(60.0 + row.share * 6.0, rel=1e-6)


def test_rows_that_contradict_each_other_are_told_together() -> None:
    held = programme()
    whole = Measured("WHOLE", exports("XCN", MONTHS[:2]), 480.0, 5.0)
    part = Measured("PART", exports("EUR", MONTHS[:1]), 900.0, 5.0)
    with pytest.raises(CoercivityError) as told:
        estimated(held, [whole, part])
    (fault,) = told.value.faults
    assert fault.code == "OBSERVED-CLASH"
    assert {"WHOLE", "PART"} <= set(fault.what.replace("(", " ").split())
