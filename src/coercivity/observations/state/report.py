"""What is reported of an estimated state, as plain data."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.market.results.rows import WedgeRow


class SeriesRow(TypedDict):
    """A flow or stock of a group of products in a region, by month [t].

    Attributes:
        what: shipped, stock, transit, held, used or made; stocks and what is under way at the end of the month.
        region: Region; of what is shipped, that of import; `XCN` for all outside China.
        estimate: The estimate.
        low: Low end of its middle 90 %.
        high: High end.
        own: The model's own figure without observations.
        observed: What was observed of the month as a whole; None if nothing was.
    """

    what: str
    group: str
    region: str
    estimate: list[float]
    low: list[float]
    high: list[float]
    own: list[float]
    observed: list[float | None]


class BelievedRow(TypedDict):
    """How far an observed row was believed.

    Attributes:
        first: First month of its period.
        last: Last month.
        groups: Groups of products that it adds up.
        region: Region of import; `XCN` for all outside China.
        country: Country within the region that it counts, whose share is estimated too; empty if it counts all.
        value_t: What was observed.
        estimate_t: The estimate of the same figure.
        off: Estimate less observed, in standard deviations of the row.
        share: Share of the estimate that comes from the row.
    """

    id: str
    source: str
    groups: list[str]
    region: str
    country: str
    first: str
    last: str
    published: str
    value_t: float
    estimate_t: float
    off: float
    share: float


class SourceRow(TypedDict):
    """How far a source was believed: its rows, their mean share in the estimate, and how far off they are.

    `off` is the root of the mean square of the rows, in their standard deviations.
    """

    source: str
    rows: int
    share: float
    off: float


class LeftOutRow(TypedDict):
    """An observed row of flows that is not used; `why` is a key of words."""

    id: str
    series: str
    why: str


class QuoteRow(TypedDict):
    """Mean of the observed quotes of a product in a region in a month [USD/kg], with the rows behind it."""

    good: str
    region: str
    month: str
    usd_per_kg: float


class ObservedReport(TypedDict):
    """The estimated state from which an outlook starts.

    Attributes:
        known: Day by which the rows were published; empty for all rows.
        files: Names of the user's files.
        months: The months that are estimated.
        observed: Those of which something was observed.
        starts: First month that runs free.
        groups: Groups of products that are estimated.
        series: Flows and stocks.
        rows: Observed flows.
        sources: The same by source.
        left_out: Rows that are not used.
        quotes: Observed quotes.
        quote_rows: Ids of the rows behind them.
        runs: What the market did in each run less the estimate, by run.
    """

    known: str
    files: list[str]
    months: list[str]
    observed: list[str]
    starts: str
    groups: list[str]
    series: list[SeriesRow]
    rows: list[BelievedRow]
    sources: list[SourceRow]
    left_out: list[LeftOutRow]
    quotes: list[QuoteRow]
    quote_rows: list[str]
    runs: NotRequired[dict[str, list[WedgeRow]]]
