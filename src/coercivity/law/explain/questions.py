"""The most useful question: kind of deal first, then the missing fact whose answer narrows the possible outcomes most.

Facts that an officer knows together are asked for together, in one question with plain choices or with one field each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from coercivity.base.exact import Interval
from coercivity.data.values import FactValue, SetValue, is_definite
from coercivity.law.engine.branches import raising
from coercivity.law.engine.decide import Decision, prospect
from coercivity.law.engine.defeat import open_facts
from coercivity.law.engine.list_search import PARTY_SETS
from coercivity.law.engine.other_content import OTHER_CONTENT
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.questions.cards import Card, Choice
from coercivity.law.rules.rulebook import Rulebook

MOST_ANSWERS = 8
MOST_CLAUSES = 3
MOST_FIELDS = 8  # of one question without plain choices
FOLLOWS_FROM = {"crosses_border": ("from", "to")}
KIND_FIRST = ("act",)  # until the kind of deal is known, the rules of every kind ask
_PLAIN: defaultdict[str, tuple[str, ...]] = defaultdict(tuple, country=("DE",))
_WIDTH = {Outcome.PROCEED: 0, Outcome.LICENCE: 1, Outcome.STOP: 2}


@dataclass(frozen=True, slots=True)
class Question:
    """One missing fact to ask for.

    Attributes:
        fact: Fact name, or `on` for the transaction date.
        could_settle: Share of the answers tried after which nothing is open, as a pair (settled, tried).
        beside: Other missing facts, in form order.
        lists: Restricted-party lists still to be searched, if that is the question.
        together: Other missing facts that the same question asks for, in the order of its fields.
        card: Name of the question in the rulebook, if it asks for several facts.
        turns_on: Clauses that the answer decides on, strongest first.
        hints: Values that the words of the deal suggest, by fact; they order the choices and answer nothing.
    """

    fact: str
    could_settle: tuple[int, int]
    beside: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    card: str = ""
    turns_on: tuple[str, ...] = ()
    hints: Mapping[str, tuple[FactValue, ...]] = field(default_factory=dict, hash=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """All facts that it asks for."""
        return (self.fact, *self.together)


def ask(book: Rulebook, decision: Decision, *, answered: Container[str] = ()) -> Question | None:
    """Returns the most useful question, or None if there is nothing left to ask.

    A fact that decides the item comes before compliance questions; ties are asked in catalogue order. A fact the deal
    states in full is not asked for, even if a text leaves its meaning open.

    Args:
        book: The rulebook.
        decision: The decision.
        answered: Facts asked for before, with any answer: they are not asked for again.
    """
    # A statement about the parties that nobody signed leaves lists open, so its author is asked for.
    facts, again = decision.deal.facts, {PARTY_SETS} if decision.open_lists else set()

    vain = _in_vain(book, decision, answered)

    def left(names: Iterable[str]) -> tuple[str, ...]:
        asked = (n for n in names if n not in answered and n not in vain)
        return tuple(n for n in asked if n in again or not is_definite(facts.get(n)))

    open_names = left((*decision.missing, *decision.open_standing)) or left(_of_exclusions(book, decision))
    open_names = _route_first(open_names, left(FOLLOWS_FROM["crosses_border"]))
    if not open_names:
        return _of_words(decision, answered)
    fact, could_settle = _best(book, decision, open_names)
    card = _card(book, decision, fact, [name for name in open_names if name != PARTY_SETS])
    held = () if card is None else _held(book, decision, card, fact, left(card.facts), open_names)
    plain = card is not None and bool(card.choices) and fact in KIND_FIRST
    together, name = (held, card.id) if card is not None and (held or plain) else ((), "")
    beside = tuple(other for other in open_names if other not in (fact, *together))
    lists = decision.open_lists if fact == PARTY_SETS else ()
    turns_on = _turns_on(book, decision, {fact, *together})
    return Question(fact, could_settle, beside, lists, together, name, turns_on)


def _route_first(open_names: tuple[str, ...], route: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the open facts with the two countries in place of the border crossing that follows from them."""
    if "crosses_border" not in open_names or not route:
        return open_names
    others = (name for name in open_names if name != "crosses_border")
    return tuple(dict.fromkeys((*others, *route)))


