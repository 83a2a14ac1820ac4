"""What a column may be whose name says too little: the ten likeliest roles, by its name and its first cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from coercivity.intake.cells.column_words import COLUMN_WORDS, fold, known_names, named
from coercivity.intake.cells.columns import ROLES, Options
from coercivity.intake.cells.reader import cell_reader
from coercivity.law.rules.rulebook import Rulebook

MOST = 10
MOST_CELLS = 20
# In this order where nothing else tells them apart: what a table needs first.
_USUAL = (
    "material", "on", "from", "to", "consignee", "end_user", "use", "composition", "quantity", "unit", "id", "note",
    "exporter", "price", "origin", "hs", "currency", "intermediary",
)  # fmt: skip
# Roles that accept any text: their cells say nothing.
_ANY = frozenset(
    ("id", "title", "title_zh", "group", "note", "consignee", "end_user", "exporter", "intermediary", "owner", "hs")
)
_PARTY_WORDS = (
    "gmbh",
    "ltd",
    "co.",
    "inc",
    "llc",
    "corp",
    "s.r.o",
    "oü",
    "ag",
    "kg",
    "公司",
    "株式会社",
    "工厂",
    "集团",
)


def likeliest(book: Rulebook, column: str, cells: Sequence[str | None] = ()) -> tuple[str, ...]:
    """Returns the ten likeliest roles or facts of a column, the likeliest first.

    Args:
        book: The rulebook, for the names of facts and the words of cells.
        column: Name of the column.
        cells: Its first cells, as text.
    """
    names = known_names(book.catalogue, ROLES)
    points: Counter[str] = Counter({role: len(_USUAL) - place for place, role in enumerate(_USUAL)})
    for role in named(names, column).either:
        points[role] += 1_000
    for role, alike in _by_name(column).items():
        points[role] += round(300 * alike)
    held = [text for cell in cells if cell and (text := cell.strip())][:MOST_CELLS]
    for role in _USUAL if held else ():
        points[role] += round(400 * _share_read(book, role, held))
    return tuple(sorted(points, key=lambda role: (-points[role], role))[:MOST])


def _by_name(column: str) -> dict[str, float]:
    """Returns how alike the name is to the words of each role: shared pairs of signs, from 0 to 1."""
    own = _pairs(fold(column))
    found: dict[str, float] = {}
    for name, role in _words():
        both = _pairs(name)
        alike = 2 * len(own & both) / (len(own) + len(both)) if own and both else 0.0
        found[role] = max(found.get(role, 0.0), alike)
    return found


def _words() -> list[tuple[str, str]]:
    return [(fold(word), role) for role, tiers in COLUMN_WORDS.items() for word in tiers.replace(";", "|").split("|")]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1)) or frozenset((text,))


def _share_read(book: Rulebook, role: str, cells: Sequence[str]) -> float:
    """Returns the share of the cells that the role reads as something: a fact, a date, a number, a unit."""
    if role in ("consignee", "end_user", "exporter", "intermediary"):
        return _share(any(word in cell.casefold() for word in _PARTY_WORDS) for cell in cells) * 0.8
    if role in _ANY:
        return 0.0
    if role in ("price", "quantity"):
        cells = [cell for cell in cells if cell[0].isdigit()]
        if not cells:
            return 0.0
    reader = cell_reader(book, role, Options())
    read = [reader(cell) for cell in cells]
    return _share(not c.fault and not c.unread and bool(c.facts or c.value is not None or c.unit) for c in read)


def _share(passes: Iterable[bool]) -> float:
    held = list(passes)
    return held.count(True) / len(held)
