"""Decisions: from facts and two dates to a finding, an outcome and the reasons for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from coercivity.base.days import Day
from coercivity.base.truth import NO, YES
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.branches import (
    RISE,
    BranchResult,
    ceiling_of,
    floor_of,
    one_each,
    raising,
    telling_instruments,
    together,
    ways,
    widest_of,
)
from coercivity.law.engine.dated_facts import DatedFacts, merged
from coercivity.law.engine.defeat import Defeat, all_open_facts, bounds, defeat_of, open_facts
from coercivity.law.engine.derived_facts import facts_with_derived, lists_on_day
from coercivity.law.engine.list_search import PARTY_SETS, ListSearch, doubtful_sets, open_lists, unproven, unsearched
from coercivity.law.engine.matches import Fits, Matches, matched, matched_after
from coercivity.law.engine.name_questions import NameQuestion
from coercivity.law.engine.other_content import wholly_unread, with_other_content
from coercivity.law.engine.screened import ListUsed, NameShown
from coercivity.law.rules.model import Finding, Outcome, Status, outcome_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption, Branch, StatusOn
from coercivity.law.rules.status_table import LawDay, Resolved, Statuses, resolved

STATED = "deal"  # source of what a deal itself states


@dataclass(frozen=True, slots=True)
class Deal:
    """Facts about one transaction, with the source of each.

    Attributes:
        facts: Values by fact name; a missing fact is unknown.
        said_by: Source of a fact, by fact name; absent means the deal itself.
        lists: Party lists screened, with their version.
        unread: Names of entries that could not be read, such as a unit; they leave a result open. `other_content`
            stands for words beside facts that were read, and holds back only a PROCEED.
        name_questions: Names a person has to identify; their party sets stay open.
        search: The search of the lists by a named person, if there was one.
        screened: What screening found for each named party, for the proof.
        party_lists: The user's lists that the names were compared with, for the proof.
        dated: Facts that depend on the transaction date; a decision adds those of its day.
        left_open: Source of each fact that these bound without answering it, by fact name.
    """

    facts: Mapping[str, FactValue]
    said_by: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    name_questions: tuple[NameQuestion, ...] = ()
    search: ListSearch | None = None
    screened: tuple[NameShown, ...] = ()
    party_lists: tuple[ListUsed, ...] = ()
    dated: DatedFacts | None = None
    left_open: Mapping[str, str] = field(default_factory=dict)

    def on_day(self, on: Day) -> Deal:
        """Returns the deal with the facts of a day; a stated fact that they contradict is left open."""
        if self.dated is None:
            return self
        found = merged(self.facts, self.said_by, self.dated.on(on), STATED)
        unread = tuple(dict.fromkeys((*self.unread, *found.against)))
        opened = found.left_open
        return replace(self, facts=found.facts, said_by=found.said_by, unread=unread, dated=None, left_open=opened)

    def names_open_on(self, on: Day) -> list[NameQuestion]:
        """Returns the names that a person has to identify for a transaction on a day."""
        return [question for question in self.name_questions if question.is_open_on(on)]


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on one deal for one date.

    Attributes:
        horizon: Date to which the rules used were known and verified.
        checked_through: The same date, or a later one for which a person states to have looked.
        outcome: One of the four outcomes.
        may_become: STOP, if missing information may turn the licence into a refusal.
        floor: Weakest outcome still possible by the rules.
        ceiling: Strongest outcome still possible by the rules.
        covered_from: First date covered for a deal of this kind.
        unverified: The rules used were neither verified to `on` nor did a person look that far, or `on` is before the
            first date covered, so the outcome is not PROCEED.
        open_standing: Compliance questions that apply to this deal and are unanswered.
        open_lists: Restricted-party lists still to be searched, if that is one of these questions.
        missing: Other facts that could still change the finding.
        branches: One entry per legal scenario that matters; a single one if none does.
        telling: Instruments whose unknown status affects the finding or the outcome.
        law: Status of every rule and party list on that date.
        match: Truth of the description of the rules, by rank, with the facts as given.
        live: Ranks of the rules whose description fits or might fit.
        values: Facts evaluated, including derived ones.
    """

    deal: Deal
    on: Day
    known: Day
    assume: Mapping[str, Assumption]
    horizon: Day
    checked_through: Day
    finding: Finding
    outcome: Outcome
    may_become: Outcome | None
    floor: Outcome
    ceiling: Outcome
    covered_from: Day
    unverified: bool
    open_standing: tuple[str, ...]
    open_lists: tuple[str, ...]
    missing: tuple[str, ...]
    branches: tuple[BranchResult, ...]
    telling: tuple[str, ...]
    law: LawDay
    match: Fits
    live: Sequence[int]
    values: Mapping[str, FactValue]
    used: tuple[str, ...]

    @property
    def statuses(self) -> tuple[StatusOn, ...]:
        """Status of every rule, by rank."""
        return self.law.statuses

    @property
    def certificate_first(self) -> bool:
        """Whether an export certificate is the available route."""
        return self.finding is Finding.EXEMPT and any(branch.certificate_first for branch in self.branches)


