"""What changes if a suspension is extended or lapses, with the reason where nothing changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.words import say
from coercivity.papers.brief.paper.wording import (
    instrument_text,
    instruments_text,
    named_text,
    semi,
)
from coercivity.papers.brief.report_data import BranchData, BriefBody, TransactionData
from coercivity.papers.deal.why import subject_to
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.outcomes import meaning, scenario_text
from coercivity.papers.shared.paper.sections import Wording

LAPSED, EXTENDED = "lapsed", "extended"
MOST_REASONS, MOST_NAMES = 2, 4


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A transaction in both scenarios of a suspension.

    Attributes:
        instruments: The instruments on whose suspension it depends.
        lapsed: The scenario in which all of them apply again.
        extended: The scenario in which all stay suspended.
    """

    row: TransactionData
    instruments: tuple[str, ...]
    lapsed: BranchData
    extended: BranchData

    @property
    def differs(self) -> bool:
        """Whether the result differs."""
        return self.lapsed["outcome"] != self.extended["outcome"]


def two_ways(row: TransactionData) -> TwoWays | None:
    """Returns a transaction in both scenarios, or None if it does not depend on a suspension whose status is open."""
    labels: dict[str, set[str]] = {}
    for branch in row["branches"]:
        for pick in branch["picks"]:
            labels.setdefault(pick["instrument"], set()).add(pick["label"].partition(":")[0])
    telling = tuple(sorted(name for name, held in labels.items() if held == {LAPSED, EXTENDED}))
    if not telling:
        return None
    ends = [_branch(row["branches"], telling, label) for label in (LAPSED, EXTENDED)]
    lapsed, extended = ends
    return None if lapsed is None or extended is None else TwoWays(row, telling, lapsed, extended)


def _branch(branches: Sequence[BranchData], telling: Sequence[str], label: str) -> BranchData | None:
    for branch in branches:
        picks = {pick["instrument"]: pick["label"].partition(":")[0] for pick in branch["picks"]}
        if all(picks.get(name) == label for name in telling):
            return branch
    return None


def suspension_sentences(body: BriefBody, w: Wording) -> Iterator[str]:
    """Yields which transactions change with the suspension and to what, and why the others do not.

    Args:
        body: The report data.
        w: The words.
    """
    if body["assume"]:
        picked = (
            w("assumed_pick", instrument_text(body, name, w.lang), scenario_text(pick, w.lang))
            for name, pick in body["assume"].items()
        )
        yield w("assumed", semi(picked, w.lang))
    found = {row["id"]: ways for row in body["transactions"] if (ways := two_ways(row)) is not None}
    changing = {name: ways for name, ways in found.items() if ways.differs}
    yield from _changes(body, changing, w)
    suspended = [row for row in body["transactions"] if row["id"] not in found and row["finding"] == "suspended"]
    yield from _later(body, suspended, w)
    told = {*changing, *(row["id"] for row in suspended)}
    yield from _unchanged(body, [row for row in body["transactions"] if row["id"] not in told], w)


def _changes(body: BriefBody, changing: Mapping[str, TwoWays], w: Wording) -> Iterator[str]:
    groups: dict[tuple[str, str, str], list[TwoWays]] = {}
    for ways in changing.values():
        names = instruments_text(body, ways.instruments, w.lang)
        groups.setdefault((names, way_text(body, ways, LAPSED, w), way_text(body, ways, EXTENDED, w)), []).append(ways)
    merged: dict[tuple[str, str], list[tuple[str, list[TwoWays]]]] = {}
    for (names, lapsed, extended), held in groups.items():
        merged.setdefault((lapsed, extended), []).append((names, held))
    for (lapsed, extended), parts in merged.items():
        ids = [ways.row["id"] for _, held in parts for ways in held]
        names = instruments_text(body, sorted({name for ways in _all(parts) for name in ways.instruments}), w.lang)
        yield w("changes", named_text(body, ids, w), names, lapsed, extended)


