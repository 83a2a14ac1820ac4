"""The table of routes: every cell of the example as worked out by hand, and what a table never leaves unsaid."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import load_file
from coercivity.verbs.jurisdictions.route_table import RouteTable
from coercivity.verbs.jurisdictions.route_text import route_lines
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "routes" / "actuator.yaml"
DAYS = ["2026-12-20", "2027-01-05"]
EXPECTED: list[dict[str, Any]] = load_file(Path(__file__).with_name("routes_expected.yaml"))["rows"]
WIDENING = ("as_written", "repealed", "deferred")


@pytest.fixture(scope="module")
def table() -> RouteTable:
    return coercivity.routes(EXAMPLE, jurisdiction="CN,US", on=DAYS)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['deal']} {row['on']}")
def test_every_cell_is_that_worked_out_by_hand(table: RouteTable, row: dict[str, Any]) -> None:
    """The reasoning is beside the expected cells."""
    assert [column.key for column in table.columns] == list(row["cells"])
    found = {key: table.cell(row["deal"], row["on"], key) for key in row["cells"]}
    assert {key: cell.text("en") for key, cell in found.items()} == row["cells"]
    for key, words in row.get("says", {}).items():
        assert words in found[key].why["en"], key
    for key, clauses in row.get("clauses", {}).items():
        assert set(clauses) == set(found[key].clauses), key
    for key, owed in row.get("owed", {}).items():
        assert owed == list(found[key].clauses), key
    own = next(one for one in table.rows if (one.id, one.on.isoformat()) == (row["deal"], row["on"]))
    assert [one.found.text.id for one in own.conflicts] == row["conflicts"]


def test_every_row_of_the_example_has_an_expectation(table: RouteTable) -> None:
    """Three routes on two days."""
    assert [(row.id, row.on.isoformat()) for row in table.rows] == [(one["deal"], one["on"]) for one in EXPECTED]


def test_no_cell_that_is_unknown_leaves_unsaid_what_is_missing(table: RouteTable) -> None:
    """In both languages: a fact, a scenario, a status, a text, or the day of the last check."""
    told = [cell.why for row in table.rows for cell in row.cells if cell.outcome.value == "UNKNOWN"]
    assert told
    assert all(why["en"] and why["zh"] for why in told)


def test_a_cell_is_the_result_with_that_scenario_assumed(table: RouteTable) -> None:
    """To the audit trail of the outcome: the table adds no reading of its own."""
    for value in WIDENING:
        assumed = coercivity.routes(EXAMPLE, jurisdiction="CN,US", on=DAYS, assume=f"us_widening_2027={value}")
        for row in table.rows:
            own = table.cell(row.id, row.on.isoformat(), f"US us_widening_2027={value}")
            other = assumed.cell(row.id, row.on.isoformat(), "US")
            assert (own.outcome, own.finding, own.why) == (other.outcome, other.finding, other.why)


@pytest.mark.parametrize(("label", "assume"), [("lapsed", "61=lapsed"), ("extended", "61=extended:2027-02-01")])
def test_a_way_in_which_a_suspension_may_end_is_that_assumption(table: RouteTable, label: str, assume: str) -> None:
    """What is unconfirmed in the first column is decided in the second."""
    assumed = coercivity.routes(EXAMPLE, jurisdiction="CN,US", on=DAYS, assume=assume)
    assert not [column for column in assumed.columns if column.rule.startswith("mofcom")]
    for row in table.rows:
        own = table.cell(row.id, row.on.isoformat(), f"CN mofcom-2025-61={label}")
        other = assumed.cell(row.id, row.on.isoformat(), "CN")
        assert (own.outcome, own.finding, own.clauses) == (other.outcome, other.finding, other.clauses)
    route = table.cell("cn-cn-jp-jp", "2027-01-05", f"CN mofcom-2025-61={label}")
    assert route.why["en"].startswith("Legal basis: " if label == "lapsed" else "Suspended: ")


def test_a_conflict_waits_for_the_end_of_a_suspension(tmp_path: Path) -> None:
    """A delivery that is owed abroad clashes with 61/2025 only if that is in force."""
    path = tmp_path / "owed.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(text.replace("certificate_pledge_given: 'true'", "delivery_owed_abroad: 'true'"), encoding="utf-8")
    found = coercivity.routes(path, jurisdiction="CN,US", on=["2026-12-20"])
    row = next(row for row in found.rows if row.id == "cn-cn-jp-jp")
    assert [(one.found.text.id, one.found.sure, one.sure_if) for one in row.conflicts] == [
        ("C10", False, ("mofcom-2025-61=lapsed",))
    ]
    assert "C10 may not be able to satisfy both on this route" in "\n".join(route_lines(found, "en"))


def test_a_scenario_that_is_assumed_is_no_column() -> None:
    """The other one stays."""
    found = coercivity.routes(EXAMPLE, jurisdiction="US", on=DAYS, assume="us_widening_2027=repealed")
    assert [column.key for column in found.columns] == [
        "US", "US us_857_start=started", "US us_857_start=not_started",
    ]  # fmt: skip


def test_a_result_as_the_law_is_has_the_hash_of_decide(table: RouteTable) -> None:
    """The table is no second engine."""
    from coercivity.verbs.jurisdictions.decide import file_in_jurisdictions

    for on in DAYS:
        for one in file_in_jurisdictions(EXAMPLE, jurisdiction="CN,US", on=on):
            for side in one.sides:
                assert table.cell(one.id, on, side.jurisdiction).hash == side.answer.proof["hash"]


def test_a_clash_that_is_certain_says_that_no_deal_satisfies_both_laws(table: RouteTable) -> None:
    """With the next question, in both languages, and no advice to split, relabel or stay silent."""
    english = "\n".join(route_lines(table, "en"))
    assert "C02 cannot satisfy both on this route" in english
    assert "ask next: What are the exact words of the certificate" in english
    chinese = "\n".join(route_lines(table, "zh"))
    assert "C01该路线无法同时满足两法" in chinese
    assert "下一步询问：" in chinese


def test_a_fact_that_is_missing_is_named_in_the_cell(tmp_path: Path) -> None:
    """Without the place of assembly, and with the magnet bought loose, whose law governs from 2027 is open as well."""
    text = EXAMPLE.read_text(encoding="utf-8").replace("bought_thing: end_item", "bought_thing: covered_material")
    kept = [line for line in text.split("\n") if "step: assembled" not in line]
    path = tmp_path / "loose.yaml"
    path.write_text("\n".join(kept), encoding="utf-8")
    found = coercivity.routes(path, jurisdiction="CN,US", on=["2027-01-05"])
    cell = found.cell("au-my-jp-jp", "2027-01-05", "US")
    assert "end item made in" in cell.why["en"]
    assert "end_item_made_in" in cell.missing
    assert "US us_reach_2027=statute_848" in [column.key for column in found.columns]


def test_a_deal_with_few_facts_names_the_first_and_holds_all(tmp_path: Path) -> None:
    """A note stays short; nothing is lost."""
    path = tmp_path / "few.yaml"
    path.write_text("deals:\n- id: a\n  on: '2026-12-20'\n  facts: {from: CN}\n", encoding="utf-8")
    cell = coercivity.routes(path, jurisdiction="CN,US").cell("a", "2026-12-20", "CN")
    assert len(cell.missing) > 50
    assert cell.missing[:2] == ("act", "form")
    assert len(cell.why["en"]) < 500
    assert "more." in cell.why["en"]


def test_a_conflict_that_a_scenario_makes_certain_says_so(tmp_path: Path) -> None:
    """Naming a supplier that refuses is owed only if sec. 857 has started and a step is not known."""
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace("certificate_pledge_given: 'true'", "supplier_in_china_refuses: 'true'")
    kept = [line for line in text.split("\n") if "step: metal, element: Nd, country: CN" not in line]
    path = tmp_path / "refuses.yaml"
    path.write_text("\n".join(kept), encoding="utf-8")
    found = coercivity.routes(path, jurisdiction="CN,US", on=["2026-12-20"])
    row = next(row for row in found.rows if row.id == "cn-cn-jp-jp")
    assert [(one.found.text.id, one.found.sure, one.sure_if) for one in row.conflicts] == [
        ("C05", False, ("us_857_start=started",))
    ]


def test_the_csv_file_has_a_row_per_deal_and_day_and_says_why(table: RouteTable) -> None:
    """Result and reason side by side, the conflicts last; the same bytes each time."""
    rows = list(csv.DictReader(io.StringIO(table.csv())))
    assert len(rows) == len(table.rows)
    cell = rows[3]
    assert cell["US us_widening_2027=as_written"] == "STOP"
    assert "d7052-ndfeb-2027" in cell["US us_widening_2027=as_written: why"]
    assert cell["conflicts of laws"] == "C02: cannot satisfy both on this route"
    assert table.csv() == coercivity.routes(EXAMPLE, jurisdiction="CN,US", on=DAYS).csv()


def test_the_table_is_a_data_frame_in_a_notebook(table: RouteTable) -> None:
    """Six rows, and a headline."""
    assert table.to_polars().height == 6
    assert table.outcome.value == "STOP"


def test_all_faults_of_arguments_and_file_are_told_at_once(tmp_path: Path) -> None:
    """A jurisdiction, a date, a scenario and a step."""
    path = tmp_path / "bad.yaml"
    path.write_text(
        "deals:\n- id: a\n  facts: {act: goods}\n  steps:\n"
        "  - {step: mined, country: AU, share: '1.4', by: x, evidence: declared, on: '2026-01-01'}\n",
        encoding="utf-8",
    )
    with pytest.raises(CoercivityError) as caught:
        coercivity.routes(path, jurisdiction="CN,UX", on=["2026-13-01"], assume="us_widening=as_written")
    assert {fault.code for fault in caught.value.faults} == {"JURISDICTION", "DATE", "SCENARIO", "STEP-SHARE"}


@pytest.mark.parametrize("days", [[], ["2026-12-20", "2026-12-20"]])
def test_no_date_and_the_same_date_twice_are_refused(days: list[str]) -> None:
    """The deals of the example have no date of their own."""
    with pytest.raises(CoercivityError) as caught:
        coercivity.routes(EXAMPLE, jurisdiction="US", on=days)
    assert [fault.code for fault in caught.value.faults] == ["DATE"]
