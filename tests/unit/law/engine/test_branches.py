"""Combinations of unconfirmed statuses: all for a few, corners and single changes for a nearly empty deal."""

from __future__ import annotations

from coercivity.base.days import parse_day
from coercivity.law.engine.branches import MOST_IN_DOUBT, ways
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.rules.model import Outcome, Status
from coercivity.law.rules.status import Assumption, Branch
from tests.support import BOOK, SINTERING_RECIPE, on

BOTH = (Branch("lapsed", Status.IN_FORCE), Branch("extended", Status.SUSPENDED))


def test_nothing_in_doubt_is_one_way() -> None:
    """The single branch without picks."""
    assert list(ways({})) == [{}]


def test_a_few_in_doubt_are_all_tried() -> None:
    """Two instruments, four ways."""
    found = [tuple(way.values()) for way in ways({"a": BOTH, "b": BOTH})]
    assert sorted(found) == [
        ("extended", "extended"),
        ("extended", "lapsed"),
        ("lapsed", "extended"),
        ("lapsed", "lapsed"),
    ]


def test_many_in_doubt_are_tried_at_the_corners_and_by_single_turns() -> None:
    """Both corners, and from each every instrument turned by itself."""
    names = [f"i{number}" for number in range(MOST_IN_DOUBT + 1)]
    found = [tuple(way.values()) for way in ways(dict.fromkeys(names, BOTH))]
    assert len(found) == 2 + 2 * len(names)
    assert {entry.count("lapsed") for entry in found} == {0, 1, len(names) - 1, len(names)}


def test_a_bare_deal_after_the_unchecked_end_is_open_and_answered() -> None:
    """Every paused instrument may touch it: UNKNOWN, anything possible."""
    decision = decide(BOOK, Deal({}), parse_day("2026-11-24"))
    assert (decision.outcome, decision.floor, decision.ceiling) == (Outcome.UNKNOWN, Outcome.PROCEED, Outcome.STOP)


def test_only_the_state_that_tells_makes_branches() -> None:
    """55 and 58 of 2025 might touch a recipe whose topic is not stated; only 62 changes its answer."""
    assert on(SINTERING_RECIPE, "2026-11-24").telling == ("mofcom-2025-62",)


def test_an_assumed_pause_counts_as_checked() -> None:
    """With the extension assumed and the rest known through the day, a paused furnace may proceed."""
    furnace = "act: goods, form: equipment, goods_kind: hydrogen_decrepitation_furnace, elements: [], from: CN, to: EE, exporter_nationality: CN"
    extended = {"mofcom-gac-2025-56": Assumption(lapsed=False, extended_through=parse_day("2027-01-10"))}
    assumed = on(furnace, "2026-11-24", known="2026-11-24", assume=extended)
    assert (assumed.finding.word, assumed.outcome) == ("suspended", Outcome.PROCEED)
    assert on(furnace, "2026-11-24", assume=extended).outcome is Outcome.UNKNOWN


def test_a_control_of_the_item_in_doubt_leaves_what_bears_on_it_in_doubt() -> None:
    """Holmium moved abroad to a party of 23/2026: whether 57/2025 makes it a dual-use item is not known."""
    abroad = "act: reexport, form: metal, elements: [Ho], from: KR, to: US, origin: CN, exporter_nationality: KR, party_sets: [cl-2026-23]"
    decision = on(abroad, "2026-12-01")
    assert (decision.finding.word, decision.outcome, decision.ceiling) == ("need_facts", Outcome.UNKNOWN, Outcome.STOP)
    assert decision.telling == ("mofcom-gac-2025-57",)
    assert "mofcom-gac-2025-57" in decision.used
    paused = on(abroad, "2026-07-02")
    assert paused.finding.word == "not_controlled"
