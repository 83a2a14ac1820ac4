"""Lots decided by the law beside what the workbook says of them, and what was not given."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.papers.firm.figures import listed
from coercivity.papers.firm.sections import PaperSection, Wording
from coercivity.papers.firm.stops.report_data import LotLawData, StopsReport
from coercivity.papers.shared.outcomes import outcome_text

NOT_ASKED = "not asked"


def law_section(body: StopsReport, w: Wording) -> PaperSection:
    """Returns the section on the law: contradictions first, then what to enter, then every lot.

    Args:
        body: The result as plain data.
        w: The words.
    """
    rows = [
        (
            entry["lot"],
            entry["part"] or "–",
            entry["plant"] or "–",
            w("no_licence") if entry["licence"] == "none" else entry["licence"] or "–",
            _outcome(entry, w),
            entry["on"] or "–",
            listed(entry["clauses"], w.lang) or "–",
            w("agrees" if entry["agrees"] else "disagrees") if entry["outcome"] != NOT_ASKED else "–",
            listed((_missing(name, w) for name in entry["missing"]), w.lang) or "–",
        )
        for entry in body["law"]
    ]
    names = [(entry["lot"], finding) for entry in body["law"] for finding in entry["names"]]
    columns = ("lot", "part", "plant", "licence", "outcome", "on", "clauses", "agrees", "missing")
    return w.section(
        "law",
        _sentences(body, w),
        (w.table("law", columns, rows), w.table("names", ("lot", "finding"), names)),
        notes=(w("law_note"),) if rows else (),
    )


def _sentences(body: StopsReport, w: Wording) -> Iterator[str]:
    wrong = [entry for entry in body["law"] if not entry["agrees"]]
    for entry in wrong:
        yield w("wrong", entry["lot"], _outcome(entry, w))
    open_lots = [entry["lot"] for entry in body["law"] if entry["outcome"] == "UNKNOWN"]
    if open_lots:
        yield w("undetermined", listed(open_lots, w.lang))
    unasked = [entry for entry in body["law"] if entry["outcome"] == NOT_ASKED]
    if unasked:
        lots = listed((entry["lot"] for entry in unasked), w.lang)
        fields = list(dict.fromkeys(name for entry in unasked for name in entry["missing"]))
        if fields:
            yield w("not_asked_enter", lots, listed((_missing(name, w) for name in fields), w.lang))
        else:
            yield w("not_asked", lots)
    if body["law"] and not wrong and len(unasked) < len(body["law"]):
        yield w("all_agree")


def _outcome(entry: LotLawData, w: Wording) -> str:
    return w("not asked", table="outcomes") if entry["outcome"] == NOT_ASKED else outcome_text(entry["outcome"], w.lang)


def _missing(name: str, w: Wording) -> str:
    return w(name, table="missing")
