"""A deal with the facts that follow from the steps of its chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.cases.steps.facts import FromSteps, agree, facts_of_steps, with_steps, written
from coercivity.cases.steps.rows import read_steps
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import STATED, Deal
from coercivity.law.engine.derived_facts import CONFLICT, conflicts
from coercivity.law.rules.rulebook import Rulebook


def deal_with_steps(book: Rulebook, deal: Deal, raw: object, where: str, faults: Faults, on: Day | None = None) -> Deal:
    """Returns a deal with the facts that follow from the steps of its chain, as far as the rulebook has them.

    Args:
        book: The rulebook, for its facts.
        deal: The deal as stated; what it states is kept.
        raw: The steps as written.
        where: Location for messages.
        faults: Collects every error in the steps, and every stated fact that they contradict.
        on: Transaction date, if known.
    """
    found = facts_of_steps(read_steps(book, raw, where, faults), deal.facts.get("magnet_type"), on)
    names = [name for name in found.facts if name in book.catalogue]
    own = FromSteps({name: found.facts[name] for name in names}, {name: found.said_by[name] for name in names})
    whole = with_steps(deal.facts, deal.said_by, own, where, faults)
    return replace(deal, facts=whole.facts, said_by=whole.said_by)


def deal_with_facts(deal: Deal, more: Mapping[str, FactValue], where: str, faults: Faults) -> Deal:
    """Returns a deal with further facts, such as those that only other jurisdictions ask for.

    Args:
        deal: The deal as read.
        more: The further facts.
        where: Location for messages.
        faults: Collects every further fact that contradicts the deal.
    """
    for name, value in more.items():
        if name in deal.facts and not agree(deal.facts[name], value):
            what = f"the fact {name} is {written(value)}, but the deal says {written(deal.facts[name])}"
            faults.add(CONFLICT, what, where=where, next="correct one of the two")
    before, after, facts = Faults(), Faults(), {**deal.facts, **more}
    conflicts(deal.facts, where=where, faults=before)
    conflicts(facts, where=where, faults=after)
    faults.items.extend(fault for fault in after.items if fault not in before.items)
    return replace(deal, facts=facts, said_by={**deal.said_by, **dict.fromkeys(more, STATED)})
