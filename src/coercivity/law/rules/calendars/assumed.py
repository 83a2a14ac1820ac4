"""The holidays of a year without a notice, assumed for planning: the statutory days, and what a notice may add.

The law fixes 13 days; one that falls on a weekend is given on a working day instead. The yearly notice lengthens some
of the breaks with bridge days and makes them up on weekend days near by; which ones is known when it is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Bridge, Day
from coercivity.law.rules.calendars.working_days import Festival, LunarDays, StatutoryHolidays

_TUESDAY, _THURSDAY = 1, 3
_REACH_DAYS = 14
# With the Mid-Autumn Festival in it, the National Day break is a day longer.
_JOINED = ("10-01", "mid_autumn")


@dataclass(frozen=True, slots=True)
class AssumedYear:
    """The assumed days off of a year.

    Attributes:
        off: Statutory days off, with the working days given for those on a weekend.
        bridges: What the notice may add, by break.
    """

    off: frozenset[Day]
    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class _Break:
    days: tuple[Day, ...]
    longest: int | None


def assume_year(law: StatutoryHolidays, year: int) -> AssumedYear | None:
    """Returns the assumed days off of a year, or None if its lunar days are not in the data.

    Source: Measures for Public Holidays on National Festivals and Memorial Days, Articles 2 and 6.
    """
    lunar = next((entry for entry in law.lunar_days if entry.year == str(year)), None)
    if lunar is None:
        return None
    breaks = _breaks(law, lunar)
    off: set[Day] = set()
    for entry in breaks:
        off |= _statutory(entry, off)
    whole = [_whole(entry, off) for entry in breaks]
    rest = off | {day for days in whole for day in days}
    bridges = [_bridge(days, off, rest, year) for days in whole]
    return AssumedYear(frozenset(off), tuple(bridge for bridge in bridges if bridge.days))


def _breaks(law: StatutoryHolidays, lunar: LunarDays) -> list[_Break]:
    found: dict[str, _Break] = {}
    for festival in law.festivals:
        first = _first(festival, lunar)
        days = tuple(Day.fromordinal(first.toordinal() + more) for more in range(int(festival.days)))
        found[festival.first] = _Break(days, int(festival.longest) if festival.longest else None)
    national, autumn = (found[name] for name in _JOINED)
    assert national.longest is not None  # the table states it
    if 0 <= (autumn.days[0] - national.days[0]).days <= national.longest:
        found[_JOINED[0]] = _Break((*national.days, *autumn.days), national.longest + 1)
        del found[_JOINED[1]]
    return list(found.values())


def _first(festival: Festival, lunar: LunarDays) -> Day:
    if festival.first == "spring_festival_eve":
        return lunar.spring_festival - ONE_DAY
    by_name = {
        "qingming": lunar.qingming,
        "dragon_boat": lunar.dragon_boat,
        "mid_autumn": lunar.mid_autumn,
    }
    return by_name.get(festival.first) or Day.fromisoformat(f"{lunar.year}-{festival.first}")


def _statutory(entry: _Break, taken: set[Day]) -> set[Day]:
    """Returns the statutory days of a break, each on a weekend or taken already given on the next working day."""
    off: set[Day] = set()
    owed = 0
    for day in entry.days:
        owed += day.weekday() >= 5 or day in off or day in taken
        off.add(day)
    day = entry.days[0]
    while owed:
        day += ONE_DAY
        if day.weekday() < 5 and day not in off and day not in taken:
            off.add(day)
            owed -= 1
    return off


def _whole(entry: _Break, off: set[Day]) -> list[Day]:
    """Returns the whole break of the usual notice: its stated length, or a single day joined to the weekend."""
    first = entry.days[0]
    if entry.longest is not None:
        return [Day.fromordinal(first.toordinal() + more) for more in range(entry.longest)]
    if first.weekday() == _TUESDAY:
        return [first - ONE_DAY, first]
    return [first, first + ONE_DAY] if first.weekday() == _THURSDAY else [first]


def _bridge(days: Sequence[Day], off: set[Day], rest: set[Day], year: int) -> Bridge:
    added = frozenset(day for day in days if day.weekday() < 5 and day not in off and day.year == year)
    free = (day for day in _around(days) if day.weekday() >= 5 and day not in rest and day.year == year)
    return Bridge(added, tuple(free))


def _around(days: Sequence[Day]) -> Iterator[Day]:
    for number in range(days[0].toordinal() - _REACH_DAYS, days[-1].toordinal() + _REACH_DAYS + 1):
        yield Day.fromordinal(number)
