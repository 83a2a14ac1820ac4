"""`coercivity rules vouch`: the file it writes, the faults it tells, and every command that takes the file."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.days import ONE_DAY
from coercivity.cli.app import main
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.cases import packed_standing_block

CHECK = load_rulebook().verified_through
LATER = (CHECK + 20 * ONE_DAY).isoformat()
NOTE = "announcements on the website of MOFCOM"
SIGNED = ["--by", "export desk", "--note", NOTE, "--signed-on", LATER]
FACTS = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}
STANDING = {"standing": packed_standing_block()}
DEALS = json.dumps({**STANDING, "deals": [{"id": "a", "on": LATER, "facts": FACTS}]})


@pytest.fixture
def statement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The file of a statement through three weeks after the last check."""
    path = tmp_path / "looked.yaml"
    assert main(["rules", "vouch", "--through", LATER, *SIGNED, "--out", str(path)]) == 0
    capsys.readouterr()
    return path


def decided(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    main(["decide", *arguments, "--json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found[0]


def test_it_says_who_looked_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = CHECK + 20 * ONE_DAY
    for lang, told in (
        ("en", f"Rules checked through {day.day} {day:%B} {day.year} by export desk (signed {day.day} {day:%B} "),
        ("zh", f"规则由export desk核查至{day.year}年{day.month}月{day.day}日（签署日期：{day.year}年"),
    ):
        out = tmp_path / f"{lang}.yaml"
        assert main(["rules", "vouch", "--through", LATER, *SIGNED, "--out", str(out), "--lang", lang]) == 0
        printed = capsys.readouterr().out
        assert told in printed
        assert out.as_posix() in printed
    assert (tmp_path / "en.yaml").read_bytes() == (tmp_path / "zh.yaml").read_bytes()


def test_it_is_named_after_the_statement_and_signed_today(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["rules", "vouch", "--through", "today", "--by", "export desk", "--note", NOTE]) == 0
    (path,) = tmp_path.iterdir()
    today = dt.date.today().isoformat()
    assert path.name.startswith(f"vouch-{today}-")
    assert f"signed_on: '{today}'" in path.read_text(encoding="utf-8")
    assert f"id: {path.stem}\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--by", "n/a"], "--by: VOUCH-NAME"),
        (["--by", "me?"], "--by: VOUCH-NAME"),
        (["--by", " "], "--by: VOUCH-NAME"),
        (["--note", "tbd"], "--note: VOUCH-NOTE"),
        (["--through", "2026-13-01"], "--through: DATE"),
        (["--signed-on", "yesterday"], "--signed-on: DATE"),
        (["--signed-on", "2199-01-01"], "--signed-on: VOUCH-FUTURE"),
        (["--signed-on", CHECK.isoformat()], "--through: VOUCH-FUTURE"),
        (["--through", (CHECK - ONE_DAY).isoformat()], "--through: VOUCH-PAST"),
    ],
)
def test_bad_input_is_refused_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """Exit code 2, the option at fault, and what to do."""
    given = dict(zip(SIGNED[::2], SIGNED[1::2], strict=True)) | {"--through": LATER}
    given |= {arguments[0]: arguments[1]}
    words = [word for pair in given.items() for word in pair]
    out = tmp_path / "x.yaml"
    assert main(["rules", "vouch", *words, "--out", str(out)]) == 2
    printed = capsys.readouterr().err
    assert told in printed
    assert "next: " in printed
    assert not out.exists()


def test_all_faults_are_told_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["--through", "2199-01-01", "--by", "me", "--note", "", "--signed-on", LATER]
    assert main(["rules", "vouch", *words, "--out", str(tmp_path / "x.yaml")]) == 2
    printed = capsys.readouterr().err
    assert [code for code in ("VOUCH-NAME", "VOUCH-NOTE", "VOUCH-FUTURE") if code not in printed] == []


