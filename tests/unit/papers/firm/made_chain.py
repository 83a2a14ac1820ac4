"""The licence time of a small made-up chain, made by hand so that every part of the paper has something to show."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.chain.model import (
    AirAnswer,
    AirRow,
    Alternative,
    Chain,
    ChainAnswer,
    ChainPath,
    GeneralAnswer,
    GeneralLicence,
    LatestDay,
    ModeTimes,
    Returns,
    Stage,
    StageDay,
)

F = Fraction
SIGNED, NEEDED = Day(2026, 12, 7), Day(2027, 5, 31)
LICENCE = GeneralLicence(Day(2026, 12, 31), ("Kiel",))


def answer(**changes: object) -> ChainAnswer:
    """A licence time by sea and by air.

    Args:
        changes: Fields to replace.
    """
    made = ChainAnswer(
        chain=chain(),
        signed=SIGNED,
        needed=NEEDED,
        confidences=(F(9, 10),),
        plant="Kiel",
        paths=(_path("sea", Day(2027, 4, 10)), _path("air", Day(2027, 3, 10))),
        modes=(_sea(), _air()),
        ministry_mean_days=F(173, 3),
        three_rounds=F(1, 16),
        general=GeneralAnswer(LICENCE, True, F(92, 100), Day(2026, 12, 4), Day(2026, 12, 13), (_sea(),), ()),
        air=AirAnswer(
            rows=(
                AirRow(F(0), F(10), F(3, 4), F(0), F(250_000)),
                AirRow(F(600), F(7), F(3, 4), F(4_800), F(179_800)),
                AirRow(F(1_240), F(4), F(9, 10), F(9_920), F(109_920)),
            ),
            best_kg=F(1_240),
            gaps=((31, F(3, 5)), (38, F(2, 5))),
            first_step_kg=F(1_240),
            use_kg=F(40),
            one_mode_source="https://example.org/report",
        ),
        exact=True,
        draws=200_000,
        not_arrived=F(0),
        assumed_from=Day(2027, 1, 1),
        returning="ministry",
    )
    return replace(made, **changes)  # type: ignore[arg-type] # fields by name


def chain() -> Chain:
    """Two stages, one of which rests on four cases, and two ways of transport."""
    sure = (Alternative(45, F(1)),)
    return Chain(
        stages=(
            Stage("ministry", "working", sure, "law", "Decree 792 Art. 17(1)", None, "ministry"),
            Stage(
                "customs", "calendar", (Alternative(2, F(7, 10)), Alternative(5, F(3, 10))), "reported", "own files", 4
            ),
        ),
        modes=(
            Stage("sea", "calendar", (Alternative(36, F(1)),), "assumed", kind="sea"),
            Stage("air", "calendar", (Alternative(5, F(1)),), "assumed", kind="air"),
        ),
        returns={"ministry": Returns("ministry", (F(1, 4),), 30, 8)},
    )


def _path(mode: str, end: Day) -> ChainPath:
    days = (
        StageDay("ministry", "ends", Day(2026, 12, 30), False),
        StageDay("customs", "ends", Day(2027, 3, 5), True),
        StageDay(mode, "ends", end, True),
    )
    return ChainPath("first", mode, False, days)


def _sea() -> ModeTimes:
    return ModeTimes(
        mode="sea",
        quantiles={10: Day(2027, 4, 10), 50: Day(2027, 4, 18), 90: Day(2027, 6, 13), 95: None},
        by_needed=F(375, 400),
        latest=(LatestDay(F(9, 10), Day(2027, 1, 24), F(90225, 100_000), F(885, 1000), F(9018, 10_000)),),
        days=((Day(2027, 4, 10), F(3, 20)), (Day(2027, 5, 2), F(3, 4)), (Day(2027, 6, 13), F(15, 16))),
        draws_by_needed=F(9371, 10_000),
    )


def _air() -> ModeTimes:
    return ModeTimes(
        mode="air",
        quantiles={10: Day(2027, 3, 10), 50: Day(2027, 3, 15), 90: Day(2027, 5, 9), 95: Day(2027, 6, 29)},
        by_needed=F(63, 64),
        latest=(LatestDay(F(9, 10), None, None, None),),
        days=((Day(2027, 3, 10), F(1, 2)), (Day(2027, 5, 9), F(63, 64))),
    )
