"""Lists of parties as CSV, in columns that are read again as a list of one's own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from coercivity.data.parties.listed import IdentifierKind, ListEntry, NamedList, NameKind

_NAMES: dict[str, NameKind] = {
    "alias": "alias", "former_name": "former", "short_name": "short", "weak_alias": "weak",
}  # fmt: skip
_NUMBERS: dict[str, IdentifierKind] = {
    "uscc": "uscc", "lei": "lei", "duns": "duns", "registration_number": "registration", "tax_id": "tax", "imo": "imo",
    "identifiers": "other",
}  # fmt: skip
_COLUMNS = (
    "entry_id", "list", "party_set", "type", *_NAMES, "country", "address", *_NUMBERS, "website", "date_of_birth",
    "listed_on", "delisted_on", "source",
)  # fmt: skip
_SIGNS = re.compile(r"[;；|\n\r]|&(?=#?\w{1,8};)")
_WRITTEN = {";": "&#59;", "；": "&#65307;", "|": "&#124;", "&": "&amp;"}


def csv_text(lists: Sequence[NamedList]) -> str:
    """Returns lists as CSV with a header, one row per entry; several values in a cell are separated by semicolons.

    A semicolon within a value is written as `&#59;`. A cell that a spreadsheet program would calculate begins with an
    apostrophe.

    Args:
        lists: The lists, in this order.
    """
    most = max((sum(name.kind == "name" for name in entry.names) for one in lists for entry in one.entries), default=1)
    names = [f"name_{n}" for n in range(1, most + 1)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*_COLUMNS[:1], *names, *_COLUMNS[1:]])
    for one in lists:
        for entry in one.entries:
            main = [_value(name.text) for name in entry.names if name.kind == "name"]
            cells = _cells(one, entry)
            writer.writerow(map(_unlive, [cells[0], *main, *[""] * (most - len(main)), *cells[1:]]))
    return stream.getvalue()


def _cells(one: NamedList, entry: ListEntry) -> list[str]:
    kinds = {None: "", True: "person", False: "organization"}
    return [
        entry.entry_id,
        one.list_id,
        entry.party_set,
        kinds[entry.person],
        *(_several(name.text for name in entry.names if name.kind == kind) for kind in _NAMES.values()),
        _several(entry.countries),
        _several(entry.addresses),
        *(_several(number.value for number in entry.identifiers if number.kind == kind) for kind in _NUMBERS.values()),
        _several(entry.websites),
        _several(entry.born),
        "" if entry.listed_on is None else entry.listed_on.isoformat(),
        "" if entry.delisted_on is None else entry.delisted_on.isoformat(),
        entry.source,
    ]


def _several(values: Iterable[str]) -> str:
    return "; ".join(map(_value, values))


def _value(text: str) -> str:
    return _SIGNS.sub(lambda match: _WRITTEN.get(match.group(), " "), text)


def _unlive(cell: str) -> str:
    """Returns a cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r")) else cell
