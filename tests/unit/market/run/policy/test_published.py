"""What is published late: no month before its publication differs from a run without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.months import month_text, parse_month
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.scenarios.form import DemandShift, Duty, Quota
from coercivity.market.run.scenarios.scenario import Scenario
from tests.oracles.market_toy import simulated, told

FIRST, PUBLISHED = parse_month("2024-10"), parse_month("2024-12")
EFFECT = month_text(PUBLISHED + 1)
MONTHS = {"published": month_text(PUBLISHED), "from": EFFECT}
NEVER = {"published": "2030-01", "from": "2030-01"}
QUOTA = {"name": "q", "goods": ["ox_NdPr"], "tonnes_a_month": "50", "clause": "c"}
DUTY = {"goods": ["ox_NdPr", "met_NdPr"], "share": "0.5", "clause": "d"}
SHIFT = {"use": "wind", "share": "3"}


def asked(**months: str) -> Scenario:
    plain = told("no-controls")
    return replace(
        plain,
        quotas=(Quota.model_validate({**QUOTA, **months}),),
        duties=(Duty.model_validate({**DUTY, **months}),),
        demand=(DemandShift.model_validate({**SHIFT, **months}),),
    )


@pytest.fixture(scope="module")
def runs() -> tuple[list[MonthDone], list[MonthDone], list[MonthDone]]:
    """Published in the third month, never within the run, and without."""
    without = told("no-controls")
    found = [simulated(each, "2025-01", 4).months for each in (asked(**MONTHS), asked(**NEVER), without)]
    return list(found[0]), list(found[1]), list(found[2])


def test_months_before_publication_are_the_same_to_the_last_bit(
    runs: tuple[list[MonthDone], list[MonthDone], list[MonthDone]],
) -> None:
    late, never, _ = runs
    for one, other in zip(late, never, strict=True):
        if one.month < PUBLISHED:
            assert one.plan.value.tobytes() == other.plan.value.tobytes()
            assert one.plan.dual.tobytes() == other.plan.dual.tobytes()
            assert one.after.stock_t == other.after.stock_t


def test_months_before_publication_are_those_of_a_run_without_it(
    runs: tuple[list[MonthDone], list[MonthDone], list[MonthDone]],
) -> None:
    late, _, without = runs
    for one, other in zip(late, without, strict=True):
        if one.month < PUBLISHED:
            assert one.activity_t == pytest.approx(other.activity_t, rel=1e-6, abs=1e-6)
            assert one.quote == pytest.approx(other.quote, rel=1e-6)


def test_from_publication_on_it_is_felt(runs: tuple[list[MonthDone], list[MonthDone], list[MonthDone]]) -> None:
    late, never, _ = runs
    felt = [one.activity_t != other.activity_t for one, other in zip(late, never, strict=True)]
    assert felt == [False, False, True, True]