def decide(
    book: Rulebook,
    deal: Deal,
    on: Day,
    *,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
) -> Decision:
    """Returns the decision on one deal.

    Args:
        book: The rulebook.
        deal: Facts with their sources.
        on: Transaction date.
        known: Information cut-off; by default the earlier of `on` and the last check of the rulebook.
        assume: Planning assumptions, by instrument.

    Source: docs/decisions.md; docs/outcomes.md.
    """
    known = known or book.default_known(on)
    assume = dict(assume or {})
    deal = deal.on_day(on)
    unread = with_other_content(deal.facts, deal.unread)
    deal = deal if unread == deal.unread else replace(deal, unread=unread)
    return _Deciding(book, deal, (on, known), assume, book.day(on, known, assume)).run()


class Prospect(NamedTuple):
    """Possible outcomes of a deal with one more fact, to measure how much that fact settles.

    Attributes:
        floor: As in the decision.
        ceiling: As in the decision.
        settled: Nothing would be missing and no compliance question unanswered.
    """

    floor: Outcome
    ceiling: Outcome
    settled: bool


def prospect(book: Rulebook, decision: Decision, name: str, value: FactValue) -> Prospect:
    """Returns the possible outcomes after one answer; rules that do not read the fact are not evaluated again.

    Args:
        book: The rulebook.
        decision: The decision without the answer.
        name: Name of the fact.
        value: The answer.
    """
    # Whoever answers the question about the lists will have searched them.
    search = ListSearch("", None) if name == PARTY_SETS else decision.deal.search
    deal = Deal({**decision.deal.facts, name: value}, search=search)
    days = decision.on, decision.known
    return _Deciding(book, deal, days, decision.assume, decision.law, before=decision.branches[0]).prospect()


