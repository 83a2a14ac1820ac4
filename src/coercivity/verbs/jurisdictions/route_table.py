"""The table of routes: a row per deal and day, a column per law and per scenario of a rule that is open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypedDict

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.batches.write.outputs import DEAD, is_live
from coercivity.law.explain.conflicts import ConflictFound
from coercivity.law.rules.model import GRAVITY, Finding, Outcome
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.tables.frames import frame_of
from coercivity.papers.shared.tables.tabled import Frames, Tabled
from coercivity.papers.shared.words import paper_words

WORDS = paper_words("deal_routes", "words")
KINDS = paper_words("deal_routes", "kinds")


class ColumnData(TypedDict):
    """A column as data; `rule` and `value` are blank for the result as the law is."""

    jurisdiction: str
    rule: str
    value: str
    name: dict[str, str]
    meaning: dict[str, str]


class CellData(TypedDict):
    """A cell as data; `only_check`: UNKNOWN only because the rules were verified to an earlier day."""

    outcome: str
    finding: str
    only_check: bool
    clauses: list[str]
    missing: list[str]
    why: dict[str, str]
    hash: str


class RouteConflictData(TypedDict):
    """A conflict of a row as data; `sure_if`: the scenarios in which everything that it depends on is decided."""

    id: str
    kind: str
    sure: bool
    sure_if: list[str]
    says: dict[str, str]
    title: dict[str, str]
    clauses: list[str]
    ask: dict[str, str]
    never: dict[str, str]


class RowData(TypedDict):
    """A row as data; the cells are in the order of the columns."""

    id: str
    title: str
    on: str
    cells: list[CellData]
    conflicts: list[RouteConflictData]


class RouteTableData(TypedDict):
    """The table as data."""

    columns: list[ColumnData]
    rows: list[RowData]


@dataclass(frozen=True, slots=True)
class RouteColumn:
    """A law, or one scenario of a rule of it.

    Attributes:
        jurisdiction: Code of the law; `CN-foreign-rules` for the Chinese instruments that answer foreign rules.
        rule: The open rule: a scenario such as `us_widening_2027`, or an instrument; blank for the result itself.
        value: What is supposed to have become of it.
        name: The rule in words, or the law.
        meaning: The value in words.
    """

    jurisdiction: str
    rule: str
    value: str
    name: Text
    meaning: Text

    @property
    def key(self) -> str:
        """Its name in a file: `US`, or `US us_widening_2027=as_written`."""
        return f"{self.jurisdiction} {self.rule}={self.value}" if self.rule else self.jurisdiction

    def as_dict(self) -> ColumnData:
        """Returns the column as plain data for JSON."""
        return {
            "jurisdiction": self.jurisdiction,
            "rule": self.rule,
            "value": self.value,
            "name": dict(self.name),
            "meaning": dict(self.meaning),
        }


@dataclass(frozen=True, slots=True)
class RouteCell:
    """The result of one law, or in one scenario of a rule.

    Attributes:
        only_check: UNKNOWN only because the rules were verified to a day before that of the deal: nothing holds the
            deal back by the rules as last verified.
        clauses: Clauses that it is based on, and obligations that follow.
        missing: Facts, compliance declarations and scenarios that are missing.
        why: What it is based on, or what is missing, by language.
        hash: Decision hash; blank for a scenario of an unconfirmed status, which is part of the result itself.
    """

    outcome: Outcome
    finding: Finding
    only_check: bool
    clauses: tuple[str, ...]
    missing: tuple[str, ...]
    why: Text
    hash: str

    def text(self, lang: Lang) -> str:
        """Returns the cell as text: the outcome, with a star if only the check for later notices is open."""
        return outcome_text(self.outcome.value, lang) + ("*" if self.only_check else "")

    def as_dict(self) -> CellData:
        """Returns the cell as plain data for JSON."""
        return {
            "outcome": self.outcome.value,
            "finding": self.finding.word,
            "only_check": self.only_check,
            "clauses": list(self.clauses),
            "missing": list(self.missing),
            "why": dict(self.why),
            "hash": self.hash,
        }


@dataclass(frozen=True, slots=True)
class RouteConflict:
    """A conflict of two laws that a route meets or may meet.

    Attributes:
        found: The conflict, with its next question.
        sure_if: Scenarios, such as `us_widening_2027=as_written`, in which everything that it depends on is decided.
    """

    found: ConflictFound
    sure_if: tuple[str, ...] = ()

    def says(self, lang: Lang) -> str:
        """Returns its kind in words; of a clash that is certain, that no deal on this route satisfies both laws."""
        kind = self.found.text.kind
        word = say(KINDS[kind if self.found.sure else f"{kind}_open"], lang)
        joint = "、" if lang == "zh" else ", "
        return word if not self.sure_if else say(WORDS["sure_if"], lang).format(word, joint.join(self.sure_if))

    def as_dict(self) -> RouteConflictData:
        """Returns the conflict as plain data for JSON."""
        text = self.found.text
        return {
            "id": text.id,
            "kind": text.kind,
            "sure": self.found.sure,
            "sure_if": list(self.sure_if),
            "says": {"en": self.says("en"), "zh": self.says("zh")},
            "title": text.title.as_dict(),
            "clauses": list(self.found.clauses),
            "ask": text.ask.as_dict(),
            "never": text.never.as_dict() if text.never is not None else {},
        }


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One deal on one day; the cells are in the order of the columns."""

    id: str
    title: str
    on: Day
    cells: tuple[RouteCell, ...]
    conflicts: tuple[RouteConflict, ...]

    def as_dict(self) -> RowData:
        """Returns the row as plain data for JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "on": self.on.isoformat(),
            "cells": [cell.as_dict() for cell in self.cells],
            "conflicts": [one.as_dict() for one in self.conflicts],
        }


@dataclass(frozen=True, slots=True)
class RouteTable(Tabled):
    """Deals under several laws, on several days and in every scenario of the rules that are open.

    Attributes:
        columns: Each law, followed by the scenarios of its open rules that a deal reads.
        rows: One row per deal and day, in the order of the file and of the days.

    Examples:
        >>> table = coercivity.routes(EXAMPLES / "routes" / "actuator.yaml", jurisdiction="CN,US", on=["2027-01-05"])
        >>> table.cell("cn-cn-jp-jp", "2027-01-05", "US us_widening_2027=as_written").outcome.value
        'STOP'
    """

    columns: tuple[RouteColumn, ...]
    rows: tuple[RouteRow, ...]

    @property
    def outcome(self) -> Outcome:
        """The most restrictive outcome of any law as it is, without the scenarios."""
        found = [c.outcome for row in self.rows for c, column in self._paired(row) if not column.rule]
        return max(found, key=GRAVITY.__getitem__)

    def cell(self, id: str, on: str, column: str) -> RouteCell:
        """Returns the cell of a deal, a day and a column, named as in the CSV file.

        Raises:
            KeyError: If there is none.
        """
        found = {(row.id, row.on.isoformat(), own.key): cell for row in self.rows for cell, own in self._paired(row)}
        return found[id, on, column]

    def as_dict(self) -> RouteTableData:
        """Returns the table as plain data for JSON."""
        return {
            "columns": [column.as_dict() for column in self.columns],
            "rows": [row.as_dict() for row in self.rows],
        }

    def csv(self, lang: Lang = "en") -> str:
        """Returns the table as CSV: for every column the result and why, then the conflicts with the next question."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self._heads(lang))
        # An id or a title of a user that a spreadsheet would read as a formula stays text.
        writer.writerows([DEAD + one if is_live(one) else one for one in self._cells(row, lang)] for row in self.rows)
        return out.getvalue()

    def _heads(self, lang: Lang) -> list[str]:
        pairs = [head for own in self.columns for head in (own.key, say(WORDS["why"], lang).format(own.key))]
        ends = (say(WORDS[word], lang) for word in ("conflicts", "next"))
        return [*(say(WORDS[word], lang) for word in ("deal", "title", "day")), *pairs, *ends]

    def _cells(self, row: RouteRow, lang: Lang) -> list[str]:
        pairs = [text for cell in row.cells for text in (cell.text(lang), say(cell.why, lang))]
        named = [f"{one.found.text.id}: {one.says(lang)}" for one in row.conflicts]
        asked = [f"{one.found.text.id}: {say(one.found.text.ask.as_dict(), lang)}" for one in row.conflicts]
        return [row.id, row.title, row.on.isoformat(), *pairs, "; ".join(named), " ".join(asked)]

    def _paired(self, row: RouteRow) -> Iterator[tuple[RouteCell, RouteColumn]]:
        return zip(row.cells, self.columns, strict=True)

    def _frames(self) -> Frames:
        heads: Sequence[str] = self._heads("en")
        return {"routes": partial(frame_of, heads, [self._cells(row, "en") for row in self.rows])}

    def _headline(self) -> str:
        return say(WORDS["headline"], "en").format(len(self.rows), len(self.columns))
