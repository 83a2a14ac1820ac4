"""User input is shown but never interpreted: no escape sequence, line end or direction mark reaches the terminal."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from coercivity.base.words import steers
from coercivity.cli.app import main
from coercivity.cli.out import put_json
from tests.places import ROOT

CLI = ROOT / "src" / "coercivity" / "cli"
HOSTILE = r"x\e[31m\e]0;t\a\u202E\u2066\r\n  STOP\u0085\u200By"
TYPED = "x\x1b[31m\x1b]0;t\x07\u202e\u2066\r\n  STOP\x85\u200by"


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """Everything printed; nothing in it steers."""
    found = capsys.readouterr()
    text = found.out + found.err
    assert text.strip()
    assert not [sign for sign in text if steers(sign) and sign != "\n"]
    assert "\n  STOP" not in text
    return text


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """A deal whose id, title and consignee are hostile."""
    path = tmp_path / "deals.yaml"
    path.write_text(
        f'deals:\n- id: "{HOSTILE}"\n  title: "{HOSTILE}"\n  on: 2025-08-15\n  facts: {{act: goods, consignee: "{HOSTILE}"}}\n',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("more", [[], ["--explain"], ["--lang", "zh"], ["--json"]])
def test_ids_and_titles_of_deals(deals: Path, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """As text, with the proof, and as JSON."""
    main(["decide", str(deals), *more])
    assert "[31m" in printed(capsys)


def test_json_says_the_same_with_its_escapes(deals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reader of the JSON gets what was typed."""
    main(["decide", str(deals), "--json"])
    assert json.loads(printed(capsys))[0]["title"] == TYPED
    put_json(["\U000e0041", "\ud800", "\x7f", "中"])
    text = printed(capsys)
    assert json.loads(text) == ["\U000e0041", "\ud800", "\x7f", "中"]
    assert "中" in text


def test_worked_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids, titles and differences."""
    path = tmp_path / "cases.yaml"
    path.write_text(
        f'cases:\n- id: "{HOSTILE}"\n  title: "{HOSTILE}"\n  date: 2025-08-15\n  facts: {{act: goods}}\n  expected: {{outcome: STOP}}\n'
    )
    main(["cases", "run", str(path)])
    assert "DIFFERS" in printed(capsys)


@pytest.mark.parametrize(
    "entry",
    [
        'id: "{0}"\n  date: "{0}"',
        'id: "{0}"\n  facts: {{"{0}": 1}}',
        'id: "{0}"\n  facts: {{to: "{0}", form: "{0}", elements: "{0}", oxygen_content: "{0}", cas_number: "{0}"}}',
        'id: "{0}"\n- id: "{0}"',
        'id: "{0}"\n  fact: "{0}"\n  standing: {{"{0}": 1}}',
        'id: "{0}"\n  expected: {{outcome: "{0}", yes: ["{0}"]}}',
        'id: "{0}"\n  expected: "{0}"',
    ],
)
def test_error_messages(tmp_path: Path, entry: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is wrong, the message quotes it in plain signs."""
    path = tmp_path / "cases.yaml"
    path.write_text(f"cases:\n- {entry.format(HOSTILE)}\n")
    assert main(["cases", "run", str(path)]) == 2
    printed(capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["decide", "--fact", TYPED],
        ["decide", "--fact", f"form={TYPED}"],
        ["decide", "--fact", f"{TYPED}=1"],
        ["decide", "--on", TYPED],
        ["decide", "--assume", f"{TYPED}=lapsed"],
        ["decide", "--assume", f"62={TYPED}"],
        ["decide", f"{TYPED}.yaml"],
        ["decide", "--pack", TYPED],
        ["rules", "show", TYPED],
        ["facts", TYPED],
        ["data", "show", TYPED],
        ["data", "show", "prices", "--where", f"{TYPED}=1"],
        ["brief", TYPED, "--on", "2026-11-24", "--out", TYPED],
        ["proof", "show", TYPED],
    ],
)
def test_arguments(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is typed wrongly comes back as text."""
    assert main(words) == 2
    printed(capsys)


def test_arguments_that_the_command_line_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    """The library's own message too; its line ends are its own."""
    assert main(["decide", "--lang", TYPED.replace("\n", ""), f"--{TYPED.replace(chr(10), '')}"]) == 2
    printed(capsys)


def test_proofs_of_others(deals: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A proof is a file that somebody sent."""
    main(["decide", str(deals), "--json"])
    proof = json.loads(capsys.readouterr().out)[0]["proof"]
    proof["outcome"] = proof["facts"][0]["said_by"] = TYPED
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof))
    assert main(["proof", "show", str(path)]) == 0
    assert main(["proof", "verify", str(path)]) == 1
    printed(capsys)


def test_an_instrument_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Titles of an overlay."""
    path = tmp_path / "own.yaml"
    path.write_text(
        f'id: own-1\ntype: announcement\nissuer: [X]\nnumber: "2026/999"\ntitle_en: "{HOSTILE}"\nsummary: {{en: "{HOSTILE}"}}\npublished: 2026-01-01\n'
    )
    main(["rules", "show", "own-1", "--overlay", str(path)])
    main(["rules", "list", "--overlay", str(path)])
    assert "[31m" in printed(capsys)


def test_everything_leaves_by_one_door() -> None:
    """Only `out.py` prints, and the progress bar, which shows no text of a user."""
    doors = {"out.py", "progress.py"}
    for path in CLI.rglob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        names = {call.id for call in calls if isinstance(call, ast.Name)}
        assert "print" not in names or path.name in doors, path
