"""The result for a deal, in the same form for one deal, a file and a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.cases.claims import Disagreement
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.data.values import plain_value
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.questions import Question
from coercivity.law.explain.reasons import Reason
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.papers.deal.answer_frames import answer_frames
from coercivity.papers.deal.answer_text import answer_lines
from coercivity.papers.deal.asked import asked_data
from coercivity.papers.deal.lots.text import lot_data
from coercivity.papers.deal.report_data import AnswerData, OpenReason, WhyUnknown
from coercivity.papers.deal.why import why_unknown
from coercivity.papers.shared.report_data import Proof
from coercivity.papers.shared.tables.tabled import Frames, Tabled


@dataclass(frozen=True, slots=True)
class Answer(Tabled):
    """The result for one deal.

    Attributes:
        book: The rulebook that it is based on.
        decision: None if no date was given: the result is UNKNOWN and asks for the date.
        asked_known: Information cut-off that was requested; None for the default of the date.
        proof: Audit trail as plain data, with the decision hash; empty if no date was given.
        other_reading: The result if the last day of a suspension is not counted; None on any other date.
        disagreements: Statements of an order, a label or a supplier that contradict the facts used.
        grounds: Rules that the result is based on, strongest first.
        lot_findings: What the documents of the lots of the deal show.

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
    lot_findings: tuple[LotFinding, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """One of four."""
        return self.decision.outcome if self.decision is not None else Outcome.UNKNOWN

    @property
    def why_unknown(self) -> list[WhyUnknown]:
        """Why it is undetermined: information missing, legal status unconfirmed, or rules not verified to the date."""
        if self.decision is None:
            return []
        return why_unknown(self.book, self.decision, self.reasons, self.question)

    def as_dict(self) -> AnswerData:
        """Returns the result as plain data for JSON."""
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
        if self.lot_findings:
            found["papers"] = lot_data(self.lot_findings)
        if self.other_reading is not None:
            other = self.other_reading
            found["other_reading"] = {"outcome": other.outcome.value, "finding": other.finding.word}
        if self.question is not None:
            found["ask"] = self.question.fact
            if self.decision is not None:
                found["question"] = asked_data(self.book, self.decision, self.question)
        return found

    def lines(self, lang: Lang, *, explain: bool = False) -> Iterator[str]:
        """Yields the result as lines of text, with the audit trail if `explain` is set."""
        return answer_lines(self, lang, explain=explain)

    def _frames(self) -> Frames:
        return answer_frames([self])

    def _headline(self) -> str:
        return next(self.lines("en"))


def _reason(reason: Reason) -> OpenReason:
    found: OpenReason = {"kind": reason.kind, "names": list(reason.names)}
    if reason.lists:
        found["lists"] = list(reason.lists)
    if reason.day:
        found["day"] = reason.day.isoformat()
    return found
