"""Names are screened one by one or from a file: every row is answered, and one decision clears its duplicates."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.intake.parties.likeness.reasons import BESIDE, FOUND
from coercivity.intake.parties.results import Asked
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.parties.names import LONGEST_NAME
from coercivity.verbs.parties.rows import ScreenReport
from coercivity.verbs.parties.screen import screen, screen_table

LISTED = "Lockheed Martin Corp."
TYPED = "Lokheed Martin Corp."
OWN = "# as of: 2026-11-01\nid,name,country\ne-1,Example Magnet Works Ltd,GB\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A list of the user with one entry."""
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


def told(report: ScreenReport) -> list[tuple[str, str, str]]:
    """Id, role and verdict of every row."""
    return [(row.id, row.role, row.verdict) for row in report.rows]


def test_every_kind_of_party_is_taken() -> None:
    """A name, fields by name, or a party; in their order."""
    report = screen([LISTED, {"name": "Muster Magnettechnik GmbH", "id": "7", "role": "end_user"}, Asked(TYPED)])
    assert told(report) == [("1", "", "match"), ("7", "end_user", "none"), ("3", "", "possible")]
    assert report.counts == {"match": 1, "possible": 1, "error": 0, "none": 1}
    assert report.verdict == "match"
    assert "p-us-lockheed-martin-corporation" in report.rows[2].as_dict()["party_id"]
    assert report.rows[2].reason


def test_a_bad_party_is_a_row_with_its_error_and_loses_no_other() -> None:
    """Empty, too long, an unknown field, role, country or number: all of them at once."""
    bad: list[dict[str, str]] = [
        {"name": ""},
        {"name": " \u200b\n\u202e"},
        {"name": "A" * (LONGEST_NAME + 1)},
        {"name": "Muster GmbH", "adress": "Berlin"},
        {"name": "Muster GmbH", "role": "forwarder"},
        {"name": "Muster GmbH", "country": "Germanyy"},
        {"name": "Muster GmbH", "lei": "529900T8BM49AURSDO54"},
    ]
    report = screen([*bad, {"name": LISTED}])
    assert [row.verdict for row in report.rows] == ["error"] * len(bad) + ["match"]
    codes = [row.fault.code for row in report.rows if row.fault is not None]
    assert codes == [
        *("NAME-EMPTY", "NAME-EMPTY", "NAME-LONG", "SCREEN-FIELD", "SCREEN-ROLE", "COUNTRY", "SCREEN-NUMBER"),
    ]
    assert report.rows[3].fault is not None
    assert report.rows[3].fault.nearest == ("address",)


def test_a_placeholder_is_a_question_and_never_none() -> None:
    """`tbc` names nobody, and a question mark or a script that is not compared leave the name open."""
    report = screen(["tbc", "Muster GmbH?", "Муster GmbH"])
    assert [row.verdict for row in report.rows] == ["possible"] * 3
    assert all(row.reason and not row.findings for row in report.rows)


@pytest.mark.parametrize("name", ["\u202eLockheed Martin\u202c", "Lock\u200bheed Martin", "Lockheed\nMartin Corp."])
def test_signs_that_are_not_seen_hide_nothing(name: str) -> None:
    """Marks that turn the direction of writing, signs without width, line breaks."""
    report = screen(name)
    assert report.rows[0].verdict == "match"


def test_thousands_of_names_in_a_cell_are_an_error_at_once() -> None:
    """They are neither screened for minutes nor cut."""
    report = screen("; ".join(f"Muster {number} GmbH" for number in range(10_000)))
    assert report.rows[0].fault is not None
    assert report.rows[0].fault.code == "NAME-LONG"


def test_no_name_at_all_and_a_bad_date_are_errors() -> None:
    """A run of nothing is no result."""
    with pytest.raises(CoercivityError, match="SCREEN-EMPTY"):
        screen([])
    with pytest.raises(CoercivityError, match="DATE"):
        screen(LISTED, on="2026-02-30")


def test_one_decision_clears_its_duplicates() -> None:
    """Case, spaces and dots do not make another pair; an address does. Those that clear most come first."""
    here = {"name": TYPED, "address": "1 Example Road"}
    report = screen([TYPED, "LOKHEED  MARTIN CORP", here, "Lokheed Martin, Corp."])
    same = [one for one in report.clusters if one.finding.entry.entry_id == "p-us-lockheed-martin-corporation"]
    assert [(one.clears, one.rows) for one in same] == [(3, (0, 1, 3)), (1, (2,))]
    assert [one.number for one in report.clusters] == [*range(1, len(report.clusters) + 1)]
    assert [one.clears for one in report.clusters] == sorted((one.clears for one in report.clusters), reverse=True)
    assert len(report.by_id) == len(report.clusters)


def test_a_list_of_the_user_stands_beside_ours_with_version_and_day(own: Path) -> None:
    """The lists used are told with entries, day and hash."""
    report = screen(["Example Magnet Works Limited", "Exampel Magnet Works"], law=Law(lists=(own,)))
    assert [row.verdict for row in report.rows] == ["match", "possible"]
    used = {one.list_id: one for one in report.lists}
    assert (used["own"].entries, str(used["own"].as_of_on), used["own"].effect) == (1, "2026-11-01", "ask")
    assert len(used["own"].sha256) == 64
    assert {"control_list", "watch_list", "unreliable_entity_list", "countermeasures"} < set(used)
    assert all(one.entries for one in report.lists)


def test_every_reason_has_words_in_both_languages(book: Rulebook) -> None:
    """A key of the program is no reason to a reader."""
    words = book.words["name_reasons"]
    lacking = {kind for kind in (*FOUND, *BESIDE) if set(words.get(kind, {})) < {"en", "zh"}}
    assert not lacking
    assert screen("洛克希德马丁").rows[0].reason == "same name, written differently"


def test_progress_ends_with_all_distinct_parties() -> None:
    """A name that repeats is screened once."""
    seen: list[tuple[int, int]] = []
    screen([LISTED, TYPED, LISTED], progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 2)]


def test_an_empty_list_of_rows_gives_no_table(tmp_path: Path) -> None:
    """A table with a header and blank rows alone has no name."""
    path = tmp_path / "names.csv"
    path.write_text("id,name\n,\n,\n", encoding="utf-8")
    with pytest.raises(CoercivityError, match="SCREEN-EMPTY"):
        screen_table(path)


@pytest.mark.parametrize(("on", "status"), [("2024-12-31", "not_yet"), ("2025-03-01", "in_force"), (None, None)])
def test_the_status_of_the_notice_on_a_date_is_told_and_changes_no_verdict(on: str | None, status: str | None) -> None:
    """Whether a hit has the effect of its list on that date is for the rule; the name is the same."""
    report = screen(LISTED, on=on)
    assert report.verdict == "match"
    assert report.notices.get("cl-2025-1") == status
