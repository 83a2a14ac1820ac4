"""Counterfactuals: the smallest changes of facts, and the first date, that would change the result.

The search is exact within its bounds. A set of facts is tried only if the result is open once those facts are
unknown: more facts never widen the possible outcomes, so none is missed. Every value the rules distinguish is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.data.values import FactValue
from coercivity.law.engine.branches import RISE
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.engine.defeat import open_facts
from coercivity.law.engine.derived_facts import conflicts, derive
from coercivity.law.engine.list_search import PARTY_SETS, ListSearch
from coercivity.law.explain.timeline import windows
from coercivity.law.explain.value_classes import choices
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook

MOST_TOGETHER = 12
MOST_TRIED = 300
YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Flip:
    """One smallest change of facts that leads to another outcome.

    Attributes:
        facts: Names of the facts changed.
        values: Combinations of values, in the order of `facts`, each of which changes the outcome.
        finding: Finding after the first combination.
    """

    outcome: Outcome
    finding: Finding
    facts: tuple[str, ...]
    values: tuple[tuple[FactValue, ...], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """The first later date with another outcome."""

    day: Day
    outcome: Outcome
    finding: Finding
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flips:
    """Changes that would alter a result.

    Attributes:
        changes: Smallest changes, by resulting outcome; weakest outcome first.
        turn: First later date with another outcome; None if no such date is known.
        looked_through: Last date examined.
        changed_at_most: Largest number of facts changed together; all smaller changes are found.
        together: The facts changed together with others.
        tried: Number of evaluations.
    """

    changes: tuple[Flip, ...]
    turn: Turn | None
    looked_through: Day
    changed_at_most: int
    together: tuple[str, ...]
    tried: int


def flips(book: Rulebook, decision: Decision, *, known: Day | None = None) -> Flips:
    """Returns the smallest changes of facts, and the first later date, that lead to another outcome.

    Single facts are tried without limit; up to twelve, the most influential, are changed together.

    Args:
        book: The rulebook.
        decision: The decision; its dates and assumptions are kept.
        known: Information cut-off for later dates; by default all information available.
    """
    search = _Search(book, decision)
    found = search.run()
    end = Day(decision.on.year + YEARS_AHEAD, 12, 31)
    turn = _turn(book, decision, end, known)
    return Flips(tuple(found), turn, end, search.size, tuple(search.together), search.tried)


class _Search:
    def __init__(self, book: Rulebook, decision: Decision) -> None:
        self.book, self.decision = book, decision
        self.tried, self.size = 0, 0
        self.together: list[str] = []
        self.wanted = [outcome for outcome in Outcome if outcome is not decision.outcome]

    def run(self) -> list[Flip]:
        """Tries one size after the other, until every definite outcome is reached or the bounds are met."""
        names = self._names()
        found = list(self._of_size(names, 1))
        self.size = 1
        self.together = self._weightiest(names)
        while self.size < len(self.together):
            reached = {flip.outcome for flip in found}
            self.wanted = [outcome for outcome in self._definite() if outcome not in reached]
            level = list(self._of_size(self.together, self.size + 1)) if self.wanted else []
            if not self.wanted or self.tried > MOST_TRIED:
                break  # if interrupted, the results of this size would be incomplete
            self.size += 1
            found += level
        order = list(Outcome)
        return sorted(found, key=lambda flip: (order.index(flip.outcome), len(flip.facts)))

    def _definite(self) -> list[Outcome]:
        """Returns the outcomes worth a larger change; no fact leads to PROCEED after the last check."""
        was = self.decision
        unchecked = was.on > min(was.known, self.book.checked_through)
        return [o for o in RISE if o is not was.outcome and not (unchecked and o is Outcome.PROCEED)]

    def _names(self) -> list[str]:
        """Returns the facts, given or missing, that a rule reads, in form order; derived ones follow from them."""
        decision, book = self.decision, self.book
        branches = decision.branches
        open_names = {
            n
            for b in branches
            for rank in (*b.raw.might, *b.raw.bites)
            for source in (b.raw.unless.get(rank, ()), (rank,))
            for other in source
            for n in open_facts(book, b.raw, book.rules[other])
        }
        names = {*decision.deal.facts, *decision.missing, *decision.open_standing, *open_names}
        known = [name for name in names if name in book.rule_facts and name != "listed_on"]
        return sorted(known, key=book.catalogue.order.__getitem__)

    def _of_size(self, pool: Sequence[str], size: int) -> Iterator[Flip]:
        for names in combinations(pool, size):
            if self.tried > MOST_TRIED and size > 1:
                return
            facts = {name: value for name, value in self.decision.deal.facts.items() if name not in names}
            if not self._follows(facts, names) and not self._possible(facts, alone=size == 1):
                continue
            reached: dict[Outcome, list[tuple[tuple[FactValue, ...], Finding]]] = {}
            for values, then in self._assignments(facts, names, ()):
                if then.outcome in self.wanted:
                    reached.setdefault(then.outcome, []).append((values, then.finding))
            for outcome, hits in reached.items():
                yield Flip(outcome, hits[0][1], names, tuple(values for values, _ in hits))

    def _assignments(
        self, facts: Mapping[str, FactValue], names: tuple[str, ...], values: tuple[FactValue, ...]
    ) -> Iterator[tuple[tuple[FactValue, ...], Decision]]:
        """Yields every combination of other values; a beginning that already settles the result is not extended."""
        if self.tried > MOST_TRIED and len(names) > 1:
            return
        name = names[len(values)]
        last = len(values) + 1 == len(names)
        for value in self._choices(name):
            changed = {**facts, name: value}
            if last:
                then = self._decide(changed)
                if then is not None:
                    yield (*values, value), then
            elif self._follows(changed, names[len(values) + 1 :]) or self._possible(changed, alone=False):
                yield from self._assignments(changed, names, (*values, value))

    def _follows(self, facts: Mapping[str, FactValue], names: Sequence[str]) -> bool:
        """Returns whether one of these facts would be derived from the others if omitted, and so never be unknown."""
        derived = derive(facts)
        return any(name in derived for name in names)

    def _choices(self, name: str) -> tuple[FactValue, ...]:
        return choices(self.book, name, self.decision.deal.facts.get(name))

    def _possible(self, facts: Mapping[str, FactValue], *, alone: bool) -> bool:
        """Returns whether an outcome is possible with some facts unknown; if not, no value of theirs leads to it."""
        then = self._defeat(facts)
        possible = RISE[RISE.index(then.floor) : RISE.index(then.ceiling) + 1]
        if not alone:
            return any(outcome in possible for outcome in self.wanted)
        settled = len(possible) == 1 and not then.missing and not then.open_standing
        return not settled or then.outcome is not self.decision.outcome

    def _decide(self, facts: Mapping[str, FactValue]) -> Decision | None:
        """Returns the decision on changed facts, or None if they contradict each other."""
        faults = Faults()
        conflicts(facts, where="", faults=faults)
        return None if faults.items else self._defeat(facts)

    def _defeat(self, facts: Mapping[str, FactValue]) -> Decision:
        was = self.decision
        unread = tuple(name for name in was.deal.unread if name not in facts)
        deal = replace(was.deal, facts=facts, unread=unread, search=self._searched(facts))
        then = decide(self.book, deal, was.on, known=was.known, assume=was.assume)
        self.tried += 1 + len(then.branches[0].picks)
        return then

    def _searched(self, facts: Mapping[str, FactValue]) -> ListSearch | None:
        """Returns the search of the lists; another answer about them counts as searched, as in `prospect`."""
        was = self.decision.deal
        return was.search if facts.get(PARTY_SETS) == was.facts.get(PARTY_SETS) else ListSearch("", None)

    def _weightiest(self, names: list[str]) -> list[str]:
        """Returns up to twelve facts: first those read by the relevant rules, then the rest, each in form order."""
        book, decision = self.book, self.decision
        in_play = {
            name
            for b in decision.branches
            for rank in (*b.benign.bites, *b.benign.might, *b.suspended, *b.benign.out)
            for tree_node in (book.rules[rank].item_node, book.rules[rank].when_node)
            if tree_node is not None
            for name in tree_node.facts
        }
        ranked = sorted(names, key=lambda name: (name not in in_play, book.catalogue[name].standing))
        return sorted(ranked[:MOST_TOGETHER], key=book.catalogue.order.__getitem__)


def _turn(book: Rulebook, decision: Decision, end: Day, known: Day | None) -> Turn | None:
    runs = windows(book, decision.deal, decision.on, end, known=known, assume=decision.assume)
    later = next((window for window in runs[1:] if window.outcome is not decision.outcome), None)
    if later is None:
        return None
    because = tuple(f"{step.kind} {step.instrument_id}" for step in later.because)
    return Turn(later.start, later.outcome, later.finding, because)