def test_a_signed_statement_is_not_overwritten_by_another(statement: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same one may be written again."""
    assert main(["rules", "vouch", "--through", LATER, *SIGNED, "--out", str(statement)]) == 0
    other = ["--by", "legal department", *SIGNED[2:]]
    assert main(["rules", "vouch", "--through", LATER, *other, "--out", str(statement)]) == 2
    assert "OUT" in capsys.readouterr().err
    assert "export desk" in statement.read_text(encoding="utf-8")


def test_decide_and_proofs(statement: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """PROCEED with the file, and the statement in the proof, which is verified with the file only."""
    deals = tmp_path / "deals.yaml"
    deals.write_text(DEALS, encoding="utf-8")
    bare, made = decided(capsys, str(deals)), decided(capsys, str(deals), "--overlay", str(statement))
    assert (bare["outcome"], made["outcome"]) == ("UNKNOWN", "PROCEED")
    assert [why["cause"] for why in bare["unknown_because"]] == ["check"]
    assert "coercivity rules vouch" in bare["unknown_because"][0]["next"]["en"]
    assert made["proof"]["vouches"] == [{"by": "export desk", "note": NOTE, "signed_on": LATER, "through": LATER}]
    assert made["proof"]["verified_through"] == CHECK.isoformat()
    file = tmp_path / "made.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    assert main(["proof", "verify", str(file), "--overlay", str(statement)]) == 0
    assert main(["proof", "show", str(file), "--overlay", str(statement)]) == 0
    assert "by export desk (signed " in capsys.readouterr().out
    assert main(["proof", "verify", str(file)]) == 3
    assert "with --overlay" in capsys.readouterr().out
    forged = {**made["proof"], "vouches": [{**made["proof"]["vouches"][0], "by": "legal department"}]}
    file.write_text(json.dumps(forged), encoding="utf-8")
    assert main(["proof", "verify", str(file), "--overlay", str(statement)]) == 1


def test_a_batch_after_the_last_check(statement: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows that proceed before the last check proceed with the statement, with the hashes of single deals."""
    table, standing = tmp_path / "t.csv", tmp_path / "standing.yaml"
    days = (CHECK.isoformat(), LATER, (CHECK + 21 * ONE_DAY).isoformat())
    rows = [f"{n},magnet,ferrite,Sr 9 %,CN,DE,{day}" for n, day in enumerate(days)]
    table.write_text("id,form,magnet_type,composition,from,to,on\n" + "\n".join(rows) + "\n", encoding="utf-8")
    standing.write_text(json.dumps(STANDING), encoding="utf-8")
    words = ["batch", str(table), "--standing", str(standing)]
    outcomes: dict[str, list[str]] = {}
    for name, overlay in (("bare", []), ("with", ["--overlay", str(statement)])):
        out = tmp_path / name
        assert main([*words, "--out", str(out), *overlay]) in (0, 30)
        lines = (out / "decisions.csv").read_text(encoding="utf-8-sig").splitlines()
        place = lines[0].split(",").index("outcome")
        outcomes[name] = [line.split(",")[place] for line in lines[1:]]
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        printed = capsys.readouterr().out
        assert ("vouches" in summary, "by export desk (signed " in printed) == (bool(overlay), bool(overlay))
    assert outcomes["with"][0] == outcomes["bare"][0] == outcomes["with"][1]
    assert outcomes["bare"][1:] == ["UNKNOWN", "UNKNOWN"]
    assert outcomes["with"][2] == "UNKNOWN"


def test_a_report_names_who_looked(statement: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the summary, on both pages and in the report data, which is verified with the file."""
    words = ["brief", "examples/magnet-jv", "--on", LATER, "--no-supply", "--out", str(tmp_path / "out")]
    main([*words, "--overlay", str(statement)])
    assert "by export desk (signed " in capsys.readouterr().out
    report = json.loads((tmp_path / "out" / "brief.json").read_text(encoding="utf-8"))
    assert [held["by"] for held in report["vouches"]] == ["export desk"]
    for name, told in (("annex.html", "Rules checked through"), ("annex.zh.html", "规则由export desk核查至")):
        assert (tmp_path / "out" / name).read_text(encoding="utf-8").count(told) == 2
    file = str(tmp_path / "out" / "brief.json")
    assert main(["proof", "verify", file, "--overlay", str(statement)]) == 0


def test_the_dry_run_of_a_statement_changes_no_clause(
    statement: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deals = tmp_path / "deals.yaml"
    deals.write_text(DEALS, encoding="utf-8")
    assert main(["rules", "overlay", str(statement), "--deals", str(deals)]) == 0
    printed = capsys.readouterr().out
    assert "UNKNOWN" in printed
    assert "PROCEED" in printed
    assert "0 clauses change status" in printed
    assert main(["rules", "check", "--overlay", str(statement)]) == 0


def test_it_is_archived_with_the_rulebook(statement: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deals, packs = tmp_path / "deals.yaml", tmp_path / "packs"
    deals.write_text(DEALS, encoding="utf-8")
    made = decided(capsys, str(deals), "--overlay", str(statement))
    (tmp_path / "made.json").write_text(json.dumps(made), encoding="utf-8")
    assert main(["rules", "keep", "--pack-archive", str(packs), "--overlay", str(statement)]) == 0
    assert main(["proof", "verify", str(tmp_path / "made.json"), "--pack-archive", str(packs)]) == 0


def test_dates_compared_and_earlier_results_name_who_looked(
    statement: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deals = tmp_path / "deals.yaml"
    deals.write_text(DEALS, encoding="utf-8")
    for words in (
        ["replay", str(deals), "--on", LATER],
        ["rules", "diff", CHECK.isoformat(), LATER, "--deals", str(deals)],
    ):
        assert main([*words, "--overlay", str(statement)]) == 0
        assert capsys.readouterr().out.count("by export desk (signed ") == 1
        assert main(words) == 0
        assert "export desk" not in capsys.readouterr().out


def test_what_follows_the_check_is_not_called_ours(
    statement: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The day after it is unverified by the user, in the reasons and in the periods."""
    deals, after = tmp_path / "deals.yaml", (CHECK + 21 * ONE_DAY).isoformat()
    deals.write_text(DEALS, encoding="utf-8")
    told = {
        "en": (f"newer notices were looked for only through {LATER}, by export desk", "check stated by a user, "),
        "zh": ("export desk仅核查至", "为用户声明的核查日"),
    }
    for lang, texts in told.items():
        words = ["decide", str(deals), "--on", after, "--overlay", str(statement), "--windows", "--lang", lang]
        assert main(words) == 30
        printed = capsys.readouterr().out
        assert [text for text in texts if text not in printed] == []
        assert "our last check" not in printed
