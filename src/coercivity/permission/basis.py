"""The rows of law, practice and assumption that a figure of the licensing desk rests on, noted as they are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.data.packs import open_pack
from coercivity.practice.desk import EVERYWHERE, DeskPractice, DeskRow, Parameter
from coercivity.practice.desk_tables import FIGURES
from coercivity.practice.records import Report, load_records, load_reports


@dataclass(frozen=True, slots=True)
class Asked:
    """A queue and two days.

    Attributes:
        form: Form of the goods, technology or service; `any` if it does not matter.
        country: ISO 3166 alpha-2 code of the destination.
        user: `civil` or `military`.
        on: The day for which rows count.
        known: Reports after it do not count.
    """

    form: str
    country: str
    user: str
    on: Day
    known: Day


@dataclass(slots=True)
class Basis:
    """Rows as table:id.

    Attributes:
        sources: Rows of law and of reported practice.
        assumed: Assumptions.
    """

    sources: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)

    def figure(self, practice: DeskPractice, parameter: Parameter, asked: Asked) -> float:
        """Returns a figure of the licensing desk.

        Raises:
            LookupError: If no row gives it; the packed table has one for every queue.
        """
        row = practice.row(parameter, asked.form, asked.country, asked.user, asked.on, asked.known)
        if row is None:
            raise LookupError(f"no row of the licensing desk gives {parameter} for {asked}")
        return self.row(row)

    def row(self, row: DeskRow) -> float:
        """Returns the value of a row of the licensing desk."""
        (self.assumed if row.quality == "assumed" else self.sources).add(f"{FIGURES}:{row.id}")
        return row.value

    def assume(self, key: str) -> float:
        """Returns the value of a row of `assumptions` by its readable key."""
        row, value = _assumptions()[key]
        self.assumed.add(f"assumptions:{row}")
        return value

    def report(self, report: Report) -> float:
        """Returns the figure of a report."""
        self.sources.add(f"licence_practice:{report.id}")
        return float(report.figure)


def heard(practice: DeskPractice, country: str, known: Day) -> Iterator[Report]:
    """Returns the reports up to a date for the country, its group, or everywhere, without special uses."""
    special = load_records().special_uses
    places = {country, EVERYWHERE, *(group for group, members in practice.groups.items() if country in members)}
    for report in load_reports():
        if report.reported_on <= known and report.destination in places and report.end_use not in special:
            yield report


@lru_cache(maxsize=1)
def _assumptions() -> dict[str, tuple[str, float]]:
    """Returns id and value of the rows of `assumptions` by their readable keys."""
    pack = open_pack("world")
    table = pack.table("assumptions")
    values = {row: float(value) for row, value in zip(table.text("id"), table.text("value"), strict=True)}
    return {key: (row, values[row]) for key, row in pack.assumption_rows.items()}
