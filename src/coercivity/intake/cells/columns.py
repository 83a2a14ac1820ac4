"""The roles of the columns of a trade table: proposed from their names, kept in a file, checked before row 1."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.input import Input
from coercivity.data.textyaml import TextList, TextMap, load_file
from coercivity.files.write.whole import write_file
from coercivity.intake.cells.column_words import Named, fold, is_numbered, known_names, named
from coercivity.intake.cells.marks import LONGEST_CELL
from coercivity.intake.cells.quantities import KG, unit_of
from coercivity.intake.cells.stated import named as fact_named
from coercivity.intake.cells.stated import stated_value
from coercivity.intake.parties.screening import NAMED
from coercivity.intake.parties.screening import ROLES as ROLES_OF_PARTIES
from coercivity.law.rules.rulebook import Rulebook

BY_ROUTE = "by_route"
ROLES = (
    "id", "title", "title_zh", "group", "note", "on", "known", "material", "composition", "hs", "quantity", "unit",
    "price", "currency", "use",
)  # fmt: skip
_DECIDING = frozenset(("composition", "end_user", "consignee"))
_MANY = frozenset(("title", "title_zh", "group", "note", *ROLES_OF_PARTIES))
_SHIP_FROM, _SHIP_TO = frozenset(("shipfrom", "shippedfrom")), frozenset(("shipto", "shippedto"))
_PARTS = ("columns", "constants", "options", "unused")


@dataclass(frozen=True, slots=True)
class Options:
    """Settings for every cell of a file.

    Attributes:
        dates: `dmy` or `mdy`, which settles 03/04/2026; blank if the file does not say.
        decimal: `,` or `.`, which settles 1,234 and 1.234; blank if the file does not say.
        piece_mass_kg: Mass of one piece [kg].
        unit: Unit of the quantities of rows that do not state one: kg, g, mg, t, lb, oz, jin, piece.
        part: Which deal of a description that names several is meant, from 1; 0 if it must name one.
        longest_description: Limit for a description [characters]; a deal alone may be a whole letter.
    """

    dates: str = ""
    decimal: str = ""
    piece_mass_kg: Decimal | None = None
    unit: str = ""
    part: int = 0
    longest_description: int = LONGEST_CELL


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The roles of the columns of a table.

    Attributes:
        columns: Role or fact of each column that is read.
        constants: Raw values of facts that hold for every row; `act: by_route` infers goods or reexport from the route.
        options: How cells are read.
        unused: Columns that are not read.
        because: Why a column is not read although its name suggests a role; written to the file, not read back.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    options: Options = field(default_factory=Options)
    unused: tuple[str, ...] = ()
    because: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)


def propose(book: Rulebook, columns: Sequence[str], *, on_column: str | None = None) -> ColumnMap:
    """Returns the mapping suggested by the names of the columns; of two for one role, the better word wins.

    Args:
        book: The rulebook, for the names of facts and their synonyms.
        columns: Names of the columns, as in the table.
        on_column: The column with the transaction date, if given; `check_map` reports it if the table lacks it.
    """
    known = known_names(book.catalogue, ROLES)
    names = {column: named(known, column) for column in columns}
    found: dict[str, str] = {} if on_column is None else {on_column: "on"}
    for column, name in names.items():
        if column not in found and name.role and not (name.role == "on" and on_column is not None):
            found[column] = name.role
    because: dict[str, str] = {}
    for role in sorted(set(found.values()) - _MANY - ({"on"} if on_column is not None else set())):
        held = (column for column in names if found.get(column) == role and not _is_further(column, role))
        claims = sorted(held, key=lambda c: _rank(names[c], c))
        if not claims:
            continue
        best = _rank(names[claims[0]], claims[0])
        for column in claims[1:]:
            if role in _DECIDING and _rank(names[column], column)[:2] == best[:2]:
                continue  # both stay, so that `check_map` asks which: the order of columns must not decide a deal
            del found[column]
            because[column] = f"{role} is read from {brief_value(claims[0])!r}"
    _second_party(names, found, because)
    _ship_to(names, found, because)
    _further_parties(names, found, because)
    constants = {} if "act" in found.values() else {"act": BY_ROUTE}
    unused = tuple(column for column in columns if column not in found)
    kept = {column: found[column] for column in (*columns, *found) if column in found}
    unit = next((names[column].unit for column, role in kept.items() if role == "quantity"), "")
    return ColumnMap(kept, constants, Options(unit=unit), unused, because)


def _second_party(names: Mapping[str, Named], found: dict[str, str], because: dict[str, str]) -> None:
    """Assigns a second column of party names to the other party, if it has no column: every name is screened."""
    for role, other in (("end_user", "consignee"), ("consignee", "end_user")):
        claims = [column for column in names if names[column].role == role and not _is_further(column, role)]
        if len(claims) > 1 and other not in found.values():
            first = min(claims, key=lambda column: _rank(names[column], column))
            second = min((c for c in claims if c != first), key=lambda column: _rank(names[column], column))
            found[second] = other
            because.pop(second, None)


def _further_parties(names: Mapping[str, Named], found: dict[str, str], because: dict[str, str]) -> None:
    """Keeps a third column of party names, so that `check_map` asks: a party that is not screened must be a choice."""
    places = any(role == "from" and fold(column) in _SHIP_FROM for column, role in found.items())
    for column in names:
        if places and fold(column) in _SHIP_TO:
            continue  # beside `ship from` it is a place
        if column not in found and names[column].role in ("end_user", "consignee"):
            found[column] = names[column].role
            because.pop(column, None)


def _ship_to(names: Mapping[str, Named], found: dict[str, str], because: dict[str, str]) -> None:
    """Assigns `ship to` next to `ship from` to the destination, if the parties and no destination have columns."""
    origin = next((column for column, role in found.items() if role == "from"), "")
    if "to" in found.values() or fold(origin) not in _SHIP_FROM:
        return
    for column in [column for column in names if column not in found and fold(column) in _SHIP_TO]:
        found[column] = "to"
        because.pop(column, None)
        return


def _is_further(column: str, role: str) -> bool:
    """Returns whether a column holds a further party of its role, `End user 2`; all of them are screened together."""
    return role in NAMED and is_numbered(column)


def _rank(name: Named, column: str) -> tuple[int, bool, str]:
    """Sorts the columns of one role; those of equal rank by name, whatever their order in the table."""
    return name.rank, column.strip() != name.role, column


def check_map(
    columns_map: ColumnMap, columns: Sequence[str], *, on_given: bool, where: str, book: Rulebook | None = None
) -> None:
    """Rejects a mapping that does not fit the table.

    Args:
        columns_map: The mapping.
        columns: Names of the columns of the table.
        on_given: Whether the date is given for the whole run.
        where: The table, for messages.
        book: The rulebook; with it the names of facts and the constants are checked too, as in `read_map`.

    Raises:
        CoercivityError: With every required role without a column, every column that the table lacks, every role
            with two columns, and every unknown role, constant and option.
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
        what = f"duplicate column {brief_value(column)!r} in the table"
        faults.add("COLUMN-TWICE", what, where=where, next="rename one of them")
    by_role: dict[str, list[str]] = {}
    for column, role in columns_map.columns.items():
        by_role.setdefault(role, []).append(column)
        if catalogue is not None and role not in ROLES and role not in catalogue:
            near = tuple(dict.fromkeys((*nearest(role[:80], ROLES), *catalogue.nearest(role[:80]))))[:3]
            what = f"column {brief_value(column)!r} is mapped to {brief_value(role)!r}, which is not a role or a fact"
            faults.add("MAP-ROLE", what, where=where, nearest=near, next="roles: " + ", ".join(ROLES))
    for column in (*columns_map.columns, *columns_map.unused):
        if column not in columns:
            what = f"the mapping names column {brief_value(column)!r}, which the table does not have"
            faults.add(
                "MAP-COLUMN", what, where=where, nearest=nearest(column[:80], columns), next="correct the mapping"
            )
    for role, claims in by_role.items():
        if len([claim for claim in claims if not _is_further(claim, role)]) > 1 and role not in _MANY:
            what = f"{len(claims)} columns are mapped to {role}: {', '.join(brief_value(claim) for claim in claims)}"
            faults.add("MAP-TWICE", what, where=where, next="keep one of them; list the others under unused")


