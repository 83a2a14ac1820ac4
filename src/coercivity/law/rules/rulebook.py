"""The rulebook: loaded once, checked and turned into rules that can be evaluated."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coercivity.base.days import ONE_DAY, Day
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.parties.files import NO_PARTY_FILES, PartyFiles
from coercivity.data.schema import Words
from coercivity.data.values import FactValue
from coercivity.data.vouch import Vouch, vouched_through
from coercivity.law.rules.calendars.choice import PUBLISHED, CalendarChoice
from coercivity.law.rules.candidates import CandidateIndex
from coercivity.law.rules.evaluator import Evaluator, Node
from coercivity.law.rules.known import CoveredFrom
from coercivity.law.rules.model import BITES, Finding, Instrument, Provision
from coercivity.law.rules.party_lists import PartyList, PartySet
from coercivity.law.rules.questions.cards import Cards
from coercivity.law.rules.status import Assumption, StatusOn
from coercivity.law.rules.status_table import LawDay, StatusTable, turns
from coercivity.law.rules.tree import Comparison, Tree, comparisons_of, facts_of

MOST_DAYS = 4096
MOST_LIVE = 50_000
MOST_WITH_FILES = 8  # of a user's lists with tens of thousands of entries


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A provision with an effect, ready for evaluation.

    Attributes:
        rank: Place in `Rulebook.rules`.
        bite: The finding it leads to, if it can apply on its own.
        exclusion: It excludes or replaces other rules.
        any_item: It qualifies every control of an item.
        bears_on: Ranks of the rules it qualifies.
        only_where: Ranks of the rules, one of which must apply.
        taken_out_by: Ranks of the exclusions that can exclude it.
    """

    rank: int
    provision: Provision
    instrument: Instrument
    item: Tree | None
    when: Tree | None
    item_node: Node | None
    when_node: Node | None
    bite: Finding | None
    exclusion: bool
    any_item: bool
    bears_on: tuple[int, ...]
    _bears_on: frozenset[int]
    only_where: tuple[int, ...]
    taken_out_by: tuple[int, ...]

    @property
    def id(self) -> str:
        """The id of the provision."""
        return self.provision.id

    def idle(self, live: frozenset[int]) -> bool:
        """Returns whether none of the rules it qualifies is among some rules."""
        return self._bears_on.isdisjoint(live)

    @property
    def trees(self) -> tuple[Tree, ...]:
        """Its item tree and when tree, if it has them."""
        return tuple(tree for tree in (self.item, self.when) if tree is not None)


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Immutable law: instruments, rules, catalogue and party sets of one pack.

    Attributes:
        folder: Folder of the pack.
        version: Version of the pack, a date; with the ids of user-supplied notices.
        content_hash: SHA-256 over the files of the pack and the user-supplied notices.
        jurisdiction: The jurisdiction that the instruments were chosen by; blank for all of the pack.
        jurisdictions: Names of the jurisdictions of the pack, by code.
        covered_from: First dates covered, for goods and for know-how; before them there is no PROCEED.
        verified_through: Date of the last check of the list of announcements.
        known_through: Latest date with information: that check, the publication of a user-supplied notice, or the
            last day for which a person states to have looked.
        overlays: Ids of the user-supplied notices and statements.
        vouches: Statements of persons who looked for newer notices; no status depends on them.
        party_lists: The restricted-party lists by name, each with its completeness.
        parties_hash: SHA-256 over the built-in party lists, other names and words of names.
        calendar: The working calendar a user asks for; it never enters a decision.
        party_files: The user's own lists, judgements and ownership for the screening of parties.
        word_files: Name and content of the user's own lexicon files, which texts are read with before the pack's.
        cards: Questions that ask for several facts at once, and whom to ask when an answer is not known.
    """

    folder: Path
    version: str
    content_hash: str
    covered_from: CoveredFrom
    verified_through: Day
    known_through: Day
    overlays: tuple[str, ...]
    vouches: tuple[Vouch, ...]
    jurisdiction: str
    jurisdictions: Mapping[str, Words]
    instruments: Mapping[str, Instrument]
    catalogue: FactCatalogue
    definitions: Mapping[str, Tree]
    rules: tuple[Rule, ...]
    evaluator: Evaluator
    party_sets: Mapping[str, PartySet]
    party_lists: Mapping[str, PartyList]
    parties_hash: str
    asked_trees: Mapping[str, Tree]
    contradictions: Mapping[str, tuple[tuple[Node, Node | None], ...]]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]
    rule_facts: frozenset[str] = field(default_factory=frozenset)
    calendar: CalendarChoice = PUBLISHED
    party_files: PartyFiles = NO_PARTY_FILES
    word_files: tuple[tuple[str, str], ...] = ()
    cards: Cards = field(default_factory=Cards)

    def provision(self, provision_id: str) -> tuple[Instrument, Provision] | None:
        """Returns a provision and its instrument, or None."""
        return self._by_id.get(provision_id)

    def rule(self, provision_id: str) -> Rule | None:
        """Returns the rule of a provision with an effect, or None."""
        return self._by_rule.get(provision_id)

    def default_known(self, on: Day) -> Day:
        """Returns the default information cut-off: the earlier of `on` and the last check."""
        return min(on, self.known_through)

    @cached_property
    def checked_through(self) -> Day:
        """Last day for which PROCEED can be given: of the last check, or of a person's statement if it is later."""
        return self.looked_through(self.verified_through)

    def ends_with_a_vouch(self, day: Day) -> bool:
        """Returns whether a day is the last for which PROCEED can be given, and only by a person's statement."""
        return day == self.checked_through > self.verified_through

    def looked_through(self, verified_through: Day) -> Day:
        """Returns the later of a last check and the last day for which a person states to have looked."""
        return max(verified_through, vouched_through(self.vouches) or verified_through)

    def day(self, on: Day, known: Day, assume: Mapping[str, Assumption]) -> LawDay:
        """Returns the status of every rule and party list for two dates, computed once.

        Dates between two events or publications are alike, so they are computed once; an assumption names its own
        dates, and then each date is computed separately.
        """
        places = (on, known) if assume else (bisect_right(self._turns, on), bisect_right(self._turns, known))
        key = (places, tuple(sorted(assume.items(), key=lambda entry: entry[0])))
        found = self._days.get(key)
        if found is None:
            if len(self._days) >= MOST_DAYS:
                self._days.clear()
            found = self._days[key] = self._status_table.day(on, known, assume)
        return found

    def day_kind(self, on: Day, known: Day, assume: Mapping[str, Assumption]) -> Hashable:
        """Returns the class of a pair of dates: dates of one class give equal deals the same ruling."""
        if assume:
            return on, known
        places = bisect_right(self._turns, on), bisect_right(self._turns, known)
        return *places, on <= known, self.covered_from.side(on)

    def turns_within(self, first: Day, last: Day, assume: Mapping[str, Assumption]) -> tuple[Day, ...]:
        """Returns the days after a first, up to a last one, between which transactions are of one class.

        Args:
            first: First transaction date.
            last: Last transaction date.
            assume: Planning assumptions, by instrument; a suspension extended to a date ends on the day after it.
        """
        found = set(self._turns[bisect_right(self._turns, first) : bisect_right(self._turns, last)])
        through = (one.extended_through for one in assume.values())
        ends = [day + ONE_DAY for day in through if day is not None and day < last]
        found |= {day for day in (self.covered_from.goods, self.covered_from.technology, *ends) if first < day <= last}
        return tuple(sorted(found))

    def statuses(self, on: Day, known: Day, assume: Mapping[str, Assumption]) -> tuple[StatusOn, ...]:
        """Returns the status of every rule, in the order of `rules`."""
        return self.day(on, known, assume).statuses

    def in_play(self, live: Sequence[int]) -> frozenset[int]:
        """Returns the rules that could change the result, of those that fit or might fit.

        An exclusion counts only if a rule it qualifies counts itself.

        Args:
            live: Ranks of the rules that fit or might fit.
        """
        key = tuple(live)
        found = self._in_play.get(key)
        if found is None:
            if len(self._in_play) >= MOST_LIVE:
                self._in_play.clear()
            found = self._in_play[key] = self._mattering(frozenset(key))
        return found

    def _mattering(self, live: frozenset[int]) -> frozenset[int]:
        left = frozenset(r for r in live if not self.rules[r].exclusion or not self.rules[r].idle(live))
        return left if left == live else self._mattering(left)

    @cached_property
    def rule_index(self) -> CandidateIndex:
        """Index of the rules a deal can touch."""
        return CandidateIndex([rule.trees for rule in self.rules], self.evaluator)

    @cached_property
    def item_index(self) -> CandidateIndex:
        """Index of the rules that may control the item as dual-use, regardless of the transaction."""
        items = [(rule.item,) if rule.item else () for rule in self.rules]
        trees = zip(self.rules, items, strict=True)
        return CandidateIndex([item if rule.provision.dual_use else None for rule, item in trees], self.evaluator)

    @cached_property
    def any_item(self) -> frozenset[int]:
        """Ranks of the rules that qualify every control of an item."""
        return frozenset(rule.rank for rule in self.rules if rule.any_item)

    @cached_property
    def comparisons(self) -> Mapping[str, tuple[Comparison, ...]]:
        """The comparisons of each fact by the rules, each once, in the order of the rules."""
        found: dict[str, dict[Comparison, None]] = {}
        for test in (test for rule in self.rules for tree in rule.trees for test in comparisons_of(tree)):
            found.setdefault(test.fact, {})[test] = None
        return {name: tuple(tests) for name, tests in found.items()}

    @cached_property
    def benign(self) -> Mapping[str, FactValue]:
        """The benign answers to the compliance questions, used for the finding while they are unanswered."""
        benign = self.benign_answers
        return {name: benign[name] for name in self.catalogue.standing if name != "listed_on"}

    @cached_property
    def benign_answers(self) -> Mapping[str, FactValue]:
        """The benign answer of every fact that has one, compliance question or not."""
        return self.catalogue.benign_answers()

    @cached_property
    def _by_id(self) -> dict[str, tuple[Instrument, Provision]]:
        return {p.id: (instrument, p) for instrument in self.instruments.values() for p in instrument.provisions}

    @cached_property
    def _by_rule(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _turns(self) -> list[Day]:
        """Every date on which a status may change, by either date, and the day after."""
        checked = {self.verified_through, self.checked_through}
        found = checked | {day + ONE_DAY for day in checked}
        for instrument in self.instruments.values():
            found |= turns(instrument)
        return sorted(found)

    @cached_property
    def _status_table(self) -> StatusTable:
        sets = {entry.id: self.instruments[entry.instrument_id] for entry in self.party_sets.values()}
        return StatusTable([(rule.instrument, rule.provision) for rule in self.rules], sets)

    @cached_property
    def _in_play(self) -> dict[tuple[int, ...], frozenset[int]]:
        return {}

    @cached_property
    def _with_files(self) -> dict[tuple[str, ...], Rulebook]:
        return {}

    @cached_property
    def _with_words(self) -> dict[tuple[tuple[str, str], ...], Rulebook]:
        return {}

    @cached_property
    def _days(self) -> dict[tuple[object, tuple[tuple[str, Assumption], ...]], LawDay]:
        return {}


def with_party_files(book: Rulebook, files: PartyFiles) -> Rulebook:
    """Returns the rulebook with a user's files for the screening of parties; equal files return the same object.

    Statuses, rules and the hash of the rulebook stay as they are: a user's list has no effect of the law.
    """
    if files.key == book.party_files.key:
        return book
    held = book._with_files
    found = held.pop(files.key, None)
    if found is None:
        found = copy.copy(book)  # with the statuses worked out so far
        object.__setattr__(found, "party_files", files)
        found.__dict__.pop("_with_files", None)  # what it leads to depends on its own files
    held[files.key] = found
    while len(held) > MOST_WITH_FILES:
        held.pop(next(iter(held)), None)
    return found


def with_word_files(book: Rulebook, files: tuple[tuple[str, str], ...]) -> Rulebook:
    """Returns the rulebook with a user's lexicon files; equal files return the same object.

    Statuses, rules and the hash of the rulebook stay as they are: words only become facts.

    Args:
        book: The rulebook.
        files: Name and content of each file.
    """
    if files == book.word_files:
        return book
    held = book._with_words
    found = held.pop(files, None)
    if found is None:
        found = copy.copy(book)
        object.__setattr__(found, "word_files", files)
        for name in ("_with_files", "_with_words"):  # what they lead to has words of its own
            found.__dict__.pop(name, None)
    held[files] = found
    while len(held) > MOST_WITH_FILES:
        held.pop(next(iter(held)), None)
    return found


def make_rules(
    instruments: Mapping[str, Instrument], trees: Mapping[str, tuple[Tree | None, Tree | None]], evaluator: Evaluator
) -> tuple[Rule, ...]:
    """Returns the rules of all provisions with an effect, linked to the rules they qualify.

    Args:
        instruments: All instruments; the order of their ids is the order of the rules.
        trees: Item tree and when tree of each provision.
        evaluator: Receives the trees.
    """
    entries = [(i, p) for _, i in sorted(instruments.items()) for p in i.provisions if p.has_effect]
    ranks = {p.id: rank for rank, (_, p) in enumerate(entries)}
    held = {i.id: [ranks[p.id] for p in i.provisions if p.has_effect] for i in instruments.values()}
    exclusions = [_is_exclusion(p) for _, p in entries]
    targets = [_targets(p, entries, ranks, held, exclusions) for _, p in entries]
    taken_out: dict[int, list[int]] = {rank: [] for rank in range(len(entries))}
    for rank, found in enumerate(targets):
        if exclusions[rank]:
            for target in found:
                taken_out[target].append(rank)
    return tuple(
        Rule(
            rank=rank,
            provision=p,
            instrument=i,
            item=(item := trees[p.id][0]),
            when=(when := trees[p.id][1]),
            item_node=evaluator.add(item) if item else None,
            when_node=evaluator.add(when) if when else None,
            bite=BITES.get(p.effect) or BITES.get(p.ceiling or ""),
            exclusion=exclusions[rank],
            any_item=p.qualifies == "any_item_control" and not exclusions[rank],
            bears_on=tuple(targets[rank]),
            _bears_on=frozenset(targets[rank]),
            only_where=tuple(rank for name in p.only_where for rank in _expand(name, ranks, held)),
            taken_out_by=tuple(taken_out[rank]),
        )
        for rank, (i, p) in enumerate(entries)
    )


def _is_exclusion(provision: Provision) -> bool:
    return provision.effect in ("exempt", "out_of_scope") or provision.kind == "exclusion"


def _expand(name: str, ranks: Mapping[str, int], held: Mapping[str, list[int]]) -> list[int]:
    return [ranks[name]] if name in ranks else held.get(name, [])


def _targets(
    provision: Provision,
    entries: list[tuple[Instrument, Provision]],
    ranks: Mapping[str, int],
    held: Mapping[str, list[int]],
    exclusions: list[bool],
) -> list[int]:
    if provision.qualifies == "any_item_control":
        return [rank for rank, (_, other) in enumerate(entries) if other.dual_use] if _is_exclusion(provision) else []
    found: list[int] = []
    for name in provision.qualifies:
        named = name in ranks
        found += [rank for rank in _expand(name, ranks, held) if named or not exclusions[rank]]
    return sorted(set(found) - {ranks[provision.id]})


def facts_in_rules(rules: tuple[Rule, ...]) -> frozenset[str]:
    """Returns all facts compared by a rule."""
    return frozenset(name for rule in rules for tree in rule.trees for name in facts_of(tree))
