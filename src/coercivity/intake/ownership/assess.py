"""What the ownership rule of each regime makes of an entity on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, nearest
from coercivity.base.exact import Interval
from coercivity.base.truth import NO, UNKNOWN, YES
from coercivity.data.parties.ownership import UNKNOWN_OWNER, OwnershipGraph, Stake
from coercivity.intake.ownership.on_day import on_day
from coercivity.intake.ownership.reach import Reached, Rule, exact_share, reach
from coercivity.intake.ownership.regimes import Regime, regime_status, regimes_of
from coercivity.intake.ownership.results import OwnershipAnswer, RegimeAnswer, Step, Structure
from coercivity.law.rules.rulebook import Rulebook

MOST_STEPS = 60
_VOTES = {"counts": YES, "asks": UNKNOWN, "ignored": NO}
_NONE = Interval(0, 0)
Found = Mapping[str, Reached]


def assess(graph: OwnershipGraph, target: str, on: Day, book: Rulebook, *, known: Day | None = None) -> OwnershipAnswer:
    """Returns what each regime makes of an entity.

    Shares of which the file names no owner are read as held by parties that are not listed; an owner written `?` may be
    any party.

    Args:
        graph: Stakes and listings.
        target: Id of the entity.
        on: The day.
        book: The rulebook, with the regimes of its pack.
        known: Information cut-off for the status of a rule; by default that of the rulebook.

    Raises:
        CoercivityError: If the graph does not name the entity.
    """
    if target not in graph.entities:
        raise no_entity(graph, target)
    return _Assessment(graph, target, on, book, known or book.default_known(on)).run()


def no_entity(graph: OwnershipGraph, target: str, where: str = "target") -> CoercivityError:
    """Returns the error that the file names no such entity."""
    names = [name for entity in graph.entities for name in (entity, *graph.names.get(entity, ()))]
    what = f"the ownership file does not name {target[:60]!r}"
    step = "name an owner or a company of the file"
    return CoercivityError.of("OWNERSHIP-TARGET", what, where=where, nearest=nearest(target, names), next=step)


def rule_of(regime: Regime) -> Rule:
    """Returns what a regime counts."""
    lists = frozenset(regime.lists)
    adds = regime.several == "adds"
    return Rule(lists, frozenset(regime.perhaps_lists), exact_share(regime.threshold), adds, _VOTES[regime.votes])


class _Assessment:
    def __init__(self, graph: OwnershipGraph, target: str, on: Day, book: Rulebook, known: Day) -> None:
        self.graph, self.target, self.on, self.book, self.known = graph, target, on, book, known
        self.held = on_day(graph, on)

    def run(self) -> OwnershipAnswer:
        regimes = regimes_of(self.book).regimes
        answers = self._across(regimes, [self._one(regime) for regime in regimes])
        graph, target = self.graph, self.target
        unstated = self.held.unstated(target)
        return OwnershipAnswer(target, graph.name(target), self.on, self.known, answers, unstated, graph.notes)

    def _one(self, regime: Regime) -> RegimeAnswer:
        status = regime_status(regime, self.book, self.on, self.known)
        rule = rule_of(regime)
        found = reach(self.graph, self.on, rule, self.held)
        blank = RegimeAnswer(regime.id, "not_caught", status.status, status.until, "", _NONE)
        reached = found.get(self.target)
        named = reached is not None and bool(reached.listings)
        if reached is not None and (named or self.graph.countries.get(self.target) not in regime.not_in):
            structure: Structure = "caught" if reached.state is YES else "unknown"
            answer = self._explained(replace(blank, structure=structure), rule, found)
            return replace(answer, settles=self._settling(answer)) if structure == "unknown" else answer
        if reached is None and regime.near_from is not None:
            nearer = replace(rule, threshold=exact_share(regime.near_from))
            near = reach(self.graph, self.on, nearer, self.held)
            if self.target in near:
                seen = self._explained(replace(blank, near_miss="below_threshold"), nearer, near)
                return seen if any(step.lists for step in seen.steps) else blank
        return blank

    def _across(self, regimes: list[Regime], answers: list[RegimeAnswer]) -> tuple[RegimeAnswer, ...]:
        """Marks a near miss where no regime catches the entity, and all listed holdings together would."""
        counting = {one.id: one for one in regimes if one.threshold is not None}
        free = [one for one in answers if one.regime in counting and one.structure == "not_caught"]
        if len(counting) < 2 or len(free) < len(counting):
            return tuple(answers)
        lists = frozenset(name for one in counting.values() for name in one.lists)
        least = min(one.threshold for one in counting.values() if one.threshold is not None)
        mixed = Rule(lists, frozenset(), exact_share(least), adds=True, votes=NO)
        found = reach(self.graph, self.on, mixed, self.held)
        if self.target not in found:
            return tuple(answers)
        return tuple(self._mixed(one, counting, mixed, found) for one in answers)

    def _mixed(self, answer: RegimeAnswer, counting: Mapping[str, Regime], mixed: Rule, found: Found) -> RegimeAnswer:
        if answer.near_miss or answer.regime not in counting:
            return answer
        seen = self._explained(replace(answer, near_miss="across_regimes"), mixed, found)
        own = {listing.list_id for step in seen.steps for listing in step.lists}
        return seen if own & set(counting[answer.regime].lists) else answer

    def _explained(self, answer: RegimeAnswer, rule: Rule, found: Found) -> RegimeAnswer:
        reached = found[self.target]
        steps = tuple(self._steps(found, rule))[-MOST_STEPS:]
        share = reached.share.interval
        return replace(answer, ground=reached.ground, share=share, lists=reached.listings, steps=steps)

    def _steps(self, found: Found, rule: Rule) -> list[Step]:
        """Returns the stakes that lead to the entity, those farthest up first."""
        out: list[Step] = []
        seen = {self.target}
        level = [self.target]
        while level and len(out) < MOST_STEPS:
            above: list[str] = []
            for entity in level:
                reached = found[entity]
                largest = sorted(reached.stakes, key=lambda stake: -stake.share.high)
                for stake in largest[: MOST_STEPS - len(out)]:
                    out.append(self._step(stake, found))
                    up = stake.owner if stake.owned == entity else stake.owned
                    if up in found and up not in seen:
                        seen.add(up)
                        above.append(up)
            level = above
        return out[::-1]

    def _step(self, stake: Stake, found: Found) -> Step:
        kind = "votes" if stake.kind == "votes" else "shares"
        counted = self.held.part(kind, stake.owned, {stake.owner}).interval if stake.kind != "branch" else _NONE
        owner = found.get(stake.owner)
        lists = owner.listings if owner is not None else ()
        sure = owner is not None and owner.state is YES
        span = (stake.from_on, stake.to_on)
        return Step(stake.owner, stake.owned, stake.kind, stake.share, counted, *span, lists, sure)

    def _settling(self, answer: RegimeAnswer) -> tuple[Step, ...]:
        """Returns the steps whose owner or share is not known."""

        def openings() -> Iterator[Step]:
            for step in answer.steps:
                if step.owner == UNKNOWN_OWNER or (step.kind != "branch" and step.stated.low < step.stated.high):
                    yield step

        return tuple(openings())
