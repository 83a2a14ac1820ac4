"""The licensing desk of a run with all that it is compared with, and what a row of practice speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.months import Month, month_of
from coercivity.papers.market.desk.figures import Queues
from coercivity.papers.market.desk.report_data import CheckRow, Compared
from coercivity.practice.desk import (
    ANY,
    EVERYWHERE,
    CustomsHold,
    DeskPractice,
    DeskRow,
    Form,
    GeneralLicence,
    PracticeEvent,
)
from coercivity.practice.records import PracticeRecords, Report, ReportedUse

# Forms of files that are not for goods.
NO_GOODS: tuple[Form, ...] = ("technology", "service")
AnyRow = DeskRow | PracticeEvent | GeneralLicence | CustomsHold


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the run.

    Attributes:
        compared: What it is.
        value: The figure.
        low: Least value: of a queue in a month, or of the figure itself.
        high: Greatest value.
        exact: Whether `low` and `high` are a spread around an exact value; otherwise the value lies between them.
    """

    compared: Compared
    value: float
    low: float | None = None
    high: float | None = None
    exact: bool = True

    @property
    def ends(self) -> tuple[float, float]:
        """Least and greatest value that the figure itself can have."""
        if self.exact or self.low is None or self.high is None:
            return self.value, self.value
        return self.low, self.high


# Why a row cannot be compared: a key of the words `reasons`.
Reason = str


@dataclass(frozen=True, slots=True)
class Beside:
    """The licensing desk of a run with all that it is compared with.

    Attributes:
        first: First month asked for.
        last: Last month asked for.
        queues: All queues, from the beginning of the model.
        control: First day of the control by form; a form that is never under control is missing.
        practice: The figures, events, general licences and customs holds of the run.
        reports: Rows of `licence_practice`.
        records: Groups of places, bodies that count, uses of reports.
    """

    first: Month
    last: Month
    queues: Queues
    control: Mapping[str, Day]
    practice: DeskPractice
    reports: tuple[Report, ...]
    records: PracticeRecords

    def covers(self, on: Day) -> bool:
        """Returns whether a date is in the months asked for."""
        return self.first <= month_of(on) <= self.last

    def countries(self, destination: str) -> tuple[str, ...]:
        """Returns the destinations of queues that a place contains."""
        here = self.queues.countries
        if destination == EVERYWHERE:
            return here
        members = self.practice.groups.get(destination, frozenset({destination}))
        return tuple(country for country in here if country in members or country == destination)

    def began(self, form: str) -> Day | None:
        """Returns the first day of the control of a form, of goods for `any`; None if it is never controlled."""
        return min((day for name, day in self.control.items() if _is_of(name, form)), default=None)

    def reported_queues(self, form: str, countries: Iterable[str], user: str) -> Queues:
        """Returns the queues of which a report speaks: on all forms it speaks of goods.

        Args:
            form: Form of the goods; `any` for all of them.
            countries: ISO 3166 alpha-2 codes.
            user: `civil` or `military`; `any` for both.
        """
        chosen = self.queues.select(countries=countries, user=user)
        return Queues(chosen.months, (row for row in chosen.rows if _is_of(row["form"], form)))

    def use(self, text: str) -> ReportedUse:
        """Returns the queues of which a use speaks: all of them if it is not listed."""
        found = (use for use in self.records.reported_uses if text in use.uses)
        return next(found, ReportedUse(uses=[text]))

    def rests(self, report_id: str) -> list[str]:
        """Returns the rows of the licensing desk that rest on a report."""
        practice = self.practice
        rows: tuple[AnyRow, ...] = (*practice.rows, *practice.events, *practice.general, *practice.holds)
        return [row.id for row in rows if report_id in row.reports]

    def sample(self, report: Report) -> int | None:
        """Returns the sample size that rows of the licensing desk from the same source give for a report."""
        practice = self.practice
        rows: tuple[AnyRow, ...] = (*practice.rows, *practice.events, *practice.general, *practice.holds)
        own = (row.sample for row in rows if report.id in row.reports and row.source_id == report.source_id)
        return max(filter(None, own), default=None)


def _is_of(form: str, asked: str) -> bool:
    return form == asked or (asked == ANY and form not in NO_GOODS)


def blank(row: str, reported_on: Day, destination: str) -> CheckRow:
    """Returns a row with nothing compared yet."""
    return {
        "row": row,
        "kind": "report",
        "metric": "",
        "name": {},
        "reported_on": reported_on.isoformat(),
        "begins_on": "",
        "ends_on": "",
        "destination": destination,
        "end_use": "",
        "form": ANY,
        "user": ANY,
        "countries": [],
        "reported": None,
        "reported_text": "",
        "reported_low": None,
        "reported_high": None,
        "unit": "",
        "qualifier": "",
        "counted": "",
        "sample": None,
        "counted_by": None,
        "compared": "",
        "model": None,
        "model_low": None,
        "model_high": None,
        "misfit": None,
        "misfit_is": "",
        "within": False,
        "verdict": "not_comparable",
        "reason": "",
        "used_as_input": [],
        "note": "",
        "source_id": "",
        "url": "",
    }
