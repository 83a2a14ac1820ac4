"""What several papers read from the report data of an outlook: runs, series, gaps, numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.rows import JOINT, GapRow
from coercivity.papers.outlook.report_data import OutlookReport, RunData, Text
from coercivity.papers.outlook.words import HEADLINE, INSIDE, OUTSIDE, PHRASES
from coercivity.papers.shared.days import day_text

Number = float | None
Clauses = tuple[str, ...]
# A part of a gap, its clauses, and what keeps a licence scarce.
PartKey = tuple[str, Clauses, str]
Basis = Literal["margin", "quote", "licensed", "traded"]
Table = Literal["prices", "gaps", "shipped", "stocks"]
_LEAD = 0.5
_NO_GAP = 5e-3
_LEAST_PERCENT = 0.05
_SMALL, _NOTHING = 5e-4, 1e-6


@dataclass(frozen=True, slots=True)
class ReadRun:
    """One run with its letter.

    Attributes:
        key: A, B for a scenario of one run; A1, A2 for its branches.
        place: Position in the report data, which selects the dash.
    """

    key: str
    place: int
    body: RunData
    branch: Text


@dataclass(frozen=True, slots=True)
class ScenarioRuns:
    """Runs that differ only in the legal scenario."""

    letter: str
    title: Text
    runs: tuple[ReadRun, ...]


class PartShown(NamedTuple):
    """A part of a gap.

    Attributes:
        clauses: Ids of its clauses, if any.
        cause: What keeps a licence scarce: waiting, refusal or halt; empty for other parts.
    """

    part: str
    clauses: Clauses
    usd_per_kg: float
    cause: str = ""

    @property
    def key(self) -> PartKey:
        """What tells it from others."""
        return self.part, self.clauses, self.cause


@dataclass(frozen=True, slots=True)
class GapShown:
    """The price gap of one product in one month."""

    month: str
    usd_per_kg: float
    parts: tuple[PartShown, ...]


def scenarios(report: OutlookReport) -> tuple[ScenarioRuns, ...]:
    """Returns the runs grouped by scenario (or by title if none is named), in the order of the report data."""
    groups: dict[str, list[tuple[int, RunData]]] = {}
    for place, run in enumerate(report["runs"]):
        groups.setdefault(run.get("scenario") or run["title"]["en"], []).append((place, run))
    found = []
    for number, group in enumerate(groups.values()):
        letter = chr(ord("A") + number)
        runs = tuple(
            ReadRun(letter + (str(at + 1) if len(group) > 1 else ""), place, run, branch_text(run["branch"]))
            for at, (place, run) in enumerate(group)
        )
        found.append(ScenarioRuns(letter, dict(group[0][1]["title"]), runs))
    return tuple(found)


def runs_of(report: OutlookReport) -> tuple[ReadRun, ...]:
    """Returns all runs with their letters."""
    return tuple(run for scenario in scenarios(report) for run in scenario.runs)


def branch_text(branch: str) -> Text:
    """Returns a legal scenario in words: rules as published, suspension lapsed, suspension extended to a date."""
    word, _, day = branch.partition(":")
    if not word:
        return PHRASES["base"]
    said = PHRASES.get(word, {"en": word.replace("_", " ")})
    return {
        lang: f"{text}{day_text(day, 'zh')}" if lang == "zh" and day else f"{text} {day}".strip()
        for lang, text in said.items()
    }


def series(run: ReadRun, good: str, region: str, *, basis: Basis) -> tuple[Number, ...]:
    """Returns a price series; empty if the run has none.

    Args:
        run: The run.
        good: Id of the product.
        region: Id of the region.
        basis: margin, quote, licensed or traded.
    """
    for row in run.body["prices"]:
        if (row["good"], row["region"]) == (good, region):
            return tuple(row[basis])
    return ()


def markets(run: ReadRun, good: str, region: str) -> tuple[bool, ...]:
    """Returns whether there is a market in each month; empty if the run has no price."""
    for row in run.body["prices"]:
        if (row["good"], row["region"]) == (good, region):
            return tuple(row["market"])
    return ()


def has_market(run: ReadRun, good: str, region: str, place: int) -> bool:
    """Returns whether there is a market in a month; without one the price is only a limit."""
    held = markets(run, good, region)
    return held[place] if place < len(held) else True


def charted(run: ReadRun, good: str, region: str, *, basis: Basis) -> tuple[Number, ...]:
    """Returns a price series with no value in the months without a market, so that a line is interrupted there.

    Args:
        run: The run.
        good: Id of the product.
        region: Id of the region.
        basis: margin, quote, licensed or traded.
    """
    values, held = series(run, good, region, basis=basis), markets(run, good, region)
    return tuple(value if basis == "licensed" or at(held, place) else None for place, value in enumerate(values))


def price_cells(run: ReadRun, good: str, region: str, *, basis: Basis, lang: Lang) -> tuple[str, ...]:
    """Returns a price series as text; without a market the marginal price is named as a limit, others are absent.

    Args:
        run: The run.
        good: Id of the product.
        region: Id of the region.
        basis: margin, quote, licensed or traded.
        lang: Language.
    """
    shown = charted(run, good, region, basis=basis)
    values = series(run, good, region, basis=basis)
    return tuple(
        num(value) if value is not None or basis != "margin" else limit_text(num(values[place]), lang)
        for place, value in enumerate(shown)
    )


def limit_text(price: str, lang: Lang) -> str:
    """Returns that there is no market, with the limit in place of a price."""
    return say(PHRASES["no_market"], lang).format(price)


def headline_goods(report: OutlookReport, table: Table = "prices") -> tuple[str, ...]:
    """Returns the main products that occur in a table of some run, in their order."""
    held = {row["good"] for run in report["runs"] for row in run[table]}
    return tuple(good for good in HEADLINE if good in held)


def gaps(run: ReadRun, good: str) -> dict[str, GapShown]:
    """Returns the gaps of a product by month: to the mean outside, or else to the region with the widest gap."""
    by_region: dict[str, dict[str, GapShown]] = {}
    for row in run.body["gaps"]:
        if row["good"] == good:
            by_region.setdefault(row["region"], {})[row["month"]] = gap_of(row)
    if not by_region or OUTSIDE in by_region:
        return by_region.get(OUTSIDE, {})
    return by_region[min(by_region, key=lambda name: (-max(g.usd_per_kg for g in by_region[name].values()), name))]


def gap_of(row: GapRow) -> GapShown:
    """Returns a row of the gaps with its clauses separated."""
    parts = tuple(
        PartShown(p["part"], tuple(p["clause"].split(JOINT)) if p["clause"] else (), p["usd_per_kg"], p["cause"])
        for p in row["parts"]
    )
    return GapShown(row["month"], row["gap"], parts)


def gap_series(run: ReadRun, good: str, months: Sequence[str]) -> tuple[Number, ...]:
    """Returns the gap of each month [USD/kg]: as split, or else price outside minus price in China."""
    split = gaps(run, good)
    inside = series(run, good, INSIDE, basis="margin")
    outside = series(run, good, OUTSIDE, basis="margin")
    found: list[Number] = []
    for place, month in enumerate(months):
        low, high = at(inside, place), at(outside, place)
        if month in split:
            found.append(split[month].usd_per_kg)
        else:
            found.append(None if low is None or high is None else high - low)
    return tuple(found)


def at(values: Sequence[Number], place: int) -> Number:
    """Returns the value at a position, or None beyond the end."""
    return values[place] if place < len(values) else None


def known(values: Iterable[Number]) -> Iterator[float]:
    """Yields the values that are not None."""
    return (value for value in values if value is not None)


def by_part(gap: GapShown) -> dict[PartKey, float]:
    """Returns the USD/kg of each part, with its clauses and what keeps a licence scarce."""
    sums: dict[PartKey, float] = {}
    for part in gap.parts:
        sums[part.key] = sums.get(part.key, 0.0) + part.usd_per_kg
    return sums


def by_clause(gap: GapShown) -> dict[Clauses, float]:
    """Returns the USD/kg that each clause, or several together, contribute, the largest first."""
    sums: dict[Clauses, float] = {}
    for part in gap.parts:
        if part.clauses:
            sums[part.clauses] = sums.get(part.clauses, 0.0) + part.usd_per_kg
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def leading(gap: GapShown | None) -> tuple[Clauses, ...]:
    """Returns the fewest clauses that contribute half of what all clauses contribute; sorted by id."""
    carried = {} if gap is None else {name: usd for name, usd in by_clause(gap).items() if usd > 0}
    whole = total(carried.values())
    if gap is None or whole <= _NO_GAP * max(abs(gap.usd_per_kg), 1.0):
        return ()
    chosen: list[Clauses] = []
    reached = 0.0
    for name, usd in carried.items():
        chosen.append(name)
        reached += usd
        if reached >= _LEAD * whole:
            break
    return tuple(sorted(chosen))


def shifts(run: ReadRun, good: str, months: Sequence[str]) -> tuple[tuple[int, tuple[Clauses, ...]], ...]:
    """Returns the positions of the months in which the set of main clauses changes, and the new set."""
    split = gaps(run, good)
    if not split:
        return ()
    sets = [leading(split.get(month)) for month in months]
    return tuple((place, sets[place]) for place in range(1, len(sets)) if sets[place] != sets[place - 1])


def num(value: Number) -> str:
    """Returns a number to about three significant figures with a thousands separator, for display only."""
    if value is None:
        return "–"
    size = abs(value)
    if not math.isfinite(value):
        return "–"
    if size < _NOTHING:
        return "0"
    places = 0 if size >= 99.95 else 1 if size >= 9.995 else 2 if size >= 0.995 else 3
    text = f"{size:,.{places}f}" if size >= _SMALL else f"{size:.1e}"
    return text if value > 0 else "\u2212" + text


def between(low: Number, high: Number, lang: Lang = "en") -> str:
    """Returns an interval, or one number if both ends read the same."""
    first, last = num(low), num(high)
    return first if first == last else say(PHRASES["between"], lang).format(first, last)


def percent(share: Number, lang: Lang = "en") -> str:
    """Returns a share in per cent; in Chinese without a blank before the sign."""
    if share is None:
        return "–"
    size, sign = 100 * share, "%" if lang == "zh" else " %"
    if 0 < size < _LEAST_PERCENT:
        return f"< 0.1{sign}"
    return f"{size:.0f}{sign}" if abs(size) >= 9.95 or size == 0 else f"{size:.1f}{sign}"


def percents(low: float, high: float, lang: Lang = "en") -> str:
    """Returns a range of shares in per cent, or one share if both ends read the same."""
    first, last = percent(low, lang), percent(high, lang)
    return first if first == last else say(PHRASES["between"], lang).format(first.removesuffix("%").strip(), last)
