"""Status of the rules over time: the same as day by day, grouped and ordered for readers."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.law.rules.model import Status
from coercivity.verbs.rules import rules_status
from coercivity.verbs.timeline import (
    FRAME,
    GROUPS,
    PARTIES,
    RARE_EARTHS,
    Mix,
    StatusSpan,
    clause_on,
    facts_asked,
    timeline,
)

KNOWN = "2026-10-05"
TURNS = ("2024-12-01", "2025-04-04", "2025-10-09", "2025-11-07", "2025-11-10", "2025-12-01", "2026-11-10", "2026-11-28")


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("assume", [None, "lapsed", "61=extended:2026-11-27"])
def test_the_runs_are_the_states_day_by_day(turn: str, assume: str | None) -> None:
    """Around every turn the runs say what `rules status` says of that day."""
    found = timeline("2026-03-02", KNOWN, assume)
    spans = {clause.provision.id: clause.spans for line in found.lines for clause in line.clauses}
    for offset in (-1, 0, 1):
        day = Day.fromisoformat(turn) + timedelta(days=offset)
        for row in rules_status(day.isoformat(), KNOWN, assume):
            held = [s for s in spans[row["provision"]] if s.first is None or s.first <= day]
            assert held[-1].status.value == row["status"], (row["provision"], day)


def test_the_runs_follow_each_other_without_a_gap() -> None:
    """Each run ends on the day before the next begins; the last has no end."""
    for line in timeline("2026-11-12").lines:
        every: list[tuple[Mix | StatusSpan, ...]] = [line.spans, *(clause.spans for clause in line.clauses)]
        for runs in every:
            assert runs[0].first is None
            assert runs[-1].last is None
            for before, after in pairwise(runs):
                assert before.last is not None
                assert after.first == before.last + timedelta(days=1)
        assert all(sum(n for _, n in mix.counts) == len(line.clauses) for mix in line.spans)


def test_since_when_and_until_when_a_limb_of_61_is_paused() -> None:
    """Limb 3 ran from 9 October, was paused on 7 November 2025, through 10 November 2026."""
    _, clause = clause_on("a61-1-3", "2026-03-02")
    assert (clause.now.status, str(clause.since), str(clause.now.until)) == (
        Status.SUSPENDED,
        "2025-11-07",
        "2026-11-10",
    )
    assert [(str(s.first), s.status.value) for s in clause.spans] == [
        ("None", "not_yet"),
        ("2025-10-09", "in_force"),
        ("2025-11-07", "suspended"),
        ("2026-11-11", "unknown"),
    ]


def test_before_a_notice_was_published_nobody_knew_it() -> None:
    """Seen from August 2025 there is no October announcement on any day."""
    line = timeline("2025-08-15").line("mofcom-2025-61")
    assert [mix.counts for mix in line.spans] == [((Status.NOT_YET, 9),)]


def test_an_instrument_may_stand_in_two_states_at_once() -> None:
    """46/2024: two clauses in force, three paused."""
    now = timeline("2026-03-02").line("mofcom-2024-46").now
    assert {status: len(clauses) for status, clauses in now.items()} == {Status.IN_FORCE: 2, Status.SUSPENDED: 3}


def test_controls_on_rare_earths_come_first() -> None:
    """The groups stand in their order; the five announcements and the catalogue of technologies are in the first."""
    lines = timeline("2026-03-02").lines
    ranks = [GROUPS.index(line.group) for line in lines]
    assert ranks == sorted(ranks)
    first = {line.instrument.id for line in lines if line.group == RARE_EARTHS}
    assert {"mofcom-gac-2025-18", "mofcom-2025-61", "mofcom-2025-62", "mofcom-most-2023-57"} <= first
    by_id = {line.instrument.id: line.group for line in lines}
    assert (by_id["mofcom-uel-2025-9"], by_id["npc-ecl-2020"]) == (PARTIES, FRAME)


def test_what_a_clause_asks() -> None:
    """Limb 2 asks for the origin of the technology; a duty asks for nothing."""
    assert {"technology_origin", "origin", "from", "to"} <= set(facts_asked("a61-1-2"))
    assert facts_asked("a61-6") == ()


@pytest.mark.parametrize(
    ("name", "on", "code"), [("nope", "2026-03-02", "PROVISION"), ("a61-1-1", "2026-13-02", "DATE")]
)
def test_what_cannot_be_read(name: str, on: str, code: str) -> None:
    """An unknown clause and a day that does not exist are told."""
    with pytest.raises(CoercivityError) as told:
        clause_on(name, on)
    assert told.value.code == code