_NEEDED = (
    ("on", ("on",), "the transaction date"),
    ("material", ("material", "form", "goods_kind"), "the item: material, form or goods_kind"),
    ("from", ("from",), "the country of departure"),
    ("to", ("to",), "the destination"),
    ("act", ("act",), "the type of transaction"),
)


def missing_roles(columns_map: ColumnMap, *, on_given: bool) -> dict[str, str]:
    """Returns the roles for which a mapping has neither column nor constant, each with its meaning.

    Args:
        columns_map: The mapping.
        on_given: Whether the date is given for the whole run.
    """
    held = {*columns_map.columns.values(), *columns_map.constants}
    return {
        role: meaning for role, roles, meaning in _NEEDED if held.isdisjoint(roles) and not (role == "on" and on_given)
    }


def _check_required(columns_map: ColumnMap, columns: Sequence[str], on_given: bool, where: str, faults: Faults) -> None:
    free = [column for column in columns if column not in columns_map.columns]
    left = f"; not mapped: {', '.join(brief_value(column) for column in free[:20])}" if free else ""
    for role, meaning in missing_roles(columns_map, on_given=on_given).items():
        next_step = "map a column to it" + (", or give the date" if role == "on" else ", or set a constant")
        what = f"no column is mapped to {role!r} ({meaning}){left}"
        faults.add("MAP-MISSING", what, where=where, nearest=nearest(role, free), next=next_step)


