"""The decision hash of every row, computed without writing a proof: the facts of the deal and the ruling of its kind.

The bytes are those of `law.explain.proof`, assembled from pieces that are written once per distinct value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from coercivity.base.canonical import json_text
from coercivity.base.version import ENGINE_VERSION
from coercivity.batches.judge.rulings import LISTS, Ruling
from coercivity.batches.stage.column import Column, joined
from coercivity.batches.stage.facts import Facts
from coercivity.data.values import FactValue
from coercivity.data.vouch import vouch_shown
from coercivity.law.engine.derived_facts import MASS_SHARES
from coercivity.law.engine.other_content import OTHER_CONTENT
from coercivity.law.engine.screened import lists_of_law
from coercivity.law.explain.proof import SCHEMA, fact_written, lists_shown
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LARGEST = 1 << 62


def seals(
    book: Rulebook,
    facts: Facts,
    days: Column,
    places: NDArray[np.int64],
    rulings: Sequence[Ruling | None],
    assume: Mapping[str, Assumption],
) -> tuple[NDArray[np.int64], list[str | None]]:
    """Returns for every row the index of its decision hash, and the hashes; None for a row without a date.

    Args:
        book: The rulebook.
        facts: The facts of the rows.
        days: Transaction date and information cut-off of every row.
        places: Index of each row in `rulings`, shape (rows,).
        rulings: The ruling of every place.
        assume: Planning assumptions by instrument.
    """
    import numpy as np

    pieces = _pieces(book, facts)
    told_apart = [piece for piece in pieces if isinstance(piece, Column)]
    told_apart += [column for column in (facts.unread, facts.names) if column is not None]
    rows, codes = _distinct([*told_apart, days])
    found = list(rulings)
    columns: list[Sequence[bytes]] = []
    for piece in pieces:
        if isinstance(piece, Column):
            columns.append([piece.values[code] for code in piece.codes[rows].tolist()])
        elif piece == LISTS:
            lists = [_entry(ruling.lists) if ruling is not None else b"" for ruling in found]
            columns.append(_unstated(facts, rows, [lists[place] for place in places[rows].tolist()]))
        else:
            columns.append([str(piece).encode()] * len(rows))
    ends = _Ends(book, facts, days, found, assume)
    at, day = places[rows].tolist(), days.codes[rows].tolist()
    unread, names = (
        column.codes[rows].tolist() if column is not None else [0] * len(rows) for column in (facts.unread, facts.names)
    )
    entries = map(b"".join, zip(*columns, strict=True))
    begun = [ends.begun(*row) for row in zip(entries, at, day, unread, names, strict=True)]
    if facts.screened:  # many rows of one kind differ in their names alone
        kinds = Column("kind", codes, tuple(begun))
        rows, codes = _distinct([kinds, *facts.screened])
        begun = [begun[code] for code in kinds.codes[rows].tolist()]
    screened = _screened(facts, rows)
    hashes = [None if one is None else one.hash(told) for one, told in zip(begun, screened, strict=True)]
    return np.asarray(codes, np.int64), hashes


class _Begun:
    """The hash over the bytes before the names of a row, and the bytes after them."""

    def __init__(self, before: bytes, schema: tuple[bytes, bytes], after: bytes) -> None:
        self._unnamed, self._named = (sha256(before + one) for one in schema)
        self._after = after

    def hash(self, names: bytes) -> str:
        """Returns the decision hash of a row; each of its names is followed by a comma."""
        found = (self._named if names else self._unnamed).copy()
        found.update(names[:-1] + self._after)
        return found.hexdigest()


class _Ends:
    """The bytes before and after the facts of a row, written once per date and ruling."""

    def __init__(
        self,
        book: Rulebook,
        facts: Facts,
        days: Column,
        rulings: Sequence[Ruling | None],
        assume: Mapping[str, Assumption],
    ) -> None:
        assumed = {name: picked.text() for name, picked in sorted(assume.items())}
        self._head = f'{{"assume":{json_text(assumed)},"engine":{json_text(ENGINE_VERSION)},"facts":['.encode()
        lists = json_text(lists_shown(book, facts.lists, facts.search))
        pack = json_text({"version": book.version, "hash": book.content_hash})
        self._days = [
            None
            if clocks is None
            else (
                f'],"known":"{clocks[1]}","lists":{lists},'.encode(),
                f'"on":"{clocks[0]}","pack":{pack},"ruling":"'.encode(),
                clocks[1],
                str(clocks[1]).encode(),
            )
            for clocks in days.values
        ]
        self._rulings = [
            None if r is None else (r.hash.encode(), r.checked_through, str(r.checked_through).encode())
            for r in rulings
        ]
        asked = facts.names.values if facts.names is not None else ((),)
        self._names = [
            f'"names":{json_text([question.plain() for question in questions])},'.encode() if questions else b""
            for questions in asked
        ]
        vouches = json_text([vouch_shown(vouch) for vouch in book.vouches])
        self._end = f'","vouches":{vouches}}}'.encode() if book.vouches else b'"}'
        unread = facts.unread.values if facts.unread is not None else ((),)
        self._unread = [
            f'{f",{chr(34)}unread{chr(34)}:{json_text(sorted(open_))}" if open_ else ""},"verified_through":"'.encode()
            for open_ in unread
        ]
        lists = json_text([*lists_of_law(book), *facts.party_lists]) if facts.screened else "[]"
        schema = f'","schema":"{SCHEMA}","screened":{{"lists":'
        self._schema = f'{schema}[],"names":['.encode(), f'{schema}{lists},"names":['.encode()

    def begun(self, facts: bytes, place: int, day: int, unread: int, names: int) -> _Begun | None:
        """Returns the hash of rows of a kind: facts, each before a comma, ruling and date; None without a date."""
        clocks, ruling = self._days[day], self._rulings[place]
        if clocks is None or ruling is None:
            return None
        before, after, known, known_text = clocks
        through = known_text if known < ruling[1] else ruling[2]
        parts = (self._head, facts[:-1], before, self._names[names], after, ruling[0])
        return _Begun(b"".join(parts), self._schema, b"".join((b"]}", self._unread[unread], through, self._end)))


def _screened(facts: Facts, rows: NDArray[np.int64]) -> list[bytes]:
    """Returns what the proof says of the parties of each row, each followed by a comma."""
    columns = []
    for column in facts.screened:
        texts = [b"" if one is None else _entry(json_text(one)) for one in column.values]
        columns.append([texts[code] for code in column.codes[rows].tolist()])
    return list(map(b"".join, zip(*columns, strict=True))) if columns else [b""] * len(rows)


def _pieces(book: Rulebook, facts: Facts) -> list[Column | str]:
    """Returns the facts of a proof in order: columns of bytes, `LISTS` where a ruling fills them in, or fixed text."""
    shares = [name for name in MASS_SHARES if name not in book.rule_facts]
    names = {*facts.given, *facts.derived, *facts.constants, *facts.judged_constants} & {
        *book.rule_facts,
        OTHER_CONTENT,
    }
    follows = "elements" in {*facts.derived, *facts.judged_constants} - {*facts.given, *facts.constants}
    found: list[Column | str | None] = []
    for name in sorted({*names, *({LISTS} & book.rule_facts), *shares}):
        if name in facts.constants:
            value, speaker = facts.constants[name]
            if value is not None and (name not in shares or follows):
                found.append(_text(name, value, speaker))
            continue
        if name in facts.given:
            column = facts.given[name]
            found.append(_beside_derived(column, facts) if name in shares else _written(name, column))
        if name in facts.derived:
            found.append(_written(name, facts.derived[name]))
        elif name == LISTS:
            found.append(LISTS)
        elif name in facts.judged_constants and name not in facts.given:
            found.append(_text(name, facts.judged_constants[name], "derived"))
    return [piece for piece in found if piece is not None]


def _unstated(facts: Facts, rows: NDArray[np.int64], lists: list[bytes]) -> list[bytes]:
    """Returns the lists given by a ruling, where a row does not state its own."""
    stated = facts.given.get(LISTS)
    if stated is None:
        return lists
    own = [stated.values[code] is not None for code in stated.codes[rows].tolist()]
    return [b"" if said else found for said, found in zip(own, lists, strict=True)]


def _beside_derived(column: Column, facts: Facts) -> Column | None:
    """Returns the shares that no rule reads; a proof includes them if the elements follow from them."""
    elements = facts.derived.get("elements")
    if elements is None:
        return None

    def written(share: FactValue | None, derived: FactValue | None) -> tuple[bytes, str]:
        return (_entry(fact_written(column.name, share, "deal").text) if derived is not None and share else b""), ""

    return joined(column.name, [column, elements], written)


def _written(name: str, column: Column) -> Column:
    speakers = column.said_by or ("derived",) * len(column.values)
    texts = tuple(
        b"" if value is None else _entry(fact_written(name, value, speaker).text)
        for value, speaker in zip(column.values, speakers, strict=True)
    )
    return Column(name, column.codes, texts)


def _text(name: str, value: FactValue, speaker: str) -> str:
    return fact_written(name, value, speaker).text + ","


def _entry(text: str) -> bytes:
    return text.encode() + b"," if text else b""


def _distinct(columns: Sequence[Column]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A row for each combination of codes, and for every row the place of its combination."""
    import numpy as np

    key, size = columns[0].codes.astype(np.int64), max(len(columns[0].values), 1)
    for column in columns[1:]:
        width = max(len(column.values), 1)
        if size * width >= _LARGEST:
            _, key = np.unique(key, return_inverse=True)
            size = len(key)
        key = key * width + column.codes
        size *= width
    _, rows, codes = np.unique(key, return_index=True, return_inverse=True)
    return rows, codes
