"""The address of a screening: its names, lists and day, and the filters and the page of the result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coercivity.base.words import bare
from coercivity.verbs.parties.rows import ROLES, ScreenReport
from coercivity.verbs.serving.parties.pairs import STATES, Pair
from coercivity.verbs.serving.parties.screenings import ScreeningAsked
from coercivity.web.view import View

FILTERS = ("q", "in_list", "verdict", "reason", "role", "state")
PER_PAGE = 20
TO_DO, ALL = "to_do", "all"
MOST_LISTS, MOST_COLUMNS = 8, 40
COLUMN = "col"
READ_BY: tuple[str, ...] = ("sheet", "encoding", "delimiter")
# What says which screening it is; the rest of an address says what is shown of it.
KEPT = ("on", "list", "owners", COLUMN, *READ_BY, "lang")


def asked_of(view: View, upload_id: str) -> ScreeningAsked:
    """Returns the screening of an address."""
    lists = tuple(dict.fromkeys(value for key, value in view.query if key == "list"))[:MOST_LISTS]
    return ScreeningAsked(
        upload_id,
        on=view.on if view.get("on") else "",
        lists=lists,
        ownership=view.get("owners"),
        columns=columns_of(value for key, value in view.query if key == COLUMN),
        read_by=tuple((name, view.get(name)) for name in READ_BY if view.get(name)),
    )


def columns_of(told: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Returns columns with their roles, each from a text such as `consignee:Ship to`."""
    parts = (text.partition(":") for text in told)
    return tuple({column: role for role, colon, column in parts if colon}.items())[:MOST_COLUMNS]


def query_of(asked: ScreeningAsked) -> list[tuple[str, str]]:
    """Returns names and values of the address of a screening, from which `asked_of` makes it again."""
    columns = [(COLUMN, f"{role}:{column}") for column, role in asked.columns]
    lists = [("list", one) for one in asked.lists]
    held = [("on", asked.on), *lists, ("owners", asked.ownership), *columns, *asked.read_by]
    return [(key, value) for key, value in held if value]


@dataclass(frozen=True, slots=True)
class Shown:
    """The pairs that a page shows.

    Attributes:
        pairs: The pairs of the page.
        count: Number of pairs that the filters leave.
        page: Number of the page, from 1.
        pages: Number of pages, at least 1.
    """

    pairs: tuple[Pair, ...]
    count: int
    page: int
    pages: int


def filters_of(view: View) -> dict[str, str]:
    """Returns the filters of an address; blank ones do not filter, and without a state, pairs to decide are shown."""
    held = {name: view.get(name) for name in FILTERS}
    if held["state"] not in (*STATES, ALL):
        held["state"] = TO_DO
    return held


def shown_pairs(view: View, pairs: Sequence[Pair], report: ScreenReport) -> Shown:
    """Returns the pairs of the page that an address names."""
    held = filters_of(view)
    found = [one for one in pairs if _fits(one, held, report)]
    pages = max(1, -(-len(found) // PER_PAGE))
    text = view.get("page")
    page = min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return Shown(tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE]), len(found), page, pages)


def _fits(pair: Pair, held: dict[str, str], report: ScreenReport) -> bool:
    state, query = held["state"], bare(held["q"])
    if state != ALL and not (pair.is_to_do if state == TO_DO else pair.state == state):
        return False
    if held["in_list"] and all(one.list_id != held["in_list"] for one in pair.entries):
        return False
    if held["verdict"] and pair.finding.screened != held["verdict"]:
        return False
    if held["reason"] and all(one.kind != held["reason"] for one in pair.finding.features):
        return False
    if held["role"] and all(report.rows[row].role != held["role"] for row in pair.rows):
        return False
    return not query or query in bare(f"{pair.asked.name} {pair.finding.listed} {pair.finding.entry.name}")


def next_after(pairs: Sequence[Pair], pair_id: str, page: Sequence[Pair]) -> str:
    """Returns the id of the pair to show after one is decided: the next of its page, else the one before; or blank.

    Args:
        pairs: All pairs, as they are after the decision.
        pair_id: The pair that was decided.
        page: The pairs of the page on which it was decided.
    """
    ids = [one.id for one in page]
    at = ids.index(pair_id) if pair_id in ids else -1
    left = {one.id for one in pairs if one.is_to_do}
    return next((one for one in (*ids[at + 1 :], *reversed(ids[: max(at, 0)])) if one in left), "")


def roles_in(report: ScreenReport) -> list[str]:
    """Returns the roles that the names of a report have, in the order of the roles."""
    held = {row.role for row in report.rows}
    return [role for role in ROLES if role in held]


def reasons_in(pairs: Sequence[Pair]) -> list[str]:
    """Returns the kinds of reasons of pairs, the most frequent first."""
    counts: dict[str, int] = {}
    for pair in pairs:
        for kind in dict.fromkeys(one.kind for one in pair.finding.features):
            counts[kind] = counts.get(kind, 0) + 1
    return sorted(counts, key=lambda kind: (-counts[kind], kind))
