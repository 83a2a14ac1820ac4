"""The part that one provision has in an answer: whether it has its effect, has none, or is open."""

from __future__ import annotations

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.steps import role_in
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rule, Rulebook

HAS_EFFECT = frozenset({"bites", "would_bite", "exempts", "takes_out"})
HAS_NONE = frozenset({"no_effect", "not_yet", "paused", "taken_out"})


def part_of(book: Rulebook, decision: Decision, rule: Rule) -> Truth:
    """Returns whether a provision has its effect in an answer, the day's pause apart.

    Yes where it bites, exempts, takes something out, or would bite were it not paused, in at least one branch of an
    unknown status; yes too where its text is open and it is described, awake or paused. No where it is not described,
    not yet in force, or taken out. Unknown where a missing fact decides.
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
