"""Example paths through a chain, with the day on which each stage ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from coercivity.base.days import Day
from coercivity.firm.chain.calendar import BEYOND, ChainCalendar
from coercivity.firm.chain.exact import run_end
from coercivity.firm.chain.model import MINISTRY, Chain, ChainPath, GeneralLicence, Returns, Stage, StageDay

PathName = Literal["first", "slowest", "one_return"]
_NAMES: tuple[PathName, ...] = ("first", "slowest", "one_return")


def example_paths(
    chain: Chain, calendar: ChainCalendar, signed: int, general: GeneralLicence | None = None
) -> tuple[ChainPath, ...]:
    """Returns the example paths by each way of transport; one with a return only if a stage on it returns files.

    Args:
        chain: The chain.
        calendar: Its working days.
        signed: Ordinal of the day of signing.
        general: A general licence that names the plant; None for the whole chain.
    """
    found = []
    for mode in chain.modes:
        for name in _NAMES:
            days, left_out = _days(chain, mode, calendar, signed, name, general)
            returned = any(day.what == "returned" for day in days)
            if days and (name != "one_return" or returned):
                found.append(ChainPath(name, mode.name, left_out, days))
    return tuple(found)


def returning_stage(chain: Chain) -> tuple[Stage, Returns] | None:
    """Returns the stage whose rounds are shown: the ministry if it returns files, else the first that does."""
    found = [(stage, chain.returns[stage.name]) for stage in chain.stages if stage.name in chain.returns]
    return next((each for each in found if each[0].kind == MINISTRY), found[0] if found else None)


def _days(
    chain: Chain,
    mode: Stage,
    calendar: ChainCalendar,
    signed: int,
    name: PathName,
    general: GeneralLicence | None,
) -> tuple[tuple[StageDay, ...], bool]:
    """Returns the days of a path, and whether the ministry is left out; no days if it ends beyond what is counted."""
    found: list[StageDay] = []
    day, left_out = signed, False
    for number, stage in enumerate((*chain.stages, mode)):
        if general is not None and stage.kind == general.leaves_out:
            left_out = _finishes(chain, number, day, calendar, name, general)
            if left_out:
                continue
        for what, end in _steps(chain, stage, calendar, day, name):
            if end >= BEYOND:
                return (), left_out
            found.append(StageDay(stage.name, what, Day.fromordinal(end), calendar.is_assumed(end)))
            day = end
    return tuple(found), left_out


def _steps(
    chain: Chain, stage: Stage, calendar: ChainCalendar, day: int, name: PathName
) -> Iterator[tuple[Literal["ends", "returned", "refiled"], int]]:
    found = returning_stage(chain)
    returns = found[1] if found is not None and found[0] is stage else None
    if name == "one_return" and returns is not None and returns.round(1)[0]:
        _, on_day, rework = returns.round(1)
        day = calendar.after(day, on_day)
        yield "returned", day
        day = calendar.after(day, rework)
        yield "refiled", day
    yield "ends", calendar.later(day, _length(stage, name), stage.unit)


def _length(stage: Stage, name: PathName) -> int:
    return max(each.days for each in stage.alternatives) if name == "slowest" else stage.alternatives[0].days


def _finishes(
    chain: Chain, number: int, day: int, calendar: ChainCalendar, name: PathName, general: GeneralLicence
) -> bool:
    """Returns whether the stages after the one left out, counted from a day, would end by the last day."""
    last = next(at for at, stage in enumerate(chain.stages) if stage.kind == general.finishes)
    steps = [(stage.unit, _length(stage, name)) for stage in chain.stages[number + 1 : last + 1]]
    return run_end(steps, day, calendar) <= general.valid_through.toordinal()
