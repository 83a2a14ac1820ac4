"""Which column of a trade table stands for what: proposed from the names, kept in a file, checked before row 1."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.textyaml import TextList, TextMap, load_file
from coercivity.desk.column_words import COLUMN_WORDS, UNUSED_NAMES
from coercivity.law.rulebook import Rulebook

BY_ROUTE = "by_route"
ROLES = (
    "id", "title", "title_zh", "group", "note", "on", "known", "material", "composition", "hs", "quantity", "unit",
    "price", "currency", "use",
)  # fmt: skip
_MANY = frozenset(("title", "title_zh", "group", "note"))
_PARTS = ("columns", "constants", "options", "unused")


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every cell of a file.

    Attributes:
        dates: `dmy` or `mdy`, which settles 03/04/2026; blank where the file does not say.
        decimal: `,` or `.`, which settles 1,234 and 1.234; blank where the file does not say.
        piece_mass_kg: Mass of one piece [kg].
    """

    dates: str = ""
    decimal: str = ""
    piece_mass_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the columns of a table stand for.

    Attributes:
        columns: Role or fact of each column that is read.
        constants: Raw values of facts that hold for every row; `act: by_route` lets the route tell goods from reexport.
        options: How cells are read.
        unused: Columns that are not read.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    options: Options = field(default_factory=Options)
    unused: tuple[str, ...] = ()


def propose(book: Rulebook, columns: Sequence[str], *, on_column: str | None = None) -> ColumnMap:
    """Returns the map that the names of the columns suggest; of two for one role, only an exact name is taken.

    Args:
        book: The rulebook, for the names of facts and their synonyms.
        columns: Names of the columns, as the table has them.
        on_column: The column that holds the day, where it is given; `check_map` tells if the table lacks it.
    """
    names = _names(book.catalogue)
    found: dict[str, str] = {} if on_column is None else {on_column: "on"}
    for column in columns:
        role = _role_of(names, column)
        if column not in found and role and not (role == "on" and on_column is not None):
            found[column] = role
    for role in set(found.values()) - _MANY:
        claims = [column for column, claimed in found.items() if claimed == role]
        exact = [column for column in claims if column.strip() == role]
        if len(claims) > 1 and len(exact) == 1 and not (role == "on" and on_column is not None):
            for column in claims:
                if column not in exact:
                    del found[column]
    constants = {} if "act" in found.values() else {"act": BY_ROUTE}
    unused = tuple(column for column in columns if column not in found)
    kept = {column: found[column] for column in (*columns, *found) if column in found}
    return ColumnMap(kept, constants, Options(), unused)


def _fold(name: str) -> str:
    return re.sub(r"[\s_\-./()（）・:：]+", "", bare(name[:200]))


def _names(catalogue: FactCatalogue) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, spec in catalogue.items():
        found |= {_fold(word): name for word in spec.synonyms}
    for role, words in COLUMN_WORDS.items():
        found |= {_fold(word): role for word in words.split("|")}
    found |= {_fold(name): name for name in catalogue}
    return found | {_fold(role): role for role in ROLES}


def _role_of(names: Mapping[str, str], column: str) -> str:
    """Returns the role that a name suggests: as a whole, without what stands in brackets, or by its last part."""
    parts = [column, re.sub(r"[（(\[].*?[)）\]]", "", column)]
    parts += [part for part in (re.split(r"\s*[/|>»]\s*", column)[-1],) if part != column]
    for part in parts:
        folded = _fold(part)
        if folded in UNUSED_NAMES:
            return ""
        if folded in names:
            return names[folded]
    return ""


def check_map(
    columns_map: ColumnMap, columns: Sequence[str], *, on_given: bool, where: str, book: Rulebook | None = None
) -> None:
    """Refuses a map that the table cannot be read by.

    Args:
        columns_map: The map.
        columns: Names of the columns of the table.
        on_given: The day is given for the whole run.
        where: The table, for messages.
        book: The rulebook; with it the names of facts and the constants are checked too, as `read_map` does.

    Raises:
        CoercivityError: With every required role that no column has, every column that the table lacks, every role
            that two columns have, and every role, constant and option that is not known.
    """
    faults = Faults()
    catalogue = None if book is None else book.catalogue
    _check_columns(columns_map, columns, where, catalogue, faults)
    _check_required(columns_map, columns, on_given, where, faults)
    if catalogue is not None:
        _check_constants(columns_map, where, catalogue, faults)
    _check_options(columns_map.options, where, faults)
    faults.raise_if_any()


