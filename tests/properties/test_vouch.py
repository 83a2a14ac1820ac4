"""A person's check turns a result that only awaits a check into that of its finding, and changes nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import gather
from coercivity.data.input import Content
from coercivity.data.values import FactValue
from coercivity.data.vouch import Vouch, vouch_file
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.explain.proof import proof, verify
from coercivity.law.explain.reasons import reasons
from coercivity.law.recheck.check import recheck_by
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.overlay import read_overlays
from tests.properties import test_columns
from tests.properties.test_recheck import BOOK, CASES, bags
from tests.sampling import examples, sampled

THROUGH = Day(2027, 1, 20)  # after every pause and term of the rulebook that is due to end
NOTE = "announcements on the website of MOFCOM"
NAME, TEXT = vouch_file(Vouch(through=THROUGH, by="Export Control Desk", signed_on=THROUGH, note=NOTE))
FILE = Content.of(f"{NAME}.yaml", TEXT)
VOUCHED = load_rulebook(None, read_overlays([FILE]))
LAW = read_raw_law(law_folder(), [FILE])
DAYS = st.one_of(
    st.dates(BOOK.verified_through - ONE_DAY, THROUGH + 20 * ONE_DAY), st.dates(Day(2024, 11, 20), THROUGH)
)
DECLARED = dict(BOOK.benign)


def compared(deal: Deal, on: Day, known: Day | None) -> tuple[Outcome, Outcome]:
    """Decides a deal without the check and with it, and holds the two against each other."""
    bare, with_it = (decide(book, deal, on, known=known) for book in (BOOK, VOUCHED))
    assert with_it.statuses == bare.statuses
    assert dict(with_it.law.sets) == dict(bare.law.sets)
    same = ("finding", "may_become", "floor", "ceiling", "telling", "missing", "open_standing", "horizon", "used")
    assert [getattr(with_it, name) for name in same] == [getattr(bare, name) for name in same]
    if with_it.outcome is not bare.outcome:
        assert (bare.outcome, with_it.outcome) == (Outcome.UNKNOWN, Outcome.PROCEED)
        assert [reason.kind for reason in reasons(BOOK, bare)] == ["not_verified"]
        assert not bare.telling
        assert bare.finding < Finding.NEED_FACTS
        assert bare.checked_through < on <= min(with_it.known, THROUGH)
    return bare.outcome, with_it.outcome


@settings(max_examples=examples(200))
@given(bags(), st.booleans(), DAYS, st.none() | DAYS)
def test_any_deal_on_any_day(facts: dict[str, FactValue], declared: bool, on: Day, known: Day | None) -> None:
    """LICENCE, STOP and whatever hangs on a missing fact or an unconfirmed status stay as they are."""
    compared(Deal({**DECLARED, **facts} if declared else facts), on, known)


def test_worked_cases_after_the_last_check() -> None:
    """Every kind of case on dates around the ends of pauses: some are lifted, and none that may need a licence."""
    days = (Day(2026, 10, 6), Day(2026, 11, 10), Day(2026, 11, 12), Day(2026, 11, 28), THROUGH, THROUGH + ONE_DAY)
    lifted = [
        on
        for case in sampled(CASES, key=lambda case: case.id)
        for on in days
        for before, after in [compared(case.deal, on, None)]
        if before is not after
    ]
    assert {*lifted} == {*days[:-1]}


def test_a_row_that_proceeds_before_the_last_check_proceeds_after_it_with_one() -> None:
    """Unless a pause or a term ends in between: no scenario is left open then, and no question it brings with it."""
    for case in sampled(CASES, key=lambda case: case.id):
        before = decide(BOOK, case.deal, BOOK.verified_through)
        after = decide(VOUCHED, case.deal, THROUGH)
        if before.outcome is Outcome.PROCEED and after.outcome is not Outcome.PROCEED:
            assert after.statuses != before.statuses, case.id
            assert after.telling or after.open_standing or after.finding is not before.finding, case.id


@settings(max_examples=examples(60))
@given(bags(), st.booleans(), DAYS, st.none() | DAYS)
def test_both_implementations_agree(facts: dict[str, FactValue], declared: bool, on: Day, known: Day | None) -> None:
    """With the file the audit trail is valid in both; without it in neither."""
    made = proof(VOUCHED, decide(VOUCHED, Deal({**DECLARED, **facts} if declared else facts), on, known=known))
    stated = json.loads(json.dumps(made))
    assert stated["vouches"] == [
        {"by": "Export Control Desk", "note": NOTE, "signed_on": "2027-01-20", "through": "2027-01-20"}
    ]
    assert (verify(VOUCHED, stated), recheck_by(LAW, stated)) == ([], [])
    assert verify(BOOK, stated)
    assert recheck_by(read_raw_law(law_folder()), stated)


def test_rows_of_a_table_are_decided_as_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Result, reasons, ruling and hash of every worked case around the ends of pauses, decided together and alone."""
    monkeypatch.setattr(test_columns, "BOOK", VOUCHED)
    days = (Day(2026, 10, 6), Day(2026, 11, 11), Day(2026, 11, 28), THROUGH, THROUGH + ONE_DAY)
    cases = sampled([case for case in CASES if case.on is not None], one_in=8, key=lambda case: case.id)
    rows = [dict(case.raw_facts) for case in cases for _ in days]
    at = [(on, VOUCHED.default_known(on)) for _ in cases for on in days]
    assert test_columns.sound(rows, at, packed_standing()) > len(days)


def test_a_check_put_into_a_proof_by_hand_is_found() -> None:
    """A statement that no file contains does not count, with hashes that fit or not."""
    from coercivity.law.explain.proof import seal

    faults = Faults()
    facts = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}
    deal = gather(BOOK, facts, standing=packed_standing(), where="test", faults=faults)
    faults.raise_if_any()
    bare = json.loads(json.dumps(proof(BOOK, decide(BOOK, deal, THROUGH))))
    made = json.loads(json.dumps(proof(VOUCHED, decide(VOUCHED, deal, THROUGH))))
    assert (bare["outcome"], made["outcome"]) == ("UNKNOWN", "PROCEED")
    forged = {**made, "pack": bare["pack"]}
    forged |= seal(forged)
    assert any("vouches" in told for told in recheck_by(read_raw_law(law_folder()), forged))
    assert verify(BOOK, forged)
    other = {**made, "vouches": [{**made["vouches"][0], "by": "Legal Department"}]}
    other |= seal(other)
    assert any("vouches" in told for told in recheck_by(LAW, other))
    assert any("vouches" in told for told in verify(VOUCHED, other))
