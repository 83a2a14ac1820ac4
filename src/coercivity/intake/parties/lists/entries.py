"""Entries of a list as they are read: names bounded, ids made, two entries of one id found."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from coercivity.base.days import Day
from coercivity.base.errors import brief_value
from coercivity.data.parties.listed import EntryName, Identifier, IdentifierKind, ListEntry, NameKind
from coercivity.intake.parties.lists.faulty_rows import FaultyRows
from coercivity.intake.parties.lists.identifiers import identifiers_in, read_identifier

MOST_ENTRIES = 300_000
MOST_NAMES = 500
LONGEST_NAME = 1_000
LONGEST_ID = 200
BLANKS = frozenset({"n/a", "n.a.", "none", "null", "nan", "无", "暂无", "不详", "不适用", "空"})
_SPACES = re.compile(r"\s+")
_SEVERAL = re.compile(r"[;；|\n]")
_REFERENCE = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|[a-z]{1,2}(?:uml|acute|grave|circ|tilde|cedil|slash|ring));",
    re.IGNORECASE,
)
_ALSO_KNOWN = re.compile(
    r"[,\s]*[(（]\s*(?P<kind>(?:[afn]\W?k|d\W?b)\W?a\b\.?|formerly(?: known as)?|also known as|doing business as|"
    r"曾用名|原名|又名|别名|简称)[\s,:：]*(?P<name>[^()（）]{2,})[)）]\s*\Z",
    re.IGNORECASE,
)
_FORMER = re.compile(r"f\W*k|formerly|曾用名|原名", re.IGNORECASE)
_SHORT = re.compile(r"简称")


@dataclass(slots=True)
class Draft:
    """An entry while it is read, with the row it comes from.

    Attributes:
        key: In a file of several lists, its list and notice: a party may be in each of them once.
    """

    row: int
    entry_id: str = ""
    names: list[EntryName] = field(default_factory=list)
    person: bool | None = None
    countries: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    listed_on: Day | None = None
    delisted_on: Day | None = None
    source: str = ""
    key: str = ""


class Entries:
    """Collects the entries of one list.

    Attributes:
        rows: The faults of its rows.
    """

    def __init__(self, list_id: str, rows: FaultyRows) -> None:
        self.rows = rows
        self._list_id = list_id
        self._entries: list[ListEntry] = []
        self._first: dict[tuple[str, str], tuple[int, ListEntry]] = {}  # row and entry as read, by id and key
        self._places: dict[str, int] = {}
        self._unnamed: dict[str, int] = {}

    def __len__(self) -> int:
        """Returns the number of entries."""
        return len(self._entries)

    def add(self, draft: Draft) -> None:
        """Adds an entry, or what is wrong with it."""
        names = self._names(draft)
        if not names:
            return
        if draft.listed_on is not None and draft.delisted_on is not None and draft.delisted_on < draft.listed_on:
            what = f"delisted on {draft.delisted_on}, before it was listed on {draft.listed_on}"
            self.rows.add("LIST-DATE", what, draft.row, next="correct one of the two dates")
            return
        entry = ListEntry(
            draft.entry_id,
            self._list_id,
            names,
            "",
            draft.person,
            distinct(draft.countries),
            distinct(draft.addresses),
            tuple(dict.fromkeys(draft.identifiers)),
            distinct(draft.websites),
            distinct(draft.born),
            draft.listed_on,
            draft.delisted_on,
            draft.source,
        )
        if not draft.entry_id:
            self._add_unnamed(entry, draft.row)
        elif len(draft.entry_id) > LONGEST_ID:
            what = f"the id has {len(draft.entry_id):,} characters; the limit is {LONGEST_ID}"
            self.rows.add("LIST-ID", what, draft.row, next="use a shorter id")
        else:
            self._add_named(entry, draft)

    def _add_named(self, entry: ListEntry, draft: Draft) -> None:
        row, held = self._first.setdefault((draft.entry_id, draft.key), (draft.row, entry))
        place = self._places.setdefault(draft.entry_id, len(self._entries))
        if place == len(self._entries):
            self._entries.append(entry)
        elif row == draft.row:  # of the same party in another list or notice of the file
            self._entries[place] = joined(self._entries[place], entry)
        elif held != entry:
            unit = self.rows.unit
            what = f"the id {brief_value(draft.entry_id)!r} is that of {unit} {row} too, with other content"
            do = "give each party an id of its own, or join the two; write its other names as aliases"
            self.rows.add("LIST-TWICE", what, draft.row, next=do)

    def _add_unnamed(self, entry: ListEntry, row: int) -> None:
        """Adds an entry without an id, under one made from its name; the next of the same name gets a number."""
        made = "n-" + hashlib.sha256(_folded(entry.name).encode()).hexdigest()[:12]
        count = self._unnamed[made] = self._unnamed.get(made, 0) + 1
        for n in range(1, count):
            held = self._first[made if n == 1 else f"{made}-{n}", ""][1]
            if held == entry:
                self._unnamed[made] -= 1
                return
        entry_id = made if count == 1 else f"{made}-{count}"
        self._first[entry_id, ""] = row, entry
        self._entries.append(replace(entry, entry_id=entry_id))

    def _names(self, draft: Draft) -> tuple[EntryName, ...]:
        """Returns the distinct names of a draft, the main one first; none if there is no name or one is too long."""
        found: dict[str, EntryName] = {}
        names = draft.names
        if names and names[0].kind != "name":
            names = sorted(names, key=lambda name: name.kind != "name")
        for name in names:
            if len(name.text) > LONGEST_NAME:
                what = (
                    f"a name of {len(name.text):,} characters: {brief_value(name.text)}; the limit is {LONGEST_NAME:,}"
                )
                self.rows.add("LIST-NAME", what, draft.row, next="separate several names with semicolons")
                return ()
            if is_name(name.text):
                found.setdefault(name.text, name)
        if len(found) > MOST_NAMES:
            what = f"{len(found):,} names; the limit of an entry is {MOST_NAMES}"
            self.rows.add("LIST-NAME", what, draft.row, next="give each party a row of its own")
            return ()
        if not found:
            said = f": {brief_value(draft.names[0].text)!r} does not name a party" if draft.names else ""
            self.rows.add("LIST-NAME", f"no name{said}", draft.row, next="add the name, or remove the row")
        return tuple(found.values())

    def all(self) -> tuple[ListEntry, ...]:
        """Returns the entries in the order of the file."""
        return tuple(self._entries)


def joined(one: ListEntry, other: ListEntry) -> ListEntry:
    """Returns two entries of one party as one, listed from the first day of either until both have ended.

    Args:
        one: The entry whose id and order count.
        other: The entry of the same party in another list or notice.
    """
    starts, ends = (one.listed_on, other.listed_on), (one.delisted_on, other.delisted_on)
    names = {name.text: name for name in (*other.names, *one.names)}
    return replace(
        one,
        names=tuple(names[text] for text in dict.fromkeys(name.text for name in (*one.names, *other.names))),
        person=one.person if one.person is not None else other.person,
        countries=distinct((*one.countries, *other.countries)),
        addresses=distinct((*one.addresses, *other.addresses)),
        identifiers=tuple(dict.fromkeys((*one.identifiers, *other.identifiers))),
        websites=distinct((*one.websites, *other.websites)),
        born=distinct((*one.born, *other.born)),
        listed_on=None if None in starts else min(day for day in starts if day is not None),
        delisted_on=None if None in ends else max(day for day in ends if day is not None),
        source=one.source if one.source == other.source else "; ".join(distinct((one.source, other.source))),
    )


def is_name(text: str) -> bool:
    """Returns whether a text contains a letter or a digit, and does not say that there is no value."""
    return any(map(str.isalnum, text)) and text.casefold() not in BLANKS


def _folded(name: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Returns texts once each and without blank ones, in order."""
    return tuple(dict.fromkeys(filter(None, texts)))


