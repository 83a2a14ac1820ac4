"""The steps of a proof: one per relevant rule, with its evaluation, its role and the related rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from coercivity.base.canonical import json_text
from coercivity.base.json_types import Json
from coercivity.base.truth import NO
from coercivity.law.engine.branches import BranchResult
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.defeat import Defeat
from coercivity.law.explain.proof_parts import AboutShown, StepShown
from coercivity.law.rules.evaluator import Written
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.shown import StatusShown
from coercivity.law.rules.status import StatusOn

MOST_STEPS = 8192
ROLES = (
    "bites",
    "depends",
    "might_bite",
    "would_bite",
    "exempts",
    "takes_out",
    "taken_out",
    "open_exclusion",
    "paused",
    "not_yet",
    "no_effect",
)


_RANK = {role: rank for rank, role in enumerate(ROLES)}


class ProofStep(NamedTuple):
    """A step of a proof: plain data, its canonical JSON, and its place among the steps."""

    data: StepShown
    encoded: bytes
    place: tuple[int, str, str]


def step(book: Rulebook, decision: Decision, rule: Rule, status: Written[StatusShown]) -> ProofStep:
    """Returns the step for one rule.

    Args:
        book: The rulebook.
        decision: The decision proved.
        rule: A relevant rule.
        status: The status of the rule on the date, as written.
    """
    raw, rank = decision.branches[0].raw, rule.rank
    roles = {role_in(branch, decision.statuses[rank], rule) for branch in decision.branches}
    words = raw.match[rank].word, roles.pop() if len(roles) == 1 else "depends"
    nodes = (rule.item_node, rule.when_node)
    item, when = [None if node is None else node.written(raw.values, raw.memo) for node in nodes]
    return _step_written(rule, words, (status, item, when), _bears_on(book, raw, rule), _others(book, decision, rank))


Names = tuple[str, ...]
Trace = Written[dict[str, Json]]


def _bears_on(book: Rulebook, raw: Defeat, rule: Rule) -> tuple[tuple[str, str], ...]:
    """Returns the rules a rule qualifies, if their description fits, with the truth."""
    if rule.any_item:
        return (("any_item_control", raw.item.word),)
    ranks = () if rule.exclusion else rule.bears_on
    return tuple([(book.rules[r].id, raw.match[r].word) for r in ranks if raw.match[r] is not NO])


def _others(book: Rulebook, decision: Decision, rank: int) -> tuple[Names, Names]:
    """Returns the exclusions that exclude a rule, and those that could."""
    taken_out, unless = set[int](), set[int]()
    for benign in [branch.benign for branch in decision.branches]:
        other = benign.out.get(rank, benign.barred.get(rank))
        if other is not None:
            taken_out.add(other)
        unless.update(benign.unless.get(rank, ()))
    return _ids(book, taken_out), _ids(book, unless)


def _ids(book: Rulebook, ranks: set[int]) -> Names:
    return tuple(sorted([book.rules[rank].provision.id for rank in ranks])) if ranks else ()


@lru_cache(maxsize=MOST_STEPS)
def _step_written(
    rule: Rule,
    words: tuple[str, str],
    trees: tuple[Written[StatusShown], Trace | None, Trace | None],
    bears_on: tuple[tuple[str, str], ...],
    others: tuple[Names, Names],
) -> ProofStep:
    """Returns a step with its canonical JSON: truth and role, status, item and when, and the related rules."""
    about, (match, role), (taken_out, unless) = _about(rule), words, others
    status, item, when = trees
    # The provision's part contains none of the optional keys of a step.
    data: StepShown = {**about.data, "match": match, "role": role, "status": status.data}  # type: ignore[typeddict-item]
    texts = {**about.texts, "match": f'"{match}"', "role": f'"{role}"', "status": status.text}
    if item is not None:
        data["item"], texts["item"] = item.data, item.text
    if when is not None:
        data["when"], texts["when"] = when.data, when.text
    if bears_on or (rule.bears_on and not rule.exclusion):
        data["bears_on"] = dict(bears_on)
    if taken_out:
        data["taken_out_by"] = list(taken_out)
    if unless:
        data["unless"] = list(unless)
    return ProofStep(data, _text(data, texts).encode(), (_RANK[role], rule.instrument.id, rule.id))


class _About(NamedTuple):
    """The part of a step that depends only on the provision: values, and each as JSON."""

    data: AboutShown
    texts: dict[str, str]


@lru_cache(maxsize=4096)
def _about(rule: Rule) -> _About:
    provision = rule.provision
    about: AboutShown = {
        "instrument": rule.instrument.id,
        "provision": rule.id,
        "ref": provision.ref,
        "effect": provision.effect,
    }
    if provision.ceiling:
        about["ceiling"] = provision.ceiling
    if provision.remains:
        about["remains"] = provision.remains
    if provision.basis != "read":
        about["basis"] = provision.basis
    return _About(about, {key: json_text(value) for key, value in about.items()})


def role_in(branch: BranchResult, status: StatusOn, rule: Rule) -> str:
    """Returns the role of a rule in one scenario, as one of `ROLES`."""
    benign, raw, rank = branch.benign, branch.raw, rule.rank
    resolved = branch.status_of(rule.instrument.id, status)
    if resolved is Status.NOT_YET:
        return "not_yet"
    if resolved is Status.SUSPENDED:
        return "would_bite" if rank in branch.suspended else "paused"
    if rank in benign.bites:
        return "bites"
    if rank in benign.might or rank in raw.might:
        return "might_bite"
    if rank in benign.out:
        return "taken_out"
    if rank in benign.exempted:
        return "exempts"
    if rank in benign.barred:
        return "taken_out"
    if rank in benign.out.values() or rank in benign.barred.values():
        return "takes_out"
    if any(rank in open_ranks for open_ranks in benign.unless.values()):
        return "open_exclusion"
    return "no_effect"


def _text(content: Mapping[str, object], known: Mapping[str, str]) -> str:
    """Returns the canonical JSON of a mapping with some values written already; other runs are written together."""
    entries: list[str] = []
    run: dict[str, object] = {}
    for key in sorted(content):
        written = known.get(key)
        if written is None:
            run[key] = content[key]
            continue
        if run:
            entries.append(json_text(run)[1:-1])
            run = {}
        entries.append(f'"{key}":{written}')
    if run:
        entries.append(json_text(run)[1:-1])
    return "{" + ",".join(entries) + "}"
