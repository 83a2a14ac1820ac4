"""Results of deals as data frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from coercivity.papers.shared.names import clause_short
from coercivity.papers.shared.tables.frames import Frames, frame_of

if TYPE_CHECKING:
    from coercivity.papers.deal.answer import Answer

_ANSWER = ("id", "title", "on", "outcome", "finding", "grounds", "ask", "hash")
_GROUNDS = ("id", "clause", "instrument", "short", "gist")
_REASONS = ("id", "kind", "name", "on")


def answer_frames(answers: Sequence[Answer]) -> Frames:
    """Returns the tables by name: the results, the clauses they are based on, and what is open.

    Args:
        answers: The results.
    """
    return {
        "answers": partial(frame_of, _ANSWER, list(map(_answer, answers))),
        "grounds": partial(frame_of, _GROUNDS, list(_grounds(answers))),
        "reasons": partial(frame_of, _REASONS, list(_reasons(answers))),
    }


def _answer(found: Answer) -> tuple[str | None, ...]:
    decided = found.decision is not None
    return (
        found.id,
        found.title or None,
        found.on.isoformat() if found.on is not None else None,
        found.outcome.value,
        found.decision.finding.word if found.decision is not None else None,
        ";".join(rule.id for rule in found.grounds) or None,
        found.question.fact if found.question is not None else None,
        found.proof["hash"] if decided else None,
    )


def _grounds(answers: Sequence[Answer]) -> Iterator[tuple[str, ...]]:
    for found in answers:
        for rule in found.grounds:
            short = clause_short(rule.instrument, rule.provision, "en")
            yield found.id, rule.id, rule.instrument.id, short, rule.provision.gist.en


def _reasons(answers: Sequence[Answer]) -> Iterator[tuple[str | None, ...]]:
    for found in answers:
        for reason in found.reasons:
            day = reason.day.isoformat() if reason.day else None
            for name in reason.names or ("",):
                yield found.id, reason.kind, name or None, day