def _in_vain(book: Rulebook, decision: Decision, answered: Container[str]) -> frozenset[str]:
    """Returns the details of something that the author of the deal was asked for and does not know."""
    facts = decision.deal.facts
    return frozenset(
        name
        for card in book.cards.cards
        if any(first in answered and first not in facts for first in card.details_of)
        for name in card.facts
    )


def _best(book: Rulebook, decision: Decision, open_names: tuple[str, ...]) -> tuple[str, tuple[int, int]]:
    """Returns the fact to ask for, and the share of its answers that settle the deal."""
    first = next((name for name in KIND_FIRST if name in open_names), None)
    candidates = [first] if first is not None else _frontier(book, decision, open_names)
    best: _Score | None = None
    for name in candidates:
        best = _better(book, decision, name, best)
    assert best is not None
    _, settled, tried, _, fact = best
    return fact, (-settled, tried)


def _card(book: Rulebook, decision: Decision, fact: str, open_names: Sequence[str]) -> Card | None:
    """Returns the first question of the rulebook that asks for a fact together with another open one."""
    if fact not in open_names:
        return None
    facts = decision.deal.facts
    return next((card for card in book.cards.cards if fact in card.facts and card.suits(facts)), None)


def _held(
    book: Rulebook, decision: Decision, card: Card, fact: str, left: tuple[str, ...], open_names: tuple[str, ...]
) -> tuple[str, ...]:
    """Returns the other facts that a question asks for: the open ones, or all that its plain choices state."""
    if card.choices:
        stated = {name for choice in choices_of(card, decision.deal.facts) for name in choice.facts}
        return tuple(name for name in left if name in stated and name != fact and _is_asked(book, name, open_names))
    return tuple(name for name in left if name in open_names and name != fact)[: MOST_FIELDS - 1]


def _is_asked(book: Rulebook, name: str, open_names: tuple[str, ...]) -> bool:
    """Returns whether a choice may state a fact: any may, but a compliance declaration only if it is asked for."""
    return name in open_names or not book.catalogue[name].standing


def choices_of(card: Card, facts: Mapping[str, FactValue]) -> tuple[Choice, ...]:
    """Returns the plain answers to a question that do not contradict the facts of a deal."""
    return tuple(choice for choice in card.choices if choice.suits(facts))


def choices_for(book: Rulebook, question: Question, facts: Mapping[str, FactValue]) -> tuple[Choice, ...]:
    """Returns the plain answers to a question, each with the facts asked for that it states.

    An answer that states a fact asked for before, with unknown as the answer, is none; a single one leaves no choice.
    """
    if not question.card:
        return ()
    asked, found = set(question.facts), list[Choice]()
    for choice in choices_of(book.cards[question.card], facts):
        stated = {name: value for name, value in choice.facts.items() if name in asked}
        if stated and (choice.of_those_asked or choice.facts.keys() <= {*asked, *facts}):
            found.append(replace(choice, facts=stated))
    return tuple(found) if len(found) > 1 or any(choice.of_those_asked for choice in found) else ()


def _turns_on(book: Rulebook, decision: Decision, asked: set[str]) -> tuple[str, ...]:
    """Returns the undecided clauses that read one of the facts asked for, or the exclusions that they establish.

    Those that fewest facts are missing for come first: they fit the deal best.
    """
    found: dict[int, int] = {}
    excluding: dict[int, int] = {}
    for branch in decision.branches:
        raised = raising(book, branch)
        others = {other for rank in raised for other in branch.benign.unless.get(rank, ())}
        turning = branch.raw.might if not asked.isdisjoint(decision.open_standing) else ()
        for ranks, defeat, into in (
            (raised, branch.benign, found),
            (turning, branch.raw, found),
            (others, branch.benign, excluding),
        ):
            for rank in ranks:
                names = open_facts(book, defeat, book.rules[rank])
                if names & asked:
                    into[rank] = min(len(names), into.get(rank, len(names)))
    held = found or excluding
    ranked = sorted(held, key=lambda rank: (held[rank], -(book.rules[rank].bite or 0), rank))
    return tuple(book.rules[rank].id for rank in ranked[:MOST_CLAUSES])


