"""The stages before the ministry, counted back: by which day a certificate must be signed for a file to be ready."""

from __future__ import annotations

from fractions import Fraction

from coercivity.base.days import ONE_DAY, Day
from coercivity.firm.chain.model import MINISTRY
from coercivity.firm.company.model import Company, StageRow

MOST_DAYS = 400  # counted back; paperwork that takes longer has no last day


class Paperwork:
    """The stages of a workbook before the ministry.

    Attributes:
        company: The company; its sheets Stages and Calendar are used.
    """

    def __init__(self, company: Company) -> None:
        self.company = company
        self._stages: dict[str, list[StageRow]] = {}
        names = [row.stage.casefold() for row in company.stages]
        if MINISTRY in names:
            for row in company.stages[: names.index(MINISTRY)]:
                self._stages.setdefault(row.stage.casefold(), []).append(row)
        self._off = [(row.from_on, row.to_on) for row in company.calendar if not row.made_up]
        self._made_up = [(row.from_on, row.to_on) for row in company.calendar if row.made_up]
        self._noticed = frozenset(row.from_on.year for row in company.calendar if not row.assumed)
        self._found: dict[tuple[Day, Fraction], Day | None] = {}

    def sign_by(self, file_by: Day, confidence: Fraction) -> Day | None:
        """Returns the last day of signing with which the file is ready by a day, with a confidence.

        Returns None without stages before the ministry, or if no day within `MOST_DAYS` is early enough.
        """
        if not self._stages:
            return None
        key = file_by, confidence
        if key not in self._found:
            self._found[key] = self._counted_back(file_by, confidence)
        return self._found[key]

    def note(self, day: Day) -> dict[str, str]:
        """Returns the mark of an assumed calendar, if no notice of the year is in the sheet Calendar."""
        return {} if day.year in self._noticed else {"calendar": "assumed"}

    def _counted_back(self, file_by: Day, confidence: Fraction) -> Day | None:
        day = file_by
        for _ in range(MOST_DAYS):
            if self._ready(day, file_by) >= confidence:
                return day
            day -= ONE_DAY
        return None

    def _ready(self, signed: Day, file_by: Day) -> Fraction:
        """Returns the chance that the file is ready by a day, signed on another."""
        ends = {signed: Fraction(1)}
        for rows in self._stages.values():
            following: dict[Day, Fraction] = {}
            for day, chance in ends.items():
                for row in rows:
                    end = self._after(day, row, file_by)
                    if end is not None:
                        following[end] = following.get(end, Fraction(0)) + chance * row.probability
            ends = following
        return sum(ends.values(), Fraction(0))

    def _after(self, start: Day, row: StageRow, last: Day) -> Day | None:
        """Returns the end of a stage that begins on a day; None if it is after the last one."""
        day, left = start, row.days
        while left > 0:
            day += ONE_DAY
            if day > last:
                return None
            left -= row.unit == "calendar" or self._is_working(day)
        return day

    def _is_working(self, day: Day) -> bool:
        if any(first <= day <= to for first, to in self._made_up):
            return True
        return day.weekday() < 5 and not any(first <= day <= to for first, to in self._off)
