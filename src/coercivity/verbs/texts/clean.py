"""A text as people send it, without what cannot be seen, and within the limits."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError
from coercivity.base.words import steers
from coercivity.intake.words.read import LONGEST_TEXT

TEXT = "text"  # the place of a fault
_KEPT = frozenset("\n\t\r")


def clean_text(text: str, *, where: str = TEXT) -> tuple[str, tuple[str, ...]]:
    """Returns a text without control and direction characters, and a note if there were any.

    Args:
        text: The text as sent.
        where: Location for messages.

    Raises:
        CoercivityError: If the text is blank, or too long.
    """
    if len(text) > LONGEST_TEXT:
        what = f"the text has {len(text):,} characters; the limit is {LONGEST_TEXT:,}"
        step = "send the part that describes the deal; put several deals into a table and run `coercivity batch`"
        raise CoercivityError.of("TEXT-LENGTH", what, where=where, next=step)
    dropped = [place for place, sign in enumerate(text, 1) if sign not in _KEPT and steers(sign)]
    if dropped:
        gone = set(dropped)
        text = "".join(sign for place, sign in enumerate(text, 1) if place not in gone)
    if not text.strip():
        step = "describe the deal: item or service, from where to where, for which use"
        raise CoercivityError.of("TEXT-EMPTY", "the text is blank", where=where, next=step)
    if not dropped:
        return text, ()
    if len(dropped) == 1:
        return text, (f"an invisible or control character left out, at character {dropped[0]}",)
    return text, (f"{len(dropped)} invisible or control characters left out, the first at character {dropped[0]}",)
