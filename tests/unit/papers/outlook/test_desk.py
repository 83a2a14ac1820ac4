"""The licensing desk in an outlook: causes of licence scarcity, queues, exports by destination and country."""

from __future__ import annotations

import io
import re
from typing import Any

import polars
import pytest

from coercivity.papers.outlook import words
from coercivity.papers.outlook.desk.causes import by_cause, causes_told, main_cause_told, mean_by_cause
from coercivity.papers.outlook.desk.exports import OUT, country_totals, out_months, out_totals
from coercivity.papers.outlook.desk.queues import (
    MOST_FIGURES,
    QueueName,
    mean_days,
    queue_figures,
    queue_months,
    queue_text,
    queue_totals,
    queues_of,
)
from coercivity.papers.outlook.desk.text_rows import country_text_rows, out_text_rows, queue_text_rows
from coercivity.papers.outlook.page_tables import clause_gaps
from coercivity.papers.outlook.parquet_tables import table_files, tables_of
from coercivity.papers.outlook.read import GapShown, PartShown, runs_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.report_html import page, supply_fragment
from coercivity.papers.outlook.report_text import WIDTH, summary
from tests.unit.papers.outlook.test_report_data import DY, MONTHS, NEXT, build

GERMANY = QueueName("magnet", "DE", "civil")
GAP = GapShown(
    "2025-09",
    60.0,
    (
        PartShown("permission", (DY,), 31.2, "waiting"),
        PartShown("permission", (DY,), 4.0, "refusal"),
        PartShown("permission", (DY,), 12.5, "halt"),
        PartShown("permission", (NEXT,), 2.0, "waiting"),
        PartShown("timing", (DY,), 9.0),
        PartShown("freight", (), 1.3),
    ),
)


@pytest.fixture(scope="module")
def report() -> OutlookReport:
    found: OutlookReport = build()
    return found


def test_the_amounts_of_a_clause_are_told_by_cause() -> None:
    sums = by_cause(GAP, (DY,))
    assert sums == {"waiting": 31.2, "refusal": 4.0, "halt": 12.5}
    assert causes_told([sums], "en") == "of which waiting 31.2, refused 4.00, halted 12.5 USD/kg"
    assert causes_told([sums], "zh") == "其中等待审批31.2、不予许可4.00、暂停审批及持证未用12.5美元/千克"
    assert causes_told([by_cause(GAP, (NEXT,))], "en") == "of which waiting 2.00 USD/kg"
    assert causes_told([by_cause(GAP, ())], "en") == ""


def test_several_runs_are_told_as_intervals_and_a_run_without_a_cause_counts_as_none() -> None:
    assert causes_told([{"waiting": 10.0}, {"waiting": 20.0, "halt": 5.0}], "en") == (
        "of which waiting 10.0 to 20.0, halted 0 to 5.00 USD/kg"
    )
    assert causes_told([{"waiting": 1e-5}, {}], "en") == ""
    assert causes_told([{"waiting": 100.0, "refusal": 0.4}], "en") == "of which waiting 100 USD/kg"


def test_the_mean_of_a_cause_counts_months_without_it() -> None:
    free = GapShown("2025-10", 1.3, (PartShown("freight", (), 1.3),))
    assert mean_by_cause([GAP, free], (DY,)) == {"waiting": 15.6, "refusal": 2.0, "halt": 6.25}


def test_page_summary_and_report_say_what_keeps_licences_scarce(report: OutlookReport) -> None:
    assert "of which waiting 255 to 391, halted 85.1 to 130 USD/kg" in page(report)
    assert "其中等待审批255至391、暂停审批及持证未用85.1至130美元/千克" in page(report, "zh")
    assert "licence scarcity: waiting (backlog)" in page(report)
    assert "许可稀缺：等待审批（积压）" in page(report, "zh")
    row = next(row for row in clause_gaps(report) if (row["good"], row["clauses"]) == ("ox_Dy", (DY,)))
    assert row["causes"]["A1"].startswith("of which waiting ")
    assert row["causes"]["A1"] in supply_fragment(report)


