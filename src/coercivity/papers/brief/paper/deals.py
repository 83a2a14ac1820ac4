"""Sections on the transactions: one for each kind of result, with groups, clauses in words, documents and penalties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coercivity.base.words import say
from coercivity.papers.brief.paper.groups import DealGroup, ids_of, main_kind, rows_of, values, without_value
from coercivity.papers.brief.paper.page_one.licences import decision_sentences
from coercivity.papers.brief.paper.page_one.suspension import EXTENDED, LAPSED, two_ways, way_text
from coercivity.papers.brief.paper.page_one.unconfirmed import checks
from coercivity.papers.brief.paper.rounding import amount, amounts
from coercivity.papers.brief.paper.wording import clause_text, clauses_text, ids_text, in_order, listed, quantity_text
from coercivity.papers.brief.report_data import BriefBody, TransactionData
from coercivity.papers.shared.outcomes import meaning
from coercivity.papers.shared.paper.sections import PaperList, PaperSection, PaperTable, Wording
from coercivity.papers.shared.report_data import ExposureData, TrackData

MOST_CLAUSES = 3
MOST_ROWS = 15  # transactions in a table; the annex and the workbook have all
_COLUMNS = ("deal", "title", "quantity", "value", "planned_on")


def deal_sections(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> Iterator[PaperSection]:
    """Yields a section for each kind of result; a clause, and the documents of a route, are given once.

    Args:
        body: The report data.
        groups: The transactions.
        w: The words.
    """
    told: set[str] = set()
    shared = _first_route(body, groups, w)
    for key, found in _kinds(groups):
        made = _section(body, key, found, groups, told, w)
        lists = tuple(_documents(body, found, shared, w))
        yield PaperSection(made.id, made.heading, made.sentences, made.tables, made.notes, (), lists)


def _first_route(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> tuple[str, ...]:
    """Returns the documents of the first licence route, which others usually need as well."""
    for key, found in _kinds(groups):
        for row in (rows_of(body, group)[0] for group in found if key in ("licence", "hold")):
            for track in row["law"]["tracks"]:
                if track["papers"]:
                    return tuple(_papers(track, w))
    return ()


def _kinds(groups: Sequence[DealGroup]) -> Iterator[tuple[str, list[DealGroup]]]:
    kinds: dict[str, list[DealGroup]] = {name: [] for name in ("stop", "licence", "hold")}
    kinds |= {f"unknown_{kind}": [] for kind in ("facts", "names", "law", "check")}
    kinds["proceed"] = []
    for group in groups:
        kinds[_kind(group)].append(group)
    yield from ((key, found) for key, found in kinds.items() if found)


def _kind(group: DealGroup) -> str:
    if group["outcome"] == "UNKNOWN":
        return f"unknown_{main_kind(group)}"
    if group["outcome"] == "LICENCE" and group["may_become"] is not None:
        return "hold"
    return {"STOP": "stop", "LICENCE": "licence"}.get(group["outcome"], "proceed")


def _section(
    body: BriefBody, key: str, groups: list[DealGroup], every: Sequence[DealGroup], told: set[str], w: Wording
) -> PaperSection:
    tables = [*_deals(body, groups, w), _clauses(body, groups, every, told, w)]
    notes = [*_times(body, key, groups, w), *_penalty(body, groups, told, w)] if key != "proceed" else []
    return w.section(key, _sentences(body, key, groups, w), tables, notes)


def _sentences(body: BriefBody, key: str, groups: list[DealGroup], w: Wording) -> Iterator[str]:
    money, blank = amounts(values(groups), w.lang), without_value(groups)
    number = len(ids_of(groups))
    told = w("count_value", number, money) if money else w("count_no_value", number)
    yield w("with_blank", told, w("some_blank", blank)) if money and blank else told
    if key.startswith("unknown_"):
        for check in checks(body, groups, w):
            yield w("check", check.who, check.what, ids_text(check.ids, w.lang))
        yield from _asked(body, groups, w)
    yield from _both(body, key, groups, w)
    for group in groups:
        yield from _group(body, key, group, w)


def _both(body: BriefBody, key: str, groups: list[DealGroup], w: Wording) -> Iterator[str]:
    """Yields the results in both scenarios of a suspension, those that are alike once, with their legal basis."""
    alike: dict[tuple[str, str], list[DealGroup]] = {}
    for group in groups:
        both = two_ways(rows_of(body, group)[0])
        if both is not None and (key.startswith("unknown_") or (key == "hold" and both.differs)):
            told = way_text(body, both, LAPSED, w), way_text(body, both, EXTENDED, w)
            alike.setdefault(told, []).append(group)
    for told, found in alike.items():
        grounds = list(dict.fromkeys(name for group in found for name in group["grounds"]))
        word = "group_hold_both" if key == "hold" else "group_both"
        yield w(word, ids_text(in_order(ids_of(found)), w.lang), clauses_text(body, grounds, w), *told)


def _group(body: BriefBody, key: str, group: DealGroup, w: Wording) -> Iterator[str]:
    """Yields the legal basis of a group and its next step; of an undetermined one its scenarios."""
    ids = ids_text(in_order(ids_of([group])), w.lang)
    basis = clauses_text(body, group["grounds"], w)
    both = two_ways(rows_of(body, group)[0])
    if both is not None and (group["outcome"] == "UNKNOWN" or (key == "hold" and both.differs)):
        return
    if group["outcome"] == "UNKNOWN":
        if ways := say(group["ways"], w.lang):
            yield w("group_ways", ids, basis, ways) if basis else w("step", ids, w("sentence", ways))
        elif basis:
            yield w("group_open", ids, basis)
        return
    step = say(group["next"], w.lang)
    yield w("group_step", ids, basis, step) if basis else w("step", ids, step)


def _asked(body: BriefBody, groups: list[DealGroup], w: Wording) -> Iterator[str]:
    """Yields each question to clarify, once, and whom to ask."""
    asked: dict[tuple[str, str], list[str]] = {}
    for row in (row for group in groups for row in rows_of(body, group)):
        if row["question"] is not None:
            question = say(row["question"]["text"], w.lang), say(row["question"]["ask_whom"], w.lang)
            asked.setdefault(question, []).append(row["id"])
    for (text, whom), ids in asked.items():
        yield w("ask", ids_text(in_order(ids), w.lang), text, whom) if whom else w("step", ids_text(ids, w.lang), text)


def _deals(body: BriefBody, groups: list[DealGroup], w: Wording) -> Iterator[PaperTable]:
    """Yields the table of transactions; of many, one with the first for readers and one with all for files."""
    rows = {row["id"]: row for row in body["transactions"]}
    deals = [deal for group in groups for deal in group["deals"]]
    later = {deal["id"]: _planned(rows[deal["id"]], w) for deal in deals}
    shown = any(later.values())
    in_line = sorted(deals, key=lambda one: rows[one["id"]]["line"])
    cells = [
        (
            deal["id"],
            say(deal["title"], w.lang),
            quantity_text(deal, w.lang),
            amount(float(deal["value"]), deal["currency"], w.lang) if deal["value"] else "–",
            deal["planned_on"] or "–",
            *([later[deal["id"]] or w("same")] if shown else []),
        )
        for deal in in_line
    ]
    columns = [*_COLUMNS, *(["planned_result"] if shown else [])]
    name, numbers = f"deals_{_kind(groups[0])}", ("quantity", "value")
    left = len(cells) - MOST_ROWS
    if left <= 0:
        yield w.table("deals", columns, cells, numbers=numbers, name=name)
        return
    more = ("…", w("more_in_annex", left), *[""] * (len(columns) - 2))
    short = [*cells[:MOST_ROWS], more]
    yield w.table("deals", columns, short, numbers=numbers, name=f"{name}_short", only="readers")
    yield w.table("deals", columns, cells, numbers=numbers, name=name, only="files")


def _planned(row: TransactionData, w: Wording) -> str:
    """Returns the result on the planned date where it is another one."""
    planned = row["planned"]
    if planned is None or "outcome" not in planned or planned["outcome"] == row["outcome"]:
        return ""
    return meaning(planned["outcome"], w.lang)


def _clauses(
    body: BriefBody, groups: list[DealGroup], every: Sequence[DealGroup], told: set[str], w: Wording
) -> PaperTable:
    """Returns the clauses of the groups in words, each once with every transaction of the report that rests on it."""
    named = dict.fromkeys(name for group in groups for name in group["grounds"][:MOST_CLAUSES])
    fresh = {
        name: ids_of([group for group in every if name in group["grounds"]])
        for name in named
        if name not in told and name in body["clauses"]
    }
    told |= set(fresh)
    rows = (
        (
            clause_text(body, name, w.lang),
            say(body["clauses"][name]["gist"], w.lang),
            ids_text(in_order(dict.fromkeys(ids)), w.lang),
        )
        for name, ids in fresh.items()
    )
    return w.table("clauses", ("clause", "gist", "deals"), rows, name=f"clauses_{_kind(groups[0])}")


def _times(body: BriefBody, key: str, groups: list[DealGroup], w: Wording) -> Iterator[str]:
    if key == "licence":
        yield from decision_sentences(body, groups, w)


def _documents(body: BriefBody, groups: list[DealGroup], shared: tuple[str, ...], w: Wording) -> Iterator[PaperList]:
    """Yields the documents of each licence route as a list with boxes; those of the first route are given once."""
    routes: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for group in groups:
        if group["outcome"] != "LICENCE":
            continue
        for track in rows_of(body, group)[0]["law"]["tracks"]:
            papers = tuple(_papers(track, w))
            routes.setdefault(papers, []).extend((say(track["name"], w.lang), name) for name in ids_of([group]))
    for every, found in routes.items():
        more = bool(shared) and set(shared) < set(every)
        names = dict.fromkeys(name for name, _ in found)
        ids = in_order(dict.fromkeys(name for _, name in found))
        told = w("route_for", listed(names, w.lang), ids_text(ids, w.lang))
        title = w("documents_more" if more else "documents", told, table="titles")
        if every:
            yield PaperList(title, tuple(one for one in every if not more or one not in shared), boxes=True)


def _papers(track: TrackData, w: Wording) -> Iterator[str]:
    for paper in track["papers"]:
        name = say(paper["name"], w.lang)
        yield name if paper["sure"] else w("perhaps", name)


def _penalty(body: BriefBody, groups: list[DealGroup], told: set[str], w: Wording) -> Iterator[str]:
    """Yields what a breach would cost, each penalty once, with every transaction of the report that it concerns."""
    found: dict[str, list[str]] = {}
    for row in body["transactions"]:
        for entry in _acts(row["exposure"]):
            found.setdefault(_penalty_text(entry, w), []).append(row["id"])
    here = set(ids_of(groups))
    for text, ids in found.items():
        if text not in told and here & set(ids):
            told.add(text)
            yield w("penalty", ids_text(in_order(dict.fromkeys(ids)), w.lang), text)


def _acts(entries: Iterable[ExposureData]) -> list[ExposureData]:
    return [entry for entry in entries if entry["role"] == "act" and "formula" in entry][:1]


def _penalty_text(entry: ExposureData, w: Wording) -> str:
    basis = listed(entry["basis_zh" if w.lang == "zh" else "basis"], w.lang)
    formula = say(entry["formula"], w.lang) if "formula" in entry else w("not_known")
    return w("penalty_text", say(entry["text"], w.lang), formula, basis)
