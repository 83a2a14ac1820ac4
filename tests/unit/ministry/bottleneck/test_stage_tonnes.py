"""Output by stage against the table of flows, and as bytes."""

from __future__ import annotations

import pytest

from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.market.network.network import Activity
from coercivity.market.results.flow_tables import flow_rows
from coercivity.market.run.simulate import Simulation
from coercivity.ministry.bottleneck.solving.tonnes import (
    STAGES,
    StageTonnes,
    packed_tonnes,
    stage_tonnes,
    unpacked_tonnes,
)
from tests.oracles.market_toy import packed_run

FIRST, LAST = "2024-11", "2025-03"
CHINA = "CN"


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return packed_run(last=LAST)


@pytest.fixture(scope="module")
def found(simulation: Simulation) -> StageTonnes:
    return stage_tonnes(simulation, parse_month(FIRST), parse_month(LAST))


@pytest.mark.parametrize("stage", ["mine", "metal", "magnet"])
def test_stages_that_flows_count_alike_agree(simulation: Simulation, found: StageTonnes, stage: str) -> None:
    span = [done for done in simulation.months if parse_month(FIRST) <= done.month <= parse_month(LAST)]
    for at, year in enumerate(found.years):
        told = [
            row["mass_t"]
            for row in flow_rows(simulation.network, span)
            if (row["stage"], row["year"]) == (stage, year) and row["from_region"] != CHINA
        ]
        assert found.t[stage][at] == pytest.approx(total(told), rel=1e-6)
        assert found.t[stage][at] > 0.0


def test_circuits_count_what_comes_out_of_them(simulation: Simulation, found: StageTonnes) -> None:
    """Light circuits give NdPr oxide, heavy ones dysprosium and terbium oxide."""
    outputs = {"separate": ("sep_light", ("ox_NdPr",)), "refine": ("sep_heavy", ("ox_Dy", "ox_Tb"))}
    sums = dict.fromkeys(STAGES, 0.0)
    for done in simulation.months:
        if parse_month(FIRST) <= done.month <= parse_month(LAST):
            for activity in simulation.network.activities:
                if activity.kind in outputs and activity.key[1] != CHINA:
                    stage, names = outputs[activity.kind]
                    sums[stage] += done.activity_t.get(activity.name, 0.0) * made(activity, names)
    for stage in ("sep_light", "sep_heavy"):
        assert total(found.t[stage]) == pytest.approx(sums[stage], rel=1e-6, abs=1e-9)
    assert total(found.t["sep_light"]) > 0.0


def made(activity: Activity, names: tuple[str, ...]) -> float:
    """Output of some goods per unit of an activity."""
    return total(amount.mass for amount in activity.gives if amount.good.name in names)


def test_bytes_come_back(found: StageTonnes) -> None:
    assert unpacked_tonnes(packed_tonnes(found)) == found


@pytest.mark.parametrize("held", [b"{}", b"[]", b'{"years": ["2027"], "t": {"mine": []}}', b"\xff"])
def test_other_bytes_are_refused(held: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked_tonnes(held)
