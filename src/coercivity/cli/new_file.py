"""A file that is written where there is none yet: one filled in by hand cannot be made again."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.out import put


def must_be_new(out: Path) -> None:
    """Checks that no file is lost.

    Raises:
        CoercivityError: If there is a file of that name.
    """
    if out.is_file():
        step = "choose another --out, or move the file away"
        raise CoercivityError.of("OUT", "the file exists", where=out.as_posix(), next=step)


def put_template(out: Path, content: bytes, lang: Lang) -> None:
    """Writes an empty workbook and says so.

    Args:
        out: XLSX file to write; `must_be_new` was asked.
        content: Its bytes.
        lang: Language of the line.

    Raises:
        CoercivityError: If it cannot be written.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.workbook import write_workbook

    write_workbook(out, content)
    put(message(f"written: {out.as_posix()}", lang))
