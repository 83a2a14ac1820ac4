"""`routes`: deals under several laws, on several days and in every scenario of an open rule, as one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.data.input import Input
from coercivity.files.write.whole import write_file
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.decide import decide as decide_deal
from coercivity.law.explain.conflicts import ConflictFound
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.names import Text, name_of
from coercivity.papers.shared.outcomes import scenario_text
from coercivity.verbs.jurisdictions.decide import conflicts_between, own_deal
from coercivity.verbs.jurisdictions.request import Request, Side, read_request
from coercivity.verbs.jurisdictions.route_cells import SideRead, branch_cell, cell_of
from coercivity.verbs.jurisdictions.route_table import (
    RouteCell,
    RouteColumn,
    RouteConflict,
    RouteRow,
    RouteTable,
)
from coercivity.verbs.jurisdictions.ways import SCENARIO

__all__ = ["RouteCell", "RouteColumn", "RouteConflict", "RouteRow", "RouteTable", "routes", "write_routes"]

LAPSED, EXTENDED = "lapsed", "extended"  # scenarios of a suspension whose end is unconfirmed
_LANGS: tuple[Lang, ...] = ("en", "zh")


def routes(
    path: Input,
    *,
    jurisdiction: str | Sequence[str],
    on: Sequence[str] = (),
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
) -> RouteTable:
    """Checks the deals of a file under several laws, on several days and in every scenario, as one table.

    Every scenario of an open rule that a deal reads is a column of its own: what may become of a rule, such as
    `us_widening_2027`, and the ways in which an unconfirmed status may turn out. Each is varied alone; what else a cell
    depends on is named in it.

    Args:
        path: YAML file of deals, with the steps of their chains.
        jurisdiction: Codes, such as `CN,US`.
        on: Transaction dates. Default: the date of each deal.
        known: Information cut-off.
        assume: Planning assumptions and scenarios, which are then no columns.
        law: The rulebook on China.

    Raises:
        CoercivityError: With every error in the file and the arguments.

    Examples:
        >>> table = coercivity.routes(EXAMPLES / "routes" / "actuator.yaml", jurisdiction="CN,US", on=["2027-01-05"])
        >>> [(row.id, [one.found.text.id for one in row.conflicts if one.found.sure]) for row in table.rows]
        [('au-my-jp-jp', []), ('cn-cn-jp-jp', ['C02']), ('us-us-us-us', ['C01'])]
    """
    faults = Faults()
    request = read_request(jurisdiction, assume, law, faults)
    days = [day_of(text, ON, faults) for text in on]
    seen = day_of(known, KNOWN, faults)
    cases: list[CaseDeal] = []
    try:
        cases = read_cases(request.reading, path)
    except CoercivityError as error:
        faults.items.extend(error.faults)
    if not days and any(case.on is None for case in cases):
        faults.add("DATE", "some deals have no date of their own", where=path.name, next="name dates with --on")
    if len(set(days)) < len(days):
        faults.add("DATE", "a date is given twice", where=ON, next="give each date once")
    faults.raise_if_any()
    asked = [(case, day) for case in cases for day in (days or [case.on]) if day is not None]
    found = [_Row(request, case, day, seen or case.known) for case, day in asked]
    columns = list(_columns(request, found))
    return RouteTable(tuple(columns), tuple(row.row(columns) for row in found))


def write_routes(path: Path, table: RouteTable, lang: Lang = "en") -> None:
    """Writes the table to a CSV file, completely or not at all.

    Raises:
        CoercivityError: If the file cannot be written.
    """
    write_file(path, table.csv(lang).encode())


@dataclass(frozen=True, slots=True)
class _Open:
    """An open rule of a side: a scenario or an instrument of unconfirmed status, with what may become of it."""

    code: str
    rule: str
    values: tuple[str, ...]


class _Row:
    """One deal on one day: decided once for each law, and once more for each scenario."""

    def __init__(self, request: Request, case: CaseDeal, on: Day, known: Day | None) -> None:
        self._request, self._case, self._on, self._known = request, case, on, known
        self._sides = [self._decided(side, {}) for side in request.sides]
        self._supposed: dict[tuple[str, str], dict[str, SideRead]] = {}
        for read in self._sides:
            for name in self._scenarios(read):
                for value in read.side.book.catalogue[name].values:
                    self._suppose(name, value, read.side, {name: value})
            for name in read.decision.telling:
                for label, picked in self._assumptions(read, name).items():
                    own = replace(read.side, assume={**read.side.assume, name: picked})
                    self._suppose(name, label, own, {})

    def _suppose(self, rule: str, value: str, side: Side, picks: Mapping[str, str]) -> None:
        self._supposed.setdefault((rule, value), {})[side.code] = self._decided(side, picks)

    def _decided(self, side: Side, picks: Mapping[str, str]) -> SideRead:
        own = own_deal(self._case.deal, side, self._request)
        if picks:
            own = replace(own, facts={**own.facts, **picks}, said_by={**own.said_by, **dict.fromkeys(picks, SCENARIO)})
        return SideRead(side, own, decide_deal(side.book, own, self._on, known=self._known, assume=side.assume))

    def _assumptions(self, read: SideRead, name: str) -> dict[str, Assumption]:
        """Returns the planning assumptions on a suspension whose end is unconfirmed, by scenario; of others none."""
        if {branch.picks[name] for branch in read.decision.branches} != {LAPSED, EXTENDED}:
            return {}
        return {LAPSED: Assumption(lapsed=True), EXTENDED: Assumption(lapsed=False, extended_through=self._on)}

    def _scenarios(self, read: SideRead) -> Iterator[str]:
        """Yields the scenarios that the rules of a side read, apart from those assumed for all deals."""
        catalogue = read.side.book.catalogue
        asked = read.side.book.rule_facts
        yield from (name for name in catalogue.scenarios if name in asked and name not in self._request.scenarios)

    def open_rules(self) -> Iterator[_Open]:
        """Yields the open rules that the deal reads on this day, by side."""
        for read in self._sides:
            book = read.side.book
            for name in self._scenarios(read):
                values = tuple(book.catalogue[name].values)
                told = {_content(self._supposed[name, value][read.side.code].decision) for value in values}
                if len(told) > 1:
                    yield _Open(read.side.code, name, values)
            for name in read.decision.telling:
                labels = dict.fromkeys(branch.picks[name] for branch in read.decision.branches)
                yield _Open(read.side.code, name, tuple(labels))

    def row(self, columns: Iterable[RouteColumn]) -> RouteRow:
        """Returns the row of the table."""
        cells = tuple(self._cell(column) for column in columns)
        conflicts = conflicts_between(self._told({}), self._case.deal, self._request)
        told = tuple(RouteConflict(one, () if one.sure else tuple(self._sure_if(one))) for one in conflicts)
        return RouteRow(self._case.id, self._case.title, self._on, cells, told)

    def _told(self, instead: Mapping[str, SideRead]) -> list[tuple[Rulebook, Decision]]:
        reads = [instead.get(read.side.code, read) for read in self._sides]
        return [(read.side.book, read.decision) for read in reads]

    def _sure_if(self, one: ConflictFound) -> Iterator[str]:
        """Yields the scenarios in which a possible conflict is certain."""
        for (name, value), reads in self._supposed.items():
            picked = {name: value} if name in self._request.reading.catalogue else {}
            request = replace(self._request, scenarios={**self._request.scenarios, **picked})
            found = conflicts_between(self._told(reads), self._case.deal, request)
            if any(other.sure and other.text.id == one.text.id for other in found):
                yield f"{name}={value}"

    def _cell(self, column: RouteColumn) -> RouteCell:
        read = next(read for read in self._sides if read.side.code == column.jurisdiction)
        supposed = self._supposed.get((column.rule, column.value), {}).get(column.jurisdiction)
        if supposed is None and column.rule in read.decision.telling:
            held = [b for b in read.decision.branches if b.picks[column.rule] == column.value]
            return branch_cell(read, held, column.rule)
        return cell_of(supposed or read)


def _content(decision: Decision) -> tuple[object, ...]:
    """Returns what a scenario can change: the result, and the clauses that hold or may hold."""
    held = tuple((frozenset(b.benign.bites), frozenset(b.benign.might)) for b in decision.branches)
    return decision.finding, decision.outcome, held


def _columns(request: Request, rows: Sequence[_Row]) -> Iterator[RouteColumn]:
    """Yields the columns: each law, then the scenarios of its open rules that any deal reads."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        for one in row.open_rules():
            found.setdefault((one.code, one.rule), {}).update(dict.fromkeys(one.values))
    for side in request.sides:
        yield RouteColumn(side.code, "", "", dict(side.name), dict.fromkeys(_LANGS, ""))
        own = [rule for code, rule in found if code == side.code]
        for rule in sorted(own, key=lambda name: (side.book.catalogue.order.get(name, -1), name)):
            yield from (_column(side, rule, value) for value in found[side.code, rule])


def _column(side: Side, rule: str, value: str) -> RouteColumn:
    if rule in side.book.catalogue:
        name: Text = {lang: fact_label(rule, lang) for lang in _LANGS}
        return RouteColumn(side.code, rule, value, name, side.book.catalogue[rule].values[value].as_dict())
    name = {lang: name_of(side.book, rule, lang) for lang in _LANGS}
    return RouteColumn(side.code, rule, value, name, {lang: scenario_text(value, lang) for lang in _LANGS})
