"""One ruling per kind of row: a decision diagram sorts the rows, the plain evaluator decides once per leaf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.batches.stage.column import Clocks, Column, joined
from coercivity.batches.stage.facts import NAMES, UNREAD, Facts
from coercivity.law.columnar.diagram import Diagram
from coercivity.law.engine.decide import Decision, checked_through, decide
from coercivity.law.engine.jurisdictions import ASKED_AS
from coercivity.law.engine.list_search import PARTY_SETS
from coercivity.law.engine.name_questions import NameQuestion
from coercivity.law.engine.name_questions import open_names as unsettled
from coercivity.law.engine.other_content import OTHER_CONTENT, wholly_unread
from coercivity.law.explain.proof import fact_written, proof
from coercivity.law.explain.reasons import grounds, missing_facts, reasons
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LISTS = "listed_on"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say about all rows of one kind.

    Attributes:
        outcome: One of the four outcomes.
        may_become: STOP, if a licence may turn out to be refused once missing information is known; otherwise empty.
        rules: Clauses that lead to the finding, strongest first.
        missing: Facts and compliance declarations still missing, and what could not be read.
        because: Why it is undetermined, as kinds of `law.explain.reasons`.
        hash: Hash of the ruling; empty if no proofs are requested.
        checked_through: Earliest last check of the instruments used.
        lists: Restricted-party lists naming a party on that date, as in a proof, if they follow from its listing.
    """

    outcome: str
    finding: str
    may_become: str
    rules: tuple[str, ...]
    missing: tuple[str, ...]
    because: tuple[str, ...]
    hash: str
    checked_through: Day
    lists: str


NO_DAY = Ruling("UNKNOWN", "need_facts", "", (), ("on",), ("facts",), "", Day.min, "")


class Rulings(list[Ruling | None]):
    """The ruling at every leaf of a diagram, None if no row has reached it yet.

    Attributes:
        filled: Number of rulings; shows whether any were added.
    """

    filled = 0


@dataclass(slots=True)
class _Kinds:
    """The diagram for one set of columns, with the ruling at every leaf."""

    diagram: Diagram
    rulings: Rulings = field(default_factory=Rulings)


class Judge:
    """Decides rows; results worked out for one part of a table are reused for the next.

    Args:
        book: The rulebook.
        assume: Planning assumptions by instrument.
        proofs: Whether to hash each ruling; without it a judge is faster and rows have no decision hash.
    """

    def __init__(self, book: Rulebook, assume: Mapping[str, Assumption], *, proofs: bool = True) -> None:
        self._book, self._assume, self._proofs = book, dict(assume), proofs
        self._by_shape: dict[object, _Kinds] = {}
        self._lock = Lock()

    def rule(self, facts: Facts, days: Column) -> tuple[NDArray[np.int64], Rulings]:
        """Returns for every row the index of its ruling, and the rulings.

        Args:
            facts: The facts of the rows.
            days: Transaction date and information cut-off of every row; None for a row without a date.
        """
        import numpy as np

        columns = {**facts.judged}
        if facts.unread is not None:
            columns[UNREAD] = facts.unread
        if facts.names is not None:
            columns[NAMES] = _open_names(facts.names, days)
        kinds = self._kinds(facts, columns)
        coded = {name: (kinds.diagram.kinds(name, c.values) or [0], c.codes) for name, c in columns.items()}
        turns = kinds.diagram.turns(days.values) or [0]
        places = kinds.diagram.walk(coded, (turns, days.codes))
        if kinds.rulings.filled < kinds.diagram.places:
            with self._lock:
                kinds.rulings += [None] * (kinds.diagram.places - len(kinds.rulings))
                first = np.full(len(kinds.rulings), -1, np.int64)
                first[places[::-1]] = np.arange(len(places) - 1, -1, -1)
                for place in np.flatnonzero(first >= 0).tolist():
                    if kinds.rulings[place] is None:
                        kinds.rulings[place] = self._ruling(facts, int(first[place]), days)
                        kinds.rulings.filled += 1
        return places, kinds.rulings

    def remaining(self, rulings: Rulings, place: int) -> tuple[int, ...]:
        """Returns the ranks of the rules that no row of a place rules out, or whose item none rules out.

        Args:
            rulings: The rulings, from `rule`.
            place: Index of one of them.
        """
        kinds = next(kinds for kinds in self._by_shape.values() if kinds.rulings is rulings)
        return kinds.diagram.remaining(place)

    @property
    def kinds(self) -> int:
        """Number of kinds of rows found so far."""
        return sum(len(kinds.rulings) for kinds in self._by_shape.values())

    def _kinds(self, facts: Facts, columns: Mapping[str, Column]) -> _Kinds:
        order = self._book.catalogue.order
        names = tuple(sorted(columns, key=lambda name: (order.get(name, len(order)), name)))
        search = facts.search
        shape = (names, tuple(sorted(facts.judged_constants.items(), key=lambda entry: entry[0])), search)
        with self._lock:
            if shape not in self._by_shape:
                diagram = Diagram(self._book, names, facts.judged_constants, self._assume, search)
                self._by_shape[shape] = _Kinds(diagram)
            return self._by_shape[shape]

    def _ruling(self, facts: Facts, row: int, days: Column) -> Ruling:
        clocks: Clocks | None = days.at(row)
        if clocks is None:
            return NO_DAY
        on, known = clocks
        decision = decide(self._book, facts.deal(row), on, known=known, assume=self._assume)
        return self._told(decision)

    def _told(self, decision: Decision) -> Ruling:
        return ruling_of(self._book, decision, proofs=self._proofs)


