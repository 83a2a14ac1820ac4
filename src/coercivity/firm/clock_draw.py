"""Simulated licence times: documents, filing, returns, review and hand-over, each with its own seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.firm.desk_draw import DeskDraw
from coercivity.firm.draws import DRAWS, LEVELS, quantile
from coercivity.firm.leads import LeadTime
from coercivity.firm.workline import WorkLine

if TYPE_CHECKING:
    from coercivity.firm.draws import Days


@dataclass(frozen=True, slots=True)
class ReviewTerm:
    """The review of one licence route.

    Attributes:
        working_days: Sum of the statutory limits [working days].
        papers: Lead times before filing, all of which are needed.
        at_desk: Whether the licensing desk decides it, of which practice speaks; else the limit is used up.
    """

    track: str
    working_days: int
    papers: tuple[str, ...]
    at_desk: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ordinal days of four thousand simulations of one licence time.

    Attributes:
        filed: Day of the first filing.
        accepted: Day on which the application is accepted for good.
        taken: Day on which it is taken up for review.
        granted: Day of the grant.
        handed: Day on which the customs broker has the licence.
        kept: Simulations in which the licence is not granted before a day on which it is known to be pending.
    """

    filed: Days
    accepted: Days
    taken: Days
    granted: Days
    handed: Days
    kept: int

    def filing_to_grant(self) -> dict[int, int | None]:
        """Returns percentiles of the time from the first filing to the grant [calendar days]."""
        return {level: quantile(self.granted - self.filed, level) for level in LEVELS}

    def waited(self) -> dict[int, int | None]:
        """Returns percentiles of the time from acceptance until the application is taken up [calendar days]."""
        return {level: quantile(self.taken - self.accepted, level) for level in LEVELS}


@dataclass(frozen=True, slots=True)
class ClockRun:
    """Input of the simulations.

    Attributes:
        start_on: Start of the preparation of documents.
        filed_on: Filing date, if filed or fixed; documents then take no time.
        pending_on: Day up to which the filed application is known to be pending.
        key: Seed.
        draws: Number of simulations.
    """

    start_on: Day
    filed_on: Day | None
    pending_on: Day | None
    key: tuple[str, ...]
    draws: int = DRAWS


def draw(
    run: ClockRun, terms: Sequence[ReviewTerm], leads: Mapping[str, LeadTime], line: WorkLine, desk: DeskDraw
) -> Drawn:
    """Returns the simulated days of a licence time.

    Args:
        run: Days and seed.
        terms: Reviews, all of which must end before the goods may be shipped.
        leads: Lead times by name.
        line: Chinese working days.
        desk: Simulations of the licensing desk.

    Source: equation 54 of docs/market.md; Decree 792, Article 17.
    """
    import numpy as np

    filed = _filed(run, terms, leads, line)
    accepted = _accepted(run, filed, leads, line, desk)
    taken = desk.taken(accepted) if any(term.at_desk for term in terms) else accepted
    granted = accepted
    for term in terms:
        reviewed = _at_desk if term.at_desk else _elsewhere
        granted = np.maximum(granted, reviewed(run, term, taken if term.at_desk else accepted, leads, line, desk))
    handed = line.after(granted, leads["handover"].draw(*run.key, draws=run.draws))
    keep = granted > run.pending_on.toordinal() if run.pending_on is not None else np.ones(run.draws, dtype=bool)
    return Drawn(filed[keep], accepted[keep], taken[keep], granted[keep], handed[keep], int(keep.sum()))


def _filed(run: ClockRun, terms: Sequence[ReviewTerm], leads: Mapping[str, LeadTime], line: WorkLine) -> Days:
    import numpy as np

    start = np.full(run.draws, (run.filed_on or run.start_on).toordinal(), dtype=np.int64)
    if run.filed_on is not None:
        return start
    words = dict.fromkeys(word for term in terms for word in term.papers)
    longest = np.max([leads[word].draw(*run.key, draws=run.draws) for word in words], axis=0)
    return line.after(start, longest)


def _accepted(run: ClockRun, filed: Days, leads: Mapping[str, LeadTime], line: WorkLine, desk: DeskDraw) -> Days:
    """Returns filing to acceptance; a returned application is corrected, filed again and starts from the beginning."""
    import numpy as np

    accepted = line.after(filed, leads["filing"].draw(*run.key, draws=run.draws))
    still = np.ones(run.draws, dtype=bool)
    for turn in range(1, desk.most_returns + 1):
        key = (*run.key, f"return {turn}")
        still = still & (desk.number(*key, "returned") < desk.returned(accepted))
        if not still.any():
            break
        accepted = np.where(still, desk.refiled(accepted, *key), accepted)
    return accepted


def _at_desk(
    run: ClockRun, term: ReviewTerm, taken: Days, leads: Mapping[str, LeadTime], line: WorkLine, desk: DeskDraw
) -> Days:
    """Returns taking up to grant: never longer than the statutory limit, unless it is interrupted or decisions halt."""
    import numpy as np

    key = (*run.key, term.track)
    due = taken + np.rint(desk.reviewed(*key)).astype(np.int64)
    limit = line.after(taken, term.working_days)
    return desk.decided(np.minimum(due, line.after(limit, _questions(key, taken, leads, desk))), term.track)


def _elsewhere(
    run: ClockRun, term: ReviewTerm, accepted: Days, leads: Mapping[str, LeadTime], line: WorkLine, desk: DeskDraw
) -> Days:
    """Returns acceptance to grant on a route of which practice says nothing: the statutory limit is used up."""
    key = (*run.key, term.track)
    return line.after(line.after(accepted, term.working_days), _questions(key, accepted, leads, desk))


def _questions(key: tuple[str, ...], days: Days, leads: Mapping[str, LeadTime], desk: DeskDraw) -> Days:
    """Returns the working days of one round of questions, which the limit does not count; 0 where there is none."""
    import numpy as np

    asked = desk.number(*key, "stopped") < desk.questioned(days)
    return np.where(asked, leads["questions"].draw(*key, draws=len(days)), 0)
