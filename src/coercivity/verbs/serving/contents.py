"""Uploaded content as input for `verbs`, and faults without the folders of the server."""

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
    """Removes a folder from the faults raised inside, so that users do not see the paths of the server."""
    try:
        yield
    except CoercivityError as error:
        raise bared(error, folder) from None


@contextmanager
def called(upload: Upload) -> Iterator[None]:
    """Replaces the path of an upload with its original name in the faults raised inside."""
    try:
        yield
    except CoercivityError as error:
        raise renamed(error, upload.path, upload.name) from None


def standing_file(block: Mapping[str, object]) -> Content:
    """Returns compliance declarations as the file that `verbs` reads; JSON is valid YAML."""
    return Content.of(STANDING_NAME, json.dumps({"standing": block}, ensure_ascii=False))
