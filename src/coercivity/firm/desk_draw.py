"""Simulated days at the licensing desk: files returned, the wait, the review, and halts, each with its own seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.months import Month, month_of
from coercivity.firm.desk_time import DeskTime
from coercivity.firm.draws import DRAWS, uniform
from coercivity.permission.distributions import Gamma
from coercivity.practice.desk import DeskRow, Parameter

if TYPE_CHECKING:
    from coercivity.firm.draws import Days, Floats

MONTH_DAYS = 365.25 / 12
# Returned files are followed this often; fewer than one in a hundred comes back more often at any share in the data.
MOST_RETURNS = 8
_POINTS, _SPREADS = 400, 12
_EPOCH_DAY, _EPOCH_MONTH = Day(1970, 1, 1).toordinal(), 1970 * 12
_ROUND, _TINY = 6, 1e-12


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities of the company's own, in place of those of the licensing desk.

    Attributes:
        returned: Probability that an application is returned, each time it is filed.
        most_returns: Rounds after which an application counts as accepted.
        stopped: Probability that the review period is interrupted for one round of questions.
        quality: measured, reported, estimated or assumed.
        source: Source of the numbers.
    """

    returned: Decimal
    most_returns: int
    stopped: Decimal
    quality: str
    source: str


@dataclass(frozen=True, slots=True)
class Spell:
    """A halt or slow-down in each simulation: its first day, the day after its last, and the share not decided."""

    id: str
    begin: float
    ends: Floats
    share: Floats


