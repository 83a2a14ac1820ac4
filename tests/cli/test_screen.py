"""`coercivity screen` and `judge`: verdict first, both names marked, exit codes, formats, decisions by number."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from coercivity.base.words import steers
from coercivity.cli import out
from coercivity.cli.app import main
from coercivity.cli.commands.parties.screen import CODES

LISTED, TYPED, FREE = "Lockheed Martin Corp.", "Lokheed Martin Corp.", "Muster Magnettechnik GmbH"
SIGNED = ["--by", "export desk", "--why", "another register number"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three rows about one name, one that is free, and one without a name."""
    path = tmp_path / "suppliers.csv"
    path.write_text(f"no,supplier\n1,{TYPED}\n2,{FREE}\n3,{TYPED.upper()}\n4,\n5,{TYPED}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([FREE], 0),
        ([FREE, TYPED], 30),
        ([TYPED, LISTED], 20),
        ([FREE, ""], 2),
        ([LISTED, ""], 22),
        ([TYPED, ""], 32),
        (["tbc"], 30),
    ],
)
def test_the_exit_code_is_that_of_the_gravest_verdict(names: list[str], code: int) -> None:
    """And 2 more if a name could not be screened."""
    assert main(["screen", *names]) == code
    assert set(CODES.values()) == {0, 2, 20, 30}


def test_a_name_is_told_with_verdict_reasons_and_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Verdict first; the list with its day; in both languages."""
    main(["screen", TYPED])
    told = capsys.readouterr().out
    lines = told.splitlines()
    assert lines[2] == f"POSSIBLE MATCH · name 1   {TYPED}"
    assert "as listed         " in told
    assert "spelling differs" in told
    assert "as of 20" in told
    main(["screen", TYPED, "--lang", "zh"])
    told = capsys.readouterr().out
    assert "疑似匹配" in told
    assert "所用名单" in told


def test_a_part_that_differs_stands_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Inverted on a terminal, in brackets elsewhere, and what a user typed never steers the terminal."""
    line = [("Lo", False), ("c", True), ("\x1b[31mkheed", False), ("", True)]
    out.put_styled(line)
    assert capsys.readouterr().out == "Lo[c]?[31mkheed\n"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    out.put_styled(line)
    assert capsys.readouterr().out == "Lo\x1b[7mc\x1b[27m?[31mkheed\n"
    monkeypatch.setenv("NO_COLOR", "1")
    out.put_styled(line)
    assert capsys.readouterr().out == "Lo[c]?[31mkheed\n"


def test_what_names_hold_cannot_control_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, marks that turn the direction of writing, line breaks; in every format."""
    path = tmp_path / "names.txt"
    path.write_text(f"\x1b[31m{TYPED}\n\u202e{TYPED}\n=1+1\n", encoding="utf-8")
    for form in ("text", "json", "jsonl", "csv", "ftm"):
        assert main(["screen", str(path), "--format", form]) == 30
        found = capsys.readouterr()
        assert not [sign for sign in found.out + found.err if steers(sign) and sign != "\n"]


def test_a_file_is_told_by_pairs_and_every_format_has_every_row(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The pair that clears most comes first; rows with errors are named."""
    assert main(["screen", str(table)]) == 32
    told = capsys.readouterr().out
    assert "5 names: match 0   possible match 3   input error 1   no match 1" in told
    assert "INPUT ERROR · row 4" in told
    assert "  3 rows · POSSIBLE MATCH · 1, 3, 5" in told
    assert main(["screen", str(table), "--format", "jsonl"]) == 32
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [
        ("1", "possible"), ("2", "none"), ("3", "possible"), ("4", "error"), ("5", "possible"),
    ]  # fmt: skip
    main(["screen", str(table), "--format", "csv"])
    assert {line["id"] for line in csv.DictReader(io.StringIO(capsys.readouterr().out))} == set("12345")
    main(["screen", str(table), "--format", "json"])
    assert json.loads(capsys.readouterr().out)["counts"] == {"match": 0, "possible": 3, "error": 1, "none": 1}


def test_a_row_that_is_a_question_without_a_pair_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A placeholder and an unreadable name are counted as possible, so they are shown; a long cell is cut."""
    path = tmp_path / "names.txt"
    path.write_text(f"tbc\nМустер\n{'x' * 5_000}\n", encoding="utf-8")
    assert main(["screen", str(path)]) == 32
    told = capsys.readouterr().out
    assert "POSSIBLE MATCH · line 1   tbc" in told
    assert "POSSIBLE MATCH · line 2   Мустер" in told
    assert "INPUT ERROR · line 3   xxx" in told
    assert max(map(len, told.splitlines())) < 300


def test_a_file_is_written_whole(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the format of its name."""
    path = tmp_path / "out.csv"
    assert main(["screen", str(table), "--out", str(path)]) == 32
    assert "written: " in capsys.readouterr().out
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert main(["screen", str(table), "--out", str(tmp_path / "out.doc")]) == 2


