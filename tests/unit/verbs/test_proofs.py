"""Results are verified with the rulebook they were obtained with, and invalid ones never crash the program."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.files import packed_standing
from coercivity.cli.app import main
from coercivity.law.explain.proof import seal
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.verbs.decide import decide
from coercivity.verbs.pack_archive import keep_law, kept_law
from coercivity.verbs.proofs import FAILS, OTHER_PACK, proof_verify, read_proofs
from tests.places import ROOT

FACTS = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], "from": "CN", "to": "DE"}


@pytest.fixture(scope="module")
def proof() -> dict[str, Any]:
    """A proof made with the packed law."""
    return dict(decide(FACTS, on="2026-03-02").proof)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of an earlier version."""
    folder = tmp_path_factory.mktemp("packs") / "law"
    shutil.copytree(law_folder(), folder)
    head = folder / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("\nversion: ", "\nversion: old-"), encoding="utf-8")
    return folder


def written(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def resealed(proof: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A forged proof whose hashes fit its content."""
    body = {**copy.deepcopy(dict(proof)), **changes}
    return {**body, **seal(body)}


def test_another_pack_is_told_apart_from_a_forged_proof(
    tmp_path: Path, proof: dict[str, Any], other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = written(tmp_path, decide(FACTS, on="2026-03-02", law=Law(other)).proof)
    (found,) = proof_verify(made)
    assert found.code == OTHER_PACK
    assert "old-" in found.faults[0]
    assert "--pack-archive" in found.faults[0]
    assert main(["proof", "verify", str(made)]) == 3
    assert main(["proof", "verify", str(made), "--pack", str(other)]) == 0
    forged = written(tmp_path, {**json.loads(made.read_text()), "outcome": "PROCEED"})
    assert [entry.code for entry in proof_verify(forged)] == [FAILS]
    assert main(["proof", "verify", str(forged)]) == 1
    forged = written(tmp_path, resealed(proof, outcome="PROCEED"))
    assert [entry.code for entry in proof_verify(forged)] == [FAILS]
    assert "OTHER RULEBOOK" in capsys.readouterr().out


def test_a_pack_with_a_table_of_parties_alone_keeps_its_hash(other: Path, tmp_path: Path) -> None:
    """Packs had no other names; the proofs made with them state the hash of the text of that table."""
    before = tmp_path / "before"
    shutil.copytree(other, before)
    (before / "name_words.csv").unlink()
    (before / "party_names.csv").unlink()
    text = (before / "parties.csv").read_text(encoding="utf-8")
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert load_rulebook(before).parties_hash == expected
    assert read_raw_law(before).parties_hash == expected


def test_a_pack_that_was_kept_verifies_old_proofs(tmp_path: Path, proof: dict[str, Any], other: Path) -> None:
    archive = tmp_path / "packs"
    assert main(["rules", "keep", "--pack-archive", str(archive), "--pack", str(other)]) == 0
    assert keep_law(archive, Law(other)) == keep_law(archive, Law(other))
    old = decide(FACTS, on="2026-03-02", law=Law(other)).proof
    made = written(tmp_path, [old, proof])
    assert [entry.code for entry in proof_verify(made, archive=archive)] == ["", ""]
    assert main(["proof", "verify", str(made), "--pack-archive", str(archive)]) == 0
    assert main(["proof", "show", str(made), "--pack-archive", str(archive)]) == 0
    forged = written(tmp_path, resealed(old, outcome="PROCEED"))
    assert [entry.code for entry in proof_verify(forged, archive=archive)] == [FAILS]


def test_a_law_with_something_laid_over_it_is_kept_with_it(tmp_path: Path, overlay: Path) -> None:
    law = Law(overlays=(overlay,))
    keep_law(tmp_path / "packs", law)
    made = written(tmp_path, decide(FACTS, on="2026-03-02", law=law).proof)
    assert [entry.code for entry in proof_verify(made)] == [OTHER_PACK]
    assert [entry.code for entry in proof_verify(made, archive=tmp_path / "packs")] == [""]


@pytest.fixture
def overlay() -> Path:
    """An instrument of somebody's own."""
    return min((ROOT / "examples/overlays").glob("*.yaml"))


def test_a_pack_of_the_archive_that_was_changed_is_told(tmp_path: Path, other: Path) -> None:
    folder = keep_law(tmp_path, Law(other))
    head = folder / "law/pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("old-", "new-"), encoding="utf-8")
    with pytest.raises(CoercivityError, match="PACK-ARCHIVE"):
        kept_law(tmp_path, folder.name)


@pytest.mark.parametrize("stated", ["../law", "", "a" * 64, "/etc", "\0"])
def test_a_hash_is_never_taken_for_a_path(tmp_path: Path, stated: str) -> None:
    keep_law(tmp_path / "packs", PACKED)
    assert kept_law(tmp_path / "packs", stated) is None


def test_the_version_of_the_program_alone_is_no_fault(tmp_path: Path, proof: dict[str, Any]) -> None:
    assert [entry.code for entry in proof_verify(written(tmp_path, resealed(proof, engine="0.0.1")))] == [""]
    (found,) = proof_verify(written(tmp_path, resealed(proof, engine="0.0.1", outcome="PROCEED")))
    assert found.code == FAILS
    assert any("version 0.0.1" in fault for fault in found.faults)


# damage


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yields the place of every value in plain data."""
    if path:
        yield path
    entries = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in entries:
        yield from places(value, (*path, key))


def put_at(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Plain data with another value at one place; none where it is taken out."""
    changed = copy.deepcopy(content)
    at = changed
    for key in path[:-1]:
        at = at[key]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return changed


def answered(path: Path, capsys: pytest.CaptureFixture[str], *verbs: str) -> None:
    """A command, or both, ends with a code of its own, and tells why where it is a fault."""
    for verb in verbs or CODES:
        code = main(["proof", verb, str(path)])
        told = capsys.readouterr()
        assert code in CODES[verb]
        assert bool(told.err) == (code == 2)
        assert "Traceback" not in told.err


CODES = {"show": (0, 2), "verify": (0, 1, 2, 3)}
WRONG: tuple[Any, ...] = (..., None, 0, -1, 10**40, True, "", "\ud800", "x" * 3000, [], {}, [[]], [None], {"a": None})


def test_a_value_of_another_type_anywhere_is_a_fault(
    tmp_path: Path, proof: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    draw = random.Random(1)
    every = list(places(proof))
    top = [path for path in every if len(path) <= 2]
    for number, path in enumerate([*top, *draw.sample(every, 300)]):
        verbs = ("show",) if number % 16 else ()  # the second reader reads the pack anew, which takes its time
        answered(written(tmp_path, put_at(proof, path, draw.choice(WRONG))), capsys, *verbs)


def test_a_file_that_is_cut_or_flipped_is_a_fault(
    tmp_path: Path, proof: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    whole = json.dumps(proof, ensure_ascii=False).encode()
    draw = random.Random(1)
    path = tmp_path / "proof.json"
    for end in [*range(40), *draw.sample(range(len(whole)), 60)]:
        path.write_bytes(whole[:end])
        assert main(["proof", "show", str(path)]) == 2
        assert "Traceback" not in capsys.readouterr().err
    for _ in range(80):
        changed = bytearray(whole)
        for _ in range(draw.choice((1, 3, 20))):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        path.write_bytes(changed)
        answered(path, capsys, "show")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe{}",
        b"",
        b"null",
        b"[" * 100_000,
        b"[" * 500 + b"]" * 500,
        b'{"schema":"coercivity/proof/2"}',
        b'{"schema":"coercivity/proof/2","hash":' + b"9" * 5000 + b"}",
        b'{"schema":"coercivity/proof/2","hash":' + b"9" * 4000 + b',"on":1e999999}',
        b'{"schema":"coercivity/proof/2","facts":[' + b"[" * 900 + b"]" * 900 + b"]}",
        b'{"schema":"coercivity/proof/2","steps":[{"role":"bites","when":{"all_of":[]}}]}',
        b'{"schema":"coercivity/brief/1","hash":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
    ],
    ids=lambda content: content[:24].decode(errors="replace"),
)
def test_what_is_no_proof_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    path = tmp_path / "proof.json"
    path.write_bytes(content)
    answered(path, capsys)


def test_a_trace_as_deep_as_a_file_can_hold_is_a_fault(
    tmp_path: Path, proof: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    deep: Any = {"truth": "yes", "fact": "form", "is": "magnet"}
    for _ in range(400):
        deep = {"truth": "yes", "not": deep}
    changed = copy.deepcopy(proof)
    changed["steps"][0]["when"] = deep
    answered(written(tmp_path, changed), capsys)
    assert read_proofs(tmp_path / "proof.json")


FREE = "Nordfeld Antriebe GmbH"
FERRITE = {**FACTS, "magnet_type": ["ferrite"], "elements": [], "to": "US", "end_user": FREE}


def searched(consignee: str, by: str = "export desk") -> dict[str, Any]:
    """A proof of goods that nothing but a listed party holds back."""
    standing = replace(packed_standing(), said_by=by, said_on="2026-09-01")
    return dict(decide({**FERRITE, "consignee": consignee}, on="2026-09-01", standing=standing).proof)


@pytest.mark.parametrize("by", ["", "-", "to be confirmed", "nobody", "not signed"])
def test_a_search_signed_by_nobody_does_not_verify(tmp_path: Path, by: str) -> None:
    """The decision of such a search is UNKNOWN, so a proof that counts it is forged."""
    honest = searched(FREE)
    lists = {**honest["lists"], "search": {**honest["lists"]["search"], "by": by}}
    (found,) = proof_verify(written(tmp_path, resealed(honest, lists=lists)))
    assert found.code == FAILS


@pytest.mark.parametrize("consignee", [FREE, "Exovera", "Exoverra", "to be confirmed"])
def test_honest_proofs_with_names_verify(tmp_path: Path, consignee: str) -> None:
    (found,) = proof_verify(written(tmp_path, searched(consignee)))
    assert found.stands, found.faults


def test_a_list_that_does_not_exist_was_not_searched(tmp_path: Path) -> None:
    honest = searched(FREE)
    lists = {**honest["lists"], "searched": {**honest["lists"]["searched"], "grey_list": "1"}}
    (found,) = proof_verify(written(tmp_path, resealed(honest, lists=lists)))
    assert any("does not exist" in fault for fault in found.faults)
