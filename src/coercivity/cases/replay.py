"""Decides deals again: on several dates, or with another rulebook than before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coercivity.base.days import Day
from coercivity.cases.sources import NamedDeal, Past
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.proof import proof
from coercivity.law.explain.proof_parts import Proof
from coercivity.law.explain.reasons import effect_of
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Replayed:
    """One deal on one date.

    Attributes:
        effects: Effect of each instrument that is relevant to the deal on some day, on this date (see `effect_of`).
        proof: The new proof; the earlier one, if any, is kept in `past`.
        past: The earlier result.
    """

    id: str
    title: str
    on: Day
    decision: Decision
    effects: Mapping[str, str]
    proof: Proof
    past: Past | None = None

    @property
    def outcome(self) -> Outcome:
        """One of the four outcomes."""
        return self.decision.outcome

    @property
    def changed(self) -> bool:
        """Whether the result differs from the earlier one; a different hash alone is not a change."""
        past = self.past
        return past is not None and (past.outcome, past.finding) != (self.outcome.value, self.decision.finding.word)

    def as_dict(self) -> dict[str, Any]:
        """Returns the result, and the earlier one, as plain data for JSON."""
        found: dict[str, Any] = {
            "id": self.id,
            "on": self.on.isoformat(),
            "outcome": self.outcome.value,
            "finding": self.decision.finding.word,
            "effects": dict(self.effects),
            "proof": dict(self.proof),
        }
        if self.past is not None:
            found["was"] = {"outcome": self.past.outcome, "finding": self.past.finding, "proof": dict(self.past.proof)}
            found["changed"] = self.changed
        return found


def replay(
    book: Rulebook,
    deals: Sequence[NamedDeal],
    days: Sequence[Day],
    *,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
    progress: Progress | None = None,
) -> list[Replayed]:
    """Returns every deal on every date, deal by deal.

    Args:
        book: The rulebook.
        deals: The deals; those with an earlier result keep their dates if none are given.
        days: Transaction dates. Default: the date of each deal.
        known: Information cut-off. Default: that of each deal, or the default for its date.
        assume: Planning assumptions. Default: those of the earlier result.
        progress: Called with the number of deals done and the total.
    """
    found = []
    for done, entry in enumerate(deals, 1):
        found += _on_each(book, entry, days, known, assume)
        if progress is not None:
            progress(done, len(deals))
    return found


def _on_each(
    book: Rulebook,
    entry: NamedDeal,
    days: Sequence[Day],
    known: Day | None,
    assume: Mapping[str, Assumption] | None,
) -> list[Replayed]:
    past = entry.past
    own = [entry.on] if entry.on is not None else []
    decisions = []
    for day in days or own:
        same = past is not None and day == past.on
        known_day = known or (entry.known if same or past is None else None)
        picked = assume if assume is not None else (past.assume if past is not None else {})
        decisions.append(decide(book, entry.deal, day, known=known_day, assume=picked))
    touched = sorted({name for decision in decisions for name in _touching(book, decision)})
    return [
        Replayed(
            id=entry.id,
            title=entry.title,
            on=decision.on,
            decision=decision,
            effects={name: effect_of(book, decision, name) for name in touched},
            proof=proof(book, decision),
            past=past if past is not None and decision.on == past.on else None,
        )
        for decision in decisions
    ]


def _touching(book: Rulebook, decision: Decision) -> list[str]:
    names = {book.rules[rank].instrument.id for rank in decision.live}
    return [name for name in names if effect_of(book, decision, name) != "not_listed"]
