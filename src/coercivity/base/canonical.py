"""Canonical JSON and hashes: the same value gives the same bytes on any machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> bytes:
    """Returns JSON with sorted keys, no spaces, UTF-8.

    Floats are refused: only text, integers, flags, lists and mappings are hashed. The caller writes numbers with a
    fraction as decimal text.

    Raises:
        TypeError: If the value contains a float or anything else that JSON can write in more than one way.
    """
    _refuse_floats(value)
    return json_text(value).encode()


def json_text(value: Any) -> str:
    """Returns the canonical JSON of a value known to contain no float, without checking."""
    return encode_basestring(value) if isinstance(value, str) else _ENCODER.encode(value)


def sha256(value: Any) -> str:
    """Returns the SHA-256 of the canonical JSON of `value`, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def sha256_of_text(text: str) -> str:
    """Returns the SHA-256 of canonical JSON text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Returns the SHA-256 over the path, length and bytes of files, in the order given."""
    digest = hashlib.sha256()
    for path, content in files:
        name = path.encode()
        digest.update(len(name).to_bytes(8, "big") + name + len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def round_sig(number: float, digits: int = 9) -> float:
    """Returns `number` rounded to significant digits, as model results are before they are written."""
    return float(f"{number:.{digits - 1}e}")


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float cannot be hashed: convert it to decimal text first")
    if isinstance(value, dict):
        for entry in value.values():
            _refuse_floats(entry)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            _refuse_floats(entry)


def each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns the JSON object; for `object_pairs_hook`, since readers differ in how they treat a duplicate key.

    Raises:
        ValueError: If a key appears twice.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"duplicate key {next(name for name in names if names.count(name) > 1)[:80]!r}")
    return found
