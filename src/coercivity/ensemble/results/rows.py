"""What is said of draws, as plain data: in the report data of an outlook and of the cost of a clause."""

from __future__ import annotations

from typing import NotRequired, TypedDict

# Quantiles of a fan, in percent.
LEVELS = (5, 10, 25, 50, 75, 90, 95)


class FanRow(TypedDict):
    """The quantiles of a series in one run, by month.

    Attributes:
        run: Id of the run.
        figure: Key of the series, such as `traded:ox_Dy:XCN`.
        unit: Its unit.
        quantiles: Values by level in percent, such as "50".
        usual: The same series of the run without draws.
    """

    run: str
    figure: str
    unit: str
    quantiles: dict[str, list[float]]
    usual: list[float]


class DrawnFigure(TypedDict):
    """One number of one run, with its range.

    Attributes:
        run: Id of the run.
        figure: Key of the number, such as `dy_outside`.
        unit: Its unit; a month counts from year 0, so 24315 is 2026-04.
        usual: The number of the run without draws; None if it has none.
        mean: Mean of the draws.
        quantiles: By level in percent.
        half_width: Half of the interval in which the median lies at 90 %, from the draws.
        draws: Draws with a value.
    """

    run: str
    figure: str
    unit: str
    usual: float | None
    mean: float
    quantiles: dict[str, float]
    half_width: float
    draws: int


class ChanceRow(TypedDict):
    """The chance of an event in one run, with its 90 % interval."""

    run: str
    event: str
    chance: float
    low: float
    high: float
    draws: int


class CauseRow(TypedDict):
    """How much one row moves a number.

    Attributes:
        row: The row, `table:id`; `granted_share` for the share of applications granted.
        what: What it is about.
        group: law, practice, world or model.
        index: Share of the variance that it explains alone, 0 to 1.
        noise: What a row without any effect reaches in one of twenty cases.
        low: Mean of the number over the fifth of the draws with the least figure of the row.
        high: The same with the greatest.
        quality: How sure the pack is of the row: measured, reported, estimated or assumed.
        source: Source of the row in the pack.
    """

    row: str
    what: str
    group: str
    index: float
    noise: float
    low: float
    high: float
    quality: str
    source: str


class GroupShare(TypedDict):
    """The share of the variance of a number that a group of rows explains; the rest is `unexplained`.

    That of the group `law` is the size of the difference between legal scenarios beside the spread within them; it is
    not a probability. A scenario with one legal scenario has none: nothing is known of other law.
    """

    group: str
    share: float


class SensitivityRow(TypedDict):
    """What moves a number of one run: groups, and the rows that exceed noise, in order.

    Attributes:
        run: Id of the run.
        figure: Key of the number.
        unit: Its unit.
        draws: Draws with a value.
        groups: Shares of the variance; they add up to 1.
        causes: Rows that exceed noise; of all rows named, one in ten is expected to be noise at most.
        learn_next: Rows among them that are assumed or estimated, the one first whose learning reduces the variance
            most.
    """

    run: str
    figure: str
    unit: str
    draws: int
    groups: list[GroupShare]
    causes: list[CauseRow]
    learn_next: list[str]


class PairedRow(TypedDict):
    """The difference between two runs, draw by draw.

    Attributes:
        run: Id of the run.
        less: Id of the run that is subtracted.
        figure: Key of the number.
        unit: Its unit.
        mean: Mean difference.
        low: Low end of its 90 % interval.
        high: High end.
        quantiles: Quantiles of the difference, by level in percent.
        share_positive: Share of the draws in which it is positive.
        draws: Pairs of draws.
    """

    run: str
    less: str
    figure: str
    unit: str
    mean: float
    low: float
    high: float
    quantiles: dict[str, float]
    share_positive: float
    draws: int


class RowsDrawn(TypedDict):
    """How many rows with a range are drawn, by group, and how many not, by reason."""

    drawn: dict[str, int]
    not_drawn: dict[str, int]


class ParametersData(TypedDict):
    """The file from which the values of some rows were taken.

    Attributes:
        kind: prior or posterior.
        known: Day by which the observations behind it were known; empty if there are none.
        hash: Its hash.
        rows: The rows.
    """

    kind: str
    known: str
    hash: str
    rows: list[str]


class DrawsReport(TypedDict):
    """What draws say of an outlook.

    Attributes:
        design: Id of the design.
        draws: Draws in every run.
        first: First drawn month.
        last: Last month.
        shared: First and last month that all draws share, solved with the usual figures.
        runs: Ids of the runs.
        slowest_plant: Plant of `slowest_start`: it starts last in the run without draws; not there if none starts.
        parameters: Where the values of some rows come from; not there if they come from their ranges.
        failed: Draws without a result, each with the reason.
    """

    design: str
    draws: int
    first: str
    last: str
    shared: list[str]
    runs: list[str]
    slowest_plant: NotRequired[str]
    parameters: NotRequired[ParametersData]
    rows: RowsDrawn
    figures: list[DrawnFigure]
    fans: list[FanRow]
    chances: list[ChanceRow]
    sensitivity: list[SensitivityRow]
    differences: list[PairedRow]
    failed: list[str]
