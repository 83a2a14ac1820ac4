"""A licensing desk written by hand: four queues over six months, and reports on them."""

from __future__ import annotations

from typing import Any

from coercivity.base.days import Day
from coercivity.base.months import parse_month
from coercivity.market.results.rows import QueueRow
from coercivity.papers.market.desk.beside import Beside
from coercivity.papers.market.desk.figures import SERIES, Queues
from coercivity.practice.desk import CustomsHold, DeskPractice, DeskRow, GeneralLicence, PracticeEvent, Scope
from coercivity.practice.records import Report, load_records

MONTHS = ("2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08")
BEGAN = Day(2025, 4, 4)
MEASURES = {metric: measure for measure in load_records().measures for metric in measure.metrics}


def queue(form: str, country: str, user: str = "civil", **columns: list[Any]) -> QueueRow:
    """A queue; columns that are not given are zero."""
    zero = [0.0] * len(MONTHS)
    held: dict[str, Any] = {name: list(zero) for name in SERIES}
    held |= {"decision_days": [None] * len(MONTHS), "lead_months": list(zero), **columns}
    row: Any = {"form": form, "country": country, "user": user, **held}
    found: QueueRow = row
    return found


GERMANY = queue(
    "magnet",
    "DE",
    new=[0, 10, 20, 30, 0, 0],
    again=[0, 0, 2, 0, 0, 0],
    returned=[0, 2, 0, 0, 0, 0],
    taken=[0, 0, 12, 18, 20, 0],
    granted=[0, 0, 10, 15, 20, 0],
    refused=[0, 0, 2, 3, 0, 0],
    pending=[0, 8, 18, 30, 10, 10],
    waiting=[0, 8, 8, 20, 0, 0],
    decision_days=[None, None, 30.0, 40.0, 60.0, None],
    general_t=[0, 0, 0, 0, 2, 4],
    used_t=[0, 0, 6, 6, 4, 2],
    licences_t=[0, 0, 4, 10, 16, 8],
    idle_t=[0, 0, 0, 0, 5, 3],
)
FRANCE = queue(
    "magnet",
    "FR",
    new=[0, 0, 4, 0, 0, 0],
    granted=[0, 0, 0, 0, 4, 0],
    pending=[0, 0, 4, 4, 0, 0],
    taken=[0, 0, 1, 0, 3, 0],
    waiting=[0, 0, 3, 3, 0, 0],
    decision_days=[None, None, None, None, 80.0, None],
)
INDIA = queue(
    "magnet",
    "IN",
    new=[0, 6, 0, 0, 0, 0],
    pending=[0, 6, 6, 6, 6, 6],
    waiting=[0, 6, 6, 6, 6, 6],
    halted=[0, 3, 6, 6, 6, 6],
)
DEFENCE = queue("magnet", "US", "military", new=[0, 5, 0, 0, 0, 0], pending=[0, 5, 5, 5, 5, 5])
ROWS = (GERMANY, FRANCE, INDIA, DEFENCE)


def report(metric: str, on: str, destination: str, value: str, unit: str, **more: Any) -> Report:
    """A report; what is not given is as most reports have it."""
    measure = MEASURES[metric]
    held: dict[str, Any] = {
        "id": "LP900",
        "reported_on": Day.fromisoformat(on),
        "destination": destination,
        "end_use": "civil",
        "metric": metric,
        "kind": "share_snapshot",
        "group": measure.group,
        "name": measure.name,
        "value": value,
        "unit": unit,
        "qualifier": "",
        "counted": "",
        "decides": False,
        "quality": "reported",
        "note": "",
        "source_id": "SP031",
        "publisher": "",
        "url": "",
    }
    return Report(**{**held, **more})


LIFE = DeskRow("LD900", "licence_life_months", Scope(), 6, 3, 12, "months", reports=("LP910",))


def practice(
    *,
    rows: tuple[DeskRow, ...] = (LIFE,),
    events: tuple[PracticeEvent, ...] = (),
    general: tuple[GeneralLicence, ...] = (),
    holds: tuple[CustomsHold, ...] = (),
) -> DeskPractice:
    """The practice of a run."""
    return DeskPractice(rows, events, general, holds, groups={"EU": frozenset(("DE", "FR"))})


def beside(
    *reports: Report,
    first: str = MONTHS[0],
    last: str = MONTHS[-1],
    rows: tuple[QueueRow, ...] = ROWS,
    control: dict[str, Day] | None = None,
    desk: DeskPractice | None = None,
) -> Beside:
    """The desk by hand beside some reports."""
    return Beside(
        first=parse_month(first),
        last=parse_month(last),
        queues=Queues(MONTHS, rows),
        control={"magnet": BEGAN} if control is None else control,
        practice=practice() if desk is None else desk,
        reports=reports,
        records=load_records(),
    )
