"""What happens on a date, in words: events of the rules, and the ends of what was checked and of what counts."""

from __future__ import annotations

from coercivity.base.days import ONE_DAY
from coercivity.law.explain.timeline import TimelineStep, Window
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.words import paper_words

PACK = "pack"  # the list of announcements, where an instrument would be named
_STEPS = paper_words("brief_words", "steps")


def step_words(kind: str, *, after_known: bool = False) -> Text:
    """Returns what happens on a date.

    Args:
        kind: Kind of the event.
        after_known: Whether the date follows the information cut-off, and not a check of the rules.
    """
    return _STEPS.get("after_known" if after_known else kind, {"en": kind.replace("_", " "), "zh": kind})


def window_step_words(book: Rulebook, window: Window, step: TimelineStep) -> Text:
    """Returns what happens on the first day of a period."""
    known = window.decision.known
    cut_off = known < book.checked_through and window.start == known + ONE_DAY
    return step_words(step.kind, after_known=cut_off and step.kind == "checked_through" and step.instrument_id == PACK)
