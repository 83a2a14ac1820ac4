"""Pairs of a screening with judgements: what waits, what is cleared, and in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.verbs.law import Law
from coercivity.verbs.parties.screen import screen
from coercivity.verbs.serving.parties import screenings as screenings_module
from coercivity.verbs.serving.parties.pairs import Worked, pairs_of
from coercivity.verbs.serving.parties.screenings import Said, ScreeningAsked, Screenings
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.served import PartyPaths

LIST = Content.of("ours.csv", "id,name\nx1,Muster Magnettechnik AG\nx2,Beispiel Handels GmbH\n")
MUSTER, BEISPIEL, BOTH = (
    "Muster Magnetechnik AG",
    "Beispiel Handel GmbH",
    "Beispiel Handel GmbH; Muster Magnetechnik AG",
)
AT = "2026-11-24T09:30:0{}Z"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


def asked(places: Places, *names: str) -> ScreeningAsked:
    """A screening of names in a file, with the list above."""
    return ScreeningAsked(kept(places, Content.of("names.txt", "\n".join(names) + "\n")), lists=(kept(places, LIST),))


def kept(places: Places, file: Content) -> str:
    """The id of a file as an upload."""
    upload_id = f"{len(list(places.uploads.glob('*'))):032x}"
    folder = places.uploads / upload_id
    folder.mkdir(parents=True)
    (folder / f"{upload_id}{file.suffix}").write_bytes(file.content)
    (folder / "name").write_text(file.name, encoding="utf-8")
    return upload_id


def says(held: Worked, name: str, says: str, second: int = 0, last_at: str = "") -> Said:
    """A decision about the pair of a name."""
    pair = next(one for one in held.pairs if one.finding.written == name)
    return Said(pair.id, says, "desk", "compared the registers", AT.format(second), last_at)  # type: ignore[arg-type]


def test_notices_of_one_party_are_one_pair() -> None:
    report = screen("Lockheed Martin Corporatoin")
    pair = next(one for one in pairs_of(report) if one.finding.entry.entry_id == "p-us-lockheed-martin-corporation")
    assert len(pair.entries) > 1
    assert len({one.list_id for one in pair.entries}) == len(pair.entries)
    assert len(pair.seen) == 1
    assert pair.rows == (0,)


def test_a_row_with_two_pairs_is_cleared_by_the_second_decision(places: Places) -> None:
    screenings, ask = Screenings(places), asked(places, MUSTER, BOTH)
    held = screenings.worked(ask)
    muster, beispiel = (next(one for one in held.pairs if one.finding.entry.entry_id == name) for name in ("x1", "x2"))
    assert (held.clears(muster), held.clears(beispiel)) == (1, 0)
    screenings.judge(ask, Said(muster.id, "different", "desk", "compared the registers", AT.format(0), ""))
    held = screenings.worked(ask)
    left = {pair.id for pair in held.pairs if pair.is_to_do}
    assert beispiel.id in left
    assert 0 not in held.left
    assert held.cleared_rows == 1
    assert held.pairs[-1].state == "judged"


def test_the_last_decision_is_found_within_a_second(places: Places) -> None:
    screenings, ask = Screenings(places), asked(places, MUSTER, BEISPIEL)
    for name in (BEISPIEL, MUSTER):
        screenings.judge(ask, says(screenings.worked(ask), name, "different"))
    last = screenings.worked(ask).last_by("desk")
    assert last is not None
    assert last.finding.written == MUSTER
    assert screenings.worked(ask).last_by("somebody else") is None
    screenings.judge(ask, replace(says(screenings.worked(ask), MUSTER, "withdrawn"), last_at=last.last_at))
    last = screenings.worked(ask).last_by("desk")
    assert last is not None
    assert last.finding.written == BEISPIEL


def test_nothing_to_undo_and_judged_meanwhile_are_errors(places: Places) -> None:
    screenings, ask = Screenings(places), asked(places, MUSTER)
    held = screenings.worked(ask)
    with pytest.raises(CoercivityError, match="no judgement to be undone"):
        screenings.judge(ask, says(held, MUSTER, "withdrawn"))
    screenings.judge(ask, says(held, MUSTER, "same"))
    with pytest.raises(CoercivityError) as raised:
        screenings.judge(ask, says(held, MUSTER, "different", 5))
    assert [fault.code for fault in raised.value.faults] == ["JUDGED-MEANWHILE"]
    assert screenings.worked(ask).counts["match"] == 1


def test_what_another_process_adds_is_seen(places: Places) -> None:
    """Two servers on one file."""
    one, two, ask = Screenings(places), Screenings(places), asked(places, MUSTER)
    assert one.worked(ask).to_do() == 1
    two.judge(ask, says(two.worked(ask), MUSTER, "different"))
    assert one.worked(ask).to_do() == 0


def test_a_screening_is_made_once_and_downloads_are_those_of_the_command(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screenings, ask = Screenings(places), asked(places, MUSTER, BEISPIEL, "tbc")
    screenings.judge(ask, says(screenings.worked(ask), MUSTER, "different"))
    monkeypatch.setattr(screenings_module, "screen_table", None)  # it is not asked again
    made = screenings.with_judgements(ask)
    parties = [MUSTER, BEISPIEL, "tbc"]
    wanted = screen(parties, law=Law(lists=(LIST,), judgements=screenings.file))
    assert [(row.verdict, row.reason, row.findings) for row in made.rows] == [
        (row.verdict, row.reason, row.findings) for row in wanted.rows
    ]
    assert made.judgements_sha256 == wanted.judgements_sha256
    assert [one.as_dict() for one in made.clusters] == [one.as_dict() for one in wanted.clusters]


def test_a_list_of_the_server_that_changes_is_read_again(tmp_path: Path) -> None:
    own = tmp_path / "ours.csv"
    own.write_bytes(LIST.content)
    places = Places(tmp_path / "state", parties=PartyPaths(lists=(own,)))
    screenings, ask = Screenings(places), ScreeningAsked(kept(places, Content.of("names.txt", f"{MUSTER}\n")))
    assert screenings.worked(ask).to_do() == 1
    own.write_text("id,name\nx9,Voellig Anders SE\n", encoding="utf-8")
    assert screenings.worked(ask).to_do() == 0


def test_too_many_names_for_the_screen_are_refused(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screenings_module, "MOST_ROWS", 1)
    with pytest.raises(CoercivityError, match="more than 1 names"):
        Screenings(places).worked(asked(places, MUSTER, BEISPIEL))


def test_a_file_to_start_from_adds_only_what_is_newer(places: Places, tmp_path: Path) -> None:
    screenings, ask = Screenings(places), asked(places, MUSTER, BEISPIEL)
    screenings.judge(ask, says(screenings.worked(ask), MUSTER, "different", 5))
    other = Screenings(Places(tmp_path / "other"))
    older = screenings.file.read_text(encoding="utf-8").replace(AT.format(5), AT.format(1)).replace("different", "same")
    assert other.start_from(Content.of("a.jsonl", screenings.file.read_text(encoding="utf-8"))) == (1, 0)
    assert other.start_from(Content.of("b.jsonl", older)) == (0, 1)
    assert [one.says for one in other.judgements()[0]] == ["different"]
