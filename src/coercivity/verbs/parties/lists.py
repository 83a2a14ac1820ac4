"""`rules parties`: the entries of the restricted-party lists, as a table, as CSV and as FollowTheMoney."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypedDict

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.parties.listed import ListEntry
from coercivity.files.write.whole import write_file
from coercivity.intake.parties.lists.csv_out import csv_text
from coercivity.intake.parties.lists.ftm_out import ftm_lines
from coercivity.intake.parties.lists.published import Published, published_lists

PartiesFormat = Literal["csv", "ftm"]


class PartyRow(TypedDict):
    """An entry of a list in brief."""

    list: str
    entry_id: str
    party_set: str
    name: str
    names: list[str]
    countries: list[str]
    listed_on: str
    delisted_on: str
    source: str


@dataclass(frozen=True)
class PartyLists:
    """The entries of the restricted-party lists of a rulebook, and of the user's own.

    Attributes:
        published: The lists, and what was published about their entries.
    """

    published: Published

    @property
    def rows(self) -> list[PartyRow]:
        """The entries in brief."""
        return [_row(entry) for one in self.published.lists for entry in one.entries]

    def text(self, format: PartiesFormat) -> str:
        """Returns the entries as the text of a file.

        Args:
            format: `csv`, one row per entry, or `ftm`, FollowTheMoney as JSON lines.
        """
        if format == "csv":
            return csv_text(self.published.lists)
        return "".join(f"{line}\n" for line in ftm_lines(self.published))


def party_lists(names: Sequence[str] = (), law: Law = PACKED) -> PartyLists:
    """Returns the entries of lists.

    Args:
        names: Names of lists. Default: all.
        law: Rulebook to use, with the user's own lists.

    Raises:
        CoercivityError: If there is no list of a name.
    """
    published, faults = published_lists(law.book()), Faults()
    known = [one.list_id for one in published.lists]
    for name in names:
        if name not in known:
            close, what = nearest(name, known) or known, f"list {brief_value(name)!r} not found"
            faults.add("LIST-UNKNOWN", what, nearest=close, next="use one of these names, or none for all lists")
    faults.raise_if_any()
    wanted = tuple(one for one in published.lists if not names or one.list_id in names)
    return PartyLists(replace(published, lists=wanted))


def write_party_lists(path: Path, lists: PartyLists, format: PartiesFormat) -> None:
    """Writes the entries of lists to a file, completely or not at all.

    Raises:
        CoercivityError: If it cannot be written.
    """
    write_file(path, lists.text(format).encode())


def _row(entry: ListEntry) -> PartyRow:
    return {
        "list": entry.list_id,
        "entry_id": entry.entry_id,
        "party_set": entry.party_set,
        "name": entry.name,
        "names": [name.text for name in entry.names[1:]],
        "countries": [*entry.countries],
        "listed_on": "" if entry.listed_on is None else entry.listed_on.isoformat(),
        "delisted_on": "" if entry.delisted_on is None else entry.delisted_on.isoformat(),
        "source": entry.source,
    }
