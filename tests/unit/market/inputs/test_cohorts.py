"""Magnets in devices by year of sale: what leaves use, when, and what it contains."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.errors import CoercivityError
from coercivity.base.months import parse_month
from coercivity.market.inputs.cohorts import (
    CONTENT_OF,
    FIRST_SALES,
    OLD,
    Cohorts,
    contents,
    heavy_share,
    lost_by_age,
)
from coercivity.market.inputs.device_rows import DEVICES, check_devices
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.simulate import world_once

YEARS = st.integers(1985, 2035)


@pytest.fixture(scope="module")
def packed() -> Cohorts:
    world = world_once(recycling=True)
    assert world.cohorts is not None
    return world.cohorts


def test_one_device_by_hand() -> None:
    """Shape 1 and a scale of one year: 1 - exp(-1/12) = 0.07996 of a cohort leave in the month of its sale.

    In the second month exp(-1/12) - exp(-2/12) = 0.92004 - 0.84648 = 0.07356; in the first year 1 - exp(-1) = 0.63212.
    """
    lost = lost_by_age(1.0, 1.0, 24)
    assert lost[:2] == pytest.approx([0.0799556, 0.0735627], abs=1e-6)
    assert math.fsum(lost[:12]) == pytest.approx(0.632121, abs=1e-6)


def test_what_leaves_use_until_2035_is_what_was_sold_less_what_is_still_in_use(packed: Cohorts) -> None:
    """Over all months since 1985, the sales of a pool less the part that its law leaves in use at the end of 2035."""
    months = parse_month("2036-01") - FIRST_SALES
    leaving = packed.leaving_t(FIRST_SALES, months).sum(axis=1)
    usual = packed.usual_t(range(FIRST_SALES, FIRST_SALES + months))
    sold = np.array([packed.by_pool(usual[:, n], FIRST_SALES + n) for n in range(months)]).T
    gone = np.cumsum(packed.lost(months), axis=1)[:, ::-1]
    assert leaving == pytest.approx((sold * gone).sum(axis=1), rel=1e-9)


def test_a_later_span_holds_the_same_months(packed: Cohorts) -> None:
    first = parse_month("2024-01")
    whole = packed.leaving_t(first, 36)
    assert packed.leaving_t(first + 12, 24) == pytest.approx(whole[:, 12:], rel=1e-9)


def test_sales_are_those_of_the_base_year_and_near_what_is_known_of_2010(packed: Cohorts) -> None:
    """About 75 kt of finished magnets were sold in 2010: general knowledge, not a figure of the data set."""
    base = world_once().base
    used = math.fsum(mass for (_, grade, _), mass in base.use().items() if grade in CONTENT_OF)
    assert packed.usual_t([parse_month("2024-07")]).sum() * 12 == pytest.approx(used, rel=1e-9)
    assert packed.usual_t([parse_month("2010-07")]).sum() * 12 == pytest.approx(75_000, rel=0.15)


def test_old_magnets_contain_more_dysprosium(packed: Cohorts) -> None:
    each = contents(packed.coefficients)
    assert each[OLD]["Dy"] > 3 * each["high"]["Dy"] > 3 * each["low"]["Dy"]
    assert each[OLD]["NdPr"] < each["high"]["NdPr"]


@given(year=YEARS)
def test_old_and_new_parts_keep_the_heavy_rare_earths_of_a_grade(packed: Cohorts, year: int) -> None:
    """Alloyed: low 0.2 x 1.9 + 0.8 x 4.2 = 3.74 %; high 0.1 x 4.2 + 0.5 x 6.5 + 0.4 x 8.5 = 7.07 % Dy."""
    month, each = parse_month(f"{year}-07"), contents(packed.coefficients)
    share = packed.old_share(month)
    then = {"mag_low": 0.0374, "mag_high": 0.0707}
    for place, one in enumerate(packed.sold):
        if one.region == "EUR" and one.grade in then:
            alone = np.zeros(len(packed.sold))
            alone[place] = 1.0
            pools = zip(packed.pools, packed.by_pool(alone, month).tolist(), strict=True)
            masses = {pool.content: mass for pool, mass in pools if mass}
            now = heavy_share(each[CONTENT_OF[one.grade]])
            heavy = math.fsum(mass * heavy_share(each[content]) for content, mass in masses.items())
            assert math.fsum(masses.values()) == pytest.approx(1.0, rel=1e-12)
            assert heavy == pytest.approx(share * then[one.grade] + (1 - share) * now, rel=1e-9)


def test_every_device_has_a_life(packed: Cohorts) -> None:
    assert {pool.end_use for pool in packed.pools} <= set(DEVICES)


def test_devices_without_a_lifetime_are_named_together() -> None:
    with pytest.raises(CoercivityError) as error:
        check_devices(["trams", "elevator", "medical"], Figures())
    faults = error.value.faults
    assert [fault.code for fault in faults] == ["NO-LIFETIME", "NO-LIFETIME"]
    assert "'elevator'" in faults[0].what
    assert faults[0].nearest[0] == "elevators"
    assert "'trams'" in faults[1].what


def test_a_life_that_is_no_number_is_a_fault() -> None:
    figures = Figures()
    figures.rows("lifetimes")
    figures._tables["lifetimes"] = {
        key: {**row, "shape": "short"} if key == "L016" else row for key, row in figures.rows("lifetimes").items()
    }
    with pytest.raises(CoercivityError) as error:
        check_devices(["medical"], figures)
    assert [(fault.code, fault.what) for fault in error.value.faults] == [
        ("ROW-FIGURE", "shape of row L016 of device 'medical' must be above 0")
    ]


def test_channels_grow_from_2024_to_2035(packed: Cohorts) -> None:
    """From 0.35 in the middle of 2024 evenly to 1 in the middle of 2035: half-way, in January 2030, 0.675."""
    months = [parse_month(text) for text in ("2020-01", "2024-07", "2030-01", "2035-07", "2040-01")]
    assert packed.channels(months).tolist() == pytest.approx([0.35, 0.35, 0.675, 1.0, 1.0])