def test_the_causes_stand_below_a_price_in_the_summary_where_there_is_room() -> None:
    report = build()
    del report["runs"][1:]
    lines = summary(report)
    (at,) = (n for n, line in enumerate(lines) if line.startswith("  dysprosium oxide"))
    assert "1,106 outside" in lines[at]
    assert lines[at + 1].strip().startswith("of which waiting ")
    assert lines[at + 1].endswith(" USD/kg")
    assert all(len(line) <= WIDTH for line in lines)
    crowded = summary(build())
    assert len([line for line in crowded if " in China, " in line]) == 11
    assert not any("of which waiting" in line for line in crowded)
    assert main_cause_told([{"waiting": 1.0, "halt": 3.0}, {"refusal": 2.0}], "en") == "halts"
    assert main_cause_told([{}, {"waiting": 1e-9}], "zh") == ""


def test_the_causes_stand_in_the_line_of_a_price_where_they_fit() -> None:
    report = build()
    report["names"]["clauses"][DY]["short"] = "18"
    del report["runs"][1:]
    lines = summary(report)
    (line,) = (line for line in lines if line.startswith("  yttrium oxide"))
    assert line.endswith(" outside; 18 58 %; waiting 10.5, halted 3.51")
    assert all(len(line) <= WIDTH for line in lines)
    report["names"]["clauses"][DY]["short"] = "18/2025, 1C905"
    (line,) = (line for line in summary(report) if line.startswith("  yttrium oxide"))
    assert line.endswith(" outside; 18/2025, 1C905 58 %; mainly waiting")


def test_a_queue_has_its_totals_over_the_period(report: OutlookReport) -> None:
    rows = queue_totals(report)
    assert [(row["queue"], row["run"].key) for row in rows[:2]] == [(GERMANY, "A1"), (GERMANY, "A2")]
    size, row = 2.6 * 40.0, rows[0]
    assert row["filed"] == pytest.approx(12 * size + 9 * 0.25 * size)
    assert row["granted"] == pytest.approx(11 * 0.5 * size)
    assert row["refused"] == pytest.approx(11 * 0.1 * size)
    assert row["returned"] == pytest.approx(12 * 0.05 * size)
    assert row["pending"] == pytest.approx(4 * size)
    assert row["general_share"] == pytest.approx(0.25)
    assert row["days"] == pytest.approx(sum(40.0 + n for n in range(4, 15)) / 11)


def test_days_are_weighted_by_files_and_absent_where_nothing_was_decided() -> None:
    assert mean_days([None, 30.0, 60.0], [0.0, 1.0, 3.0]) == 52.5
    assert mean_days([None, None], [0.0, 0.0]) is None
    quiet: Any = build()
    (row,) = quiet["runs"][0]["desk"][:1]
    row.update({name: [0.0] * 15 for name in ("granted", "refused", "general_t", "used_t")})
    row["decision_days"] = [None] * 15
    (found,) = (one for one in queue_totals(quiet) if one["queue"] == GERMANY and one["run"].key == "A1")
    assert (found["days"], found["general_share"]) == (None, None)
    assert page(quiet).count("<td") > 100


def test_the_largest_queues_have_a_chart_of_pending_and_decided_files(report: OutlookReport) -> None:
    assert queues_of(report)[0] == GERMANY
    figures = queue_figures(report)
    assert len(figures) == min(MOST_FIGURES, len(queues_of(report)))
    chart, rows = figures[0]["chart"], figures[0]["rows"]
    assert [line.told for line in chart.lines] == ["pending A1", "decided A1", "pending A2", "decided A2"]
    run = runs_of(report)[0]
    pending, decided = (dict(queue_months(run, GERMANY))[name] for name in ("pending", "decided"))
    assert pending == tuple(run.body["desk"][0]["pending"])
    assert decided[5] == pytest.approx(2.6 * 40.0 * 0.6)
    assert rows[5] == (MONTHS[5], ["312", "62.4", "204", "40.8", "–", "–"])
    other = dict(queue_months(run, QueueName("oxide", "FR", "civil")))
    assert other["pending"] == other["decided"] == (0.0,) * 15


def test_queues_are_named_in_both_languages(report: OutlookReport) -> None:
    assert queue_text(report, GERMANY, "en") == "magnets, Germany, civil"
    assert queue_text(report, GERMANY, "zh") == "磁体，德国，民用"
    # A country without a name is told by its code.
    assert queue_text(report, QueueName("oxide", "VN", "military"), "en") == "oxides, VN, military"
    for lang in ("en", "zh"):
        assert queue_text(report, GERMANY, lang) in page(report, lang)
        assert words.HEADINGS["desk"][lang] in page(report, lang)


