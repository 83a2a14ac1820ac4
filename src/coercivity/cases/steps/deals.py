"""A deal with the facts that follow from the steps of its chain."""

from __future__ import annotations

from dataclasses import replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.cases.steps.facts import FromSteps, facts_of_steps, with_steps
from coercivity.cases.steps.rows import read_steps
from coercivity.law.engine.decide import Deal
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
