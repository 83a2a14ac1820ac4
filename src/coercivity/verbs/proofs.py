"""`proof show` and `proof verify`: shows and verifies the proofs of results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coercivity.base.canonical import each_key_once, sha256
from coercivity.base.errors import CoercivityError, brief_value
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.rescreen import differing_names
from coercivity.data.input import Content, Input, read_text
from coercivity.data.vouch import Vouch, vouch_file
from coercivity.intake.parties.placeholders import signs_nobody
from coercivity.law.explain.proof import SCHEMAS, seal, verify
from coercivity.law.recheck.check import recheck_by
from coercivity.law.recheck.pack import RawLaw, read_raw_law
from coercivity.law.rules.model import CHINA
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.report_json import SCHEMA as BRIEF_SCHEMA
from coercivity.papers.deal.proof_text import headed_proof_lines
from coercivity.papers.shared.report_data import Proof
from coercivity.verbs.jurisdictions.request import abroad_law, known_jurisdictions
from coercivity.verbs.pack_archive import kept_law

FAILS, OTHER_PACK = "PROOF-FAILS", "PROOF-PACK"
MOST_DEPTH = 60
MOST_BYTES = 64 * 2**20
# Errors raised when a malformed proof is read; reported as an error of the file.
UNFORMED = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, AssertionError, RecursionError)


def read_proofs(path: Input) -> list[Proof]:
    """Returns the proofs anywhere in a JSON file: a single one, a list of results, or the data of a report.

    Raises:
        CoercivityError: If the file is not JSON or contains no proof.
    """
    return [proof for _, proof in named_proofs(path)]


def named_proofs(path: Input) -> list[tuple[str, Proof]]:
    """Returns the proofs of a JSON file, each with the id of its result, or its rank.

    Raises:
        CoercivityError: If the file is not JSON or contains no proof.
    """
    return _named(_content(path), path)


def proof_texts(
    path: Path, law: Law = PACKED, *, archive: Path | None = None, lang: Lang = "en"
) -> Iterator[list[str]]:
    """Yields every proof of a JSON file as lines of text, step by step.

    Args:
        path: JSON file with proofs.
        law: The rulebook to read them with.
        archive: Folder of rulebooks archived by `keep_law`, for proofs made with another rulebook.
        lang: Language of the rule summaries.

    Raises:
        CoercivityError: If a proof cannot be read.
    """
    for proof in read_proofs(path):
        with formed(path):
            made = made_with(proof, archive) or _abroad_of(proof, law) or law
            yield list(headed_proof_lines(made.book(), proof, lang))


def _abroad_of(proof: Proof, law: Law) -> Law | None:
    pack = proof.get("pack")
    return law_of_jurisdiction(pack, law) if isinstance(pack, dict) and "jurisdiction" in pack else None


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of verifying one proof, or the hash of a report.

    Attributes:
        hash: Its hash, as stated.
        faults: What does not match; for a proof made with another rulebook, how to supply that one.
        code: Empty if verified; PROOF-FAILS if something does not match; PROOF-PACK if it was made with
            another rulebook, so that this one cannot verify it.
    """

    hash: str
    faults: list[str]
    code: str = ""

    @property
    def stands(self) -> bool:
        """Whether everything was verified."""
        return not self.code


def proof_verify(
    path: Input, law: Law = PACKED, *, archive: Path | None = None, restate: bool = False
) -> list[Verified]:
    """Verifies every proof of a file; returns its hash and what does not match, for a report first its own hash.

    That one covers the whole report, including the market model. Each proof is verified twice: the decision
    is recomputed and compared, and an independent implementation, which shares no code with the first beyond values and
    files, derives it once more from the rulebook. Its names are screened again, if the lists are those of the proof.

    Args:
        path: JSON file with proofs, or its uploaded content.
        law: The rulebook to read them with.
        archive: Folder of rulebooks archived by `keep_law`, for proofs made with another rulebook.
        restate: Take the statements of persons who looked for newer notices from the proofs that contain them. Without
            it a proof with such a statement needs its file among the user-supplied notices of `law`.

    Raises:
        CoercivityError: If a proof cannot be read.

    Examples:
        >>> answer = coercivity.decide({"act": "goods"}, on="2025-08-15")
        >>> _ = Path("answer.json").write_text(json.dumps(answer.as_dict()))
        >>> [verified.stands for verified in coercivity.proof_verify(Path("answer.json"))]
        [True]
    """
    content = _content(path)
    proofs = [proof for _, proof in _named(content, path)]
    readers = _Readers(law, archive, restate=restate)
    found = _sealed(content, path)
    for proof in proofs:
        with formed(path):
            found.append(readers.verified(proof))
    return found


def made_with(proof: Proof, archive: Path | None) -> Law | None:
    """Returns the rulebook that a proof was made with, if it is in an archive.

    Raises:
        CoercivityError: If the archived rulebook was changed or cannot be read.
    """
    pack = proof.get("pack")
    stated = pack.get("hash") if isinstance(pack, dict) else None
    kept = kept_law(archive, stated) if archive is not None and isinstance(stated, str) else None
    if kept is None or not isinstance(pack, dict) or "jurisdiction" not in pack:
        return kept
    return law_of_jurisdiction(pack, kept)


def law_of_jurisdiction(pack: Mapping[str, object], law: Law) -> Law | None:
    """Returns the rulebook on one jurisdiction that a proof was made with: the one given, or the built-in one.

    Args:
        pack: The rulebook as stated in the proof.
        law: The rulebook given.
    """
    code = str(pack["jurisdiction"])
    if code not in known_jurisdictions():
        return None
    laws = [law.of(code), abroad_law()]
    for found in laws if law.pack is None else [law, *laws]:
        book: Rulebook = found.book()
        if book.content_hash == pack.get("hash") and code in book.jurisdictions:
            return replace(found, jurisdiction=code)
    return None


