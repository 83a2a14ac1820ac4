"""Results of the law for what options need, each decided once for a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from coercivity.base.days import Day
from coercivity.firm.company.model import Company
from coercivity.firm.option_law.findings import Finding, Goods, Key, deal_finding, goods_findings
from coercivity.firm.option_law.results import OptionDeal
from coercivity.law.engine.decide import decide
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption


@dataclass(slots=True)
class Decided:
    """Goods and transactions as decided by day.

    Attributes:
        book: The rulebook.
        company: The company, for its suppliers, plants, parts and declarations.
        known: Information cut-off.
        assume: Planning assumptions, by instrument.
    """

    book: Rulebook
    company: Company
    known: Day | None
    assume: Mapping[str, Assumption]
    _goods: dict[tuple[Key, Day], Finding] = field(default_factory=dict)
    _deals: dict[tuple[str, Day], Finding] = field(default_factory=dict)

    def ask(self, goods: Iterable[tuple[Goods, Day]]) -> None:
        """Decides goods for days, many at once.

        Raises:
            CoercivityError: With every country and declaration that cannot be read.
        """
        asked = {
            (one.key[0], f"{one.key[1]}\n{day}"): replace(one, key=(one.key[0], f"{one.key[1]}\n{day}"), day=day)
            for one, day in goods
            if (one.key, day) not in self._goods and not replace(one, day=day).blank
        }
        found = goods_findings(self.book, self.company, asked.values(), known=self.known, assume=self.assume)
        for (kind, name), finding in found.items():
            own, _, day = name.rpartition("\n")
            self._goods[(kind, own), Day.fromisoformat(day)] = finding

    def goods(self, goods: Goods, day: Day) -> Finding | None:
        """Returns the result for goods on a day; None for those with a blank cell."""
        if (goods.key, day) not in self._goods:
            self.ask([(goods, day)])
        return self._goods.get((goods.key, day))

    def deal(self, one: OptionDeal, day: Day | None = None) -> Finding:
        """Returns the result for a transaction on its own date, or on another day."""
        on = one.decision.on if day is None else day
        if (one.deal, on) not in self._deals:
            decision = one.decision
            if on != decision.on:
                decision = decide(self.book, one.given, on, known=self.known, assume=self.assume)
            self._deals[one.deal, on] = deal_finding(self.book, replace(one, decision=decision))
        return self._deals[one.deal, on]
