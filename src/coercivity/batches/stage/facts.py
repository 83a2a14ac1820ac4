"""The facts of many rows at once: what `gather` does for one deal, done by column.

The steps and their order are the same: the row takes precedence over the compliance declarations, also where it leaves
the cell of a fact blank, and reopens the declarations it contradicts; names are screened; then derived facts follow.
Each step runs once per combination of values that occurs, never once per row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coercivity.batches.stage.column import NOTHING, Column, Made, Said, combined, distinct, joined
from coercivity.batches.stage.contents import close_elements
from coercivity.batches.stage.contradictions import against
from coercivity.batches.stage.owners import add_owners
from coercivity.cases.gather import BY_DEAL, passed_over
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.parties.screening import BESIDE, DIFFERENT_FROM, NAMED, NOBODY, PARTIES, Screening
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.derived_facts import MADE_OF, derive, lists_on_day
from coercivity.law.engine.list_search import ListSearch, unproven
from coercivity.law.engine.other_content import OTHER_CONTENT, with_other_content
from coercivity.law.engine.screened import ListUsed
from coercivity.law.engine.standing_answers import contradicting_facts, is_contradicted
from coercivity.law.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from coercivity.batches.stage.column import Codes

UNREAD = "unread"
NAMES = "names"
PASSED_OVER = ("form", "listed_elsewhere", "listed_elsewhere_code")
_LISTS = ("party_sets", "listed_on")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one column of a table states about its rows.

    Attributes:
        role: Fact or field it is mapped to.
        codes: Index in `facts` of each row, shape (rows,).
        facts: Facts stated by each distinct cell; the value None marks a fact as open.
        unread: Whether each distinct cell contains something that could not be read.
    """

    role: str
    codes: Codes
    facts: Sequence[Mapping[str, FactValue | None]]
    unread: Sequence[bool] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of many rows.

    Attributes:
        rows: Number of rows.
        given: Facts that differ from row to row, as stated, including declarations and screening.
        constants: Facts that are the same in all rows, with the source of each.
        derived: Derived facts that differ from row to row; None where the row states them itself.
        judged: Columns that a diagram reads, including derived ones.
        judged_constants: Constants that a diagram reads, including derived ones.
        unread: Names of what could not be read, by row; None if everything was read in every row.
        names: Names that a person has to identify, by row; None if there are none in any row.
        against: Contradictions in each row, as (what, next); None if there are none in any row.
        lists: Restricted-party lists that were searched.
        search: Who searched them and when.
        screened: For each fact that names a party, what the proof says of it, by row; None where it names none.
        party_lists: The user's lists that the names were compared with.
    """

    rows: int
    given: Mapping[str, Column]
    constants: Mapping[str, Said]
    derived: Mapping[str, Column]
    judged: Mapping[str, Column]
    judged_constants: Mapping[str, FactValue]
    unread: Column | None
    names: Column | None
    against: Column | None
    lists: Mapping[str, str]
    search: ListSearch | None
    screened: Sequence[Column]
    party_lists: tuple[ListUsed, ...]

    def deal(self, row: int) -> Deal:
        """Returns the deal of one row, as `gather` would build it."""
        facts, said_by = {}, {}
        for name, (value, speaker) in self.constants.items():
            if value is not None:
                facts[name], said_by[name] = value, speaker
        for name, column in self.given.items():
            value = column.at(row)
            if value is not None:
                facts[name], said_by[name] = value, column.speaker(row)
        unread = () if self.unread is None else self.unread.at(row)
        names = () if self.names is None else self.names.at(row)
        screened = tuple(one for column in self.screened if (one := column.at(row)) is not None)
        users = self.party_lists if screened else ()
        return Deal(facts, said_by, self.lists, unread, names, self.search, screened, users)


def facts_of(
    book: Rulebook,
    stated: Sequence[Stated],
    standing: Mapping[str, Said],
    searched: tuple[Mapping[str, str], ListSearch | None],
    days: Column,
) -> Facts:
    """Returns the facts of many rows.

    Args:
        book: The rulebook.
        stated: What each column states; if two state the same fact, the first one takes precedence.
        standing: Compliance declarations that hold unless a row says otherwise, with their source.
        searched: Restricted-party lists that were searched, with their version; by whom and when.
        days: Transaction date and information cut-off of every row; None for a row without a date.
    """
    rows = len(days.codes)
    given = dict(_given(stated, standing))
    constants = {name: said for name, said in standing.items() if name not in given and said[0] is not None}
    for name in book.contradictions:
        _open(book, name, contradicting_facts(book, name), given, constants)
    _open_sets(given, constants)
    close_elements(given, constants)
    apart = add_owners(book, given, constants, days)
    screening = Screening(book)
    names = _screen(screening, given, constants, rows)
    screened = [_shown(screening, name, given, constants, rows) for name in PARTIES]
    derived = dict(derived_columns(given, constants))
    judged, judged_constants = judged_columns(book, given, derived, constants)
    return Facts(
        rows=rows,
        given=given,
        constants=constants,
        derived=derived,
        judged=judged,
        judged_constants=judged_constants,
        unread=_unread(stated, given, constants, rows),
        names=names,
        against=against(given, constants, apart),
        lists=searched[0],
        search=searched[1],
        screened=[column for column in screened if column is not None],
        party_lists=screening.lists,
    )


def _given(stated: Sequence[Stated], standing: Mapping[str, Said]) -> Iterator[tuple[str, Column]]:
    by_fact: dict[str, list[Stated]] = {}
    for column in stated:
        own = {column.role} & standing.keys()
        for name in sorted({name for facts in column.facts for name in facts} | own):
            by_fact.setdefault(name, []).append(column)
    for name, columns in by_fact.items():
        # A blank cell in a column of this very fact leaves it open: no declaration for the whole file fills it.
        fallback = NOTHING if any(c.role == name for c in columns) else standing.get(name, NOTHING)

        def said(*cells: Mapping[str, FactValue | None], name: str = name, fallback: Said = fallback) -> Said:
            if name in PARTIES and len(cells) > 1:
                cells = (_together(name, [facts[name] for facts in cells if name in facts]),)
            for facts in cells:
                if name in facts:
                    value = NOBODY if facts[name] is None and name in NAMED else facts[name]
                    # An open `listed_on` differs from a blank one, because it leaves the party sets open too.
                    return NOTHING if value is None and name != "listed_on" else (value, BY_DEAL)
            return fallback

        yield name, joined(name, [Column(c.role, c.codes, tuple(c.facts)) for c in columns], said)


def _together(name: str, values: Sequence[FactValue | None]) -> Mapping[str, FactValue | None]:
    """Returns what several columns of one role say; a blank cell beside a name says nothing."""
    named = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    return {name: BESIDE.join(named) if named else None} if values else {}


def _open(
    book: Rulebook, name: str, openers: Sequence[str], given: dict[str, Column], constants: dict[str, Said]
) -> None:
    """Reopens a compliance declaration in the rows whose own facts contradict it."""
    columns = [given[n] for n in (name, *openers) if n in given]
    held = constants.get(name, NOTHING)
    if name not in given and held[0] is None:
        return
    if not columns:
        if _denied(book, name, {n: value for n, (value, _) in constants.items()}):
            constants.pop(name)
        return
    codes, combinations = combined(columns)
    said = []
    for entry in combinations:
        values = {n: value for n, (value, _) in constants.items()}
        values |= {c.name: c.values[code] for c, code in zip(columns, entry, strict=True)}
        own = given[name].said_by[entry[0]] if name in given else held[1]
        denied = own != BY_DEAL and _denied(book, name, values)
        said.append(NOTHING if denied else (values.get(name), own))
    if name in given or NOTHING in said:
        constants.pop(name, None)
        given[name] = distinct(name, codes, said)


def _open_sets(given: dict[str, Column], constants: dict[str, Said]) -> None:
    """Reopens the declared party sets in the rows that leave open which lists a party is on."""
    if "listed_on" not in given or ("party_sets" not in given and "party_sets" not in constants):
        return
    held = constants.get("party_sets", NOTHING)
    columns = [given[name] for name in ("listed_on", "party_sets") if name in given]
    codes, combinations = combined(columns)
    said = []
    for entry in combinations:
        own = (columns[1].values[entry[1]], columns[1].said_by[entry[1]]) if len(columns) > 1 else held
        lists = columns[0].values[entry[0]], columns[0].said_by[entry[0]]
        is_open = lists == (None, BY_DEAL) and own[1] != BY_DEAL
        said.append(NOTHING if is_open else own)
    if "party_sets" in given or NOTHING in said:
        constants.pop("party_sets", None)
        given["party_sets"] = distinct("party_sets", codes, said)


def _denied(book: Rulebook, name: str, values: Mapping[str, FactValue | None]) -> bool:
    known = {n: value for n, value in values.items() if value is not None}
    return name in known and is_contradicted(book, name, known)


def _screen(screening: Screening, given: dict[str, Column], constants: dict[str, Said], rows: int) -> Column | None:
    """Adds the party sets of named parties that are on a built-in list; returns the names to be identified by row."""
    import numpy as np

    for name in PARTIES:
        screening.prepare(given[name].values if name in given else [constants.get(name, NOTHING)[0]])
    found = {name: screening.found(name, constants[name][0]) for name in PARTIES if name in constants}
    named = [
        joined(name, [given[name]], lambda value, name=name: (screening.found(name, value), ""))
        for name in PARTIES
        if name in given
    ]
    if not named and not found:
        return None
    held = constants.get("party_sets", NOTHING)
    beside = [given[name] for name in ("party_sets", DIFFERENT_FROM) if name in given]
    columns = [*named, *beside] or [Column("", np.zeros(rows, np.int64), (None,))]
    codes, combinations = combined(columns)
    said, asked = [], []
    for entry in combinations:
        values = {c.name: c.values[code] for c, code in zip(columns, entry, strict=True)}
        stated = held
        if "party_sets" in given:
            code = entry[len(named)]
            stated = given["party_sets"].values[code], given["party_sets"].said_by[code]
        each = {name: values.get(name) or found[name] for name in PARTIES if name in values or name in found}
        made, questions = screening.sets(stated, each, values.get(DIFFERENT_FROM))
        said.append(made)
        asked.append((questions, ""))
    if "party_sets" in given or len(set(said)) > 1 or said[0] != held:
        constants.pop("party_sets", None)
        given["party_sets"] = distinct("party_sets", codes, said)
    return distinct(NAMES, codes, asked) if any(questions for questions, _ in asked) else None


def _shown(
    screening: Screening, name: str, given: Mapping[str, Column], constants: Mapping[str, Said], rows: int
) -> Column | None:
    """Returns what the proof says of a fact that names a party, by row; None if it names none in any row."""
    import numpy as np

    if name not in given and constants.get(name, NOTHING)[0] is None:
        return None
    own = given.get(name) or Column(name, np.zeros(rows, np.int64), (constants[name][0],))
    shown = tuple(screening.shown(name, value) for value in own.values)
    return Column(name, own.codes, shown) if any(shown) else None


def derived_columns(given: Mapping[str, Column], constants: Mapping[str, Said]) -> Iterator[tuple[str, Column]]:
    """Yields the derived facts that differ from row to row, by name.

    Args:
        given: Facts that differ from row to row.
        constants: Facts of all rows.
    """
    for name, made_of in MADE_OF.items():
        columns = [given[n] for n in (name, *made_of) if n in given]
        if name in constants or not columns or (name in given and None not in given[name].values):
            continue
        fixed = {n: constants[n][0] for n in made_of if n in constants}

        def follows(
            *values: FactValue | None,
            name: str = name,
            columns: Sequence[Column] = columns,
            fixed: Mapping[str, FactValue | None] = fixed,
        ) -> Said:
            known = {**fixed, **{c.name: v for c, v in zip(columns, values, strict=True)}}
            return derive({n: v for n, v in known.items() if v is not None}).get(name), "derived"

        column = joined(name, columns, follows)
        if any(value is not None for value in column.values):
            yield name, column


def judged_columns(
    book: Rulebook, given: Mapping[str, Column], derived: Mapping[str, Column], constants: Mapping[str, Said]
) -> tuple[dict[str, Column], dict[str, FactValue]]:
    """Returns the columns and constants by which rows are decided: lists as far as they do not depend on a date.

    Args:
        book: The rulebook.
        given: Facts that differ from row to row.
        derived: Derived facts that differ from row to row.
        constants: Facts of all rows.
    """
    fixed = {name: value for name, (value, _) in constants.items() if value is not None}
    fixed = {**derive(fixed), **fixed} if fixed else {}
    columns = {name: column for name, column in given.items() if name in book.catalogue}
    for name, column in derived.items():
        fixed.pop(name, None)
        own = columns.get(name)
        columns[name] = column if own is None else joined(name, [own, column], _either)
    for name in columns:
        fixed.pop(name, None)
    lists = [columns[name] for name in _LISTS if name in columns]
    stated = {name: fixed.pop(name) for name in _LISTS if name in fixed}

    def sets(*values: FactValue | None) -> Said:
        return _lists(book, _held(stated, lists, values)).get("party_sets"), ""

    def names(*values: FactValue | None) -> Said:
        return _lists(book, _held(stated, lists, values)).get("listed_on"), ""

    if lists:
        columns["party_sets"], columns["listed_on"] = (
            joined("party_sets", lists, sets),
            joined("listed_on", lists, names),
        )
    else:
        fixed |= _lists(book, stated)
    return columns, fixed


def _either(own: FactValue | None, follows: FactValue | None) -> Said:
    return (follows if own is None else own), ""


def _held(
    stated: Mapping[str, FactValue], columns: Sequence[Column], values: Sequence[FactValue | None]
) -> dict[str, FactValue]:
    found = {**stated, **{c.name: v for c, v in zip(columns, values, strict=True)}}
    return {name: value for name, value in found.items() if value is not None}


def _lists(book: Rulebook, values: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Returns the party sets used for the decision, and the lists for which no listing depends on a date."""
    values = {**values, **unproven(book, values, None, None)}  # whether a search counts depends on the date
    judged = {**values, **lists_on_day(book, values, {})}
    sets = judged.get("party_sets")
    if isinstance(sets, SetValue) and sets.has:
        judged.pop("listed_on")
    return judged


