"""Chinese working days as an array, so that four thousand time limits are counted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coercivity.base.days import Day, WorkingCalendar

if TYPE_CHECKING:
    from coercivity.firm.draws import Days

_BEFORE, _AHEAD = 400, 3_000


class WorkLine:
    """Chinese working days around a day; in a year without a holiday notice, Monday to Friday is assumed.

    Source: yearly holiday notices of the General Office of the State Council.
    """

    def __init__(self, calendar: WorkingCalendar, start_on: Day) -> None:
        import numpy as np

        self._calendar = calendar
        self._start = start_on
        first = start_on.toordinal() - _BEFORE
        days = [Day.fromordinal(number) for number in range(first, first + _BEFORE + _AHEAD)]
        self._line = np.array([day.toordinal() for day in days if self._works(day)], dtype=np.int64)

    def _works(self, day: Day) -> bool:
        known = self._calendar.is_working(day)
        return day.weekday() < 5 if known is None else known

    def after(self, start: Days, working_days: Days | int) -> Days:
        """Returns the last days of time limits, counted from the day after each start, like `WorkingCalendar.after`.

        Args:
            start: Ordinal days.
            working_days: Length of each time limit [working days].
        """
        import numpy as np

        place = np.searchsorted(self._line, start, side="right") + np.asarray(working_days) - 1
        return np.where(np.asarray(working_days) > 0, self._line[np.clip(place, 0, len(self._line) - 1)], start)

    def assumed_years(self, last: Day) -> tuple[int, ...]:
        """Returns the years up to a day without a holiday notice, for which Monday to Friday was assumed."""
        years = range(self._start.year, last.year + 1)
        return tuple(year for year in years if year not in self._calendar.off)

    def assumed_holidays(self, last: Day) -> tuple[int, ...]:
        """Returns the years up to a day for which the statutory days off were assumed, as the user asked."""
        return tuple(year for year in sorted(self._calendar.assumed) if self._start.year <= year <= last.year)
