"""The verb `data cut`: what a cut at a day removes from the packs, and what it keeps although nothing dates it."""

from __future__ import annotations

from coercivity.base.days import Day, day_of, needed_day
from coercivity.base.errors import Fault, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN
from coercivity.data.cut.listed import CutList, cut_list, last_known_on
from coercivity.data.packs import list_packs, open_pack
from coercivity.papers.data_package.cut_text import cut_lines

__all__ = ["CutList", "cut_text", "data_cut", "nothing_cut"]

MARKET = ("practice", "world")  # the packs that a run of the market reads besides the law


def data_cut(known: Day | str) -> CutList:
    """Returns what a cut at a day removes from the packs, what it keeps without a date, and what is not cut.

    Args:
        known: Information cut-off: rows that were not known by then are removed.

    Raises:
        CoercivityError: If the day cannot be read, or a pack is invalid.

    Examples:
        >>> from coercivity.verbs.data_cut import data_cut
        >>> found = data_cut("2025-04-30")
        >>> [row["replaced_by"] for row in found["removed"] if row["id"] == "E073"]
        ['E086']
    """
    day = known if isinstance(known, Day) else needed_day(known, KNOWN)
    return cut_list([open_pack(name) for name in list_packs()], day)


def nothing_cut(known: Day | str | None) -> list[Fault]:
    """Returns a notice if everything that a run reads was known on a day; none without a day or of one that is invalid.

    Rows kept for a test of the past are removed by any cut, and do not count.

    Args:
        known: Information cut-off.
    """
    day = day_of(known, KNOWN, Faults()) if isinstance(known, str) else known
    if day is None:
        return []
    last = last_known_on([open_pack(name) for name in MARKET])
    if day < last:
        return []
    what = f"everything in the data sets was known on {last.isoformat()}, so that the cut-off removes nothing"
    return [Fault("CUT-NOTHING", what, where=KNOWN, next="give an earlier day, or leave it out")]


def cut_text(found: CutList, lang: Lang = "en") -> tuple[str, ...]:
    """Returns a cut as lines for a terminal.

    Args:
        found: What it removes and keeps.
        lang: Language of the words.
    """
    return cut_lines(found, lang)
