"""Geometry of the outlook charts: axes, line ends, stacked bars, ribbons that fill their nodes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coercivity.market.results.rows import FlowRow
from coercivity.papers.outlook.axes import apart, month_ticks, scale, steps, tick_text
from coercivity.papers.outlook.bars import HEIGHT, bar_charts, keys
from coercivity.papers.outlook.lines import Series, line_chart, price_chart
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.sankey import chain, chosen_year, sankey, stage_of
from tests.unit.papers.outlook.test_report_data import DY, MONTHS, NEXT, build


@pytest.fixture(scope="module")
def report() -> OutlookReport:
    found: OutlookReport = build()
    return found


@pytest.mark.parametrize("ends", [(0.0, 1106.0), (0.0, 0.0031), (-40.0, 900.0), (-3.0, 0.0), (0.0, 1e7)])
def test_steps_hold_both_ends_and_are_few(ends: tuple[float, float]) -> None:
    low, high = ends
    ticks = steps(low, high)
    assert ticks[0] <= low + 1e-9
    assert ticks[-1] >= high - 1e-9
    assert 3 <= len(ticks) <= 7
    assert len({round(b - a, 9) for a, b in pairwise(ticks)}) == 1


def test_a_little_below_zero_takes_no_whole_step() -> None:
    assert scale(-40.0, 900.0)[:2] == (-40.0, 1000.0)
    assert scale(-300.0, 900.0)[0] == -500.0
    assert scale(0.0, 0.0) == (0.0, 1.0, steps(0.0, 1.0))


def test_ticks_in_short() -> None:
    assert [tick_text(value) for value in (0.0, 0.25, 1500.0, 25000.0, 2e6, -250.0)] == [
        "0", "0.25", "1,500", "25k", "2m", "\u2212250",
    ]  # fmt: skip


def test_months_never_crowd() -> None:
    for count in (1, 3, 15, 40, 130):
        months = [f"{2020 + n // 12}-{n % 12 + 1:02d}" for n in range(count)]
        pitch = 258 / max(count - 1, 1)
        found = month_ticks(months, pitch)
        assert found
        assert all((b - a) * pitch >= 50 for (a, _), (b, _) in pairwise(found))


def test_labels_keep_apart_and_inside() -> None:
    found = apart([50.0, 50.0, 51.0, 98.0, 99.0], 11, top=10, bottom=100)
    assert all(b - a >= 10.9 for a, b in pairwise(found))
    assert found[-1] <= 100


def test_lines_that_end_alike_share_a_name() -> None:
    made = line_chart(
        ["2025-01", "2025-02"],
        [
            Series("inside", "A", 0, "A", (1.0, 2.0)),
            Series("inside", "B", 1, "B", (1.5, 2.01)),
            Series("outside", "A", 0, "A", (3.0, 9.0)),
        ],
    )
    assert made is not None
    assert [label.text for label in made.labels] == ["outside A", "China A B"]
    assert [line.dash for line in made.lines] == [0, 1, 0]


def test_a_missing_month_lifts_the_line() -> None:
    made = line_chart(
        ["2025-01", "2025-02", "2025-03", "2025-04"], [Series("total", "A", 0, "A", (1.0, 2.0, None, 4.0))]
    )
    assert made is not None
    assert made.lines[0].path.count("M") == 2
    assert line_chart(["2025-01"], [Series("total", "A", 0, "A", (None,))]) is None


def test_branches_make_a_band_and_shifts_make_marks(report: OutlookReport) -> None:
    made = price_chart(report, "ox_Dy")
    assert made is not None
    assert [kind for kind, _ in made.bands] == ["outside"]
    assert [mark.number for mark in made.marks] == ["1", "2"]


def test_crowded_marks_keep_their_line_and_lose_their_number() -> None:
    months = [f"{2020 + n // 12}-{n % 12 + 1:02d}" for n in range(120)]
    made = line_chart(months, [Series("total", "A", 0, "A", (1.0,) * 120)], marks=range(1, 120))
    assert made is not None
    assert len(made.marks) == 119
    assert {mark.number for mark in made.marks} > {""}
    for y in {mark.y for mark in made.marks if mark.number}:
        xs = [mark.x for mark in made.marks if mark.number and mark.y == y]
        assert all(b - a >= 7.9 for a, b in pairwise(xs))


def test_keys_are_numbered_law_first_and_alike_parts_differ_in_hatch(report: OutlookReport) -> None:
    told = keys(report)
    assert [key.number for key in told] == list(range(1, len(told) + 1))
    assert [bool(key.clauses) for key in told] == sorted((bool(key.clauses) for key in told), reverse=True)
    permission = {(key.clauses, key.cause): key.variant for key in told if key.part == "permission"}
    assert set(permission) == {((name,), cause) for name in (DY, NEXT) for cause in ("waiting", "refusal", "halt")}
    assert [permission[(name,), "waiting"] for name in (DY, NEXT)] == [0, 1]
    assert set(permission.values()) == {0, 1, 2, 3}


def test_bars_add_up_to_the_gap(report: OutlookReport) -> None:
    told = keys(report)
    charts = bar_charts(report, "ox_Dy", told)
    assert [chart.run.key for chart in charts] == ["A1", "A2", "B"]
    assert len({chart.across for chart in charts}) == 1
    chart = charts[0]
    per_usd = (chart.zero_y - chart.across[-1][0]) / 1000
    for place, row in enumerate(row for row in report["runs"][0]["gaps"] if row["good"] == "ox_Dy"):
        assert chart.zero_y - chart.totals[place][2] == pytest.approx(row["gap"] * per_usd, abs=0.3)
    month = [s for s in chart.segments if s.month == MONTHS[8]]
    rising = sum(s.height for s in month if s.y < chart.zero_y - 0.2)
    falling = sum(s.height for s in month if s.y >= chart.zero_y - 0.2)
    assert rising - falling == pytest.approx(chart.zero_y - chart.totals[8][2], abs=0.6)
    assert all(s.y >= 0 and s.y + s.height <= HEIGHT for s in chart.segments)


def test_the_year_with_most_months_is_shown(report: OutlookReport) -> None:
    assert chosen_year(report["runs"][0]["flows"], MONTHS) == "2025"
    some = flow("mine", "feed:X", "CN", "CN", 1.0)
    assert chosen_year([{**some, "year": "2025"}, {**some, "year": "2026"}], ["2025-12", "2026-01"]) == "2026"
    assert chosen_year([], MONTHS) == ""


def flow(stage: str, good: str, source: str, goal: str, mass_t: float, way: str = "free") -> FlowRow:
    return {
        "stage": stage,
        "good": good,
        "use": "",
        "from_region": source,
        "to_region": goal,
        "way": way,
        "year": "2025",
        "mass_t": mass_t,
    }


def test_what_is_not_shipped_stays() -> None:
    found = chain(
        [
            flow("separate", "ox_Dy", "CN", "CN", 100.0),
            flow("ship", "ox_Dy", "CN", "JP", 30.0, "licence"),
            flow("ship", "ox_Dy", "CN", "AU", 5.0),
            flow("metal", "met_Dy", "CN", "CN", 50.0),
            flow("metal", "met_Dy", "JP", "JP", 20.0),
        ],
        "2025",
    )
    assert [(f.from_region, f.to_region, f.way, f.mass_t) for f in found.flows] == [
        ("CN", "CN", "home", 65.0),
        ("CN", "JP", "licence", 30.0),
    ]


def test_recycled_material_is_a_source_of_its_own() -> None:
    found = chain([flow("recycle", "feed:swarf", "JP", "JP", 3.0), flow("separate", "ox_Dy", "JP", "JP", 3.0)], "2025")
    assert found.nodes["mine", "JP+"] == 3.0
    assert [(f.from_region, f.to_region) for f in found.flows] == [("JP+", "JP")]


def test_goods_tell_their_stage() -> None:
    assert [stage_of(good) for good in ("feed:X", "ox_Dy", "met_Dy", "mag_high", "device")] == [
        "mine", "separate", "metal", "magnet", "",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "room"), [(1180, 150), (364, 64)])
def test_nodes_and_labels_of_a_column_never_overlap(report: OutlookReport, width: int, room: int) -> None:
    made = sankey(chain(report["runs"][0]["flows"], "2025"), width=width, room=room, high=330)
    assert [stage for _, stage, _ in made.columns] == ["mine", "separate", "metal", "magnet", "use"]
    for _, stage, whole in made.columns:
        column = [node for node in made.nodes if node.stage == stage]
        assert sum(node.share for node in column) == pytest.approx(1.0)
        assert sum(node.mass_t for node in column) == pytest.approx(whole)
        assert all(a.y + a.height <= b.y + 0.11 and b.label_y - a.label_y >= 10.9 for a, b in pairwise(column))
        assert column[-1].y + column[-1].height <= made.height
        assert column[-1].label_y <= made.height


def test_ribbons_start_and_end_inside_their_nodes(report: OutlookReport) -> None:
    made = sankey(chain(report["runs"][0]["flows"], "2025"), width=1180, room=150, high=330)
    nodes = {(node.stage, node.region): node for node in made.nodes}
    assert len(made.ribbons) > 20
    for ribbon in made.ribbons:
        source = nodes[ribbon.flow.stage, ribbon.flow.from_region]
        goal = nodes[ribbon.to_stage, ribbon.flow.to_region]
        points = [tuple(map(float, pair.split())) for pair in ribbon.path.strip("MZ").replace("C", "L").split("L")[:1]]
        assert source.y - 0.2 <= points[0][1] <= source.y + source.height + 0.7
        right, top = (float(v) for v in ribbon.path.partition("L")[0].split()[-2:])
        assert right == goal.x
        assert goal.y - 0.2 <= top <= goal.y + goal.height + 0.7
