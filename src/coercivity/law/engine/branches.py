"""Ways in which unknown statuses may turn out: one judgement each, and what all of them demand."""

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
    """What one way of resolving unknown statuses gives.

    Attributes:
        picks: Label of the branch taken, by instrument.
        benign: Judgement with open standing questions answered benignly: gives the finding.
        raw: Judgement with the facts as given: gives floor and ceiling.
        suspended: Rules that would bite and are paused.
        perhaps_suspended: Paused rules of which it is open whether they would bite.
        finding: Finding in this branch.
        certificate: An exemption that asks for a registration certificate stands.
        certificate_first: That certificate is what the answer rests on.
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
        """Outcome of this branch, standing questions and verification apart."""
        return outcome_of(self.finding, certificate_first=self.certificate_first)

    def status_of(self, instrument_id: str, status: StatusOn) -> Status:
        """Returns a status with the branch picked here, where it is unknown."""
        return resolved(instrument_id, status, self.picks)


def ways(open_branches: Mapping[str, tuple[Branch, ...]]) -> Iterator[dict[str, str]]:
    """Yields the ways of resolving unknown statuses that are judged, each as labels by instrument.

    All of them up to `MOST_IN_DOUBT` instruments. A deal that more of them touch is nearly bare; of it the two corners
    are judged, where every pause lapsed and where every one was extended, and from each corner every single turn. No
    PROCEED can rest on a way that was left out: a pause in doubt holds every PROCEED back, since its end lies past the
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
    """Returns the instruments of which the other branch, all else equal, gives another finding or outcome.

    Where not all ways were judged, also those without which two ways that come out otherwise would look alike.
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
    """Returns the instruments in which ways differ that come out otherwise and are alike in all that tells so far."""
    groups: dict[tuple[str, ...], list[BranchResult]] = {}
    for branch in branches:
        groups.setdefault(tuple(branch.picks[name] for name in sorted(telling)), []).append(branch)
    apart = [g for g in groups.values() if len({(b.finding, b.outcome) for b in g}) > 1]
    return {name for g in apart for name in g[0].picks if len({b.picks[name] for b in g}) > 1}


def one_each(branches: tuple[BranchResult, ...], telling: tuple[str, ...]) -> tuple[BranchResult, ...]:
    """Returns one branch for every way of resolving what tells; of the rest the first, in which more rules are live."""
    found: dict[tuple[str, ...], BranchResult] = {}
    for branch in branches:
        found.setdefault(tuple(branch.picks[name] for name in telling), branch)
    return tuple(found.values())


def raising(book: Rulebook, branch: BranchResult) -> list[int]:
    """Returns the undecided rules that could still raise the finding of a branch, by rank."""
    decided = branch.benign.decided
    return [rank for rank in branch.benign.might if _strength(book, rank) > decided]


def _strength(book: Rulebook, rank: int) -> Finding:
    """The finding that an undecided rule could lead to; a certificate to be obtained first counts as a licence."""
    rule = book.rules[rank]
    if rule.bite is not None:
        return rule.bite
    return Finding.LICENCE_REQUIRED if rule.provision.remains == "certificate_first" else Finding.NOT_CONTROLLED


def together(branches: tuple[BranchResult, ...]) -> Finding:
    """Returns the finding over all branches: what holds in each, or need_facts where they part below a licence."""
    findings = [branch.finding for branch in branches]
    low, high = min(findings), max(findings)
    if low == high or low >= Finding.LICENCE_REQUIRED:
        return low
    alike = len({branch.outcome for branch in branches}) == 1
    return high if alike and high < Finding.NEED_FACTS else Finding.NEED_FACTS


def ceiling_of(branch: BranchResult) -> Outcome:
    """Returns the strongest outcome that the rules of a branch leave possible, exclusions left unestablished."""
    return _as_outcome(branch.raw.ceiling, branch)


def widest_of(branch: BranchResult) -> Outcome:
    """Returns the strongest outcome that the rules of a branch leave possible, whatever becomes known."""
    return _as_outcome(branch.raw.widest, branch)


def floor_of(branch: BranchResult) -> Outcome:
    """Returns the weakest outcome that the rules of a branch leave possible."""
    return _as_outcome(branch.raw.floor, branch)


def _as_outcome(finding: Finding, branch: BranchResult) -> Outcome:
    if finding >= Finding.PRESUMED_DENIAL:
        return Outcome.STOP
    certificate = branch.certificate and finding is Finding.EXEMPT
    return Outcome.LICENCE if finding >= Finding.LICENCE_REQUIRED or certificate else Outcome.PROCEED
