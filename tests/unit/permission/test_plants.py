"""Help of a Chinese supplier for a plant abroad: know-how, work on the line, people, machines."""

from __future__ import annotations

import datetime as dt

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.status import Assumption
from coercivity.permission.buckets import PlantAct, load_buckets, process_stages
from coercivity.permission.gate import Gate, Way
from coercivity.permission.gates import Gates

BOOK = load_rulebook()
AS_IS = Gates(BOOK)
OCTOBER, MARCH, LATER = dt.date(2025, 10, 20), dt.date(2026, 3, 1), dt.date(2026, 12, 15)
STAGES = ["mine", "crack", "sep_light", "sep_heavy", "metal", "magnet", "magnet_smco", "recycling"]


def gate(act: str, stage: str, on: dt.date, gates: Gates = AS_IS) -> Gate:
    return gates.plant_gate(PlantAct(act, "SEA", stage), on, on)


@pytest.mark.parametrize("stage", STAGES)
def test_know_how_needs_a_licence_while_62_runs(stage: str) -> None:
    """MOFCOM 62/2025, Article 1, from 9 October 2025; as the special rule it steps before the catalogue."""
    found = gate("technology", stage, OCTOBER)
    assert (found.way, found.clauses[0]) == (Way.LICENCE, "a62-1-a")


@pytest.mark.parametrize(
    ("stage", "way", "clause"),
    [
        ("magnet", Way.SHUT, "cat23-J-re-3"),
        ("magnet_smco", Way.SHUT, "cat23-J-re-3"),
        ("metal", Way.SHUT, "cat23-J-re-2"),
        ("sep_light", Way.SHUT, "cat23-J-re-1"),
        ("sep_heavy", Way.SHUT, "cat23-J-re-1"),
        ("mine", Way.LICENCE, "cat23-X-re"),
    ],
)
def test_with_62_paused_the_catalogue_decides(stage: str, way: Way, clause: str) -> None:
    """MOFCOM/MOST 57/2023: prohibited part for separation, metals and magnets, restricted part for mining."""
    found = gate("technology", stage, MARCH)
    assert (found.way, found.clauses[0]) == (way, clause)
    assert not found.unknown


def test_recycling_know_how_is_open_and_taken_as_the_stricter() -> None:
    """MOFCOM/MOST 57/2023: no entry was seen and absence is not proven, at most a ban."""
    found = gate("technology", "recycling", MARCH)
    assert (found.way, found.unknown, found.clauses) == (Way.SHUT, True, ("cat23-free",))


@pytest.mark.parametrize(
    ("act", "clause"), [("service", "a62-1-b"), ("assistance", "a62-1-catchall"), ("equipment", "a62-1-catchall")]
)
def test_work_people_and_machines_are_free_before_and_during_the_pause(act: str, clause: str) -> None:
    """MOFCOM 62/2025, Articles 1 and 7, and the pause of 70/2025."""
    assert gate(act, "magnet", dt.date(2025, 9, 1)).finding == "not_controlled"
    found = gate(act, "magnet", OCTOBER)
    assert (found.way, found.clauses[0]) == (Way.LICENCE, clause)
    paused = gate(act, "magnet", MARCH)
    assert (paused.way, paused.finding, paused.paused[0]) == (Way.FREE, "suspended", clause)


@pytest.mark.parametrize(
    ("stage", "clause"),
    [("magnet", "a56-2b902-o"), ("magnet_smco", "a56-2b902-w"), ("metal", "a56-2b902-i"), ("sep_heavy", "a56-2b902-a")],
)
def test_a_listed_machine_needs_a_licence_where_56_is_back(stage: str, clause: str) -> None:
    """MOFCOM/GAC 56/2025, codes 2B902; to start on 8 November 2025, paused the day before."""
    back = Gates(BOOK, assume={"mofcom-gac-2025-56": Assumption(True), "mofcom-2025-62": Assumption(True)})
    found = gate("equipment", stage, LATER, back)
    assert (found.way, found.unknown) == (Way.LICENCE, False)
    assert clause in found.clauses


def test_with_the_end_of_the_pause_unknown_the_ban_of_the_catalogue_is_the_stricter_branch() -> None:
    """62 lapsed means a licence, 62 extended means the ban of 57/2023: the looser notice is the stricter law."""
    found = gate("technology", "magnet", LATER)
    assert (found.way, found.unknown) == (Way.SHUT, True)
    lapsed = Gates(BOOK, assume={"mofcom-2025-62": Assumption(True)})
    assert gate("technology", "magnet", LATER, lapsed).way is Way.LICENCE


def test_nothing_is_asked_of_a_plant_in_china() -> None:
    assert AS_IS.plant_gate(PlantAct("technology", "CN", "magnet"), OCTOBER, OCTOBER).finding == "not_asked"


def test_every_stage_with_a_stage_of_the_law_has_facts_and_the_other_way_round() -> None:
    assert set(load_buckets().plant) == set(process_stages()) == set(STAGES)


def test_a_wrong_act_is_told_with_the_nearest() -> None:
    with pytest.raises(CoercivityError, match=r"BUCKET: act 'servce' not found"):
        gate("servce", "magnet", OCTOBER)
