"""`outlook`: the same bytes for the same request, legal scenarios, equivalent files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import CoercivityError, Fault
from coercivity.papers.outlook.breadth.workbook import WORKBOOK_FILES
from coercivity.papers.outlook.iamc.rows import IAMC_FILE
from coercivity.papers.outlook.parquet_tables import tables_of
from coercivity.papers.outlook.report_data import RunData
from coercivity.verbs.outlook import PAGE_FILES, REPORT_FILE, OutlookResult, json_text, outlook
from tests.places import ROOT

SPAN: dict[str, Any] = {"first": "2025-04", "last": "2025-06"}
EXAMPLES = ROOT / "examples" / "scenarios"
# Of `ranges` there may be no row, and then there is no file: no price has a wide range in most months.
TABLES = ("countries", "desk", "flows", "gaps", "out", "permissions", "plants", "prices", "shipped", "stocks", "use")
PUBLISHED = "2025-04-04"
# What does not depend on how far each month plans ahead is asked of short plans.
SHORT = """\
id: short
title: {{en: Short plans, zh: 短期计划}}
about: {{en: Three months ahead., zh: 只计划三个月。}}
inherits: {parent}
behaviour:
  planning_grid: {{months: "3", periods: ["1", "1", "1"]}}
"""


def faults(scenario: str = "controls-back", **arguments: Any) -> list[Fault]:
    """The faults of a question."""
    with pytest.raises(CoercivityError) as caught:
        outlook(scenario, **{**SPAN, **arguments})
    return list(caught.value.faults)


def short(folder: Path, parent: str) -> str:
    """A scenario file with short plans."""
    path = folder / "short.yaml"
    path.write_text(SHORT.format(parent=parent), encoding="utf-8")
    return path.as_posix()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outlook") / "made" / "here"


@pytest.fixture(scope="module")
def back(folder: Path) -> OutlookResult:
    return outlook("controls-back", **SPAN, out=folder)


@pytest.fixture(scope="module")
def both() -> OutlookResult:
    return outlook("controls-back", "no-controls", **SPAN)


def test_the_same_question_gives_the_same_bytes_whatever_was_asked_before(
    back: OutlookResult, both: OutlookResult
) -> None:
    again = outlook("controls-back", **SPAN)
    assert again.json == back.json
    assert again.html == back.html
    assert again.summary == back.summary
    assert both.json != back.json
    assert both.report["runs"][0] == back.report["runs"][0]


def test_the_hash_of_a_run_is_over_its_tables(back: OutlookResult) -> None:
    (run,) = back.report["runs"]
    body = {key: value for key, value in run.items() if key != "hash"}
    assert run["hash"] == sha256_of_text(json_text(body))
    assert json.loads(back.json) == json.loads(json_text(back.report))


def test_months_are_those_of_the_span(back: OutlookResult) -> None:
    assert (back.report["from"], back.report["to"]) == ("2025-04", "2025-06")
    assert back.report["months"] == ["2025-04", "2025-05", "2025-06"]
    (run,) = back.report["runs"]
    assert {row["month"] for row in run["gaps"]} == set(back.report["months"])
    assert {len(row["quote"]) for row in run["prices"]} == {3}
    assert {len(row["wanted_t"]) for row in run["use"]} == {3}
    assert {row["year"] for row in run["flows"]} == {"2025"}
    months = outlook("controls-back", first="2024-12", last="2025-01").report
    assert months["months"] == ["2024-12", "2025-01"]
    assert {row["year"] for row in months["runs"][0]["flows"]} == {"2024", "2025"}


def test_every_clause_that_is_named_has_its_words(back: OutlookResult) -> None:
    (run,) = back.report["runs"]
    named = {n for row in run["permissions"] for names in row["clauses"] for n in names}
    assert "a18-1c905" in named
    assert named <= set(back.report["names"]["clauses"])
    assert all(entry["gist"]["zh"] for entry in back.report["names"]["clauses"].values())


def test_two_scenarios_are_held_against_each_other(both: OutlookResult, back: OutlookResult) -> None:
    assert back.report["compare"] is None
    assert both.report["compare"] == {"a": "controls-back", "b": "no-controls"}
    assert [run["id"] for run in both.report["runs"]] == ["controls-back", "no-controls"]
    assert both.report["runs"][0]["permissions"]
    assert both.report["runs"][1]["permissions"] == []


def test_before_the_notice_is_known_no_month_asks_for_leave(tmp_path: Path) -> None:
    """18/2025 was published on 2025-04-04; seen from the day before, dysprosium goes freely through the summer."""
    scenario = short(tmp_path, "controls-back")
    before = outlook(scenario, **SPAN, known="2025-04-03").report["runs"][0]
    after = outlook(scenario, **SPAN, known=PUBLISHED).report["runs"][0]
    assert not [row for row in before["permissions"] if set(row["way"]) != {"free"} and row["good"] == "ox_Dy"]
    asked = [row for row in after["permissions"] if row["good"] == "ox_Dy"]
    assert asked
    for row in asked:
        assert row["way"] == ["licence"] * 3
        assert row["clauses"] == [["a18-1c905"]] * 3

    def outside(run: RunData) -> float:
        (quotes,) = (r["quote"] for r in run["prices"] if (r["good"], r["region"]) == ("ox_Dy", "XCN"))
        return quotes[-1]

    assert outside(after) > 1.1 * outside(before)


def test_what_nobody_knows_of_november_2026_is_run_both_ways(tmp_path: Path) -> None:
    """The pause ends on 2026-11-10: each branch is a run of its own, under one scenario."""
    report = outlook(short(tmp_path, "as-known"), first="2026-10", last="2026-12").report
    lapsed, extended = report["runs"]
    assert lapsed["branch"] == "lapsed"
    assert set(lapsed["assume"].values()) == {"lapsed"}
    assert extended["branch"].startswith("extended:2027-11-")
    assert set(extended["assume"].values()) == {extended["branch"]}
    assert "mofcom-2025-62" in lapsed["assume"].keys() & extended["assume"].keys()
    assert lapsed["scenario"] == extended["scenario"] == "short"
    assert lapsed["hash"] != extended["hash"]
    assert report["compare"] is None


def test_before_any_pause_is_known_there_is_one_run(tmp_path: Path) -> None:
    (run,) = outlook(short(tmp_path, "as-known"), **SPAN, known="2025-04-30").report["runs"]
    assert (run["id"], run["branch"], run["assume"]) == ("short", "", {})


def test_written_files_are_those_promised(back: OutlookResult, folder: Path) -> None:
    tables = tables_of(back.report)
    assert set(TABLES) <= set(tables)
    ends = (".parquet", ".csv")
    names = [
        *PAGE_FILES.values(),
        REPORT_FILE,
        *WORKBOOK_FILES.values(),
        *(f"{n}{end}" for n in tables for end in ends),
        IAMC_FILE,
    ]
    assert [path.name for path in back.written] == names
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert (folder / REPORT_FILE).read_bytes() == back.json
    assert (folder / PAGE_FILES["en"]).read_text(encoding="utf-8") == back.html
    assert (folder / PAGE_FILES["zh"]).read_text(encoding="utf-8") == back.html_zh


def test_parquet_holds_the_rows_of_the_report_data(back: OutlookResult, folder: Path) -> None:
    (run,) = back.report["runs"]
    for name, rows in tables_of(back.report).items():
        assert pl.read_parquet(folder / f"{name}.parquet").to_dicts() == rows
    prices = pl.read_parquet(folder / "prices.parquet")
    assert prices.height == 3 * len(run["prices"])
    for row in run["prices"]:
        mine = prices.filter((pl.col("good") == row["good"]) & (pl.col("region") == row["region"]))
        assert mine["month"].to_list() == back.report["months"]
        assert mine["quote_usd_per_kg"].to_list() == row["quote"]
        assert mine["margin_usd_per_kg"].to_list() == row["margin"]
    gaps = pl.read_parquet(folder / "gaps.parquet")
    assert gaps.height == sum(len(row["parts"]) for row in run["gaps"])
    assert set(gaps["run"]) == {"controls-back"}


def test_parquet_holds_the_four_parts_of_demand(back: OutlookResult, folder: Path) -> None:
    (run,) = back.report["runs"]
    use = pl.read_parquet(folder / "use.parquet")
    parts = ["usual_t", "less_t", "substituted_t", "without_t"]
    assert use.columns == ["run", "month", "region", "use", "wanted_t", *parts]
    assert use.height == 3 * len(run["use"])
    for wanted, *held in use.select("wanted_t", *parts).iter_rows():
        assert sum(held) == pytest.approx(wanted, rel=1e-7, abs=1e-6)
    without = use["without_t"].to_list()
    assert min(without) == 0.0
    assert max(without) > 0.0


def test_nothing_is_written_where_no_folder_is_named(both: OutlookResult) -> None:
    assert both.written == ()


def test_both_bad_months_are_told_at_once() -> None:
    found = faults(first="2025-4", last="2025-13")
    assert [(fault.code, fault.where) for fault in found] == [("MONTH", "from"), ("MONTH", "to")]
    assert "'2025-4'" in found[0].what
    assert "2025-13 does not exist" in found[1].what
    assert all(fault.next for fault in found)


@pytest.mark.parametrize(
    ("first", "last", "where"),
    [
        ("2025-06", "2025-04", "to"),
        ("2023-12", "2025-04", "from"),
        ("2025-01", "2035-01", "to"),
    ],
)
def test_a_span_out_of_reach_is_refused(first: str, last: str, where: str) -> None:
    (fault,) = faults(first=first, last=last)
    assert (fault.code, fault.where) == ("SPAN", where)
    assert fault.next


def test_a_day_of_knowledge_that_is_none_is_refused() -> None:
    (fault,) = faults(known="soon")
    assert (fault.code, fault.where) == ("DATE", "known")
    assert fault.next


def test_a_file_after_out_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    (fault,) = faults(out=file)
    assert (fault.code, fault.where) == ("OUT", file.as_posix())
    assert "--out" in fault.next
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("second", [False, True])
def test_an_unknown_scenario_names_the_nearest(second: bool) -> None:
    (fault,) = faults(scenario_b="controls-bak") if second else faults("controls-bak")
    assert (fault.code, fault.where) == ("SCENARIO-UNKNOWN", "SCENARIO")
    assert "controls-back" in fault.nearest
    assert fault.next


def test_a_file_with_two_faults_tells_both(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "id: bad\ntitle: {en: Bad, zh: 错}\nabout: {en: Bad., zh: 错。}\ninherits: controls-back\nduties:\n"
        "- {goods: [ox_Dyy], share: '0.1', clause: some-duty}\n- {goods: [ox_Dy], share: '7', clause: some-duty}\n",
        encoding="utf-8",
    )
    found = faults(path.as_posix())
    assert [(fault.code, fault.where) for fault in found] == [("SCENARIO-NAME", "bad.yaml:6"), ("SHARE", "bad.yaml:7")]
    assert "ox_Dy" in found[0].nearest
    assert all(fault.next for fault in found)


def test_what_cannot_be_met_names_the_infeasible_set_and_the_least_change() -> None:
    (fault,) = faults((EXAMPLES / "served-anyway.yaml").as_posix(), first="2025-06", last="2025-08")
    assert fault.code == "INFEASIBLE"
    assert "dysprosium to Japan" in fault.what
    assert "20 t a month of ox_Dy from CN to JP" in fault.what
    assert "2025-06" in fault.next


def test_progress_reaches_its_end() -> None:
    seen: list[tuple[int, int]] = []
    outlook("no-controls", first="2024-10", last="2024-12", progress=lambda done, whole: seen.append((done, whole)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_faults_of_months_day_and_scenarios_are_told_at_once() -> None:
    with pytest.raises(CoercivityError) as caught:
        outlook("as-knwon", "contols-back", first="2025-13", last="2026-03", known="2026-02-30")
    assert [fault.code for fault in caught.value.faults] == ["MONTH", "DATE", "SCENARIO-UNKNOWN", "SCENARIO-UNKNOWN"]