def _check_columns(
    columns_map: ColumnMap, columns: Sequence[str], where: str, catalogue: FactCatalogue | None, faults: Faults
) -> None:
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        what = f"column {brief_value(column)!r} stands twice in the table"
        faults.add("COLUMN-TWICE", what, where=where, next="rename one of them")
    by_role: dict[str, list[str]] = {}
    for column, role in columns_map.columns.items():
        by_role.setdefault(role, []).append(column)
        if catalogue is not None and role not in ROLES and role not in catalogue:
            near = tuple(dict.fromkeys((*nearest(role[:80], ROLES), *catalogue.nearest(role[:80]))))[:3]
            what = f"column {brief_value(column)!r} is to be {brief_value(role)!r}, which is neither a role nor a fact"
            faults.add("MAP-ROLE", what, where=where, nearest=near, next="roles: " + ", ".join(ROLES))
    for column in (*columns_map.columns, *columns_map.unused):
        if column not in columns:
            what = f"the map names column {brief_value(column)!r}, which the table does not have"
            faults.add("MAP-COLUMN", what, where=where, nearest=nearest(column[:80], columns), next="mend the map")
    for role, claims in by_role.items():
        if len(claims) > 1 and role not in _MANY:
            what = f"{len(claims)} columns are to be {role}: {', '.join(brief_value(claim) for claim in claims)}"
            faults.add("MAP-TWICE", what, where=where, next="keep one of them; put the others under unused")


def _check_required(columns_map: ColumnMap, columns: Sequence[str], on_given: bool, where: str, faults: Faults) -> None:
    held = {*columns_map.columns.values(), *columns_map.constants}
    free = [column for column in columns if column not in columns_map.columns]
    left = f"; not mapped: {', '.join(brief_value(column) for column in free[:20])}" if free else ""
    wanted = (
        ("on", ("on",), "the day of the act"),
        ("material", ("material", "form", "goods_kind"), "the thing: material, form or goods_kind"),
        ("from", ("from",), "the country of departure"),
        ("to", ("to",), "the country of arrival"),
        ("act", ("act",), "the kind of act"),
    )
    for role, roles, meaning in wanted:
        if held.isdisjoint(roles) and not (role == "on" and on_given):
            near = nearest(role, free)
            next_step = "map a column to it" + (", or give the day" if role == "on" else ", or set a constant")
            what = f"no column is mapped to {role!r} ({meaning}){left}"
            faults.add("MAP-MISSING", what, where=where, nearest=near, next=next_step)


def _check_constants(columns_map: ColumnMap, where: str, catalogue: FactCatalogue, faults: Faults) -> None:
    for fact, raw in columns_map.constants.items():
        if fact in columns_map.columns.values():
            faults.add("MAP-TWICE", f"{fact} is both a column and a constant", where=where, next="keep one of them")
        if fact == "act" and raw == BY_ROUTE:
            continue
        spec = catalogue.get(fact)
        value: Any = [part.strip() for part in raw.split(";") if part.strip()] if spec and spec.type == "set" else raw
        catalogue.parse(fact, value, where=f"{where}, constants", faults=faults)


def _check_options(options: Options, where: str, faults: Faults) -> None:
    if options.dates not in ("", "dmy", "mdy"):
        faults.add("MAP-OPTION", f"dates: {brief_value(options.dates)!r}", where=where, nearest=("dmy", "mdy"))
    if options.decimal not in ("", ",", "."):
        faults.add("MAP-OPTION", f"decimal: {brief_value(options.decimal)!r}", where=where, nearest=("','", "'.'"))
    mass = options.piece_mass_kg
    if mass is not None and not (mass.is_finite() and mass > 0):
        faults.add("MAP-OPTION", f"piece_mass_kg: {mass} is no mass in kg", where=where, next="write 0.0125")


