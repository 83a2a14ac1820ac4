"""The one way in which pages are made of templates: escaped, and refusing to print what is absent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def page_environment(folder: Path) -> Environment:
    """Returns an environment for the templates of a folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    class Absent(StrictUndefined):
        """What is absent may be asked for, and is refused where it would be printed."""

        __slots__ = ()

        def __bool__(self) -> bool:  # type: ignore[override] # the parent refuses the question itself
            return False

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=Absent,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
