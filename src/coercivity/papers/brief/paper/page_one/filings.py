"""Licences on page one: what to file now and by when, what is filed, what may be shipped under licences in hand.

A transaction is named in each of the sentences that it needs; the sections have the whole next step of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from coercivity.base.words import say
from coercivity.papers.brief.paper.groups import DealGroup, rows_of
from coercivity.papers.brief.paper.rounding import chance
from coercivity.papers.brief.paper.wording import MOST_TITLES, in_order, listed, named_text, semi
from coercivity.papers.brief.report_data import BriefBody, DealLicences, FileBy, TransactionData
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.sections import Wording
from coercivity.papers.shared.words import paper_words

_NEXT = paper_words("brief_words", "next")
_KINDS = frozenset({"single", "general"})  # of dual-use licences; a workbook knows no other
MOST_NAMED = 6  # transactions in a sentence that says the same of each


def next_steps(body: BriefBody, required: Sequence[DealGroup], w: Wording) -> Iterator[str]:
    """Yields the next steps of transactions that require a licence, the most urgent first.

    Args:
        body: The report data.
        required: The transactions that require one for certain.
        w: The words.
    """
    rows = [row for group in required for row in rows_of(body, group)]
    held = {row["id"]: row["licences"] for row in rows if _is_told_apart(row)}
    rest: dict[str, list[str]] = {}
    for row in rows:
        if row["id"] not in held:
            rest.setdefault(say(row["next"], w.lang), []).append(row["id"])
    due = _due_of(held)
    yield from _due(body, due, w, passed=True)
    yield from _due(body, due, w, passed=False)
    yield from _once_granted(body, held, w)
    yield from _in_hand(body, held, w)
    for text, names in rest.items():
        yield w("step", named_text(body, names, w), text)


def days_told(body: BriefBody, required: Sequence[DealGroup]) -> set[tuple[str, str]]:
    """Returns the last days to file that these sentences give, each with the line stop before which goods arrive.

    Args:
        body: The report data.
        required: The transactions that require a licence for certain.
    """
    rows = [row for group in required for row in rows_of(body, group)]
    held = {row["id"]: row["licences"] for row in rows if _is_told_apart(row)}
    return {(found["on"], found["stop_on"]) for found in _due_of(held).values()}


def _due_of(held: Mapping[str, DealLicences]) -> dict[str, FileBy]:
    return {name: found for name, state in held.items() if (found := state["file_by"]) and not _filed(state)}


def _is_told_apart(row: TransactionData) -> bool:
    """Returns whether licences are in hand or filed, of the kinds that the law asks for and no other regime besides."""
    state = row.get("licences")
    if state is None or not state["licences"]:
        return False
    kinds = {one["kind"] for one in state["licences"]}
    tracks = {track["id"] for track in row["law"]["tracks"]}
    if not kinds <= tracks or not tracks <= _KINDS:
        return False
    return bool(_filed(state) or state["file_by"]) or any(one["in_force"] for one in state["licences"])


def _filed(state: DealLicences) -> list[str]:
    return [one["filed"] for one in state["licences"] if one["filed"] is not None]


def _due(body: BriefBody, due: Mapping[str, FileBy], w: Wording, *, passed: bool) -> Iterator[str]:
    """Yields what to file now although its last day has passed, or by when to file, the first line stop first."""
    days: dict[tuple[str, str, str], list[str]] = {}
    for name, found in due.items():
        if found["passed"] is passed:
            days.setdefault((found["stop_on"], found["on"], found["confidence"]), []).append(name)
    flown = {stop for stop, *_ in days if not _only_own_make(body, stop)} if passed else set()
    for word, stops in (("file_now", flown), ("file_now_stock" if passed else "file_in_time", {*_stops(days)} - flown)):
        told = [
            w("due", _named(body, names, w), day_text(stop, w.lang), day_text(last, w.lang), chance(confidence, w.lang))
            for (stop, last, confidence), names in sorted(days.items())
            if stop in stops
        ]
        if told:
            yield w(word, semi(told, w.lang))


def _stops(days: Iterable[tuple[str, str, str]]) -> set[str]:
    return {stop for stop, *_ in days}


def _only_own_make(body: BriefBody, stop: str) -> bool:
    """Returns whether what is missing on a day is made by the plant itself, so that nothing can be flown in."""
    at_stop = (
        [one for one in body["stops"]["deadlines"] if one["why"].get("stop_on") == stop] if "stops" in body else []
    )
    return bool(at_stop) and all(one["kind"] != "order_air" for one in at_stop)


def _once_granted(body: BriefBody, held: Mapping[str, DealLicences], w: Wording) -> Iterator[str]:
    """Yields what is filed, and what is to be filed on a day that the company plans."""
    for word, is_filed in (("filed", True), ("planned", False)):
        days: dict[tuple[str, bool], list[str]] = {}
        for name, state in held.items():
            found = min((day for day in _filed(state) if (day <= body["on"]) is is_filed), default=None)
            if found is not None:
                further = any(one["in_force"] or (one["filed"] or found) < found for one in state["licences"])
                days.setdefault((found, further), []).append(name)
        if days:
            told = [
                w("further_on" if further else "on", _named(body, names, w), day_text(day, w.lang))
                for (day, further), names in sorted(days.items())
            ]
            yield w(f"{word}_deals", semi(told, w.lang))


def _in_hand(body: BriefBody, held: Mapping[str, DealLicences], w: Wording) -> Iterator[str]:
    """Yields what may leave under licences in hand, by their kind and last day."""
    ends: dict[tuple[str, str], list[str]] = {}
    for name, state in held.items():
        for one in state["licences"]:
            if one["in_force"]:
                ends.setdefault((one["valid_until"] or "", one["kind"]), []).append(name)
    if ends:
        told = []
        for (last, kind), names in sorted(ends.items()):
            word = say(_NEXT[kind], w.lang)
            text = _named(body, names, w)
            told.append(w("held_until", text, word, day_text(last, w.lang)) if last else w("held", text, word))
        yield w("held_deals", semi(told, w.lang))


def _named(body: BriefBody, names: Iterable[str], w: Wording) -> str:
    """Returns transactions by id and title; several alike by their ids, or many by their number."""
    told = in_order(dict.fromkeys(names))
    if len(told) <= MOST_TITLES:
        return named_text(body, told, w)
    if len(told) <= MOST_NAMED:
        return listed(told, w.lang)
    return w("deals_more", told[0], len(told) - 1, len(told))
