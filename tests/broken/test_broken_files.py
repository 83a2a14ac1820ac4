from __future__ import annotations

import time
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.files.table import open_table
from tests.broken.kinds import ASKED, KINDS, Kind


def said(path: Path, **asked: str) -> str:
    """What a file says: its error, or its rows and notes, then every row that is broken or noted."""
    out = []
    try:
        table = open_table(path, **asked)  # type: ignore[arg-type] # words of any kind
        rows = 0
        for chunk in table.chunks(50):
            rows += chunk.frame.height
            for place in range(chunk.frame.height):
                if place in chunk.broken:
                    fault = chunk.broken[place]
                    kept = ["-" if cell is None else cell for cell in chunk.frame.row(place)]
                    out.append(f"{fault.where}: {fault.code}: {fault.what} [{'|'.join(kept)[:60]}]")
                if place in chunk.notes:
                    out.append(f"row {chunk.first + place}: " + "; ".join(chunk.notes[place]))
        out.insert(0, f"{rows} rows ({'; '.join(table.notes)})")
    except CoercivityError as error:
        out += [f"{fault.where}: {fault.code}: {fault.what}" for fault in error.faults]
        out += ["nothing to do next" for fault in error.faults if not (fault.next or fault.nearest)]
    return "\n".join(out).replace(str(path), "FILE")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_broken_file_says_what_is_wrong_in_time(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / kind.file
    kind.build(path)
    start = time.perf_counter()
    assert said(path, **ASKED.get(kind.name, {})) == kind.says
    assert time.perf_counter() - start < 5


def test_the_table_names_each_kind_once() -> None:
    names = [kind.name for kind in KINDS]
    assert len(names) == len(set(names)) >= 40
