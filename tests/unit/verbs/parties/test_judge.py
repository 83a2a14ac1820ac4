"""A decision about a pair is recorded once, clears its rows, is shown with its history, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.verbs.parties.judge import judge, judgement_history, withdraw
from coercivity.verbs.parties.rows import Cluster, ScreenReport
from coercivity.verbs.parties.screen import screen

AT = "2026-11-24T09:30:00Z"
NAME = "Exampel Magnet Works Ltd"
SAID = {"by": "export desk", "why": "another register number"}


@pytest.fixture
def law(tmp_path: Path) -> Law:
    """A list of the user, and a file of judgements without any yet."""
    path = tmp_path / "own.csv"
    path.write_text("id,name,country\ne-1,Example Magnet Works Ltd,GB\n", encoding="utf-8")
    (tmp_path / "judgements.jsonl").touch()
    return Law(lists=(path,), judgements=tmp_path / "judgements.jsonl")


def path_of(law: Law) -> Path:
    assert isinstance(law.judgements, Path)
    return law.judgements


def pair_in(report: ScreenReport) -> Cluster:
    """The pair with the entry of the user's list."""
    (found,) = [one for one in report.clusters if one.finding.entry.entry_id == "e-1"]
    return found


def test_different_clears_every_row_of_the_pair_and_stays_in_sight(law: Law) -> None:
    """Also a match; by number or id; the pair moves behind the open ones."""
    names = [NAME, "Other Motors Ltd", NAME.upper()]
    report = screen(names, law=law)
    done = judge(report, [pair_in(report).number], "different", path=path_of(law), at=AT, **SAID)
    assert (done.pairs, done.rows) == (1, 2)
    again = screen(names, law=law)
    assert [row.verdict for row in again.rows] == ["none"] * 3
    assert [one.state for one in again.clusters] == ["judged"]
    assert again.open == ()
    (finding,) = again.rows[0].as_dict()["findings"]
    assert (finding["verdict"], finding["screened"]) == ("none", "possible")
    assert finding["judged"]["by"] == "export desk"
    assert again.judgements_sha256 != report.judgements_sha256
    assert again.rows[0].as_dict()["party_id"] == []


def test_a_judgement_moves_no_number(law: Law) -> None:
    """The numbers of a printed screening can be judged one after the other."""
    names = ["Lafert Spaa", "FN Herstall", "Lokheed Martin Corp."]
    first = screen(names, law=law)
    judge(first, [1], "different", path=path_of(law), at=AT, **SAID)
    again = screen(names, law=law)
    assert {one.id: one.number for one in again.clusters} == {one.id: one.number for one in first.clusters}
    assert again.clusters[-1].number == 1


def test_a_change_asks_again_and_says_what_changed(law: Law) -> None:
    """An address that was not known before."""
    report = screen(NAME, law=law)
    judge(report, [pair_in(report).id], "different", path=path_of(law), at=AT, **SAID)
    again = screen({"name": NAME, "address": "1 Example Road", "country": "GB"}, law=law)
    pair = pair_in(again)
    assert (again.verdict, pair.state, pair.changed) == ("possible", "changed", ("address", "country"))
    assert pair in again.open


def test_the_history_of_a_pair_is_kept_and_undone_from_the_file_alone(law: Law) -> None:
    """By the id that the screening and the file share."""
    report = screen(NAME, law=law)
    key = pair_in(report).id
    judge(report, [key], "same", path=path_of(law), at=AT, **SAID)
    assert screen(NAME, law=law).verdict == "match"
    withdraw(path_of(law), [key], by="export desk", why="decided too early", at="2026-11-25T09:30:00Z")
    (history,) = judgement_history(path_of(law), [key])
    assert [one.says for one in history.judgements] == ["same", "withdrawn"]
    assert history.stands == ""
    report = screen(NAME, law=law)
    assert (report.verdict, pair_in(report).state) == ("possible", "open")
    judge(report, [key], "unsure", path=path_of(law), at="2026-11-26T09:30:00Z", **SAID)
    assert screen(NAME, law=law).verdict == "possible"
    assert judgement_history(path_of(law))[0].stands == "unsure"


