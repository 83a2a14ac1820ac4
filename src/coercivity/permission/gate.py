"""Gates: the market treatment of a flow or an act, its clauses, and its derivation from a decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from coercivity.law.engine.branches import BranchResult, raising
from coercivity.law.engine.decide import Decision
from coercivity.law.rules.model import Finding, outcome_of
from coercivity.law.rules.rulebook import Rulebook

ORDINARY = "ordinary_export_licence"


class Way(StrEnum):
    """The market treatment of a flow."""

    FREE = "free"
    LICENCE = "licence"
    DENIAL = "presumed_denial"
    SHUT = "shut"


STRICTER = {Way.FREE: 0, Way.LICENCE: 1, Way.DENIAL: 2, Way.SHUT: 3}


@dataclass(frozen=True, slots=True)
class Gate:
    """The control status of a bucket, or of an act at a plant, on a date.

    Attributes:
        finding: The finding in its own word; `not_asked` if export control law is not relevant.
        outcome: The outcome of that finding; a date after the last check does not change it here.
        clauses: Provisions that apply, or could if `unknown`; the decisive one first.
        instruments: The instruments that contain those provisions.
        track: Licence routes those provisions name.
        unknown: It depends on unknown facts or an unknown status; the treatment is then the stricter one.
        ordinary: Only the export licence of the annual catalogue is required, as before 2025; free if the supervision
            condition of the tariff line was not found.
        paused: Provisions that would apply if not suspended.
    """

    way: Way
    finding: str
    outcome: str
    clauses: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    track: tuple[str, ...] = ()
    unknown: bool = False
    ordinary: bool = False
    paused: tuple[str, ...] = ()

    @property
    def passes(self) -> Way:
        """Treatment in the market: free if only the export licence of the annual catalogue is required."""
        return Way.FREE if self.ordinary else self.way

    @property
    def free(self) -> bool:
        """Whether the market treats it as free."""
        return self.passes is Way.FREE


def gate_of(book: Rulebook, decision: Decision) -> Gate:
    """Returns the gate of a decision: the strictest of several scenarios, and unknown if they differ.

    Source: docs/permission.md.
    """
    gates = [_of_branch(book, branch) for branch in decision.branches]
    strictest = max(gates, key=lambda gate: STRICTER[gate.way])
    parted = len({gate.way for gate in gates}) > 1
    if not parted:
        return strictest
    return replace(strictest, finding=decision.finding.word, outcome="UNKNOWN", unknown=True)


def _of_branch(book: Rulebook, branch: BranchResult) -> Gate:
    finding, decided = branch.finding, branch.benign
    unknown = finding is Finding.NEED_FACTS
    reached = decided.ceiling if unknown else finding
    ranks = [*decided.bites, *(raising(book, branch) if unknown else ())]
    certificate = branch.certificate_first and finding is Finding.EXEMPT
    if certificate:
        ranks = list(decided.exempted)
    way = _way(reached, certificate=certificate)
    if way is Way.FREE:
        ranks = []
    rules = sorted((book.rules[rank] for rank in set(ranks)), key=lambda rule: (rule.bite is not reached, rule.rank))
    return Gate(
        way=way,
        finding=finding.word,
        outcome=outcome_of(finding, certificate_first=certificate),
        clauses=tuple(rule.id for rule in rules),
        instruments=tuple(dict.fromkeys(rule.instrument.id for rule in rules)),
        track=tuple(dict.fromkeys(track for rule in rules for track in rule.provision.track)),
        unknown=unknown,
        paused=tuple(book.rules[rank].id for rank in branch.suspended),
    )


def _way(reached: Finding, *, certificate: bool) -> Way:
    if reached is Finding.PROHIBITED:
        return Way.SHUT
    if reached is Finding.PRESUMED_DENIAL:
        return Way.DENIAL
    return Way.LICENCE if reached >= Finding.LICENCE_REQUIRED or certificate else Way.FREE


def with_ordinary(controls: Gate, whole: Gate) -> Gate:
    """Returns a gate the controls leave free, with the export licence of the annual catalogue added."""
    if set(whole.track) != {ORDINARY}:
        return controls
    if whole.finding == Finding.LICENCE_REQUIRED.word:
        return replace(whole, ordinary=True, paused=controls.paused)
    return replace(controls, ordinary=True)
