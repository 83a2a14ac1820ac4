"""Supporting information for a result: codes, licence routes, documents, time limits, obligations, penalties, practice.

Law and reported practice are kept apart and never added up. None of it enters a decision hash.
"""

from __future__ import annotations

from decimal import Decimal

from coercivity.law.consequences.exposure import exposure
from coercivity.law.consequences.procedure import procedure
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.reasons import grounds
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.report_data import SheetData
from coercivity.papers.shared.days import calendar_data
from coercivity.papers.shared.parts import destination_of, exposure_part, law_part, practice_part
from coercivity.practice.times import practice_times


def sheet(
    book: Rulebook, decision: Decision, *, turnover_cny: Decimal | None = None, income_cny: Decimal | None = None
) -> SheetData:
    """Returns the supporting information for a result as plain data.

    Args:
        book: The rulebook.
        decision: The decision.
        turnover_cny: Illegal turnover of a breach, if known [CNY].
        income_cny: Illegal income of a breach, if known [CNY].
    """
    place = destination_of(decision.deal)
    seen_from = min(decision.on, decision.known)
    found = exposure(book, decision, turnover_cny=turnover_cny, income_cny=income_cny)
    body: SheetData = {
        "codes": list(dict.fromkeys(code for rule in grounds(book, decision) for code in rule.provision.control_codes)),
        "law": law_part(book, procedure(book, decision), decision.on, calendar_of(book)),
        "exposure": exposure_part(book, found),
        "practice": practice_part(practice_times(seen_from, place)) if place is not None else None,
    }
    calendar = calendar_data(book)
    if calendar is not None:
        body["calendar"] = calendar
    return body
