"""A ministry keeps one workbook: `fund` and `strategy` each read their sheets of it and leave the others alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import coercivity
from tests.places import ROOT

FUND, STRATEGY = (ROOT / "examples" / "ministry" / name for name in ("fund", "strategy"))


def test_both_questions_read_one_folder(tmp_path: Path) -> None:
    for path in (*FUND.glob("*.csv"), STRATEGY / "scenarios.csv", STRATEGY / "firms.csv"):
        shutil.copy(path, tmp_path)
    ours = (STRATEGY / "settings.csv").read_text().splitlines()[1:]
    (tmp_path / "settings.csv").write_text((FUND / "settings.csv").read_text().rstrip() + "\n" + "\n".join(ours) + "\n")
    assert coercivity.strategy(tmp_path).body == coercivity.strategy(STRATEGY).body
    assert coercivity.fund(tmp_path).body == coercivity.fund(FUND).body


def test_a_path_may_be_given_as_text() -> None:
    folder = ROOT / "examples" / "ministry" / "fund"
    assert coercivity.fund(str(folder), budget=150).body == coercivity.fund(folder, budget=150).body  # type: ignore[arg-type]
