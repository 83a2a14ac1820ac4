"""Information cut-off and rulebook of a command apply to everything it calculates."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from coercivity.cli.app import main
from coercivity.law.rules.load import law_folder

MAGNET = ["act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Dy", "from=CN", "to=DE"]
EARLY = ["--on", "2025-08-15", "--known", "2025-03-01"]
MARKS = """
- name: marks
  type: set
  values:
    red: {en: 'a red mark', zh: '红色'}
    blue: {en: 'a blue mark', zh: '蓝色'}
  question: {en: 'Which marks does it bear?', zh: '有哪些标记？'}
  help: {en: 'The marks on the package.', zh: '包装上的标记。'}
  example: [red]
"""


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """The one answer that `decide --json` gives."""
    main(["decide", *(word for fact in MAGNET for word in ("--fact", fact)), *arguments, "--json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found[0]


@pytest.fixture(scope="module")
def other_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packed law with a fact of its own, which the packed catalogue lacks."""
    folder = tmp_path_factory.mktemp("packs") / "law"
    shutil.copytree(law_folder(), folder)
    (folder / "facts" / "90-own.yaml").write_text(MARKS, encoding="utf-8")
    return folder


def test_windows_keep_the_day_of_knowledge(capsys: pytest.CaptureFixture[str]) -> None:
    """Seen from 1 March 2025, 18/2025 of April is not there on any day."""
    seen_early, seen_today = (answer(capsys, *days, "--windows") for days in (EARLY, EARLY[:2]))
    assert {window["outcome"] for window in seen_early["windows"]} == {"UNKNOWN"}
    assert seen_early["proof"]["known"] == "2025-03-01"
    instruments = {why["instrument"] for window in seen_early["windows"] for why in window["because"]}
    assert "mofcom-gac-2025-18" not in instruments
    assert any(window["finding"] == "licence_required" for window in seen_today["windows"])


def test_the_next_turn_keeps_the_day_of_knowledge(capsys: pytest.CaptureFixture[str]) -> None:
    """A day of knowledge that is also the usual one of the day is kept all the same: nothing later turns the answer."""
    usual = ["--on", "2025-03-02", "--known", "2025-03-02", "--flips"]
    assert "mofcom-gac-2025-18" not in json.dumps(answer(capsys, *usual)["flips"].get("turn", {}))
    turn = answer(capsys, *usual[:2], "--flips")["flips"]["turn"]
    assert "mofcom-gac-2025-18" in json.dumps(turn)


def test_facts_are_read_by_the_law_that_is_asked(other_pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A set fact that only the other pack has is a set, on the command line as in a file."""
    assert answer(capsys, "--on", "2025-08-15", "--pack", str(other_pack), "--fact", "marks=red;blue")["outcome"]
    assert main(["decide", "--on", "2025-08-15", "--fact", "marks=red;blue"]) == 2
    assert "marks" in capsys.readouterr().err


def test_facts_prints_the_catalogue_of_the_law_that_is_asked(
    other_pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`facts --pack` shows its facts; without it there is no such fact."""
    assert main(["facts", "marks", "--pack", str(other_pack)]) == 0
    assert "Which marks does it bear?" in capsys.readouterr().out
    assert main(["facts", "marks"]) == 2
