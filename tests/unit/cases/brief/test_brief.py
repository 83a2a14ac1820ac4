"""The report as plain data: results of the examples on their dates, and rejection of invalid case folders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.days import ONE_DAY, parse_day
from coercivity.base.errors import CoercivityError
from coercivity.cases.brief.brief import Brief, make_brief
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import parse_assumption
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "magnet-jv"
DAYS = ("2025-10-20", "2026-03-02", "2026-11-10", "2026-11-24")

# id: outcomes on DAYS, as the clauses say; the reasons stand in the example's README.
EXPECTED = {
    "t01": "LICENCE STOP STOP LICENCE",
    "t02": "LICENCE STOP STOP LICENCE",
    "t03": "LICENCE UNKNOWN UNKNOWN UNKNOWN",
    "t04": "LICENCE UNKNOWN UNKNOWN UNKNOWN",
    "t05": "PROCEED PROCEED UNKNOWN UNKNOWN",
    "t06": "LICENCE PROCEED UNKNOWN UNKNOWN",
    "t07": "LICENCE PROCEED UNKNOWN UNKNOWN",
    "t08": "LICENCE PROCEED UNKNOWN UNKNOWN",
    "t09": "LICENCE PROCEED UNKNOWN UNKNOWN",
    "t10": "LICENCE PROCEED UNKNOWN UNKNOWN",
    "t11": "LICENCE PROCEED UNKNOWN UNKNOWN",
    "t12": "LICENCE STOP STOP LICENCE",
    "t13": "LICENCE UNKNOWN UNKNOWN UNKNOWN",
    "t14": "LICENCE UNKNOWN UNKNOWN UNKNOWN",
    "t15": "LICENCE PROCEED UNKNOWN UNKNOWN",
    "t16": "LICENCE LICENCE LICENCE LICENCE",
    "t17": "PROCEED PROCEED UNKNOWN UNKNOWN",
    "t18": "PROCEED PROCEED UNKNOWN UNKNOWN",
    "t19": "LICENCE LICENCE LICENCE LICENCE",
    "t20": "PROCEED PROCEED UNKNOWN UNKNOWN",
    "t21": "PROCEED PROCEED UNKNOWN UNKNOWN",
    "t22": "LICENCE STOP STOP STOP",
}


def brief_on(book: Rulebook, day: str, folder: Path = EXAMPLE) -> Brief:
    return make_brief(book, folder, parse_day(day))


def copy(folder: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, folder / "case"))


def faults_of(book: Rulebook, folder: Path) -> list[str]:
    with pytest.raises(CoercivityError) as caught:
        brief_on(book, "2026-03-02", folder)
    return [fault.code for fault in caught.value.faults]


@pytest.mark.parametrize("place", range(len(DAYS)), ids=DAYS)
def test_outcomes_of_the_example(book: Rulebook, place: int) -> None:
    found = {row.transaction.id: row.decision.outcome.value for row in brief_on(book, DAYS[place]).rows}
    assert found == {name: outcomes.split()[place] for name, outcomes in EXPECTED.items()}


def test_the_chart_agrees_with_the_decision(book: Rulebook) -> None:
    for day in DAYS:
        for row in brief_on(book, day).rows:
            assert (row.now.outcome, row.now.finding) == (row.decision.outcome, row.decision.finding)


def test_windows_cover_the_horizon_without_a_gap(book: Rulebook) -> None:
    brief = brief_on(book, "2026-11-24")
    for row in brief.rows:
        assert (row.windows[0].start, row.windows[-1].end) == (brief.start, brief.end)
        for before, after in zip(row.windows, row.windows[1:], strict=False):
            assert before.end + ONE_DAY == after.start


def test_windows_hold_day_by_day(book: Rulebook) -> None:
    brief = brief_on(book, "2026-11-24")
    for row in brief.rows[::3]:
        for window in row.windows:
            for day in {window.start, window.end}:
                again = decide(book, row.transaction.deal, day, known=brief.known)
                assert (again.outcome, again.finding) == (window.outcome, window.finding)


def test_each_branch_is_named(book: Rulebook) -> None:
    rows = {row.transaction.id: row for row in brief_on(book, "2026-11-24").rows}
    ways = {tuple(branch.picks.values()): branch.outcome for branch in rows["t02"].ways}
    assert ways == {("lapsed",): Outcome.LICENCE, ("extended",): Outcome.STOP}
    assert not rows["t19"].ways


def test_an_assumption_closes_the_branches(book: Rulebook) -> None:
    assume = {"mofcom-2025-62": parse_assumption("lapsed")}
    brief = make_brief(book, EXAMPLE, parse_day("2026-11-24"), assume=assume)
    row = next(row for row in brief.rows if row.transaction.id == "t02")
    assert (row.decision.outcome, row.decision.may_become, row.ways) == (Outcome.LICENCE, None, ())


def test_questions(book: Rulebook) -> None:
    rows = {row.transaction.id: row for row in brief_on(book, "2026-11-24").rows}
    asked = {name: row.question.fact for name, row in rows.items() if row.question}
    assert asked == {"t03": "process_stage", "t13": "technology_passes", "t14": "technology_origin"}


def test_pauses_are_told_only_where_they_matter(book: Rulebook) -> None:
    rows = {row.transaction.id: row for row in brief_on(book, "2026-11-24").rows}
    assert {pause.instrument_id for pause in rows["t06"].pauses} == {"mofcom-2025-62", "mofcom-gac-2025-56"}
    assert not rows["t19"].pauses


def test_the_planned_day_is_decided_beside_it(book: Rulebook) -> None:
    rows = {row.transaction.id: row for row in brief_on(book, "2026-03-02").rows}
    planned = rows["t06"].planned
    assert planned is not None
    assert (planned.decision.on, planned.decision.outcome) == (parse_day("2026-12-15"), Outcome.UNKNOWN)
    assert planned.hash != rows["t06"].proof["hash"]


def test_a_clause_that_is_to_come_and_fits_is_told_before_its_day(book: Rulebook) -> None:
    """56/2025 was published on 9 October 2025 for 8 November."""
    states = {state.instrument.id: state for state in brief_on(book, "2025-10-20").states}
    assert states["mofcom-gac-2025-56"].used_by == ("t06", "t07", "t08", "t10")


def test_the_day_of_the_end_names_the_other_reading(book: Rulebook) -> None:
    states = {state.instrument.id: state for state in brief_on(book, "2026-11-10").states}
    assert states["mofcom-2025-62"].state.other_reading is not None


def test_what_is_coming_is_sorted_and_counted(book: Rulebook) -> None:
    brief = brief_on(book, "2026-11-24")
    days = [coming.entry.day for coming in brief.coming]
    assert days == sorted(days)
    assert all(coming.days == (coming.entry.day - brief.on).days for coming in brief.coming)
    kinds = {(coming.entry.kind, coming.entry.instrument_id) for coming in brief.coming}
    assert ("pause_ends", "mofcom-2025-62") in kinds
    assert ("first_unverified", "pack") in kinds


def test_progress_is_told(book: Rulebook) -> None:
    told: list[tuple[int, int]] = []
    make_brief(book, EXAMPLE, parse_day("2026-03-02"), progress=lambda done, total: told.append((done, total)))
    assert told == [(n, 22) for n in range(1, 23)]


def test_no_folder(book: Rulebook, tmp_path: Path) -> None:
    assert faults_of(book, tmp_path / "nowhere") == ["CASE-FOLDER"]


def test_both_files_are_told(book: Rulebook, tmp_path: Path) -> None:
    assert faults_of(book, tmp_path) == ["FILE-MISSING", "FILE-MISSING"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: magnet-jv", "idd: magnet-jv", "KEY-UNKNOWN"),
        ("invented: 'true'\nlabel:", "invented: 'yes'\nlabel:", "VALUE"),
        ("label:\n", "labels:\n", "KEY-UNKNOWN"),
        ("horizon: {from: '2025-04-01'", "horizon: {from: '2028-04-01'", "HORIZON"),
        ("to: '2027-06-30'", "to: '2057-06-30'", "HORIZON"),
        ("to: '2027-06-30'", "to: '2027-06-31'", "VALUE"),
        ("country: DE", "country: Germany", "VALUE"),
        ("said_by:", "said:", "KEY-UNKNOWN"),
        ("notice: 'false'", "notice: 'perhaps'", "FACT-VALUE"),
        ("notice: 'false'", "notices: 'false'", "FACT-UNKNOWN"),
        ("id: magnet-jv", "id: &a magnet-jv", "YAML-ANCHOR"),
    ],
)
def test_bad_head(book: Rulebook, tmp_path: Path, old: str, new: str, code: str) -> None:
    folder = copy(tmp_path)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "case.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert code in faults_of(book, folder)


def test_a_brief_has_a_bound(book: Rulebook, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "transactions.csv").write_text(
        "id,act\n" + "".join(f"r{n},goods\n" for n in range(501)), encoding="utf-8"
    )
    assert faults_of(book, folder) == ["BRIEF-ROWS"]


def test_an_unanswered_standing_question_holds_a_proceed_back(book: Rulebook, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(text.replace("    military_use: 'false'\n", ""), encoding="utf-8")
    rows = {row.transaction.id: row for row in brief_on(book, "2026-03-02", folder).rows}
    assert rows["t18"].decision.outcome is Outcome.UNKNOWN
    assert rows["t18"].question is not None
    assert rows["t18"].question.fact == "military_use"
