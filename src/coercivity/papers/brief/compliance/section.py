"""The section on what compliance costs: filings, time, people, money, a second vendor, waiting for a clear law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from coercivity.base.words import Lang
from coercivity.papers.brief.compliance.report_data import ColumnData, ComplianceData, FineData, TransferData
from coercivity.papers.brief.compliance.tables import clause_name, head_text, section_tables
from coercivity.papers.brief.paper.page_one.licences import decision_clocks
from coercivity.papers.brief.paper.rounding import amount_range, chance, keur
from coercivity.papers.brief.paper.wording import ids_text, in_order, listed, semi
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.sections import PaperSection, Wording

TABLES = ("headings", "titles", "columns", "kinds", "figures", "units", "words")
_NONE = "none"


def wording(lang: Lang) -> Wording:
    """Returns the words of the section in one language."""
    return Wording.of("brief_compliance", TABLES, lang)


def compliance_section(body: BriefBody, found: ComplianceData, lang: Lang) -> PaperSection:
    """Returns the section.

    Args:
        body: The report data.
        found: What compliance costs.
        lang: Language.
    """
    w = wording(lang)
    return w.section("compliance", _sentences(body, found, w), section_tables(body, found, w), [w("note")])


def states_cost(body: BriefBody) -> bool:
    """Returns whether a case states anything of the cost of compliance; else the section is in the workbook only."""
    return "compliance" in body and bool(body["compliance"]["figures"] or body["compliance"]["vendors"])


def _sentences(body: BriefBody, found: ComplianceData, w: Wording) -> Iterator[str]:
    yield _kinds(found["transfers"], w)
    for column in found["columns"]:
        if not column["with_vendor"]:
            named = (_ids(column["prohibited"], w), _ids(column["undetermined"], w))
            held = w("held", _ids(column["held"], w)) if column["held"] else ""
            yield w(
                "filings_in",
                head_text(column["scenario"], w),
                _count("filing", len(column["filings"]), w),
                held,
                *named,
            )
    yield _decision(body, found, w)
    yield from _people(body, found, w)
    yield from _vendors(found, w)
    yield _clear(body, w)
    yield from (_exposure(body, one, w) for one in found["fines"][:1])
    if found["missing"]:
        yield w("missing", listed((w(name, table="figures") for name in found["missing"]), w.lang))


def _ids(names: Sequence[str], w: Wording) -> str:
    return ids_text(in_order(names), w.lang) if names else w("none")


def _count(what: str, number: int, w: Wording) -> str:
    return w(f"{what}_{'none' if number == 0 else 'one' if number == 1 else 'many'}", number)


def _kinds(transfers: Sequence[TransferData], w: Wording) -> str:
    counts: dict[str, int] = {}
    for one in transfers:
        counts[one["kind"]] = counts.get(one["kind"], 0) + 1
    told = [w("kind_count", *_in_order_of(w, count, kind)) for kind, count in counts.items()]
    return w("kinds", len(transfers), listed(told, w.lang))


def _in_order_of(w: Wording, count: int, kind: str) -> tuple[str, str]:
    name = w(kind, table="kinds")
    return (name, str(count))


def _decision(body: BriefBody, found: ComplianceData, w: Wording) -> str:
    clock = next((one for one in decision_clocks(body["transactions"]) if "working_days" in one), None)
    law = w("law_none") if clock is None else w("law_days", clock["working_days"])
    decision = found["decision"]
    if decision is None:
        return w("decision_law", law)
    low, middle, high = (w("refusal") if days is None else w("days", days) for days in decision["days"])
    return w("decision", middle, low, high, chance(decision["refused_chance"], w.lang), decision["cases"], law)


def _people(body: BriefBody, found: ComplianceData, w: Wording) -> Iterator[str]:
    helpers = [one for one in found["transfers"] if one["people_help"]]
    if not helpers:
        return
    named = listed((_person(one, w) for one in helpers), w.lang)
    told = []
    for scenario in found["scenarios"]:
        clauses: dict[str, list[str]] = {}
        for result, name in ((one["results"][scenario], one["id"]) for one in helpers):
            if result["outcome"] == "LICENCE":
                clauses.setdefault(clause_name(body, result["clause"], w), []).append(name)
        named_by = semi((w("under", _ids(ids, w), clause) for clause, ids in clauses.items()), w.lang)
        head = head_text(scenario, w)
        told.append(w("people_in", head, named_by) if named_by else w("people_free", head))
    yield w("people", named, ("" if w.lang == "zh" else " ").join(told))


def _person(one: TransferData, w: Wording) -> str:
    return w("person_count", one["id"], _count("person", one["persons"], w)) if one["persons"] else one["id"]


def _vendors(found: ComplianceData, w: Wording) -> Iterator[str]:
    for vendor in found["vendors"]:
        name = vendor["name_zh"] or vendor["vendor"] if w.lang == "zh" else vendor["vendor"]
        keuros, count = vendor["cost_keur"], vendor["months"]
        cost = w("vendor_no_cost") if keuros is None else w("vendor_cost", keur(keuros, w.lang))
        months = w("vendor_no_months") if count is None else _count("month", count, w)
        stated = w("vendor_stated" if vendor["from_china"] == _NONE else "vendor_open")
        yield w("vendor", name, _ids(vendor["replaces"], w), months, cost, stated)
    if found["vendors"]:
        for scenario in found["scenarios"]:
            without, with_it = (_column(found, scenario, with_vendor=one) for one in (False, True))
            yield _saved(found, without, with_it, w)


def _column(found: ComplianceData, scenario: str, *, with_vendor: bool) -> ColumnData:
    return next(one for one in found["columns"] if one["scenario"] == scenario and one["with_vendor"] is with_vendor)


def _saved(found: ComplianceData, without: ColumnData, with_it: ColumnData, w: Wording) -> str:
    """Returns what the second vendors save in a legal scenario."""
    head = head_text(without["scenario"], w)
    fewer = _count("saved", len(without["filings"]) - len(with_it["filings"]), w)
    runs = with_it["runs"]["days"]
    lacks = any(amount is None for amount in with_it["money_keur"].values())
    if without["runs"]["prohibited"] and runs and found["month_keur"] is not None and not lacks:
        first = runs[1] or w("or_refused")
        day = day_text(first, w.lang) if runs[1] else first
        return w("vendor_runs", head, day, keur(with_it["sum_keur"], w.lang), keur(found["month_keur"], w.lang))
    if lacks or any(amount is None for amount in without["money_keur"].values()):
        return w("vendor_neither", head, fewer)
    more = Fraction(with_it["sum_keur"]) - Fraction(without["sum_keur"])
    return w("vendor_costs" if more > 0 else "vendor_saves", head, fewer, keur(str(abs(float(more))), w.lang))


def _clear(body: BriefBody, w: Wording) -> str:
    """Returns what beginning later costs by the best mix, and what knowing is worth."""
    late = body["mix"]["late"] if "mix" in body else None
    if not late:
        return w("clear_not")
    now = next(Fraction(one["mean_keur"]) for one in late if one["days"] == 0)
    told = []
    for one in (one for one in late if one["days"]):
        more = Fraction(one["mean_keur"]) - now
        if more:
            word = "clear_more" if more > 0 else "clear_less"
            told.append(w(word, one["days"], keur(str(abs(float(more))), w.lang)))
        else:
            told.append(w("clear_same", one["days"]))
    return w("clear", semi(told, w.lang), keur(body["mix"]["known_worth_keur"], w.lang))


def _exposure(body: BriefBody, one: FineData, w: Wording) -> str:
    entry = next(row for row in body["transactions"] if row["id"] == one["transfer"])["exposure"][one["place"]]
    basis = listed(entry["basis_zh" if w.lang == "zh" else "basis"], w.lang)
    high = ""
    if one["low_cny"] is not None and one["high_cny"] is not None:
        span = amount_range(float(one["low_cny"]), float(one["high_cny"]), "CNY", w.lang)
        high = w("exposure_high", span, one["transfer"])
    return w("exposure", basis, _ids(one["ids"], w), high)
