"""The report data of a case with the names of its company as a page in a language shows them."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.firm.own_names import in_own_names, quoted


def company_named(body: BriefBody, lang: Lang) -> BriefBody:
    """Returns report data with options, scenarios and parts of the company in the language of a page.

    Args:
        body: The report data; they are not changed, and in English they are returned as they are.
        lang: Language of the page.
    """
    if lang != "zh":
        return body
    shown = body.copy()
    if "stops" in body:
        shown["stops"] = in_own_names(body["stops"], lang)
    if "mix" in body:
        shown["mix"] = in_own_names(body["mix"], lang)
        if "late_drawn" in body:
            shown["late_drawn"] = in_own_names(body["late_drawn"], lang, body["mix"].get("names_zh", {}))
    if "company_names" in body:
        chinese = body.get("company_names_zh", {})
        names = body["company_names"]
        shown["company_names"] = {key: chinese.get(key) or quoted(name) for key, name in names.items()}
    return shown
