"""The consolidated screening list of the US as its trade administration publishes it, as CSV and as JSON.

The columns are those of its download: one row per entry of a list of Commerce, State or the Treasury. `_id` (in JSON
`id`) identifies the entry; `entity_number` does not, because lists number their entries on their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from coercivity.base.days import Day
from coercivity.base.errors import brief_value
from coercivity.data.parties.listed import EntryName, IdentifierKind
from coercivity.intake.parties.lists.countries import country_code
from coercivity.intake.parties.lists.days import day_after, read_list_day
from coercivity.intake.parties.lists.entries import Draft, Entries, distinct, identifiers_of, names_of, parts
from coercivity.intake.parties.lists.forms.json_text import text_of, texts_of
from coercivity.intake.parties.lists.forms.table import Row

_TELLING = frozenset({"source", "name", "alt_names"})
_ONE_OF = frozenset({"entity_number", "programs", "federal_register_notice", "source_list_url"})
_PERSON = {"individual": True, "entity": False, "vessel": False, "aircraft": False}
_SHORT = re.compile(r"[A-Z][A-Z0-9]{1,3}", re.ASCII)
_COMMON = (
    "_id", "id", "name", "alt_names", "type", "citizenships", "nationalities", "vessel_flag", "country",
    "dates_of_birth", "federal_register_notice", "source", "programs",
)  # fmt: skip
_ORIGINS = ("citizenships", "nationalities")
_NO_NUMBERS = re.compile(
    r"gender|sanction|phone|fax|e-?mail|executive order|effective date|nationality|title|listing", re.I
)
_ESTABLISHED = re.compile(r"established|incorporat|birth", re.I)
_ID_KINDS: tuple[tuple[re.Pattern[str], IdentifierKind], ...] = (
    (re.compile(r"social credit|uscc", re.I), "uscc"),
    (re.compile(r"legal entity (?:id|number)|\blei\b", re.I), "lei"),
    (re.compile(r"d-?u-?n-?s", re.I), "duns"),
    (re.compile(r"\bimo\b|vessel registration", re.I), "imo"),
    (re.compile(r"tax|vat|\btin\b|\bruc\b|\bnit\b", re.I), "tax"),
    (re.compile(r"regist|company (?:number|id)|enterprise number|business number|chamber", re.I), "registration"),
)


def is_consolidated(columns: Iterable[str]) -> bool:
    """Returns whether columns, or the keys of an entry, are those of the consolidated screening list."""
    held = {column.strip().casefold() for column in columns}
    return held >= _TELLING and not held.isdisjoint(_ONE_OF)


def read_consolidated_table(headers: Sequence[str], rows: Iterable[Row], entries: Entries) -> None:
    """Reads the rows of the CSV form."""
    names = [header.strip().casefold() for header in headers]
    width, at = len(names), {name: n for n, name in enumerate(names)}
    common = [(name, at[name]) for name in _COMMON if name in at]
    for row in rows:
        if len(row.cells) != width:
            if any(cell.strip() for cell in row.cells):
                what = f"{len(row.cells)} cells, but {width} columns"
                entries.rows.add("LIST-ROW", what, row.number, next="download the list again")
            continue
        cells = row.cells
        draft = Draft(row.number)
        _add_common(draft, {name: cells[n] for name, n in common if cells[n]})
        for address in parts(cells[at["addresses"]]) if "addresses" in at else ():
            draft.addresses.append(address)
            if code := _country_at_end(address):
                draft.countries.append(code)
        for told in parts(cells[at["ids"]]) if "ids" in at else ():
            kind, _, value = told.partition(",")
            _add_number(draft, kind, value.split(",")[0] if value else kind)
        if _add_days(draft, cells[at["start_date"]] if "start_date" in at else "",
                     cells[at["end_date"]] if "end_date" in at else "", entries):  # fmt: skip
            entries.add(draft)


def read_consolidated_json(results: Sequence[object], entries: Entries) -> None:
    """Reads the entries of the JSON form; the number of an entry is its place, from 1."""
    for number, raw in enumerate(results, 1):
        if not isinstance(raw, Mapping):
            entries.rows.add(
                "LIST-ROW", f"{brief_value(raw)!r} is not an entry", number, next="download the list again"
            )
            continue
        draft = Draft(number)
        _add_common(draft, {key: "; ".join(texts_of(value)) for key, value in raw.items() if not _is_nested(value)})
        for address in _mappings(raw.get("addresses")):
            fields = ("address", "city", "state", "postal_code", "country")
            draft.addresses.append(", ".join(distinct(text_of(address.get(field)) for field in fields)))
            draft.countries += filter(None, [country_code(text_of(address.get("country")))])
        for told in _mappings(raw.get("ids")):
            _add_number(draft, text_of(told.get("type")), text_of(told.get("number")))
        if _add_days(draft, text_of(raw.get("start_date")), text_of(raw.get("end_date")), entries):
            entries.add(draft)


def day_of_imports(document: Mapping[str, object]) -> Day | None:
    """Returns the day of the oldest import that the JSON form states for its sources; None if it states none."""
    found = []
    for source in _mappings(document.get("sources_used")):
        told = text_of(source.get("last_imported")) or text_of(source.get("source_last_updated"))
        try:
            found.append(read_list_day(told[:10]))
        except ValueError:
            return None
    return min((day for day in found if day is not None), default=None)


def _is_nested(value: object) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value))


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _add_common(draft: Draft, cells: Mapping[str, str]) -> None:
    """Adds what the CSV and the JSON form write in the same way: lists of texts separated by semicolons."""
    draft.entry_id = (cells.get("_id") or cells.get("id") or "").strip()
    draft.names = names_of(cells.get("name", ""), "name")
    for text in parts(cells.get("alt_names", "")):
        draft.names.append(EntryName(text, "short" if _SHORT.fullmatch(text) else "alias"))
    draft.person = _PERSON.get(cells.get("type", "").strip().casefold())
    for column in (*_ORIGINS, "vessel_flag", "country"):
        if column in cells:
            draft.countries += filter(None, map(country_code, parts(cells[column])))
    draft.born = parts(cells.get("dates_of_birth", ""))
    draft.source = _source(cells.get("source", ""), cells.get("programs", ""), cells.get("federal_register_notice", ""))


@lru_cache(maxsize=4_096)
def _source(source: str, programmes: str, notice: str) -> str:
    return "; ".join(distinct([" ".join(source.split()), *parts(programmes), " ".join(notice.split())]))


def _add_days(draft: Draft, start: str, end: str, entries: Entries) -> bool:
    """Adds the days of a listing; its end is the last day. A day that cannot be read is a fault."""
    for column, text in (("start_date", start), ("end_date", end)):
        try:
            day = read_list_day(text, last=column == "end_date", month_first=True) if text else None
        except ValueError as error:
            do = "write the date as YYYY-MM-DD"
            entries.rows.add("LIST-DATE", str(error), draft.row, column=column, next=do)
            return False
        if column == "start_date":
            draft.listed_on = day
        else:
            draft.delisted_on = day_after(day)
    return True


def _add_number(draft: Draft, kind: str, value: str) -> None:
    """Adds a number of a register, a website or the day of incorporation; other particulars are no identifiers."""
    text, known = value.strip(), _meaning(kind.strip())
    if known == "website":
        draft.websites.append(text)
    elif known == "born":
        draft.born.append(text)
    elif known is not None and any(map(str.isdigit, text)):
        draft.identifiers += identifiers_of([text], known)


@lru_cache(maxsize=1_024)
def _meaning(kind: str) -> IdentifierKind | Literal["website", "born"] | None:
    """Returns what a number of a kind is; None if it identifies nobody."""
    if kind.casefold() == "website":
        return "website"
    if _ESTABLISHED.search(kind):
        return "born"
    return (
        None if _NO_NUMBERS.search(kind) else next((known for form, known in _ID_KINDS if form.search(kind)), "other")
    )


def _country_at_end(address: str) -> str:
    tail = address.rpartition(",")[2].strip()
    return country_code(tail) if len(tail) == 2 and tail.isupper() else ""
