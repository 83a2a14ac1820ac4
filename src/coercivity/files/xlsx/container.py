"""The container of an XLSX file: checked before it is unpacked, and with every unpacked byte counted."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from coercivity.base.errors import CoercivityError, brief_value
from coercivity.files.bounds import bomb, swollen
from coercivity.files.chunk import damaged

MOST_BYTES = 1 << 30
MOST_ENTRIES = 5000
_SUSPECT_BYTES, _SUSPECT_RATIO = 50 << 20, 200
_BLOCK = 1 << 18
_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError, OSError,
)  # fmt: skip


class Container:
    """The members of an XLSX file, read block by block."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with zipfile.ZipFile(path) as file:
                self.members = file.infolist()
        except _FAULTS as error:
            raise damaged(path, "the workbook is truncated or damaged: its table of contents cannot be read") from error
        self.names = {member.filename for member in self.members}
        self._check()

    def _check(self) -> None:
        """Raises CoercivityError if the container is hostile or not a workbook."""
        total = sum(member.file_size for member in self.members)
        packed = max(1, sum(member.compress_size for member in self.members))
        if len(self.members) > MOST_ENTRIES:
            raise self._hostile(f"it has {len(self.members):,} members; the limit is {MOST_ENTRIES:,}")
        if total > MOST_BYTES or _swollen(packed, total):
            raise self._hostile(f"it unpacks from {packed:,} to {total:,} bytes")
        if any(member.flag_bits & 1 for member in self.members):
            raise CoercivityError.of(
                "TABLE-KIND",
                "the workbook is password-protected",
                where=str(self.path),
                next="save it without a password",
            )
        if len(self.names) < len(self.members):
            twice = sorted({name for name in self.names if sum(m.filename == name for m in self.members) > 1})
            raise damaged(self.path, f"the workbook has two members called {brief_value(twice[0])}")
        if "xl/workbook.xml" not in self.names and "_rels/.rels" not in self.names:
            raise self._other()

    def _other(self) -> CoercivityError:
        """Returns the error for a zip file that is not a workbook."""
        what = "a zip file, not a workbook"
        if "content.xml" in self.names:
            what = "an OpenDocument file (.ods)"
        return CoercivityError.of(
            "TABLE-KIND", f"this is {what}", where=str(self.path), next="save the table as XLSX or CSV"
        )

    def _hostile(self, what: str) -> CoercivityError:
        """Returns the error for a container made to expand excessively."""
        return bomb(self.path, what, refused="the workbook was rejected", next="save the table as CSV, or split it")

    def blocks(self, name: str, *, most: int = MOST_BYTES) -> Iterator[bytes]:
        """Unpacks a member block by block.

        Args:
            name: The member.
            most: Size limit of the member [bytes].

        Yields:
            The blocks.

        Raises:
            CoercivityError: If the member is missing, damaged, too large, or not as declared.
        """
        if name not in self.names:
            raise damaged(self.path, f"member {brief_value(name)} of the workbook is missing")
        total = 0
        try:
            with zipfile.ZipFile(self.path) as file:
                packed = max(1, file.getinfo(name).compress_size)
                with file.open(name) as member:
                    while block := member.read(_BLOCK):
                        total += len(block)
                        if total > most or _swollen(packed, total):
                            raise self._hostile(f"{name} unpacks from {packed:,} to more than {total - 1:,} bytes")
                        yield block
        except _FAULTS as error:
            raise damaged(self.path, f"member {name} of the workbook is truncated or damaged") from error

    def whole(self, name: str, *, most: int = 32 << 20) -> bytes:
        """Returns a small member in one piece; raises as `blocks` does."""
        return b"".join(self.blocks(name, most=most))


def _swollen(packed: int, unpacked: int) -> bool:
    return swollen(packed, unpacked, free=_SUSPECT_BYTES, ratio=_SUSPECT_RATIO)
