"""Draws that the server offers: how many, how long they take, and the check of a number before a run begins."""

from __future__ import annotations

import os

from coercivity.base.errors import CoercivityError

OFFERED = (64, 256)
MOST_DRAWS = 256
# Time of one draw on one core [s]: to begin, and for each drawn month.
_BEGIN_S, _MONTH_S = 1.8, 0.3


def check_offered(draws: int | None, branches: int = 1) -> None:
    """Checks a number of draws before a run begins.

    Args:
        draws: Draws of every scenario; None for none.
        branches: Number of legal scenarios among which they are divided.

    Raises:
        CoercivityError: If it does not give each of them a power of two, or is greater than `MOST_DRAWS`.
    """
    if draws is None:
        return
    if draws > MOST_DRAWS:
        step = "give at most 256, or use the command line, where `--draws` can be larger"
        raise CoercivityError.of(
            "DRAWS",
            f"{_brief(draws)} draws, and the server runs at most {MOST_DRAWS}",
            where="draws",
            nearest=[str(MOST_DRAWS)],
            next=step,
        )
    from coercivity.ensemble.design import design_of  # it loads numpy

    design_of(draws, branches)


def draws_of(text: str) -> int:
    """Returns a number of draws that was typed.

    Raises:
        CoercivityError: If it is not a whole number.
    """
    if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 18):
        what = f"{text[:60]!r} is not a number of draws"
        nearest = list(map(str, OFFERED))
        step = "give a number such as 64 or 256"
        raise CoercivityError.of("DRAWS", what, where="draws", nearest=nearest, next=step)
    return int(text)


def minutes(draws: int, months: int, scenarios: int) -> tuple[int, int]:
    """Returns about how long draws take on this computer [min], and on how many cores.

    Args:
        draws: Draws of every scenario.
        months: Months of the period.
        scenarios: Number of scenarios.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    seconds = draws * scenarios * (_BEGIN_S + _MONTH_S * months) / cores
    return max(1, round(seconds / 60)), cores


def _brief(draws: int) -> str:
    text = f"{draws:,}"
    return text if len(text) <= 30 else f"{text[:26]} ..."
