"""Listed owners of the parties of many rows, from a user's ownership file."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.days import Day
from coercivity.batches.stage.column import NOTHING, Column, Made, Said, combined, distinct, joined
from coercivity.cases.gather import BY_DEAL
from coercivity.cases.owners import OWNED, owners_of
from coercivity.data.values import FactValue
from coercivity.intake.ownership.facts import LIST, SHARE
from coercivity.intake.parties.screening import NAMED
from coercivity.law.engine.dated_facts import CONFLICT_NEXT, merged
from coercivity.law.rules.rulebook import Rulebook


def add_owners(book: Rulebook, given: dict[str, Column], constants: dict[str, Said], days: Column) -> Column | None:
    """Adds share and list of a listed owner on the date of each row; returns what a row states against them.

    Args:
        book: The rulebook with the user's files.
        given: Facts that differ from row to row; the facts found are added.
        constants: Facts of all rows; one that differs from row to row afterwards is removed.
        days: Transaction date and information cut-off of every row; None for a row without a date.
    """
    if book.party_files.ownership is None or not {*given, *constants} & set(NAMED):
        return None

    def in_file(value: FactValue | None) -> Said:
        return (value if owners_of(book, {NAMED[0]: value}) is not None else None), ""

    held = {name: given[name] for name in OWNED if name in given}
    columns = [joined(name, [column], in_file) if name in NAMED else column for name, column in held.items()]
    columns.append(days)
    codes, combinations = combined(columns)
    found: dict[str, list[Said]] = {SHARE: [], LIST: []}
    against: list[Made] = []
    for entry in combinations:
        said = {name: constants.get(name, NOTHING) for name in OWNED}
        for column, code in zip(columns[:-1], entry, strict=False):
            said[column.name] = (column.values[code], column.said_by[code] if column.said_by else BY_DEAL)
        clocks = days.values[entry[-1]]
        made, told = _on(book, said, None if clocks is None else clocks[0])
        for name, each in found.items():
            each.append(made[name])
        against.append((told, ""))
    for name, each in found.items():
        if name in given or any(one != constants.get(name, NOTHING) for one in each):
            constants.pop(name, None)
            given[name] = distinct(name, codes, each)
    return distinct("against", codes, against) if any(told for told, _ in against) else None


def _on(
    book: Rulebook, said: Mapping[str, Said], on: Day | None
) -> tuple[dict[str, Said], tuple[tuple[str, str], ...]]:
    """Returns share and list with their sources, and the contradictions with what is stated."""
    values = {name: value for name, (value, _) in said.items() if value is not None}
    owners = owners_of(book, values)
    stated = {name: said[name] for name in (SHARE, LIST)}
    if owners is None or on is None:
        return stated, ()
    facts = {name: values[name] for name in stated if name in values}
    speakers = {name: said[name][1] for name in facts}
    both = merged(facts, speakers, owners.on(on), BY_DEAL)
    made = {name: (both.facts[name], both.said_by[name]) if name in both.facts else NOTHING for name in stated}
    return made, tuple((what, CONFLICT_NEXT) for what in both.against.values())