def _unread(
    stated: Sequence[Stated], given: Mapping[str, Column], constants: Mapping[str, Said], rows: int
) -> Column | None:
    """Returns the names of what could not be read, or is read by no rule, by row."""
    import numpy as np

    open_ = [c for c in stated if any(c.unread)]
    columns = [Column(c.role, c.codes, tuple((c.role,) if unread else () for unread in c.unread)) for c in open_]
    fixed = {name: constants[name][0] for name in PASSED_OVER if name in constants}
    some = [given[name] for name in PASSED_OVER if name in given] or [Column("", np.zeros(rows, np.int64), (None,))]

    def passed(*values: FactValue | None) -> Made:
        return passed_over({**fixed, **{c.name: v for c, v in zip(some, values, strict=True)}}), ""

    column = joined(UNREAD, some, passed)
    columns.append(column)
    found = joined(UNREAD, columns, lambda *names: (tuple(sorted({n for entry in names for n in entry})), ""))
    return _after_answers(found, given, constants)


def _after_answers(unread: Column, given: Mapping[str, Column], constants: Mapping[str, Said]) -> Column | None:
    """Returns what stays unread once the rows have said whether words that were not understood matter."""
    import numpy as np

    if OTHER_CONTENT in given or OTHER_CONTENT in constants:
        answer = given.get(OTHER_CONTENT)
        if answer is None:
            answer = Column("", np.zeros(len(unread.codes), np.int64), (constants[OTHER_CONTENT][0],))

        def left(names: tuple[str, ...], said: FactValue | None) -> Made:
            facts = {} if said is None else {OTHER_CONTENT: said}
            return tuple(sorted(with_other_content(facts, names))), ""

        unread = joined(UNREAD, [unread, answer], left)
    return unread if any(unread.values) else None
