"""`proof show` and `proof verify`: open and re-check an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coercivity.base.canonical import each_key_once, sha256
from coercivity.base.errors import CoercivityError, brief_value
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Input, read_text
from coercivity.law.explain.proof import SCHEMA, seal, verify
from coercivity.law.recheck.check import recheck_by
from coercivity.law.recheck.pack import RawLaw, read_raw_law
from coercivity.papers.brief.report_json import SCHEMA as BRIEF_SCHEMA
from coercivity.papers.deal.proof_text import headed_proof_lines
from coercivity.papers.shared.report_data import Proof
from coercivity.verbs.pack_archive import kept_law

FAILS, OTHER_PACK = "PROOF-FAILS", "PROOF-PACK"
MOST_DEPTH = 60
MOST_BYTES = 64 * 2**20
# What reading a proof that is none runs into; told as a fault of the file.
UNFORMED = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, AssertionError, RecursionError)


def read_proofs(path: Input) -> list[Proof]:
    """Returns the proofs held anywhere in a JSON file: a single one, a list of answers, or a brief's report data.

    Raises:
        CoercivityError: When the file is not JSON or holds no proof.
    """
    return [proof for _, proof in named_proofs(path)]


def named_proofs(path: Input) -> list[tuple[str, Proof]]:
    """Returns the proofs of a JSON file, each with the id of the answer that holds it, or its rank.

    Raises:
        CoercivityError: When the file is not JSON or holds no proof.
    """
    return _named(_content(path), path)


def proof_texts(
    path: Path, law: Law = PACKED, *, archive: Path | None = None, lang: Lang = "en"
) -> Iterator[list[str]]:
    """Yields every proof of a JSON file as lines of text, step by step.

    Args:
        path: JSON file that holds proofs.
        law: By which law they are read.
        archive: Folder of packs kept by `keep_law`, for those made with another.
        lang: Language of gists.

    Raises:
        CoercivityError: When a proof is not readable.
    """
    for proof in read_proofs(path):
        with formed(path):
            yield list(headed_proof_lines((made_with(proof, archive) or law).book(), proof, lang))


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of verifying one proof, or the hash of a brief.

    Attributes:
        hash: Its hash, as stated.
        faults: What does not hold; where the proof was made with another pack, how to get at that one.
        code: Empty where it stands; PROOF-FAILS where something does not hold; PROOF-PACK where it was made with
            another pack, so that this one cannot tell.
    """

    hash: str
    faults: list[str]
    code: str = ""

    @property
    def stands(self) -> bool:
        """Whether everything holds."""
        return not self.code


def proof_verify(path: Input, law: Law = PACKED, *, archive: Path | None = None) -> list[Verified]:
    """Returns, for every proof of a file, its hash and what does not hold; of a brief its own hash comes first.

    That one covers all that the brief says, the market half included. Each proof is read twice: the decision is made
    again and compared, and a second reader, which shares no code with the first beyond values and files, derives it
    from the pack once more.

    Args:
        path: JSON file that holds proofs, or its content as it was sent.
        law: By which law they are read.
        archive: Folder of packs kept by `keep_law`, for those made with another.

    Raises:
        CoercivityError: When a proof is not readable.

    Examples:
        >>> answer = coercivity.decide({"act": "goods"}, on="2025-08-15")
        >>> _ = Path("answer.json").write_text(json.dumps(answer.as_dict()))
        >>> [verified.stands for verified in coercivity.proof_verify(Path("answer.json"))]
        [True]
    """
    content = _content(path)
    proofs = [proof for _, proof in _named(content, path)]
    readers = _Readers(law, archive)
    found = _sealed(content, path)
    for proof in proofs:
        with formed(path):
            found.append(readers.verified(proof))
    return found


