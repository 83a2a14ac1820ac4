"""Reads a text file as batches of lines in bounded memory: block by block, without keeping overlong lines."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coercivity.files.chunk import LONGEST_LINE
from coercivity.files.encodings import Encoding, label_of

_BLOCK = 1 << 18
_KEPT = 4096
# Classes of bytes in UTF-8: L starts a three-byte character, D a two-byte one, C continues one.
_CLASSES = bytes(
    ord("C") if 0x80 <= byte <= 0xBF else ord("D") if 0xC2 <= byte <= 0xDF else ord("L") if 0xE0 <= byte <= 0xEF else 46
    for byte in range(256)
)
# Two ideographs or one Western letter in UTF-8: unlikely to occur by chance in these encodings.
_UTF8_SIGNS = {"gb18030": b"LCCLCC", "cp932": b"LCCLCC", "big5": b"LCCLCC", "cp1252": b"DC"}
TOO_LONG = f"the line is longer than {LONGEST_LINE:,} bytes"


@dataclass(slots=True)
class Lines:
    """Consecutive lines.

    Attributes:
        first: Number of the first line.
        texts: Lines without their line breaks.
        bad: Errors by line number in the file.
    """

    first: int
    texts: list[str]
    bad: dict[int, str] = field(default_factory=dict)


def read_lines(path: Path, encoding: Encoding) -> Iterator[Lines]:
    """Reads a text file in batches of about 256 kB.

    Args:
        path: The file.
        encoding: Its encoding. Bytes that cannot be decoded become the replacement character, and their line is bad.

    Yields:
        The lines. A line longer than 1 MB is bad, and only its beginning is included.
    """
    first = 1
    for block in read_blocks(path, encoding):
        lines = block.lines(first, encoding)
        if lines.texts:
            first += len(lines.texts)
            yield lines


@dataclass(frozen=True, slots=True)
class Block:
    """Bytes of whole lines, or the beginning of an overlong one."""

    data: bytes
    too_long: bool = False

    def lines(self, first: int, encoding: Encoding) -> Lines:
        """Returns the lines, the number of the first of which is given."""
        lines = _batch(first, self.data, encoding.codec)
        if self.too_long:
            lines.texts = lines.texts[:1]
            lines.bad = {first: TOO_LONG}
        return lines


def read_blocks(path: Path, encoding: Encoding) -> Iterator[Block]:
    """Yields blocks of whole lines, of about 256 kB."""
    newline, back = ("\n".encode(encoding.codec), "\r".encode(encoding.codec)) if encoding.wide else (b"\n", b"\r")
    with path.open("rb") as file:
        file.seek(encoding.skip)
        rest, skipping = b"", b""
        while block := file.read(_BLOCK):
            data = rest + block
            if skipping:
                start = _first_end(data, newline, back)
                if start < 0:
                    rest = data[len(data) - len(data) % 2 - 2 :] if len(data) > 4 else data
                    continue
                yield Block(skipping, too_long=True)
                data, skipping = data[start:], b""
            cut = _last_end(data, newline, back)
            if cut > 0:
                yield Block(data[:cut])
                data = data[cut:]
            rest = data
            if len(rest) > LONGEST_LINE:
                kept = rest[:_KEPT]
                skipping, rest = kept, rest[len(rest) - len(rest) % 2 - 2 :]
        if skipping:
            yield Block(skipping, too_long=True)
        elif rest:
            yield Block(rest)


def _last_end(data: bytes, newline: bytes, back: bytes) -> int:
    """Returns the end of the last whole line, or 0. A final carriage return may be half of a line break."""
    for mark, most in ((newline, len(data)), (back, len(data) - len(back))):
        at = data.rfind(mark, 0, most)
        while at >= 0 and at % len(mark):
            at = data.rfind(mark, 0, at + len(mark) - 1)
        if at >= 0:
            return at + len(mark)
    return 0


def _first_end(data: bytes, newline: bytes, back: bytes) -> int:
    """Returns the end of the first line break, or -1."""
    found = []
    for mark, most in ((newline, len(data)), (back, len(data) - len(back))):
        at = data.find(mark, 0, most)
        while at >= 0 and at % len(mark):
            at = data.find(mark, at + 1, most)
        if at >= 0:
            found.append(at)
    if not found:
        return -1
    at = min(found)
    size = len(newline)
    return at + 2 * size if data[at : at + 2 * size] == back + newline else at + size


def _batch(first: int, data: bytes, codec: str) -> Lines:
    """Decodes whole lines."""
    bad: dict[int, str] = {}
    try:
        texts = split_lines(data.decode(codec))
    except UnicodeDecodeError:
        texts = _decode_each(first, data, codec, bad)
    if codec in _UTF8_SIGNS and _UTF8_SIGNS[codec] in data.translate(_CLASSES):
        _mark_utf8(first, data, codec, bad)
    if max(map(len, texts), default=0) > LONGEST_LINE:
        for place, text in enumerate(texts):
            if len(text) > LONGEST_LINE:
                bad[first + place] = TOO_LONG
                texts[place] = text[:_KEPT]
    return Lines(first, texts, bad)


def _mark_utf8(first: int, data: bytes, codec: str, bad: dict[int, str]) -> None:
    """Marks UTF-8 lines in a file that is not UTF-8: they would decode, but into the wrong text."""
    for place, line in enumerate(_split_bytes(data)):
        if _UTF8_SIGNS[codec] in line.translate(_CLASSES):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            bad[first + place] = f"the line is UTF-8 text in a {label_of(codec)} file"


def split_lines(text: str) -> list[str]:
    """Splits a text at its line breaks: line feed, carriage return, or both."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    texts = text.split("\n")
    if not texts[-1]:
        texts.pop()
    return texts


def _decode_each(first: int, data: bytes, codec: str, bad: dict[int, str]) -> list[str]:
    """Decodes line by line, so that one bad byte affects only one line."""
    texts = []
    what = f"the line contains bytes that are not {label_of(codec)} text"
    if codec.startswith("utf-16"):
        replaced = split_lines(codecs.decode(data, codec, "coercivity-twinned"))
        for place, text in enumerate(replaced):
            if _MARK in text:
                bad[first + place] = what
            texts.append(text.replace(_MARK, "\ufffd"))
        return texts
    for place, line in enumerate(_split_bytes(data)):
        try:
            texts.append(line.decode(codec))
        except UnicodeDecodeError:
            bad[first + place] = what
            texts.append(line.decode(codec, "replace"))
    return texts


_MARK = "\ufffd\ue000\ufffd"


def _mirrored(error: UnicodeError) -> tuple[str, int]:
    """Puts a marker where UTF-16 breaks, one that no text contains by chance."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _MARK, min(len(error.object), error.start + 2)


codecs.register_error("coercivity-twinned", _mirrored)


def _split_bytes(data: bytes) -> list[bytes]:
    """Splits bytes at their line breaks."""
    parts = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if not parts[-1]:
        parts.pop()
    return parts
