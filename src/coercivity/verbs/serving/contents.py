"""Content that was sent, as what `verbs` reads, and faults told without the places where a server keeps files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.verbs.serving.places import Upload
from coercivity.verbs.table_look import bared, renamed

__all__ = ["Content", "called", "placeless", "standing_file"]

STANDING_NAME = "standing.yaml"


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


def standing_file(block: Mapping[str, object]) -> Content:
    """Returns a standing block as the file that `verbs` reads; JSON is YAML too."""
    return Content.of(STANDING_NAME, json.dumps({"standing": block}, ensure_ascii=False))
