"""The other interpretation of "until": the result if the last day of a suspension were not included."""

from __future__ import annotations

from coercivity.base.days import ONE_DAY
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption


def read_the_other_way(book: Rulebook, decision: Decision) -> Decision | None:
    """Returns the result under the other interpretation; None unless the date is the last of a relevant suspension.

    Under it the suspension ended the day before, so its last day is like the day after a lapse under ours: the deal is
    decided for the next day, with the suspensions concerned lapsed.

    Args:
        book: The rulebook.
        decision: The decision under our interpretation.
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
