"""What being in time is worth with how sure that is, regret by legal path, and what knowing is worth, as sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from coercivity.papers.firm.mix.report_data import MixLateData, MixReport
from coercivity.papers.firm.mix.wording import KEUR, TONNES, masses_cell, options_text
from coercivity.papers.shared.paper.figures import exact_text, figure, percent_cell
from coercivity.papers.shared.paper.sections import PaperSection, Wording


def late_sections(body: MixReport, w: Wording) -> tuple[PaperSection, ...]:
    """Returns what legal facts that are known late cost, and how sure that is; nothing if it was not asked for."""
    late = body["late"] or []
    columns = ("days", "options", "stock_t", "mean_keur", "in_time_keur")
    rows = [
        (
            str(row["days"]),
            options_text(row["options"], w),
            masses_cell(row["stock_t"], TONNES, w.lang),
            figure(row["mean_keur"], KEUR),
            figure(row["in_time_worth_keur"], KEUR),
        )
        for row in late
    ]
    tables = [w.table("late", columns, rows, numbers=("days", "mean_keur", "in_time_keur"))]
    sure = [_sure(row, least_until(late, row), w) for row in late if row["range"] is not None]
    if sure:
        named = ("days", "more_keur", "interval_keur", "cases_keur")
        tables.append(w.table("late_sure", named, sure, numbers=named))
    said = [*_rests(late, w), *_waits(late, w)]
    return (w.section("late", said, tables, [w("late_note")] if rows else ()),)


def least_until(late: Sequence[MixLateData], row: MixLateData) -> MixLateData:
    """Returns what a firm in time does instead of a late plan: the cheapest start no later than that plan's.

    Args:
        late: The plans by delay.
        row: The late plan.
    """
    return min((one for one in late if one["days"] <= row["days"]), key=_objective)


def cheaper_waits(late: Sequence[MixLateData]) -> Iterator[tuple[int, str]]:
    """Yields the delays at which a plan begun later costs less than one begun at once, and how much less [1000 EUR].

    Args:
        late: The plans by delay, the one begun at once first.
    """
    for row in late[1:]:
        less = Fraction(late[0]["objective_keur"]) - Fraction(row["objective_keur"])
        if less > 0:
            yield row["days"], exact_text(less)


def _objective(row: MixLateData) -> Fraction:
    return Fraction(row["objective_keur"])


def _waits(late: Sequence[MixLateData], w: Wording) -> Iterator[str]:
    """Yields where it is cheaper to begin later, which a firm in time may do as well."""
    for days, less in cheaper_waits(late):
        yield w("late_waits", days, figure(less, KEUR))


def _sure(row: MixLateData, in_time: MixLateData, w: Wording) -> tuple[str, ...]:
    found = row["range"]
    assert found is not None
    more = exact_text(Fraction(row["mean_keur"]) - Fraction(in_time["mean_keur"]))
    low, high = found["low_keur"], found["high_keur"]
    interval = "–" if low is None or high is None else w("from_to", figure(low, KEUR), figure(high, KEUR))
    cases = w("from_to", figure(found["case_low_keur"], KEUR), figure(found["case_high_keur"], KEUR))
    return (str(row["days"]), figure(more, KEUR), interval, cases)


def _rests(late: list[MixLateData], w: Wording) -> Iterator[str]:
    """Yields what the interval rests on."""
    found = next((row["range"] for row in late if row["range"] is not None), None)
    if found is None:
        return
    if found["rests_on"] == "draws":
        yield w("rests_on_draws", found["cases"])
    elif found["low_keur"] is None:
        yield w("rests_on_table", found["cases"])
    else:
        yield w("rests_on_table_doubt", found["cases"])


def paths_section(body: MixReport, w: Wording) -> PaperSection:
    """Returns the regret of the best plan in each legal path; empty where there is one path."""
    columns = ("path", "probability_percent", "mean_keur", "least_keur", "least_options", "regret_keur")
    rows = [
        (
            path_text(row["path"], w),
            percent_cell(row["probability"], 1),
            figure(row["mean_keur"], KEUR),
            figure(row["least_keur"], KEUR),
            options_text(row["least_options"], w),
            figure(row["regret_keur"], KEUR),
        )
        for row in body["regret"]
    ]
    numbers = tuple(column for column in columns if column not in ("path", "least_options"))
    said = [w("regret_zero")] if rows and all(row["regret_keur"] == "0" for row in body["regret"]) else []
    return w.section("paths", said, [w.table("paths", columns, rows, numbers=numbers)])


def path_text(path: str, w: Wording) -> str:
    """Returns the name of a legal path: that of draws in words, that of a table as it is written."""
    kind, _, until = path.partition(":")
    if not path:
        return w("path_blank")
    if kind in ("lapsed", "extended"):
        return w(f"path_{kind}_until", until) if until else w(f"path_{kind}")
    return path


def scenario_text(scenario: str, w: Wording) -> str:
    """Returns the name of a scenario that is a draw: its legal path and its number."""
    path, _, number = scenario.rpartition(" ")
    return w("draw_of", path_text(path, w), number)


def knowing_section(body: MixReport, w: Wording) -> PaperSection:
    """Returns what it is worth to know each column of the scenarios before the choice."""
    found = body["knowing"]
    if found is None:
        return w.section("knowing", [w("knowing_too_large")])
    rows = [(w(f"column_{row['column']}"), figure(row["worth_keur"], KEUR)) for row in found]
    table = w.table("knowing", ("column", "worth_keur"), rows, numbers=("worth_keur",))
    return w.section("knowing", (), [table], [w("knowing_note")] if rows else ())
