"""How a licence is obtained, as data: licence routes, documents, steps, time limits and obligations, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator

from coercivity.base.days import ONE_DAY, Day, WorkingCalendar
from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.schema import DayText, Plain, Strict, Words
from coercivity.law.consequences.applicability import Basis, Entry, Where, check_names
from coercivity.law.consequences.tables import check_ids, check_reference, read_table
from coercivity.law.rules.rulebook import Rulebook

TrackId = Literal[
    "single", "general", "certificate", "special_application", "ordinary_export_licence", "technology_licence"
]
Regime = Literal["dual_use", "ordinary", "technology"]
EndState = Literal["dated", "no_limit", "no_figure", "calendar_unknown", "assumed"]


def _count(value: object) -> int:
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5:
        return int(value)
    raise ValueError("a whole number expected")


Count = Annotated[int, BeforeValidator(_count)]


class LawText(Strict):
    """A text on which the table is based, with the address of the version read."""

    instrument: Plain
    short: Words
    adopted: DayText | None = None
    promulgated: DayText | None = None
    published: DayText | None = None
    in_force: DayText | None = None
    note: str = ""
    source_url: Plain


class TrackRule(Entry):
    """A licence route."""

    id: TrackId
    regime: Regime
    name: Words
    also_called: Words | None = None
    scope: Words
    longest_validity_years: Count | None = None
    needs: list[Words] = []
    cases: list[Words] = []
    limits: list[Words] = []


class Closing(Entry):
    """A reason that closes a licence route."""

    closes: list[TrackId]
    text: Words
    where: list[Where]


class Document(Entry):
    """A document the law requires; without `where`, for every application on its routes."""

    tracks: list[TrackId]
    name: Words
    where: list[Where] | None = None


class LicensingStep(Entry):
    """A step on a licence route, with its time limit."""

    tracks: list[TrackId]
    text: Words
    clock: str = ""
    where: list[Where] | None = None


class NoLimit(Strict):
    """A case without a time limit; without `where` the facts do not show it."""

    text: Words
    where: list[Where] | None = None
    basis: list[Basis]


@dataclass(frozen=True, slots=True)
class ClockEnd:
    """End of a time limit.

    Attributes:
        day: Last day of the period, if any; if it is assumed, with the statutory holidays alone.
        state: Why there is a date or none.
        span: Earliest and latest last day, if it is assumed.
        own: Whether days of the user's own calendar were counted.
    """

    day: Day | None
    state: EndState
    span: tuple[Day, Day] | None = None
    own: bool = False


class ClockRule(Entry):
    """A statutory time limit.

    Attributes:
        who: Who has to meet it.
        working_days: Length; absent if the law states no figure.
        starts: Event that starts it.
        not_counted: Time not counted.
        no_limit: Cases without a limit.
    """

    name: Words
    who: Plain
    working_days: Count | None = None
    starts: Words
    not_counted: list[Words] = []
    no_limit: list[NoLimit] = []
    where: list[Where] = []

    def clock(self, start_on: Day, calendar: WorkingCalendar) -> ClockEnd:
        """Returns the last day of the period, counted in working days from the day after the start.

        Args:
            start_on: Date of the event that starts the time limit (for a licence: acceptance, not filing).
            calendar: Chinese working days with make-up days; after its last year the end is unknown.

        Source: Decree 792, Articles 17 and 18; Decree 331, Articles 32, 34 and 38; customs announcement 123/2025.
        """
        if self.working_days is None:
            return ClockEnd(None, "no_figure")
        return _end(calendar, self.working_days, (start_on, start_on, start_on))

    def clock_after(self, before: ClockEnd, calendar: WorkingCalendar) -> ClockEnd:
        """Returns the last day of the period if it starts on the day on which another one ends.

        Args:
            before: End of the other period.
            calendar: Chinese working days with make-up days.

        Source: Decree 331, Articles 32 and 34.
        """
        if before.day is None:
            return ClockEnd(None, "calendar_unknown")
        if self.working_days is None:
            return ClockEnd(None, "no_figure")
        return _end(calendar, self.working_days, (before.day, *(before.span or (before.day, before.day))))


def _end(calendar: WorkingCalendar, working_days: int, starts: tuple[Day, Day, Day]) -> ClockEnd:
    """Returns the end of a period that starts on a day, at the earliest and at the latest."""
    start, first, last = starts
    end = calendar.after(start, working_days)
    earliest, latest = calendar.range_after(first, working_days), calendar.range_after(last, working_days)
    if end is None or earliest is None or latest is None:
        return ClockEnd(None, "calendar_unknown")
    span = earliest[0], latest[1]
    years = range((starts[0] + ONE_DAY).year, span[1].year + 1)
    own = not calendar.own.isdisjoint(years)
    if calendar.assumed.isdisjoint(years):
        return ClockEnd(end, "dated", own=own)
    return ClockEnd(end, "assumed", span, own)


class LegalDuty(Entry):
    """An obligation during or after the transaction."""

    who: Words
    what: Words
    least_years: Count | None = None
    where: list[Where]


class FrameNote(Entry):
    """Legal background of the procedure, for information only."""

    topic: Literal["when_needed", "review", "changes", "lists", "technology", "upstream", "remedies"]
    text: Words
    points: list[Words] = []
    figures: dict[str, str] = {}
    more_urls: list[str] = []


class Activation(Strict):
    """Notices issued under the power over acts abroad."""

    instruments: list[Plain]
    published: DayText
    scope: Words
    note: str = ""


class Licensing(Strict):
    """The licensing table."""

    about: Words
    verified_through: DayText
    texts: list[LawText]
    groups: dict[str, list[Where]]
    tracks: list[TrackRule]
    closings: list[Closing]
    documents: list[Document]
    steps: list[LicensingStep]
    clocks: list[ClockRule]
    duties: list[LegalDuty]
    notes: list[FrameNote]
    activations: list[Activation]

    def track(self, track_id: str) -> TrackRule:
        """Returns a licence route by its id.

        Source: Decree 792, Article 15; Decree 331, Articles 31 to 35.
        """
        return next(track for track in self.tracks if track.id == track_id)

    def clock(self, clock_id: str) -> ClockRule:
        """Returns a time limit by its id.

        Raises:
            CoercivityError: If it is not found; the nearest names are listed.

        Source: Decree 792, Articles 17 and 18; Decree 331, Articles 32, 34 and 38; customs announcement 123/2025.
        """
        for clock in self.clocks:
            if clock.id == clock_id:
                return clock
        names = [clock.id for clock in self.clocks]
        what = f"time limit {clock_id!r} not found"
        raise CoercivityError.of("CLOCK-UNKNOWN", what, nearest=nearest(clock_id, names))


@lru_cache(maxsize=4)
def load_licensing(book: Rulebook, folder: Path | None = None) -> Licensing:
    """Returns the licensing table, with every name resolved against the rulebook.

    Args:
        book: The rulebook the table refers to.
        folder: Folder of the law pack; by default the built-in one.

    Raises:
        CoercivityError: With all faults of the file.

    Source: Export Control Law, Articles 12 to 20; Decree 792, Articles 14 to 38; Decree 331, Articles 29 to 42.
    """
    return read_table(Licensing, (folder or book.folder) / "licensing.yaml", book, _check)


def _check(book: Rulebook, table: Licensing, name: str, faults: Faults) -> None:
    check_names(book, table, table.groups, name=name, faults=faults)
    clocks = {clock.id for clock in table.clocks}
    for step in table.steps:
        if step.clock:
            check_reference(step.clock, clocks, where=f"{name}, {step.id}", faults=faults)
    for instrument in [t.instrument for t in table.texts] + [i for a in table.activations for i in a.instruments]:
        check_reference(instrument, book.instruments, where=name, faults=faults)
    kinds = (table.tracks, table.closings, table.documents, table.steps, table.clocks, table.duties, table.notes)
    for entries in kinds:
        check_ids([str(entry.id) for entry in entries], name=name, faults=faults)
