"""The role of one provision in a result: whether it takes effect, does not, or is open."""

from __future__ import annotations

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.steps import role_in
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rule, Rulebook

HAS_EFFECT = frozenset({"bites", "would_bite", "exempts", "takes_out"})
ON_THE_DAY = HAS_EFFECT - {"would_bite"}
HAS_NONE = frozenset({"no_effect", "not_yet", "paused", "taken_out"})


def part_of(book: Rulebook, decision: Decision, rule: Rule) -> Truth:
    """Returns whether a provision takes effect in a result, disregarding a suspension on that date.

    Yes if it applies, exempts, excludes a rule, or would apply if not suspended, in at least one scenario of an unknown
    status; also yes if its text is unclear and its description fits, suspended or not. No if its description does not
    fit, or it is not yet in force or excluded. Unknown if a missing fact decides.
    """
    match, status = decision.match[rule.rank], decision.statuses[rule.rank]
    if match is NO or status.status is Status.ENDED:
        return NO
    if rule.rank not in book.in_play(decision.live):
        return NO
    roles = {role_in(branch, status, rule) for branch in decision.branches}
    if roles & HAS_EFFECT:
        return YES
    asleep = any(rule.rank in branch.perhaps_suspended for branch in decision.branches)
    if rule.provision.effect == "unknown" and match is YES and ("might_bite" in roles or asleep):
        return YES
    return NO if roles <= HAS_NONE else UNKNOWN


def holds_on_day(book: Rulebook, decision: Decision, rule: Rule) -> Truth:
    """Returns whether a provision holds on the date of a result.

    Yes only if it does in every scenario of an unknown status. Unlike in `part_of` a suspension means no, and a
    text that was not read or is unclear means unknown.
    """
    match, status = decision.match[rule.rank], decision.statuses[rule.rank]
    if match is NO or status.status is Status.ENDED or rule.rank not in book.in_play(decision.live):
        return NO
    roles = {role_in(branch, status, rule) for branch in decision.branches}
    if status.status is Status.UNKNOWN and rule.instrument.id not in decision.telling:
        # Nothing in the result turns on its status, so the branches are not told apart by it.
        return NO if roles <= {"no_effect", "taken_out"} else UNKNOWN
    if roles <= ON_THE_DAY:
        return YES
    return NO if roles <= HAS_NONE | {"would_bite"} else UNKNOWN