@dataclass(slots=True)
class DeskDraw:
    """Simulations of one application at the desk.

    Attributes:
        desk: What the desk says.
        own: Probabilities of the company's own.
        key: Seed.
        rows: Rows used so far, by id.
        draws: Number of simulations.
    """

    desk: DeskTime
    own: Chances | None
    key: tuple[str, ...]
    rows: dict[str, DeskRow] = field(default_factory=dict)
    draws: int = DRAWS
    _spells: list[Spell] | None = None

    @property
    def most_returns(self) -> int:
        """How often a file can be returned."""
        return MOST_RETURNS if self.own is None else self.own.most_returns

    def returned(self, days: Days) -> Floats:
        """Returns the share of files returned on each day."""
        import numpy as np

        if self.own is not None:
            return np.full(days.shape, float(self.own.returned))
        if "returns" in self.desk.practice.off:
            return np.zeros(days.shape)
        return self.figure("returned_share", days)[1]

    def questioned(self, days: Days) -> Floats:
        """Returns the share of reviews interrupted for a round of questions."""
        import numpy as np

        if self.own is not None:
            return np.full(days.shape, float(self.own.stopped))
        return self.figure("questioned_share", days)[1]

    def refiled(self, days: Days, *key: str) -> Days:
        """Returns the days on which files returned on each day come in again."""
        import numpy as np

        if "wait" in self.desk.practice.off:
            return days
        later = _triangular(self.number(*key, "refiled"), *self.figure("returned_refiled_days", days))
        return days + np.ceil(later).astype(np.int64)

    def taken(self, accepted: Days) -> Days:
        """Returns the days on which accepted files are taken up, after those before them; a halt stops the queue."""
        import numpy as np

        if "queue" in self.desk.practice.off:
            return self._deferred(accepted, "taken")
        months = self._work(accepted)
        waited = self._after(accepted, months * MONTH_DAYS)
        return np.where(months > 0, waited, self._deferred(accepted, "taken"))

    def _work(self, accepted: Days) -> Floats:
        """Returns the months in which the files before each accepted one are taken up; the desk is one in each draw."""
        import numpy as np

        from coercivity.market.run.licensing.usual_desk import PLACES

        work, months = self.desk.work_months, months_of(accepted)
        row = self.use(self.desk.row("decisions_learned", month_of(self.desk.known)))
        self.use(self.desk.row("decisions_begin", month_of(self.desk.known)))
        self.use(self.desk.row("learning_months", month_of(self.desk.known)))
        drawn = self.capacity(row)
        spans = np.where(drawn < row.value, max(row.value - row.low, _TINY), max(row.high - row.value, _TINY))
        place = (drawn - row.value) / spans
        at = np.clip(months - self.desk.first, 0, work.shape[1] - 1)
        ends = np.array(PLACES)
        lower = np.searchsorted(ends[1:-1], place)
        part = (place - ends[lower]) / (ends[lower + 1] - ends[lower])
        found = (1.0 - part) * work[lower, at] + part * work[lower + 1, at]
        return np.where(months < self.desk.first, 0.0, found)

    def number(self, *key: str) -> Floats:
        """Returns a number between 0 and 1 for each simulation by seed."""
        return uniform(*key, draws=self.draws)

    def capacity(self, row: DeskRow) -> Floats:
        """Returns the capacity of the desk, once it has learned, in each simulation [unit of the row]."""
        return _triangular(self.number(*self.key, "capacity"), row.low, row.value, row.high)

    def reviewed(self, *key: str) -> Floats:
        """Returns the time at the authority after a file is taken up, without the limit of the law [calendar days]."""
        import numpy as np

        if "wait" in self.desk.practice.off:
            return np.zeros(self.draws)
        shares, days = _quantiles(self.desk.review)
        return np.interp(self.number(*key, "processing"), shares, days)

    def decided(self, due: Days, *key: str) -> Days:
        """Returns the days of decisions due on each day: a halt withholds its share of them, month by month."""
        return self._deferred(due, "decided", *key)

    @property
    def spells(self) -> list[Spell]:
        """Halts and slow-downs in each simulation; those without a known end last some time from the cut-off on."""
        import numpy as np

        if self._spells is not None:
            return self._spells
        found = []
        for event in self.desk.events:
            key = (*self.key, "event", event.id)
            share = _triangular(self.number(*key, "share"), event.low, event.share, event.high)
            if event.ends_on is not None:
                ends = np.full(self.draws, float(event.ends_on.toordinal() + 1))
            else:
                row = self.use(self.desk.row("halt_expected_months", month_of(self.desk.known)))
                heard = max(self.desk.known, event.begins_on).toordinal()
                ends = heard - np.log1p(-self.number(*key, "end")) * row.value * MONTH_DAYS
            found.append(Spell(event.id, float(event.begins_on.toordinal()), ends, share))
        self._spells = found
        return found

    def _after(self, start: Days, work_days: Floats) -> Days:
        """Returns the days on which work begun on each start is done, slowed down or stopped by halts meanwhile."""
        import numpy as np

        at, left = start.astype(np.float64), work_days.copy()
        edges = [np.full(self.draws, spell.begin) for spell in self.spells] + [spell.ends for spell in self.spells]
        never = np.full(self.draws, np.inf)
        for edge in [*np.sort(np.array(edges), axis=0), never] if edges else [never]:
            speed = self._going(at)
            needed = np.divide(left, speed, out=np.full_like(left, np.inf), where=speed > 0)
            step = np.minimum(np.maximum(edge - at, 0.0), np.where(left > 0, needed, 0.0))
            at, left = at + step, np.maximum(left - step * speed, 0.0)
        return np.ceil(np.round(at, _ROUND)).astype(np.int64)

    def _going(self, at: Floats) -> Floats:
        import numpy as np

        going = np.ones(self.draws)
        for spell in self.spells:
            going = going * np.where((spell.begin <= at) & (at < spell.ends), 1.0 - spell.share, 1.0)
        return going

    def _deferred(self, due: Days, *key: str) -> Days:
        """Returns the days of what is due on each day: in a halt its share comes a month later, until the halt ends."""
        import numpy as np

        days = due.astype(np.float64)
        for spell in self.spells:
            drawn = self.number(*self.key, *key, "deferred", spell.id)
            with np.errstate(divide="ignore"):
                times = np.floor(np.log(drawn) / np.log(np.clip(spell.share, 0.0, 1.0)))
            times = np.where(spell.share >= 1.0, np.inf, times)
            inside = (spell.begin <= days) & (days < spell.ends)
            days = np.where(inside, np.minimum(days + np.where(times > 0, times, 0.0) * MONTH_DAYS, spell.ends), days)
        return np.ceil(np.round(days, _ROUND)).astype(np.int64)

    def figure(self, parameter: Parameter, days: Days) -> tuple[Floats, Floats, Floats]:
        """Returns low end, value and high end of a figure on each day."""
        import numpy as np

        months, where = np.unique(months_of(days), return_inverse=True)
        rows = [self.use(self.desk.row(parameter, Month(month))) for month in months.tolist()]
        low, value, high = (
            np.array(each)[where] for each in zip(*((r.low, r.value, r.high) for r in rows), strict=True)
        )
        return low, value, high

    def use(self, row: DeskRow) -> DeskRow:
        """Returns a row, and notes that it was used."""
        self.rows[row.id] = row
        return row


def months_of(days: Days) -> Days:
    """Returns the months of ordinal days."""
    import numpy as np

    months: Days = (days - _EPOCH_DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + _EPOCH_MONTH
    return months


def _triangular(share: Floats, low: Floats | float, mode: Floats | float, high: Floats | float) -> Floats:
    """Returns numbers of triangular distributions by their inverse."""
    import numpy as np

    low, mode, high = (np.broadcast_to(np.asarray(end, dtype=np.float64), share.shape) for end in (low, mode, high))
    span = np.maximum(high - low, 0.0)
    turn = np.divide(mode - low, span, out=np.zeros_like(share), where=span > 0)
    rising = low + np.sqrt(share * span * np.maximum(mode - low, 0.0))
    falling = high - np.sqrt((1.0 - share) * span * np.maximum(high - mode, 0.0))
    drawn: Floats = np.where(span > 0, np.where(share < turn, rising, falling), mode)
    return drawn


@lru_cache(maxsize=64)
def _quantiles(review: Gamma) -> tuple[Floats, Floats]:
    """Returns shares decided and the days by which they are, for the inverse of the distribution."""
    import numpy as np

    days = np.linspace(0.0, review.mean + _SPREADS * review.variance**0.5, _POINTS)
    shares = np.array([review.decided(float(day)) for day in days])
    return np.maximum.accumulate(shares), days
