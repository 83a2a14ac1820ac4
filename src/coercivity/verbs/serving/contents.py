"""Content that was sent, as the files that `verbs` reads, for as long as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from coercivity.base.errors import CoercivityError
from coercivity.verbs.serving.places import Upload
from coercivity.verbs.table_look import bared, renamed

SENT = "sent"
STANDING_NAME = "standing.yaml"


@contextmanager
def as_files(contents: Mapping[str, str | bytes]) -> Iterator[Path]:
    """Gives a folder that holds contents under their names; faults found inside name the files without the folder.

    Args:
        contents: Content by plain name.
    """
    with TemporaryDirectory(prefix="coercivity-") as name:
        folder = Path(name) / SENT  # a fault may name the folder of a file, so that it has a name that says something
        folder.mkdir()
        for own, content in contents.items():
            held = content if isinstance(content, bytes) else content.encode(errors="replace")
            (folder / own).write_bytes(held)
        with placeless(folder):
            yield folder


@contextmanager
def placeless(folder: Path) -> Iterator[None]:
    """Tells the faults found inside without the place of a folder: where a server keeps files is its own affair."""
    try:
        yield
    except CoercivityError as error:
        raise bared(error, folder) from None


@contextmanager
def called(upload: Upload) -> Iterator[None]:
    """Tells the faults found inside by the name that an upload was sent with."""
    try:
        yield
    except CoercivityError as error:
        raise renamed(error, upload.path, upload.name) from None


def standing_text(block: Mapping[str, object]) -> str:
    """Returns a standing block as the file that `verbs` reads; JSON is YAML too."""
    return json.dumps({"standing": block}, ensure_ascii=False)
