"""The form of the screen `clock`: rows of stages, returns and the calendar, as the address has them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.chain_form import SETTINGS, Rows
from coercivity.verbs.company_sections import ChainReport
from coercivity.web.view import View

# Columns of a row by the letter that its fields in the address begin with.
STAGE = {"s": "stage", "u": "unit", "d": "days", "p": "probability", "q": "quality", "n": "cases", "o": "source"}
RETURN = {"rs": "stage", "rr": "round", "rc": "chance", "rf": "found_on_day", "rw": "rework_days"}
SINGLE = (
    *("signed", "needed", "confidence", "plant", "stock_through", "use", "lot", "lost_day", "air_over_sea"),
    *("general_licence_valid_through", "general_licence_plant"),
)
# Given as arguments, not as settings: a workbook has one confidence.
GIVEN = {"sign": "signed", "arrive_by": "needed", "confidence": "confidence", "plant": "plant", "by_air_kg": "masses"}
GIVEN_RETURN = {"return_chance": "other_return"}
CALENDAR = ("from", "to", "kind", "state")
MOST_ROWS, BLANK_ROWS, MORE_ROWS = 200, 2, 6
_PLACE = re.compile(r"(settings|stages|returns|calendar)\b.*?(?:entry|row) (\d+)", re.IGNORECASE)
_AT = re.compile(r", (\w+)\Z")


@dataclass(frozen=True, slots=True)
class ClockForm:
    """What the form holds.

    Attributes:
        single: Single values by name.
        stages: Rows of stages by column.
        returns: Rows of returned applications.
        calendar: Own rows of the calendar as CSV; blank for the published ones.
        faults: What is wrong, by the name of a field.
    """

    single: Mapping[str, str]
    stages: Rows
    returns: Rows
    calendar: str = ""
    faults: dict[str, list[Fault]] = field(default_factory=dict)

    def at(self, name: str) -> list[Fault]:
        """Returns what is wrong with a field."""
        return self.faults.get(name, [])

    @property
    def settings(self) -> dict[str, str]:
        """The single values that are settings of a workbook; the others are given as arguments."""
        return {name: value for name, value in self.single.items() if value and name not in GIVEN.values()}

    @property
    def sheets(self) -> dict[str, dict[str, str] | Rows]:
        """The same as the sheets of a workbook; blank cells left out."""
        made: dict[str, dict[str, str] | Rows] = {SETTINGS: self.settings}
        for name, rows in (("stages", _filled(self.stages)), ("returns", _filled(self.returns))):
            if rows:
                made[name] = rows
        if self.calendar.strip():
            made["calendar"] = calendar_rows(self.calendar)
        return made


def empty() -> ClockForm:
    """Returns a form without anything in it."""
    return ClockForm(dict.fromkeys(SINGLE, ""), [], [])


class FormError(Exception):
    """Faults of what a form holds."""

    def __init__(self, form: ClockForm, error: CoercivityError) -> None:
        super().__init__(str(error))
        self.form, self.error = form, error


def typed(view: View) -> ClockForm | None:
    """Returns the form that an address holds; None where it holds no row of stages."""
    stages = _rows(view, STAGE)
    if not stages:
        return None
    single = {name: view.get(name) for name in SINGLE}
    return ClockForm(single, stages, _rows(view, RETURN), view.get("calendar"))


def from_rows(rows: Mapping[str, Rows], view: View) -> ClockForm:
    """Returns the form filled with the rows of a workbook; single values of the address take precedence.

    Args:
        rows: Rows by sheet.
        view: The request.
    """
    settings = next(iter(rows.get(SETTINGS, ())), {})
    single = {name: view.get(name) or settings.get(name, "") for name in SINGLE}
    lines = [",".join(row.get(name, "") for name in CALENDAR) for row in rows.get("calendar", ())]
    calendar = "\n".join([",".join(CALENDAR), *lines]) if lines else ""
    return ClockForm(single, rows.get("stages", []), rows.get("returns", []), calendar)


def calendar_rows(text: str) -> Rows:
    """Returns own rows of the calendar; a first line that names the columns is not one of them."""
    lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text)) if any(map(str.strip, line))]
    if lines and lines[0][0].casefold() == CALENDAR[0]:
        lines = lines[1:]
    return [
        {(CALENDAR[at] if at < len(CALENDAR) else f"column {at + 1}"): cell for at, cell in enumerate(line) if cell}
        for line in lines
    ]


def from_report(body: ChainReport) -> ClockForm:
    """Returns the form filled with the stages of a result.

    Args:
        body: Result of `chain_clock` as plain data.
    """
    stages: Rows = [
        {
            "stage": stage["stage"],
            "unit": stage["unit"],
            "days": str(each["days"]),
            "probability": each["probability"],
            "quality": stage["quality"],
            "source": stage["source"],
            "cases": "" if stage["cases"] is None else str(stage["cases"]),
        }
        for stage in (*body["stages"], *body["transport"])
        for each in stage["alternatives"]
    ]
    returns: Rows = [
        {
            "stage": each["stage"],
            "round": f"{number} and later" if number == len(each["probabilities"]) else str(number),
            "chance": chance,
            "found_on_day": str(found_on),
            "rework_days": str(rework),
        }
        for each in body["returns"]
        for number, (chance, found_on, rework) in enumerate(
            zip(each["probabilities"], each["found_on_working_days"], each["rework_working_days"], strict=True), start=1
        )
    ]
    single = {**empty().single, "signed": body["signed_on"], "needed": body["needed_on"] or "", "plant": body["plant"]}
    return ClockForm({**single, "confidence": " ".join(body["confidences"])}, stages, returns)


def sort_faults(form: ClockForm, faults: Sequence[Fault]) -> None:
    """Puts faults beside the fields of the form that they are about.

    Args:
        form: The form, whose `faults` are filled.
        faults: Faults of the workbook that was made of the form, and of the arguments.
    """
    for fault in faults:
        name = _field(form, fault)
        if name:
            form.faults.setdefault(name, []).append(fault)


def _field(form: ClockForm, fault: Fault) -> str:
    where = fault.where.removeprefix("--").replace("-", "_")
    given = {**GIVEN, **GIVEN_RETURN}
    if where in given:
        return given[where]
    found = _PLACE.search(fault.where)
    if found is None:
        return ""
    sheet, number = found[1].casefold(), int(found[2])
    if sheet == "calendar":
        return "calendar"
    if sheet == SETTINGS:
        keys = list(form.settings)
        return keys[number - 1] if number <= len(keys) else ""
    letters, rows = (STAGE, form.stages) if sheet == "stages" else (RETURN, form.returns)
    filled = [at for at, row in enumerate(rows) if any(row.values())]
    if number > len(filled):
        return ""
    column = _AT.search(fault.where)
    letter = next((key for key, name in letters.items() if column and name == column[1]), next(iter(letters)))
    return f"{letter}{filled[number - 1] + 1}"


def _rows(view: View, letters: Mapping[str, str]) -> Rows:
    pattern = re.compile(rf"({'|'.join(letters)})(\d{{1,2}})")
    held: dict[int, dict[str, str]] = {}
    for name, value in view.query:
        found = pattern.fullmatch(name)
        if found and 1 <= int(found[2]) <= MOST_ROWS:
            held.setdefault(int(found[2]), {})[letters[found[1]]] = value
    # A row without a stage is one that was cleared: its unit is only what the list shows.
    return [held[number] for number in sorted(held) if held[number].get("stage") or _more(held[number])]


def _more(row: Mapping[str, str]) -> bool:
    return any(value for name, value in row.items() if name in ("days", "probability", "chance", "round"))


def _filled(rows: Rows) -> Rows:
    return [{name: value for name, value in row.items() if value} for row in rows if any(row.values())]
