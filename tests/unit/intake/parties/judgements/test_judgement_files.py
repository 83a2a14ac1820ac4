"""The file of judgements: append-only, shared by several writers, read with all of its errors at once."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Content
from coercivity.data.parties.judgement import Judgement, Seen
from coercivity.intake.parties.judgements.file import append, pair_of, read_judgements
from coercivity.intake.parties.judgements.lines import faults_in, line_of

SEEN = Seen("examplemagneticsltd", "", "GB", "", "0" * 64)
ONE = Judgement("own", "e-1", "Example", "different", "Analyst A", "2026-11-24T09:00:00Z", "other address", SEEN)


def at(second: int, by: str = "Analyst A") -> Judgement:
    """A judgement at a time."""
    return Judgement("own", "e-1", "Example", "same", by, f"2026-11-24T09:00:{second:02}Z", "same owner", SEEN)


def test_what_is_written_is_read_and_earlier_lines_stay(tmp_path: Path) -> None:
    """In the order of the times, and the bytes before are the same."""
    path = tmp_path / "judgements.jsonl"
    append(path, [at(5), at(6)])
    before = path.read_bytes()
    assert append(path, [at(7, "Analyst B")]) == (at(5), at(6), at(7, "Analyst B"))
    assert path.read_bytes().startswith(before)
    faults = Faults()
    found, sha256 = read_judgements(path, faults)
    assert found == (at(5), at(6), at(7, "Analyst B"))
    assert len(sha256) == 64
    assert not faults.items


def test_a_slow_clock_does_not_put_a_judgement_before_an_earlier_one(tmp_path: Path) -> None:
    """The last line of a pair is the last judgement."""
    path = tmp_path / "judgements.jsonl"
    append(path, [at(30)])
    assert append(path, [at(10, "Analyst B")])[-1] == at(30, "Analyst B")


def test_a_missing_file_has_no_judgements(tmp_path: Path) -> None:
    """It will be created by the first one."""
    faults = Faults()
    assert read_judgements(tmp_path / "none.jsonl", faults) == ((), "")
    assert not faults.items


def test_somebody_else_judged_meanwhile(tmp_path: Path) -> None:
    """Nothing is written, and the error says who it was."""
    path = tmp_path / "judgements.jsonl"
    append(path, [at(1)], last_seen={pair_of(ONE): ""})
    before = path.read_bytes()
    with pytest.raises(CoercivityError) as error:
        append(path, [at(2)], last_seen={pair_of(ONE): ""})
    assert error.value.faults[0].code == "JUDGED-MEANWHILE"
    assert "Analyst A at 2026-11-24T09:00:01Z" in error.value.faults[0].what
    assert path.read_bytes() == before
    append(path, [at(3)], last_seen={pair_of(ONE): at(1).at})


def _write(path: Path, writer: int) -> None:
    for second in range(20):
        append(path, [at(second, f"Analyst {'ABCD'[writer]}")] * 3)


def test_several_writers_lose_nothing(tmp_path: Path) -> None:
    """Four processes, twenty additions of three lines each."""
    path = tmp_path / "judgements.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, n)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    faults = Faults()
    assert len(read_judgements(path, faults)[0]) == 4 * 20 * 3
    assert not faults.items


def test_a_line_that_was_cut_off_does_not_swallow_the_next(tmp_path: Path) -> None:
    """The file is refused, with the line, until somebody looks at it."""
    path = tmp_path / "judgements.jsonl"
    path.write_text(line_of(at(1)) + line_of(at(2))[:40], encoding="utf-8")
    with pytest.raises(CoercivityError) as error:
        append(path, [at(3)])
    assert [(fault.code, fault.where.rsplit(":", 1)[1]) for fault in error.value.faults] == [("JUDGE-LINE", "2")]


def changed(**keys: object) -> str:
    """A line with other values; None leaves the key out."""
    whole = json.loads(line_of(ONE)) | keys
    return json.dumps({key: value for key, value in whole.items() if value is not None}, ensure_ascii=False)


@pytest.mark.parametrize(
    "by",
    ["tbс", "tbć", "ТВС", "ᴛʙᴄ", "&#116;bc", "export desk (tbс)", "nоbody", "unsіgned", "export desk ؟", "¿export desk",
     "未签", "待签"],
)  # fmt: skip
def test_look_alikes_of_a_placeholder_sign_nothing(by: str) -> None:
    """Letters of other scripts, accents, character references and question marks of other languages."""
    assert [code for code, _, _ in faults_in(replace(ONE, by=by))] == ["JUDGE-BY"]


@pytest.mark.parametrize("by", ["Отдел экспорта", "Τμήμα εξαγωγών", "出口管制科", "Økonomi", "ME", "R&D desk"])
def test_names_in_any_script_sign(by: str) -> None:
    assert list(faults_in(replace(ONE, by=by))) == []


BAD = [
    ("no JSON", "JUDGE-LINE"),
    ("[1]", "JUDGE-LINE"),
    ("[" * 10_000, "JUDGE-LINE"),
    (changed(why="x" * 20_000), "JUDGE-LINE"),
    (changed(by=None), "KEY-MISSING"),
    (changed(extra=1), "KEY-UNKNOWN"),
    (changed(seen={"name": "a"}), "JUDGE-FORM"),
    (changed(seen={"name": "a", "entry": 3}), "JUDGE-FORM"),
    (changed(says="perhaps"), "JUDGE-SAYS"),
    (changed(by="tbc"), "JUDGE-BY"),
    (changed(by=7), "JUDGE-TEXT"),
    (changed(why="-"), "JUDGE-WHY"),
    (changed(why="two\nlines"), "JUDGE-TEXT"),
    (changed(written="a\u202eb"), "JUDGE-TEXT"),
    (changed(at="yesterday"), "JUDGE-AT"),
    (changed(at="2026-02-30T00:00:00Z"), "JUDGE-AT"),
    (changed(at="2026-11-24T09:00:00+01:00"), "JUDGE-AT"),
]


def test_every_error_of_a_file_is_told_at_once() -> None:
    """With its line; the good lines between them are read."""
    lines = [text for bad, _ in BAD for text in (bad, line_of(ONE).strip(), "")]
    faults = Faults()
    found, _ = read_judgements(Content.of("j.jsonl", "\n".join(lines)), faults)
    assert len(found) == len(BAD)
    codes = {int(fault.where.rsplit(":", 1)[1]): fault.code for fault in reversed(faults.items)}
    assert codes == {3 * n + 1: code for n, (_, code) in enumerate(BAD)}


def test_a_file_in_another_encoding_or_a_folder_is_an_error(tmp_path: Path) -> None:
    """Not an empty list of judgements."""
    faults = Faults()
    read_judgements(Content("j.jsonl", b"\xff\xfe{"), faults)
    read_judgements(tmp_path, faults)
    assert [fault.code for fault in faults.items] == ["FILE-ENCODING", "FILE-MISSING"]
