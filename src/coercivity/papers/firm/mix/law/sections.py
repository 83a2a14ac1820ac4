"""What the law says of the options of a mix: sentences for the summary, and a section with every option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import Lang, say
from coercivity.papers.firm.cells import cell_text
from coercivity.papers.firm.mix.law.grades import by_grade, differ
from coercivity.papers.firm.mix.report_data import MixOptionLawData, MixReport
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.paper.figures import listed
from coercivity.papers.shared.paper.sections import PaperSection, Wording

_TABLES = ("headings", "titles", "columns", "words", "reasons", "counts", "days", "out")
UNSAID = "nothing said"
_DEALS = "Transactions deals of "
_COLUMNS = ("option", "outcome", "on", "day_from", "clauses", "counted", "usable", "open")


def law_sentences(body: MixReport, lang: Lang) -> Iterator[str]:
    """Yields what a reader must know before the plan is trusted: what is barred, open, licensed, stated or not said.

    That the law was asked about nothing is told before, by `none_asked`.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w, law = _wording(lang), body["law"]
    barred = [_with_clauses(entry, w) for entry in law if entry["outcome"] == "STOP"]
    if barred:
        yield w("barred", _joined(barred, w))
    for word, picked in (
        (
            "open",
            [one for one in law if one["not_counted"] not in ("", UNSAID) and one["outcome"] != "STOP"],
        ),
        ("licence", [one for one in law if one["counted"] and one["outcome"] == "LICENCE"]),
        ("free", [one for one in law if one["counted"] and one["outcome"] == "PROCEED"]),
    ):
        if picked:
            yield w(word, listed((_name(one, w) for one in picked), lang))
    for one in law:
        if one["counted"] and (waits := _waits(one, w)):
            yield waits
        if one["counted"]:
            yield from by_grade(one, w)
        if one["counted"] and one["deals_after"]:
            dated = [w("by", deal, day_text(day, lang)) for deal, day in one["deals_after"].items()]
            yield w("deals_after", _name(one, w), (one["months"] or 0) + 1, listed(dated, lang))
    if unsaid := [one for one in law if one["not_counted"] == UNSAID]:
        yield w("unsaid", listed((_name(one, w) for one in unsaid), lang))
    if stated := [one for one in law if one["stated"]]:
        told, by = listed((_name(one, w) for one in stated), lang), stated[0]["said_by"]
        yield w("stated", told, by) if by else w("stated_by_nobody", told)
    assumed = {text: words for one in law for text, words in one["assumed"].items()}
    if assumed:
        yield w("assumed", listed((say(words, lang) for _, words in sorted(assumed.items())), lang))


def none_asked(body: MixReport, lang: Lang) -> Iterator[str]:
    """Yields that the law was asked about nothing, or that transactions are lacking, which comes before all else.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w = _wording(lang)
    if not body["law_asked"]:
        yield w("none_asked")
    lacking = [one for one in body["law"] if any(_DEALS in cell for cell in one["missing"])]
    if lacking:
        deals = dict.fromkeys(deal for one in lacking for deal in _deals_lacking(one))
        yield w("without_case", listed((_name(one, w) for one in lacking), lang), listed(deals, lang))


def _deals_lacking(one: MixOptionLawData) -> Iterator[str]:
    for cell in one["missing"]:
        if _DEALS in cell:
            yield from cell.partition(_DEALS)[2].split(", ")


def is_law_told(body: MixReport) -> bool:
    """Returns whether anything is told of the law: a result, a statement, or what is not counted.

    Args:
        body: The result as plain data.
    """
    return body["law_asked"] or any(one["stated"] or not one["counted"] for one in body["law"])


def law_section(body: MixReport, lang: Lang) -> PaperSection:
    """Returns the section on the law: why options are not counted, whom to ask, and every option with its clauses.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w, law = _wording(lang), body["law"]
    if not is_law_told(body):
        return w.section("law")
    rows = [
        (
            _name(one, w),
            outcome_text(one["outcome"], lang) if one["asked"] else w("unasked"),
            one["on"] or "–",
            w(one["day_from"], table="days") if one["day_from"] else "–",
            _clauses(one, w) or "–",
            w(_count(one), table="counts"),
            "–" if one["months"] is None or not one["counted"] else str(one["months"] + 1),
            _open(one, w) or "–",
        )
        for one in law
    ]
    names = [(_name(one, w), text) for one in law for text in one["names"].get("zh" if lang == "zh" else "en", ())]
    deals = [
        (_name(one, w), deal, outcome_text(outcome, lang))
        for one in law
        for deal, outcome in one["deal_outcomes"].items()
    ]
    tables = (
        w.table("law", _COLUMNS, rows, numbers=("usable",)),
        w.table("option_deals", ("option", "deal", "outcome"), deals),
        w.table("option_names", ("option", "finding"), names),
    )
    return w.section("law", _sentences(law, w), tables, notes=(w("law_note"),))


