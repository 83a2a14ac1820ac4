"""Answers in a record, without their wording: results, ids, figures, dates, structure.

Text with a space or a non-ASCII character counts as wording, and so does everything under a language key; hashes
depend on the wording of the rulebook. The rest must be equal even if all texts are rewritten.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import PurePosixPath
from typing import Any

CODE = re.compile(r"[!-~]*")
HASH = re.compile(r"[0-9a-f]{12,64}")
LANGUAGES = frozenset({"en", "zh", "ja", "de"})
# Fields that hold wording alone; those that end in a language may come and go.
WORDS = frozenset(
    {
        "label",
        "title",
        "title_en",
        "name",
        "name_en",
        "words",
        "what",
        "next",
        "reason",
        "ref",
        "place",
        "short",
        "subject",
    }
)
COMPARED = (".json", ".jsonl", ".csv")


def has_answers(name: str) -> bool:
    """Returns whether a recorded file contains answers as data."""
    return PurePosixPath(name).suffix in COMPARED and not name.startswith("errors/")


def answers(name: str, content: bytes) -> list[bytes]:
    """Returns the answers in a file, one per entry or row, with all wording masked."""
    text = content.decode()
    if name.endswith(".csv"):
        rows = list(csv.reader(io.StringIO(text)))
        return [json.dumps([_leaf(cell) for cell in row]).encode() for row in rows]
    if name.endswith(".jsonl"):
        return [json.dumps(_plain(_loaded(line)), sort_keys=True).encode() for line in text.splitlines()]
    found = _plain(json.loads(text))
    entries = found if isinstance(found, list) else [found]
    return [json.dumps(entry, sort_keys=True).encode() for entry in entries]


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _plain(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        if value and LANGUAGES.issuperset(value):  # a translation may have been added
            return "WORDS"
        return {_leaf(name): _plain(part, name) for name, part in value.items() if not name.endswith(("_zh", "_en"))}
    if isinstance(value, list):
        return [_plain(part, key) for part in value]
    if isinstance(value, str):
        return "WORDS" if key in LANGUAGES or key in WORDS else _leaf(value)
    return value


def _leaf(text: str) -> str:
    if HASH.fullmatch(text):
        return "HASH"
    if not CODE.fullmatch(text):
        return "WORDS"
    return HASH.sub("HASH", text)
