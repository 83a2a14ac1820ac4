"""What would change the results of several jurisdictions, and how each changes over time."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.verbs.depth import depth_dict, depth_lines
from coercivity.verbs.jurisdictions.answer import DealAnswers


def plain_with_depth(found: DealAnswers, *, turns: bool, days: bool) -> dict[str, object]:
    """Returns the answers as plain data; each jurisdiction with `flips` and `windows` if asked, beside its audit trail.

    Args:
        found: The answers.
        turns: The smallest changes of facts, and the first later date, that give another outcome.
        days: The result for every date, as periods.
    """
    plain = found.as_dict()
    sides = [
        {**told, **depth_dict(side.answer, papers=False, turns=turns, days=days)}
        for told, side in zip(plain["jurisdictions"], found.sides, strict=True)
    ]
    return {**plain, "jurisdictions": sides}


def lines_with_depth(
    found: DealAnswers, lang: Lang, *, explain: bool = False, turns: bool = False, days: bool = False
) -> Iterator[str]:
    """Yields the answers as lines of text; each jurisdiction followed by what would change its result, if asked."""
    yield from found.head_lines(lang)
    for side in found.sides:
        yield from side.lines(lang, explain=explain)
        if turns or days:
            for line in depth_lines(side.answer, lang, papers=False, turns=turns, days=days):
                yield f"  {line}"
