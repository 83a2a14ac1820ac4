"""Users' tables of parties: CSV with header words in English or Chinese, and workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.parties.listed import EntryName, IdentifierKind
from coercivity.intake.parties.lists.countries import country_code
from coercivity.intake.parties.lists.days import day_after, read_list_day
from coercivity.intake.parties.lists.entries import Draft, Entries, distinct, identifiers_of, is_name, names_of, parts
from coercivity.intake.parties.lists.faulty_rows import FaultyRows
from coercivity.intake.parties.lists.forms.headers import NAMING, Role, name_words, roles_of
from coercivity.intake.parties.lists.identifiers import (
    IdentifierProblem,
    identifier_problems_in,
    identifiers_in,
    read_identifier,
)

_PERSON_WORDS = "person individual natural yes y true 自然人 个人 人员"
_COMPANY_WORDS = """company companies entity organisation organization enterprise firm business vessel ship aircraft
airplane legal corporation institution publicbody no n false 企业 公司 单位 组织 机构 法人 实体 船舶 飞机 团体"""
_PERSONS, _COMPANIES = frozenset(_PERSON_WORDS.split()), frozenset(_COMPANY_WORDS.split())
_NO_COUNTRY = frozenset({"xx", "zz", "unknown", "n/a", "-", "various", "none", "未知", "不详", "无"})
_NUMBERS: dict[Role, IdentifierKind] = {
    "uscc": "uscc", "lei": "lei", "duns": "duns", "registration": "registration", "tax": "tax", "imo": "imo",
}  # fmt: skip
_KINDS = frozenset({"name", "alias", "former", "short", "weak"})
_GUARDED = re.compile(r"\A'(?='*[=+\-@\t])")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number in the file, and its cells."""

    number: int
    cells: Sequence[str]


def read_table(headers: Sequence[str], rows: Iterable[Row], entries: Entries, faults: Faults) -> None:
    """Reads the rows of a user's table.

    Args:
        headers: Names of the columns.
        rows: The rows below them.
        entries: Takes the entries, and what is wrong with the rows.
        faults: Takes what is wrong with the columns.
    """
    roles = roles_of(headers)
    if not NAMING.intersection(roles):
        add_no_name_column(headers, entries.rows.place, faults)
        return
    reader = _RowReader(headers, roles, entries.rows)
    for row in rows:
        if len(row.cells) > len(headers) and any(cell.strip() for cell in row.cells[len(headers) :]):
            what = f"{len(row.cells)} cells, but {len(headers)} columns"
            entries.rows.add("LIST-ROW", what, row.number, next="put cells that contain the separator in quotes")
        elif any(map(str.strip, row.cells)):
            draft = reader.draft(row)
            if draft is not None:
                entries.add(draft)


def add_no_name_column(headers: Sequence[str], place: str, faults: Faults) -> None:
    """Adds the fault of a table in which no column holds names, with the nearest header words."""
    words = name_words()
    shown = ", ".join(brief_value(header, longest=30) for header in headers[:8] if header.strip())
    close = dict.fromkeys(word for header in headers[:40] for word in nearest(header[:60], words, most=1))
    what = f"no column holds names; the columns are: {shown or 'without header words'}"
    do = "put a line with column names at the top, and call the column of names `name` or 名称"
    faults.add("LIST-COLUMN", what, where=place, nearest=[*close][:3] or ["name", "名称"], next=do)


