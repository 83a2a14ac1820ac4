"""Transactions with the same answer as one group, and the kind of what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Literal, TypedDict

from coercivity.base.sums import total
from coercivity.papers.brief.report_data import BriefBody, ReasonData, TransactionData
from coercivity.papers.shared.names import Text

OpenKind = Literal["facts", "names", "law", "check", ""]
KINDS: tuple[OpenKind, ...] = ("names", "facts", "law", "check")
_KIND_OF: dict[str, OpenKind] = {
    "facts": "facts",
    "standing": "facts",
    "unread": "facts",
    "other_content": "facts",
    "names": "names",
    "text": "law",
    "status": "law",
    "not_verified": "check",
    "not_held": "check",
}
_Key = tuple[object, ...]


class GroupedDeal(TypedDict):
    """A transaction of a group; `value` is decimal text, and empty with `currency` where the case does not give it."""

    id: str
    title: Text
    quantity: str
    unit: str
    value: str
    currency: str
    planned_on: str


class DealGroup(TypedDict):
    """Transactions with the same result, legal basis, next step and open points.

    Attributes:
        open: Kinds of what is open: names to compare, facts missing, law unconfirmed, rules not verified to the date.
        ways: The result in each legal scenario, in words; empty where none is unconfirmed.
    """

    deals: list[GroupedDeal]
    outcome: str
    finding: str
    may_become: str | None
    grounds: list[str]
    next: Text
    open: list[OpenKind]
    ways: Text
    reasons: list[ReasonData]


def deal_groups(body: BriefBody) -> list[DealGroup]:
    """Returns the transactions of a report in groups with the same answer, in the order of their first transaction.

    Args:
        body: The report data.
    """
    held: dict[_Key, list[TransactionData]] = {}
    for row in body["transactions"]:
        held.setdefault(_answer(row), []).append(row)
    return [_group(rows) for rows in held.values()]


def rows_of(body: BriefBody, group: DealGroup) -> list[TransactionData]:
    """Returns the transactions of a group with all that the report says of them."""
    ids = {deal["id"] for deal in group["deals"]}
    return [row for row in body["transactions"] if row["id"] in ids]


def ids_of(groups: Iterable[DealGroup]) -> list[str]:
    """Returns the ids of the transactions of groups."""
    return [deal["id"] for group in groups for deal in group["deals"]]


def open_kinds(row: TransactionData) -> list[OpenKind]:
    """Returns what kinds of points are open in a transaction, those that may prohibit it first."""
    found = {_KIND_OF[reason["kind"]] for reason in row["reasons"]}
    return [kind for kind in KINDS if kind in found]


def main_kind(group: DealGroup) -> OpenKind:
    """Returns the kind under which an undetermined group is shown: the one that people of the company settle first."""
    return group["open"][0] if group["open"] else ""


def values(groups: Iterable[DealGroup]) -> dict[str, Decimal]:
    """Returns the value of groups by currency; transactions without a value are left out."""
    found: dict[str, list[Decimal]] = {}
    for deal in (deal for group in groups for deal in group["deals"]):
        if deal["value"]:
            found.setdefault(deal["currency"], []).append(Decimal(deal["value"]))
    return {currency: total(amounts) for currency, amounts in sorted(found.items())}


def without_value(groups: Iterable[DealGroup]) -> int:
    """Returns how many transactions of groups have no value."""
    return sum(1 for group in groups for deal in group["deals"] if not deal["value"])


def _group(rows: list[TransactionData]) -> DealGroup:
    first = rows[0]
    return {
        "deals": [_deal(row) for row in rows],
        "outcome": first["outcome"],
        "finding": first["finding"],
        "may_become": first["may_become"],
        "grounds": list(first["grounds"]),
        "next": first["next"],
        "open": open_kinds(first),
        "ways": first["ways"],
        "reasons": first["reasons"],
    }


def _deal(row: TransactionData) -> GroupedDeal:
    about, planned = row["about"], row["planned"]
    return {
        "id": row["id"],
        "title": row["title"],
        "quantity": about.get("quantity", ""),
        "unit": about.get("unit", ""),
        "value": _value(about.get("quantity", ""), about.get("price", "")) if about.get("currency") else "",
        "currency": about.get("currency", ""),
        "planned_on": planned["on"] if planned is not None else "",
    }


def _value(quantity: str, price: str) -> str:
    try:
        value = Decimal(quantity) * Decimal(price)
    except InvalidOperation:
        return ""
    return f"{value:f}" if value.is_finite() else ""


def _answer(row: TransactionData) -> _Key:
    """Returns what two transactions must have in common to be told as one."""
    reasons = tuple((reason["kind"], tuple(reason["names"]), reason["text"]["en"]) for reason in row["reasons"])
    routes = tuple((track["id"], tuple(paper["id"] for paper in track["papers"])) for track in row["law"]["tracks"])
    result = row["outcome"], row["finding"], row["may_become"] or "", tuple(row["grounds"])
    return (*result, row["next"]["en"], reasons, row["ways"].get("en", ""), routes, tuple(_branches(row)))


def _branches(row: TransactionData) -> Iterator[_Key]:
    for branch in row["branches"]:
        picks = tuple((pick["instrument"], pick["label"]) for pick in branch["picks"])
        yield picks, branch["outcome"], tuple(branch["bites"])
