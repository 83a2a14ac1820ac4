"""What of a firm's survival is told in one look: the first stop, each part, each clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LAYER = "permitted"  # with what is licensed or free: what may be counted on
_ORDER = ("waiting", "licensed", "open", "free", "barred")


def tiles(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the parts, the one that stops first before the others.

    Args:
        body: The answer of `survive` as plain data.
    """
    found = [_tile(item) for item in body["items"]]
    return sorted(found, key=lambda tile: (tile["days"] is None, tile["days"] or 0))


def headline(body: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the part that stops first, with the licence clock that it runs against."""
    first = tiles(body)[0]
    flows = [flow for flow in body["flows"] if flow["item"] == first["id"]]
    timed = [flow for flow in flows if (drawn := flow["clock"]["ends"]["drawn"]) is not None and drawn["kept"]]
    timed.sort(key=lambda flow: (_ORDER.index(flow["passage"]), _middle(flow)))
    return {**first, "flow": timed[0] if timed else None, "longest": body["looked_ahead_days"]}


def clause_rows(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the clauses, the one that costs most first."""
    rows = [
        {
            "id": cut["clause"],
            "short": cut["short"],
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


def _tile(item: Mapping[str, Any]) -> dict[str, Any]:
    reach = next(entry for entry in item["reaches"] if entry["layer"] == LAYER)
    chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
    days = [day for day in item["next_licensed_delivery_days"].values() if day is not None]
    return {
        "id": item["id"],
        "grade": item["grade"],
        "name": item["name"],
        "days": reach["days"],
        "stop_on": reach["stop_on"],
        "chance": None if chance is None else f"{float(chance):.0%}",
        "delivery": days if len(days) == 3 else [],
        "waiting_kg": item["waiting_kg"],
    }


def _middle(flow: Mapping[str, Any]) -> int:
    return int(flow["clock"]["ends"]["drawn"]["filing_to_grant_days"]["50"])