def test_a_decision_clears_its_rows_is_shown_and_undone(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By number, with the count; the history by id; undone from the file alone."""
    file = ["--judgements", str(tmp_path / "judgements.jsonl")]
    main(["screen", str(table), "--format", "json"])
    pairs = json.loads(capsys.readouterr().out)["pairs"]
    numbers = [str(one["number"]) for one in pairs]
    assert main(["judge", *numbers, "--says", "different", "--of", str(table), *file, *SIGNED]) == 0
    assert "settles 3 rows" in capsys.readouterr().out
    assert main(["screen", str(table), *file]) == 2
    assert "0 pairs to decide" in capsys.readouterr().out
    assert main(["judge", pairs[0]["pair"], *file, "--json"]) == 0
    (history,) = json.loads(capsys.readouterr().out)
    assert (history["pair"], history["stands"]) == (pairs[0]["pair"], "different")
    undone = ["--says", "withdrawn", "--by", "export desk", "--why", "decided too early"]
    assert main(["judge", pairs[0]["pair"], *undone, *file]) == 0
    assert main(["screen", str(table), *file]) == 32
    capsys.readouterr()
    assert main(["judge", *file, "--lang", "zh"]) == 0
    assert "已撤回" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["screen", "none.csv"], "none.csv"),
        (["screen", FREE, "--column", "a=name"], "applies to a file"),
        (["screen", "{table}", "--country", "DE"], "applies to names, not to a file"),
        (["screen", "{table}", FREE], "is a file"),
        (["screen", "{table}", "--column", "suplier=name"], "nearest: supplier"),
        (["screen", "{table}", "--column", "supplier"], "is not a column with its role"),
        (["screen", FREE, "--country", "Germanyy"], "not a known country"),
        (["screen", FREE, "--on", "2026-02-30"], "does not exist"),
        (["judge", "1", "--of", FREE], "add --judgements FILE"),
        (["judge", "1", "--says", "same", "--judgements", "j.jsonl", *SIGNED], "add --of with"),
        (["judge", "9", "--says", "same", "--of", TYPED, "--judgements", "j.jsonl", *SIGNED], "there is no pair"),
        (["judge", "1", "--of", TYPED, "--judgements", "j.jsonl"], "no judgement is recorded"),
        (["judge", "abc", "--judgements", "j.jsonl"], "was never judged"),
    ],
)
def test_what_does_not_fit_is_told(
    words: list[str], told: str, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """With the next step, and exit code 2; nothing is written."""
    monkeypatch.chdir(tmp_path)
    code = main([word.format(table=table) for word in words])
    found = capsys.readouterr()
    assert told in found.out + found.err
    assert code == (0 if "recorded" in told else 2)
    assert not (tmp_path / "j.jsonl").exists()


def test_lists_judgements_and_ownership_reach_every_command_that_decides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list that cannot be read is an error at each, so each reads it."""
    bad = tmp_path / "own.csv"
    bad.write_text("x\n1\n", encoding="utf-8")
    deals = tmp_path / "deals.csv"
    deals.write_text("id,material,from,to,date\na,ferrite magnets,CN,DE,2026-03-02\n", encoding="utf-8")
    out_folder = str(tmp_path / "out")
    commands = [
        ["decide", "--fact", "act=goods", "--on", "2026-03-02"],
        ["batch", str(deals), "--out", out_folder],
        ["brief", str(tmp_path), "--on", "2026-03-02", "--out", out_folder],
        ["replay", str(deals)],
        ["rules", "diff", "2026-03-02", "2026-12-02", "--deals", str(deals)],
        ["survive", str(tmp_path), "--on", "2026-03-02"],
        ["cases", "run", str(deals)],
        ["screen", FREE],
    ]
    for command in commands:
        for option in ("--list", "--ownership"):
            assert main([*command, option, str(bad)]) == 2, command
            assert "own.csv" in capsys.readouterr().err, command
        bad_lines = tmp_path / "judgements.jsonl"
        bad_lines.write_text("no json\n", encoding="utf-8")
        assert main([*command, "--judgements", str(bad_lines)]) == 2, command
        assert "JUDGE-LINE" in capsys.readouterr().err, command


@pytest.mark.parametrize("out", ["names.csv", "own.csv", "judgements.jsonl", "link.csv"])
def test_the_result_replaces_no_file_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    """Neither the names, nor a list, nor the judgements, nor one of them by another name."""
    monkeypatch.chdir(tmp_path)
    Path("names.csv").write_text("name\nExample Works\n")
    Path("own.csv").write_text("id,name\ne-1,Example Works\n")
    Path("judgements.jsonl").write_text("")
    Path("link.csv").symlink_to("names.csv")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    files = ["--list", "own.csv", "--judgements", "judgements.jsonl"]
    assert main(["screen", "names.csv", *files, "--out", out]) == 2
    assert "OUT: it is read by this run" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_only_judge_takes_a_file_of_judgements_that_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "judgements.jsonl"
    held = ["--judgements", str(path)]
    assert main(["screen", TYPED, *held]) == 2
    assert "FILE-MISSING" in capsys.readouterr().err
    assert not path.exists()
    assert main(["judge", "1", "--of", TYPED, "--says", "different", *SIGNED, *held]) == 0
    assert main(["screen", TYPED, *held]) == 0


def test_chinese_output_is_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reasons and errors of the table, places, and the marks between words."""
    main(["screen", TYPED, "", "--lang", "zh", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (rows[0]["place"], rows[0]["reason"]) == ("第1个名称", "个别字不同")
    assert not any(sign in rows[-1]["error"] for sign in (": ", "is blank"))
    path = tmp_path / "judgements.jsonl"
    main(["judge", "1", "--of", TYPED, "--says", "unsure", *SIGNED, "--judgements", str(path)])
    capsys.readouterr()
    about = ["--country", "GB", "--on", "2026-06-01"]
    main(["screen", TYPED, *about, "--lang", "zh", "--judgements", str(path)])
    told = capsys.readouterr().out
    assert "name 1" not in told
    assert not [line for line in told.splitlines() if ": " in line or ", " in line or " (" in line]


def test_signs_that_turn_the_text_are_called_by_their_name(capsys: pytest.CaptureFixture[str]) -> None:
    main(["screen", "Muster\u202e Magnettechnik GmbH"])
    told = capsys.readouterr().out
    assert "control characters that change the direction of writing" in told
    assert "script" not in told
    main(["screen", "Мускат\u202e GmbH", "--format", "jsonl"])
    assert "letters of a script" in capsys.readouterr().out
