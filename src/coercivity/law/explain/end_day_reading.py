"""The other reading of "until": what an answer would be, were the last day of a pause not included."""

from __future__ import annotations

from coercivity.base.days import ONE_DAY
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption


def read_the_other_way(book: Rulebook, decision: Decision) -> Decision | None:
    """Returns the answer by the other reading, or None where the day is the last one of no pause that matters.

    Read the other way, a pause ended the day before, so its last day is what the day after a lapse is by our reading:
    the deal is answered for the next day, with the pauses concerned taken as lapsed.

    Args:
        book: The law.
        decision: The answer by our reading.
    """
    concerned = {
        book.rules[rank].instrument.id
        for rank in decision.live
        if decision.statuses[rank].other_reading is not None and rank in book.in_play(decision.live)
    }
    if not concerned:
        return None
    lapsed = {name: Assumption(lapsed=True) for name in concerned}
    assume = {**decision.assume, **lapsed}
    return decide(book, decision.deal, decision.on + ONE_DAY, known=decision.known, assume=assume)
