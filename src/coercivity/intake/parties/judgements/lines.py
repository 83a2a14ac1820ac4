"""The file of judgements: one JSON object a line, only ever added to, so that two people can share it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, cast, get_args

from coercivity.base.canonical import json_text
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.sums import total
from coercivity.data.parties.judgement import Judgement, Says, Seen
from coercivity.intake.parties.placeholders import signs_nobody

MOST_BYTES, MOST_LINE = 64 * 2**20, 16_384
MOST_BY, MOST_WHY, MOST_WRITTEN, MOST_ID = 120, 500, 1_000, 200
SAYS: tuple[Says, ...] = get_args(Says)
FORM = "see docs/files.md for the format"
_TEXTS = {"list": MOST_ID, "entry": MOST_ID, "written": MOST_WRITTEN, "by": MOST_BY, "why": MOST_WHY}
_KEYS = ("list", "entry", "written", "says", "by", "at", "why", "seen")
_SEEN = ("name", "address", "country", "owner", "entry")
_LEAST_WHY = 3  # letters


def line_of(judgement: Judgement) -> str:
    """Returns a judgement as a line of the file, with its line break."""
    return json_text(plain(judgement)) + "\n"


def plain(judgement: Judgement) -> dict[str, Any]:
    """Returns a judgement as plain data; blank parts of what was seen are left out."""
    return {
        "list": judgement.list_id,
        "entry": judgement.entry_id,
        "written": judgement.written,
        "says": judgement.says,
        "by": judgement.by,
        "at": judgement.at,
        "why": judgement.why,
        "seen": {key: text for key, text in asdict(judgement.seen).items() if text},
    }


def parse_lines(content: bytes, where: str, faults: Faults) -> tuple[Judgement, ...]:
    """Returns the judgements of a file in the order of their times; those of the same second stay in order.

    Args:
        content: The file. Blank lines are skipped.
        where: Its name, for messages.
        faults: Collects every error found, with its line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not valid UTF-8"
        faults.add("FILE-ENCODING", what, where=where, next="judgements are JSON lines in UTF-8")
        return ()
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and (one := _parsed(line, f"{where}:{number}", faults)) is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.at))


def _parsed(line: str, where: str, faults: Faults) -> Judgement | None:
    try:
        raw = json.loads(line) if len(line) <= MOST_LINE else None
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict):
        what = f"expected a judgement as one JSON object of at most {MOST_LINE:,} characters"
        next_ = "remove the line if it was cut off while being written; " + FORM
        faults.add("JUDGE-LINE", what, where=where, next=next_)
        return None
    before = len(faults.items)
    for key in raw:
        if key not in _KEYS:
            faults.add("KEY-UNKNOWN", f"unknown key {brief_value(key)!r}", where=where, nearest=nearest(key, _KEYS))
    for key in _KEYS:
        if key not in raw:
            faults.add("KEY-MISSING", f"required key {key!r} is missing", where=where, next="add it")
    seen = raw.get("seen")
    if "seen" in raw and not _is_seen(seen):
        what = f"seen: expected text by {', '.join(_SEEN)}, of which name and entry are required"
        faults.add("JUDGE-FORM", what, where=where, next=FORM)
    if len(faults.items) > before:
        return None
    made = _made(raw, seen if isinstance(seen, dict) else {})
    for code, what, next_ in faults_in(made):
        faults.add(code, what, where=where, next=next_)
    return made if len(faults.items) == before else None


def _is_seen(seen: object) -> bool:
    if not isinstance(seen, dict) or not {"name", "entry"} <= seen.keys() <= set(_SEEN):
        return False
    return all(isinstance(text, str) and len(text) <= MOST_WRITTEN for text in seen.values())


def _made(raw: Mapping[str, Any], seen: Mapping[str, str]) -> Judgement:
    texts = {key: raw[key] if isinstance(raw[key], str) else "" for key in _KEYS if key != "seen"}
    return Judgement(
        list_id=texts["list"],
        entry_id=texts["entry"],
        written=texts["written"],
        says=cast(Says, texts["says"]),  # checked by `faults_in`
        by=texts["by"],
        at=texts["at"],
        why=texts["why"],
        seen=Seen(**seen),
    )


def faults_in(judgement: Judgement) -> Iterator[tuple[str, str, str]]:
    """Yields code, error and next step for everything wrong with a judgement."""
    said = plain(judgement)
    for key, most in _TEXTS.items():
        text = said[key]
        if not text.strip() or len(text) > most or _has_breaks(text):
            yield "JUDGE-TEXT", f"{key}: expected one line of 1 to {most} characters", "shorten or add it"
    if said["says"] not in SAYS:
        yield "JUDGE-SAYS", f"says: {brief_value(str(said['says']))!r} is not one of {', '.join(SAYS)}", "choose one"
    if signs_nobody(judgement.by):
        what = f"by: {brief_value(judgement.by)!r} names neither a person nor a department"
        yield "JUDGE-BY", what, "write who judged, such as `export control desk`"
    if total(map(str.isalpha, judgement.why)) < _LEAST_WHY:
        yield "JUDGE-WHY", "why: a reason is required", "state the facts compared: address, register number, owners"
    if not _is_instant(judgement.at):
        what = f"at: {brief_value(judgement.at)!r} is not a time such as 2026-11-24T09:30:00Z"
        yield "JUDGE-AT", what, "write the time in UTC"


_INSTANT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _is_instant(text: str) -> bool:
    if not _INSTANT.fullmatch(text):
        return False
    try:
        return datetime.fromisoformat(text).tzinfo == UTC
    except ValueError:
        return False


def _has_breaks(text: str) -> bool:
    """Returns whether a text has line breaks, control characters or marks that turn the direction of writing."""
    return any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in text)
