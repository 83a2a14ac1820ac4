"""Drafts and tables that cannot be used, each with its error; and a draft that changes nothing that exists."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.verbs.impact import rules_impact
from tests.unit.batches.impact.drafts import EXAMPLES, EXTRACT, MAGNETS, ND, impact, table


def _draft(folder: Path, *changes: tuple[str, str]) -> Path:
    text = MAGNETS.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    return path


ONE_CLAUSE = ("effective: '2026-12-01', scope: all}", "effective: '2026-12-01', scope: [magnets-2027-1]}")


def test_exemptions_without_a_day_are_refused_together(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError) as error:
        impact(_draft(tmp_path, ONE_CLAUSE), table(tmp_path))
    faults = error.value.faults
    assert [(fault.code, fault.where) for fault in faults] == [
        ("EXEMPTION-DAY", "magnets-2027, magnets-2027-2"),
        ("EXEMPTION-DAY", "magnets-2027, magnets-2027-3"),
    ]
    assert "entry_into_force" in faults[0].next


def test_an_event_without_a_date_is_no_day(tmp_path: Path) -> None:
    undated = (
        "- {type: entry_into_force, effective: '2026-12-01', scope: all}",
        "- {type: entry_into_force, scope: all}",
    )
    with pytest.raises(coercivity.CoercivityError, match="EXEMPTION-DAY"):
        impact(_draft(tmp_path, undated), table(tmp_path))


def test_errors_of_the_rules_check_come_with_it(tmp_path: Path) -> None:
    wrong_start = ("  effective_from: '2026-12-01'\n  note", "  effective_from: '2026-12-02'\n  note")
    with pytest.raises(coercivity.CoercivityError) as error:
        impact(_draft(tmp_path, ONE_CLAUSE, wrong_start), table(tmp_path))
    assert {fault.code for fault in error.value.faults} == {"EXEMPTION-DAY", "EVENT-START"}
    assert len(error.value.faults) == 3


def test_an_exemption_may_begin_later_than_the_control(tmp_path: Path) -> None:
    later = (
        "\nprovisions:",
        "\n- {type: entry_into_force, effective: '2026-12-20', scope: [magnets-2027-3]}\nprovisions:",
    )
    first = ONE_CLAUSE[0], "effective: '2026-12-01', scope: [magnets-2027-1, magnets-2027-2]}"
    text = MAGNETS.read_text(encoding="utf-8").replace(*first)
    head, third = text.split("- id: magnets-2027-3")
    path = tmp_path / "later.yaml"
    path.write_text(
        head.replace(*later) + "- id: magnets-2027-3" + third.replace("2026-12-01", "2026-12-20"), encoding="utf-8"
    )
    rows = "".join(
        f"{day},2026-12-{day},NdFeB magnets,{ND},100,kg,80,USD,CN,DE,2026-11-01,general,\n" for day in ("19", "20")
    )
    found = impact(path, table(tmp_path, rows))
    assert [one.begins for one in found.exemptions] == ["2026-12-01", "2026-12-20"]
    assert [deal.id for deal in found.deals] == ["19"]
    assert found.exemptions[1].kept.deals == 1


def test_no_draft_is_refused(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError, match="no draft is given"):
        rules_impact([], table(tmp_path))


def test_a_table_without_mass_and_value_counts_deals_only(tmp_path: Path) -> None:
    deals = table(tmp_path, f"a,2026-12-06,NdFeB magnets,{ND},CN,DE\n", "id,date,material,composition,from,to")
    found = impact(MAGNETS, deals)
    assert (found.has_mass, found.has_value) == (False, False)
    assert (found.moved.deals, found.moved.without_mass, found.moved.values) == (1, 1, {})


def test_the_input_is_not_overwritten(tmp_path: Path) -> None:
    deals = table(tmp_path).rename(tmp_path / "moved.csv")
    before = deals.read_bytes()
    with pytest.raises(coercivity.CoercivityError, match="would be overwritten"):
        impact(MAGNETS, deals, out=tmp_path)
    assert deals.read_bytes() == before


def test_a_draft_changes_no_decision(tmp_path: Path) -> None:
    facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd"], "from": "CN", "to": "DE"}
    before = coercivity.decide(facts, on="2026-12-05").proof["hash"]
    assert impact(MAGNETS, EXTRACT, on="2026-12-05").moved.deals
    assert coercivity.decide(facts, on="2026-12-05").proof["hash"] == before


def test_parts_and_workers_do_not_change_a_byte(tmp_path: Path) -> None:
    deals = table(tmp_path)
    found = [
        impact(MAGNETS, deals, out=tmp_path / f"out-{rows}-{workers}", part_rows=rows, workers=workers)
        for rows, workers in ((100, 1), (2, 1), (2, 2))
    ]
    for kind in ("moved_csv", "moved_parquet", "impact"):
        assert len({one.files[kind].read_bytes() for one in found}) == 1
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".impact-")]


def test_a_case_folder_and_its_table_move_alike(tmp_path: Path) -> None:
    folder = EXAMPLES / "magnet-jv"
    one_by_one = rules_impact([MAGNETS], folder)
    assert one_by_one.kind == "deals"
    assert [deal.id for deal in one_by_one.deals] == ["t18"]
    text = (folder / "transactions.csv").read_text(encoding="utf-8")
    (tmp_path / "transactions.csv").write_text(text, encoding="utf-8")
    as_table = rules_impact(
        [MAGNETS], coercivity.TableAsked(tmp_path / "transactions.csv", folder / "case.yaml"), workers=1
    )
    assert as_table.kind == "table"
    assert [(deal.id, deal.before, deal.after, deal.value) for deal in as_table.deals] == [
        (deal.id, deal.before, deal.after, deal.value) for deal in one_by_one.deals
    ]
