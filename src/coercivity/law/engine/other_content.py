"""Words of a text that were not understood, beside facts that were: they hold a PROCEED back until somebody answers.

What was read holds: a licence or a prohibition follows from it. That nothing is needed does not follow while a word
that was not understood may name another item, activity, party or military use.
"""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.data.values import FactValue

OTHER_CONTENT = "other_content"


def with_other_content(facts: Mapping[str, FactValue], unread: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the unread entries of a deal after the answer of its author about words that were not understood.

    Answered with no, they are settled; answered with yes, they hold the result open even if no text is at hand;
    unanswered they stay as they are.

    Args:
        facts: The facts of the deal.
        unread: Names of entries that could not be read.
    """
    said = facts.get(OTHER_CONTENT)
    if said is None or (said is True) == (OTHER_CONTENT in unread):
        return unread
    return (*unread, OTHER_CONTENT) if said is True else tuple(name for name in unread if name != OTHER_CONTENT)


def wholly_unread(unread: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the entries of which nothing was understood; these hold a licence back too."""
    return tuple(name for name in unread if name != OTHER_CONTENT)
