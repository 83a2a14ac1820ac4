"""The whole answer: output by stage, starts of plants, what the clauses cost, and which of the two frees more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coercivity.ministry.bottleneck.output import StageYear, output
from coercivity.ministry.bottleneck.plants import NamedPlant, PlantFound, plants_found
from coercivity.ministry.bottleneck.runs import BASE, StagedRun
from coercivity.ministry.bottleneck.verdict import Verdict, verdicts


@dataclass(frozen=True, slots=True)
class BottleneckFound:
    """Whether technology or materials are the bottleneck outside China.

    Attributes:
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        draws: Draws of each run that were compared; 0 without draws.
        failed: Draws without a result, by run and point, with the reason.
    """

    first: str
    last: str
    years: tuple[str, ...]
    draws: int
    design: str
    output: tuple[StageYear, ...]
    plants: tuple[PlantFound, ...]
    verdicts: tuple[Verdict, ...]
    failed: tuple[str, ...]


def bottleneck_answer(
    runs: Mapping[str, StagedRun], table: Sequence[NamedPlant], *, drawn: bool = True
) -> BottleneckFound:
    """Returns the answer from the four runs.

    Args:
        runs: The four runs by name, of the same points and months.
        table: The plants that there may be.
        drawn: Whether the figures of the runs are drawn.

    Raises:
        CoercivityError: If the runs are not of the same points and months.
    """
    base = runs[BASE].draws
    failed = tuple(
        f"{run.draws.run}, point {point}: {why}" for run in runs.values() for point, why in run.draws.failed.items()
    )
    return BottleneckFound(
        base.months[0],
        base.months[-1],
        base.years,
        len(base.points) if drawn else 0,
        base.design.id if drawn else "",
        tuple(output(runs)),
        tuple(plants_found(runs, table)),
        tuple(verdicts(runs)),
        failed,
    )
