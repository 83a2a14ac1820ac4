"""The shape in which an answer leaves the program, the same for one deal, a file, and a brief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.cases.claims import Disagreement
from coercivity.data.values import plain_value
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.questions import Question
from coercivity.law.explain.reasons import Reason
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.papers.deal.answer_text import answer_lines
from coercivity.papers.deal.report_data import AnswerData, OpenReason, WhyUnknown
from coercivity.papers.deal.why import why_unknown
from coercivity.papers.shared.report_data import Proof


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one deal.

    Attributes:
        book: The law by which it was reached.
        decision: None where no day was given: the answer is UNKNOWN and asks for the day.
        asked_known: Day of knowledge that was asked for; None where it is the default of the day.
        proof: Proof as plain data, with the decision hash; empty where no day was given.
        other_reading: The answer, were the last day of a pause not included; None on any other day.
        disagreements: What an order, a label or a supplier says against the facts judged.
        grounds: Rules on which the finding rests, strongest first.

    Examples:
        >>> answer = coercivity.decide({"act": "goods", "from": "CN"}, on="2025-08-15")
        >>> answer.outcome.value, answer.question.fact
        ('UNKNOWN', 'form')
    """

    id: str
    title: str
    book: Rulebook
    on: Day | None
    decision: Decision | None
    proof: Proof
    grounds: tuple[Rule, ...]
    reasons: tuple[Reason, ...]
    question: Question | None
    other_reading: Decision | None = None
    disagreements: tuple[Disagreement, ...] = ()
    asked_known: Day | None = None

    @property
    def outcome(self) -> Outcome:
        """One of four."""
        return self.decision.outcome if self.decision is not None else Outcome.UNKNOWN

    @property
    def why_unknown(self) -> list[WhyUnknown]:
        """Which of three holds it open: facts are missing, the law is unconfirmed, or it was not checked since."""
        if self.decision is None:
            return []
        return why_unknown(self.book, self.decision, self.reasons, self.question)

    def as_dict(self) -> AnswerData:
        """Returns the answer as plain data for JSON."""
        outcome, grounds = self.outcome.value, [rule.id for rule in self.grounds]
        why_open = [_reason(entry) for entry in self.reasons]
        found: AnswerData
        if self.decision is None:
            found = {"id": self.id, "title": self.title, "outcome": outcome, "grounds": grounds, "reasons": why_open}
        else:
            found = {
                "id": self.id,
                "title": self.title,
                "outcome": outcome,
                "finding": self.decision.finding.word,
                "proof": self.proof,
                "grounds": grounds,
                "reasons": why_open,
            }
        if why := self.why_unknown:
            found["unknown_because"] = why
        if self.decision is not None and self.decision.deal.name_questions:
            found["names"] = [question.plain() for question in self.decision.deal.name_questions]
        if self.disagreements:
            found["disagreements"] = [
                {
                    "by": entry.claim.by,
                    "fact": entry.claim.fact,
                    "value": plain_value(entry.claim.value),
                    "against": {name: plain_value(value) for name, value in entry.against.items()},
                }
                for entry in self.disagreements
            ]
        if self.other_reading is not None:
            other = self.other_reading
            found["other_reading"] = {"outcome": other.outcome.value, "finding": other.finding.word}
        if self.question is not None:
            found["ask"] = self.question.fact
        return found

    def lines(self, lang: Lang, *, explain: bool = False) -> Iterator[str]:
        """Returns the answer as lines of text, with its proof where it is to be explained."""
        return answer_lines(self, lang, explain=explain)


def _reason(reason: Reason) -> OpenReason:
    found: OpenReason = {"kind": reason.kind, "names": list(reason.names)}
    if reason.day:
        found["day"] = reason.day.isoformat()
    return found
