"""A table before a run: its columns, their proposed roles, and errors in the settings of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypedDict

from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value
from coercivity.base.words import Lang, plain
from coercivity.batches.messages import Message
from coercivity.batches.plan import Plan, standing_facts
from coercivity.batches.request import TableAsked, Times, formats_of, opened, plan_of
from coercivity.batches.tally import AFTER_COLUMN, BETWEEN_NAMES, About, Tally
from coercivity.cases.arguments import PACKED
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing
from coercivity.cases.sources import standing_of_file
from coercivity.data.input import Content
from coercivity.files.chunk import Chunk, TableFile
from coercivity.intake.cells.columns import ROLES, ColumnMap, Options, missing_roles, propose, quoted, read_map
from coercivity.intake.cells.likeliest import likeliest
from coercivity.intake.composition.composition import LISTS_ALL
from coercivity.law.engine.jurisdictions import reading_book
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.batch.summary import Section, example_text, message_text, rows_named, sections, sum_line
from coercivity.papers.shared.names import clause_shorts

__all__ = [
    "NO_RULE",
    "SHOWN_ROWS",
    "BatchAsked",
    "ColumnMap",
    "RuleRows",
    "Section",
    "TableLook",
    "bared",
    "cells_of_rows",
    "check_batch",
    "error_example",
    "first_cells",
    "likeliest_roles",
    "look_at",
    "map_of",
    "offered_claims",
    "options_as_dict",
    "outcomes_by_rule",
    "packed_claims",
    "proposal",
    "proposal_as_dict",
    "renamed",
    "role_names",
    "rule_names",
    "rules_named",
    "summary_sections",
    "text_of_map",
    "text_of_standing",
    "told_messages",
]  # fmt: skip

SHOWN_ROWS = 5
LONGEST_SHOWN = 80
NO_RULE = ""
ROWS_AT_ONCE = 100_000  # while rows are looked for
_NOT_OF_A_DEAL = frozenset(("id", "title", "title_zh", "group", "note", "on", "known", "currency"))


@dataclass(frozen=True, slots=True)
class TableLook:
    """The result of opening a table.

    Attributes:
        name: Name of the file.
        kind: csv, xlsx, parquet or arrow.
        columns: Names of its columns.
        rows: Number of its rows, if the file says so.
        sample: First rows as text, each cell cut to fit a screen.
        notes: What was detected, and which of the first rows cannot be read.
    """

    name: str
    kind: str
    columns: tuple[str, ...]
    rows: int | None
    sample: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Returns the result as plain data for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> TableLook:
        """Returns the result from the data of `as_dict`."""
        sample = tuple(tuple(row) for row in plain["sample"])
        lists = {name: tuple(plain[name]) for name in ("columns", "notes")}
        return cls(plain["name"], plain["kind"], rows=plain["rows"], sample=sample, **lists)


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """The settings of a run over a table, with its mapping and compliance declarations as text.

    Attributes:
        mapping: Text of a column mapping; blank to recognise the columns by their names.
        standing: Text of a file with compliance declarations; blank for none.
        on: Transaction date for all rows, if given.
        known: Information cut-off for all rows, if given.
        assume: Planning assumptions, if given.
        on_column: Column with the transaction date.
        formats: Formats of the results.
    """

    mapping: str = ""
    standing: str = ""
    on: str | None = None
    known: str | None = None
    assume: str | None = None
    on_column: str | None = None
    formats: tuple[str, ...] = ()


def look_at(asked: TableAsked) -> TableLook:
    """Returns the contents of a table, from its header and its first rows.

    Raises:
        CoercivityError: If it cannot be read as a table.
    """
    table = opened(asked)
    flat = [name for name in table.columns if name not in table.nested]
    chunk = next(table.chunks(SHOWN_ROWS, columns=flat), None) if flat else None
    notes = [*table.notes, *(f"column {brief_value(name)} contains lists or records" for name in table.nested)]
    sample: list[tuple[str, ...]] = []
    if chunk is not None:
        cells = _shown(chunk)
        places = range(chunk.frame.height)
        sample = [tuple(cells[name][row] if name in cells else "" for name in table.columns) for row in places]
        notes += [f"row {chunk.first + place}: {fault.what}" for place, fault in chunk.broken.items()]
    return TableLook(asked.name, table.kind, table.columns, table.rows, tuple(sample), tuple(notes))


def _shown(chunk: Chunk) -> dict[str, list[str]]:
    return {
        column.name: ["" if cell is None else plain(brief_value(cell, longest=LONGEST_SHOWN)) for cell in column]
        for column in chunk.frame.iter_columns()
    }


def proposal(look: TableLook, *, on_column: str | None = None, of_all: bool = False) -> ColumnMap:
    """Returns the column mapping proposed from the names of the columns.

    Args:
        look: The table.
        on_column: Column with the transaction date.
        of_all: Whether columns may be facts that only the rules of other jurisdictions ask for.
    """
    return propose(_reading(of_all), look.columns, on_column=on_column)


def _reading(of_all: bool) -> Rulebook:
    return reading_book(PACKED.book()) if of_all else PACKED.book()


def proposal_as_dict(look: TableLook, *, on_column: str | None = None, on: str | None = None) -> dict[str, Any]:
    """Returns a look with the proposed mapping: role of each column, why one is not used, what is missing."""
    found = proposal(look, on_column=on_column)
    columns = [
        {
            "name": name,
            "role": found.columns.get(name, ""),
            "because": found.because.get(name, ""),
            "likeliest": [] if name in found.columns else list(likeliest_roles(look, place)),
            "sample": [row[place] for row in look.sample],
        }
        for place, name in enumerate(look.columns)
    ]
    missing = missing_roles(found, on_given=on is not None)
    return {
        "name": look.name,
        "kind": look.kind,
        "rows": look.rows,
        "notes": list(look.notes),
        "columns": columns,
        "constants": dict(found.constants),
        "options": options_as_dict(found.options),
        "missing": [{"role": role, "what": what} for role, what in missing.items()],
    }


def likeliest_roles(look: TableLook, place: int) -> tuple[str, ...]:
    """Returns the ten likeliest roles of a column, by its name and its first cells.

    Args:
        look: The table.
        place: Position of the column, counted from 0.
    """
    return likeliest(PACKED.book(), look.columns[place], [row[place] for row in look.sample])


def options_as_dict(options: Options) -> dict[str, str]:
    """Returns the options of a mapping that are set, as text."""
    mass = "" if options.piece_mass_kg is None else f"{options.piece_mass_kg:f}"
    told = {"dates": options.dates, "decimal": options.decimal, "unit": options.unit, "piece_mass_kg": mass}
    return {name: text for name, text in told.items() if text}


def map_of(text: str, *, of_all: bool = False) -> ColumnMap:
    """Parses a column mapping from text.

    Args:
        text: The mapping.
        of_all: Whether columns may be facts that only the rules of other jurisdictions ask for.

    Raises:
        CoercivityError: With every error in it.
    """
    with _to_mend():
        return read_map(_reading(of_all), Content.of("mapping.yaml", text))


def text_of_map(columns: Mapping[str, str], constants: Mapping[str, str], options: Mapping[str, str]) -> str:
    """Returns a column mapping as text; its roles, constants and options are checked by `check_batch`.

    Args:
        columns: Role of each column that is read.
        constants: Values of facts that hold for every row.
        options: How to read cells.
    """
    parts = {"columns": columns, "constants": constants, "options": options}
    kept = {part: {name: value for name, value in entries.items() if value} for part, entries in parts.items()}
    return _yaml({part: entries for part, entries in kept.items() if entries})


def text_of_standing(standing: Standing) -> str:
    """Returns compliance declarations as the text of a file."""
    screened = {"lists": list(standing.lists), "version": standing.version}
    signed = {"said_by": standing.said_by, "said_on": standing.said_on}
    return _yaml({"standing": {**signed, "screened": screened, "facts": dict(standing.facts)}})


def _yaml(value: Any) -> str:
    """Returns YAML that parses back to the same texts, whatever they contain; explicit keys allow long ones."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"? {quoted(name)} : {_yaml(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    return quoted(str(value))


def check_batch(look: TableLook, asked: BatchAsked) -> None:
    """Rejects a run that would fail before its first row.

    Args:
        look: The table.
        asked: The settings of the run.

    Raises:
        CoercivityError: With every error in mapping, columns, declarations, dates, assumptions and formats.
    """
    faults = Faults()
    with faults.kept():
        formats_of(asked.formats, look.kind)
    mapping, standing = (
        Content.of(name, text) if text else None
        for name, text in (("mapping.yaml", asked.mapping), ("standing.yaml", asked.standing))
    )
    with faults.kept(), _to_mend():
        path = Path(look.name)
        # An empty table with these columns: errors in cells are reported by the run.
        table = TableFile(path, "csv", look.columns, (), None, lambda rows, wanted, first: iter(()))
        try:
            named = TableAsked(path, standing, mapping, asked.on_column)
            plan_of(named, table, PACKED, Times(asked.on, asked.known, asked.assume))
        except CoercivityError as error:
            # Errors in the compliance declarations are reported as well, whatever is wrong with the mapping.
            found = dict.fromkeys((*error.faults, *_standing_faults(standing)))
            raise CoercivityError(found) from None
    faults.raise_if_any()


def _standing_faults(block: Content | None) -> tuple[Fault, ...]:
    faults = Faults()
    with faults.kept():
        if block is not None:
            standing_facts(PACKED.book(), Plan(ColumnMap(), standing_of_file(block)), faults)
    return tuple(faults.items)


@contextmanager
def _to_mend() -> Iterator[None]:
    """Adds the next step to the errors of uploaded content."""
    try:
        yield
    except CoercivityError as error:
        step = "correct the file, then upload it again"
        raise CoercivityError(replace(fault, next=fault.next or step) for fault in error.faults) from None


def bared(error: CoercivityError, folder: Path) -> CoercivityError:
    """Returns an error that names files without the folder in which the program keeps them."""
    return _retold(error, f"{folder.as_posix()}/", "")


def renamed(error: CoercivityError, path: Path, name: str) -> CoercivityError:
    """Returns an error that names a file as its sender named it."""
    return bared(_retold(_retold(error, path.as_posix(), name), path.name, name), path.parent)


def _retold(error: CoercivityError, old: str, new: str) -> CoercivityError:
    return CoercivityError(
        replace(fault, **{part: getattr(fault, part).replace(old, new) for part in ("what", "where", "next")})
        for fault in error.faults
    )


def packed_claims() -> Standing:
    """Returns the compliance declarations shared by the built-in cases: what most deals can truthfully declare."""
    return packed_standing()


def offered_claims() -> Mapping[str, Any]:
    """Returns what can be declared for a whole table: the built-in declarations, and that compositions are complete."""
    return {**packed_standing().facts, LISTS_ALL: "true"}


def role_names() -> tuple[str, ...]:
    """Returns the possible roles of a column, apart from the facts."""
    return ROLES


def first_cells(asked: TableAsked, columns: Mapping[str, str], rows: int) -> list[dict[str, str]]:
    """Returns the cells of the first rows of a table by role, with which each row can be described as a deal.

    Several columns of one role are joined, and the unit follows the quantity.

    Args:
        asked: Which table, and how to read it.
        columns: Role of each column.
        rows: Number of rows.
    """
    chunk = next(opened(asked).chunks(rows, columns=tuple(columns)), None)
    return [] if chunk is None else [_cells(row, columns) for row in chunk.frame.iter_rows(named=True)]


def cells_of_rows(asked: TableAsked, columns: Mapping[str, str], rows: Sequence[int]) -> list[dict[str, str]]:
    """Returns the cells of some rows of a table by role, in the order asked; the table is read up to the last of them.

    Args:
        asked: Which table, and how to read it.
        columns: Role of each column.
        rows: Numbers of the rows, from 1.
    """
    wanted, found, past = set(rows), dict[int, dict[str, str]](), 0
    if not wanted or not columns:
        return [{} for _ in rows]
    for chunk in opened(asked).chunks(ROWS_AT_ONCE, columns=tuple(columns)):
        height = chunk.frame.height
        for number in sorted(one for one in wanted if past < one <= past + height):
            found[number] = _cells(chunk.frame.row(number - past - 1, named=True), columns)
        past += height
        if past >= max(wanted):
            break
    return [found.get(number, {}) for number in rows]


def _cells(row: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, str]:
    """Returns the cells of a row by role."""
    held: dict[str, str] = {}
    for name, role in columns.items():
        text = "" if row[name] is None else str(row[name]).strip()
        if text and role not in _NOT_OF_A_DEAL:
            held[role] = f"{held[role]}; {text}" if role in held else text
    if unit := held.pop("unit", ""):
        held |= {"quantity": f"{held['quantity']} {unit}"} if "quantity" in held else {}
    return held


class RuleRows(TypedDict):
    """The number of rows of an outcome that name a rule."""

    rule: str
    outcome: str
    rows: int


def outcomes_by_rule(files: Sequence[Path]) -> list[RuleRows]:
    """Returns how many rows of each outcome name each rule; a blank name counts the rows that name none.

    Args:
        files: The results of a run: one CSV file, or Parquet parts.
    """
    import polars as pl

    counts: Counter[tuple[str, str]] = Counter()
    for path in files:
        lazy = (
            pl.scan_csv(path, infer_schema=False, glob=False)
            if path.suffix == ".csv"
            else pl.scan_parquet(path, glob=False)
        )
        cases = lazy.select("outcome", "rules").filter(pl.col("outcome").is_not_null()).group_by("outcome", "rules")
        for outcome, rules, rows in cases.len().collect(engine="streaming").iter_rows():
            for rule in dict.fromkeys(rules.split(BETWEEN_NAMES)) if rules else (NO_RULE,):
                counts[rule, outcome] += rows
    return [{"rule": rule, "outcome": outcome, "rows": rows} for (rule, outcome), rows in sorted(counts.items())]


def rules_named(rules: Iterable[str], lang: Lang) -> dict[str, str]:
    """Returns number and article of clauses by id, no two alike; the id if there is no such clause."""
    return clause_shorts(PACKED.book(), rules, lang)


def rule_names(cell: str, lang: Lang) -> list[str]:
    """Returns numbers and articles of the clauses named in a cell of the results, each once."""
    return list(rules_named(dict.fromkeys(rule for rule in cell.split(BETWEEN_NAMES) if rule), lang).values())


def error_example(text: str, lang: Lang) -> str:
    """Returns the example of an input error in a language."""
    return example_text(text, PACKED.book(), lang)


def told_messages(summary: Mapping[str, Any], severity: str, lang: Lang) -> list[tuple[int, str, str]]:
    """Returns the kinds of messages of a run: how often, the first rows, and what it says.

    Args:
        summary: Content of `summary.json`.
        severity: `error`, `note` or `not_a_deal`.
        lang: Language.
    """
    held = [Message.from_dict(entry) for entry in summary["messages"] if entry["severity"] == severity]
    return [(one.count, rows_named(one, lang), message_text(one, PACKED.book(), lang)) for one in held]


def summary_sections(summary: Mapping[str, Any], lang: Lang) -> tuple[str, list[Section]]:
    """Returns the totals over all rows and the tables of the summary of a run, in a language.

    Args:
        summary: Content of `summary.json`.
        lang: Language.
    """
    # The summary counts the names to identify, and lists those that most rows have.
    names = {AFTER_COLUMN.join((one["fact"], one["written"])): one["rows"] for one in summary["names_to_identify"]}
    tally = Tally.from_dict({**summary, "names": names})
    named = ("source", "input_hash", "pack", "pack_hash", "engine", "distinct_cases", "kinds", "standing_by")
    about = About(
        **{name: summary[name] for name in named},
        columns=summary["columns"],
        unused=tuple(summary["unused"]),
        reader_notes=tuple(summary["reader_notes"]),
        lists=tuple((held["list"], held["version"], held["completeness"]) for held in summary["lists"]),
        error_examples=summary["error_examples"],
        vouches=tuple(summary.get("vouches", ())),
    )
    return sum_line(tally, lang), list(sections(tally, about, book=PACKED.book(), lang=lang))
