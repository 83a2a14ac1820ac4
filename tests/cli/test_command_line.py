"""The command line for users: exit codes, messages, JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coercivity.cli.app import main
from tests.places import ROOT

DY = ["act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Dy", "from=CN", "to=DE"]
FREE = [
    "party_sets=[]",
    "listed_owner_share=0",
    "military_user=false",
    "military_use=false",
    "raises_military_strength=false",
]
FREE += ["wmd_use=false", "terrorist_use=false", "knowledge=none", "notice=false", "licence_change=none", "bars=[]"]

SIGNED = ["--said-by", "export desk", "--said-on", "transaction date"]


def decide(facts: list[str], *arguments: str) -> int:
    """Runs `decide` with facts."""
    return main(["decide", *(word for fact in facts for word in ("--fact", fact)), *arguments])


@pytest.mark.parametrize(
    ("facts", "arguments", "code"),
    [
        ([*DY, *FREE], ["--on", "2025-08-15"], 10),
        ([*DY, *FREE], ["--on", "2025-04-03", *SIGNED], 0),
        ([*DY, *FREE], ["--on", "2025-04-03"], 30),
        (["to=DE", *DY[:3], "elements=Nd", "from=CN", *FREE], ["--on", "2025-08-15", *SIGNED], 0),
        (["to=US", *DY[:5], *FREE[:2], "military_use=true", "military_user=true"], ["--on", "2025-08-15"], 20),
        ([], ["--on", "2025-08-15"], 30),
        ([], [], 30),
        (DY, ["--on", "2025-02-30"], 2),
        (["frm=magnet"], ["--on", "2025-02-01"], 2),
        (["form"], ["--on", "2025-02-01"], 2),
        (DY, ["--on", "2025-08-15", "--assume", "62=perhaps"], 2),
        (DY, ["--on", "2025-08-15", "--nonsense"], 2),
        (DY, ["--on", "2025-08-15", "--lang", "fr"], 2),
    ],
)
def test_exit_codes(facts: list[str], arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """0, 10, 20, 30 for outcomes, 2 for bad input; bad input prints to the error stream and no outcome."""
    assert decide(facts, *arguments) == code
    printed = capsys.readouterr()
    if code == 2:
        assert printed.out == ""
        assert "next:" in printed.err


def test_without_a_day_the_answer_is_unknown_and_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The day is an argument, never the wall clock."""
    assert decide(DY) == 30
    assert "What is the transaction date?" in capsys.readouterr().out


def test_a_bag_with_no_facts_gets_one_good_question(capsys: pytest.CaptureFixture[str]) -> None:
    """What type of transaction is it?"""
    decide([], "--on", "2026-03-02", "--json")
    assert json.loads(capsys.readouterr().out)[0]["ask"] == "act"


def test_several_deals_give_the_gravest_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the order PROCEED, LICENCE, UNKNOWN, STOP."""
    path = tmp_path / "deals.yaml"
    path.write_text(
        "deals:\n- id: a\n  on: 2025-08-15\n  facts: {act: goods}\n- id: b\n  on: 2025-04-03\n  facts: {act: support_service, supports_violation: true}\n"
    )
    assert main(["decide", str(path)]) == 20
    assert "STOP" in capsys.readouterr().out


def test_json_proof_goes_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `decide --json` writes, `proof verify` makes again; a changed fact is noticed."""
    decide([*DY, *FREE], "--on", "2025-08-15", "--json")
    text = capsys.readouterr().out
    path = tmp_path / "answer.json"
    path.write_text(text)
    assert main(["proof", "verify", str(path)]) == 0
    assert main(["proof", "show", str(path)]) == 0
    path.write_text(text.replace('"value": "DE"', '"value": "US"'))
    capsys.readouterr()
    assert main(["proof", "verify", str(path)]) == 1
    assert "stated hash" in capsys.readouterr().out


def test_language_never_changes_the_hash(capsys: pytest.CaptureFixture[str]) -> None:
    """EN and ZH: the same hash, other words."""
    printed = {}
    for lang in ("en", "zh", "ja"):
        decide([*DY, *FREE], "--on", "2025-08-15", "--lang", lang)
        printed[lang] = capsys.readouterr().out
    hashes = {re.search(r"\b[0-9a-f]{64}\b", text)[0] for text in printed.values()}  # type: ignore[index]
    assert len(hashes) == 1
    assert "须许可" in printed["zh"]
    assert "事前の許可" in printed["ja"]


