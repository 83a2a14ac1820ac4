"""Requests about the workbook of a company: its stops, its licence chain, and the quick start."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt, StringConstraints

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.verbs.serving.firms.files import firm_content, workbook_of
from coercivity.verbs.serving.firms.what_if import WhatIf
from coercivity.verbs.serving.models import DayText, FilesSent, Name, Scalar, Sent, Text, Vouches, raw
from coercivity.verbs.serving.places import Places

MOST_SHEETS, MOST_ROWS, MOST_CELLS = 30, 20_000, 120
MOST_ASKED = 12
MOST_NAMED = 200
NumberText = Annotated[str, StringConstraints(max_length=40)]
CellText = Annotated[Scalar, AfterValidator(raw)]  # as text, so that a job can keep it
Row = Annotated[dict[Name, CellText], Field(max_length=MOST_CELLS)]
Sheet = Row | Annotated[list[Row], Field(max_length=MOST_ROWS)]
_FILE = "Id of an uploaded workbook, or the name of an example"
_SHEETS = "Rows by sheet, as in the YAML form of the workbook: `settings` as one object, every other sheet as a list"
_CONFIDENCES = "Confidences for the last day to sign, such as 0.9"
_MASSES = "Masses by air to compare, kg"
_WEIGHT = "Weight of CVaR in the objective, 0 to 1; 0 by default"
_LEVEL = "Level of CVaR, 0.9 by default: the mean of the most expensive 10 % of cases"
_LIMITS = (
    "New values by limit: budget [1000 EUR], storage [t], lost_line_days, stock_cap: and a grade [t]; `none`: no limit"
)
_WITHOUT = "Options that may not be chosen"
_APART = "Grades taken as independent of each other; by default one authority stops all together"


class WorkbookSent(FilesSent):
    """A workbook: an uploaded one or an example by `file`, or its rows in `workbook`; not both."""

    file: Annotated[Name | None, Field(description=_FILE)] = None
    workbook: Annotated[dict[Name, Sheet] | None, Field(max_length=MOST_SHEETS, description=_SHEETS)] = None

    def content(self, places: Places) -> Content:
        """Returns the workbook as its reader takes it.

        Args:
            places: Folders of the server.

        Raises:
            CoercivityError: If there is no such upload, or neither or both are given.
        """
        if (self.file is None) == (self.workbook is None):
            what = "give either `file` or `workbook`"
            raise CoercivityError.of("HTTP-FORM", what, where="body", next="upload the workbook, or send its rows")
        if self.file is not None:
            return firm_content(places, self.file)
        assert self.workbook is not None
        return workbook_of({name: _texts(sheet) for name, sheet in self.workbook.items()})


def _texts(sheet: dict[str, Scalar] | list[dict[str, Scalar]]) -> dict[str, str] | list[dict[str, str]]:
    return [_row(row) for row in sheet] if isinstance(sheet, list) else _row(sheet)


def _row(row: dict[str, Scalar]) -> dict[str, str]:
    return {name: str(raw(value)) for name, value in row.items()}


class CompanyStopsSent(WorkbookSent):
    """A workbook for the stops of its plants; `independent` treats grant and renewal as independent.

    `draws`, a power of two up to 256, adds the result by draws of the licensing desk's practice as `drawn`.
    """

    on: DayText | None = None
    until: DayText | None = None
    independent: bool | None = None
    known: DayText | None = None
    assume: Text | None = None
    vouches: Vouches = []
    draws: StrictInt | None = None


class ChainSent(WorkbookSent):
    """A workbook for its licence chain; values given here take precedence over its settings.

    `to` is the destination of the usual stages, for a workbook that gives none.
    """

    sign: DayText | None = None
    arrive_by: DayText | None = None
    confidence: Annotated[list[NumberText], Field(max_length=MOST_ASKED, description=_CONFIDENCES)] = []
    plant: Name | None = None
    to: Text | None = None
    return_chance: NumberText | None = None
    by_air_kg: Annotated[list[NumberText], Field(max_length=MOST_ASKED, description=_MASSES)] = []
    draws: StrictInt | None = None


Names = Annotated[list[Name], Field(max_length=MOST_NAMED)]


class MixChangesSent(WorkbookSent):
    """A workbook for the best mix of stock and options, and changes that are tried without another upload.

    `on` is the first day of the mix for the law; by default the day of the stock count.
    """

    on: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None
    vouches: Vouches = []
    weight: Annotated[CellText | None, Field(description=_WEIGHT)] = None
    cvar: Annotated[CellText | None, Field(description=_LEVEL)] = None
    limits: Annotated[dict[Name, CellText], Field(max_length=MOST_NAMED, description=_LIMITS)] = {}
    without: Annotated[Names, Field(description=_WITHOUT)] = []
    independent: Annotated[Names, Field(description=_APART)] = []

    @property
    def what_if(self) -> WhatIf:
        """The changes."""
        return WhatIf(
            weight="" if self.weight is None else str(raw(self.weight)),
            level="" if self.cvar is None else str(raw(self.cvar)),
            limits=tuple((name, str(raw(value))) for name, value in self.limits.items()),
            without=tuple(self.without),
            apart=tuple(self.independent),
        )


class MixSent(MixChangesSent):
    """A workbook for the best mix; `late` prices legal facts that are known late, `frontier` has 21 weights of CVaR."""

    late: bool = False
    frontier: bool = False


class QuickSent(Sent):
    """The numbers of the quick start by name, and the language of the workbook that is made of them."""

    numbers: Annotated[dict[Name, Scalar], Field(max_length=30)]
