"""Documents of one lot, held against each other; and rows that are no documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.truth import NO, UNKNOWN, YES
from coercivity.cases.lot_papers.compare import LotState, compare_lots, refuse
from coercivity.cases.lot_papers.deals import compared
from coercivity.cases.lot_papers.rows import KEYS, read_papers
from coercivity.law.explain.conflicts import conflict_texts
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()
Row = dict[str, object]


def states(*rows: Row) -> tuple[LotState, ...]:
    """The lots of some documents, all of lot L-1 unless a row says otherwise."""
    faults = Faults()
    numbered = [{"id": f"P{n}", "lot": "L-1", "kind": "contract", **row} for n, row in enumerate(rows, 1)]
    found = read_papers(BOOK, numbered, "papers", faults)
    faults.raise_if_any()
    return compare_lots(BOOK.catalogue, found)


def told(*rows: Row) -> dict[str, tuple[tuple[str, str], ...]]:
    """What is told about some documents, by kind."""
    return {one.kind: one.said for state in states(*rows) for one in state.findings}


def test_two_end_uses_are_refused_with_both_papers_both_uses_and_the_next_question() -> None:
    certificate: Row = {"id": "EUC-1", "kind": "end-user certificate", "end_use": "civil"}
    found = states(certificate, {"id": "US-1", "kind": "us_contract", "end_use": "军用"})
    with pytest.raises(CoercivityError) as caught:
        refuse(found)
    (fault,) = caught.value.faults
    assert fault.code == "LOT-END-USE"
    for word in ("L-1", "EUC-1", "'civil'", "US-1", "'军用'"):
        assert word in fault.what
    assert fault.next == conflict_texts()["C16"].ask.en
    assert found[0].same_use is NO


def test_every_pair_of_three_that_differ_is_named() -> None:
    found = states({"end_use": "civil"}, {"end_use": "民用"}, {"end_use": "defence"}, {"end_use": "nuclear weapons"})
    assert len(found[0].refused) == 4
    assert "P1" in found[0].refused[0].what


def test_papers_of_another_lot_are_not_compared() -> None:
    found = states({"end_use": "civil"}, {"lot": "L-2", "end_use": "military"})
    assert [state.same_use for state in found] == [None, None]


def test_a_lot_is_the_same_whatever_its_case_width_and_hyphens() -> None:
    assert states({"end_use": "civil"}, {"lot": "ｌ 1", "end_use": "military"})[0].refused


@pytest.mark.parametrize(
    "blank",
    [
        "",
        "?",
        "unknown",
        "不明",
        "TBD",
        "N/A",
        "TBC",
        "to be confirmed",
        "not specified",
        "Not applicable",
        "unbekannt",
        "nicht angegeben",
        "see contract",
        "siehe Vertrag",
        "confidential",
        "various",
        "other",
        "see above",
        "未说明",
        "见合同",
        "保密",
        "其他",
    ],
)
def test_an_unknown_end_use_is_never_equal(blank: str) -> None:
    """Not even two that are both blank."""
    (state,) = states({"end_use": "civil"}, {"end_use": blank})
    assert state.same_use is UNKNOWN
    assert states({"end_use": blank}, {"end_use": blank})[0].same_use is UNKNOWN
    assert [one.kind for one in state.findings if one.holds] == ["end_use_blank"]


def test_a_paper_that_names_no_use_is_told_and_not_compared() -> None:
    (state,) = states({"end_use": "civil"}, {"end_use": "民用"}, {"end_use": "none"})
    assert state.same_use is YES
    assert [(one.kind, one.said, one.holds) for one in state.findings] == [("end_use_silent", (("P3", ""),), False)]
    assert states({"end_use": "civil"}, {"end_use": "none"})[0].same_use is None


def test_what_differs_is_told() -> None:
    one: Row = {"end_user": "Muster GmbH", "quantity": "1200", "unit": "kg", "contract": "C-1", "end_use": "civil"}
    same: Row = {"end_user": "MUSTER GmbH", "quantity": "1.2", "unit": "t", "contract": "c 1", "end_use": "民用"}
    assert told(one, same) == {}
    other: Row = {"end_user": "Muster Inc", "quantity": "1.3", "unit": "t", "contract": "C-2", "end_use": "民用"}
    assert told(one, other) == {
        "end_user": (("P1", "Muster GmbH"), ("P2", "Muster Inc")),
        "contract": (("P1", "C-1"), ("P2", "C-2")),
        "quantity": (("P1", "1200 kg"), ("P2", "1.3 t")),
    }


def test_quantities_in_units_that_have_nothing_in_common_differ() -> None:
    assert "quantity" in told({"quantity": "1200", "unit": "kg"}, {"quantity": "1200", "unit": "pieces"})
    assert "quantity" not in told({"quantity": "1200", "unit": "kg"}, {"end_user": "Muster GmbH"})


def test_a_more_specific_use_is_told() -> None:
    assert told({"end_use": "civil"}, {"end_use": "passenger cars"})["end_use_general"] == (
        ("P1", "civil"),
        ("P2", "passenger cars"),
    )


@pytest.mark.parametrize(
    ("passed", "kind"),
    [
        ("MOFCOM", ""),
        ("supplier; mofcom", ""),
        (["MOFCOM"], ""),
        ("supplier", "not_passed_on"),
        ("nobody", "not_passed_on"),
        ([], "not_passed_on"),
        ("", "passed_on_unknown"),
    ],
)
def test_a_paper_is_checked_against_its_receiver_before_it_leaves(passed: object, kind: str) -> None:
    found = told({"addressee": "MOFCOM", "may_be_passed_on_to": passed})
    assert found == ({kind: (("P1", "MOFCOM"),)} if kind else {})


def test_papers_for_the_authorities_of_two_countries_are_told() -> None:
    use: Row = {"end_use": "civil"}
    assert told({"authority": "CN", **use}, {"authority": "US", **use}) == {"authorities": (("P1", "CN"), ("P2", "US"))}
    assert told({"authority": "CN", **use}, {"authority": "CN", **use}) == {}


def test_every_error_of_the_rows_is_reported_at_once() -> None:
    faults = Faults()
    rows = [
        {"lot": "L-1", "kind": "certifikate"},
        {"kind": "contract", "authority": "USA", "quantity": "-3", "on": "2026-02-30", "endd_use": "civil"},
        "contract",
        {"lot": "L-1", "kind": "contract", "end_use": ["civil"]},
    ]
    read_papers(BOOK, rows, "papers", faults)
    assert [(fault.code, fault.where) for fault in faults.items] == [
        ("PAPER-FORM", "papers, document 1"),
        *[("PAPER-FORM", "papers, document 2")] * 2,
        ("PAPER-FORM", "papers, document 2"),
        ("PAPER-FORM", "papers, document 2"),
        ("DATE", "papers, document 2"),
        ("PAPER-FORM", "papers, document 3"),
        ("PAPER-FORM", "papers, document 4"),
    ]
    assert faults.items[1].nearest[:1] == ("end_use",)
    assert "US" in faults.items[3].nearest
    read_papers(BOOK, "contract", "papers", faults)
    assert faults.items[-1].what.startswith("`papers` must be a list")


def test_two_papers_cannot_have_one_id() -> None:
    faults = Faults()
    one = {"id": "P", "lot": "L-1", "kind": "contract", "end_use": "civil"}
    compared(BOOK, read_papers(BOOK, [one, one], "papers", faults), faults)
    assert faults.items == []
    compared(BOOK, read_papers(BOOK, [one, {**one, "quantity": "3"}], "papers", faults), faults)
    assert [fault.code for fault in faults.items] == ["PAPER-FORM"]


def test_the_page_names_every_key() -> None:
    page = Path("docs/papers.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if f"`{key}`" not in page] == []


@pytest.mark.parametrize(
    ("quantity", "unit"), [("1.2", "tonnes"), ("1.2", "公吨"), ("1200", "Kilograms"), ("1200000", "g")]
)
def test_a_quantity_in_another_unit_of_mass_is_the_same(quantity: str, unit: str) -> None:
    told = states({"quantity": "1200", "unit": "kg"}, {"quantity": quantity, "unit": unit})[0].findings
    assert "quantity" not in {one.kind for one in told}
