"""The form of a kept file: what it is, which version, how long, and a hash over its key and content."""

from __future__ import annotations

import hashlib
import re
import struct
from typing import NamedTuple

MAGIC, VERSION = b"COERKEPT", 1
_HEAD = struct.Struct("<8sIQ32s")  # little-endian: magic, version, bytes of content, SHA-256
_KEY = re.compile(r"[0-9a-f]{64}")


class Opened(NamedTuple):
    """A kept file as read.

    Attributes:
        content: Its content; None if it must not be used.
        why: The reason in that case.
    """

    content: bytes | None
    why: str = ""


def checked_key(key: str) -> str:
    """Returns a key.

    Raises:
        ValueError: If it is not a SHA-256 in hexadecimal.
    """
    if _KEY.fullmatch(key) is None:
        raise ValueError(f"{key[:80]!r} is not a SHA-256 in hexadecimal")
    return key


def wrapped(key: str, content: bytes) -> bytes:
    """Returns the bytes of a kept file."""
    return _HEAD.pack(MAGIC, VERSION, len(content), _digest(key, content)) + content


def opened(key: str, held: bytes) -> Opened:
    """Returns the content of a kept file, or the reason why it must not be used.

    Args:
        key: Key under which it was kept; a file that was renamed does not match.
        held: Bytes of the file.
    """
    if len(held) < _HEAD.size:
        return Opened(None, "it is cut off")
    magic, version, length, digest = _HEAD.unpack_from(held)
    content = held[_HEAD.size :]
    if magic != MAGIC:
        return Opened(None, "it is not a file of this cache")
    if version != VERSION:
        return Opened(None, f"it has version {version} of the format instead of {VERSION}")
    if len(content) != length:
        return Opened(None, f"it has {len(content):,} bytes instead of {length:,}")
    if digest != _digest(key, content):
        return Opened(None, "its content does not match its hash")
    return Opened(content)


def _digest(key: str, content: bytes) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(content)
    return digest.digest()
