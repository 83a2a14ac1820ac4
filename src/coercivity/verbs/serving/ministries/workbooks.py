"""Workbooks of a ministry on a server: uploaded ones, and the built-in examples."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from coercivity.base.errors import CoercivityError, Fault, nearest
from coercivity.base.examples import example_folder
from coercivity.data.input import Content
from coercivity.verbs.ministry_files import zipped
from coercivity.verbs.serving.firms.models import WorkbookSent
from coercivity.verbs.serving.models import Name
from coercivity.verbs.serving.places import Places

QuestionName = Literal["fund", "strategy"]
EXAMPLES: dict[QuestionName, tuple[str, ...]] = {
    "fund": ("fund", "pipeline"),
    "strategy": ("strategy", "strategy-draws", "strategy-market"),
}
_NAMES = tuple(name for names in EXAMPLES.values() for name in names)
_FILE = f"Id of an uploaded workbook, or the name of an example: {', '.join(_NAMES)}"


class MinistrySent(WorkbookSent):
    """A workbook of a ministry: an uploaded one or an example by `file`, or its rows in `workbook`; not both."""

    file: Annotated[Name | None, Field(description=_FILE)] = None

    def content(self, places: Places) -> Content:
        """Returns the workbook as its reader takes it.

        Args:
            places: Folders of the server.

        Raises:
            CoercivityError: If there is no such upload, or neither or both are given.
        """
        if self.file is None or self.workbook is not None:
            return super().content(places)
        return ministry_content(places, self.file)


def ministry_content(places: Places, name: str) -> Content:
    """Returns a workbook by the id of its upload, or the name of an example.

    Args:
        places: Folders of the server.
        name: The id or the name.

    Raises:
        CoercivityError: If there is none.
    """
    if name in _NAMES:
        return _example(name)
    try:
        upload = places.upload(name)
    except CoercivityError as error:
        near = nearest(name[:80], _NAMES)
        told = (Fault(one.code, one.what, one.where, nearest=near, next=one.next) for one in error.faults)
        raise CoercivityError(tuple(told)) from None
    return Content(upload.name, upload.path.read_bytes())


def ministry_name(places: Places, name: str) -> str:
    """Returns the name of the file of a workbook; blank if there is none.

    Args:
        places: Folders of the server.
        name: The id of its upload, or the name of an example.
    """
    try:
        return ministry_content(places, name).name if name else ""
    except CoercivityError:
        return ""


@cache
def _example(name: str) -> Content:
    """Returns an example: a YAML file, or one CSV file a sheet as one archive."""
    folder = example_folder() / "ministry" / name
    whole = folder.with_suffix(".yaml")
    if whole.is_file():
        return Content(whole.name, whole.read_bytes())
    return Content(f"{name}.zip", zipped({path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}))