def made_with(proof: Proof, archive: Path | None) -> Law | None:
    """Returns the law that a proof was made with, where an archive keeps it.

    Raises:
        CoercivityError: When what is kept was changed or cannot be read.
    """
    pack = proof.get("pack")
    stated = pack.get("hash") if isinstance(pack, dict) else None
    return kept_law(archive, stated) if archive is not None and isinstance(stated, str) else None


@contextmanager
def formed(path: Input) -> Iterator[None]:
    """Tells of a proof that lacks its form.

    Raises:
        CoercivityError: When what is done with it runs into that.
    """
    try:
        yield
    except UNFORMED as error:
        what = f"a proof lacks its form: {type(error).__name__}: {error}"[:200]
        raise CoercivityError.of("PROOF-FORM", what, where=path.name) from None


class _Readers:
    """The two readers of each pack that proofs were made with."""

    def __init__(self, law: Law, archive: Path | None) -> None:
        self._law, self._own, self._archive = law, law.book(), archive
        self._raw: dict[str, RawLaw] = {}

    def verified(self, proof: Proof) -> Verified:
        """Reads one proof."""
        stated, pack = str(proof.get("hash", "")), proof.get("pack")
        law = self._law_of(proof)
        if law is None and {"ruling": proof.get("ruling"), "hash": proof.get("hash")} == seal(proof):
            told = {key: brief_value(pack.get(key)) for key in ("version", "hash")} if isinstance(pack, dict) else {}
            what = f"it was made with pack {told.get('version')}, hash {told.get('hash')}; this is {self._own.version}"
            step = "name its folder with --pack, or an archive that keeps it with --pack-archive"
            return Verified(stated, [f"{what}: {step}"], OTHER_PACK)
        law = law or self._law
        book = law.book()
        if book.content_hash not in self._raw:
            self._raw[book.content_hash] = read_raw_law(book.folder, law.overlays)
        faults = [f"made again: {what}" for what in verify(book, proof)]
        faults += [f"second reader: {what}" for what in recheck_by(self._raw[book.content_hash], proof)]
        return Verified(stated, faults, FAILS if faults else "")

    def _law_of(self, proof: Proof) -> Law | None:
        pack = proof.get("pack")
        if not isinstance(pack, dict) or pack.get("hash") == self._own.content_hash:
            return self._law  # which tells what is wrong with it
        return made_with(proof, self._archive)


def _content(path: Input) -> Any:
    text = read_text(path, most_bytes=MOST_BYTES)
    try:
        return json.loads(text, parse_float=str, object_pairs_hook=each_key_once)
    except (ValueError, RecursionError) as error:
        raise CoercivityError.of("JSON", f"not readable as JSON: {error}"[:200], where=path.name) from None


def _named(content: Any, path: Input) -> list[tuple[str, Proof]]:
    found: list[tuple[str, Proof]] = []
    _collect(content, "", found, 0)
    if not found:
        raise CoercivityError.of(
            "PROOF-NONE", "the file holds no proof", where=path.name, next="write one with `decide --json`"
        )
    return [(name or str(rank), proof) for rank, (name, proof) in enumerate(found, 1)]


def _sealed(content: Any, path: Input) -> list[Verified]:
    """Hash of a brief and whether its content still has it; nothing for another file."""
    if not isinstance(content, dict) or content.get("schema") != BRIEF_SCHEMA:
        return []
    stated = str(content.get("hash", ""))
    with formed(path):
        seen = sha256({key: value for key, value in content.items() if key != "hash"})
    if seen == stated:
        return [Verified(stated, [])]
    return [Verified(stated, [f"brief: its content has the hash {seen}, so it was changed"], FAILS)]


def _collect(content: Any, name: str, found: list[tuple[str, Proof]], depth: int) -> None:
    if depth > MOST_DEPTH:
        return
    if isinstance(content, dict):
        if content.get("schema") == SCHEMA:
            found.append((name, content))
            return
        own = content.get("id")
        name = own if isinstance(own, str) else name
        content = list(content.values())
    if isinstance(content, list):
        for entry in content:
            _collect(entry, name, found, depth + 1)
