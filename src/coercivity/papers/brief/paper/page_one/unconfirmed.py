"""What is unconfirmed and who settles it: names, facts, law, and rules that were not verified to the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coercivity.base.words import say
from coercivity.papers.brief.paper.groups import DealGroup, OpenKind
from coercivity.papers.brief.paper.wording import MOST_TITLES, in_order, instruments_text, listed, named_text
from coercivity.papers.brief.report_data import BriefBody, ReasonData
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.sections import Wording

WHO = {
    "names": "officer",
    "standing": "officer",
    "status": "officer",
    "not_verified": "officer",
    "not_held": "counsel",
    "text": "counsel",
    "facts": "supplier",
    "unread": "author",
    "other_content": "author",
}
KIND_OF_REASON: dict[str, OpenKind] = {
    "names": "names", "standing": "facts", "facts": "facts", "unread": "facts", "other_content": "facts",
    "status": "law", "text": "law", "not_verified": "check", "not_held": "check",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One point to settle.

    Attributes:
        kind: What is open.
        who: Who settles it.
        what: What to do.
        ids: The transactions that wait for it.
    """

    kind: OpenKind
    who: str
    what: str
    ids: tuple[str, ...]


def checks(body: BriefBody, groups: Iterable[DealGroup], w: Wording) -> list[Check]:
    """Returns what is to be settled, each once, with the transactions that wait for it.

    Args:
        body: The report data.
        groups: The transactions.
        w: The words.
    """
    found: dict[tuple[OpenKind, str, str], list[str]] = {}
    statuses: dict[str, list[str]] = {}
    for group in groups:
        ids = [deal["id"] for deal in group["deals"]]
        for reason in group["reasons"]:
            if reason["kind"] == "status":
                for name in reason["names"]:
                    statuses.setdefault(name, []).extend(ids)
                continue
            who = w(WHO[reason["kind"]], table="who")
            found.setdefault((KIND_OF_REASON[reason["kind"]], who, _what(reason, w)), []).extend(ids)
    told = [Check(kind, who, what, _once(ids)) for (kind, who, what), ids in found.items()]
    if statuses:
        names = instruments_text(body, sorted(statuses), w.lang)
        what = w("check_notices", names, day_text(body["known"], w.lang))
        waiting = _once(name for held in statuses.values() for name in held)
        told.append(Check("law", w(WHO["status"], table="who"), what, waiting))
    return told


def unconfirmed_sentences(
    body: BriefBody, groups: Sequence[DealGroup], w: Wording, told: Sequence[str] = ()
) -> Iterator[str]:
    """Yields each point to settle, with who settles it, the one with most transactions first, then lots on hold.

    Args:
        body: The report data.
        groups: Its transactions.
        w: The words.
        told: What the actions of the page say already.
    """
    found = sorted(checks(body, groups, w), key=lambda check: -len(check.ids))
    left = [check for check in found if w("who_does", check.who, check.what) not in told]
    yield from (_told(body, check, w) for check in left[:1])
    if "stops" in body and (lots := [entry["lot"] for entry in body["stops"]["law"] if entry["held"]]):
        yield w("lots_on_hold", w("officer", table="who"), listed(lots, w.lang))
    yield from (_told(body, check, w) for check in left[1:])
    if not found:
        yield w("nothing_open")
    elif not left:
        yield w("all_told")


def _told(body: BriefBody, check: Check, w: Wording) -> str:
    few = len(check.ids) <= MOST_TITLES
    return w(
        "check_for", check.who, check.what, named_text(body, check.ids, w) if few else w("some_deals", len(check.ids))
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(in_order(dict.fromkeys(ids)))


def _what(reason: ReasonData, w: Wording) -> str:
    """Returns what to do about a reason, without the full stop of its text."""
    if reason["kind"] == "not_verified" and "day" in reason:
        return w("check_verified", day_text(reason["day"], w.lang))
    return w(f"settle_{reason['kind']}", say(reason["text"], w.lang).rstrip(".。"))