def _all(parts: Sequence[tuple[str, list[TwoWays]]]) -> Iterator[TwoWays]:
    for _, held in parts:
        yield from held


def way_text(body: BriefBody, ways: TwoWays, label: str, w: Wording) -> str:
    """Returns the result in a scenario; with the instrument where it is another one.

    Args:
        body: The report data.
        ways: A transaction in both scenarios.
        label: The scenario.
        w: The words.
    """
    branch = ways.lapsed if label == LAPSED else ways.extended
    kinds = [reason["kind"] for reason in ways.row["reasons"] if reason["kind"] != "status"]
    outcome = branch["outcome"]
    told = meaning(outcome, w.lang)
    told = say(subject_to(outcome, kinds), w.lang) or told
    others = [
        name
        for name in branch["bites"]
        if name in body["clauses"] and body["clauses"][name]["instrument"] not in ways.instruments
    ]
    if label == EXTENDED and others:
        return w("by_clause", told, instrument_text(body, body["clauses"][others[0]]["instrument"], w.lang))
    return told


def _later(body: BriefBody, rows: Sequence[TransactionData], w: Wording) -> Iterator[str]:
    """Yields until when a transaction may proceed because a rule is suspended on the date, and what follows."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        now = next((place for place, one in enumerate(row["windows"]) if one["from"] <= body["on"] <= one["to"]), None)
        if now is None or now + 1 >= len(row["windows"]):
            continue
        after = row["windows"][now + 1]
        by = instruments_text(body, (pause["instrument"] for pause in row["pauses"]), w.lang)
        groups.setdefault((by, row["windows"][now]["to"], after["outcome"]), []).append(row["id"])
    for (by, last, outcome), ids in groups.items():
        told = named_text(body, ids, w), by, day_text(last, w.lang), meaning(outcome, w.lang)
        yield w("suspended_until", *told)


def _unchanged(body: BriefBody, rows: Sequence[TransactionData], w: Wording) -> Iterator[str]:
    """Yields why the other transactions have the same result in both scenarios: what governs them instead.

    Those that are undetermined for another reason are among the open points of the page.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        suspended = {name for ways in [two_ways(row)] if ways is not None for name in ways.instruments}
        names = (body["clauses"][ground]["instrument"] for ground in row["grounds"] if ground in body["clauses"])
        governing = tuple(dict.fromkeys(name for name in names if name not in suspended))
        groups.setdefault(governing[:1] if row["outcome"] in ("STOP", "LICENCE") else ("", row["outcome"]), []).append(
            row["id"]
        )
    governed = {key[0]: ids for key, ids in groups.items() if key and key[0]}
    if len(governed) > MOST_REASONS:
        every = [name for ids in governed.values() for name in ids]
        yield w("no_change_other", named_text(body, every, w), instruments_text(body, governed, w.lang, MOST_NAMES))
    else:
        for name, ids in governed.items():
            yield w("no_change", named_text(body, ids, w), _governs(body, name, w))
    free = [name for key, ids in groups.items() if key == ("", "PROCEED") for name in ids]
    if free:
        yield w("no_change_free", named_text(body, free, w))


def _governs(body: BriefBody, name: str, w: Wording) -> str:
    """Returns which instrument governs, since when, and whether it was ever suspended."""
    told = instrument_text(body, name, w.lang)
    held = body["instruments"].get(name)
    state = next((state for state in body["states"] if state["instrument"] == name), None)
    if held is None or state is None or state["status"] != "in_force" or "effective" not in held:
        return w("governs", told)
    since = day_text(held["effective"], w.lang)
    if any(pause["instrument"] == name for row in body["transactions"] for pause in row["pauses"]):
        return w("governs_part", told, since)
    if held["effective"] >= body["horizon"]["from"]:
        return w("governs_always", told, since)
    return w("governs_since", told, since, day_text(body["horizon"]["from"], w.lang))
