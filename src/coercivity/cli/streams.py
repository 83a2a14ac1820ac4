"""Standard output and error as a run may find them: open, closed early by the reader, full, or missing."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from coercivity.base.errors import CoercivityError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STREAMS = (0, 1, 2)


def ready() -> None:
    """Prepares standard output and error, so that neither a reader that stops nor a full disk breaks the program.

    If the reader closes the pipe, as `head` does, the rest is dropped and the work continues, so that the exit code is
    that of the result. A full standard output is reported as an error; a full standard error is ignored. A character
    that the encoding of a stream does not have is written as an escape.
    """
    for number in STREAMS:
        _opened(number)
    sys.stdout, sys.stderr = _stream(sys.stdout, 1, told=True), _stream(sys.stderr, 2, told=False)


def _opened(number: int) -> None:
    """Points a closed stream at the null device, so that no other file is opened under its number."""
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)


def _stream(old: TextIO | None, number: int, *, told: bool) -> TextIO:
    raw = _Writer(number, told=told)
    if not isinstance(old, io.TextIOWrapper):  # it was closed
        return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="replace")
    old.flush()
    return io.TextIOWrapper(
        # Keep unbuffered output unbuffered.
        cast(BinaryIO, raw) if old.write_through else io.BufferedWriter(raw),
        encoding=old.encoding,
        errors=old.errors if holds_all(old) else "backslashreplace",
        line_buffering=old.line_buffering,
        write_through=old.write_through,
    )


def holds_all(stream: TextIO) -> bool:
    """Returns whether a stream can write every character: its encoding is a form of Unicode, or it has none."""
    encoding: str | None = stream.encoding
    return encoding is None or codecs.lookup(encoding).name.startswith("utf")


class _Writer(io.RawIOBase):
    """Writes the bytes of a stream and drops them once they cannot be written."""

    def __init__(self, number: int, *, told: bool) -> None:
        self._number, self._told, self._gone = number, told, False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return os.isatty(self._number)

    def write(self, content: ReadableBuffer, /) -> int:
        left = memoryview(content)
        try:
            while left and not self._gone:
                left = left[os.write(self._number, left) :]
        except BrokenPipeError:
            self._gone = True
        except OSError as error:
            self._gone = True
            if self._told:
                what = f"cannot be written: {error.strerror}"
                next = "free some disk space, or write to another place"
                raise CoercivityError.of("OUT", what, where="standard output", next=next) from error
        return len(memoryview(content))
