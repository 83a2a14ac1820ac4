"""An option grade by grade: from which month on, to which, and for which grades it is not counted."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import say
from coercivity.papers.firm.mix.report_data import MixGradeLawData, MixOptionLawData
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.figures import listed
from coercivity.papers.shared.paper.sections import Wording


def differ(one: MixOptionLawData) -> bool:
    """Returns whether an option can be used for one of its grades sooner than for another.

    Args:
        one: The result for the option.
    """
    return len({each["months"] for each in one["grades"] if not each["not_counted"]}) > 1


def by_grade(one: MixOptionLawData, w: Wording) -> Iterator[str]:
    """Yields what differs between the grades of an option, and where a later rule ends it.

    Args:
        one: The result for the option.
        w: The words.
    """
    name = one["option"]
    lawful = [each for each in one["grades"] if not each["not_counted"]]
    if differ(one):
        yield w("from_month", name, listed((w("grade_from", e["grade"], e["months"] + 1) for e in lawful), w.lang))
    for each in lawful:
        if each["last"] is not None and each["ends_on"] is not None:
            told = each["last"], day_text(each["ends_on"], w.lang), _clauses(one, each, w)
            yield w("ends_for", name, each["grade"], *told) if each["grade"] else w("ends", name, *told)
    for each in one["grades"]:
        if each["not_counted"]:
            why, on = w(each["not_counted"], table="out"), each["on"]
            day, clauses = day_text(on, w.lang) if on else "–", _clauses(one, each, w)
            yield w("grade_out", name, each["grade"], day, why, clauses)


def _clauses(one: MixOptionLawData, each: MixGradeLawData, w: Wording) -> str:
    """Returns the clauses with semicolons, for a name may have a comma of its own."""
    told = [say(one["clause_names"].get(name, {"en": name}), w.lang) for name in each["clauses"]]
    return ("；" if w.lang == "zh" else "; ").join(told) or w("no_clause")