def parts(cell: str) -> list[str]:
    """Returns the texts of a cell that are separated by semicolons, bars or line breaks, with single spaces.

    Args:
        cell: The cell; `&#59;` and other character references of HTML stand for their characters.
    """
    if "&" in cell:
        whole = _REFERENCE.sub(lambda match: match.group()[:-1] + "\x00", cell)
        found = [html.unescape(part.replace("\x00", ";")) for part in _SEVERAL.split(whole)]
        return [text for part in found if (text := " ".join(part.split()))]
    if cell.isascii() and "|" not in cell and "  " not in cell and cell.isprintable():
        return [text for part in cell.split(";") if (text := part.strip())]
    return [text for part in _SEVERAL.split(cell) if (text := " ".join(part.split()))]


def names_of(cell: str, kind: NameKind) -> list[EntryName]:
    """Returns the names in a cell; `X (f.k.a. Y)` is two.

    Args:
        cell: One or several names.
        kind: Kind of the first name; `name` becomes `alias` for those after it.
    """
    found: list[EntryName] = []
    for text in parts(cell):
        held: NameKind = "alias" if found and kind == "name" else kind
        match = _ALSO_KNOWN.search(text) if text[-1] in ")）" and len(text) <= LONGEST_NAME else None
        if match is None or not match.start():
            found.append(EntryName(text, held))
            continue
        other: NameKind = (
            "former" if _FORMER.match(match["kind"]) else "short" if _SHORT.match(match["kind"]) else "alias"
        )
        found += [EntryName(text[: match.start()], held), EntryName(match["name"].strip(), other)]
    return found


def identifiers_of(texts: Sequence[str], kind: IdentifierKind) -> list[Identifier]:
    """Returns published numbers of one kind.

    A valid credit code or LEI is one whatever it was called: in China it is the number of registration and tax too. A
    number that is not valid is kept as `other`, which identifies nobody.
    """
    found: list[Identifier] = []
    for text in texts:
        known = identifiers_in(text) if kind in ("registration", "tax", "other") and len(text) in (18, 20) else ()
        read = known[0] if known else read_identifier(text, kind)
        if isinstance(read, Identifier):
            found.append(read)
        elif any(map(str.isdigit, text)):
            found.append(Identifier("other", "".join(text.split()).upper()[:LONGEST_ID]))
    return found
