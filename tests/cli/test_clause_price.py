"""`clause-price` at the command line: its words in English and Chinese, JSON, and bad input."""

from __future__ import annotations

import json

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

EXAMPLES = ROOT / "examples" / "scenarios"
SPAN = ["--from", "2025-04", "--to", "2025-05"]
EARLY = ["--from", "2024-10", "--to", "2024-11"]


def test_the_price_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clause-price", "a18-1c905", "controls-back", *SPAN]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Cost of a clause: 18/2025 1C905 (a18-1c905)"
    assert lines[1].startswith("  scenario: ")
    assert ", 2025-04 to 2025-05  " in lines[1]
    (held,) = (line for line in lines if "exports withheld of the products it covers" in line)
    goods = "NdFeB magnets, high heavy rare earth content; NdFeB magnets, low heavy rare earth content; dysprosium metal; dysprosium oxide"
    assert held.endswith(f"(products covered: {goods})")
    assert any(line.startswith("  loses ") and line.split()[2:4] == ["M", "USD"] for line in lines)
    assert lines[-1] == "The difference between two model runs, not a forecast."


def test_the_price_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clause-price", "a18-1c905", "controls-back", *SPAN, "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("条款的影响：第18号公告（2025）1C905 (a18-1c905)")
    assert "所涉产品出口减少：" in out
    assert "损失" in out
    assert "withheld" not in out


def test_the_price_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clause-price", "18/2025", "controls-back", *EARLY, "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["schema"] == "coercivity/clause-price/1"
    assert (body["clause"], body["from"], body["to"]) == ("18/2025", "2024-10", "2024-11")
    assert len(body["branches"]) == 1
    assert len(body["hash"]) == 64


def test_a_clause_that_does_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clause-price", "62/2025", "controls-back", *EARLY]) == 0
    out = capsys.readouterr().out
    assert "no difference in this period: the clause restricts no product of the model in these months" in out
    assert "loses" not in out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["a18-1c95", *SPAN], "CLAUSE-UNKNOWN"),
        (["a18-1c905", "controls-bak", *SPAN], "SCENARIO-UNKNOWN"),
        (["a18-1c905", "--from", "2025-4", "--to", "2025-05"], "MONTH"),
        (["a18-1c905", "--from", "2025-05", "--to", "2025-04"], "SPAN"),
        (
            ["a18-1c905", (EXAMPLES / "served-anyway.yaml").as_posix(), "--from", "2025-06", "--to", "2025-08"],
            "INFEASIBLE",
        ),
    ],
)
def test_bad_input_ends_with_2_and_says_what_to_do(
    words: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clause-price", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{code}: " in printed.err
    assert "next: " in printed.err
    assert "Traceback" not in printed.err


def test_general_licences_are_with_without_or_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clause-price", "a18-1c905", *SPAN, "--general-licences", "none"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert '"with", "without", "both"' in printed.err
    assert "Traceback" not in printed.err


def test_a_clause_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clause-price", *SPAN]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
