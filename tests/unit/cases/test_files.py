"""Files of deals: every error is reported, none becomes a result."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.cases.check import expectation
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.data.values import SetValue
from coercivity.law.rules.rulebook import Rulebook

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
        ("facts: {to: Germny}", "FACT-VALUE", "DE"),
        ("facts: {to: 'Germany?'}", "FACT-VALUE", "DE"),
        ("facts: {to: DE, destination: US}", "FACT-TWICE", ""),
        ("facts: {dy_mass_share: 1.8}", "FACT-VALUE", ""),
        ("facts: {dy_mass_share: 'about 2 %'}", "FACT-VALUE", ""),
        ("facts: {dy_mass_share: '180 %'}", "FACT-VALUE", ""),
        ("facts: {oxygen_content: -5}", "FACT-VALUE", ""),
        ("facts: {oxygen_content: nan}", "FACT-VALUE", ""),
        ("facts: {contract_on: 2025-02-30}", "DATE", ""),
        ("facts: {military_use: perhaps}", "FACT-VALUE", "true"),
        ("facts: {military_use: None}", "FACT-VALUE", "false"),
        ("facts: {to: Unknown}", "FACT-VALUE", "unknown"),
        ("facts: {cas_number: 298-07-8}", "FACT-VALUE", ""),
        ("facts: {party_sets: [cl-2025-2]}", "FACT-VALUE", "cl-2025-21"),
        ("facts: [form]", "CASE-FORM", ""),
        ("fact: {form: magnet}", "KEY-UNKNOWN", "facts"),
        ("facts: {elements: [Nd], dy_mass_share: 0.01}", "FACT-CONFLICT", ""),
        ("date: 2025-02-30", "DATE", ""),
        ("date: tomorrow", "DATE", ""),
        ("expected: LICENCE", "CASE-FORM", ""),
        ("standing: {facts: [form]}", "CASE-FORM", ""),
        ("standing: {screened: all}", "CASE-FORM", ""),
        # Read as no list, either would stand for a search of all of them.
        ("standing: {screened: {lists: control_list}}", "CASE-FORM", ""),
        ("standing: {screened: {list: [control_list]}}", "KEY-UNKNOWN", "lists"),
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


@pytest.mark.parametrize(
    "text",
    ["[]", "x", "cases: 5", "standing: {}", "cases:\n- 7\n", "cases: []", "deals: []", "standing: {}\ndeals: []"],
)
def test_files_of_another_form(book: Rulebook, tmp_path: Path, text: str) -> None:
    """Not a mapping, no list of deals or an empty one, an entry that is no mapping."""
    assert "CASE-FORM" in [fault.code for fault in faults(book, tmp_path, text)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{HEAD}- id: d1\n  date: 2025-08-15\n  on: 2025-04-03\n", 5),
        (f"{HEAD}- id: d1\n  on: 2025-08-15\n  date: 2025-04-03\n", 5),
        (f"date: 2025-08-15\non: 2025-04-03\n{HEAD}- id: d1\n", 2),
        ("cases:\n- id: d1\ndeals:\n- id: d2\n", 3),
        (f"{HEAD}- id: d1\n  expected: {{outcome: STOP}}\n  expect: {{outcome: LICENCE}}\n", 5),
        (f"{HEAD}- id: d1\n  standing: {{facts: {{party_sets: []}}, screened: {{party_sets: [cl-2025-1]}}}}\n", 4),
    ],
)
def test_two_words_for_the_same_must_not_differ(book: Rulebook, tmp_path: Path, text: str, line: int) -> None:
    """Neither of two days, lists or expectations is dropped in silence."""
    (fault,) = faults(book, tmp_path, text)
    assert fault.code == "CASE-TWICE"
    assert fault.where == f"deals.yaml:{line}"
    assert "keep one" in fault.next


def test_both_days_are_told_where_they_differ(book: Rulebook, tmp_path: Path) -> None:
    """So that nobody has to look them up."""
    (fault,) = faults(book, tmp_path, f"{HEAD}- id: d1\n  date: 2025-08-15\n  on: 2025-04-03\n")
    assert "2025-08-15" in fault.what
    assert "2025-04-03" in fault.what


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}- id: d1\n  date: 2025-08-15\n  on: 2025-08-15\n",
        f"date: 2025-04-03\n{HEAD}- id: d1\n  on: 2025-08-15\n",
        f"on: 2025-04-03\n{HEAD}- id: d1\n  date: 2025-08-15\n",
        f"date: 2025-08-15\n{HEAD}- id: d1\n",
    ],
)
def test_the_day_of_a_deal_replaces_that_of_the_file(book: Rulebook, tmp_path: Path, text: str) -> None:
    """Under either name; the same day twice is one day."""
    assert read(book, tmp_path, text)[0].on == parse_day("2025-08-15")


def test_a_wrong_day_of_the_file_is_told_once(book: Rulebook, tmp_path: Path) -> None:
    """However many deals would take it."""
    (fault,) = faults(book, tmp_path, f"known: tomorrow\n{HEAD}- id: d1\n- id: d2\n")
    assert (fault.code, fault.where) == ("DATE", "deals.yaml:1")


@pytest.mark.parametrize(
    ("expected", "line", "near"),
    [
        ("    outcome: LICENSE\n", 5, "LICENCE"),
        ("    finding: licence_require\n", 5, "licence_required"),
        ("    yes: [a18-1c905]\n    no:\n    - a18-1c904\n    - a18-1c9055\n", 8, "a18-1c905"),
    ],
)
def test_what_is_expected_wrongly_has_file_and_line(
    book: Rulebook, tmp_path: Path, expected: str, line: int, near: str
) -> None:
    """Of the finding, the outcome, or the one provision of several."""
    found = Faults()
    for case in read(book, tmp_path, f"{HEAD}- id: d1\n  expected:\n{expected}"):
        expectation(book, case, found)
    fault = found.items[-1]
    assert fault.code == "CASE-EXPECTED"
    assert fault.where.startswith(f"deals.yaml:{line}, d1, expected, ")
    assert near in fault.nearest


@pytest.mark.parametrize("name", ["漢翔航空工業股份有限公司", "МР Materials", "AeroVironment Incorporated"])
def test_a_listed_name_in_other_writing_is_found(book: Rulebook, tmp_path: Path, name: str) -> None:
    """Traditional signs, look-alike letters, another company form."""
    case = read(book, tmp_path, f"{HEAD}- id: d1\n  facts: {{end_user: {name}}}\n")[0]
    assert isinstance(sets := case.deal.facts["party_sets"], SetValue)
    assert sets.has


def test_a_near_miss_clears_nobody(book: Rulebook, tmp_path: Path) -> None:
    """One letter off is no hit, and the party sets stay open as for any other name."""
    case = read(book, tmp_path, "cases:\n- id: d1\n  facts: {consignee: MP Material Corp}\n")[0]
    assert "party_sets" not in case.deal.facts