_NO_CONSTANTS = {
    "unit": "set the option instead: `options: {unit: kg}`",
    "currency": "omit it: prices are not used; to set the unit of quantities, use the option `unit`",
}


def _check_constants(columns_map: ColumnMap, where: str, catalogue: FactCatalogue, faults: Faults) -> None:
    for fact, raw in columns_map.constants.items():
        if fact in columns_map.columns.values():
            faults.add("MAP-TWICE", f"{fact} is both a column and a constant", where=where, next="keep one of them")
        if fact == "act" and raw == BY_ROUTE:
            continue
        if fact in _NO_CONSTANTS:
            what = f"{fact} is not a fact and cannot be a constant"
            faults.add("FACT-UNKNOWN", what, where=f"{where}, constants", next=_NO_CONSTANTS[fact])
            continue
        spec = catalogue.get(fact)
        value: object = (
            [part.strip() for part in raw.split(";") if part.strip()] if spec and spec.type == "set" else raw
        )
        catalogue.parse(fact, stated_value(catalogue, fact, value), where=f"{where}, constants", faults=faults)


def _check_options(options: Options, where: str, faults: Faults) -> None:
    if options.dates not in ("", "dmy", "mdy"):
        faults.add("MAP-OPTION", f"dates: {brief_value(options.dates)!r}", where=where, nearest=("dmy", "mdy"))
    if options.decimal not in ("", ",", "."):
        faults.add("MAP-OPTION", f"decimal: {brief_value(options.decimal)!r}", where=where, nearest=("','", "'.'"))
    if options.unit and not unit_of(options.unit):
        units = (*KG, "piece")
        what = f"unit: {brief_value(options.unit)!r} is not a known unit"
        near = nearest(options.unit[:20], units)
        faults.add("MAP-OPTION", what, where=where, nearest=near, next=f"one of {', '.join(units)}")
    mass = options.piece_mass_kg
    if mass is not None and not (mass.is_finite() and mass > 0):
        faults.add("MAP-OPTION", f"piece_mass_kg: {mass} is not a valid mass in kg", where=where, next="write 0.0125")


def read_map(book: Rulebook, path: Input) -> ColumnMap:
    """Reads a column mapping from a YAML file.

    Args:
        book: The rulebook, for the names of roles and facts.
        path: The file, or its uploaded content.

    Raises:
        CoercivityError: With every error in the file: parts, forms, roles, constants, options.
    """
    raw = load_file(path)
    faults = Faults()
    if not isinstance(raw, TextMap):
        raise CoercivityError.of("MAP-FORM", "expected the parts " + ", ".join(_PARTS), where=path.name)
    for key in raw:
        if key not in _PARTS:
            faults.add("MAP-FORM", f"unknown part {key!r}", where=path.name, nearest=nearest(key, _PARTS))
    columns = {
        column: role if role in ROLES else fact_named(book.catalogue, role, path.name, faults) or role
        for column, role in _texts(raw, "columns", path.name, faults).items()
    }
    constants = _constants(book.catalogue, _texts(raw, "constants", path.name, faults), path.name, faults)
    options = _options(_texts(raw, "options", path.name, faults), path.name, faults)
    unused = raw.get("unused", TextList(1))
    if not isinstance(unused, list) or not all(isinstance(column, str) for column in unused):
        faults.add("MAP-FORM", "unused: expected a list of columns", where=path.name)
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
            "MAP-FORM", f"{part}: expected names with one value each", where=where, next="see the head of the file"
        )
        return {}
    return dict(entries)


