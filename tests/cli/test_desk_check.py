"""`desk-check` at the command line: its forms, its words in English and Chinese, and bad input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.papers.shared.terminal import columns_of
from coercivity.practice.records import load_reports
from tests.places import ROOT

EXAMPLES = ROOT / "examples" / "scenarios"
SPAN = ["controls-back", "--from", "2025-04", "--to", "2025-07"]
EARLY = ["controls-back", "--from", "2024-10", "--to", "2024-11"]
WIDTH = 120


@pytest.mark.parametrize(("lang", "head"), [("en", "Licensing desk beside reports"), ("zh", "许可审批与报道对照")])
def test_the_tables_fit_a_terminal(capsys: pytest.CaptureFixture[str], lang: str, head: str) -> None:
    assert main(["desk-check", *SPAN, "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == head
    assert max(map(columns_of, lines)) <= WIDTH
    assert any(line.startswith("LP007") for line in lines)
    months = [line.split()[0] for line in lines if line.startswith("2025-0")]
    assert months == ["2025-04", "2025-05", "2025-06", "2025-07"]
    if lang == "zh":
        assert "magnet" not in "\n".join(lines)


def test_every_report_is_in_the_json_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk-check", *SPAN, "--format", "json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["schema"] == "coercivity/desk-check/1"
    assert body["months"] == ["2025-04", "2025-05", "2025-06", "2025-07"]
    (branch,) = body["branches"]
    assert branch["control_from"] == "2025-04-04"
    rows = [row["row"] for row in branch["checks"] if row["kind"] == "report"]
    assert rows == [report.id for report in load_reports()]
    assert sum(branch["counts"].values()) == len(branch["checks"])
    assert all(len(queue["new"]) == 4 for queue in branch["queues"])


def test_no_cell_of_the_csv_is_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk-check", *SPAN, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert {row["verdict"] for row in rows} <= {"met", "near", "missed", "not comparable"}
    for row in rows:
        texts = [cell for name, cell in row.items() if name not in ("misfit", "model_low", "reported_low")]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in texts)


def test_the_files_of_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["desk-check", *SPAN, "--out", str(tmp_path / "out")]) == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith("."))
    assert names == ["desk-check.csv", "desk-check.html", "desk-check.json", "desk-check.zh.html"]
    page = (tmp_path / "out" / "desk-check.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("<svg") > 5
    chinese = (tmp_path / "out" / "desk-check.zh.html").read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in chinese
    assert "许可审批与报道对照" in chinese


def test_queues_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    more = ["--form", "magnet", "--destination", "IN", "--user", "civil", "--format", "json"]
    assert main(["desk-check", *SPAN, *more]) == 0
    (branch,) = json.loads(capsys.readouterr().out)["branches"]
    assert {(queue["form"], queue["country"], queue["user"]) for queue in branch["queues"]} == {
        ("magnet", "IN", "civil")
    }
    assert {row["destination"] for row in branch["checks"]} <= {"IN", "ALL"}
    assert "military" not in {row["user"] for row in branch["checks"]}


def test_a_span_before_the_control_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk-check", *EARLY]) == 0
    out = capsys.readouterr().out
    assert "No month up to 2024-11 is under control: no application is needed, and nothing can be compared." in out
    assert "0 met, 0 near, 0 missed, " in out


@pytest.mark.parametrize(
    ("words", "codes", "near"),
    [
        ([*SPAN, "--form", "magnets"], ["DESK-NAME"], "magnet"),
        ([*SPAN, "--destination", "UE"], ["DESK-NAME"], "EU"),
        ([*SPAN, "--user", "civilian"], ["DESK-NAME"], "civil"),
        (["controls-bak", "--from", "2025-04", "--to", "2025-05"], ["SCENARIO-UNKNOWN"], "controls-back"),
        ([*SPAN, "--desk-without", "queues"], ["DESK-NAME"], "queue"),
        (
            ["controls-bak", "--from", "2025-4", "--to", "2025-05", "--form", "magnets", "--known", "soon"],
            ["MONTH", "DATE", "DESK-NAME", "SCENARIO-UNKNOWN"],
            "magnet",
        ),
    ],
)
def test_every_fault_at_once(capsys: pytest.CaptureFixture[str], words: list[str], codes: list[str], near: str) -> None:
    assert main(["desk-check", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(f"{code}: " in err for code in codes)
    assert near in err
