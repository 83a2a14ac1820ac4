"""The names that one cell may hold: several parties, an address behind the name, the other script in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from coercivity.parties.names import count_han, has_form, has_han

MOST_SIGNS = 600  # of one name; the longest in the packed lists has about a hundred
_MOST_JOINED = 4  # pieces between commas that may belong to one name
_LEAST_LATIN = 8  # letters, of a name beside one in signs
_LEAST_HAN = 3
_LEAST_HAN_PIECE = 4

_BUSY = re.compile(r"[^\w .&'-]|\s[-\u2013\u2014]\s|\b(?:dba|fka|aka|formerly|trading|behalf|attn)\b", re.IGNORECASE)
_TAIL = re.compile(r",\s*(?:ltd|limited|inc|incorporated|llc|plc|corp|gmbh|s\.?a)\.?\s*\Z", re.IGNORECASE)
_INNER = re.compile(r"[(\[{<【「『〔]([^()\[\]{}<>【】「」『』〔〕]*)[)\]}>】」』〕]")
_BRACKETS = re.compile(r"[()\[\]{}<>【】「」『』〔〕]")
_BETWEEN = re.compile(
    r"\b(?:c/o|d/b/a|f/k/a|a/k/a|t/a|dba|fka|aka|(?:formerly|also)(?:\s+known\s+as)?|trading\s+as|on\s+behalf\s+of|attn)\b"
    r"|[;/\\|\n\r\t\v\f\u2028\u2029\u0085]",
    re.IGNORECASE,
)
_SOFT = re.compile(r"[,、:]|\s[-\u2013\u2014]\s")
_IN_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·・]+")


def names_in(cell: str) -> tuple[str, ...]:
    """Returns the names that a cell may hold, the whole cell first.

    These are the cell; what stands in and beside its brackets; what stands between `;`, `/` and line ends; what stands
    before a comma, and behind one where it ends in a company form or is in Chinese signs; and each script by itself.
    A name that never ends is left out: no listed one is so long.
    """
    if cell.isascii() and not _BUSY.search(_TAIL.sub("", cell)):
        return (cell,) if len(cell) <= MOST_SIGNS else ()
    return tuple(dict.fromkeys(name for name in _names(cell) if 1 < len(name) <= MOST_SIGNS))


def _names(cell: str) -> Iterator[str]:
    yield cell
    text = unicodedata.normalize("NFKC", cell)
    for chunk in (text, *_bracketed(text)):
        for segment in _BETWEEN.split(chunk):
            whole = " ".join(segment.split())
            yield whole
            yield from _scripts(whole)
            for run in _runs(_SOFT.split(whole)):
                yield run
                yield from _scripts(run)


def _bracketed(text: str) -> Iterator[str]:
    """What stands beside brackets and what in them; a bracket without its other half ends a name."""
    inside: list[str] = []
    for _ in range(4):
        found = _INNER.findall(text)
        if not found:
            break
        inside += found
        text = _INNER.sub(" ", text)
    if inside or _BRACKETS.search(text):
        yield from _BRACKETS.split(text)
        yield from inside


def _runs(pieces: list[str]) -> Iterator[str]:
    """Neighbouring pieces: those at the beginning, and of the others those that say that they are a name."""
    if len(pieces) == 1:
        return
    for first in range(len(pieces)):
        for end in range(first + 1, min(first + _MOST_JOINED, len(pieces)) + 1):
            run = ", ".join(piece.strip() for piece in pieces[first:end])
            if first == 0 or count_han(run) >= _LEAST_HAN_PIECE or has_form(run):
                yield run


def _scripts(name: str) -> Iterator[str]:
    """The name in signs and the one in letters, where both stand side by side and each is long enough to be one."""
    if name.isascii() or not has_han(name):
        return
    letters = _IN_SIGNS.sub("\n", name)
    signs = "".join(_IN_SIGNS.findall(name))
    for part in map(str.strip, letters.split("\n")):
        if len(part) >= _LEAST_LATIN or (part and has_form(part) and " " in part):
            yield part
    if count_han(signs) >= _LEAST_HAN and len(signs) < len(name):
        yield signs
