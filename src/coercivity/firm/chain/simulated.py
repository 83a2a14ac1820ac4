"""The chain by simulation: the same draws for every day of signing, from a fixed key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.firm.chain.calendar import BEYOND, ChainCalendar
from coercivity.firm.chain.exact import Weights
from coercivity.firm.chain.latest import LEVELS, chart_until, charted, mode_times
from coercivity.firm.chain.model import Chain, GeneralLicence, LatestDay, ModeTimes, Returns, Stage
from coercivity.firm.draws import uniform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Days = NDArray[np.int64]
    Marks = NDArray[np.bool_]

DRAWS = 200_000
KEY = ("licence chain",)
_MOST_ROUNDS = 1_000
# Days before the day needed that are searched for a day of signing.
_REACH_DAYS = 2_800


@dataclass(frozen=True)
class ChainDraws:
    """The draws of a chain.

    Attributes:
        chain: The chain.
        calendar: Its working days.
        draws: Number of draws.
        key: Seed; the same words give the same draws.
    """

    chain: Chain
    calendar: ChainCalendar
    draws: int = DRAWS
    key: tuple[str, ...] = KEY
    _drawn: dict[str, Days] = field(default_factory=dict, repr=False, compare=False)

    def arrivals(self, signed: int, general: GeneralLicence | None = None) -> dict[str, Days]:
        """Returns the ordinals of the days of arrival by way of transport; `BEYOND` if not within what is counted.

        Args:
            signed: Ordinal of the day of signing.
            general: A general licence that names the plant; None for the whole chain.
        """
        day = self.ready(signed, general)
        return {mode.name: self._stage(day, mode) for mode in self.chain.modes}

    def ready(self, signed: int, general: GeneralLicence | None = None) -> Days:
        """Returns the ordinals of the days on which the last stage before transport ends.

        Args:
            signed: Ordinal of the day of signing.
            general: A general licence that names the plant; None for the whole chain.
        """
        import numpy as np

        day = np.full(self.draws, signed, dtype=np.int64)
        stages = list(self.chain.stages)
        if general is not None:
            at = next(n for n, stage in enumerate(stages) if stage.kind == general.leaves_out)
            last = next(n for n, stage in enumerate(stages) if stage.kind == general.finishes)
            day = self._through(day, stages[:at])
            quick = self._through(day, stages[at + 1 : last + 1])
            slow = self._through(self._stage(day, stages[at]), stages[at + 1 : last + 1])
            day = np.where(quick <= general.valid_through.toordinal(), quick, slow)
            stages = stages[last + 1 :]
        return self._through(day, stages)

    def _through(self, day: Days, stages: Sequence[Stage]) -> Days:
        for stage in stages:
            day = self._stage(day, stage)
        return day

    def _stage(self, day: Days, stage: Stage) -> Days:
        returns = self.chain.returns.get(stage.name)
        if returns is not None:
            day = self._after(day, self._rework(returns), "working")
        return self._after(day, self._lengths(stage), stage.unit)

    def _lengths(self, stage: Stage) -> Days:
        if stage.name not in self._drawn:
            self._drawn[stage.name] = self._draw_lengths(stage)
        return self._drawn[stage.name]

    def _draw_lengths(self, stage: Stage) -> Days:
        import numpy as np

        lengths = np.array([each.days for each in stage.alternatives], dtype=np.int64)
        shares = np.cumsum([float(each.probability) for each in stage.alternatives])
        places = np.searchsorted(shares, uniform(*self.key, stage.name, draws=self.draws), side="right")
        return lengths[np.minimum(places, len(lengths) - 1)]

    def _rework(self, returns: Returns) -> Days:
        """Returns the working days of all rounds that are returned.

        The m-th working day after the n-th one is the (n + m)-th, so that they add up whatever the day of filing.
        """
        import numpy as np

        name = f"{returns.stage} returned"
        if name not in self._drawn:
            added, inside = np.zeros(self.draws, dtype=np.int64), np.arange(self.draws)
            for number in range(1, _MOST_ROUNDS + 1):
                chance, on_day, rework = returns.round(number)
                key = (*self.key, returns.stage, "round", str(number))
                inside = inside[uniform(*key, draws=self.draws)[inside] < float(chance)]
                if not len(inside):
                    break
                added[inside] += on_day + rework if number < _MOST_ROUNDS else BEYOND
            self._drawn[name] = added
        return self._drawn[name]

    @cached_property
    def _lines(self) -> tuple[Days, Days]:
        """Counts of working days by day, and the working days, with one that is beyond at the end."""
        import numpy as np

        return np.asarray(self.calendar.counts), np.append(np.asarray(self.calendar.working), BEYOND)

    def _after(self, day: Days, days: Days | int, unit: str) -> Days:
        import numpy as np

        calendar = self.calendar
        if unit == "calendar":
            end = day + days
            return np.where((end <= calendar.last) & (day < BEYOND), end, BEYOND)
        counts, working = self._lines
        inside = np.clip(day - calendar.first, 0, len(counts) - 1)
        places = np.minimum(counts[inside] + days - 1, len(working) - 1)
        return np.where(day > calendar.last, BEYOND, np.where(np.asarray(days) > 0, working[places], day))


def share_by(arrived: Days, needed: int) -> Fraction:
    """Returns the share of draws that have arrived by a day.

    Args:
        arrived: Ordinals of the days of arrival.
        needed: Ordinal of the day.
    """
    return Fraction(int((arrived <= needed).sum()), len(arrived))


def drawn_quantiles(arrived: Days, levels: Sequence[int] = LEVELS) -> dict[int, Day | None]:
    """Returns the first day by which at least each per cent of the draws has arrived; None if beyond what is counted.

    Args:
        arrived: Ordinals of the days of arrival.
        levels: Levels [%].
    """
    import numpy as np

    ordered = np.sort(arrived)
    days = {level: int(ordered[max(0, -(-len(ordered) * level // 100) - 1)]) for level in levels}
    return {level: None if day >= BEYOND else Day.fromordinal(day) for level, day in days.items()}


def drawn_weights(arrived: Days) -> dict[int, int]:
    """Returns the number of draws by day of arrival, those beyond what is counted left out."""
    import numpy as np

    days, counts = np.unique(arrived[arrived < BEYOND], return_counts=True)
    return {int(day): int(count) for day, count in zip(days, counts, strict=True)}


def drawn_ready(drawn: ChainDraws, signed: int) -> Weights:
    """Returns the distribution of the day on which the last stage before transport ends.

    Args:
        drawn: The draws.
        signed: Ordinal of the day of signing.
    """
    return Weights(drawn_weights(drawn.ready(signed)), drawn.draws)


def drawn_times(
    drawn: ChainDraws,
    signed: int,
    needed: Day | None,
    confidences: Sequence[Fraction],
    general: GeneralLicence | None,
    beside: Sequence[ModeTimes] = (),
) -> tuple[ModeTimes, ...]:
    """Returns the results by way of transport.

    Args:
        drawn: The draws.
        signed: Ordinal of the day of signing.
        needed: Day by which the goods are needed; None if only the dates are asked.
        confidences: Confidences for which a latest day is asked.
        general: A general licence that names the plant; None for the whole chain.
        beside: Results that are shown beside these: the charts of both end on one day.
    """
    by_day, found = {signed: drawn.arrivals(signed, general)}, []
    weights = {name: Weights(drawn_weights(days), drawn.draws) for name, days in by_day[signed].items()}
    until = max(chart_until(list(weights.values())), charted(beside))
    for mode in drawn.chain.modes:
        arrived = by_day[signed][mode.name]
        times = mode_times(mode, weights[mode.name], None, signed, (), until=until)
        share, latest = None, tuple[LatestDay, ...]()
        if needed is not None:
            search = _Search(drawn, mode.name, needed.toordinal(), general, by_day)
            share = share_by(arrived, needed.toordinal())
            latest = tuple(search.latest(each) for each in confidences)
        found.append(ModeTimes(times.mode, times.quantiles, share, latest, times.days, share, times.quantiles))
    return tuple(found)


class _Search:
    """Searches the latest day of signing: with the same draws, signing later never means arriving earlier."""

    def __init__(
        self,
        drawn: ChainDraws,
        mode: str,
        needed: int,
        general: GeneralLicence | None,
        by_day: dict[int, dict[str, Days]],
    ) -> None:
        self._drawn, self._mode, self._needed, self._general, self._by_day = drawn, mode, needed, general, by_day

    def _chance(self, day: int) -> Fraction:
        if day not in self._by_day:
            self._by_day[day] = self._drawn.arrivals(day, self._general)
        return share_by(self._by_day[day][self._mode], self._needed)

    def latest(self, confidence: Fraction) -> LatestDay:
        low, high = max(self._needed - _REACH_DAYS, self._drawn.calendar.first), self._needed + 1
        if self._chance(low) < confidence:
            return LatestDay(confidence, None, None, None)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._chance(middle) >= confidence else (low, middle)
        chance = self._chance(low)
        return LatestDay(confidence, Day.fromordinal(low), chance, self._chance(low + 1), chance)
