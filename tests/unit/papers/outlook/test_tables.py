"""Tables of an outlook: summary, shortages, licences, totals, plants."""

from __future__ import annotations

import pytest

from coercivity.market.results.rows import UseRow
from coercivity.papers.outlook.bars import Key
from coercivity.papers.outlook.look import look
from coercivity.papers.outlook.page_tables import (
    assumed,
    gists,
    outside_totals,
    permission_rows,
    plant_rows,
    shortage,
    shortage_map,
    use_rows,
    worst_share,
)
from coercivity.papers.outlook.read import runs_of, scenarios
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.uses import USE_PARTS, use_sums
from tests.unit.papers.outlook.test_report_data import DY, GOODS, MONTHS, NEXT, build


@pytest.fixture(scope="module")
def report() -> OutlookReport:
    found: OutlookReport = build()
    return found


def use(wanted_t: list[float], without_t: list[float]) -> UseRow:
    return {
        "region": "JP",
        "use": "wind",
        "wanted_t": wanted_t,
        "usual_t": [want - lost for want, lost in zip(wanted_t, without_t, strict=True)],
        "less_t": [0.0] * len(wanted_t),
        "substituted_t": [0.0] * len(wanted_t),
        "without_t": without_t,
        "recipes": {},
    }


def test_look_names_both_ends_of_an_interval(report: OutlookReport) -> None:
    rows = look(report)
    assert len(rows) == 2 * len(GOODS)
    worst = rows[0]["cells"]["worst"]
    assert worst["month"] == "2025-09"
    assert worst["ends"] is not None
    assert [run.key for run in worst["ends"]] == ["A2", "A1"]
    causes = "of which waiting 255 to 391, halted 85.1 to 130 USD/kg"
    (carrier,) = worst["carriers"]
    assert (carrier["clauses"], carrier["part"], carrier["share"], carrier["runs"]) == ((DY,), "", "58 %", [])
    assert (carrier["causes"], f"of which {carrier['amounts']} USD/kg") == (causes, causes)
    assert worst["outside_range"] == "500 to 640"
    first = rows[0]["cells"]["first"]
    assert first["ends"] is None
    assert first["carriers"][0]["part"] == "capacity"


def test_shortages(report: OutlookReport) -> None:
    found = shortage_map(report, scenarios(report)[0])
    assert found is not None
    assert found["regions"][0] == "CN"
    assert "MM-LA" not in found["regions"]
    assert worst_share(use([10.0, 0.0, 10.0], [1.0, 0.0, 4.0]), MONTHS) == ("2025-03", 0.4)
    assert worst_share(use([10.0], [0.0]), MONTHS) == ("", 0.0)
    assert shortage(use([10.0, 10.0], [0.0, 4.0])) == 0.2
    assert shortage(use([0.0], [0.0])) is None
    rows = use_rows(report)
    assert [row["share"] or 0.0 for row in rows] == sorted((row["share"] or 0.0 for row in rows), reverse=True)


def test_the_four_parts_of_demand_add_up_to_it(report: OutlookReport) -> None:
    rows = use_rows(report)
    assert any(row["less"] < 0 for row in rows)
    assert all(row["substituted"] > 0 for row in rows if row["wanted"])
    for row in rows:
        parts = row["usual"] + row["less"] + row["substituted"] + row["without"]
        assert parts == pytest.approx(row["wanted"], rel=1e-12)
    for run in report["runs"]:
        sums = use_sums(run["use"])
        assert sum(sums[part] for part in USE_PARTS) == pytest.approx(sums["wanted_t"], rel=1e-12)


def test_a_bucket_stands_once_with_its_dearest_run(report: OutlookReport) -> None:
    rows = permission_rows(report)
    assert len(rows) == 32
    assert {row["run"].key for row in rows} == {"A1"}
    assert all([other["run"].key for other in row["others"]] == ["A2", "B"] for row in rows)


def test_a_clause_is_told_once(report: OutlookReport) -> None:
    told = [Key(1, "permission", (DY,), 0, 9.0), Key(2, "timing", (DY,), 0, 8.0), Key(3, "duty", (DY, NEXT), 0, 1.0)]
    found = gists([*told, Key(4, "freight", (), 0, 1.0)])
    assert [(entry["fresh"], entry["seen"]) for entry in found] == [([DY], []), ([], [1]), ([NEXT], [1]), ([], [])]


def test_what_is_given_alike_stands_together() -> None:
    report = build()
    report["runs"][0]["assume"] = {"a": "lapsed", "b": "lapsed", "c": "extended:2027-01-10"}
    assert assumed(runs_of(report)[0]) == [
        {"text": "lapsed", "names": ["a", "b"]},
        {"text": "extended:2027-01-10", "names": ["c"]},
    ]


def test_a_range_of_one_region_abroad_names_it() -> None:
    report = build()
    for run in report["runs"]:
        run["ranges"] = [{"good": "ox_Dy", "region": "JP", "month": MONTHS[8], "low": 500.0, "high": 640.0}]
    assert look(report)[0]["cells"]["worst"]["outside_range"] == "500 to 640 in Japan"
    assert look(report)[0]["cells"]["worst"]["inside_range"] == ""


def test_stocks_outside_leave_china_out(report: OutlookReport) -> None:
    found = outside_totals(report, "stocks")
    assert found["ox_Dy"]["A1"][1] == pytest.approx(2 * (300.0 - 9 * 2.6))
    assert outside_totals(report, "shipped")["ox_Y"]["B"][0] == pytest.approx(7.0)


def test_plants_with_the_same_end_in_all_runs_stand_once(report: OutlookReport) -> None:
    assert [(row["plant_id"], row["runs"]) for row in plant_rows(report)] == [
        ("PLANT_2", ["A1", "A2", "B"]),
        ("PLANT_3", ["A1", "A2", "B"]),
        ("PLANT_1", ["A1", "A2", "B"]),
    ]
