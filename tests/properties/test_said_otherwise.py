"""Notations that once led to PROCEED by mistake, one table row each: other formats, unusual names, contradictions."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.batches.frame import batch_frame
from coercivity.cases.files import packed_standing
from coercivity.intake.cells.columns import check_map, propose
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.deal import decide_cells
from tests.support import ND_MAGNET, deal, on

PLAIN = "Nd 30 %, B 1 %, Fe bal."


def outcome(**cells: str) -> str | None:
    """What comes of an order row for a plain magnet, with the standing answers of the worked cases."""
    row = {"material": "NdFeB magnets", "composition": PLAIN, "from": "CN", "to": "US", **cells}
    frame = batch_frame(
        pl.DataFrame([row]),
        standing=dict(packed_standing().facts),
        said_by="desk",
        said_on="transaction date",
        on="2025-06-20",
    )
    found: str | None = frame["outcome"][0]
    return found


def test_the_plain_row_proceeds() -> None:
    """Or nothing below would show anything."""
    assert outcome() == "PROCEED"
    assert outcome(end_user="Beispiel Antriebe GmbH") == "PROCEED"


@pytest.mark.parametrize(
    "composition",
    [
        "Nd 29,0…31,0 %, Dy 0…0,5 %, Tb 0…0,5 %, Fe Rest",
        "Nd+Pr 29...32 %, Dy 0...0.5 %, Tb 0...0.5 %, B 1 %, Fe Rest",
        "Dy 0..1 %, Tb 0..1 %, Nd 30 %, Fe bal.",
        "0.01 % < Dy, 0.01 % < Tb, Nd 30 %, Fe bal.",
        "0.01%‹镝，0.01%‹铽，钕30%",
        "Nd 30 %, B 1 %, balance F",
        "Nd 30 %, Dy < 0.01 % ... 1 %, Tb 0 %, Fe bal.",
    ],
)
def test_two_ends_and_lower_limits_are_no_nought(composition: str) -> None:
    assert outcome(composition=composition) == "UNKNOWN"


@pytest.mark.parametrize(
    "name",
    [
        "GmbH",
        "Co., Ltd.",
        "株式会社",
        "XX公司",
        "k.A.",
        "customer A",
        "see PO",
        "另行通知",
        "undefined",
        "库存",
        "Lager",
        "end customers",
        "end user unknown",
        "identical to consignee",
        "Kunden",
        "keine Angabe",
        "最终用户待定",
        "与收货人相同",
        "海外客户",
        "最終需要者",
    ],
)
def test_a_form_or_a_word_for_later_names_nobody(name: str) -> None:
    assert outcome(end_user=name) == "UNKNOWN"


@pytest.mark.parametrize(
    "name",
    [
        "3M",
        "3M Company",
        "LG",
        "GE",
        "ABB",
        "SKF",
        "BYD",
        "比亚迪股份有限公司",
        "Local Motors",
        "海信集团股份有限公司",
        "AN",
    ],
)
def test_a_short_name_is_a_name(name: str) -> None:
    assert outcome(end_user=name) == "PROCEED"


@pytest.mark.parametrize("name", ["Axient™", "Axient℠", "™Cubic Corporation", "Cubic® Corporation"])
def test_a_trade_mark_hides_no_listed_party(name: str) -> None:
    assert outcome(end_user=name) == "STOP"


@pytest.mark.parametrize(
    "name",
    ["Maritime&nbsp;Tactical&nbsp;Systems", "Cubic%20Corporation", "Cubic Corporation_x000D_", "Cubic&#32;Corporation"],
)
def test_what_programs_leave_in_a_cell_hides_no_listed_party(name: str) -> None:
    assert outcome(end_user=name) == "STOP"


@pytest.mark.parametrize("turned", ["\u202e", "\u202d", "\u2067"])
def test_letters_that_run_the_other_way_hold_a_name_open(turned: str) -> None:
    facts = f"{ND_MAGNET}, to: US, consignee: '{turned}noitaroproC nitraM deehkcoL'"
    assert on(facts, "2025-06-20").outcome.value == "UNKNOWN"


@pytest.mark.parametrize("act", ["listed_on: unknown", "listed_on: [countermeasures]"])
def test_a_list_left_open_or_not_held_holds_a_deal_back(act: str) -> None:
    """Lists follow from party sets; the deal itself says that they are open, or names one of which a part is held."""
    assert on(f"{ND_MAGNET}, to: US, {act}", "2025-08-15").outcome.value == "UNKNOWN"
    assert on(f"{ND_MAGNET}, to: US", "2025-08-15").outcome.value == "PROCEED"


@pytest.mark.parametrize("elements", ["[]", "[Sm]"])
def test_a_magnet_family_without_its_element_is_refused(elements: str) -> None:
    """An empty list typed for "not known" let a dysprosium magnet through."""
    with pytest.raises(CoercivityError, match="FACT-CONFLICT"):
        deal(f"{ND_MAGNET}, to: US, elements: {elements}")


def test_samarium_powder_is_open_whatever_family_is_named() -> None:
    for family in ("[other]", "[]", "[ferrite]"):
        facts = f"act: goods, form: magnet_powder, magnet_type: {family}, elements: [Sm], from: CN, to: JP"
        assert on(facts, "2025-07-02").outcome.value == "UNKNOWN", family


def test_elements_that_leave_out_what_the_words_say_are_refused() -> None:
    cells = {"material": "sintered NdFeB block with Dy", "from": "CN", "to": "DE", "act": "goods"}
    with pytest.raises(CoercivityError, match="FACT-CONFLICT"):
        decide_cells(cells, facts={"elements": ["Nd", "Pr"]}, on="2025-08-15", standing=packed_standing())


def test_an_answer_for_a_file_closes_no_list_without_a_rare_earth() -> None:
    standing: dict[str, Any] = {**packed_standing().facts, "composition_lists_every_rare_earth": "true"}
    rows = [
        {"material": "NdFeB magnets", "composition": text, "from": "CN", "to": "US"} for text in ("Ni 5 %", "B 1 %")
    ]
    frame = batch_frame(
        pl.DataFrame(rows), standing=standing, said_by="desk", said_on="transaction date", on="2025-06-20"
    )
    assert frame["outcome"].to_list() == ["UNKNOWN", "UNKNOWN"]


def test_two_columns_of_one_role_are_asked_about_and_two_of_parties_are_both_screened(book: Rulebook) -> None:
    """The order of columns never decides a deal."""
    head = ["date", "material", "from", "to"]
    with pytest.raises(CoercivityError, match="MAP-TWICE"):
        check_map(
            propose(book, [*head, "成分", "Zusammensetzung"]),
            [*head, "成分", "Zusammensetzung"],
            on_given=False,
            where="t",
        )
    for parties in (["End user", "Endkunde"], ["Endkunde", "End user"], ["Customer", "Ship-to party"]):
        roles = propose(book, [*head, *parties]).columns
        assert {roles[party] for party in parties} == {"consignee", "end_user"}


def test_every_undecided_deal_says_why() -> None:
    """A certificate case of which the elements are open asks for them."""
    decision = on(
        "act: goods, form: magnet, magnet_type: [NdFeB], elements: unknown, from: CN, to: SG,"
        " certificate_case: repair_abroad_return",
        "2026-04-08",
    )
    assert decision.outcome.value == "UNKNOWN"
    assert "elements" in decision.missing
