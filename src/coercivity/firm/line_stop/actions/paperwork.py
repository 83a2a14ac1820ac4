"""The stages before the ministry, counted back: by which day a certificate must be signed for a file to be ready."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.chain.model import MINISTRY
from coercivity.firm.chain.stage_names import stage_kind
from coercivity.firm.company.model import StageRow

MOST_DAYS = 400  # counted back; paperwork that takes longer has no last day


class Paperwork:
    """The stages of a workbook before the ministry.

    Attributes:
        calendar: Chinese working days; None if they are not known.
    """

    def __init__(self, stages: Iterable[StageRow], calendar: ChainCalendar | None) -> None:
        self.calendar = calendar
        rows = tuple(stages)
        names = [stage_kind(row.stage) or row.stage for row in rows]
        self._stages: dict[str, list[StageRow]] = {}
        for name, row in zip(names, rows[: names.index(MINISTRY)] if MINISTRY in names else (), strict=False):
            self._stages.setdefault(name, []).append(row)
        self._found: dict[tuple[Day, Fraction], Day | None] = {}

    def sign_by(self, file_by: Day, confidence: Fraction) -> Day | None:
        """Returns the last day of signing with which the file is ready by a day, with a confidence.

        Returns None without stages before the ministry, or if no day within `MOST_DAYS` is early enough.
        """
        key = file_by, confidence
        if key not in self._found:
            self._found[key] = self._counted_back(file_by, confidence)
        return self._found[key]

    def note(self, signed: Day, filed: Day) -> dict[str, str]:
        """Returns the mark of an assumed calendar, if one was used for the year of either day."""
        days = signed.toordinal(), filed.toordinal()
        is_assumed = self.calendar is not None and any(map(self.calendar.is_assumed, days))
        return {"calendar": "assumed"} if is_assumed else {}

    def _counted_back(self, file_by: Day, confidence: Fraction) -> Day | None:
        if self.calendar is None or not self._stages:
            return None
        last = file_by.toordinal()
        for day in range(last, max(last - MOST_DAYS, self.calendar.first), -1):
            if self._ready(day, last, self.calendar) >= confidence:
                return Day.fromordinal(day)
        return None

    def _ready(self, signed: int, file_by: int, calendar: ChainCalendar) -> Fraction:
        """Returns the chance that the file is ready by a day, signed on another."""
        ends = {signed: Fraction(1)}
        for rows in self._stages.values():
            following: dict[int, Fraction] = {}
            for day, chance in ends.items():
                for row in rows:
                    end = calendar.later(day, row.days, row.unit)
                    if end <= file_by:
                        following[end] = following.get(end, Fraction(0)) + chance * row.probability
            ends = following
        return sum(ends.values(), Fraction(0))
