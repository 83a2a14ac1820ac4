"""The page of coverage: every clause with an effect stands under a question, and what is open is named."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.law.explain.held import QUESTIONS, answers, by_value, held_on
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.shown import short_name
from coercivity.papers.coverage.page import page_lines
from coercivity.verbs.coverage import coverage, coverage_page
from tests.support import BOOK

PROVISIONS = [
    (instrument, provision) for instrument in BOOK.instruments.values() for provision in instrument.provisions
]
QUESTION = {question.id: question for question in QUESTIONS}


def section(title: str) -> str:
    return coverage_page().split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_clause_with_an_effect_answers_a_question_and_few_only_the_last() -> None:
    """The last takes transit, zones and the like; a new fact that sends more there belongs under a question."""
    found = {p.id: {q.id for q in QUESTIONS if answers(BOOK, q, p)} for _, p in PROVISIONS if p.has_effect}
    assert not [name for name, questions in found.items() if not questions]
    rest = {name for name, questions in found.items() if questions == {"other"}}
    assert {"ecl-45-transit", "dur-48-2"} <= rest
    assert len(rest) < len(found) / 20
    assert not [name for name, questions in found.items() if "other" in questions and len(questions) > 1]


def test_every_fact_of_a_question_is_in_the_catalogue() -> None:
    named = {fact for question in QUESTIONS for fact in (*question.facts, *filter(None, [question.by]))}
    assert named <= set(BOOK.catalogue)


def test_every_instrument_and_every_open_clause_is_on_the_page() -> None:
    page = coverage_page()
    assert not [instrument.id for instrument, _ in PROVISIONS if f"`{instrument.id}`" not in page]
    assert not [p.id for _, p in PROVISIONS if p.effect == "unknown" and not re.search(rf"^- .*`{p.id}`$", page, re.M)]


def test_a_value_that_a_clause_leaves_out_is_not_named_by_it() -> None:
    """Red phosphor powder is yttrium and europium without any other rare earth."""
    found = {value: [p.id for p in provisions] for value, provisions in by_value(BOOK, QUESTION["goods"])}
    assert [value for value, ids in found.items() if "oel-red-powder" in ids] == ["Eu", "Y"]
    assert "a18-1c905" in found["Dy"]
    assert "a18-1c905" not in found["Tb"]


def test_know_how_is_listed_by_stage_and_first_day() -> None:
    line = next(line for line in section("Know-how by stage and year").splitlines() if "`metal_smelting`" in line)
    assert "`cat23-J-re-2` 2023-12-21" in line
    assert "`a62-1-a` 2025-10-09" in line


def test_the_page_says_what_was_not_read() -> None:
    held = next(h for h in held_on(BOOK, QUESTION["goods"]) if h.instrument.id == "mofcom-gac-export-licence-goods")
    name = short_name(held.instrument, "en")
    (line,) = [line for line in section("Goods by material").splitlines() if line.startswith(f"| {name} |")]
    counts = [str(held.count(basis) or "") for basis in ("read", "inferred", "recalled")]
    assert [cell.strip() for cell in line.split("|")[2:6]] == [str(len(held.provisions)), *counts]
    assert held.count("inferred") > 5
    assert "(recalled)" in section("Goods by material")


def test_lists_penalties_and_gaps_are_on_the_page() -> None:
    assert "| countermeasures |" in section("Restricted-party lists")
    assert "articles by confidence" in section("Penalties")
    assert section("Not included").strip().startswith("The target list of Annex 1")


def test_the_rows_hold_what_the_page_counts() -> None:
    rows = [row for row in coverage() if row["question"] == "services"]
    held = held_on(BOOK, QUESTION["services"])
    assert [row["instrument_id"] for row in rows] == [entry.instrument.id for entry in held]
    assert all(row["read"] + row["inferred"] + row["recalled"] == len(row["provisions"]) for row in rows)


def test_notes_without_the_gaps_are_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "law"
    shutil.copytree(law_folder(), folder)
    (folder / "NOTES.md").write_text("# Notes\n", encoding="utf-8")
    with pytest.raises(CoercivityError, match="no paragraph that begins"):
        list(page_lines(replace(BOOK, folder=folder)))


def test_the_command_prints_the_rows_and_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "coverage"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split()[:3] == ["question", "instrument", "read"]
    assert len(printed) == 1 + len(coverage())
    assert any(line.startswith("goods") and "mofcom-gac-export-licence-goods" in line for line in printed)
    assert main(["rules", "coverage", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == coverage()
