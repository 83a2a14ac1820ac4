"""The licence time of one decision: stages by law, practice and assumption, and three results.

Nothing here enters a decision, and no result is a sum of law and practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coercivity.base.days import Day, WorkingCalendar
from coercivity.base.sums import total
from coercivity.firm.clock_draw import ClockRun, Drawn, ReviewTerm, draw
from coercivity.firm.desk_draw import Chances, DeskDraw
from coercivity.firm.desk_time import ROUTES, DeskTime, desk_time
from coercivity.firm.draws import quantile
from coercivity.firm.leads import LeadTime, lead_times
from coercivity.firm.workline import WorkLine
from coercivity.law.consequences.licensing import ClockEnd
from coercivity.law.consequences.procedure import OpenTrack, Procedure, RunningClock, procedure
from coercivity.law.engine.decide import Decision
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.practice.desk import DeskRow
from coercivity.practice.times import PracticeReport, practice_times

ClockState = Literal["runs", "no_limit", "no_figure", "no_clock", "none_needed", "open"]
# Highest percentile that is shown.
LAST_LEVEL = 95
_BASIC = ("end_user", "description", "contract", "company")


@dataclass(frozen=True, slots=True)
class LawTerm:
    """A time limit of one licence route, from the earliest day on which it could start.

    Attributes:
        starts_on: The day from which it is counted, if the application is accepted on it.
        end: Last day if the period is not interrupted, or why there is none.
    """

    track: str
    clock: RunningClock
    starts_on: Day
    end: ClockEnd


@dataclass(frozen=True, slots=True)
class LicenceClock:
    """The time until one transaction is licensed.

    Attributes:
        state: Whether a time limit applies, and if not, why.
        sure: False if it is undetermined whether a licence is required.
        grounds: Rules that the result is based on, strongest first.
        tracks: One licence route per applicable regime; every one of them is needed.
        terms: Statutory time limits.
        reported: Reported practice for the destination; None if the deal does not name a single one.
        leads: Lead times used, by name; all of them are assumptions.
        chances: Probabilities of the company's own; None if those of the licensing desk are used.
        desk: The licensing desk as known by then; None if no time limit applies.
        rows: Rows of the licensing desk that the simulations used.
        drawn: Days by simulation; None if no time limit applies.
        assumed_years: Years counted Monday to Friday, as no holiday notice is published yet.
        assumed_holidays: Years counted with the statutory days off alone, as the user asked.
    """

    decision: Decision
    procedure: Procedure
    state: ClockState
    sure: bool
    start_on: Day
    filed_on: Day | None
    grounds: tuple[Rule, ...]
    tracks: tuple[OpenTrack, ...]
    terms: tuple[LawTerm, ...]
    reported: PracticeReport | None
    leads: Mapping[str, LeadTime]
    chances: Chances | None
    desk: DeskTime | None
    rows: tuple[DeskRow, ...]
    drawn: Drawn | None
    assumed_years: tuple[int, ...]
    assumed_holidays: tuple[int, ...]

    @property
    def at_desk(self) -> bool:
        """Whether the licensing desk decides one of the routes that have a time limit."""
        return any(term.track in ROUTES and term.clock.rule.working_days for term in self.terms)


def licence_clock(
    book: Rulebook,
    decision: Decision,
    *,
    start_on: Day,
    filed_on: Day | None = None,
    chances: Chances | None = None,
    key: tuple[str, ...] = (),
    desk: DeskTime | None = None,
) -> LicenceClock:
    """Returns the licence time of a decision.

    Args:
        book: The rulebook.
        decision: The decision.
        start_on: Start of the preparation of documents, or the day on which a filed application is pending.
        filed_on: Filing date, if filed or fixed.
        chances: Probabilities of returns and interruptions in place of those of the licensing desk.
        key: Seed of the simulations; the same words give the same simulations.
        desk: The licensing desk; by default that of the built-in rows.

    Source: Decree 792, Articles 16, 17 and 26(2); Decree 331, Articles 32 and 34.
    """
    from coercivity.law.explain.reasons import grounds

    found = procedure(book, decision)
    tracks = _tracks(found)
    state = _state(decision, tracks)
    report = _report(decision)
    calendar = calendar_of(book)
    terms = _terms(tracks, filed_on or start_on, calendar)
    leads = lead_times()
    drawn, rows, years, holidays = None, tuple[DeskRow, ...](), tuple[int, ...](), tuple[int, ...]()
    if state == "runs":
        desk = desk or desk_time(book, decision)
        run = ClockRun(start_on, filed_on, _pending(start_on, filed_on), _key(key))
        at_desk = DeskDraw(desk, chances, run.key)
        drawn, years, holidays = _drawn(run, _reviews(terms), leads, at_desk, calendar)
        rows = tuple(at_desk.rows[name] for name in sorted(at_desk.rows))
    return LicenceClock(
        decision=decision,
        procedure=found,
        state=state,
        sure=any(track.sure for track in tracks),
        start_on=start_on,
        filed_on=filed_on,
        grounds=grounds(book, decision),
        tracks=tracks,
        terms=terms,
        reported=report,
        leads=leads,
        chances=chances,
        desk=desk if state == "runs" else None,
        rows=rows,
        drawn=drawn,
        assumed_years=years,
        assumed_holidays=holidays,
    )


def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    return ("licence clock", *words)


def _pending(start_on: Day, filed_on: Day | None) -> Day | None:
    """Returns the day up to which a filed application is known to be pending."""
    return start_on if filed_on is not None and filed_on < start_on else None


def _drawn(
    run: ClockRun,
    reviews: list[ReviewTerm],
    leads: Mapping[str, LeadTime],
    desk: DeskDraw,
    calendar: WorkingCalendar,
) -> tuple[Drawn, tuple[int, ...], tuple[int, ...]]:
    """Returns the simulations, with the years counted without any holidays, and those with the statutory ones."""
    line = WorkLine(calendar, min(run.start_on, run.filed_on or run.start_on))
    drawn = draw(run, reviews, leads, line, desk)
    if not drawn.kept:
        return drawn, (), ()
    # Years beyond the highest percentile shown change no figure.
    last = Day.fromordinal(quantile(drawn.handed, LAST_LEVEL) or run.start_on.toordinal())
    return drawn, line.assumed_years(last), line.assumed_holidays(last)


def _tracks(found: Procedure) -> tuple[OpenTrack, ...]:
    """Returns one licence route per regime; the single licence comes before the general one."""
    first: dict[str, OpenTrack] = {}
    for track in found.tracks:
        first.setdefault(track.rule.regime, track)
    return tuple(first.values())


def _state(decision: Decision, tracks: tuple[OpenTrack, ...]) -> ClockState:
    if decision.outcome is Outcome.STOP:
        return "no_clock"
    if decision.outcome is Outcome.PROCEED:
        return "none_needed"
    if not tracks:
        return "open"
    clocks = [clock for track in tracks for clock in track.clocks]
    if any(clock.no_limit for clock in clocks):
        return "no_limit"
    return "runs" if any(clock.rule.working_days for clock in clocks) else "no_figure"


def _terms(tracks: tuple[OpenTrack, ...], start_on: Day, calendar: WorkingCalendar) -> tuple[LawTerm, ...]:
    """Returns the limits of each route; the second step of a route starts where the first ends."""
    terms = []
    for track in tracks:
        before: ClockEnd | None = None
        for clock in track.clocks:
            end = clock.clock(start_on, calendar) if before is None else clock.clock_after(before, calendar)
            begins = before.day if before is not None else start_on
            terms.append(LawTerm(track.rule.id, clock, begins or start_on, end))
            before = end
    return tuple(terms)


def _reviews(terms: tuple[LawTerm, ...]) -> list[ReviewTerm]:
    found = []
    for track in dict.fromkeys(term.track for term in terms):
        days = total(term.clock.rule.working_days or 0 for term in terms if term.track == track)
        papers = (*_BASIC, "technology") if track == "technology_licence" else _BASIC
        if days:
            found.append(ReviewTerm(track, days, papers, track in ROUTES))
    return found


def _report(decision: Decision) -> PracticeReport | None:
    """Returns reported practice for the destination, up to the information cut-off."""
    for name in ("to", "recipient_nationality"):
        place = decision.deal.facts.get(name)
        if isinstance(place, str) and place != "CN":
            return practice_times(min(decision.on, decision.known), place)
    return None
