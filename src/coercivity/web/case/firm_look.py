"""The summary of a days-of-cover result: first stop, parts and clauses."""

from __future__ import annotations

import re
from typing import TypedDict

from coercivity.verbs.survive import FlowData, ItemData, Levels, SurvivalReport
from coercivity.verbs.words import Text
from coercivity.web.view import View

LAYER = "permitted"  # includes deliveries that are licensed or need no licence
_ORDER = ("waiting", "licensed", "open", "free", "barred")


class Tile(TypedDict):
    """One part; `delivery` contains the percentiles of the simulation, if there was one."""

    id: str
    grade: str
    name: Text
    days: int | None
    stop_on: str | None
    chance: str | None
    delivery: list[int]
    waiting_kg: str


class Headline(Tile):
    """The part that runs out first, with the flow whose licence it waits for."""

    flow: FlowData | None
    longest: int


class ClauseRow(TypedDict):
    """A clause and its cost to the company."""

    id: str
    short: str
    short_zh: str
    flows: list[str]
    days: Levels
    lost: dict[str, str]
    until: str
    worth: float
    currency: str
    index: float


def tiles(view: View, body: SurvivalReport) -> list[Tile]:
    """Returns the parts, the first to run out first.

    Args:
        view: The request.
        body: Result of `survive` as plain data.
    """
    found = [_tile(view, item) for item in body["items"]]
    return sorted(found, key=lambda tile: (tile["days"] is None, tile["days"] or 0))


def headline(view: View, body: SurvivalReport) -> Headline:
    """Returns the part that runs out first, with the flow whose licence it waits for."""
    first = tiles(view, body)[0]
    timed = [
        (_ORDER.index(flow["passage"]), drawn["filing_to_grant_days"]["50"], flow)
        for flow in body["flows"]
        if flow["item"] == first["id"] and (drawn := flow["clock"]["ends"]["drawn"]) is not None and drawn["kept"]
    ]
    soonest = min(timed, key=lambda entry: entry[:2], default=None)
    return {**first, "flow": soonest[2] if soonest else None, "longest": body["looked_ahead_days"]}


def clause_rows(body: SurvivalReport) -> list[ClauseRow]:
    """Returns the clauses, most costly first."""
    rows: list[ClauseRow] = [
        {
            "id": cut["clause"],
            "short": cut["short"],
            "short_zh": cut["short_zh"],
            "flows": cut["flows"],
            "days": cut["days_to_survive"],
            "lost": {name: mass for name, mass in cut["lost_kg"].items() if mass != "0"},
            "until": cut["counted_until"],
            "worth": float(cut["impact"]["value"]),
            "currency": cut["impact"]["currency"],
            "index": float(cut["index"]),
        }
        for cut in body["clauses"]
    ]
    return sorted(rows, key=lambda row: -row["worth"])


def part_name(view: View, grade: str, name: Text) -> str:
    """Returns the name of a part, with its grade where the name does not contain it."""
    text = view.t(name)
    named = not grade or re.search(rf"(?<![A-Za-z]){re.escape(grade)}(?![A-Za-z])", text)
    return text if named else f"{grade}{'，' if view.lang == 'zh' else ', '}{text}"


def _tile(view: View, item: ItemData) -> Tile:
    reach = next(entry for entry in item["reaches"] if entry["layer"] == LAYER)
    chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
    days = [day for day in item["next_licensed_delivery_days"].values() if day is not None]
    return {
        "id": item["id"],
        "grade": item["grade"],
        "name": item["name"],
        "days": reach["days"],
        "stop_on": reach["stop_on"],
        "chance": None if chance is None else f"{float(chance):.0%}".replace("%", "%" if view.lang == "zh" else " %"),
        "delivery": days if len(days) == 3 else [],
        "waiting_kg": item["waiting_kg"],
    }
