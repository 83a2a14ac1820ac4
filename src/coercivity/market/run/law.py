"""The law for the market, by bucket or activity, month and information cut-off; clauses can be lifted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.months import Month, first_of, middle_of
from coercivity.base.sums import total
from coercivity.market.program.state import Law, LawShares, Shares
from coercivity.permission.buckets import Bucket, PlantAct, load_buckets
from coercivity.permission.gate import Gate, Way
from coercivity.permission.gates import Gates
from coercivity.permission.grants import GrantedShare, grant_odds, mean_share
from coercivity.practice.desk import ANY, DeskPractice, Form
from coercivity.practice.records import load_reports

# Month of information, activity, region, stage, month of activity: control status, and share of applications granted.
# Equipment has no form of the licensing desk.
FORM_OF_ACT: dict[str, Form] = {"technology": "technology", "service": "service", "assistance": "service"}
PlantLawSeen = Callable[[Month, str, str, str, Month], tuple[Gate, float]]


def law_of(gates: Gates, known: Day | None = None) -> Law:
    """Returns the law for the market: by bucket, month of the transaction and month of the information.

    Args:
        gates: Access to the rules.
        known: Information cut-off.
    """
    marks: dict[tuple[Month, Month], dict[tuple[str, str, str, str], Gate]] = {}
    alike: dict[Hashable, dict[tuple[str, str, str, str], Gate]] = {}

    def ask(bucket: tuple[str, str, str, str], month: Month, seen_from: Month) -> Gate:
        found = marks.get((month, seen_from))
        if found is None:
            mark = gates.alike(middle_of(month), known_in(seen_from, known))
            found = marks[month, seen_from] = alike.setdefault(mark, {})
        if bucket not in found:
            on, by = middle_of(month), known_in(seen_from, known)
            good, origin, destination, user = bucket
            found[bucket] = gates.gate(Bucket(good, origin, destination, user), on, by)
        return found[bucket]

    return ask


@dataclass(frozen=True, slots=True, eq=False)
class LawSeen:
    """The law as a run sees it, with every answer kept: runs of the same law may share it.

    Attributes:
        gates: Access to the rules.
        known: Information cut-off; None if each month uses the notices published by then.
        law: The law for the market.
        shares: The law of whole periods.
        lifted: The same without a clause, by the clause, as far as asked for.
    """

    gates: Gates
    known: Day | None
    law: Law
    shares: LawShares
    lifted: dict[str, LawSeen] = field(default_factory=dict)


def law_seen(gates: Gates, known: Day | None) -> LawSeen:
    """Returns the law as seen with an information cut-off.

    Args:
        gates: Access to the rules.
        known: Information cut-off.
    """
    return LawSeen(gates, known, law_of(gates, known), shares_of(gates, known))


def known_in(month: Month, known: Day | None) -> Day:
    """Returns the information cut-off of a month."""
    return middle_of(month) if known is None else min(middle_of(month), known)


def lifted_law(before: Law, after: Law, begin: Month) -> Law:
    """Returns the law with a clause lifted from a month on, without prior notice and without effect on the past."""

    def ask(bucket: tuple[str, str, str, str], month: Month, seen_from: Month) -> Gate:
        law = after if min(month, seen_from) >= begin else before
        return law(bucket, month, seen_from)

    return ask


def shares_of(gates: Gates, known: Day | None = None) -> LawShares:
    """Returns the law of whole periods: the gates of a bucket, each with its share of the days, by its first day.

    A gate that begins or ends inside the period counts by days, also inside a month.

    Args:
        gates: Access to the rules.
        known: Information cut-off.

    Source: equation 33 of docs/market.md.
    """
    periods: dict[tuple[Month, int, Month], _Period] = {}
    alike: dict[tuple[tuple[Hashable, float], ...], _Period] = {}

    def ask(bucket: tuple[str, str, str, str], first: Month, months: int, seen_from: Month) -> Shares:
        period = periods.get((first, months, seen_from))
        if period is None:
            made = _period(gates, first, months, known_in(seen_from, known))
            period = periods[first, months, seen_from] = alike.setdefault(made.mark, made)
        found = period.found.get(bucket)
        if found is None:
            found = period.found[bucket] = period.shares(gates, Bucket(*bucket))
        return found

    return ask


@dataclass(frozen=True, slots=True, eq=False)
class _Period:
    """A period as the law divides it.

    Attributes:
        known: Information cut-off.
        spells: First day and number of days of each spell.
        mark: Mark of each spell with its share of the days; periods with equal ones have equal shares.
        found: The shares of the buckets asked for so far.
    """

    known: Day
    spells: tuple[tuple[Day, int], ...]
    mark: tuple[tuple[Hashable, float], ...]
    found: dict[tuple[str, str, str, str], Shares] = field(default_factory=dict)

    def shares(self, gates: Gates, bucket: Bucket) -> Shares:
        """Returns the gates of a bucket in the order of their first days, each once."""
        found: dict[Gate, int] = {}
        for first, days in self.spells:
            gate = gates.gate(bucket, first, self.known)
            found[gate] = found.get(gate, 0) + days
        whole = total(found.values())
        return tuple((gate, days / whole) for gate, days in found.items())


def _period(gates: Gates, first: Month, months: int, known: Day) -> _Period:
    begin, end = first_of(first), first_of(first + months)
    length = (end - begin).days
    spells = gates.spells(begin, end - ONE_DAY, known)
    return _Period(
        known=known,
        spells=tuple((day, days) for _, day, days in spells),
        mark=tuple((mark, days / length) for mark, _, days in spells),
    )


def lifted_shares(before: LawShares, after: LawShares, begin: Month) -> LawShares:
    """Returns the law of periods with a clause lifted from a month on, without prior notice, as `lifted_law`."""

    def ask(bucket: tuple[str, str, str, str], first: Month, months: int, seen_from: Month) -> Shares:
        if seen_from < begin or first + months <= begin:
            return before(bucket, first, months, seen_from)
        if first >= begin:
            return after(bucket, first, months, seen_from)
        early = begin - first
        days = [(first_of(end) - first_of(start)).days for start, end in ((first, begin), (begin, first + months))]
        found: dict[Gate, float] = {}
        parts = (before(bucket, first, early, seen_from), after(bucket, begin, months - early, seen_from))
        for part, length in zip(parts, days, strict=True):
            for gate, share in part:
                found[gate] = found.get(gate, 0.0) + share * length
        return tuple((gate, share / total(days)) for gate, share in found.items())

    return ask


def plant_law_of(
    gates: Gates, known: Day | None, practice: DeskPractice, share_of: GrantedShare = mean_share
) -> PlantLawSeen:
    """Returns the law for activities at plants, and the share of applications granted as known in the month.

    Args:
        gates: Access to the rules.
        known: Information cut-off.
        practice: The rows of practice.
        share_of: Share granted, from the counts behind it.
    """
    country, turns = load_buckets().country, sorted({report.reported_on for report in load_reports()})

    @cache
    def granted(way: Way, act: str, region: str, turn: int) -> float:
        on = turns[turn - 1] if turn else turns[0] - ONE_DAY
        return share_of(*grant_odds(practice, way, FORM_OF_ACT.get(act, ANY), country[region], "civil", on, on))

    @cache
    def answer(act: str, region: str, stage: str, month: Month, by: Day) -> tuple[Gate, float]:
        gate = gates.plant_gate(PlantAct(act, region, stage), middle_of(month), by)
        if gate.free or gate.passes is Way.SHUT:
            return gate, float(gate.free)
        return gate, granted(gate.passes, act, region, bisect_right(turns, by))

    def ask(seen_from: Month, act: str, region: str, stage: str, month: Month) -> tuple[Gate, float]:
        by = known_in(seen_from, known)
        return answer(act, region, stage, month, min(by, middle_of(month)))

    return ask


def lifted_plant_law(before: PlantLawSeen, after: PlantLawSeen, begin: Month) -> PlantLawSeen:
    """Returns the law for activities at plants with a clause lifted from a month on, without prior notice."""

    def ask(seen_from: Month, act: str, region: str, stage: str, month: Month) -> tuple[Gate, float]:
        law = after if min(month, seen_from) >= begin else before
        return law(seen_from, act, region, stage, month)

    return ask
