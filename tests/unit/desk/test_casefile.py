"""Files of deals: every slip is told, none becomes an outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.data.values import SetValue
from coercivity.desk.casefile import CaseDeal, read_cases
from coercivity.law.rulebook import Rulebook

HEAD = "standing: {facts: {party_sets: []}}\ncases:\n"


def read(book: Rulebook, tmp_path: Path, text: str) -> list[CaseDeal]:
    """The deals of a text."""
    path = tmp_path / "deals.yaml"
    path.write_text(text, encoding="utf-8")
    return read_cases(book, path)


def faults(book: Rulebook, tmp_path: Path, text: str) -> tuple[Fault, ...]:
    """The faults of a text."""
    with pytest.raises(CoercivityError) as caught:
        read(book, tmp_path, text)
    return caught.value.faults


@pytest.mark.parametrize(
    ("entry", "code", "near"),
    [
        ("facts: {frm: magnet}", "FACT-UNKNOWN", "form"),
        ("facts: {form: magnets}", "FACT-VALUE", "magnet"),
        ("facts: {elements: [Nd, Dyy]}", "FACT-VALUE", "Dy"),
        ("facts: {elements: Nd}", "FACT-VALUE", ""),
        ("facts: {to: UK}", "FACT-VALUE", ""),
        ("facts: {to: Germany}", "FACT-VALUE", "DE"),
        ("facts: {dy_mass_share: 1.8}", "FACT-VALUE", ""),
        ("facts: {dy_mass_share: '1,8 %'}", "FACT-VALUE", ""),
        ("facts: {oxygen_content: -5}", "FACT-VALUE", ""),
        ("facts: {oxygen_content: nan}", "FACT-VALUE", ""),
        ("facts: {contract_on: 2025-02-30}", "DATE", ""),
        ("facts: {military_use: yes}", "FACT-VALUE", ""),
        ("facts: {party_sets: [cl-2025-2]}", "FACT-VALUE", "cl-2025-21"),
        ("facts: [form]", "CASE-FORM", ""),
        ("fact: {form: magnet}", "KEY-UNKNOWN", "facts"),
        ("facts: {elements: [Nd], dy_mass_share: 0.01}", "FACT-CONFLICT", ""),
        ("date: 2025-02-30", "DATE", ""),
        ("date: tomorrow", "DATE", ""),
    ],
)
def test_one_slip_one_message(book: Rulebook, tmp_path: Path, entry: str, code: str, near: str) -> None:
    """Code, line, and the nearest valid name where there is one."""
    found = faults(book, tmp_path, f"{HEAD}- id: d1\n  {entry}\n")
    assert [fault.code for fault in found] == [code]
    assert found[0].where.startswith("deals.yaml:")
    assert not near or near in found[0].nearest


def test_all_slips_of_a_file_are_told_at_once(book: Rulebook, tmp_path: Path) -> None:
    """Two deals, a doubled id and three slips."""
    text = (
        f"{HEAD}- id: d1\n  date: 2025-13-01\n  facts: {{frm: magnet, to: Germny}}\n- id: d1\n  facts: {{form: rock}}\n"
    )
    assert [fault.code for fault in faults(book, tmp_path, text)] == [
        "DATE",
        "FACT-UNKNOWN",
        "FACT-VALUE",
        "FACT-VALUE",
        "CASE-ID",
    ]


def test_unknown_overrides_the_standing_block(book: Rulebook, tmp_path: Path) -> None:
    """`unknown` says that a fact is open."""
    case = read(book, tmp_path, f"{HEAD}- id: d1\n  facts: {{party_sets: unknown}}\n")[0]
    assert "party_sets" not in case.deal.facts


def test_a_listed_name_is_found_whatever_the_standing_block_says(book: Rulebook, tmp_path: Path) -> None:
    """Lafert stands on the control list of 30/2026; case, form and punctuation do not hide it."""
    case = read(book, tmp_path, f"{HEAD}- id: d1\n  facts: {{consignee: LAFERT SPA}}\n")[0]
    sets = case.deal.facts["party_sets"]
    assert isinstance(sets, SetValue)
    assert sets.has == {"cl-2026-30"}
    assert "screening" in case.deal.said_by["party_sets"]


def test_a_name_that_is_not_found_proves_nothing(book: Rulebook, tmp_path: Path) -> None:
    """Without a standing answer the party sets stay open."""
    case = read(book, tmp_path, "cases:\n- id: d1\n  facts: {consignee: Nobody Ltd}\n")[0]
    assert "party_sets" not in case.deal.facts


@pytest.mark.parametrize("text", ["[]", "x", "cases: 5", "standing: {}", "cases:\n- 7\n"])
def test_files_of_another_form(book: Rulebook, tmp_path: Path, text: str) -> None:
    """Not a mapping, no list of deals, an entry that is no mapping."""
    assert "CASE-FORM" in [fault.code for fault in faults(book, tmp_path, text)]
