"""What the words of a deal only suggest: it orders the choices of a question and answers none."""

from __future__ import annotations

from coercivity.data.values import FactValue
from coercivity.intake.words.results import PartRead, WordsRead

Hints = dict[str, tuple[FactValue, ...]]


def hints_of(part: PartRead) -> Hints:
    """Returns the values that the words suggest about one deal of a text, by fact."""
    return {name: tuple(one.value for one in told) for name, told in part.hints.items()}


def hints_of_text(read: WordsRead | None, part: int = 0) -> Hints:
    """Returns the values that a text suggests about the deal that is meant; none if it names several.

    Args:
        read: The text as read; None without one.
        part: Number of the deal, from 1; 0 for the only one.
    """
    parts = read.parts if read is not None else ()
    if not 0 <= part <= len(parts) or not parts or (len(parts) > 1 and not part):
        return {}
    return hints_of(parts[max(part, 1) - 1])