def _of_words(decision: Decision, answered: Container[str]) -> Question | None:
    """Returns the question about words that were not understood, asked if nothing else is open."""
    held = OTHER_CONTENT in decision.deal.unread and decision.outcome is Outcome.UNKNOWN
    again = OTHER_CONTENT in answered or OTHER_CONTENT in decision.deal.facts
    return Question(OTHER_CONTENT, (1, 2)) if held and not again else None


def _frontier(book: Rulebook, decision: Decision, open_names: tuple[str, ...]) -> list[str]:
    """Returns the first missing fact of every undecided rule; compliance questions only if nothing else is open."""
    order = book.catalogue.order
    missing = set(decision.missing) & set(open_names)
    firsts = set()
    for branch in decision.branches:
        for rank in raising(book, branch):
            names = open_facts(book, branch.benign, book.rules[rank]) & missing
            if names:
                firsts.add(min(names, key=order.__getitem__))
    return sorted(firsts or open_names, key=order.__getitem__)


def _of_exclusions(book: Rulebook, decision: Decision) -> tuple[str, ...]:
    """Returns the facts that could establish an exclusion of an undecided rule, if nothing else is open."""
    out: set[str] = set()
    rest: set[str] = set()
    for branch in decision.branches:
        for rank in raising(book, branch):
            for exclusion in branch.benign.unless.get(rank, ()):
                rule = book.rules[exclusion]
                found = out if rule.provision.effect == "out_of_scope" else rest
                found |= open_facts(book, branch.benign, rule)
    return tuple(sorted(out or rest, key=book.catalogue.order.__getitem__))


_Score = tuple[float, int, int, int, str]


def _better(book: Rulebook, decision: Decision, name: str, best: _Score | None) -> _Score | None:
    """Returns the score of a fact, or the best so far once no remaining answer could beat it."""
    tried = tuple(answers(book, name))
    width, settled, left = 0, 0, len(tried)
    for value in tried:
        then = prospect(book, decision, name, value)
        width += _WIDTH[then.ceiling] - _WIDTH[then.floor]
        settled += then.settled
        left -= 1
        at_best = _score(book, name, width, settled + left, len(tried))
        if best is not None and at_best > best:
            return best
    return _score(book, name, width, settled, len(tried))


def _score(book: Rulebook, name: str, width: int, settled: int, tried: int) -> _Score:
    return (width / tried if tried else 9.0, -settled, tried, book.catalogue.order[name], name)


def answers(book: Rulebook, name: str) -> Iterator[FactValue]:
    """Yields the answers to a fact that the rules distinguish."""
    return iter(_answers(book, name)[:MOST_ANSWERS])


@lru_cache(maxsize=1024)
def _answers(book: Rulebook, name: str) -> tuple[FactValue, ...]:
    spec = book.catalogue[name]
    tests = book.comparisons.get(name, ())
    if spec.type == "flag":
        return (True, False)
    if spec.type in ("number", "share"):
        return _around([test.wanted for test in tests if isinstance(test.wanted, Interval)])
    named: dict[str, None] = {}
    for test in tests:
        for value in test.wanted if isinstance(test.wanted, tuple) else (test.wanted,):
            named[str(value)] = None
    if spec.type == "set":
        return (SetValue(frozenset()), *(SetValue(frozenset({value})) for value in named))
    others = [value for value in (*spec.values, *_PLAIN[spec.type]) if value not in named]
    return (*others[-1:], *named)


def _around(limits: list[Interval]) -> tuple[FactValue, ...]:
    points = sorted({point for limit in limits for point in (max(limit.low - 1, 0), limit.low, limit.low + 1)})
    return tuple(Interval(point, point) for point in points)
