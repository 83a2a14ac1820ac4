"""A user's lists, judgements and ownership reach the rulebook, and leave the law as it is."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from coercivity.base.canonical import sha256
from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.party_files import PartyInputs
from coercivity.data.input import Content
from coercivity.data.parties.files import NO_PARTY_FILES, PartyFiles
from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.law.rules.rulebook import with_party_files


def of_one(list_id: str = "own.csv", name: str = "Example Rotor Works") -> PartyFiles:
    """Files with a list of one party."""
    entry = ListEntry("1", list_id, (EntryName(name),))
    return PartyFiles((NamedList(list_id, (entry,), sha256=sha256(name)),))


def test_the_files_hang_on_a_copy_that_is_kept() -> None:
    book = PACKED.book()
    own = with_party_files(book, of_one())
    assert own.party_files == of_one()
    assert book.party_files is NO_PARTY_FILES
    assert own is with_party_files(book, of_one())
    assert own.content_hash == book.content_hash
    assert with_party_files(own, NO_PARTY_FILES).party_files is NO_PARTY_FILES


def test_a_list_under_another_name_is_another_list() -> None:
    book = PACKED.book()
    first, second = (with_party_files(book, of_one(name)) for name in ("own.csv", "other.csv"))
    assert first.party_files.lists[0].sha256 == second.party_files.lists[0].sha256
    assert first is not second


def test_only_some_copies_are_kept() -> None:
    book = PACKED.book()
    first = with_party_files(book, of_one(name="Example 0"))
    for number in range(1, 20):
        with_party_files(book, of_one(name=f"Example {number}"))
    assert with_party_files(book, of_one(name="Example 0")) is not first


def test_a_law_without_files_is_the_packed_one() -> None:
    assert Law().book() is PACKED.book()
    assert Law().party_inputs.read() is NO_PARTY_FILES


def test_inputs_can_be_sent_to_another_process() -> None:
    inputs = PartyInputs((Content.of("own.csv", "name\nExample Rotor Works\n"),))
    assert pickle.loads(pickle.dumps(inputs)) == inputs


def test_a_file_changed_during_a_run_stops_it() -> None:
    with pytest.raises(CoercivityError) as error:
        PartyInputs().unchanged(("other",))
    assert error.value.faults[0].code == "PARTY-FILE"


def test_a_missing_file_of_judgements_is_an_error_with_the_nearest_names(tmp_path: Path) -> None:
    """A mistyped name would leave out every judgement without a word."""
    (tmp_path / "judgements.jsonl").touch()
    with pytest.raises(CoercivityError) as error:
        Law(judgements=tmp_path / "judgments.jsonl").book()
    [fault] = error.value.faults
    assert (fault.code, fault.nearest) == ("FILE-MISSING", ("judgements.jsonl",))
    assert "`coercivity judge` creates the file" in str(fault.next)
    assert not (tmp_path / "judgments.jsonl").exists()
    assert Law(judgements=tmp_path / "judgements.jsonl").book().party_files.judgements == ()
