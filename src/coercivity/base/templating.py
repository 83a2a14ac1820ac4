"""Template environment for pages: output is escaped, and missing values raise an error when printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def page_environment(folder: Path) -> Environment:
    """Returns the environment for the templates of a folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    class Absent(StrictUndefined):
        """A missing value: it can be tested, but printing it raises an error."""

        __slots__ = ()

        def __bool__(self) -> bool:  # type: ignore[override] # the parent class refuses even the test
            return False

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=Absent,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