def _constants(catalogue: FactCatalogue, raw: Mapping[str, str], where: str, faults: Faults) -> dict[str, str]:
    """Returns constants by the name of their fact; a fact under two names is an error."""
    found: dict[str, str] = {}
    for written, value in raw.items():
        name = fact_named(catalogue, written, f"{where}, constants", faults) or written
        if found.setdefault(name, value) != value:
            what = f"{name} is given twice, with different values"
            faults.add("MAP-TWICE", what, where=f"{where}, constants", next="keep one of them")
    return found


def _options(raw: Mapping[str, str], where: str, faults: Faults) -> Options:
    known = ("dates", "decimal", "piece_mass_kg", "unit")
    for key in raw:
        if key not in known:
            faults.add("MAP-OPTION", f"unknown option {key!r}", where=where, nearest=nearest(key, known))
    mass: Decimal | None = None
    if "piece_mass_kg" in raw:
        try:
            mass = Decimal(raw["piece_mass_kg"])
        except InvalidOperation:
            what = f"piece_mass_kg: {brief_value(raw['piece_mass_kg'])!r} is not a number"
            faults.add("MAP-OPTION", what, where=where, next="write 0.0125")
    return Options(raw.get("dates", ""), raw.get("decimal", ""), mass, raw.get("unit", ""))


_HEAD = """\
# The role of each column of a table: one of {roles};
# or the name of a fact (`coercivity facts` lists them).
# constants: a fact with the same value in every row; act: by_route infers goods or reexport from the route.
# options: dates: dmy or mdy; decimal: ',' or '.'; piece_mass_kg: the mass of one piece in kg;
#   unit: the unit of quantities in rows that do not state one, such as kg.
# unused: columns that are not read.
"""


_DRAFT = """\
# A draft that cannot be used yet. Replace each name that begins with `?` by the name of a column, remove that
# column from unused, and pass the file with --map. Instead of mapping a column, you can set a fact under constants.
"""


def write_map(columns_map: ColumnMap, path: Path, *, missing: Collection[str] = ()) -> None:
    """Writes a column mapping as YAML, sorted, so that equal mappings give equal files.

    Args:
        columns_map: The mapping.
        path: The file, which is replaced.
        missing: Roles that still need a column; with them the file is a draft with instructions.

    Raises:
        CoercivityError: If the file cannot be written.
    """
    write_file(path, map_text(columns_map, missing=missing).encode())


def map_text(columns_map: ColumnMap, *, missing: Collection[str] = ()) -> str:
    """Returns a column mapping as text, as `write_map` writes it."""
    options = columns_map.options
    told = {"dates": options.dates, "decimal": options.decimal, "unit": options.unit}
    if options.piece_mass_kg is not None:
        told["piece_mass_kg"] = f"{options.piece_mass_kg:f}"
    columns = {**columns_map.columns, **{f"? {role}": role for role in missing}}
    lines = [(_DRAFT if missing else "") + _HEAD.format(roles=", ".join(ROLES))]
    for part, entries in (("columns", columns), ("constants", columns_map.constants), ("options", told)):
        kept = {name: value for name, value in entries.items() if value}
        if kept:
            lines.append(f"{part}:\n" + "".join(f"  {quoted(n)}: {quoted(v)}\n" for n, v in sorted(kept.items())))
    if columns_map.unused:
        why = {column: f"  # {quoted(text)[1:-1]}" for column, text in columns_map.because.items()}
        unused = sorted(columns_map.unused)
        lines.append("unused:\n" + "".join(f"- {quoted(column)}{why.get(column, '')}\n" for column in unused))
    return "".join(lines)


def quoted(text: str) -> str:
    """Returns a YAML scalar that parses back to the same text, whatever it contains."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*|0\.\d+|[1-9]\d*(?:\.\d+)?", text) and text not in (
        "null",
        "on",
        "no",
        "yes",
    ):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(s if s.isprintable() else f"\\U{ord(s):08x}" for s in escaped) + '"'
