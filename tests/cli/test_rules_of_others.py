"""`rules --jurisdiction`: instruments, statuses, dates and coverage of other jurisdictions; China as it is without it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coercivity.cli.app import main

EVERY = "US,EU,JP,VN,MY,IN,CN"


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """What a command prints."""
    capsys.readouterr()
    assert main(list(words)) == code
    return capsys.readouterr().out


def test_the_instruments_of_a_jurisdiction_are_listed_with_source_and_scenarios(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Below its code and name, in the order asked."""
    text = told(capsys, "rules", "list", "--jurisdiction", "EU,US")
    assert text.index("[EU] European Union") < text.index("[US] United States")
    line = next(line for line in text.split("\n") if line.startswith("  us-dfars-252-225-7052"))
    assert "official text" in line
    assert "depends on us_widening_2027, us_reach_2027" in text
    assert "mofcom" not in text


def test_china_asked_for_has_its_own_rules_and_its_answers_to_foreign_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """The rows of its own rulebook are those that the command gives without the option."""
    rows = json.loads(told(capsys, "rules", "list", "--jurisdiction", "CN", "--json"))
    alone = json.loads(told(capsys, "rules", "list", "--json"))
    own = [{key: row[key] for key in alone[0]} for row in rows if row["jurisdiction"] == "CN"]
    assert own == alone
    foreign = {row["id"]: row["grade"] for row in rows if row["jurisdiction"] == "CN-foreign-rules"}
    assert foreign == {"cn-mof-2026-10": "official_copy", "cn-sc-834-2026": "law_firm", "cn-sc-835-2026": "law_firm"}


def test_a_clause_is_shown_with_jurisdiction_source_and_what_may_become_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With every value of the scenario that it reads."""
    text = told(capsys, "rules", "show", "d7052-ndfeb-2027", "--jurisdiction", "CN,US")
    assert text.startswith("[US] United States\n")
    assert "source: official text" in text
    assert "scenario: US widening of 2027 [us_widening_2027]; read by: d7052-ndfeb-2027" in text
    for value in ("as_written", "repealed", "deferred"):
        assert f"    {value}: " in text


def test_a_chinese_page_is_chinese_up_to_the_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """Names of instruments and addresses apart; the reading is in English and says so, as for China."""
    head, line, _ = told(
        capsys, "rules", "show", "us-dfars-252-225-7052", "--jurisdiction", "US", "--lang", "zh"
    ).partition("以下解读仅有英文：")
    assert line
    assert "资料来源：官方文本" in head
    assert "附注：该句列有铁和硼，也须一并查明。" in head
    own = [line for line in head.split("\n")[2:] if "://" not in line]
    words = set(re.findall(r"(?<![\w\[])[A-Za-z]{3,}\b", re.sub(r"\[[^]]*\]|d7052-[\w-]+", "", "\n".join(own))))
    assert words <= {"as_written", "repealed", "deferred", "clause_text", "iii"}


def test_a_name_that_no_jurisdiction_has_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """Of all jurisdictions asked."""
    capsys.readouterr()
    assert main(["rules", "show", "d7052-ndfeb-20", "--jurisdiction", "CN,US"]) == 2
    assert "nearest: d7052-ndfeb-2027" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["list"], ["show", "bis50"], ["status", "--on", "2027-01-05"], ["calendar", "--on", "2026-12-01"],
        ["diff", "2026-12-20", "2027-01-05"], ["check"], ["coverage"],
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_jurisdiction_that_does_not_exist_is_an_error_with_the_nearest(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """All of them at once."""
    capsys.readouterr()
    assert main(["rules", *words, "--jurisdiction", "UX,EV"]) == 2
    wrong = capsys.readouterr().err
    assert "JURISDICTION: jurisdiction 'UX' not found\n    nearest: US" in wrong
    assert "jurisdiction 'EV' not found" in wrong


def test_a_rulebook_or_a_notice_that_would_have_no_effect_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A pack of one's own is of one jurisdiction."""
    capsys.readouterr()
    assert main(["rules", "list", "--jurisdiction", "US", "--pack", str(tmp_path)]) == 2
    assert "a rulebook of your own is of one jurisdiction" in capsys.readouterr().err


def test_the_status_says_on_which_scenario_a_clause_depends(capsys: pytest.CaptureFixture[str]) -> None:
    """And an assumption reaches the jurisdiction that it is about."""
    text = told(capsys, "rules", "status", "--on", "2027-01-05", "--jurisdiction", "US")
    assert re.search(r"d7052-ndfeb-2027 +in force .*depends on us_widening_2027", text)
    assert re.search(r"bis50 +status unconfirmed from 2026-11-10", text)
    assumed = told(
        capsys,
        "rules",
        "status",
        "--on",
        "2027-01-05",
        "--jurisdiction",
        "CN,US",
        "--assume",
        "us-bis-affiliates=lapsed",
    )
    assert re.search(r"bis50 +in force", assumed)


def test_a_scenario_assumed_for_a_status_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """It changes none, and would be ignored."""
    words = ["--on", "2027-01-05", "--jurisdiction", "US", "--assume", "us_widening_2027=as_written"]
    capsys.readouterr()
    assert main(["rules", "status", *words]) == 2
    assert "scenario 'us_widening_2027' changes no status" in capsys.readouterr().err


def test_two_days_are_compared_and_deals_are_for_china_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole chain begins between them."""
    text = told(capsys, "rules", "diff", "2026-12-20", "2027-01-05", "--jurisdiction", "US,JP")
    assert re.search(r"d7052-ndfeb-2027 .*not yet in force -> in force", text)
    assert "[JP] Japan\n  no clause differs" in text
    words = ["2026-12-20", "2027-01-05", "--jurisdiction", "US", "--deals", "deals.csv"]
    capsys.readouterr()
    assert main(["rules", "diff", *words]) == 2
    assert "--deals cannot be combined with several jurisdictions" in capsys.readouterr().err


def test_the_calendar_of_several_jurisdictions_is_one_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each date under its jurisdiction."""
    ics = tmp_path / "days.ics"
    text = told(
        capsys,
        "rules",
        "calendar",
        "--on",
        "2026-12-01",
        "--jurisdiction",
        "US,EU",
        "--to",
        "2027-02-01",
        "--ics",
        str(ics),
    )
    assert "2027-01-01  in   31 days  DFARS 252.225-7052" in text
    rows = [line for line in text.split("\n") if line.startswith("  2")]
    assert ics.read_text(encoding="utf-8").count("BEGIN:VEVENT") == len(rows)


def test_every_rulebook_passes_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    """Without that on China, which has its own test."""
    text = told(capsys, "rules", "check", "--jurisdiction", "US,EU,JP,VN,MY,IN")
    assert text.count("; 0 errors") == 6


def test_the_coverage_counts_how_each_clause_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Decree 834 was reported and is open; of what China controls itself, the rows are by instrument too."""
    rows = json.loads(told(capsys, "rules", "coverage", "--jurisdiction", "CN", "--format", "json"))
    decree = next(row for row in rows if row["instrument_id"] == "cn-sc-834-2026")
    assert (decree["jurisdiction"], decree["read"], decree["reported"]) == ("CN-foreign-rules", 0, 2)
    assert decree["undetermined"] == ["d834-13", "d834-15"]


def test_the_page_on_their_coverage_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/coverage-abroad.md is what `make docs` writes; run it after a change of the rulebook."""
    from tests.places import ROOT

    page = told(capsys, "rules", "coverage", "--jurisdiction", EVERY, "--format", "markdown")
    assert page == (ROOT / "docs" / "coverage-abroad.md").read_text(encoding="utf-8")
