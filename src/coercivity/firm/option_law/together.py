"""Several results of the law as one: the strictest, with the open questions of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coercivity.firm.option_law.by_grade import gravity
from coercivity.firm.option_law.findings import Finding, Key
from coercivity.firm.option_law.results import OptionLaw
from coercivity.law.rules.model import GRAVITY, Outcome


def strictest(key: Key, told: Sequence[Finding]) -> OptionLaw:
    """Returns the strictest of some results, with the cells and questions of all; without one the law was not asked.

    Args:
        key: `option` or `stock`, and its name.
        told: The results.
    """
    kind, name = key
    if not told:
        return OptionLaw(name, kind)
    most = max(told, key=gravity)
    return OptionLaw(
        name=name,
        kind=kind,
        outcome=most.outcome,
        on=most.on,
        clauses=most.clauses,
        deals=outcomes_of(told),
        missing=tuple(dict.fromkeys(cell for one in told for cell in one.missing)),
        questions=tuple(
            dict.fromkeys(fact for one in told if one.why and one.why != "prohibited" for fact in one.questions)
        ),
        causes=tuple(dict.fromkeys(cause for one in told if one.why not in ("", "prohibited") for cause in one.causes)),
        names=tuple(dict.fromkeys(text for one in told for text in one.names)),
        names_zh=tuple(dict.fromkeys(text for one in told for text in one.names_zh)),
        not_counted=most.why,
        checked_through=most.checked_through,
        assumed=tuple(dict.fromkeys(text for one in told for text in one.assumed)),
        of_deal=most.deal,
    )


def outcomes_of(told: Iterable[Finding]) -> dict[str, Outcome]:
    """Returns the strictest outcome of each transaction.

    Args:
        told: The results.
    """
    found: dict[str, Outcome] = {}
    for one in told:
        if one.deal and one.decision is not None:
            before, now = found.get(one.deal), one.decision.outcome
            found[one.deal] = now if before is None or GRAVITY[now] > GRAVITY[before] else before
    return found