def test_what_leaves_china_is_listed_by_destination_the_whole_first(report: OutlookReport) -> None:
    rows = out_totals(report)
    assert [(row["region"], row["run"].key) for row in rows[:4]] == [
        ("XCN", "A1"),
        ("XCN", "A2"),
        ("XCN", "B"),
        ("EUR", "A1"),
    ]
    assert rows[0]["cells"] == pytest.approx([15 * 2.6 * 4 * part for part in (5.0, 2.0, 3.0, 0.25, 0.05)])
    assert rows[3]["cells"][OUT.index("Dy")] == pytest.approx(15 * 2.6 * 3 * 0.25)
    months = out_months(report)
    assert [held["run"].key for held in months] == ["A1", "A2", "B"]
    assert months[0]["rows"][0] == (MONTHS[0], ["52.0", "20.8", "31.2", "2.60", "0.520"])


def test_runs_with_the_same_numbers_share_a_row() -> None:
    report = build()
    report["runs"][1] = {
        **report["runs"][1],
        **{name: report["runs"][0][name] for name in ("desk", "countries", "out")},
    }
    for rows in (queue_text_rows(report, "en"), out_text_rows(report, "en"), country_text_rows(report, "en")):
        assert {row.runs for row in rows} <= {("A1", "A2"), ("B",)}
    assert [row.runs for row in out_text_rows(report, "zh", ["A1", "B"])[:2]] == [("A1",), ("B",)]
    assert {row.runs for row in queue_text_rows(report, "zh", ["A2"])} == {("A2",)}
    assert ">A1, A2</td>" in page(report)


def test_exports_by_country_part_magnets_from_the_rest(report: OutlookReport) -> None:
    rows = country_totals(report)
    assert len(rows) == 9
    first = rows[0]
    assert (first["country"], first["run"].key) == ("DE", "A1")
    assert first["cells"] == pytest.approx([15 * 5.2, 45.0, 15 * 5.2, 45.0])
    assert "Germany" in page(report)
    assert "德国" in page(report, "zh")


def test_the_page_has_the_numbers_of_its_tables(report: OutlookReport) -> None:
    html = page(report)
    desk = html.split('id="out-desk"')[1].split('id="out-shipped"')[0]
    assert desk.count("<figure>") == 4
    cells = re.findall(r'data-k="([^"]+)">([^<]*)', desk.split("o-below")[1])
    assert dict(cells[:8]) == {
        "Run": "A1",
        "Filed": "1,482",
        "Granted": "572",
        "Returned": "62.4",
        "Refused": "114",
        "Pending at the end": "416",
        "Days to decision": "49.0",
        "Under general licences": "25 %",
    }
    out = html.split('id="out-out"')[1].split('id="out-countries"')[0]
    assert "<td>outside China</td>" in out or "<td>XCN</td>" in out
    assert ">780</td>" in out


def test_parquet_has_a_row_for_each_month_of_the_new_tables(report: OutlookReport) -> None:
    tables = tables_of(report)
    assert len(tables["desk"]) == 2 * 4 * 15
    row = tables["desk"][5]
    assert (row["run"], row["month"], row["form"], row["country"], row["user"]) == (
        "known-lapsed", MONTHS[5], "magnet", "DE", "civil",
    )  # fmt: skip
    assert (row["pending"], row["decision_days"]) == (pytest.approx(312.0), 45.0)
    assert tables["desk"][0]["lead_months"] is None
    assert tables["countries"][0] == {
        "run": "known-lapsed", "month": MONTHS[0], "good": "mag_high", "country": "DE", "licensed_t": 5.2, "free_t": 3.0,
    }  # fmt: skip
    assert tables["out"][0]["what"] == "magnets"
    files = dict(table_files(report))
    assert set(files) >= {"desk.parquet", "countries.parquet", "out.parquet"}
    read = polars.read_parquet(io.BytesIO(files["desk.parquet"]))
    assert read["decision_days"].to_list()[5] == 45.0
    assert {row["cause"] for row in tables["gaps"]} == {"", "waiting", "refusal", "halt"}
