"""Output outside China by stage and year, in the unit in which the capacity of the stage is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.months import Month, month_text
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import Activity, Network
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

Floats = NDArray[np.float64]
# Units: rare-earth oxide in concentrate, NdPr oxide, dysprosium and terbium oxide, metal, magnets, oxide.
STAGES = ("mine", "sep_light", "sep_heavy", "metal", "magnet", "recycling")
_CIRCUITS = {"separate": "sep_light", "refine": "sep_heavy"}
_COUNTED = {"mine": "mine", "metal": "metal", "magnet": "magnet", "more_magnet": "magnet"}
_RECYCLED, _OXIDE = ("recycle", "treat"), "ox_"


@dataclass(frozen=True, slots=True)
class StageTonnes:
    """Output outside China of one run.

    Attributes:
        years: The years, YYYY; the first and the last may be cut by the period.
        t: Output by stage, one number a year [t].
    """

    years: tuple[str, ...]
    t: Mapping[str, tuple[float, ...]]


def stage_tonnes(simulation: Simulation, first: Month, last: Month) -> StageTonnes:
    """Returns the output outside China by stage and calendar year of a run.

    The table of flows adds light and heavy circuits up and counts magnets that are treated, so the stages are summed
    from the activities themselves.

    Args:
        simulation: The run.
        first: First month.
        last: Last month.
    """
    return tonnes_of(simulation.network, [done for done in simulation.months if first <= done.month <= last])


def tonnes_of(network: Network, months: list[MonthDone]) -> StageTonnes:
    """Returns the output outside China by stage and calendar year in some months.

    Args:
        network: The network of the run.
        months: The months.
    """
    years = tuple(sorted({month_text(done.month)[:4] for done in months}))
    counted = [(activity.name, *each) for activity in network.activities for each in _made(activity)]
    sums = {stage: [0.0] * len(years) for stage in STAGES}
    for done in months:
        at = years.index(month_text(done.month)[:4])
        for name, stage, weight in counted:
            sums[stage][at] += done.activity_t.get(name, 0.0) * weight
    return StageTonnes(years, {stage: tuple(map(round_sig, each)) for stage, each in sums.items()})


def _made(activity: Activity) -> Iterator[tuple[str, float]]:
    """Yields stage and output per unit of an activity outside China, in the unit of the stage [t/t]."""
    region = activity.key[1] if len(activity.key) > 1 else CHINA
    if region == CHINA:
        return
    if activity.kind in _COUNTED:
        yield _COUNTED[activity.kind], 1.0
    elif activity.kind in _CIRCUITS:
        stage = _CIRCUITS[activity.kind]
        yield stage, dict(activity.limits)[f"{stage}:{region}"]
    elif activity.kind in _RECYCLED:
        for amount in activity.gives:
            if amount.good.name.startswith(_OXIDE):
                yield "recycling", amount.mass


def packed_tonnes(found: StageTonnes) -> bytes:
    """Returns output by stage as bytes."""
    body = {"years": found.years, "t": dict(found.t)}
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def unpacked_tonnes(held: bytes) -> StageTonnes:
    """Returns output by stage from bytes.

    Raises:
        ValueError: If they are not those of such an output.
    """
    try:
        body = json.loads(held)
        years = tuple(map(str, body["years"]))
        t = {stage: tuple(map(float, body["t"][stage])) for stage in STAGES}
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError("it is not the output of a run") from error
    if any(len(each) != len(years) for each in t.values()):
        raise ValueError("it has not one number a year")
    return StageTonnes(years, t)