def ruling_of(book: Rulebook, decision: Decision, *, proofs: bool = False) -> Ruling:
    """Returns what the rules say about a deal.

    Args:
        book: The rulebook.
        decision: The decision on the deal.
        proofs: Whether to hash it.
    """
    return Ruling(
        outcome=decision.outcome.value,
        finding=decision.finding.word,
        may_become=decision.may_become.value if decision.may_become is not None else "",
        rules=tuple(rule.id for rule in grounds(book, decision)),
        missing=open_names(book, decision),
        because=tuple(dict.fromkeys(reason.kind for reason in reasons(book, decision))),
        hash=proof(book, decision)["ruling"] if proofs else "",
        checked_through=checked_through(book, decision.used, decision.on, decision.assume),
        lists=_lists(decision),
    )


def open_names(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """Returns the missing items of a decision: unreadable cells, facts, compliance declarations; each once.

    Where the parties were screened and only some lists are left to be searched, each of these is an item of its own.
    """
    held = decision.deal.unread if decision.outcome is Outcome.UNKNOWN else wholly_unread(decision.deal.unread)
    unread = [ASKED_AS.get(name, name) for name in held]
    some = decision.open_lists if len(decision.open_lists) < len(book.party_lists) else ()
    standing = (n for name in decision.open_standing for n in (some if some and name == PARTY_SETS else (name,)))
    # Words left over are asked about last, as in `decide`.
    found = dict.fromkeys((*unread, *missing_facts(decision), *standing))
    return (*(name for name in found if name != OTHER_CONTENT), *(name for name in found if name == OTHER_CONTENT))


def _open_names(names: Column, days: Column) -> Column:
    """Returns the facts with a name to be identified; an entry of a user's list counts while it is on its list."""
    if not any(one.from_on or one.to_on for questions in names.values for one in questions):
        return joined(NAMES, [names], lambda questions: (unsettled(questions), ""))

    def open_on(questions: tuple[NameQuestion, ...], clocks: Clocks | None) -> tuple[tuple[str, ...], str]:
        return unsettled(questions, None if clocks is None else clocks[0]), ""

    return joined(NAMES, [names, days], open_on)


def _lists(decision: Decision) -> str:
    """Returns the lists naming a party on that date, as written in a proof if the deal does not state them."""
    lists = decision.values.get(LISTS)
    return "" if lists is None else fact_written(LISTS, lists, "derived").text
