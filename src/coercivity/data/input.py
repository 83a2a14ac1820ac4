"""Reads text from its source: a file, or uploaded content with a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from coercivity.base.errors import CoercivityError, nearest

MOST_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Content:
    """Uploaded content, read as a file of the same name would be.

    Attributes:
        name: Plain name, used in messages.
        content: Its bytes.
    """

    name: str
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, name: str, text: str) -> Content:
        """Returns text as content; characters that UTF-8 cannot encode become question marks."""
        return cls(name, text.encode(errors="replace"))

    @property
    def suffix(self) -> str:
        """The extension of its name, with the dot."""
        return Path(self.name).suffix


Input = Path | Content


def read_bytes(source: Input) -> bytes:
    """Returns the bytes of a source."""
    return source.content if isinstance(source, Content) else source.read_bytes()


def bytes_in(source: Input) -> int:
    """Returns the number of bytes of a source; 0 if the file does not exist."""
    if isinstance(source, Content):
        return len(source.content)
    return source.stat().st_size if source.is_file() else 0


def place_of(source: Input) -> str:
    """Returns the name of a source in messages: the path of a file, the name of uploaded content."""
    return source.name if isinstance(source, Content) else source.as_posix()


def read_text(source: Input, *, most_bytes: int = MOST_BYTES) -> str:
    """Reads UTF-8 text, with or without a byte order mark.

    Raises:
        CoercivityError: If the file is missing or not a file, or its content is too large, empty or not UTF-8.
    """
    where = place_of(source)
    if isinstance(source, Path) and not source.is_file():
        if source.is_dir():
            raise CoercivityError.of(
                "FILE-MISSING",
                "this is a folder; a file is expected",
                where=where,
                next="name a file; for a case folder run `coercivity brief DIR`",
            )
        here = [entry.name for entry in source.parent.iterdir()][:200] if source.parent.is_dir() else []
        close = nearest(source.name, here)
        raise CoercivityError.of("FILE-MISSING", "file not found", where=where, nearest=close, next="check the name")
    size = bytes_in(source)
    if size > most_bytes:
        raise CoercivityError.of(
            "FILE-SIZE",
            f"the file has {size:,} bytes; the limit is {most_bytes:,}",
            where=where,
            next="split it, or check that it is the file you meant",
        )
    try:
        text = read_bytes(source).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CoercivityError.of(
            "FILE-ENCODING", f"byte {error.start} is not valid UTF-8", where=where, next="save the file as UTF-8"
        ) from None
    if not text.strip():
        raise CoercivityError.of(
            "FILE-EMPTY", "the file is empty", where=where, next="see docs/files.md for the format"
        )
    return text
