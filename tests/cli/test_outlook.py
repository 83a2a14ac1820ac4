"""`outlook` at the command line: its words in English and Chinese, JSON, files, and bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

EXAMPLES = ROOT / "examples" / "scenarios"
SPAN = ["--from", "2025-04", "--to", "2025-05"]
EARLY = ["--from", "2024-10", "--to", "2024-11"]


def test_the_summary_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", "controls-back", *SPAN]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Market outlook: effect of the rules on prices and supply, 2025-04 to 2025-05"
    assert len(lines) <= 34
    (dysprosium,) = (line for line in lines if "dysprosium oxide" in line)
    # Files wait longest in the second month of the control.
    assert "2025-05" in dysprosium
    assert "18/2025 1C905" in dysprosium
    assert any("not a forecast" in line for line in lines)


def test_the_summary_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", "controls-back", *SPAN, "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("市场展望：规则对价格与供应的影响，2025-04至2025-05")
    assert "氧化镝" in out
    assert "第18号公告（2025）1C905" in out
    assert "dysprosium" not in out


def test_two_scenarios_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", "controls-back", "no-controls", *EARLY, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == "coercivity/outlook/1"
    assert report["compare"] == {"a": "controls-back", "b": "no-controls"}
    assert report["months"] == ["2024-10", "2024-11"]


def test_files_are_named_as_they_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", "no-controls", *EARLY, "--out", str(tmp_path / "o")]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("written: ")]
    assert sorted(line.removeprefix("written: ") for line in lines) == sorted(
        path.as_posix() for path in (tmp_path / "o").iterdir()
    )
    assert {Path(line).name for line in lines} >= {
        "outlook.html",
        "outlook.zh.html",
        "outlook.json",
        "prices.parquet",
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["asknown", *SPAN], "SCENARIO-UNKNOWN"),
        (["no-such-file.yaml", *SPAN], "SCENARIO-UNKNOWN"),
        (["--from", "2025-4", "--to", "2025-05"], "MONTH"),
        (["--from", "2025-05", "--to", "2025-04"], "SPAN"),
        (["--from", "2020-05", "--to", "2025-04"], "SPAN"),
        ([*SPAN, "--known", "2025-02-30"], "DATE"),
        ([*SPAN, "--desk-without", "queue", "--desk-without", "wating"], "DESK-NAME"),
        ([*SPAN, "--out", __file__], "OUT"),
        ([*SPAN, "--draws", "0"], "DRAWS"),
        ([*SPAN, "--draws", "-4"], "DRAWS"),
        ([*SPAN, "--draws", "100"], "DRAWS"),
        ([*SPAN, "--draws", "0", "--out", "o" * 300], "DRAWS"),
        ([*SPAN, "--draws", "1000000"], "DRAWS"),
        ([*SPAN, "--draws", "4", "--workers", "0"], "--workers: ARGUMENT"),
        ([*SPAN, "--draws", "4", "--scramble", "-1"], "--scramble: ARGUMENT"),
        ([*SPAN, "--draws", "4", "--draws-folder", __file__], "DRAWS-FOLDER"),
        ([*SPAN, "--draws-folder", "draws"], "--draws-folder: ARGUMENT"),
        ([*SPAN, "--draws", "4", "--scheduler", "tcp://127.0.0.1:1"], "ARGUMENT"),
        ([*SPAN, "--draws", "4", "--scheduler", "nonsense"], "ARGUMENT"),
        ([*SPAN, "--scheduler", "tcp://127.0.0.1:1"], "ARGUMENT"),
        ([(EXAMPLES / "served-anyway.yaml").as_posix(), "--from", "2025-06", "--to", "2025-08"], "INFEASIBLE"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_to_do(
    words: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["outlook", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{code}: " in printed.err
    assert "next: " in printed.err
    assert "Traceback" not in printed.err


@pytest.mark.parametrize("command", [["outlook", "asknown"], ["clause-price", "a18-1c905", "asknown"]])
@pytest.mark.parametrize("draws", [["--draws", "0"], []])
def test_a_scheduler_that_does_not_respond_hides_no_other_error(
    command: list[str], draws: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--from", "2025-4", "--to", "2025-05", "--workers", "0", *draws, "--scheduler", "nonsense"]
    assert main([*command, *words]) == 2
    err = capsys.readouterr().err
    for code in ("SCENARIO-UNKNOWN", "--from: MONTH", "--workers: ARGUMENT", "--scheduler: ARGUMENT"):
        assert code in err
    assert ("--draws: DRAWS" in err) == bool(draws)


def test_both_bad_months_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", "--from", "2025-4", "--to", "May"]) == 2
    err = capsys.readouterr().err
    assert "--from: MONTH" in err
    assert "--to: MONTH" in err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--from", "2025-04"],
        [*SPAN, "--lang", "fr"],
        [*SPAN, "--nonsense"],
        [*SPAN, "--draws", "3.5"],
        [*SPAN, "--draws", "many"],
        [*SPAN, "--draws", "4", "--scramble", "0.5"],
        [*SPAN, "--draws", "4", "--workers", "1.5"],
    ],
)
def test_what_the_command_line_cannot_read_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outlook", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err
    assert "Traceback" not in printed.err