class _Deciding:
    def __init__(
        self,
        book: Rulebook,
        deal: Deal,
        days: tuple[Day, Day],
        assume: Mapping[str, Assumption],
        law: LawDay,
        *,
        before: BranchResult | None = None,
    ) -> None:
        self.book, self.deal, self.assume, self.law, self.before = book, deal, assume, law, before
        self.on, self.known = days
        self.stated = {**deal.facts, **unproven(book, deal.facts, deal.search, self.on)}
        self.raw = facts_with_derived(self.stated)
        self.unanswered = [name for name in book.catalogue.standing if name not in self.raw]
        self.open_sets = self._open_sets()
        if self.open_sets:
            self.unanswered.append(PARTY_SETS)
        self.read: dict[tuple[bool, FactValue | None, FactValue | None], Matches] = {}

    @cached_property
    def benign(self) -> dict[str, FactValue]:
        """The facts with unanswered compliance questions answered benignly."""
        benign = {name: self.book.benign[name] for name in self.unanswered if name in self.book.benign}
        sets = self.raw.get(PARTY_SETS)
        if self.open_sets and isinstance(sets, SetValue):
            lacks = sets.lacks | self.open_sets
            benign[PARTY_SETS] = SetValue(sets.has, lacks, complete=len(sets.has | lacks) == len(self.book.party_sets))
        return facts_with_derived({**self.stated, **benign}) if benign else self.raw

    def _open_sets(self) -> frozenset[str]:
        """Returns the notices that nobody searched for the parties, apart from those of names in doubt."""
        sets = self.raw.get(PARTY_SETS)
        if not isinstance(sets, SetValue) or sets.complete:
            return frozenset()
        return unsearched(self.book, sets, doubtful_sets(self.book, self.deal.name_questions))

    @cached_property
    def covered_from(self) -> Day:
        """First date covered for this deal."""
        return self.book.covered_from.first(self.raw)

    def prospect(self) -> Prospect:
        ways = list(self._picks())
        floors, ceilings = set(), set()
        for picks in ways:
            floor, ceiling = self._bounds(picks)
            floors.add(floor)
            ceilings.add(ceiling)
            if Outcome.PROCEED in floors and Outcome.STOP in ceilings:
                break  # everything is already possible
        return Prospect(min(floors, key=RISE.index), max(ceilings, key=RISE.index), self._settled(ways))

    def _bounds(self, picks: Mapping[str, str]) -> tuple[Outcome, Outcome]:
        """Returns floor and ceiling of one scenario; evaluates it in full only if a certificate may raise them."""
        floor, widest = bounds(self.book, self._read(self.raw, picks), self.law.resolved(picks).statuses)
        if Finding.EXEMPT in (floor, widest):
            branch = self._branch(picks)
            return floor_of(branch), widest_of(branch)
        return possible(floor), possible(widest)

    def _settled(self, ways: Iterable[Mapping[str, str]]) -> bool:
        asked = self.book.catalogue
        if any(asked[name].asked_where != "in_play" and self._asked(name) for name in self.unanswered):
            return False
        # A rule open in one scenario is open over all of them, so the first such scenario is enough.
        found = (self._branch(picks) for picks in ways)
        return not any(self._is_open(branch) for branch in found)

    def _is_open(self, branch: BranchResult) -> bool:
        """Returns whether a fact is missing or a compliance question open, without finding them all."""
        book, asked = self.book, self.book.catalogue
        facts = (open_facts(book, branch.benign, book.rules[rank]) for rank in raising(book, branch))
        if any(not asked[name].standing for names in facts for name in names):
            return True
        standing = {name for name in self.unanswered if asked[name].asked_where == "in_play" and self._asked(name)}
        turning = branch.raw.might if standing else ()
        return any(not standing.isdisjoint(open_facts(book, branch.raw, book.rules[rank])) for rank in turning)

    def run(self) -> Decision:
        branches = tuple(self._branch(picks) for picks in self._picks())
        finding = together(branches)
        certificate = any(branch.certificate_first for branch in branches)
        outcome = outcome_of(finding, certificate_first=certificate)
        used = self._used(branches)
        horizon = self._horizon(used)
        looked_through = min(self.known, self.book.looked_through(horizon))
        open_standing = self._open_standing(branches)
        unverified = finding is Finding.NOT_HELD or (outcome is Outcome.PROCEED and self.on > looked_through)
        # A merely similar name prevents PROCEED, regardless of the status of the listing that may be meant.
        named = bool(self.deal.names_open_on(self.on))
        if outcome is Outcome.PROCEED and (open_standing or unverified or named or self.deal.unread):
            outcome = Outcome.UNKNOWN
        if outcome is Outcome.LICENCE and wholly_unread(self.deal.unread):
            outcome = Outcome.UNKNOWN
        ceiling = max((widest_of(branch) for branch in branches), key=RISE.index)
        warned = any(ceiling_of(branch) is Outcome.STOP for branch in branches)
        floor = min((floor_of(branch) for branch in branches), key=RISE.index)
        first = self._values(self.raw, branches[0].picks)
        telling = telling_instruments(branches)
        return Decision(
            deal=self.deal,
            on=self.on,
            known=self.known,
            assume=self.assume,
            horizon=horizon,
            checked_through=looked_through,
            finding=finding,
            outcome=outcome,
            may_become=Outcome.STOP if outcome is Outcome.LICENCE and warned else None,
            floor=floor,
            ceiling=ceiling,
            covered_from=self.covered_from,
            unverified=unverified,
            open_standing=open_standing,
            open_lists=open_lists(self.book, self.raw, self.deal.name_questions) if PARTY_SETS in open_standing else (),
            missing=self._missing(branches),
            branches=one_each(branches, telling),
            telling=telling,
            law=self.law,
            match=branches[0].raw.match,
            live=branches[0].raw.live,
            values=first,
            used=used,
        )

    def _asked(self, name: str) -> bool:
        """Returns whether a compliance question applies to this deal; `in_play` ones are filtered later."""
        if name == "listed_on":
            return False
        tree = self.book.asked_trees.get(name)
        if tree is None:
            return True
        node = self.book.evaluator.add(tree)
        return node.truth(self.raw, self.book.evaluator.memo()) is not NO

    def _values(self, facts: dict[str, FactValue], picks: Mapping[str, str]) -> dict[str, FactValue]:
        sets = facts.get("party_sets")
        names = sets.has if isinstance(sets, SetValue) else ()
        owners = {name: self.book.party_sets[name].instrument_id for name in names}
        states = {name: resolved(owner, self.law.sets[name], picks) for name, owner in owners.items()}
        return {**facts, **lists_on_day(self.book, facts, states)}

    def _picks(self) -> Iterator[dict[str, str]]:
        """Yields the scenarios for the unknown statuses that affect this deal."""
        open_branches: dict[str, tuple[Branch, ...]] = {}
        book, law = self.book, self.law
        if law.unknown:
            read = self._read(self.raw, {})
            touching = law.unknown.intersection(read.match)
            if touching:
                touching &= book.in_play(read.live)
            # A control in doubt counts for rules that qualify the item, even if it does not cover the act.
            if read.any_item(book):
                items = law.unknown.intersection(read.items(book))
                touching |= {rank for rank in items if book.rules[rank].item_node is not None}
            for rank in sorted(touching):
                open_branches[law.owners[rank]] = law.statuses[rank].branches
        sets = self.raw.get("party_sets")
        if isinstance(sets, SetValue):
            for set_id in sorted(sets.has):
                status = law.sets[set_id]
                if status.status is Status.UNKNOWN:
                    open_branches[book.party_sets[set_id].instrument_id] = status.branches
        yield from ways(open_branches)

    def _branch(self, picks: Mapping[str, str]) -> BranchResult:
        law = self.law.resolved(picks)
        statuses = law.statuses
        benign = self._defeat(self.benign, picks, statuses)
        raw = benign if self.benign is self.raw else self._defeat(self.raw, picks, statuses)
        suspended, perhaps = self._suspended(law, benign)
        finding = benign.decided
        if finding < Finding.NEED_FACTS and benign.ceiling >= Finding.LICENCE_REQUIRED:
            finding = Finding.NEED_FACTS
        certificate = any(self.book.rules[r].provision.remains == "certificate_first" for r in benign.exempted)
        asleep = [r for r in perhaps if self.book.rules[r].provision.effect == "unknown" and benign.match[r] is YES]
        if finding < Finding.SUSPENDED and (suspended or asleep) and not certificate:
            finding = Finding.SUSPENDED
        first = certificate and finding is Finding.EXEMPT
        # A law of which no rule is included, like a date before the first one, is no ground for PROCEED.
        if finding < Finding.NEED_FACTS and not first and (self.on < self.covered_from or not self.book.rules):
            finding = Finding.NOT_HELD
        return BranchResult(dict(picks), benign, raw, suspended, perhaps, finding, certificate, first)

    def _defeat(self, facts: dict[str, FactValue], picks: Mapping[str, str], statuses: Statuses) -> Defeat:
        return defeat_of(self.book, self._read(facts, picks), statuses)

    def _read(self, facts: dict[str, FactValue], picks: Mapping[str, str]) -> Matches:
        """Returns the descriptions evaluated for these facts, once for all scenarios with equal lists."""
        values = self._values(facts, picks)
        key = (facts is self.raw, values.get("listed_on"), values.get("party_sets"))
        found = self.read.get(key)
        if found is None:
            if self.before is None:
                found = matched(self.book, values)
            else:
                before = self.before.raw if facts is self.raw else self.before.benign
                found = matched_after(self.book, values, before.matched)
            self.read[key] = found
        return found

    def _suspended(self, resolved: Resolved, benign: Defeat) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the rules that would apply, and those that might, if nothing were suspended."""
        paused = resolved.paused
        if paused.isdisjoint(benign.live):
            return (), ()
        found = defeat_of(self.book, benign.matched, resolved.awake)
        would = tuple(rank for rank in sorted(found.bites) if rank in paused)
        return would, tuple(rank for rank in sorted(found.might) if rank in paused)

    def _open_standing(self, branches: tuple[BranchResult, ...]) -> tuple[str, ...]:
        turning = all_open_facts(self.book, ((b.raw, b.raw.might) for b in branches))
        catalogue = self.book.catalogue
        asked = [name for name in self.unanswered if catalogue[name].asked_where != "in_play" or name in turning]
        found = [name for name in asked if self._asked(name)]
        return tuple(sorted(found, key=catalogue.order.__getitem__))

    def _missing(self, branches: tuple[BranchResult, ...]) -> tuple[str, ...]:
        book = self.book
        names = all_open_facts(book, ((b.benign, raising(book, b)) for b in branches))
        open_names = [name for name in names if not book.catalogue[name].standing]
        return tuple(sorted(open_names, key=book.catalogue.order.__getitem__))

    def _used(self, branches: tuple[BranchResult, ...]) -> tuple[str, ...]:
        """Returns the instruments used: applied, suspended, not yet in force or in doubt if they fit, or excluding."""
        found: set[str] = set()
        for branch in branches:
            ranks = {*branch.benign.bites, *raising(self.book, branch), *branch.suspended, *branch.benign.exempted}
            ranks |= set(branch.perhaps_suspended)
            ranks |= {*branch.benign.out.keys(), *branch.benign.out.values()}
            found |= {self.book.rules[rank].instrument.id for rank in ranks}
        first = branches[0]
        waiting = [
            rank
            for rank in self.book.in_play(first.benign.live)
            if first.benign.match[rank] is YES and self.law.statuses[rank].status in (Status.NOT_YET, Status.SUSPENDED)
        ]
        waiting += [rank for name in first.picks for rank in self.law.in_doubt.get(name, ())]
        for rank in waiting:
            found.add(self.law.owners[rank])
            event = self.law.statuses[rank].event
            if event is not None and event.by in self.book.instruments:
                found.add(event.by)
        return tuple(sorted(found))

    def _horizon(self, used: tuple[str, ...]) -> Day:
        return min(self.known, checked_through(self.book, used, self.on, self.assume))


def possible(finding: Finding) -> Outcome:
    """Returns the outcome of a finding if no exemption requires a certificate."""
    if finding >= Finding.PRESUMED_DENIAL:
        return Outcome.STOP
    return Outcome.LICENCE if finding >= Finding.LICENCE_REQUIRED else Outcome.PROCEED


def checked_through(book: Rulebook, used: Iterable[str], on: Day, assume: Mapping[str, Assumption]) -> Day:
    """Returns the earliest of the last checks of the instruments used; an assumed suspension counts as verified.

    A user-supplied notice tells what it says, not that no other was published: the instruments that it adds or changes
    count as checked to the last check of the rulebook, and no later.
    """
    instruments = book.instruments
    assumed = {event.by for name in assume for event in instruments[name].events if event.type == "suspension"}
    checked = [
        max(instruments[name].verified_through, on)
        if name in {*assume, *assumed}
        else min(instruments[name].verified_through, book.verified_through)
        for name in used
        if instruments[name].type != "guidance"
    ]
    return min(checked, default=book.verified_through)
