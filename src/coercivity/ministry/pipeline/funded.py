"""The market with a set of projects funded: the same scenario, and public money as its policies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from coercivity.base.canonical import sha256_of_text
from coercivity.base.months import month_text
from coercivity.base.sums import total
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.policies import PoliciesAsked, joined_policies
from coercivity.ministry.pipeline.added import FUNDED
from coercivity.ministry.pipeline.candidates import Candidate
from coercivity.ministry.pipeline.relief import Way


@dataclass(frozen=True, slots=True)
class Paid:
    """A project and how it is paid."""

    project: Candidate
    way: Way


def funded_run(run: RunAsked, chosen: Iterable[Paid]) -> RunAsked:
    """Returns a run in which a set of projects is funded from the beginning of 2027 on.

    Grants and loans are divided among the plants of a project by their investment.

    Args:
        run: The run.
        chosen: The projects.
    """
    asked = _policies(tuple(chosen))
    scenario = run.scenario
    policies = joined_policies([scenario.policies, asked])
    return replace(run, scenario=replace(scenario, id=f"{scenario.id}+{_name(asked)}", policies=policies))


def _name(asked: PoliciesAsked) -> str:
    return f"funded-{sha256_of_text(asked.model_dump_json())[:8]}"


def _policies(chosen: tuple[Paid, ...]) -> PoliciesAsked:
    support, offtakes = [], []
    since = month_text(FUNDED)
    for paid in chosen:
        one, way = paid.project, paid.way
        whole = total(one.investment_musd)
        for part, investment in zip(one.parts, one.investment_musd, strict=True):
            common = {"id": f"{way.instrument.replace(' ', '-')}-{part.id}", "plant": part.id, "published": since}
            if way.price_usd_per_kg is None:
                amount = way.amount * investment / whole
                support.append({**common, "kind": way.instrument, "amount": f"{amount:.6f}", "from": since})
            elif part is one.main:
                offtakes.append(
                    {
                        **common,
                        "tonnes_a_year": f"{one.capacity_t:.6f}",
                        "price": f"{way.price_usd_per_kg:.6f}",
                        "from": since,
                    }
                )
    return PoliciesAsked.model_validate({"support": support, "offtakes": offtakes})
