"""Deals for the rules of several jurisdictions: read once with the facts of all, then as each rulebook reads them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from coercivity.data.catalogue import FactCatalogue
from coercivity.data.input import Input
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.other_content import OTHER_CONTENT
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.overlay import read_overlays
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

ASSUMED = "assumption"  # source of a fact that a planning assumption supposes
# An entry that was not understood is asked for under the fact it states.
ASKED_AS = {"composition": "elements", "material": "form"}


@dataclass(frozen=True, slots=True)
class Abroad:
    """The rules of one other jurisdiction.

    Attributes:
        jurisdiction: Its code.
        overlays: User-supplied notices about its law.
        assume: Planning assumptions by instrument.
        scenarios: What is assumed to have become of a rule, by fact.
    """

    jurisdiction: str
    overlays: tuple[Input, ...] = ()
    assume: Mapping[str, Assumption] = field(default_factory=dict)
    scenarios: Mapping[str, FactValue] = field(default_factory=dict)

    def book(self) -> Rulebook:
        """Returns the rulebook.

        Raises:
            CoercivityError: With every error in the user-supplied notices.
        """
        return load_rulebook(abroad_folder(), read_overlays(self.overlays), self.jurisdiction)


@lru_cache(maxsize=8)
def reading_book(china: Rulebook) -> Rulebook:
    """Returns the rulebook on China with the facts of all jurisdictions; no rule of it reads more than before."""
    own, other = china.catalogue, load_rulebook(abroad_folder()).catalogue
    specs = [*own.values(), *(spec for name, spec in other.items() if name not in own)]
    found = copy.copy(china)
    object.__setattr__(found, "catalogue", FactCatalogue(specs, own.countries))
    return found


def deal_abroad(deal: Deal, book: Rulebook, scenarios: Mapping[str, FactValue]) -> Deal:
    """Returns a deal with the facts that the rules of another jurisdiction read, and the scenarios that are assumed.

    Chinese lists, names screened against them and declarations about Chinese law are not passed on.

    Args:
        deal: The deal, read with the facts of all jurisdictions.
        book: The rulebook on the other jurisdiction.
        scenarios: What is assumed to have become of a rule, by fact.
    """
    facts = {name: value for name, value in deal.facts.items() if name in book.catalogue}
    said_by = {name: deal.said_by[name] for name in facts if name in deal.said_by}
    return Deal(
        {**facts, **scenarios},
        {**said_by, **dict.fromkeys(scenarios, ASSUMED)},
        unread=unread_abroad(deal.unread, book),
    )


def unread_abroad(names: Iterable[str], book: Rulebook) -> tuple[str, ...]:
    """Returns what could not be read and may state a fact that the rules of another jurisdiction read.

    Args:
        names: Facts and entries that could not be read.
        book: The rulebook on the other jurisdiction.
    """
    return tuple(name for name in names if name == OTHER_CONTENT or ASKED_AS.get(name, name) in book.catalogue)
