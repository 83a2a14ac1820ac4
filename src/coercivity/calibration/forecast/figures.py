"""Figures of the market that a forecast states by month or quarter: exports by region, prices, gaps, licences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coercivity.base.months import Month, first_of
from coercivity.calibration.backtest.rows import Matched, blind
from coercivity.calibration.forecast.periods import Freq, last_day, spans
from coercivity.ensemble.runs.keeping import Block
from coercivity.observations.rows import Observation
from coercivity.observations.series import Match

What = Literal["exports", "quote", "traded", "gap", "licences"]
MAGNETS, CHINA = "magnets", "CN"
# Oxides and metals of the elements that a forecast names, and places of their prices; XCN is the mean outside China.
GOODS = ("ox_Dy", "met_Dy", "ox_Tb", "met_Tb", "ox_Y", "ox_NdPr", "met_NdPr")
PLACES = ("XCN", "CN", "EUR", "JP", "NAM")
DECIDED = ("granted", "refused")
UNITS: Mapping[What, str] = {
    "exports": "t", "quote": "USD/kg", "traded": "USD/kg", "gap": "USD/kg", "licences": "files",
}  # fmt: skip
_JOIN = ":"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the market.

    Attributes:
        what: Exports, a price quoted, a price paid, a gap, or licences decided.
        good: Product, or form of the goods of licences.
        region: Region of the market or of destination.
        errors: Whether the bands hold the errors of reported figures; if not, the spread of the draws alone.
        rows: A row for each period, without a value.
    """

    what: What
    good: str
    region: str
    errors: bool
    rows: tuple[Matched, ...]

    @property
    def unit(self) -> str:
        """Its unit."""
        return UNITS[self.what]


def figures_asked(
    names: Mapping[Block, Sequence[str]], known: Sequence[Matched], first: Month, last: Month
) -> list[Figure]:
    """Returns the figures that a forecast states.

    A figure that rows known on the day mean has the errors of these; another one has those of its kind.

    Args:
        names: Names of the figures of a run by block.
        known: Rows known on the day, at least one.
        first: First month.
        last: Last month.
    """
    like = known[-1][0]
    found = list[Figure]()
    for name in sorted(names["out"]):
        good, _, region = name.partition(_JOIN)
        if good == MAGNETS:
            given = _given(known, "out", name) or (_of(like, good, region), _match("out", (name,), "sum", "exports"))
            found.append(_figure("exports", good, region, given, first, last))
    blocks: tuple[What, ...] = ("quote", "traded", "gap")
    for what in blocks:
        for good in GOODS:
            for region in PLACES:
                figure = _price(what, f"{good}{_JOIN}{region}", names, known, first, last)
                found += [figure] if figure is not None else []
    return [*found, *_licences(names["licences"], like, first, last)]


def _price(
    what: What,
    name: str,
    names: Mapping[Block, Sequence[str]],
    known: Sequence[Matched],
    first: Month,
    last: Month,
) -> Figure | None:
    block: Block = "quote" if what == "quote" else "traded" if what == "traded" else "gap"
    if name not in names[block]:
        return None
    good, _, region = name.partition(_JOIN)
    like, kind = known[-1][0], "price_home" if region == CHINA else "price_abroad"
    given = _given(known, "quote", name) or (_of(like, good, region), _match("quote", (name,), "mean", kind))
    row, match = given
    least = float("-inf") if what == "gap" else match.least
    asked = replace(match, block=block, scale=1.0, least=least)
    return _figure(what, good, region, (row, asked), first, last)


def _licences(names: Sequence[str], like: Observation, first: Month, last: Month) -> Iterator[Figure]:
    """Yields the licences decided by quarter, by form of the goods."""
    forms = sorted({name.partition(_JOIN)[0] for name in names})
    for form in forms:
        decided = tuple(name for name in sorted(names) if name.startswith(f"{form}{_JOIN}") and name.endswith(DECIDED))
        if decided:
            given = (_of(like, form, ""), _match("licences", decided, "sum", "licences"))
            yield _figure("licences", form, "", given, first, last, freq="quarter")


def _figure(
    what: What, good: str, region: str, given: Matched, first: Month, last: Month, freq: Freq = "month"
) -> Figure:
    row, match = given
    rows = tuple(
        (_asked(row, f"{what}{_JOIN}{good}{_JOIN}{region}", each, begin, end), match)
        for each, begin, end in spans((freq,), first, last)
    )
    return Figure(what, good, region, what not in ("gap", "licences"), rows)


def _asked(row: Observation, name: str, freq: Freq, begin: Month, end: Month) -> Observation:
    first, last = first_of(begin), last_day(end)
    return replace(blind(row), id=f"{name}|{first.isoformat()}", freq=freq, first_on=first, last_on=last)


def _given(known: Sequence[Matched], block: Block, name: str) -> Matched | None:
    """Returns the last known row that means a figure as a whole; None if there is none."""
    held = [
        (row, match)
        for row, match in known
        if match.block == block and match.names == (name,) and match.kind in ("exports", "price_home", "price_abroad")
    ]
    return max(held, key=lambda each: (each[0].last_on, each[0].id), default=None)


def _of(like: Observation, good: str, region: str) -> Observation:
    """Returns a row of a series that nobody reports, in the form of another one."""
    return replace(blind(like), series=f"{good} {region}", partner=region, element="", form=good)


def _match(block: Block, names: tuple[str, ...], how: str, kind: str) -> Match:
    return Match(block, names, how, 1.0, kind, "quantity")
