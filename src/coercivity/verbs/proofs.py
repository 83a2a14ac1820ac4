"""`proof show` and `proof verify`: open and re-check an answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coercivity.base.canonical import sha256
from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import read_text
from coercivity.law.proof import SCHEMA, verify
from coercivity.law.recheck import recheck_by
from coercivity.law.recheck_pack import read_raw_law
from coercivity.papers.brief_json import SCHEMA as BRIEF_SCHEMA
from coercivity.verbs.arguments import PACKED, Law

MOST_DEPTH = 60
MOST_BYTES = 64 * 2**20
# What reading a proof that is none runs into; told as a fault of the file.
UNFORMED = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, AssertionError, RecursionError)


def read_proofs(path: Path) -> list[dict[str, Any]]:
    """Returns the proofs held anywhere in a JSON file: a single one, a list of answers, or a brief's twin.

    Raises:
        CoercivityError: When the file is not JSON or holds no proof.
    """
    return [proof for _, proof in named_proofs(path)]


def named_proofs(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Returns the proofs of a JSON file, each with the id of the answer that holds it, or its rank.

    Raises:
        CoercivityError: When the file is not JSON or holds no proof.
    """
    text = read_text(path, most_bytes=MOST_BYTES)
    try:
        content = json.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise CoercivityError.of("JSON", f"not readable as JSON: {error}"[:200], where=path.name) from None
    found: list[tuple[str, dict[str, Any]]] = []
    _collect(content, "", found, 0)
    if not found:
        raise CoercivityError.of(
            "PROOF-NONE", "the file holds no proof", where=path.name, next="write one with `decide --json`"
        )
    return [(name or str(rank), proof) for rank, (name, proof) in enumerate(found, 1)]


def proof_verify(path: Path, law: Law = PACKED) -> list[tuple[str, list[str]]]:
    """Returns, for every proof of a file, its hash and what does not hold; of a brief its own hash comes first.

    That one covers all that the brief says, the market half included. Each proof is read twice: the decision is made
    again and compared, and a second reader, which shares no code with the first beyond values and files, derives it
    from the pack once more.

    Raises:
        CoercivityError: When a proof is not readable.
    """
    book = law.book()
    raw = read_raw_law(book.folder, law.overlays)
    proofs = read_proofs(path)
    found = _sealed(path)
    for proof in proofs:
        try:
            again = [f"made again: {what}" for what in verify(book, proof)]
            second = [f"second reader: {what}" for what in recheck_by(raw, proof)]
            found.append((str(proof.get("hash", "")), [*again, *second]))
        except UNFORMED as error:
            raise CoercivityError.of(
                "PROOF-FORM", f"a proof lacks its form: {error!r}"[:200], where=path.name
            ) from None
    return found


def _sealed(path: Path) -> list[tuple[str, list[str]]]:
    """Hash of a brief and whether its content still has it; nothing for another file."""
    content = json.loads(read_text(path, most_bytes=MOST_BYTES), parse_float=str)
    if not isinstance(content, dict) or content.get("schema") != BRIEF_SCHEMA:
        return []
    stated = str(content.pop("hash", ""))
    try:
        seen = sha256(content)
    except UNFORMED as error:
        raise CoercivityError.of("PROOF-FORM", f"a brief lacks its form: {error!r}"[:200], where=path.name) from None
    return [(stated, [] if seen == stated else [f"brief: its content has the hash {seen}, so it was changed"])]


def _collect(content: Any, name: str, found: list[tuple[str, dict[str, Any]]], depth: int) -> None:
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
