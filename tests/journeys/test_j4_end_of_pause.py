"""Journey J4: what changes on the day a suspension ends? The table, cell by cell, and checks 2, 3 and 6."""

from __future__ import annotations

import pytest

from coercivity.law.explain.proof import proof
from coercivity.law.explain.reasons import effect_of
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.status import Assumption
from coercivity.verbs.answers import answer
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, SINTERING_RECIPE, biting, on, role

A18, A56, A57 = "mofcom-gac-2025-18", "mofcom-gac-2025-56", "mofcom-gac-2025-57"
A61, A62 = "mofcom-2025-61", "mofcom-2025-62"
ABROAD = "act: reexport, to_zone: false"
PORTFOLIO = {
    "r1": f"{DY_MAGNET}, to: DE",
    "r2": f"{ND_MAGNET}, to: DE",
    "r3": "act: goods, form: metal, elements: [Ho], from: CN, to: KR, exporter_nationality: CN, origin: CN, ordinary_licence_held: true",
    "r4": "act: goods, form: equipment, goods_kind: hydrogen_decrepitation_furnace, elements: [], from: CN, to: EE,"
    " exporter_nationality: CN, origin: CN",
    "r5": f"{ABROAD}, form: finished_good, goods_kind: motor, magnet_type: [NdFeB], elements: [Nd, Dy], from: DE, to: MX,"
    " origin: DE, exporter_nationality: DE, chinese_input_value_share: 0.005, technology_origin: other",
    "r6": f"{ABROAD}, form: metal, elements: [Sm], from: NL, to: US, origin: CN, exporter_nationality: NL",
    "r7": f"{ABROAD}, form: magnet, magnet_type: [NdFeB], elements: [Nd, Dy], from: VN, to: KR, origin: VN,"
    " exporter_nationality: VN, technology_origin: CN, chinese_input_value_share: 0",
    "r8": SINTERING_RECIPE,
}
DAYS = ("2025-10-20", "2026-03-02", "2026-11-12")
TABLE = [
    ("r1", A18, ("LICENCE", "LICENCE", "LICENCE")),
    ("r2", A18, ("not_listed", "not_listed", "not_listed")),
    ("r2", A57, ("not_listed", "not_listed", "not_listed")),
    ("r3", A57, ("not_yet", "suspended", "unknown")),
    ("r4", A56, ("not_yet", "suspended", "unknown")),
    ("r5", A61, ("not_yet", "suspended", "unknown")),
    ("r6", A61, ("LICENCE", "suspended", "unknown")),
    ("r7", A61, ("not_yet", "suspended", "unknown")),
    ("r8", A62, ("LICENCE", "suspended", "unknown")),
]
CELLS = [(row, name, day, cell) for row, name, cells in TABLE for day, cell in zip(DAYS, cells, strict=True)]


@pytest.mark.parametrize(("row", "instrument", "day", "cell"), CELLS)
def test_1_the_table_cell_by_cell(row: str, instrument: str, day: str, cell: str) -> None:
    """The effect of the named instrument on that day, standing questions answered, nothing later loaded."""
    assert effect_of(BOOK, on(PORTFOLIO[row], day), instrument) == cell


def test_1_the_limbs_of_61_that_the_table_names() -> None:
    """r5 by content, r6 by origin, r7 by technology."""
    assert role(on(PORTFOLIO["r5"], DAYS[0]), "a61-1-1") == "not_yet"
    assert biting(on(PORTFOLIO["r6"], DAYS[0])) == {"a61-1-3"}
    assert role(on(PORTFOLIO["r7"], DAYS[0]), "a61-1-2") == "not_yet"
    assert role(on(PORTFOLIO["r7"], DAYS[0]), "a61-1-1") == "absent"


def test_1_the_outcomes_of_r8_licence_then_stop_then_one_branch_each_way() -> None:
    """62 in force: licence. 62 paused: the catalogue bars. State unknown: licence that may be stop."""
    first, second, third = (on(PORTFOLIO["r8"], day) for day in DAYS)
    assert first.outcome is Outcome.LICENCE
    assert (second.outcome, "cat23-J-re-3" in biting(second)) == (Outcome.STOP, True)
    assert (third.outcome, third.may_become) == (Outcome.LICENCE, Outcome.STOP)
    by_62 = {branch.picks["mofcom-2025-62"]: branch.outcome for branch in third.branches}
    assert by_62 == {"lapsed": Outcome.LICENCE, "extended": Outcome.STOP}


def test_2_the_technology_limb_catches_magnets_of_other_rare_earths() -> None:
    """r7: the Chinese clause ties origin to the technology, and the proof shows the fact it turns on."""
    steps = {step["provision"]: step for step in proof(BOOK, on(PORTFOLIO["r7"], "2026-03-02"))["steps"]}
    assert steps["a61-1-2"]["role"] == "would_bite"
    assert "technology_origin" in str(steps["a61-1-2"]["when"])
    found = BOOK.provision("a61-1-2")
    assert found is not None
    assert "技术" in found[1].gist.zh


def test_3_the_last_day_says_which_reading_of_until_was_used() -> None:
    """2026-11-10: suspended with the day included; the other reading makes the rule apply."""
    steps = {step["provision"]: step for step in proof(BOOK, on(PORTFOLIO["r6"], "2026-11-10"))["steps"]}
    assert steps["a61-1-3"]["status"]["status"] == "suspended"
    assert steps["a61-1-3"]["status"]["other_reading"] == "in_force"
    found = answer(BOOK, on(PORTFOLIO["r6"], "2026-11-10"), id="r6")
    assert found.other_reading is not None
    assert found.other_reading.outcome is Outcome.LICENCE
    assert answer(BOOK, on(PORTFOLIO["r6"], "2026-11-09"), id="r6").other_reading is None
    assert answer(BOOK, on(PORTFOLIO["r2"], "2026-11-10"), id="r2").other_reading is None


@pytest.mark.parametrize(("branch", "cell"), [("lapsed", "LICENCE"), ("extended", "suspended")])
@pytest.mark.parametrize(("row", "instrument"), [("r5", A61), ("r6", A61), ("r7", A61), ("r8", A62), ("r4", A56)])
def test_4_an_assumed_branch_turns_the_third_column(row: str, instrument: str, branch: str, cell: str) -> None:
    """Lapse confirmed gives a licence, an extension gives suspended."""
    through = on(ND_MAGNET, "2027-11-10").on
    picked = Assumption(lapsed=branch == "lapsed", extended_through=through)
    decision = on(PORTFOLIO[row], DAYS[2], assume={instrument: picked})
    assert effect_of(BOOK, decision, instrument) == cell


def test_6_the_pause_of_62_alone_does_not_free_the_recipe() -> None:
    """2026-03-02: the older catalogue is named."""
    decision = on(PORTFOLIO["r8"], "2026-03-02")
    assert decision.outcome is not Outcome.PROCEED
    assert "mofcom-most-2023-57" in decision.used


def test_outcomes_past_the_last_check_are_never_proceed() -> None:
    """2026-11-12 lies past what was checked: nothing proceeds, whatever its finding."""
    for row, facts in PORTFOLIO.items():
        assert on(facts, "2026-11-12").outcome is not Outcome.PROCEED, row
    assert on(PORTFOLIO["r2"], "2026-11-12").finding is Finding.NOT_CONTROLLED
