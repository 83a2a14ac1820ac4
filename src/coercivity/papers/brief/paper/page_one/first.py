"""Page one: what to decide, figures, actions, what is prohibited, what to file, the suspension, who checks what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.papers.brief.paper.groups import DealGroup, deal_groups, ids_of, main_kind
from coercivity.papers.brief.paper.page_one.actions import action_lines, beside_plan, rest_of_plan
from coercivity.papers.brief.paper.page_one.key_figures import key_figures
from coercivity.papers.brief.paper.page_one.licences import filing_sentences, to_file
from coercivity.papers.brief.paper.page_one.ranked import plan_reach
from coercivity.papers.brief.paper.page_one.suspension import suspension_sentences
from coercivity.papers.brief.paper.page_one.unconfirmed import unconfirmed_sentences
from coercivity.papers.brief.paper.rounding import keur
from coercivity.papers.brief.paper.wording import clause_text, named_text, semi
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.firm.stops.report_data import StopsReport
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.document import Block, PageOne
from coercivity.papers.shared.paper.sections import Wording

MOST_SENTENCES: Mapping[str, int] = {"to_file": 8, "suspension": 6, "unconfirmed": 4}
MOST_CLAUSES = 12  # by which transactions are prohibited; a page that is too long names fewer
_HEADS = ("action", "by", "cost", "effect")


def page_one(
    body: BriefBody, w: Wording, most: Mapping[str, int] = MOST_SENTENCES, clauses: int = MOST_CLAUSES
) -> PageOne:
    """Returns page one of a report.

    Args:
        body: The report data.
        w: The words.
        most: How many sentences a block has at most; the last then says how many more the sections have.
        clauses: How many clauses that prohibit transactions are named at most.
    """
    groups = deal_groups(body)
    actions = action_lines(body, groups, w)
    done = [line.what for line in actions]
    told = (
        ("rest_of_plan", list(_rest(body, w))),
        ("not_shipped", list(prohibited_sentences(body, groups, w, clauses))),
        ("to_file", _capped(filing_sentences(body, groups, w), w, most["to_file"])),
        ("suspension", _capped(suspension_sentences(body, w), w, most["suspension"])),
        ("unconfirmed", _capped(unconfirmed_sentences(body, groups, w, done), w, most["unconfirmed"])),
    )
    heads = tuple(w(name, table="columns") for name in _HEADS)
    return PageOne(
        headline=headline(body, groups, w),
        figures=key_figures(body, groups, w),
        actions_heading=w("actions", table="headings"),
        action_heads=(heads[0], heads[1], heads[2], heads[3]),
        actions=actions,
        blocks=tuple(Block(w(name, table="headings"), tuple(sentences)) for name, sentences in told if sentences),
    )


def _rest(body: BriefBody, w: Wording) -> Iterator[str]:
    """Yields the parts of the plan that the page does not list, and what the plan reaches as a whole."""
    yield from rest_of_plan(body, w)
    yield from beside_plan(body, w)
    if "mix" in body:
        yield from plan_reach(body["mix"], w)


def headline(body: BriefBody, groups: list[DealGroup], w: Wording) -> str:
    """Returns what to decide, in one sentence: the plan and the first stop, or what to do with the transactions."""
    told = [*_stop(body, w), *_plan(body, w)]
    if not told:
        told = list(_deals(body, groups, w))
    elif len(told) == 1 and (stops := [group for group in groups if group["outcome"] == "STOP"]):
        told.append(w("head_stop", len(ids_of(stops)), len(ids_of(groups))))
    text = semi(told, w.lang)
    return w("sentence", text[:1].upper() + text[1:] if w.lang == "en" else text)


def _plan(body: BriefBody, w: Wording) -> Iterator[str]:
    if "mix" not in body:
        return
    mix = body["mix"]
    best, nothing = mix["best"], mix["do_nothing"]
    if not best["options"] and not any(float(mass) > 0 for mass in best["stock_t"].values()):
        yield w("head_nothing", keur(nothing["mean_keur"], w.lang))
        return
    before, after = keur(nothing["mean_keur"], w.lang), keur(best["mean_keur"], w.lang)
    yield w("head_plan", keur(best["spent_keur"], w.lang), mix["months"], before, after)


def _stop(body: BriefBody, w: Wording) -> Iterator[str]:
    if "stops" not in body:
        return
    stops = body["stops"]
    found = sorted((plant["stop_on"], plant["plant"]) for plant in stops["plants"] if plant["stop_on"] is not None)
    if not found:
        yield w("head_no_stop", day_text(stops["dates_until"], w.lang))
        return
    first = next(plant for plant in stops["plants"] if (plant["stop_on"], plant["plant"]) == found[0])
    word = "head_first_stop_sure" if _is_sure(stops, *found[0]) else "head_first_stop"
    yield w(word, first["plant"], day_text(found[0][0], w.lang), first["part"])


def _is_sure(stops: StopsReport, day: str, plant: str) -> bool:
    """Returns whether a plant stops on a day in every scenario of the licences."""
    rises = (rise for entry in stops["chances"] if entry["plant"] == plant for rise in entry["by_day"])
    return any((rise["on"], rise["probability"]) == (day, "1") for rise in rises)


def _deals(body: BriefBody, groups: list[DealGroup], w: Wording) -> Iterator[str]:
    whole = len(ids_of(groups))
    filing = [group for group in groups if to_file(group)]
    licensed = [g for g in groups if g["outcome"] == "LICENCE" and g["may_become"] is None and g not in filing]
    holding = [g for g in groups if g["outcome"] == "UNKNOWN" or (g["outcome"] == "LICENCE" and g["may_become"])]
    kinds = (
        ("deals_stop", [group for group in groups if group["outcome"] == "STOP"]),
        ("deals_file", filing),
        ("deals_licensed", licensed),
        ("deals_hold", holding),
        ("deals_proceed", [group for group in groups if group["outcome"] == "PROCEED"]),
    )
    for word, found in kinds:
        ids = ids_of(found)
        if ids and len(ids) == whole and whole > 1:
            yield w(f"{word}_all", whole)
        elif ids:
            yield w(word, named_text(body, ids, w) if len(ids) == 1 else w("some_deals", len(ids)))


def prohibited_sentences(
    body: BriefBody, groups: list[DealGroup], w: Wording, clauses: int = MOST_CLAUSES
) -> Iterator[str]:
    """Yields what must not be shipped or signed, by clause; then what open points may prohibit.

    Args:
        body: The report data.
        groups: Its transactions.
        w: The words.
        clauses: How many clauses are named at most, if it is one not with every transaction; the rest is counted.
    """
    by_clause: dict[str, list[DealGroup]] = {}
    for group in groups:
        if group["outcome"] == "STOP":
            clause = clause_text(body, group["grounds"][0], w.lang, short=True) if group["grounds"] else ""
            by_clause.setdefault(clause, []).append(group)
    if by_clause:
        told = [(named_text(body, ids_of(found), w, every=clauses > 1), clause) for clause, found in by_clause.items()]
        left = [found for _, found in list(by_clause.items())[clauses:]]
        if left:
            told = [*told[:clauses], (w("more_in_annex", len({name for found in left for name in ids_of(found)})), "")]
        yield w("sentence", semi((w("by_clause_of", *pair) if pair[1] else pair[0] for pair in told), w.lang))
    if not by_clause:
        yield w("none_prohibited", day_text(body["on"], w.lang))
    doubtful = [group for group in groups if group["may_become"] == "STOP" and not group["ways"]]
    for kind in dict.fromkeys(main_kind(group) for group in doubtful):
        found = [group for group in doubtful if main_kind(group) == kind]
        yield w("may_be_prohibited", named_text(body, ids_of(found), w), w(f"until_{kind or 'facts'}"))


def _capped(told: Iterator[str], w: Wording, most: int) -> tuple[str, ...]:
    """Returns the first sentences, and how many more the sections have."""
    sentences = tuple(told)
    if len(sentences) <= most:
        return sentences
    return (*sentences[: most - 1], w("more_below", len(sentences) - most + 1))
