"""One pass over the rules with given facts and statuses: which apply, which might, which are excluded.

A pass has no unknown status: `decide` runs one pass per scenario.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import lru_cache

from coercivity.base.truth import NO, UNKNOWN, YES, Truth, negate
from coercivity.law.engine.matches import Fits, Marks, Matches
from coercivity.law.rules.evaluator import Memo, Values
from coercivity.law.rules.model import Finding, Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.status_table import Statuses

MOST_PASSES = 4096
MOST_BOUNDS = 32_768


@dataclass(slots=True)
class Passed:
    """Result of one pass; shared by all deals with equal evaluations, so do not modify.

    Attributes:
        bites: Rules that certainly apply, by rank.
        might: Rules that could apply once missing facts are known, by rank.
        unless: For a rule that applies or might, the exclusions that could still exclude it.
        out: For a rule whose description fits, the exclusion that excludes it.
        barred: For an exclusion whose description fits, the exclusion that excludes it.
        exempted: Exclusions with effect `exempt` that lift the licence requirement of a rule that applies.
        item: Whether a control of the item is in force; computed if a relevant rule qualifies any item control.
        decided: Strongest finding of the rules that apply.
        ceiling: Strongest finding once missing facts are known, with open exclusions not established.
        floor: Weakest finding if every open exclusion were established.
        widest: Strongest finding for any further information, including the case that an exclusion, once established,
            revives a rule that the excluded rule had replaced.
    """

    bites: list[int] = field(default_factory=list)
    might: list[int] = field(default_factory=list)
    unless: dict[int, tuple[int, ...]] = field(default_factory=dict)
    out: dict[int, int] = field(default_factory=dict)
    barred: dict[int, int] = field(default_factory=dict)
    exempted: list[int] = field(default_factory=list)
    item: Truth = NO
    decided: Finding = Finding.NOT_CONTROLLED
    ceiling: Finding = Finding.NOT_CONTROLLED
    floor: Finding = Finding.NOT_CONTROLLED
    widest: Finding = Finding.NOT_CONTROLLED


@dataclass(slots=True)
class Defeat(Passed):
    """Result of one pass for one deal.

    Attributes:
        matched: Evaluation of the rules' descriptions, regardless of status.
    """

    matched: Matches = field(kw_only=True)

    @property
    def match(self) -> Fits:
        """Truth of the description (item and when) of the rules, by rank."""
        return self.matched.match

    @property
    def live(self) -> list[int]:
        """Ranks of the rules whose description fits or might fit."""
        return self.matched.live

    @property
    def values(self) -> Values:
        """Facts evaluated, including derived ones."""
        return self.matched.values

    @property
    def memo(self) -> Memo:
        """Results of the evaluator for them."""
        return self.matched.memo


_FOUND = tuple(found.name for found in fields(Passed))


def defeat_of(book: Rulebook, matched: Matches, statuses: Statuses) -> Defeat:
    """Returns the result of one pass: which rules remain, and what defeats the others.

    Args:
        book: The rulebook.
        matched: Evaluation of the descriptions for the deal.
        statuses: Status of every rule.

    Source: docs/decisions.md.
    """
    found = _passed(book, statuses, matched.marks(book))
    return Defeat(*[getattr(found, name) for name in _FOUND], matched=matched)


def bounds(book: Rulebook, matched: Matches, statuses: Statuses) -> tuple[Finding, Finding]:
    """Returns `floor` and `widest` as `defeat_of` does, without evaluating what affects neither."""
    return _bounds(book, statuses, matched.marks(book))


@lru_cache(maxsize=MOST_PASSES)
def _passed(book: Rulebook, statuses: Statuses, marks: Marks) -> Passed:
    return _Pass(book, statuses, marks).run()


@lru_cache(maxsize=MOST_BOUNDS)
def _bounds(book: Rulebook, statuses: Statuses, marks: Marks) -> tuple[Finding, Finding]:
    return _Pass(book, statuses, marks).bounds()


def open_facts(book: Rulebook, defeat: Defeat, rule: Rule) -> frozenset[str]:
    """Returns the facts whose answer could settle whether a rule applies."""
    return defeat.matched.open_facts(book, rule, items=defeat.item is UNKNOWN)


def all_open_facts(book: Rulebook, found: Iterable[tuple[Defeat, Iterable[int]]]) -> set[str]:
    """Returns the facts whose answer could settle one of some rules, given by rank with their pass."""
    # Passes that differ only in statuses share an evaluation, and therefore its open facts.
    ranks: dict[tuple[int, bool], set[int]] = {}
    one_of: dict[tuple[int, bool], Defeat] = {}
    for defeat, of_it in found:
        key = (id(defeat.matched), defeat.item is UNKNOWN)
        ranks.setdefault(key, set()).update(of_it)
        one_of[key] = defeat
    rules = book.rules
    return {n for key, of_it in ranks.items() for r in of_it for n in open_facts(book, one_of[key], rules[r])}


class _Pass:
    """One pass over the relevant rules."""

    def __init__(self, book: Rulebook, statuses: Statuses, marks: Marks) -> None:
        self.book, self.rules = book, book.rules
        self.statuses = statuses.by_rank
        self.match, self.items = marks.match, marks.items
        self.result = Passed()
        self.stands: dict[int, Truth] = {}
        self.surely: dict[int, Truth] = {}
        self.strict: dict[int, Truth] = {}
        self._item: Truth | None = None

    def run(self) -> Passed:
        result = self.result
        for rule in self._in_force():
            self._take(rule)
        if not self.book.any_item.isdisjoint(self.match):
            result.item = self.any_item()
        self._sum_up()
        return result

    def bounds(self) -> tuple[Finding, Finding]:
        """Returns floor and widest only: a rule that might fit can only raise the widest, to its own finding."""
        result, open_ones = self.result, []
        for rule in self._in_force():
            if self.match[rule.rank] is YES:
                self._take(rule)
            elif rule.bite is not None:
                open_ones.append(rule)
        open_ones.sort(key=_gravest_first)
        for rule in open_ones:
            if rule.bite is not None and rule.bite <= max(result.decided, result.ceiling, result.widest):
                break
            self._take(rule)
        self._sum_up()
        return result.floor, result.widest

    def _in_force(self) -> list[Rule]:
        rules, statuses, in_force = self.rules, self.statuses, Status.IN_FORCE
        return [rules[rank] for rank in self.match if statuses[rank] is in_force]

    def _take(self, rule: Rule) -> None:
        """Adds the effect of a relevant rule in force."""
        if rule.exclusion:
            if rule.bite is not None or rule.provision.effect == "exempt":
                self._in_place_of(rule)
        elif rule.bite is not None:
            self._weigh(rule)

    def _sum_up(self) -> None:
        result = self.result
        if result.exempted and result.decided is Finding.NOT_CONTROLLED:
            result.decided = Finding.EXEMPT
        result.ceiling = max(result.decided, result.ceiling)
        result.widest = max(result.widest, result.ceiling)
        result.floor = self._floor()

    def _weigh(self, rule: Rule) -> None:
        """Sorts a relevant rule whose description fits into bites, might or out."""
        strict = self._strict(rule)
        if strict is NO:
            return
        result = self.result
        defeat, open_exclusions = NO, []
        for rank in rule.taken_out_by:
            if self.match[rank] is NO:
                continue  # a rule whose description does not fit excludes nothing
            truth = self._stands(self.rules[rank])
            if truth is YES:
                result.out[rule.rank] = rank
                if self._surely(self.rules[rank]) is not YES:
                    result.widest = max(result.widest, rule.bite or result.widest)
                return
            if truth is UNKNOWN:
                defeat = UNKNOWN
                open_exclusions.append(rank)
        assert rule.bite is not None
        if defeat is UNKNOWN:
            result.unless[rule.rank] = tuple(open_exclusions)
        if strict is YES and rule.provision.effect != "unknown":
            result.bites.append(rule.rank)
            result.decided = max(result.decided, rule.bite)
        else:
            result.might.append(rule.rank)
            result.ceiling = max(result.ceiling, rule.bite)

    def _in_place_of(self, rule: Rule) -> None:
        """Returns what an exclusion with its own effect puts in place of the excluded rules."""
        truth = self._stands(rule)
        if truth is not YES:
            return
        best = NO
        for rank in rule.bears_on:
            target = self.rules[rank]
            if self.match[rank] is NO or self.statuses[rank] is not Status.IN_FORCE:
                continue
            if self._taken_out(target) or (_asks_for_certificate(rule) and self._freed(target)):
                continue  # a rule out of scope, or exempt without a certificate, cannot be replaced
            best = max(best, self._strict(target))
        if best is NO:
            return
        if rule.provision.effect == "exempt":
            if best is YES or not _asks_for_certificate(rule):
                self.result.exempted.append(rule.rank)
            else:
                self.result.might.append(rule.rank)
                self.result.ceiling = max(self.result.ceiling, Finding.LICENCE_REQUIRED)
        elif best is YES and rule.bite is not None:
            self.result.bites.append(rule.rank)
            self.result.decided = max(self.result.decided, rule.bite)
        elif rule.bite is not None:
            self.result.might.append(rule.rank)
            self.result.ceiling = max(self.result.ceiling, rule.bite)

    def _strict(self, rule: Rule) -> Truth:
        """Returns the truth of description, status and qualified rules, without exclusions."""
        known = self.strict.get(rule.rank)
        if known is not None:
            return known
        truth = self.match[rule.rank]
        if self.statuses[rule.rank] is not Status.IN_FORCE:
            truth = NO
        if truth is not NO and not rule.exclusion:
            if rule.any_item:
                truth = min(truth, self.any_item())
            elif rule.bears_on:
                truth = min(truth, max(self._scoped(self.rules[rank]) for rank in rule.bears_on))
        self.strict[rule.rank] = truth
        return truth

    def _scoped(self, rule: Rule) -> Truth:
        """Returns whether a rule applies as a basis for others: an exemption leaves the item controlled."""
        if self._taken_out(rule):
            return NO
        truth = self._strict(rule)
        return min(truth, UNKNOWN) if rule.provision.effect == "unknown" else truth

    def _taken_out(self, rule: Rule) -> bool:
        match = self.match
        return any(
            match[rank] is not NO
            and self.rules[rank].provision.effect == "out_of_scope"
            and self._stands(self.rules[rank]) is YES
            for rank in rule.taken_out_by
        )

    def _freed(self, rule: Rule) -> bool:
        """Returns whether an exemption without a certificate lifts the licence requirement of a rule."""
        others = (self.rules[rank] for rank in rule.taken_out_by if self.match[rank] is not NO)
        return any(
            other.provision.effect == "exempt" and not _asks_for_certificate(other) and self._stands(other) is YES
            for other in others
        )

    def _stands(self, rule: Rule) -> Truth:
        """Returns whether an exclusion takes effect: established, in force, and not itself excluded."""
        known = self.stands.get(rule.rank)
        if known is not None:
            return known
        truth = self._strict(rule)
        if truth is not NO and rule.only_where:
            truth = min(truth, max(self._applies(self.rules[rank]) for rank in rule.only_where))
        for rank in rule.taken_out_by:
            if truth is NO:
                break
            other = self._stands(self.rules[rank])
            if other is YES:
                self.result.barred[rule.rank] = rank
            truth = min(truth, negate(other))
        self.stands[rule.rank] = truth
        return truth

    def _surely(self, rule: Rule) -> Truth:
        """Like `_stands`, but its basis must apply regardless of any exclusion that may still be established."""
        known = self.surely.get(rule.rank)
        if known is None:
            known = self._stands(rule)
            if known is YES and rule.only_where:
                known = max(self._applies_surely(self.rules[rank]) for rank in rule.only_where)
            self.surely[rule.rank] = known
        return known

    def _applies(self, rule: Rule) -> Truth:
        """Returns whether a rule applies and is in force; an exclusion not established does not count."""
        if self._taken_out(rule):
            return NO
        truth = self._strict(rule)
        return min(truth, UNKNOWN) if rule.provision.effect == "unknown" else truth

    def _applies_surely(self, rule: Rule) -> Truth:
        open_ones = [
            self._stands(self.rules[rank])
            for rank in rule.taken_out_by
            if self.rules[rank].provision.effect == "out_of_scope"
        ]
        return min(self._applies(rule), negate(max(open_ones, default=NO)))

    def any_item(self) -> Truth:
        """Whether a dual-use provision in force describes the item."""
        if self._item is None:
            self._item = self._any_item()
        return self._item

    def _any_item(self) -> Truth:
        best = NO
        for rank, truth in self.items.items():
            rule = self.rules[rank]
            if self.statuses[rank] is not Status.IN_FORCE:
                continue
            if truth > best and not self._taken_out(rule):
                best = max(best, min(truth, UNKNOWN) if rule.provision.effect == "unknown" else truth)
            if best is YES:
                break
        return best

    def _floor(self) -> Finding:
        """Returns the weakest finding if every open exclusion were established."""
        floor = Finding.EXEMPT if self.result.exempted else Finding.NOT_CONTROLLED
        for rank in self.result.bites:
            rule = self.rules[rank]
            assert rule.bite is not None
            left = Finding.NOT_CONTROLLED if self._may_lose_its_ground(rule) else rule.bite
            for exclusion in self.result.unless.get(rank, ()):
                left = min(left, _left_by(self.rules[exclusion]))
            floor = max(floor, left)
        return floor

    def _may_lose_its_ground(self, rule: Rule) -> bool:
        """Returns whether everything a rule qualifies could still be put out of scope."""
        if rule.exclusion:
            return False
        if rule.any_item:
            items = self.items.items()
            ranks = [item for item, truth in items if truth is YES and self._item_holds(self.rules[item])]
        else:
            ranks = [rank for rank in rule.bears_on if self._scoped(self.rules[rank]) is YES]
        return bool(ranks) and all(self._may_fall(self.rules[rank]) for rank in ranks)

    def _item_holds(self, rule: Rule) -> bool:
        in_force = self.statuses[rule.rank] is Status.IN_FORCE
        return in_force and rule.provision.effect != "unknown" and not self._taken_out(rule)

    def _may_fall(self, rule: Rule) -> bool:
        excluding = (self.rules[rank] for rank in rule.taken_out_by)
        return any(e.provision.effect == "out_of_scope" and self._stands(e) is UNKNOWN for e in excluding)


def _asks_for_certificate(rule: Rule) -> bool:
    return rule.provision.remains == "certificate_first"


def _gravest_first(rule: Rule) -> int:
    return -(rule.bite or 0)


def _left_by(exclusion: Rule) -> Finding:
    if exclusion.bite is not None:
        return exclusion.bite
    if _asks_for_certificate(exclusion):
        return Finding.LICENCE_REQUIRED
    return Finding.EXEMPT if exclusion.provision.effect == "exempt" else Finding.NOT_CONTROLLED
