"""Reads and extends files of judgements."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Input, bytes_in, place_of, read_bytes
from coercivity.data.parties.judgement import Judgement
from coercivity.files.write.append import append_lines
from coercivity.intake.parties.judgements.lines import MOST_BYTES, faults_in, line_of, parse_lines
from coercivity.intake.parties.names import fold

Pair = tuple[str, str, str]  # list, entry, folded name


def read_judgements(source: Input, faults: Faults) -> tuple[tuple[Judgement, ...], str]:
    """Returns the judgements of a file by time, and the SHA-256 of the file.

    A file that does not exist, or is empty, has none: a screening may name the file it will be recorded in.

    Args:
        source: JSON lines.
        faults: Collects every error found, with its line.
    """
    where = place_of(source)
    if isinstance(source, Path) and source.exists() and not source.is_file():
        faults.add("FILE-MISSING", "this is a folder; a file is expected", where=where, next="name a file")
        return (), ""
    if bytes_in(source) > MOST_BYTES:
        what = f"the file has more than {MOST_BYTES:,} bytes"
        faults.add("FILE-SIZE", what, where=where, next="check that it is the file you meant")
        return (), ""
    content = read_bytes(source) if not isinstance(source, Path) or source.is_file() else b""
    return parse_lines(content, where, faults), hashlib.sha256(content).hexdigest() if content else ""


def append(
    path: Path, judgements: Sequence[Judgement], *, last_seen: Mapping[Pair, str] | None = None
) -> tuple[Judgement, ...]:
    """Adds judgements to a file, all or none, and returns all judgements of the file.

    A judgement is never dated before an earlier one of its pair: if a clock is slow, it gets the time of that one.

    Args:
        path: The file; created if it is missing.
        judgements: Judgements to add.
        last_seen: Time of the last judgement that the person saw of each pair, blank for none. A pair that somebody
            judged since is an error, so that no one overrules another unawares; None skips this check.

    Raises:
        CoercivityError: With every fault of the judgements; if the file has errors, which are named; if a pair was
            judged meanwhile; or if the file cannot be written.
    """
    faults = Faults()
    for number, one in enumerate(judgements, 1):
        for code, what, next_ in faults_in(one):
            faults.add(code, what, where=f"judgement {number}", next=next_)
    faults.raise_if_any()
    held: list[Judgement] = []
    added: list[Judgement] = []

    def lines_after(before: bytes) -> bytes:
        found = Faults()
        held[:] = parse_lines(before, path.as_posix(), found)
        found.raise_if_any()
        if last_seen is not None:
            _check_unchanged(held, last_seen)
        added[:] = _in_order(held, judgements)
        return "".join(map(line_of, added)).encode()

    append_lines(path, lines_after, most_bytes=MOST_BYTES)
    return tuple(sorted([*held, *added], key=lambda one: one.at))


def _in_order(held: Sequence[Judgement], judgements: Sequence[Judgement]) -> list[Judgement]:
    last = {pair_of(one): one.at for one in held}
    return [replace(one, at=max(one.at, last.get(pair_of(one), ""))) for one in judgements]


def pair_of(judgement: Judgement) -> Pair:
    """Returns the pair that a judgement is about."""
    return judgement.list_id, judgement.entry_id, fold(judgement.written)


def _check_unchanged(held: Sequence[Judgement], last_seen: Mapping[Pair, str]) -> None:
    last = {pair_of(one): one for one in held}
    faults = Faults()
    for pair, at in last_seen.items():
        one = last.get(pair)
        if one is not None and one.at != at:
            what = f"{one.written!r} against {one.entry_id} was judged `{one.says}` by {one.by} at {one.at}"
            faults.add("JUDGED-MEANWHILE", what, where=pair[1], next="look at that judgement, then decide again")
    if faults.items:
        raise CoercivityError(faults.items)
