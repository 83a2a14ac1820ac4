"""Uploaded content is read as a file of its name, and messages use that name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.sources import read_deals, standing_of_file
from coercivity.data.input import Content, Input, read_text
from coercivity.intake.cells.columns import read_map

DEAL = "deals:\n- id: one\n  on: 2025-06-20\n  facts: {act: goods, form: magnet, from: CN, to: DE}\n"
READERS: dict[str, Callable[[Input], object]] = {
    "map.yaml": lambda given: read_map(PACKED.book(), given),
    "standing.yaml": standing_of_file,
    "deals.yaml": lambda given: read_deals(PACKED.book(), given),
    "deals.csv": lambda given: read_deals(PACKED.book(), given),
    "law.yaml": lambda given: Law(overlays=(given,)).book().content_hash,
}
TEXTS = [
    DEAL, DEAL.replace("magnet", "magnett"), "standing:\n  said_by: desk\n  facts: {from: CN}\n", "columns: {a: from}\n", "columns: {a: x}\n",
    "on,from,to\n2025-06-20,CN,DE\n", "on,from,to\n2025-06-20,CN,Xland\n", "", "a: [", "published: 2025-01-01\nid: x\n", "\0",
]  # fmt: skip


def outcome(read: Callable[[Input], object], given: Input, folder: Path) -> object:
    try:
        return read(given)
    except CoercivityError as error:
        held = {f"{folder.as_posix()}/": "", f"{folder.name},": "sent,"}
        return [
            replace(
                fault, where=next((fault.where.replace(a, b) for a, b in held.items() if a in fault.where), fault.where)
            )
            for fault in error.faults
        ]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", TEXTS)
def test_what_was_sent_is_read_as_a_file(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    sent = outcome(READERS[name], Content.of(name, text), tmp_path)
    assert sent == outcome(READERS[name], file, tmp_path)


@pytest.mark.parametrize(
    ("content", "code"), [(b"\xff", "FILE-ENCODING"), (b"x" * 11, "FILE-SIZE"), (b" \n", "FILE-EMPTY")]
)
def test_what_cannot_be_read_is_called_by_its_name(content: bytes, code: str) -> None:
    with pytest.raises(CoercivityError) as error:
        read_text(Content("mine.yaml", content), most_bytes=10)
    assert (error.value.code, error.value.faults[0].where) == (code, "mine.yaml")