@contextmanager
def formed(path: Input) -> Iterator[None]:
    """Reports a malformed proof.

    Raises:
        CoercivityError: If reading the proof raises one of the errors of a malformed proof.
    """
    try:
        yield
    except UNFORMED as error:
        what = f"malformed proof: {type(error).__name__}: {error}"[:200]
        raise CoercivityError.of("PROOF-FORM", what, where=path.name) from None


class _Readers:
    """The two implementations for each rulebook that proofs were made with."""

    def __init__(self, law: Law, archive: Path | None, *, restate: bool) -> None:
        self._law, self._archive, self._restate = law.of(CHINA), archive, restate
        self._own, self._given = self._law.book(), law
        self._raw: dict[tuple[str, str], RawLaw] = {}

    def verified(self, proof: Proof) -> Verified:
        """Verifies one proof."""
        stated, pack = str(proof.get("hash", "")), proof.get("pack")
        law = self._law_of(proof)
        if law is None and {"ruling": proof.get("ruling"), "hash": proof.get("hash")} == seal(proof):
            told = {key: brief_value(pack.get(key)) for key in ("version", "hash")} if isinstance(pack, dict) else {}
            what = (
                f"it was made with rulebook {told.get('version')}, hash {told.get('hash')}; this is {self._own.version}"
            )
            step = "name its folder with --pack, or an archive that contains it with --pack-archive"
            if proof.get("vouches"):
                step = f"add the file of each statement in it with --overlay, or {step}"
            return Verified(stated, [f"{what}: {step}"], OTHER_PACK)
        law = law or self._law
        book = law.book()
        key = book.content_hash, book.jurisdiction
        if key not in self._raw:
            self._raw[key] = read_raw_law(book.folder, law.overlays, book.jurisdiction)
        faults = [f"recomputed: {what}" for what in verify(book, proof)]
        search = proof["lists"].get("search")
        if search is not None and signs_nobody(search["by"]):
            faults.append("the search of the lists is not signed by a person or department")
        faults += [f"independent check: {what}" for what in recheck_by(self._raw[key], proof)]
        faults += [f"screened again: {what}" for what in differing_names(book, proof)]
        return Verified(stated, faults, FAILS if faults else "")

    def _law_of(self, proof: Proof) -> Law | None:
        pack = proof.get("pack")
        if isinstance(pack, dict) and "jurisdiction" in pack:
            code, stated = str(pack["jurisdiction"]), str(pack.get("hash"))
            found = law_of_jurisdiction(pack, self._given) or self._restated(proof, stated, code)
            return found or made_with(proof, self._archive)
        if not isinstance(pack, dict) or pack.get("hash") == self._own.content_hash:
            return self._law  # reading the proof reports what is wrong with it
        return self._restated(proof, str(pack.get("hash"))) or made_with(proof, self._archive)

    def _restated(self, proof: Proof, stated: str, code: str = CHINA) -> Law | None:
        """Returns the rulebook with the statements that a proof contains, if that is the one it was made with."""
        if not self._restate or not proof.get("vouches"):
            return None
        try:
            held = [Vouch.model_validate(vouch) for vouch in proof["vouches"]]
            written = [vouch_file(vouch, "" if code == CHINA else code) for vouch in held]
            files = tuple(Content.of(f"{name}.yaml", text) for name, text in written)
            law = self._given.of(code)
            law = replace(law, overlays=(*law.overlays, *files))
            return law if law.book().content_hash == stated else None
        except (ValueError, TypeError, CoercivityError):  # no such statement can have been part of a rulebook
            return None


def _content(path: Input) -> Any:
    text = read_text(path, most_bytes=MOST_BYTES)
    try:
        return json.loads(text, parse_float=str, object_pairs_hook=each_key_once)
    except (ValueError, RecursionError) as error:
        raise CoercivityError.of("JSON", f"not valid JSON: {error}"[:200], where=path.name) from None


def _named(content: Any, path: Input) -> list[tuple[str, Proof]]:
    found: list[tuple[str, Proof]] = []
    _collect(content, "", found, 0)
    if not found:
        raise CoercivityError.of(
            "PROOF-NONE", "the file contains no audit trail", where=path.name, next="create one with `decide --json`"
        )
    return [(name or str(rank), proof) for rank, (name, proof) in enumerate(found, 1)]


def _sealed(content: Any, path: Input) -> list[Verified]:
    """Returns the hash of a report and whether its content matches; None for another file."""
    if not isinstance(content, dict) or content.get("schema") != BRIEF_SCHEMA:
        return []
    stated = str(content.get("hash", ""))
    with formed(path):
        seen = sha256({key: value for key, value in content.items() if key != "hash"})
    if seen == stated:
        return [Verified(stated, [])]
    return [Verified(stated, [f"report: its content has the hash {seen}, so it was changed"], FAILS)]


def _collect(content: Any, name: str, found: list[tuple[str, Proof]], depth: int) -> None:
    if depth > MOST_DEPTH:
        return
    if isinstance(content, dict):
        if content.get("schema") in SCHEMAS:
            found.append((name, content))
            return
        own = content.get("id")
        name = own if isinstance(own, str) else name
        content = list(content.values())
    if isinstance(content, list):
        for entry in content:
            _collect(entry, name, found, depth + 1)
