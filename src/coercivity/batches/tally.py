"""The counts of a batch run: a tally per part of a table, and their sum for the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from coercivity.base.sums import total
from coercivity.batches.messages import ERROR, NO_DEAL, NOTE, Message, messages_of, pieces_of, together
from coercivity.data.vouch import VouchShown

if TYPE_CHECKING:
    import polars as pl

OUTCOMES = ("PROCEED", "LICENCE", "STOP", "UNKNOWN")
UNDECIDED = "UNKNOWN"
PART_COLUMNS = (
    "row",
    "line",
    "id",
    "outcome",
    "finding",
    "may_become",
    "rules",
    "missing",
    "open_because",
    "duplicate_id",
    "input_error",
    "notes",
    "screening",
    "decision_hash",
    "on",
    "not_a_deal",
)
BETWEEN_NAMES = "; "
BETWEEN_NOTES = " | "
AFTER_COLUMN = ": "
_CASE = ["outcome", "finding", "rules", "missing"]
_COUNTERS = ("outcomes", "input_errors", "not_deals", "findings", "rules", "missing", "alone", "notes_by_kind", "names")
_COUNTS = ("rows", "duplicates", "noted", "nothing_missing", "without_mass")


@dataclass(frozen=True, slots=True)
class About:
    """The origin of the results of a run; identical for any two runs of one table.

    Attributes:
        source: Name of the file, without its folder.
        input_hash: SHA-256 of the file.
        pack: Version of the rulebook.
        pack_hash: SHA-256 over the rulebook.
        engine: Version of the program.
        distinct_cases: Distinct cases among the rows; rows with the same facts are evaluated once.
        kinds: Kinds of rows that the rules distinguish.
        columns: Role of each column of the file.
        unused: Columns that are not read.
        reader_notes: What the reader detected: encoding, separator, sheet.
        standing_by: Who made the compliance declarations for the whole file, and when; empty if nobody did.
        lists: Name, version with as-of day, and completeness of each restricted-party list.
        error_examples: One input error as reported, by code.
        covered_from: First dates covered by the rulebook, for goods and for know-how.
        vouches: Statements of persons who looked for newer notices.
    """

    source: str
    input_hash: str
    pack: str
    pack_hash: str
    engine: str
    distinct_cases: int
    kinds: int
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    reader_notes: tuple[str, ...]
    standing_by: str
    lists: tuple[tuple[str, str, str], ...]
    error_examples: Mapping[str, str]
    covered_from: Mapping[str, str] = field(default_factory=dict)
    vouches: tuple[VouchShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over rows.

    Attributes:
        rows: All rows, input errors included.
        outcomes: Rows by outcome.
        input_errors: Rows that could not be read, by the first code of each.
        not_deals: Rows that are no deals, by what they are: totals, repeated headers, blank rows, headings.
        findings: Rows by finding.
        rules: Rows in which a rule is named.
        missing: Undetermined rows in which a fact is missing.
        alone: Undetermined rows in which a fact is the only one missing.
        duplicates: Rows whose id appears on more than one row.
        noted: Rows with a correction or interpretation.
        notes_by_kind: Corrections and interpretations by column.
        nothing_missing: Undetermined rows in which no fact is missing: the status of a rule is unconfirmed.
        mass_kg: Mass of the rows of each outcome, as far as known [kg].
        without_mass: Rows with a result whose mass is unknown.
        names: Rows in which a party has to be identified, by its role and name.
        messages: Kinds of input errors and of notes, with their rows.
    """

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    input_errors: Counter[str] = field(default_factory=Counter)
    not_deals: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    noted: int = 0
    notes_by_kind: Counter[str] = field(default_factory=Counter)
    nothing_missing: int = 0
    mass_kg: dict[str, float] = field(default_factory=dict)
    without_mass: int = 0
    names: Counter[str] = field(default_factory=Counter)
    messages: tuple[Message, ...] = ()

    @classmethod
    def of(
        cls,
        frame: pl.DataFrame,
        *,
        mass_kg: Sequence[float | None] | None = None,
        names: Mapping[tuple[str, str], int] = MappingProxyType({}),
    ) -> Tally:
        """Returns the tally of one part.

        Args:
            frame: The part, with at least the columns that are counted.
            mass_kg: Mass of each row in the same order, None if unknown [kg].
            names: Rows in which a party has to be identified, by role and name.

        Raises:
            ValueError: If the number of masses differs from the number of rows.
        """
        found = _tally_of_cases(frame)
        mass, without_mass = _mass(frame, mass_kg)
        notes = frame["notes"].drop_nulls()
        pieces = pieces_of(frame.select("row", text="notes"), BETWEEN_NOTES)
        pieces = pieces.filter(pieces["text"].str.contains(AFTER_COLUMN, literal=True))
        errors = pieces_of(frame.select("row", text="input_error"), BETWEEN_NOTES)
        apart = pieces_of(frame.select("row", text="not_a_deal"), BETWEEN_NOTES)
        return cls(
            rows=frame.height,
            **found,
            input_errors=_input_errors(frame["input_error"].drop_nulls()),
            not_deals=Counter(dict(_counted(frame["not_a_deal"].drop_nulls()))),
            duplicates=int(frame["duplicate_id"].sum() or 0),
            noted=notes.len(),
            notes_by_kind=_notes_by_kind(pieces),
            mass_kg=mass,
            without_mass=without_mass,
            names=Counter({f"{fact}{AFTER_COLUMN}{name}": rows for (fact, name), rows in names.items()}),
            messages=(*messages_of(errors, ERROR), *messages_of(pieces, NOTE), *messages_of(apart, NO_DEAL)),
        )

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Tally:
        """Returns the tally from the data written by `as_dict`."""
        found: dict[str, Any] = {name: Counter({key: int(n) for key, n in plain[name].items()}) for name in _COUNTERS}
        found |= {name: int(plain[name]) for name in _COUNTS}
        mass = {outcome: float(text) for outcome, text in plain["mass_kg"].items()}
        return cls(**found, mass_kg=mass, messages=tuple(map(Message.from_dict, plain["messages"])))

    def as_dict(self) -> dict[str, Any]:
        """Returns the tally as plain data for canonical JSON; a mass is a text that parses back to the same float."""
        found: dict[str, Any] = {name: dict(sorted(getattr(self, name).items())) for name in _COUNTERS}
        found |= {name: getattr(self, name) for name in _COUNTS}
        found["messages"] = [message.as_dict() for message in self.messages]
        return found | {"mass_kg": {outcome: repr(mass) for outcome, mass in sorted(self.mass_kg.items())}}

    def balances(self) -> bool:
        """Returns whether every row is counted exactly once: under an outcome, as an input error or as no deal."""
        return self.rows == self.outcomes.total() + self.input_errors.total() + self.not_deals.total()

    def unidentified(self, most: int | None = None) -> list[tuple[str, str, int]]:
        """Returns the parties to be identified, in the order of the number of rows.

        Args:
            most: Number of parties to return; None for all.

        Returns:
            Role, name and rows of each.
        """
        found = sorted(self.names.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
        return [(*_role_and_name(key), rows) for key, rows in found]

    def settling(self, most: int = 10) -> list[tuple[str, int, int]]:
        """Returns the missing facts whose answers would settle the most rows.

        Args:
            most: Number of facts to return.

        Returns:
            Name, undetermined rows in which nothing else is missing, and undetermined rows in which it is missing.
        """
        order = sorted(self.missing, key=lambda name: (-self.alone[name], -self.missing[name], name))
        return [(name, self.alone[name], self.missing[name]) for name in order[:most]]


def _role_and_name(key: str) -> tuple[str, str]:
    fact, _, name = key.partition(AFTER_COLUMN)
    return fact, name


def merged(tallies: Iterable[Tally]) -> Tally:
    """Returns the sum of tallies; masses are added exactly, so that the order of the parts does not matter."""
    held = list(tallies)
    found: dict[str, Any] = {name: _added(getattr(tally, name) for tally in held) for name in _COUNTERS}
    found |= {name: total(getattr(tally, name) for tally in held) for name in _COUNTS}
    outcomes = sorted({outcome for tally in held for outcome in tally.mass_kg})
    mass = {name: fsum(tally.mass_kg.get(name, 0.0) for tally in held) for name in outcomes}
    return Tally(**found, mass_kg=mass, messages=tuple(together(m for tally in held for m in tally.messages)))


def _added(counters: Iterable[Counter[str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for counter in counters:
        found.update(counter)
    return found


def _tally_of_cases(frame: pl.DataFrame) -> dict[str, Any]:
    """Counts rows by outcome, finding, rule and missing fact, from the few cases that differ in them."""
    import polars as pl

    outcomes, findings, rules, missing, alone = (Counter[str]() for _ in range(5))
    nothing_missing = 0
    decided = frame.lazy().select(_CASE).filter(pl.col("outcome").is_not_null())
    for outcome, finding, named, open_facts, rows in decided.group_by(_CASE).len().collect().iter_rows():
        outcomes[outcome] += rows
        if finding is not None:
            findings[finding] += rows
        for name in _names(named):
            rules[name] += rows
        if outcome == UNDECIDED:
            held = _names(open_facts)
            nothing_missing += 0 if held else rows
            for name in held:
                missing[name] += rows
            if len(held) == 1:
                alone[held[0]] += rows
    return {
        "outcomes": outcomes,
        "findings": findings,
        "rules": rules,
        "missing": missing,
        "alone": alone,
        "nothing_missing": nothing_missing,
    }


def _names(text: str | None) -> tuple[str, ...]:
    """Returns the names in a cell, each once; a fact that could not be read also counts as missing."""
    return tuple(dict.fromkeys(text.split(BETWEEN_NAMES))) if text else ()


def _counted(texts: pl.Series) -> Iterator[tuple[str, int]]:
    yield from texts.alias("text").value_counts().iter_rows()


def _input_errors(errors: pl.Series) -> Counter[str]:
    return Counter(dict(_counted(errors.str.split(":").list.first().str.strip_chars())))


def _notes_by_kind(pieces: pl.DataFrame) -> Counter[str]:
    """Counts notes by column; a piece without a column belongs to a note that quotes a cell with a bar in it."""
    found: Counter[str] = Counter()
    for text, count in pieces.select("text", "count").iter_rows():
        found[text.split(AFTER_COLUMN)[0]] += count
    return found


def _mass(frame: pl.DataFrame, mass_kg: Sequence[float | None] | None) -> tuple[dict[str, float], int]:
    """Returns the mass by outcome, exact in any order, and the number of rows without a known mass [kg]."""
    import polars as pl

    outcome = frame["outcome"]
    rows = outcome.len() - outcome.null_count()
    if mass_kg is None:
        return {}, rows
    mass = pl.Series("mass_kg", mass_kg, dtype=pl.Float64, strict=False)
    if mass.len() != frame.height:
        raise ValueError(f"{mass.len()} masses for {frame.height} rows")
    known = mass.is_finite().fill_null(False) & outcome.is_not_null()
    masses, names = mass.filter(known), outcome.filter(known)
    found = {name: fsum(masses.filter(names == name).to_list()) for name in sorted(names.unique().to_list())}
    return found, rows - masses.len()