class _RowReader:
    """Reads the cells of rows by the roles of their columns."""

    def __init__(self, headers: Sequence[str], roles: Sequence[Role | None], rows: FaultyRows) -> None:
        self._columns = [(n, role, headers[n]) for n, role in enumerate(roles) if role is not None]
        self._rows = rows

    def draft(self, row: Row) -> Draft | None:
        """Returns the entry of a row; None if a cell cannot be read, which is a fault."""
        draft, held = Draft(row.number), _Held([], [], [], [])
        good = True
        for place, role, header in self._columns:
            cell = row.cells[place] if place < len(row.cells) else ""
            if not cell or cell.isspace():
                continue
            if cell[0] == "'":
                cell = _GUARDED.sub("", cell)
            if role in _KINDS:
                self._add_names(draft, role, cell)
            elif role in _NUMBERS:
                good = self._add_numbers(draft, role, cell, header) and good
            elif role in ("listed_on", "delisted_on", "listed_to"):
                good = self._add_day(draft, role, cell, header) and good
            else:
                good = self._add_other(draft, role, cell, header, held) and good
        if held.given or held.family:
            draft.names.insert(0, EntryName(" ".join([*held.given, *held.family])))
        if held.address:
            draft.addresses.append(", ".join(distinct(held.address)))
        draft.source = "; ".join(distinct(held.source or [held.notice]))
        return draft if good else None

    def _add_names(self, draft: Draft, role: Role, cell: str) -> None:
        kind = next(kind for kind in ("name", "alias", "former", "short", "weak") if kind == role)
        draft.names += names_of(cell, kind)

    def _add_numbers(self, draft: Draft, role: Role, cell: str, header: str) -> bool:
        for text in filter(is_name, parts(cell)):
            read = read_identifier(text, _NUMBERS[role])
            if isinstance(read, IdentifierProblem):
                what = f"{brief_value(text)!r}: {read.what}"
                self._rows.add("LIST-NUMBER", what, draft.row, column=header, next=read.next)
                return False
            draft.identifiers.append(read)
        return True

    def _add_day(self, draft: Draft, role: Role, cell: str, header: str) -> bool:
        try:
            day = read_list_day(cell, last=role != "listed_on")
        except ValueError as error:
            self._rows.add("LIST-DATE", str(error), draft.row, column=header, next="write the date as YYYY-MM-DD")
            return False
        if role == "listed_on":
            draft.listed_on = day
        elif day is not None:
            draft.delisted_on = day if role == "delisted_on" else day_after(day)
        return True

    def _add_other(self, draft: Draft, role: Role, cell: str, header: str, held: _Held) -> bool:
        text = " ".join(cell.split())
        if role == "id":
            draft.entry_id = draft.entry_id or text
        elif role in ("list", "set"):
            draft.key = f"{draft.key}/{text}"
            held.source += [text] if role == "list" else []
            held.notice = text if role == "set" else held.notice
        elif role == "country":
            self._add_countries(draft, cell)
        elif role == "address":
            if len(found := parts(cell)) > 1:
                draft.addresses += found
            else:
                held.address.append(text)
        elif role == "type":
            words = {text.casefold(), *text.casefold().split()}
            is_person = words & _PERSONS and "legal" not in words
            draft.person = True if is_person else False if words & _COMPANIES else None
        elif role == "identifiers":
            return self._add_identifiers(draft, cell, header)
        elif role == "website":
            draft.websites += parts(cell)
        elif role == "born":
            draft.born += parts(cell)
        else:
            {"given": held.given, "family": held.family}.get(role, held.source).append(text)
        return True

    def _add_countries(self, draft: Draft, cell: str) -> None:
        """Adds the countries in a cell; what is not the name or code of one is kept with the addresses."""
        if code := country_code(cell.strip()):
            draft.countries.append(code)
            return
        for part in parts(cell):
            for text in (part,) if country_code(part) else part.split(","):
                code = country_code(text.strip())
                if text.strip().casefold() not in _NO_COUNTRY:
                    (draft.countries if code else draft.addresses).append(code or text.strip())

    def _add_identifiers(self, draft: Draft, cell: str, header: str) -> bool:
        for text in filter(is_name, parts(cell)):
            for problem in identifier_problems_in(text):
                what = f"{brief_value(problem.text)!r}: {problem.what}"
                self._rows.add("LIST-NUMBER", what, draft.row, column=header, next=problem.next)
                return False
            draft.identifiers += identifiers_in(text) or identifiers_of([text], "other")
        return True


@dataclass(slots=True)
class _Held:
    """Parts of one value that several columns make up."""

    given: list[str]
    family: list[str]
    address: list[str]
    source: list[str]
    notice: str = ""


def numbered(rows: Iterable[Sequence[str]], first: int) -> Iterator[Row]:
    """Yields rows with their numbers, from `first`."""
    for number, cells in enumerate(rows, first):
        yield Row(number, cells)
