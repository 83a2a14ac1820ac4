"""Legal scenarios for unknown statuses: one evaluation each, and the finding over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from coercivity.law.engine.defeat import Defeat
from coercivity.law.rules.model import Finding, Outcome, Status, outcome_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Branch, StatusOn
from coercivity.law.rules.status_table import resolved

MOST_IN_DOUBT = 4
RISE = [Outcome.PROCEED, Outcome.LICENCE, Outcome.STOP]


@dataclass(frozen=True, slots=True)
class BranchResult:
    """Result of one scenario for unknown statuses.

    Attributes:
        picks: Label of the scenario chosen, by instrument.
        benign: Evaluation with unanswered compliance questions answered benignly: gives the finding.
        raw: Evaluation with the facts as given: gives floor and ceiling.
        suspended: Rules that would apply but are suspended.
        perhaps_suspended: Suspended rules that might apply.
        finding: Finding in this scenario.
        certificate: An exemption that requires an export certificate is established.
        certificate_first: The result depends on that certificate.
    """

    picks: Mapping[str, str]
    benign: Defeat
    raw: Defeat
    suspended: tuple[int, ...]
    perhaps_suspended: tuple[int, ...]
    finding: Finding
    certificate: bool
    certificate_first: bool

    @property
    def outcome(self) -> Outcome:
        """Outcome of this scenario, without compliance questions and verification."""
        return outcome_of(self.finding, certificate_first=self.certificate_first)

    def status_of(self, instrument_id: str, status: StatusOn) -> Status:
        """Returns a status with the scenario chosen here, if it is unknown."""
        return resolved(instrument_id, status, self.picks)


def ways(open_branches: Mapping[str, tuple[Branch, ...]]) -> Iterator[dict[str, str]]:
    """Yields the scenarios to evaluate, each as labels by instrument.

    All of them for up to `MOST_IN_DOUBT` instruments. A deal affected by more has few facts; for it the two extremes
    are evaluated, all suspensions lapsed and all extended, and from each extreme every single change. No
    PROCEED can depend on an omitted scenario: a suspension in doubt prevents every PROCEED, since its end is after the
    last check.
    """
    names = sorted(open_branches)
    labels = [[branch.label for branch in open_branches[name]] for name in names]
    if len(names) <= MOST_IN_DOUBT:
        yield from (dict(zip(names, picked, strict=True)) for picked in product(*labels))
        return
    corners = [dict(zip(names, (entry[end] for entry in labels), strict=True)) for end in (0, -1)]
    yield from corners
    for corner, other in zip(corners, reversed(corners), strict=True):
        yield from ({**corner, name: other[name]} for name in names)


def telling_instruments(branches: tuple[BranchResult, ...]) -> tuple[str, ...]:
    """Returns the instruments whose other scenario, all else equal, gives another finding or outcome.

    If not all scenarios were evaluated, also those needed to tell apart two scenarios with different results.
    """
    found: set[str] = set()
    if len(branches) == 1:
        return ()
    for name in branches[0].picks:
        answers: dict[tuple[str, ...], set[tuple[Finding, Outcome]]] = {}
        for branch in branches:
            others = tuple(label for other, label in branch.picks.items() if other != name)
            answers.setdefault(others, set()).add((branch.finding, branch.outcome))
        if any(len(seen) > 1 for seen in answers.values()):
            found.add(name)
    while more := _told_apart_by_nothing(branches, found):
        found |= more
    return tuple(sorted(found))


def _told_apart_by_nothing(branches: tuple[BranchResult, ...], telling: set[str]) -> set[str]:
    """Returns the instruments that separate scenarios with different results, beyond those found so far."""
    groups: dict[tuple[str, ...], list[BranchResult]] = {}
    for branch in branches:
        groups.setdefault(tuple(branch.picks[name] for name in sorted(telling)), []).append(branch)
    apart = [g for g in groups.values() if len({(b.finding, b.outcome) for b in g}) > 1]
    return {name for g in apart for name in g[0].picks if len({b.picks[name] for b in g}) > 1}


def one_each(branches: tuple[BranchResult, ...], telling: tuple[str, ...]) -> tuple[BranchResult, ...]:
    """Returns one scenario for every combination that matters; of the others the first, with more rules in force."""
    found: dict[tuple[str, ...], BranchResult] = {}
    for branch in branches:
        found.setdefault(tuple(branch.picks[name] for name in telling), branch)
    return tuple(found.values())


def raising(book: Rulebook, branch: BranchResult) -> list[int]:
    """Returns the undecided rules that could still raise the finding of a scenario, by rank."""
    decided = branch.benign.decided
    return [rank for rank in branch.benign.might if _strength(book, rank) > decided]


def _strength(book: Rulebook, rank: int) -> Finding:
    """Returns the finding an undecided rule could lead to; a certificate required first counts as a licence."""
    rule = book.rules[rank]
    if rule.bite is not None:
        return rule.bite
    return Finding.LICENCE_REQUIRED if rule.provision.remains == "certificate_first" else Finding.NOT_CONTROLLED


def together(branches: tuple[BranchResult, ...]) -> Finding:
    """Returns the finding over all scenarios: the common one, or need_facts if they differ below a licence."""
    findings = [branch.finding for branch in branches]
    low, high = min(findings), max(findings)
    if low == high or low >= Finding.LICENCE_REQUIRED:
        return low
    alike = len({branch.outcome for branch in branches}) == 1
    return high if alike and high < Finding.NEED_FACTS else Finding.NEED_FACTS


def ceiling_of(branch: BranchResult) -> Outcome:
    """Returns the strongest possible outcome of a scenario if no open exclusion is established."""
    return _as_outcome(branch.raw.ceiling, branch)


def widest_of(branch: BranchResult) -> Outcome:
    """Returns the strongest possible outcome of a scenario for any further information."""
    return _as_outcome(branch.raw.widest, branch)


def floor_of(branch: BranchResult) -> Outcome:
    """Returns the weakest possible outcome of a scenario."""
    return _as_outcome(branch.raw.floor, branch)


def _as_outcome(finding: Finding, branch: BranchResult) -> Outcome:
    if finding >= Finding.PRESUMED_DENIAL:
        return Outcome.STOP
    certificate = branch.certificate and finding is Finding.EXEMPT
    return Outcome.LICENCE if finding >= Finding.LICENCE_REQUIRED or certificate else Outcome.PROCEED
