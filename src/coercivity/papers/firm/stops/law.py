"""Lots decided by the law: which are on hold, why and what to do, beside what the workbook says of them."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.papers.firm.cells import cell_text
from coercivity.papers.firm.stops.report_data import LotLawData, StopsReport
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.paper.figures import listed
from coercivity.papers.shared.paper.sections import PaperSection, Wording

NOT_ASKED = "not asked"
_TABLES = ("headings", "titles", "columns", "words", "reasons", "holds", "sheets", "cells", "outcomes")
_COLUMNS = ("lot", "part", "plant", "licence", "outcome", "on", "clauses", "on_hold", "missing")


def law_section(body: StopsReport, lang: Lang) -> PaperSection:
    """Returns the section on the law: lots on hold first, then what to enter, then every lot.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = _wording(lang)
    uncovered = {entry["lot"] for entry in body["not_covered"]}
    rows = [
        (
            entry["lot"],
            entry["part"] or "–",
            entry["plant"] or "–",
            w("no_licence") if entry["licence"] == "none" else entry["licence"] or "–",
            _outcome(entry, w),
            entry["on"] or "–",
            _clauses(entry, w) or "–",
            _hold(entry, uncovered, w),
            listed((_cell(name, w) for name in entry["missing"]), lang) or "–",
        )
        for entry in body["law"]
    ]
    names = [(entry["lot"], finding) for entry in body["law"] for finding in _names(entry, lang)]
    return w.section(
        "law",
        _sentences(body, w),
        (w.table("law", _COLUMNS, rows), w.table("names", ("lot", "finding"), names)),
        notes=(w("law_note"),) if rows else (),
    )


def law_sentences(body: StopsReport, lang: Lang) -> Iterator[str]:
    """Yields what a reader must know before any date: which lots are on hold, or that the law was not asked.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = _wording(lang)
    held = [entry["lot"] for entry in body["law"] if entry["held"]]
    if held:
        yield w("top_held", listed(held, lang))
    yield from _not_covered(body, w)
    if any(entry["outcome"] == NOT_ASKED for entry in body["law"]):
        yield w("top_not_asked")
    yield from _assumed(body["law"], w)


def _not_covered(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields the lots that never leave because their licence does not cover them, and why."""
    told = []
    for entry in body["not_covered"]:
        lot, licence, day = entry["lot"], entry["licence"], entry["valid_until"]
        if entry["why"] == "ended":
            told.append(w("ended", lot, licence, day_text(day, w.lang) if day else "–"))
        else:
            told.append(w("other_plant", lot, licence, listed(entry["names"], w.lang), entry["plant"]))
    if told:
        yield w("top_not_covered", ("；" if w.lang == "zh" else "; ").join(told))


def _assumed(lots: list[LotLawData], w: Wording) -> Iterator[str]:
    assumed = {text: words for entry in lots for text, words in entry["assumed"].items()}
    if assumed:
        yield w("assumed", listed((say(words, w.lang) for _, words in sorted(assumed.items())), w.lang))


def _wording(lang: Lang) -> Wording:
    return Wording.of("firm_lots", _TABLES, lang)


def _sentences(body: StopsReport, w: Wording) -> Iterator[str]:
    alike: dict[str, list[str]] = {}
    for entry in body["law"]:
        if entry["held"]:
            alike.setdefault(_reason(entry, w), []).append(entry["lot"])
    for reason, held in alike.items():
        yield reason.format(listed(held, w.lang))
    yield from _not_covered(body, w)
    free = [entry for entry in body["law"] if entry["outcome"] == "PROCEED" and not entry["held"]]
    over = [entry["lot"] for entry in free if entry["licence"] != "none"]
    if over:
        yield w("not_needed", listed(over, w.lang))
    unasked = [entry for entry in body["law"] if entry["outcome"] == NOT_ASKED and not entry["held"]]
    if unasked:
        cells = dict.fromkeys(name for entry in unasked for name in entry["missing"])
        lots = listed((entry["lot"] for entry in unasked), w.lang)
        yield w("not_asked_enter", lots, listed((_cell(name, w) for name in cells), w.lang))
    elif body["law"] and not alike and not body["not_covered"]:
        yield w("all_agree")
    yield from _stated(body, w)
    yield from _limits(body["law"], w)


def _stated(body: StopsReport, w: Wording) -> Iterator[str]:
    """Yields which compositions are complete by the company's own statement, and the lots decided by it."""
    parts = body["assumed"]["stated_complete"]
    lots = {entry["lot"]: entry["part"] for entry in body["law"] if entry["part"] in parts}
    if lots and all(entry["outcome"] != NOT_ASKED for entry in body["law"]):
        named = [part for part in parts if part in lots.values()]
        yield w("stated_complete", listed(named, w.lang), listed(lots, w.lang))


def _limits(lots: list[LotLawData], w: Wording) -> Iterator[str]:
    """Yields the assumptions under which lots were decided, and to which day the rules were verified."""
    yield from _assumed(lots, w)
    later = [entry for entry in lots if entry["on"] and entry["on"] > (entry["checked_through"] or entry["on"])]
    if later:
        first = min(entry["checked_through"] or "" for entry in later)
        yield w("later", day_text(first, w.lang), listed((entry["lot"] for entry in later), w.lang))


def _reason(entry: LotLawData, w: Wording) -> str:
    """Returns why a lot is on hold and what to do, with a place for the lots of which the same is true."""
    on, checked = (day_text(day, w.lang) if day else "–" for day in (entry["on"], entry["checked_through"]))
    told = [w(entry["held"], "{0}", _plain(on), _plain(checked), _plain(entry["licence"]), table="reasons")]
    if entry["clauses"] and entry["held"] != "not checked so far":
        told.append(_plain(w("based_on", _clauses(entry, w))))
    if entry["held"] == "name in doubt":
        found = (name.rstrip("。.") for name in _names(entry, w.lang))
        told.append(_plain(w("screening", ("；" if w.lang == "zh" else "; ").join(found))))
    if entry["missing"]:
        told.append(_plain(w("enter", listed((_cell(name, w) for name in entry["missing"]), w.lang))))
    asked = [name for name in entry["questions"] if name in entry["to_declare"]]
    if asked and entry["held"] == "undecided":
        told.append(_plain(w("answer", listed((f"{fact_label(name, w.lang)} ({name})" for name in asked), w.lang))))
    return ("" if w.lang == "zh" else " ").join(told)


def _plain(text: str) -> str:
    """Returns a text that `format` leaves as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def _clauses(entry: LotLawData, w: Wording) -> str:
    """Returns the clauses with semicolons, for a name may have a comma of its own."""
    names = entry["clause_names"]
    told = (say(names[name], w.lang) if name in names else name for name in entry["clauses"])
    return ("；" if w.lang == "zh" else "; ").join(told)


def _names(entry: LotLawData, lang: Lang) -> list[str]:
    return entry["names_zh"] if lang == "zh" else entry["names"]


def _hold(entry: LotLawData, uncovered: set[str], w: Wording) -> str:
    if entry["held"]:
        return w(entry["held"], table="holds")
    return w("uncovered" if entry["lot"] in uncovered else "not_held")


def _outcome(entry: LotLawData, w: Wording) -> str:
    return w("not asked", table="outcomes") if entry["outcome"] == NOT_ASKED else outcome_text(entry["outcome"], w.lang)


def _cell(name: str, w: Wording) -> str:
    return cell_text(name, w.lang)
