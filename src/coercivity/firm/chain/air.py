"""What a part by air buys: days without use, for a mass by air and the rest by the slower way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from coercivity.base.sums import total
from coercivity.firm.chain.calendar import BEYOND, ChainCalendar
from coercivity.firm.chain.exact import Weights
from coercivity.firm.chain.model import AirAnswer, AirRow, Chain, PartByAir, Stage
from coercivity.practice.records import load_records

AIR, SEA = "air", "sea"
_MOST_GAPS = 6
# A change of the chance that is smaller comes from rounds that hardly ever happen, and nobody reads it.
_LEAST_CHANGE = Fraction(1, 10**6)
_FREIGHT_MODE = "freight_mode"


@dataclass(frozen=True, slots=True)
class _Losses:
    """Days without use on all paths, as whole weights.

    Attributes:
        before: Weight of the days lost before anything arrives, times days.
        open: Days from the arrival by air, or the end of stock, to that of the rest: weight by number.
        sure: Weight by number of those days on paths that lose none before.
        none_open: Weight of paths on which stock is enough until the rest arrives.
        late: Days that the rest has to last until a later arrival by air: weight by number.
        late_sure: Weight by number of those days on paths that lose none before.
        scale: What a weight is divided by.
    """

    before: int
    open: dict[int, int]
    sure: dict[int, int]
    none_open: int
    late: dict[int, int]
    late_sure: dict[int, int]
    scale: int

    def mean(self, days: int, rest_days: int | None = None) -> Fraction:
        """Returns the mean of the days without use.

        Args:
            days: Days for which the mass by air is enough.
            rest_days: Days for which the rest is enough; None if nothing goes by air.
        """
        lost = total(weight * max(0, gap - days) for gap, weight in self.open.items())
        if rest_days is not None:
            lost += total(weight * max(0, gap - rest_days) for gap, weight in self.late.items())
        return Fraction(self.before + lost, self.scale)

    def none(self, days: int, rest_days: int | None = None) -> Fraction:
        """Returns the chance of no day without use; arguments as of `mean`."""
        met = self.none_open + total(weight for gap, weight in self.sure.items() if gap <= days)
        if rest_days is not None:
            met -= total(weight for gap, weight in self.late_sure.items() if gap > rest_days)
        return Fraction(met, self.scale)


def slower_mode(chain: Chain) -> Stage | None:
    """Returns the way of transport of the rest: sea, else the first that is not by air; None if there is none."""
    others = [mode for mode in chain.modes if mode.kind != AIR]
    return next((mode for mode in others if mode.kind == SEA), others[0] if others else None)


def air_answer(
    chain: Chain, ready: Weights, calendar: ChainCalendar, part: PartByAir, masses_kg: Sequence[Fraction] = ()
) -> AirAnswer | None:
    """Returns what a part by air buys; None if the chain does not have both ways.

    Both parts share every stage but the last. A lost day is one of use that is not met: a day not met uses nothing, and
    goods can be used on the day they arrive. Days count until the rest arrives; where a part by air arrives later
    still, until it arrives.

    Args:
        chain: The chain.
        ready: Distribution of the day on which the last stage before transport ends.
        calendar: Working days.
        part: Stock, use and costs.
        masses_kg: Masses asked for [kg]; by default those that close a gap between both ways.

    Source: equation 96 of docs/market.md.
    """
    air = next((mode for mode in chain.modes if mode.kind == AIR), None)
    rest = slower_mode(chain)
    if air is None or rest is None:
        return None
    losses, gaps = _followed(ready, air, rest, calendar, part)
    whole = int(part.lot_kg / part.use_kg)
    steps = (gap for gap in sorted(losses.sure) if 0 < gap <= whole)
    alone = losses.none(0) + _LEAST_CHANGE
    step = next((gap for gap in steps if _row(part, losses, gap * part.use_kg).chance_none > alone), None)
    most = min(whole, max(losses.open, default=0))
    best = min(range(most + 1), key=lambda days: (_row(part, losses, days * part.use_kg).total_usd, days))
    masses = set(masses_kg) or _usual(part, [gap for gap, _ in gaps], step)
    return AirAnswer(
        rows=tuple(_row(part, losses, mass) for mass in sorted({Fraction(0), *masses})),
        best_kg=best * part.use_kg,
        gaps=gaps,
        first_step_kg=None if step is None else step * part.use_kg,
        over=rest.name,
        use_kg=part.use_kg,
        one_mode_source=_one_mode_source(),
    )


def _one_mode_source() -> str:
    """Returns where practice reports that the way of transport is fixed when an application is filed."""
    return next((paper.source_url for paper in load_records().documents if paper.id == _FREIGHT_MODE), "")


def _usual(part: PartByAir, gaps: Sequence[int], step: int | None) -> set[Fraction]:
    days = {*gaps[:_MOST_GAPS], *([step] if step is not None else [])}
    return {number * part.use_kg for number in days if 0 < number * part.use_kg <= part.lot_kg}


def _row(part: PartByAir, losses: _Losses, mass_kg: Fraction) -> AirRow:
    days = int(mass_kg / part.use_kg)
    rest_days = int((part.lot_kg - mass_kg) / part.use_kg) if mass_kg else None
    mean, extra = losses.mean(days, rest_days), mass_kg * part.air_over_sea_usd_per_kg
    return AirRow(mass_kg, mean, losses.none(days, rest_days), extra, extra + mean * part.lost_day_usd)


def _followed(
    ready: Weights, air: Stage, rest: Stage, calendar: ChainCalendar, part: PartByAir
) -> tuple[_Losses, tuple[tuple[int, Fraction], ...]]:
    """Returns the days without use, and the days between both arrivals with their probabilities."""
    out_on = part.stock_through.toordinal() + 1
    pairs = [(a, b, a.probability * b.probability) for a in air.alternatives for b in rest.alternatives]
    scale = lcm(*(chance.denominator for _, _, chance in pairs))
    before, none_open = 0, 0
    open_, sure, gaps, late, late_sure = (defaultdict[int, int](int) for _ in range(5))
    for day, weight in ready.by_day.items():
        for quick, slow, chance in pairs:
            mass = weight * int(chance * scale)
            by_air = calendar.later(day, quick.days, air.unit)
            by_rest = calendar.later(day, slow.days, rest.unit)
            if by_rest >= BEYOND or not mass:
                continue
            gaps[by_rest - by_air] += mass
            after = by_air - max(by_rest, out_on)
            if after > 0:
                late[after] += mass
                late_sure[after] += mass if by_rest <= out_on else 0
            if by_rest <= out_on:
                none_open += mass
                continue
            begin = min(max(out_on, by_air), by_rest)
            before += mass * (begin - out_on)
            open_[by_rest - begin] += mass
            if begin == out_on:
                sure[by_rest - begin] += mass
    whole = ready.scale * scale
    losses = _Losses(before, dict(open_), dict(sure), none_open, dict(late), dict(late_sure), whole)
    return losses, tuple((gap, Fraction(gaps[gap], whole)) for gap in sorted(gaps))
