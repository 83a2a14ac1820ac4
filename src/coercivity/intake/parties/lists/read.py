"""Reads lists of parties that a user brings: tables, FollowTheMoney, and the consolidated screening list of the US."""

from __future__ import annotations

import gc
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from coercivity.base.errors import Faults, brief_value
from coercivity.data.input import Input, place_of
from coercivity.data.parties.listed import NamedList
from coercivity.intake.parties.judgements.held import BY_LAW
from coercivity.intake.parties.lists.content import ListContent, list_content
from coercivity.intake.parties.lists.entries import Entries
from coercivity.intake.parties.lists.faulty_rows import FaultyRows
from coercivity.intake.parties.lists.forms.consolidated import (
    day_of_imports,
    is_consolidated,
    read_consolidated_json,
    read_consolidated_table,
)
from coercivity.intake.parties.lists.forms.delimited import table_text
from coercivity.intake.parties.lists.forms.ftm import is_ftm, read_ftm
from coercivity.intake.parties.lists.forms.json_text import json_document, json_lines
from coercivity.intake.parties.lists.forms.table import read_table
from coercivity.intake.parties.lists.forms.workbook import workbook_rows
from coercivity.intake.parties.lists.stated import Stated, stated_beside, stated_in_comments
from coercivity.law.rules.party_lists import LISTS

OTHERS_OF_LAW = ("us_entity_list",)  # of the rules on ownership
MOST_LISTS = 50
_UNSAFE = re.compile(r"[^\w]+|_+")


def read_lists(inputs: Sequence[Input], faults: Faults) -> tuple[NamedList, ...]:
    """Reads lists of parties. The content of each file decides its format, not its name.

    Args:
        inputs: Files, or uploaded content. The same content given twice counts once.
        faults: Takes every fault of every file; a file with a fault is no list at all.

    Returns:
        The lists without a fault, in the order given. Their version and day are those that they state; without one, the
        version is the beginning of the hash of the file and the day None.
    """
    if len(inputs) > MOST_LISTS:
        faults.add("FILE-SIZE", f"{len(inputs)} lists; the limit is {MOST_LISTS}", next="join some of them")
        return ()
    found: dict[str, NamedList] = {}
    for source in inputs:
        with faults.kept(), _no_collection():
            content = list_content(source)
            if content.sha256 not in found:
                taken = [one.list_id for one in found.values()]
                one = _list(content, list_id_of(place_of(source), taken), faults)
                if one is not None:
                    found[content.sha256] = one
    return tuple(found.values())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Switches off the search for unreachable objects: reading makes none, and is a quarter faster without it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def list_id_of(name: str, taken: Iterable[str] = ()) -> str:
    """Returns the name of a user's list: that of its file in lower case, its letters and digits joined by underscores.

    Args:
        name: Name of the file.
        taken: Names of other lists. A number is added to a name that is taken, and `user_` goes before the name of a
            list of the law.
    """
    stem = unicodedata.normalize("NFKC", name.replace("\\", "/").rpartition("/")[2]).casefold()
    stem = stem.rpartition(".")[0] or stem
    made = _UNSAFE.sub("_", stem).strip("_")[:60] or "list"
    if made in (*LISTS, *OTHERS_OF_LAW, BY_LAW):
        made = f"user_{made}"
    held = set(taken)
    return next(one for n in range(1, len(held) + 2) if (one := made if n == 1 else f"{made}_{n}") not in held)


def _list(content: ListContent, list_id: str, faults: Faults) -> NamedList | None:
    before = len(faults.items)
    beside = stated_beside(content.source, faults)
    rows = FaultyRows(content.place)
    entries = Entries(list_id, rows)
    try:
        inside = _read(content, entries, faults)
    finally:
        rows.report(faults)
    if len(faults.items) > before:
        return None
    if not len(entries):
        do = "check that it is the file you meant"
        faults.add("FILE-EMPTY", "the list has no entries", where=content.place, next=do)
        return None
    stated = beside or inside
    version = stated.version or content.sha256[:12]
    return NamedList(list_id, entries.all(), version, stated.as_of_on, stated.completeness, content.sha256, "ask")


def _read(content: ListContent, entries: Entries, faults: Faults) -> Stated:
    """Reads the entries of a file and returns what it says about itself."""
    if content.is_workbook:
        headers, rows = workbook_rows(content)
        read_table(headers, rows, entries, faults)
        return Stated()
    if content.text.lstrip()[:1] in ("{", "["):
        return _read_json(content, entries, faults)
    table = table_text(content.text, content.place)
    if is_consolidated(table.headers):
        read_consolidated_table(table.headers, table.rows(), entries)
    else:
        read_table(table.headers, table.rows(), entries, faults)
    return stated_in_comments(table.comments, content.place, faults)


def _read_json(content: ListContent, entries: Entries, faults: Faults) -> Stated:
    """Reads FollowTheMoney, as lines or as an array, or the JSON form of the consolidated list."""
    if content.text.lstrip().startswith("{") and _is_lines(content.text):
        entries.rows.unit = "line"
        read_ftm(json_lines(content.text), entries)
        return Stated()
    entries.rows.unit = "entry"
    document = json_document(content.text, content.place)
    is_list = isinstance(document, list)
    results = document if is_list else document.get("results", document.get("entities"))
    if not isinstance(results, list):
        results = [document] if is_ftm(document) else None
    if results is None:
        what = f"a JSON object with the keys {', '.join(map(brief_value, [*document][:8]))}; expected a list of parties"
        do = "use FollowTheMoney with one entity per line, the consolidated list with `results`, or a table"
        faults.add("LIST-FILE", what, where=content.place, next=do)
        return Stated()
    if results and not is_ftm(results[0]) and isinstance(results[0], Mapping) and is_consolidated(results[0]):
        read_consolidated_json(results, entries)
        return Stated() if is_list else Stated("", day_of_imports(document))
    read_ftm(((number, value, "") for number, value in enumerate(results, 1)), entries)
    return Stated()


def _is_lines(text: str) -> bool:
    """Returns whether a text is one JSON object per line, judged by its first line that is not blank."""
    first = text.lstrip().partition("\n")[0]
    found = next(json_lines(first), (1, None, "blank"))
    whole = not text.lstrip()[len(first) :].strip()
    if found[2]:  # a broken first line, or the first line of an object on several
        return not whole and '"schema"' in first
    return is_ftm(found[1]) or not whole