def test_cases_run_prints_the_list_that_was_promised(capsys: pytest.CaptureFixture[str]) -> None:
    """A list of {id, expected, finding, outcome, agree, differences}."""
    assert main(["cases", "run", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) >= 47
    assert all(set(row) == {"id", "expected", "finding", "outcome", "agree", "differences"} for row in rows)


def test_a_differing_case_gives_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A worked case that does not hold is named."""
    path = tmp_path / "cases.yaml"
    path.write_text(
        "cases:\n- id: x\n  date: 2025-08-15\n  facts: {act: goods}\n  expected: {finding: prohibited, outcome: STOP}\n"
    )
    assert main(["cases", "run", str(path)]) == 1
    assert "DIFFERS x" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["rules", "list"],
        ["rules", "show", "18/2025"],
        ["rules", "show", "a62-7", "--lang", "zh"],
        ["rules", "status", "--on", "2026-11-24"],
        ["rules", "calendar", "--on", "2026-09-29"],
        ["rules", "check"],
        ["facts", "form"],
        ["facts"],
        ["data", "list"],
        ["data", "show", "prices", "--limit", "1"],
        ["data", "check", "--on", "2026-11-24"],
    ],
)
def test_verbs_that_look(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each prints something and succeeds."""
    assert main(words) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "words",
    [["rules", "show", "a19-1c905"], ["facts", "forms"], ["data", "show", "price"], ["cases", "run", "none.yaml"]],
)
def test_wrong_names_are_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with what to do next."""
    assert main(words) == 2
    assert "next:" in capsys.readouterr().err


def test_errors_follow_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    """The code and the nearest names stay; what is wrong and what to do are in Chinese."""
    words = ["decide", "--fact", "act=good", "--on", "2025-08-15"]
    assert main(words) == main([*words, "--lang", "zh"]) == main([*words, "--lang=zh"]) == 2
    english, *chinese = capsys.readouterr().err.split("facts: act: FACT-VALUE: ")[1:]
    assert "nearest: goods" in english
    assert set(chinese) == {chinese[0]}
    assert "“good”不是“交易类型”的有效值\n    最接近：goods\n    下一步：" in chinese[0]


def test_help_imports_neither_the_packs_nor_polars() -> None:
    """What keeps help quick."""
    code = "import sys; from coercivity.cli.app import main; main(['--help']); print([m for m in sys.modules if m.startswith(('polars', 'coercivity.law', 'pydantic'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_deciding_does_not_import_polars() -> None:
    """The tables engine belongs to batches."""
    code = "import sys; from coercivity.cli.app import main; main(['decide', '--on', '2025-08-15', '--fact', 'act=goods']); print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")


@pytest.mark.parametrize(
    ("beside", "named"),
    [
        (["--fact", "to=US"], "--fact"),
        (["--standing", "military_use=true"], "--standing"),
        (["--said-by", "me"], "--said-by"),
        (["--fact", "to=US", "--standing", "notice=true"], "--fact and --standing"),
    ],
)
def test_facts_beside_a_file_are_refused(
    tmp_path: Path, beside: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They would change no deal of the file, so that the answer would be to another question."""
    path = tmp_path / "deals.yaml"
    path.write_text("deals:\n- id: a\n  on: 2025-04-03\n  facts: {act: goods}\n")
    assert main(["decide", str(path), *beside]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "FACT-FILE" in printed.err
    assert named in printed.err


@pytest.mark.parametrize("name", ["cases", "deals"])
def test_a_file_without_deals_is_no_answer(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty list must not read as PROCEED."""
    path = tmp_path / "deals.yaml"
    path.write_text(f"{name}: []\n")
    assert main(["decide", str(path)]) == 2
    assert "CASE-FORM" in capsys.readouterr().err


@pytest.mark.parametrize("assume", ["62=lapsed,62/2025=extended:2027-01-10", "62=extended:2026-11-01"])
def test_an_assumption_that_contradicts_itself_is_refused(
    tmp_path: Path, assume: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named twice, or extended to a day before its end, on every verb that takes it."""
    assert decide(DY, "--on", "2026-11-24", "--assume", assume) == 2
    assert main(["rules", "status", "--on", "2026-11-24", "--assume", assume]) == 2
    example = str(ROOT / "examples" / "magnet-jv")
    assert main(["brief", example, "--on", "2026-11-24", "--out", str(tmp_path / "out"), "--assume", assume]) == 2
    assert not (tmp_path / "out").exists()
    assert capsys.readouterr().err.count("ASSUME") == 3


def test_a_contradiction_is_the_failure_of_its_own_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`cases run` goes on with the others; `decide` refuses the file."""
    path = tmp_path / "cases.yaml"
    path.write_text(
        """
standing: worked_cases
cases:
- id: odd
  date: '2025-08-15'
  facts: {act: goods, form: target, target_system: Dy, elements: [Nd], from: CN, to: DE}
  expected: {finding: licence_required, outcome: LICENCE}
- id: fine
  date: '2025-08-15'
  facts: {act: goods, form: oxide, elements: [Dy], from: CN, to: DE}
  expected: {finding: licence_required, outcome: LICENCE}
""",
        encoding="utf-8",
    )
    assert main(["cases", "run", str(path), "--json"]) == 1
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["odd"]["outcome"] == ""
    assert "not decided" in rows["odd"]["differences"][0]
    assert rows["fine"]["agree"]
    assert main(["decide", str(path)]) == 2
    assert "FACT-CONFLICT" in capsys.readouterr().err


def test_a_misspelt_key_of_what_a_case_expects_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise what it says would be lost."""
    path = tmp_path / "cases.yaml"
    facts = "{act: goods, form: oxide, elements: [Dy], from: CN, to: DE}"
    path.write_text(f"cases:\n- id: a\n  date: '2025-08-15'\n  facts: {facts}\n  expected: {{outcom: LICENCE}}\n")
    assert main(["cases", "run", str(path)]) == 2
    printed = capsys.readouterr().err
    assert "KEY-UNKNOWN" in printed
    assert "outcome" in printed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rules", "status"], ["`rules status` needs a date", "next: add --on YYYY-MM-DD"]),
        (["rules", "status", "--on", "2026-01-01", "62/2025"], ["`rules status` does not take: 62/2025", "--help"]),
        (["rules", "show"], ["`rules show` needs NAME"]),
        (["decide", str(ROOT / "examples")], ["FILE-MISSING: this is a folder", "coercivity brief DIR"]),
    ],
)
def test_errors_of_the_command_line_say_what_to_do(
    words: list[str], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    error = capsys.readouterr().err
    assert all(part in error for part in told), error
