"""Simulated licence times: documents, filing, returns, review and hand-over, each with its own seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.firm.draws import DRAWS, LEVELS, quantile, uniform
from coercivity.firm.leads import LeadTime
from coercivity.firm.workline import WorkLine
from coercivity.practice.times import Figure, Range

if TYPE_CHECKING:
    from coercivity.firm.draws import Days


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities without statistics; our assumptions unless the company gives its own.

    Attributes:
        returned: Probability that an application is returned, each time it is filed.
        most_returns: Rounds after which an application counts as accepted.
        stopped: Probability that the review period is interrupted for one round of questions.
        quality: measured, reported, estimated or assumed.
        source: Source of the numbers.
    """

    returned: Decimal = Decimal("0.3")
    most_returns: int = 2
    stopped: Decimal = Decimal("0.3")
    quality: str = "assumed"
    source: str = "our assumption; reports speak of files returned for more data and give no share"


OURS = Chances()


@dataclass(frozen=True, slots=True)
class ReviewTerm:
    """The review of one licence route.

    Attributes:
        working_days: Sum of the statutory limits [working days].
        papers: Lead times before filing, all of which are needed.
        reported: Reported processing time, if there is one for this route.
    """

    track: str
    working_days: int
    papers: tuple[str, ...]
    reported: Range | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ordinal days of four thousand simulations of one licence time.

    Attributes:
        filed: Day of the first filing.
        granted: Day of the grant.
        handed: Day on which the customs broker has the licence.
        kept: Simulations in which the licence is not granted before a day on which it is known to be pending.
    """

    filed: Days
    granted: Days
    handed: Days
    kept: int

    def filing_to_grant(self) -> dict[int, int | None]:
        """Returns percentiles of the time from the first filing to the grant [calendar days]."""
        return {level: quantile(self.granted - self.filed, level) for level in LEVELS}


@dataclass(frozen=True, slots=True)
class ClockRun:
    """Input of the simulations.

    Attributes:
        start_on: Start of the preparation of documents.
        filed_on: Filing date, if filed or fixed; documents then take no time.
        pending_on: Day up to which the filed application is known to be pending.
        key: Seed.
    """

    start_on: Day
    filed_on: Day | None
    pending_on: Day | None
    key: tuple[str, ...]


def draw(
    run: ClockRun, terms: Sequence[ReviewTerm], leads: Mapping[str, LeadTime], line: WorkLine, chances: Chances
) -> Drawn:
    """Returns the simulated days of a licence time.

    Args:
        run: Days and seed.
        terms: Reviews, all of which must end before the goods may be shipped.
        leads: Lead times by name.
        line: Chinese working days.
        chances: Probabilities of returns and interruptions.

    Source: equation 54 of docs/market.md; Decree 792, Article 17.
    """
    import numpy as np

    filed = _filed(run, terms, leads, line)
    accepted = _accepted(run, filed, leads, line, chances)
    granted = accepted
    for term in terms:
        granted = np.maximum(granted, _reviewed(run, term, accepted, leads, line, chances))
    handed = line.after(granted, leads["handover"].draw(*run.key))
    keep = granted > run.pending_on.toordinal() if run.pending_on is not None else np.ones(DRAWS, dtype=bool)
    return Drawn(filed[keep], granted[keep], handed[keep], int(keep.sum()))


def _filed(run: ClockRun, terms: Sequence[ReviewTerm], leads: Mapping[str, LeadTime], line: WorkLine) -> Days:
    import numpy as np

    start = np.full(DRAWS, (run.filed_on or run.start_on).toordinal(), dtype=np.int64)
    if run.filed_on is not None:
        return start
    words = dict.fromkeys(word for term in terms for word in term.papers)
    longest = np.max([leads[word].draw(*run.key) for word in words], axis=0)
    return line.after(start, longest)


def _accepted(run: ClockRun, filed: Days, leads: Mapping[str, LeadTime], line: WorkLine, chances: Chances) -> Days:
    """Returns filing to acceptance; a returned application is corrected, filed again and starts from the beginning."""
    import numpy as np

    accepted = line.after(filed, leads["filing"].draw(*run.key))
    still = np.ones(DRAWS, dtype=bool)
    for turn in range(1, chances.most_returns + 1):
        key = (*run.key, f"return {turn}")
        still = still & (uniform(*key, "returned") < float(chances.returned))
        again = line.after(line.after(accepted, leads["questions"].draw(*key)), leads["filing"].draw(*key))
        accepted = np.where(still, again, accepted)
    return accepted


def _reviewed(
    run: ClockRun, term: ReviewTerm, accepted: Days, leads: Mapping[str, LeadTime], line: WorkLine, chances: Chances
) -> Days:
    """Returns acceptance to grant: reported time up to the statutory limit, longer only with interruptions."""
    import numpy as np

    key = (*run.key, term.track)
    limit = line.after(accepted, term.working_days)
    counted = limit
    if term.reported is not None:
        low = _end(term.reported.low, accepted, line)
        high = np.maximum(_end(term.reported.high, accepted, line), low)
        span = (uniform(*key, "processing") * (high - low + 1)).astype(np.int64)
        counted = np.minimum(low + span, limit)
    stop = np.where(uniform(*key, "stopped") < float(chances.stopped), leads["questions"].draw(*key), 0)
    return line.after(counted, stop)


def _end(figure: Figure, start: Days, line: WorkLine) -> Days:
    days = int(figure.value)
    return line.after(start, days) if figure.unit == "working_days" else start + days
