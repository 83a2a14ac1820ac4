"""Journey J6: the engineer, the e-mail and the consultant. Checks 1 to 6, results and legal basis."""

from __future__ import annotations

from coercivity.law.explain.questions import ask
from coercivity.law.explain.reasons import grounds
from coercivity.law.rules.model import Outcome
from tests.support import BOOK, biting, on, role

STAGE = "process_stage: magnetic_material_manufacturing, magnet_type: [NdFeB], serves_stage: magnetic_material_manufacturing"
TO_NARVA = (
    "from: CN, to: EE, activity_place: EE, exporter_nationality: CN, exporter_place: CN, recipient_nationality: EE"
)
T1 = f"act: technology, form: technology, {STAGE}, {TO_NARVA}, public_domain: false"
T2 = f"act: service, form: none, line_service: [commissioning], {STAGE}, {TO_NARVA}"
T3 = (
    f"act: assistance, form: none, {STAGE}, from: DE, to: EE, activity_place: EE, exporter_nationality: CN,"
    " exporter_place: DE, recipient_nationality: EE"
)
T4 = f"act: technology, form: technology, {STAGE}"
T5 = (
    f"act: technology, form: technology, {STAGE}, from: CN, to: CN, activity_place: EE, exporter_nationality: CN,"
    " exporter_place: CN, recipient_nationality: EE, public_domain: false"
)
IN_FORCE, PAUSED = "2025-11-01", "2026-05-04"


def test_1_five_separate_answers() -> None:
    """Each transfer is decided by itself; they do not come out alike."""
    outcomes = [on(facts, IN_FORCE).outcome for facts in (T1, T2, T3, T4, T5)]
    assert outcomes == [Outcome.LICENCE, Outcome.LICENCE, Outcome.LICENCE, Outcome.UNKNOWN, Outcome.LICENCE]


def test_2_the_curve_and_the_training_need_a_licence_under_62() -> None:
    """Training in Ganzhou counts although nobody crosses a border with a file (62/2025 Art. 2)."""
    assert "a62-1-a" in biting(on(T1, IN_FORCE))
    assert "a62-1-a" in biting(on(T5, IN_FORCE))


def test_3_starting_up_the_line_cites_another_code_than_the_curve() -> None:
    """62/2025 Art. 1(2), 1E902.b, against Art. 1(1), 1E902.a."""
    codes = {rule.id: rule.provision.control_codes for rule in BOOK.rules if rule.id in ("a62-1-a", "a62-1-b")}
    assert "a62-1-b" in biting(on(T2, IN_FORCE))
    assert "a62-1-a" not in biting(on(T2, IN_FORCE))
    assert codes["a62-1-a"] != codes["a62-1-b"]


def test_4_the_consultant_is_caught_by_the_ban_on_help_and_it_is_named_first() -> None:
    """62/2025 Art. 7 names Chinese persons wherever they live."""
    decision = on(T3, IN_FORCE)
    assert decision.outcome is Outcome.LICENCE
    assert grounds(BOOK, decision)[0].id == "a62-7"


def test_5_a_published_patent_proceeds_only_with_the_reference() -> None:
    """62/2025 Art. 6(1); without the reference the question stays open."""
    assert on(f"{T4}, public_domain: true", IN_FORCE).outcome is Outcome.PROCEED
    assert on(T4, IN_FORCE).outcome is Outcome.UNKNOWN


def test_6_while_62_sleeps_nothing_proceeds_on_that_basis_alone() -> None:
    """2026-05-04: the catalogue of barred and restricted technologies is a separate instrument and is named."""
    for facts, clause in ((T1, "cat23-J-re-3"), (T2, "cat23-J-re-3"), (T5, "cat23-inside")):
        decision = on(facts, PAUSED)
        assert decision.outcome is not Outcome.PROCEED
        assert role(decision, clause) in ("bites", "might_bite")
        assert role(decision, "a62-1-b" if facts is T2 else "a62-1-a") == "would_bite"
    question = ask(BOOK, on(T2, PAUSED))
    assert question is not None
    assert question.fact == "technology_passes"
