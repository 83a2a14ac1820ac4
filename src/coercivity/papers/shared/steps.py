"""What happens on a date, in words: events of the rules, and the ends of what was checked and of what counts."""

from __future__ import annotations

from coercivity.base.days import ONE_DAY
from coercivity.law.explain.timeline import TimelineStep, Window
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.words import paper_words

PACK = "pack"  # the list of announcements, where an instrument would be named
_CHECKS = ("checked_through", "first_unverified")
_STEPS = paper_words("brief_words", "steps")


def step_words(kind: str, *, after_known: bool = False, after_vouch: bool = False) -> Text:
    """Returns what happens on a date.

    Args:
        kind: Kind of the event.
        after_known: Whether the date follows the information cut-off, and not a check of the rules.
        after_vouch: Whether the date follows a check stated by a user, and not one of ours.
    """
    word = "after_known" if after_known else "after_vouch" if after_vouch and kind in _CHECKS else kind
    return _STEPS.get(word, {"en": kind.replace("_", " "), "zh": kind})


def window_step_words(book: Rulebook, window: Window, step: TimelineStep) -> Text:
    """Returns what happens on the first day of a period."""
    known, last = window.decision.known, window.start - ONE_DAY
    cut_off = known < book.checked_through and last == known
    return step_words(
        step.kind,
        after_known=cut_off and step.kind == "checked_through" and step.instrument_id == PACK,
        after_vouch=book.ends_with_a_vouch(last),
    )
