"""What the law says of the options of a mix, as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from coercivity.base.words import Lang
from coercivity.firm.option_law.results import GradeLaw, LicenceTime, OptionLaw
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.assumed_law import assumption_in_both
from coercivity.papers.firm.mix.report_data import MixGradeLawData, MixLicenceTimeData, MixOptionLawData
from coercivity.papers.shared.names import called
from coercivity.papers.shared.paper.figures import day_or_none

_LANGS: tuple[Lang, ...] = ("en", "zh")


def option_law_data(law: Iterable[OptionLaw], book: Rulebook | None) -> list[MixOptionLawData]:
    """Returns the result of the law for each option, then for stock of which it tells anything.

    Args:
        law: The results.
        book: The rulebook, for names of clauses and whom to ask; without it clauses have their ids.
    """
    return [_entry(one, book) for one in law if one.kind == "option" or _is_told(one)]


def _is_told(one: OptionLaw) -> bool:
    return one.outcome is not None or one.stated or not one.counted


def _entry(one: OptionLaw, book: Rulebook | None) -> MixOptionLawData:
    asked = one.outcome is not None
    clauses = dict.fromkeys((*one.clauses, *(name for grade in one.grades.values() for name in grade.clauses)))
    return {
        "option": one.name,
        "kind": one.kind,
        "asked": asked,
        "outcome": one.outcome.value if one.outcome is not None else "",
        "on": day_or_none(one.on) if asked else None,
        "day_from": one.day_from if asked else "",
        "clauses": list(one.clauses),
        "clause_names": {} if book is None else {n: {lang: called(book, n, lang) for lang in _LANGS} for n in clauses},
        "deals": list(one.deals),
        "deal_outcomes": {deal: outcome.value for deal, outcome in one.deals.items()},
        "deals_after": {deal: day.isoformat() for deal, day in one.deals_after.items()},
        "counted": one.counted,
        "not_counted": one.not_counted,
        "stated": one.stated,
        "said_by": one.said_by,
        "missing": list(one.missing),
        "questions": list(one.questions),
        "causes": list(one.causes),
        "ask_whom": {} if book is None else _whom(book, one.questions),
        "names": {"en": list(one.names), "zh": list(one.names_zh)} if one.names else {},
        "checked_through": day_or_none(one.checked_through),
        "months": one.months,
        "days": [day.isoformat() for day in one.days],
        "grades": [_grade(name, grade) for name, grade in one.grades.items()],
        "licence": _time(one.licence),
        "assumed": {text: assumption_in_both(book, text) for text in one.assumed},
    }


def _grade(name: str, one: GradeLaw) -> MixGradeLawData:
    return {
        "grade": name,
        "outcome": one.outcome.value if one.outcome is not None else "",
        "months": one.months,
        "last": one.last,
        "ends_on": day_or_none(one.ends_on),
        "on": day_or_none(one.on),
        "clauses": list(one.clauses),
        "not_counted": one.not_counted,
    }


def _whom(book: Rulebook, questions: Iterable[str]) -> dict[str, str]:
    """Returns whom to ask for the facts that are open, each text once."""
    found = [book.cards.whom[name] for name in questions if name in book.cards.whom]
    if not found:
        return {}
    return {
        "en": " ".join(dict.fromkeys(text.en for text in found)),
        "zh": "".join(dict.fromkeys(text.zh for text in found)),
    }


def _time(time: LicenceTime | None) -> MixLicenceTimeData | None:
    if time is None:
        return None
    return {
        "filed_on": time.filed_on.isoformat(),
        "decided_by": day_or_none(time.decided_by),
        "months": time.months,
        "entered": time.entered,
        "assumed": time.assumed,
        "held": time.held,
        "held_until": day_or_none(time.held_until),
        "practice_by": day_or_none(time.practice_by),
    }
