"""Entries of a scenario file that no month of a run reaches are told, in English and Chinese; the run goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.verbs.messages import message
from coercivity.verbs.scenario_form.reach import unreached_notices

OWN = """\
id: fire
title: {en: Fire at a plant, zh: 工厂火灾}
about: {en: A fire long after the run., zh: 运行期之后的火灾。}
inherits: no-controls
shocks:
- {capacity: "mine:MYANMAR_IONIC:MM-LA", share: "0.5", from: 2026-03, to: 2026-05, reason: {en: invented, zh: 虚构}}
- {capacity: "mine:MYANMAR_IONIC:MM-LA", share: "0.5", from: 2024-10, to: 2024-11, reason: {en: invented, zh: 虚构}}
"""


def test_the_command_line_tells_what_no_month_reaches(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fire.yaml"
    file.write_text(OWN, encoding="utf-8")
    words = ["outlook", str(file), "--from", "2024-10", "--to", "2024-11"]
    assert main(words) == 0
    told = capsys.readouterr().err
    assert "fire.yaml shocks.0: SCENARIO-UNREACHED: no month of the run reaches it (run: 2024-10 to 2024-11)" in told
    assert "next: give later months after --from and --to, or correct its months" in told
    assert "shocks.1" not in told
    assert main([*words, "--lang", "zh"]) == 0
    assert "运行期（2024-10至2024-11）的任何月份均未涉及" in capsys.readouterr().err


def test_a_notice_says_that_what_is_known_may_be_expected_and_what_is_over_needs_earlier_months(tmp_path: Path) -> None:
    file = tmp_path / "floor.yaml"
    support = "{id: late, kind: grant, plant: lcm-lacq, amount: '62', from: 2031-01}"
    shock = "{capacity: 'mine:MYANMAR_IONIC:MM-LA', share: '0.5', from: 2024-01, to: 2024-02, reason: {en: invented}}"
    file.write_text(f"shocks:\n- {shock}\npolicies:\n  support:\n  - {support}\n", encoding="utf-8")
    over, later = unreached_notices(["as-known", str(file)], "2025-04", "2025-06")
    assert (over.where, over.next) == (
        "floor.yaml shocks.0",
        "give earlier months after --from, or correct its months",
    )
    assert later.where == "floor.yaml policies.support.0"
    assert later.what.endswith("; stocks and decisions may still expect it")
    for each in (over, later):
        assert message(each.what, "zh") != each.what


def test_a_file_that_cannot_be_read_is_left_to_the_run(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_bytes(b"\xff{")
    assert unreached_notices([str(file), str(tmp_path / "none.yaml")], "2025-04", "2025-06") == []