def test_what_cannot_be_judged_is_told_all_at_once(law: Law) -> None:
    """A pair that does not exist, a word that is no judgement, a judgement to withdraw that there is not."""
    report = screen(NAME, law=law)
    with pytest.raises(CoercivityError) as error:
        judge(report, ["99", "abc", 0], "diferent", path=path_of(law), at=AT, **SAID)
    assert [fault.code for fault in error.value.faults] == ["JUDGE-PAIR"] * 3 + ["JUDGE-SAYS"]
    assert error.value.faults[-1].nearest == ("different",)
    with pytest.raises(CoercivityError, match="no judgement to withdraw"):
        judge(report, [1], "withdrawn", path=path_of(law), at=AT, **SAID)
    with pytest.raises(CoercivityError, match="JUDGE-BY"):
        judge(report, [1], "same", by="tbc", why="the same register number", path=path_of(law), at=AT)
    with pytest.raises(CoercivityError, match="JUDGE-PAIR"):
        withdraw(path_of(law), ["abc"], by="export desk", why="decided too early", at=AT)
    assert path_of(law).read_bytes() == b""


def test_nobody_is_overruled_unawares(law: Law) -> None:
    """Two people with the same screening: the second one is told who decided meanwhile."""
    report = screen(NAME, law=law)
    judge(report, [1], "different", path=path_of(law), at=AT, **SAID)
    with pytest.raises(CoercivityError, match="export desk"):
        judge(report, [1], "same", by="legal department", why="same owner", path=path_of(law), at=AT)
    later = screen(NAME, law=law)
    judge(later, [1], "same", by="legal department", why="same owner", path=path_of(law), at=AT)
    assert screen(NAME, law=law).verdict == "match"


def test_one_decision_about_a_party_of_several_notices_counts_for_all(tmp_path: Path) -> None:
    """The control list and the unreliable entity list name it, with one question."""
    law = Law(judgements=tmp_path / "judgements.jsonl")
    report = screen("Lokheed Martin Corp.")
    pair = next(one for one in report.clusters if one.finding.entry.entry_id == "p-us-lockheed-martin-corporation")
    assert len({one.entry.party_set for one in pair.findings}) > 1
    judge(report, [pair.id], "different", path=path_of(law), at=AT, **SAID)
    again = screen("Lokheed Martin Corp.", law=law)
    assert again.by_id[pair.id].state == "judged"
    assert {one.verdict for one in again.by_id[pair.id].findings} == {"none"}


def test_a_name_of_turned_signs_can_be_judged(law: Law) -> None:
    """What is written to the file has no sign that turns the direction of writing; the signs stay a question."""
    name = "\u202eExampel\u202c Magnet Works Ltd"
    report = screen(name, law=law)
    judge(report, [pair_in(report).id], "different", path=path_of(law), at=AT, **SAID)
    again = screen(name, law=law)
    assert [one.verdict for one in again.rows[0].findings] == ["none"]
    assert again.verdict == "possible"
    assert "\u202e" not in path_of(law).read_text(encoding="utf-8")


def test_all_pairs_of_a_row_are_decided_at_once(law: Law) -> None:
    """By the id of the row; pairs of other rows stay open."""
    parties = [{"name": NAME, "id": "v-7"}, {"name": "Example Magnets Works", "id": "v-8"}]
    report = screen(parties, law=law)
    done = judge(report, ["row:v-7"], "different", path=path_of(law), at=AT, **SAID)
    assert done.pairs == sum(0 in one.rows for one in report.clusters)
    assert [row.verdict for row in screen(parties, law=law).rows] == ["none", report.rows[1].verdict]
    with pytest.raises(CoercivityError) as error:
        judge(report, ["row:v-9"], "different", path=path_of(law), at=AT, **SAID)
    assert error.value.faults[0].nearest == ("v-7", "v-8")