def read_map(book: Rulebook, path: Path) -> ColumnMap:
    """Returns the column map of a YAML file.

    Args:
        book: The rulebook, for the names of roles and facts.
        path: The file.

    Raises:
        CoercivityError: With every fault of the file: parts, forms, roles, constants, options.
    """
    raw = load_file(path)
    faults = Faults()
    if not isinstance(raw, TextMap):
        raise CoercivityError.of("MAP-FORM", "parts expected: " + ", ".join(_PARTS), where=path.name)
    for key in raw:
        if key not in _PARTS:
            faults.add("MAP-FORM", f"there is no part {key!r}", where=path.name, nearest=nearest(key, _PARTS))
    columns = _texts(raw, "columns", path.name, faults)
    constants = _texts(raw, "constants", path.name, faults)
    options = _options(_texts(raw, "options", path.name, faults), path.name, faults)
    unused = raw.get("unused", TextList(1))
    if not isinstance(unused, list) or not all(isinstance(column, str) for column in unused):
        faults.add("MAP-FORM", "unused: a list of columns expected", where=path.name)
        unused = []
    found = ColumnMap(columns, constants, options, tuple(unused))
    _check_columns(found, [*columns, *unused], path.name, book.catalogue, faults)
    _check_constants(found, path.name, book.catalogue, faults)
    _check_options(options, path.name, faults)
    faults.raise_if_any()
    return found


def _texts(raw: TextMap, part: str, where: str, faults: Faults) -> dict[str, str]:
    entries = raw.get(part, {})
    if not isinstance(entries, dict) or not all(isinstance(value, str) for value in entries.values()):
        faults.add(
            "MAP-FORM", f"{part}: names with one word each expected", where=where, next="see the head of the file"
        )
        return {}
    return dict(entries)


def _options(raw: Mapping[str, str], where: str, faults: Faults) -> Options:
    known = ("dates", "decimal", "piece_mass_kg")
    for key in raw:
        if key not in known:
            faults.add("MAP-OPTION", f"there is no option {key!r}", where=where, nearest=nearest(key, known))
    mass: Decimal | None = None
    if "piece_mass_kg" in raw:
        try:
            mass = Decimal(raw["piece_mass_kg"])
        except InvalidOperation:
            what = f"piece_mass_kg: {brief_value(raw['piece_mass_kg'])!r} is no number"
            faults.add("MAP-OPTION", what, where=where, next="write 0.0125")
    return Options(raw.get("dates", ""), raw.get("decimal", ""), mass)


_HEAD = """\
# What the columns of a table stand for. A role: {roles};
# or the name of a fact (`coercivity facts` lists them).
# constants: a fact with one value for every row; act: by_route tells goods from reexport by where a row leaves from.
# options: dates: dmy or mdy; decimal: ',' or '.'; piece_mass_kg: the mass of one piece in kg.
# unused: columns that are not read.
"""


def write_map(columns_map: ColumnMap, path: Path) -> None:
    """Writes a column map as YAML, sorted, so that the same map is the same file.

    Args:
        columns_map: The map.
        path: The file; it is replaced.

    Raises:
        CoercivityError: When the file cannot be written.
    """
    options = columns_map.options
    told = {"dates": options.dates, "decimal": options.decimal}
    if options.piece_mass_kg is not None:
        told["piece_mass_kg"] = f"{options.piece_mass_kg:f}"
    lines = [_HEAD.format(roles=", ".join(ROLES))]
    for part, entries in (("columns", columns_map.columns), ("constants", columns_map.constants), ("options", told)):
        kept = {name: value for name, value in entries.items() if value}
        if kept:
            lines.append(f"{part}:\n" + "".join(f"  {_quoted(n)}: {_quoted(v)}\n" for n, v in sorted(kept.items())))
    if columns_map.unused:
        lines.append("unused:\n" + "".join(f"- {_quoted(column)}\n" for column in sorted(columns_map.unused)))
    try:
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as error:
        fault = Fault("FILE-WRITE", f"cannot be written: {error.strerror}", path.name, next="check the folder")
        raise CoercivityError([fault]) from None


def _quoted(text: str) -> str:
    """Returns a YAML scalar that is read back as the same text, whatever is in it."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*|0\.\d+|[1-9]\d*(?:\.\d+)?", text) and text not in (
        "null",
        "on",
        "no",
        "yes",
    ):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(s if s.isprintable() else f"\\U{ord(s):08x}" for s in escaped) + '"'
