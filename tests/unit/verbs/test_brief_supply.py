"""The market section of a report: content, coverage by the hash, and its absence."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.canonical import sha256
from coercivity.law.rules.load import load_rulebook
from coercivity.papers.brief.report_data import FILES, BriefReport
from coercivity.papers.outlook.report_text import MOST_LINES
from coercivity.verbs.brief import BriefResult, brief
from coercivity.verbs.brief_supply import KEPT_GOODS, MOST_CLAUSES, MOST_PAYERS, as_text
from coercivity.verbs.proofs import FAILS, Verified, proof_verify
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ev-motor"
DAY = "2025-04-20"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example without its firm, whose stock was counted in 2026."""
    folder = tmp_path_factory.mktemp("ev-motor")
    for name in ("case.yaml", "transactions.csv"):
        shutil.copy(EXAMPLE / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def made(case: Path, tmp_path_factory: pytest.TempPathFactory) -> BriefResult:
    return brief(case, DAY, assume="lapsed", out=tmp_path_factory.mktemp("out"))


def supply(made: BriefResult) -> dict[str, Any]:
    part = made.report["supply"]
    assert isinstance(part, dict)
    return part


def unsealed(report: BriefReport) -> dict[str, object]:
    return {key: value for key, value in report.items() if key != "hash"}


def test_it_looks_nine_months_back_and_ahead(made: BriefResult) -> None:
    part = supply(made)
    assert (part["from"], part["to"]) == ("2024-07", "2026-01")
    assert len(part["months"]) == 19


def test_it_shows_china_and_outside_of_the_goods_that_count(made: BriefResult) -> None:
    for run in supply(made)["runs"]:
        assert {row["region"] for row in run["prices"]} == {"CN", "XCN"}
        assert {row["good"] for row in run["prices"]} == set(KEPT_GOODS)
        assert {row["region"] for row in run["gaps"]} == {"XCN"}
        assert {row["to_region"] for row in run["shipped"]} == {"XCN"}
        assert run["flows"] == run["stocks"] == []


def test_the_clauses_that_most_rows_rest_on_have_a_price(made: BriefResult) -> None:
    part = supply(made)
    clauses = [row["clause"] for row in part["clause_prices"]]
    assert 1 <= len(clauses) <= MOST_CLAUSES == 2
    grounds = [{rule.id for rule in row.grounds} for row in made.brief.rows]
    counts = [sum(clause in ground for ground in grounds) for clause in clauses]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0
    assert set(clauses) <= {rule.id for rule in load_rulebook().rules}
    for row in part["clause_prices"]:
        assert len(row["payers"]) <= MOST_PAYERS
        assert all(float(payer["usd"]) > 0 for payer in row["payers"])
    assert part["clause_branch"] == part["runs"][0]["branch"]


def test_no_number_of_it_is_a_fraction_that_cannot_be_hashed(made: BriefResult) -> None:
    part = supply(made)
    assert as_text(part) == part
    assert as_text({"a": [0.1 + 0.2, 3, "x", None, True]}) == {"a": ["0.3", 3, "x", None, True]}


def test_the_hash_of_the_brief_covers_it(made: BriefResult) -> None:
    assert made.report["hash"] == sha256(unsealed(made.report))
    for change in ("price", "payer"):
        other = copy.deepcopy(made.report)
        if change == "price":
            other["supply"]["runs"][0]["prices"][0]["quote"][0] += "1"
        else:
            other["supply"]["clause_prices"][0]["usd"] += "1"
        assert sha256(unsealed(other)) != made.report["hash"]


def test_what_is_written_is_the_report_data_and_its_proofs_hold(made: BriefResult) -> None:
    assert [path.name for path in made.written] == list(FILES)
    report = made.written[-1]
    assert json.loads(report.read_bytes()) == json.loads(made.json)
    assert [path.read_bytes() for path in made.written] == list(made.files.values())
    own, *proofs = proof_verify(report)
    assert own == Verified(made.report["hash"], [])
    assert len(proofs) == len(made.brief.rows)
    assert all(entry.stands for entry in proofs)


def test_a_number_of_the_market_that_was_changed_is_seen(made: BriefResult, tmp_path: Path) -> None:
    other = copy.deepcopy(made.report)
    other["supply"]["clause_prices"][0]["usd"] += "1"
    changed = tmp_path / "brief.json"
    changed.write_text(json.dumps(other), encoding="utf-8")
    own, *proofs = proof_verify(changed)
    assert own.code == FAILS
    assert len(own.faults) == 1
    assert "was changed" in own.faults[0]
    assert all(entry.stands for entry in proofs)


def test_the_law_of_a_brief_is_the_same_with_and_without_it(made: BriefResult, case: Path) -> None:
    """What the market does never changes an outcome."""
    plain = brief(case, DAY, assume="lapsed", supply=False)
    assert "supply" not in plain.report
    assert unsealed(plain.report) == {key: value for key, value in unsealed(made.report).items() if key != "supply"}
    assert plain.report["hash"] != made.report["hash"]
    assert made.outcome is plain.outcome
    assert not plain.market
    assert 0 < len(made.market) <= MOST_LINES + 1


def test_before_the_base_year_there_is_none(case: Path) -> None:
    found = brief(case, "2023-12-31")
    assert "supply" not in found.report
    assert found.report["hash"] == sha256(unsealed(found.report))
