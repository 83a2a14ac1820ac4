"""Packs: folders of data next to the code, opened by name, read with their own schema and identified by a hash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable

from coercivity.base.canonical import hash_files, sha256_of_text
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.columns import COLUMNS, Schema, schemas_of
from coercivity.data.cut.dating import Dating, cut_table, datings
from coercivity.data.ruleset import KnownRule, TableRules
from coercivity.data.schema import DayText, Plain, Strict, parse_as
from coercivity.data.tables import Table, read_table, scan_table
from coercivity.data.textyaml import TextMap, load_text

_SKIPPED = ("__pycache__",)
# The law has a clock of its own. Its tables do not repeat that: a word there would change the hash of the rulebook.
LAW = "law"
DATED_BY_EVENTS = (
    "The law is dated by its events: a notice published later does not count in a decision known by a day."
)


class _Meta(Strict):
    name: Plain
    version: DayText
    licence: Plain
    about: Plain


@dataclass(frozen=True)
class Pack:
    """A folder of data: `pack.yaml`, `columns.csv`, `tables.yaml`, `sources.csv` and the tables.

    Attributes:
        name: Name of the pack, equal to the name of its folder.
        root: The folder.
        version_on: Date of the version.
        licence: Licence of the pack as an SPDX id.
        about: Description of the contents.
        known: Day of a cut; None if the pack is whole.
    """

    name: str
    root: Traversable
    version_on: Day
    licence: str
    about: str
    known: Day | None = None

    @property
    def version(self) -> str:
        """The version, which is a date."""
        return self.version_on.isoformat()

    @cached_property
    def schemas(self) -> Mapping[str, Schema]:
        """Columns of every table, by table name.

        Raises:
            CoercivityError: If `columns.csv` is missing or invalid.
        """
        where = f"{self.name}/columns.csv"
        table = read_table(self._file("columns.csv"), COLUMNS, where=where)
        return dict(sorted(schemas_of(table.rows, table.place).items()))

    @cached_property
    def rules(self) -> Mapping[str, TableRules]:
        """The entries of `tables.yaml`, by table name.

        Raises:
            CoercivityError: If `tables.yaml` is missing or invalid.
        """
        where = f"{self.name}/tables.yaml"
        raw = _load(self._file("tables.yaml"), where)
        faults = Faults()
        found: dict[str, TableRules] = {}
        for name, value in sorted(raw.items()):
            rules = parse_as(TableRules, value, name=where, faults=faults)
            if rules is not None:
                found[name] = rules
        faults.raise_if_any()
        return found

    @cached_property
    def assumption_rows(self) -> Mapping[str, str]:
        """Rows of the table `assumptions` that the program uses, by their readable keys.

        Raises:
            CoercivityError: If `assumption_keys.yaml` is missing or invalid.
        """
        name = "assumption_keys.yaml"
        return {key: str(row) for key, row in _load(self._file(name), f"{self.name}/{name}").items()}

    @cached_property
    def units(self) -> frozenset[str]:
        """Allowed words of the unit cells of this pack; empty if the pack has no table `units`."""
        if "units" not in self.schemas:
            return frozenset()
        table = read_table(self._file("units.csv"), self.schemas["units"], where=f"{self.name}/units.csv")
        return frozenset(table.text("unit"))

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """All tables, each read on first use."""
        return _Tables(self)

    def table(self, name: str) -> Table:
        """Returns one table.

        Raises:
            CoercivityError: If the table does not exist (the nearest names are given) or is invalid.
        """
        faults = Faults()
        table = self.scan(name, faults)
        faults.raise_if_any()
        return table

    def scan(self, name: str, faults: Faults) -> Table:
        """Returns the readable part of a table and adds every error to `faults`.

        Raises:
            CoercivityError: If the table or its file does not exist.
        """
        if name not in self.schemas:
            near = nearest(name, self.schemas)
            what = f"pack {self.name} has no table {name!r}"
            raise CoercivityError.of(
                "TABLE-UNKNOWN", what, nearest=near, next="run `coercivity data list` for the tables"
            )
        where = f"{self.name}/{name}.csv"
        units = () if name == "units" else self.units
        table = scan_table(self._file(f"{name}.csv"), self.schemas[name], faults, where=where, units=units)
        rule = self.known_rule(name)
        if self.known is None or rule is None:
            return table
        return cut_table(table, datings(table, rule, self._datings), rule, self.known)

    def known_by(self, day: Day | None) -> Pack:
        """Returns the pack without what was not known on a day, as `tables.yaml` dates it; the whole pack for None."""
        return replace(self, known=day)

    def known_rule(self, name: str) -> KnownRule | None:
        """Returns how the rows of a table are dated for a cut; None if the pack does not say."""
        if self.name == LAW:
            return KnownRule(uncut=DATED_BY_EVENTS)
        return self.rules[name].known_by if name in self.rules else None

    def dated(self, name: str) -> tuple[Table, tuple[Dating, ...]]:
        """Returns a table of the whole pack, and since when each of its rows is known.

        Raises:
            CoercivityError: If the table does not exist or is invalid.
        """
        table, rule = self.known_by(None).table(name), self.known_rule(name)
        return table, datings(table, rule or KnownRule(), self._datings)

    def _datings(self, name: str) -> dict[str, Dating]:
        table, found = self.dated(name)
        return dict(zip(table.text(table.schema.key[0]), found, strict=True))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Paths of all files of the pack, sorted."""
        return _files_of(self.root)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over the path, length and bytes of every file, in order of path; of a cut with its day."""
        whole = _hash_of(self.root)
        return whole if self.known is None else sha256_of_text(f"{whole} known by {self.known.isoformat()}")

    def age_days(self, on: Day) -> int:
        """Returns the age of the version on a date; negative before it [days]."""
        return (on - self.version_on).days

    def _file(self, name: str) -> Traversable:
        file = self.root.joinpath(name)
        if not file.is_file():
            here = [entry.name for entry in self.root.iterdir()]
            raise CoercivityError.of(
                "FILE-MISSING", "file not found", where=f"{self.name}/{name}", nearest=nearest(name, here)
            )
        return file


class _Tables(Mapping[str, Table]):
    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._read: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._pack.schemas:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._pack.table(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pack.schemas)

    def __len__(self) -> int:
        return len(self._pack.schemas)


def list_packs() -> tuple[str, ...]:
    """Returns the names of the installed packs, sorted."""
    root = _home()
    if not root.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in root.iterdir() if entry.joinpath("pack.yaml").is_file()))


def open_pack(name: str, known: Day | None = None) -> Pack:
    """Returns an installed pack.

    Args:
        name: Name of the pack.
        known: Day of a cut; None for the whole pack.

    Raises:
        CoercivityError: If the pack does not exist (the nearest names are given) or its `pack.yaml` is invalid.
    """
    names = list_packs()
    if name not in names:
        what = f"pack {name!r} not found"
        raise CoercivityError.of("PACK-UNKNOWN", what, nearest=nearest(name, names), next="one of: " + ", ".join(names))
    pack = read_pack(_home().joinpath(name))
    if str(pack.root) not in _FIRST:
        _FIRST[str(pack.root)] = pack.root, pack.content_hash
    return pack.known_by(known)


def packs_unchanged() -> bool:
    """Returns whether the installed packs that this process opened are as they were when it first did.

    What it read from them may still be in memory, so that its results are those of their content then.
    """
    try:
        return all(_hash_of(root) == first for root, first in _FIRST.values())
    except OSError:  # removed meanwhile
        return False


_FIRST: dict[str, tuple[Traversable, str]] = {}  # packs opened, each with its hash when it was opened first


def read_pack(root: Traversable) -> Pack:
    """Returns the pack in a folder.

    Raises:
        CoercivityError: If `pack.yaml` is missing or invalid, or names another folder.
    """
    where = f"{root.name}/pack.yaml"
    file = root.joinpath("pack.yaml")
    if not file.is_file():
        raise CoercivityError.of("FILE-MISSING", "pack.yaml not found in the folder of the pack", where=where)
    raw = _load(file, where)
    faults = Faults()
    known = {key: raw[key] for key in _Meta.model_fields if key in raw}
    meta = parse_as(_Meta, known, name=where, faults=faults)
    faults.raise_if_any()
    assert meta is not None
    if meta.name != root.name:
        what = f"the pack is called {meta.name!r} but its folder {root.name!r}"
        raise CoercivityError.of("PACK-NAME", what, where=where)
    return Pack(meta.name, root, meta.version, meta.licence, meta.about)


def _hash_of(root: Traversable) -> str:
    return hash_files((path, root.joinpath(*path.split("/")).read_bytes()) for path in _files_of(root))


def _files_of(root: Traversable) -> tuple[str, ...]:
    return tuple(sorted(path for path, _ in _walk(root, "")))


def _home() -> Traversable:
    return resources.files("coercivity").joinpath("packs")


def _load(file: Traversable, where: str) -> TextMap:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CoercivityError.of("FILE-ENCODING", f"byte {error.start} is not valid UTF-8", where=where) from None
    raw = load_text(text, name=where)
    if not isinstance(raw, TextMap):
        raise CoercivityError.of("PACK-FORM", "expected a mapping of names to values", where=where)
    return raw


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.name.startswith(".") or entry.name in _SKIPPED or entry.name.endswith(".pyc"):
            continue
        path = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _walk(entry, path + "/")
        elif entry.is_file():
            yield path, entry
