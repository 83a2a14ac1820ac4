"""The stakes on which a listed owner's share rests, as one line that needs no language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.exact import SCALE, Interval, exact_text
from coercivity.data.parties.ownership import OwnershipGraph
from coercivity.intake.ownership.facts import REGIME
from coercivity.intake.ownership.results import OwnershipAnswer, RegimeAnswer, Step

MOST_STEPS, MOST_SIGNS = 6, 80


def chain(answers: Sequence[OwnershipAnswer], graph: OwnershipGraph) -> str:
    """Returns the stakes from a listed owner down to a party, or those that leave open whether there is one.

    Each is written `owner [its lists] -- share -> company`; an owner that is not stated is `?`. Blank if no party is
    owned to an extent that counts or may count.

    Args:
        answers: The assessment of each party.
        graph: The file, for the names of its entities.
    """
    found = [one for answer in answers if (one := answer.regime(REGIME)) is not None]
    targets = {one.target for one in answers}
    caught = [one for one in found if one.structure == "caught"]
    unclear = [one for one in found if one.structure == "unknown"]
    told = list(dict.fromkeys(text for one in caught or unclear for text in _stakes(one, graph)))
    if not told and caught:
        told = [_party(name, caught[0], graph) for name in sorted(targets)]
    return "; ".join(told[:MOST_STEPS]) + (" ..." if len(told) > MOST_STEPS else "")


def _stakes(answer: RegimeAnswer, graph: OwnershipGraph) -> Iterator[str]:
    steps = answer.steps if answer.structure == "caught" else (*answer.steps, *answer.settles)
    for step in dict.fromkeys(steps):
        yield f"{_owner(step, graph)} -- {_size(step)} -> {_name(step.owned, graph)}"


def _owner(step: Step, graph: OwnershipGraph) -> str:
    lists = ", ".join(dict.fromkeys(f"{one.list_id}{'' if one.certain else ' ?'}" for one in step.lists))
    return f"{_name(step.owner, graph)}{lists and f' [{lists}]'}"


def _party(name: str, answer: RegimeAnswer, graph: OwnershipGraph) -> str:
    return f"{_name(name, graph)} [{', '.join(dict.fromkeys(one.list_id for one in answer.lists))}]"


def _name(entity: str, graph: OwnershipGraph) -> str:
    return graph.name(entity)[:MOST_SIGNS]


def _size(step: Step) -> str:
    return (
        step.kind
        if step.kind == "branch"
        else _percent(step.stated) + ("" if step.kind == "shares" else f" {step.kind}")
    )


def _percent(share: Interval) -> str:
    least = SCALE // 100_000
    low, high = (exact_text(one // least * least * 100) for one in (share.low, share.high))
    return f"{low} %" if low == high else f"{low}-{high} %"