def _count(one: MixOptionLawData) -> str:
    if one["not_counted"]:
        return one["not_counted"]
    return "stated" if one["stated"] else "counted" if one["asked"] else "as_entered"


def _sentences(law: Sequence[MixOptionLawData], w: Wording) -> Iterator[str]:
    for one in law:
        if one["not_counted"]:
            yield _reason(one, w)
    for one in law:
        if one["counted"] and one["days"][1:]:
            first, last = (day_text(one["days"][place], w.lang) for place in (0, -1))
            yield w("decided", _name(one, w), len(one["days"]), first, last)
    for one in law:
        if not one["counted"] and one["kind"] == "stock":
            yield w("same_goods", one["option"])
    later = [one for one in law if one["counted"] and one["on"] and one["on"] > (one["checked_through"] or one["on"])]
    if later:
        first = min(one["checked_through"] or "" for one in later)
        yield w("later", day_text(first, w.lang), listed((_name(one, w) for one in later), w.lang))


def _reason(one: MixOptionLawData, w: Wording) -> str:
    """Returns why an option is not counted, with its clauses, what is open and whom to ask."""
    on, checked = (day_text(day, w.lang) if day else "–" for day in (one["on"], one["checked_through"]))
    told = [w(one["not_counted"], _name(one, w), on, checked, (one["months"] or 0) + 1, table="reasons")]
    if one["clauses"] and one["not_counted"] != "not checked so far":
        told.append(w("based_on", _clauses(one, w)))
    if "law" in one["causes"]:
        told.append(w("ask_counsel"))
    if "check" in one["causes"] and one["not_counted"] != "not checked so far":
        told.append(w("ask_check", checked))
    if one["questions"]:
        told.append(w("questions", _questions(one, w)))
        if one["ask_whom"]:
            told.append(w("whom", say(one["ask_whom"], w.lang)))
    if one["missing"]:
        told.append(w("enter", listed((cell_text(name, w.lang) for name in one["missing"]), w.lang)))
    return ("" if w.lang == "zh" else " ").join(told)


def _waits(one: MixOptionLawData, w: Wording) -> str:
    """Returns how the licence time moves the first month of an option; empty if it does not and has a limit."""
    time = one["licence"]
    if time is None:
        return ""
    if time["held"]:
        word = "held_first" if differ(one) else "held"
        return w(word, _name(one, w), time["held"], day_text(time["held_until"], w.lang) if time["held_until"] else "–")
    if time["decided_by"] is None:
        return w("no_limit", _name(one, w), (time["entered"] or 0) + 1)
    if time["months"] <= (time["entered"] or 0) or differ(one):
        return ""
    if one["kind"] == "stock":
        told = _name(one, w), (one["months"] or 0) + 1, day_text(time["filed_on"], w.lang)
        by_law, leaves = day_text(time["decided_by"], w.lang), time["practice_by"]
        if leaves is None:
            return w("stock_waits", *told, by_law)
        return w("stock_waits_longest", *told, by_law, day_text(leaves, w.lang))
    days = day_text(time["filed_on"], w.lang), day_text(time["decided_by"], w.lang)
    word = "waits_assumed" if time["assumed"] else "waits"
    return w(word, _name(one, w), time["months"] + 1, (time["entered"] or 0) + 1, *days)


def _open(one: MixOptionLawData, w: Wording) -> str:
    cells = listed((cell_text(name, w.lang) for name in one["missing"]), w.lang)
    return ("；" if w.lang == "zh" else "; ").join(filter(None, (_questions(one, w), cells)))


def _questions(one: MixOptionLawData, w: Wording) -> str:
    return listed(dict.fromkeys(fact_label(name, w.lang) for name in one["questions"]), w.lang)


def _name(one: MixOptionLawData, w: Wording) -> str:
    return w("stock_of", one["option"]) if one["kind"] == "stock" else one["option"]


def _with_clauses(one: MixOptionLawData, w: Wording) -> str:
    clauses = _clauses(one, w)
    return w("by", _name(one, w), clauses) if clauses else _name(one, w)


def _clauses(one: MixOptionLawData, w: Wording) -> str:
    """Returns the clauses with semicolons, for a name may have a comma of its own."""
    return _joined([say(one["clause_names"].get(name, {"en": name}), w.lang) for name in one["clauses"]], w)


def _joined(texts: Sequence[str], w: Wording) -> str:
    return ("；" if w.lang == "zh" else "; ").join(texts)


def _wording(lang: Lang) -> Wording:
    return Wording.of("firm_mix_law", _TABLES, lang)
