"""A date as people write it: 15.03.2026, 20 March 2026, 2026年3月15日."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.intake.cells.days import read_day


def written_day(text: str, where: str = "on") -> str:
    """Returns a date as YYYY-MM-DD.

    Args:
        text: The date, not blank; words such as `tomorrow` are no date, and 03/04/2026 may be two.
        where: Name of the field, for messages.

    Raises:
        CoercivityError: If it is no date, or may be two.
    """
    cell = read_day(text)
    if isinstance(cell.value, Day):
        return cell.value.isoformat()
    fault = cell.fault
    assert fault is not None
    raise CoercivityError([replace(fault, where=where)])
