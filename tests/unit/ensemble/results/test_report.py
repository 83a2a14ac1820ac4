"""The report of made-up draws: figures by hand, nothing joined over legal scenarios, faults."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.months import parse_month
from coercivity.ensemble.results.figures import figures, slowest_plant, starts
from coercivity.ensemble.results.report import draws_report, rows_drawn
from coercivity.ensemble.results.rows import DrawsReport
from coercivity.ensemble.results.usual import usual_set
from coercivity.ensemble.rows import drawn_rows, ranged_rows
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.results.rows import RunTables
from tests.unit.ensemble.results.made_up import Series, draw_set

MONTHS = ["2026-11", "2026-12", "2027-01", "2027-02"]
FIRST, LAST = parse_month(MONTHS[0]), parse_month(MONTHS[-1])
START = float(parse_month("2027-01"))


def series(level: float, start: float = START) -> Series:
    """Returns a draw whose price of dysprosium rises by one a month."""
    return {
        "traded": {"ox_Dy:XCN": [level + n for n in range(4)], "ox_NdPr:XCN": [1.0, 1.0, 3.0, 5.0]},
        "gap": {"ox_Dy:XCN": [0.0, 0.0, level, 0.0]},
        "out": {"magnets:XCN": [5000.0, 5000.0, 4000.0, 4000.0]},
        "use": {
            "wind:EUR:without_t": [10.0, 0.0, 0.0, 0.0],
            "wind:CN:without_t": [99.0, 99.0, 99.0, 99.0],
            "nonmagnet_Y:EUR:without_t": [7.0, 0.0, 0.0, 0.0],
            "wind:NAM:without_t": [level, 0.0, 0.0, 0.0],
        },
        "licences": {
            "oxide:JP:civil:granted": [3.0, 0.0, 0.0, 0.0],
            "oxide:JP:civil:refused": [1.0, 0.0, 0.0, 0.0],
        },
        "plants": {"late:start": [start], "early:start": [START - 1.0], "never:start": [np.nan]},
    }


def report(*sets: DrawSet, usual: dict[str, DrawSet] | None = None) -> DrawsReport:
    """Returns the report of sets."""
    return draws_report(sets, usual or {}, FIRST, LAST, (parse_month("2024-01"), FIRST - 1))


def test_every_figure_by_hand() -> None:
    """Dysprosium at 100, 101, 102, 103: 101.5 over the last months of up to a year; its gap 100 in one of four: 25.

    NdPr in 2027 is 3 and 5: 4. Magnets 18,000 t in four months: 54,000 t a year. Devices abroad with magnets: 10 and
    100 t. Three of four files granted.
    """
    draws = draw_set("a", MONTHS, {0: series(100.0)})
    found = {figure.key: float(figure.of(draws)[0]) for figure in figures("late")}
    assert found == {
        "dy_outside": 101.5,
        "dy_gap": 25.0,
        "ndpr": 4.0,
        "magnets_exported": 54_000.0,
        "devices_not_built": 110.0,
        "devices_less": 0.0,
        "licences_granted": 0.75,
        "slowest_start": START,
    }


def test_a_plant_that_does_not_start_counts_as_the_month_after_the_end() -> None:
    """One without a start, one that starts later, and one that is not in the model."""
    draws = draw_set("a", MONTHS, {0: series(1.0, np.nan), 1: series(1.0, LAST + 9.0), 2: series(1.0)})
    assert starts(draws, "late").tolist() == [LAST + 1.0, LAST + 1.0, START]
    assert starts(draws, "unknown").tolist() == [LAST + 1.0] * 3


def test_a_figure_that_two_runs_have_in_different_draws_only_is_not_compared() -> None:
    """Files are decided at the first of 32 points in one legal scenario, and at the others in the other one."""
    none: Series = {**series(100.0), "licences": {}}
    a = draw_set("s/lapsed", MONTHS, {point: none if point else series(100.0) for point in range(32)}, 32)
    b = draw_set("s/extended", MONTHS, {point: series(90.0 + point) if point else none for point in range(32)}, 32)
    found = report(a, b)
    assert {row["run"] for row in found["figures"] if row["figure"] == "licences_granted"} == {"s/lapsed", "s/extended"}
    assert "licences_granted" not in {row["figure"] for row in found["differences"]}
    assert "dy_outside" in {row["figure"] for row in found["differences"]}


def test_the_slowest_plant_starts_last_in_the_run_without_draws() -> None:
    """Of those that start in the period; none if none does."""
    assert slowest_plant(draw_set("a", MONTHS, {0: series(1.0)})) == "late"
    assert slowest_plant(draw_set("a", ["2030-01"], {0: {"plants": {"late:start": [START]}}})) == ""


def test_the_slowest_plant_is_named_in_the_report() -> None:
    """That of the run without draws; without one, or without a start, there is none."""
    draws = draw_set("a", MONTHS, {0: series(1.0), 1: series(2.0)})
    found = report(draws, usual={"a": draw_set("a", MONTHS, {0: series(1.0)})})
    assert found.get("slowest_plant") == "late"
    assert {row["event"] for row in found["chances"]} >= {"slowest_not_started"}
    assert "slowest_plant" not in report(draws)


def test_legal_scenarios_are_never_joined() -> None:
    """Two runs at 100 and 300: every figure is of one of them, and their difference is 200 in every draw."""
    low = draw_set("s/lapsed", MONTHS, {point: series(100.0 + point) for point in range(4)})
    high = draw_set("s/extended", MONTHS, {point: series(300.0 + point) for point in range(4)})
    found = report(low, high)
    means = {row["run"]: row["mean"] for row in found["figures"] if row["figure"] == "dy_outside"}
    assert means == {"s/lapsed": 103.0, "s/extended": 303.0}
    difference = next(row for row in found["differences"] if row["figure"] == "dy_outside")
    assert (difference["run"], difference["less"], difference["mean"]) == ("s/extended", "s/lapsed", 200.0)
    assert {row["run"] for row in found["chances"]} == {"s/lapsed", "s/extended"}


def test_rounding_errors_of_a_plan_have_no_sign() -> None:
    """Prices apart by 1e-9 in half of the draws are the same; one apart by 1 is above zero."""
    one, other = (
        draw_set(name, MONTHS, {point: series(100.0 + add * (point % 2)) for point in range(4)})
        for name, add in (("s/lapsed", 0.0), ("s/extended", 1e-9))
    )
    more = draw_set("s/third", MONTHS, {point: series(100.0 + (point == 3)) for point in range(4)})
    found = {row["run"]: row for row in report(one, other, more)["differences"] if row["figure"] == "dy_outside"}
    assert found["s/extended"]["share_positive"] == 0.0
    assert found["s/third"]["share_positive"] == 0.25


def test_law_has_a_share_only_beside_another_legal_scenario() -> None:
    """Prices apart by 200 in every draw, spread by some ten: nearly all of it is law. Alone, no share is made up."""
    low, high = (
        draw_set(name, MONTHS, {point: series(level + point) for point in range(32)}, points=32)
        for name, level in (("s/lapsed", 100.0), ("s/extended", 300.0))
    )
    for sets, least in (((low, high), 0.98), ((low,), None)):
        row = next(row for row in report(*sets)["sensitivity"] if row["figure"] == "dy_outside")
        shares = {each["group"]: each["share"] for each in row["groups"]}
        assert abs(float(np.sum(list(shares.values()))) - 1.0) < 1e-6
        assert "law" not in shares if least is None else shares["law"] > least


def test_scenarios_are_compared_only_under_one_legal_scenario() -> None:
    """Of two scenarios under two legal scenarios each, four of six pairs."""
    names = ["a/lapsed", "a/extended", "b/lapsed", "b/extended"]
    found = report(*(draw_set(name, MONTHS, {0: series(1.0), 1: series(2.0)}) for name in names))
    pairs = {(row["run"], row["less"]) for row in found["differences"]}
    assert pairs == {
        ("a/extended", "a/lapsed"),
        ("b/extended", "b/lapsed"),
        ("b/lapsed", "a/lapsed"),
        ("b/extended", "a/extended"),
    }


def test_the_run_without_draws_is_beside_each_figure() -> None:
    """Its own value, made alike; without it there is none."""
    draws = draw_set("a", MONTHS, {0: series(100.0), 1: series(120.0)})
    found = report(draws, usual={"a": draw_set("a", MONTHS, {0: series(90.0)})})
    row = next(row for row in found["figures"] if row["figure"] == "dy_outside")
    assert (row["usual"], row["mean"]) == (91.5, 111.5)
    assert next(fan for fan in found["fans"] if fan["figure"] == "traded:ox_Dy:XCN")["usual"] == [
        90.0,
        91.0,
        92.0,
        93.0,
    ]
    assert all(row["usual"] is None for row in report(draws)["figures"])


def test_causes_come_with_group_and_source() -> None:
    """A figure that follows one row of the design names it, in each run."""
    from coercivity.ensemble.draw import point_of

    name = "assumptions:AS008"
    made = {point: series(100.0 + 50.0 * point_of(0, point)[name]) for point in range(64)}
    found = report(draw_set("a", MONTHS, made, points=64))
    row = next(row for row in found["sensitivity"] if row["figure"] == "dy_outside")
    assert [each["row"] for each in row["causes"]] == [name]
    assert row["learn_next"] == [name]
    shares = {each["group"]: each["share"] for each in row["groups"]}
    assert shares["world"] > 0.99
    assert sum(share > 0.01 for share in shares.values()) == 1
    assert "law" not in shares
    assert all(each["figure"] != "ndpr" for each in found["sensitivity"])


def test_every_row_with_a_range_is_counted() -> None:
    """Drawn rows and the share granted; each other row under its reason."""
    found = rows_drawn()
    assert np.sum(list(found["drawn"].values())) == len(drawn_rows()) + 1
    assert np.sum(list(found["not_drawn"].values())) == len(ranged_rows()) - len(drawn_rows())


def test_the_same_draws_give_the_same_report() -> None:
    """In any order of the draws."""
    made = {point: series(float(point)) for point in range(8)}
    backwards = dict(reversed(made.items()))
    assert report(draw_set("a", MONTHS, made)) == report(draw_set("a", MONTHS, backwards))


def test_no_set_and_sets_of_other_designs_are_refused() -> None:
    """Points of two designs are not the same points."""
    with pytest.raises(CoercivityError, match="no run has draws"):
        report()
    with pytest.raises(CoercivityError, match="draws of sobol-16-0, a of sobol-8-0"):
        report(draw_set("a", MONTHS, {0: {}}), draw_set("b", MONTHS, {0: {}}, points=16))


def test_the_run_without_draws_is_a_set_of_one() -> None:
    """Of three months its draws have the last two; a month that it lacks is refused."""
    price = {"good": "ox_Dy", "region": "XCN", "margin": [], "quote": [1.0, 2.0, 3.0], "licensed": [], "market": []}
    tables: dict[str, object] = {name: [] for name in ("gaps", "shipped", "out", "use", "desk", "plants")}
    tables["prices"] = [{**price, "traded": [4.0, 5.0, 6.0]}]
    draws = draw_set("a", MONTHS[1:3], {0: {}})
    found = usual_set(draws, cast(RunTables, tables), MONTHS[:3])
    assert found.series("traded", "ox_Dy:XCN").tolist() == [[5.0, 6.0]]
    assert found.months == tuple(MONTHS[1:3])
    with pytest.raises(CoercivityError, match="the run without draws has no 2027-01"):
        usual_set(draws, cast(RunTables, tables), MONTHS[:2])
