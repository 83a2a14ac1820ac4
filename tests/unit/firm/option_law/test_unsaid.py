"""Less said never frees: what does not say what it brings is not counted where anything else does."""

from __future__ import annotations

import re

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.firm.company.model import Company
from coercivity.firm.company.sources import company_of
from coercivity.law.rules.model import Outcome
from tests.unit.firm.option_law.workbooks import BRENNER, GOODS, LISTED, brenner, law_of, wind

CELLS = (", supplier: S2", ", plant: TOLL", ", part: Dy")
ALL = "".join(CELLS)


def second(*, cells: str) -> Company:
    """Returns Brenner Windtechnik whose second source, which is prohibited, has other cells."""
    return brenner((ALL, cells))


@pytest.mark.parametrize("cut", [*CELLS, ALL, ", supplier: S2, plant: TOLL", ", plant: TOLL, part: Dy"])
def test_no_cut_of_cells_lets_a_prohibited_option_in(cut: str) -> None:
    one = law_of(second(cells=ALL.replace(cut, "")))["second"]
    assert (one.outcome, one.counted, one.not_counted) == (None, False, "nothing said")
    assert one.missing


@pytest.mark.parametrize("cut", [", supplier: S1", ", part: M-B", ", supplier: S1, plant: INN, part: M-B"])
def test_no_cut_of_cells_lets_stock_in(cut: str) -> None:
    text = "stock_cap_t: '30', supplier: S1, plant: INN, part: M-B"
    one = law_of(brenner((text, text.replace(cut, ""))))["B"]
    assert (one.outcome, one.not_counted) == (None, "nothing said")


@pytest.mark.parametrize("word", ["none", "None", "无", "不需要"])
def test_a_statement_that_no_transaction_is_needed_counts_as_the_statement_of_who_makes_it(word: str) -> None:
    one = law_of(second(cells=f", deals: '{word}'"))["second"]
    assert (one.outcome, one.counted, one.stated, one.missing) == (None, True, True, ())
    assert one.said_by == "export control desk of Brenner Windtechnik"
    assert law_of(brenner())["air"].stated is False


def test_stock_may_be_stated_too() -> None:
    text = "stock_cap_t: '30', supplier: S1, plant: INN, part: M-B"
    one = law_of(brenner((text, "stock_cap_t: '30', deals: 'none'")))["B"]
    assert (one.counted, one.stated) == (True, True)


@pytest.mark.parametrize("cells", [", supplier: S2, deals: 'none'", ", part: Dy, deals: 'none'", ", deals: none t06"])
def test_a_statement_beside_what_contradicts_it_is_a_fault(cells: str) -> None:
    with pytest.raises(CoercivityError) as caught:
        second(cells=cells)
    assert [fault.code for fault in caught.value.faults] == ["FIRM-ROW"]
    assert "none" in caught.value.faults[0].what


def test_a_workbook_that_says_nothing_at_all_is_counted_as_entered_and_says_so_first() -> None:
    answer = coercivity.best_mix(BRENNER.with_name("brenner.yaml"))
    assert all(one["counted"] and not one["asked"] for one in answer.body["law"])
    assert list(answer.lines())[2].startswith("  The law was not asked about anything here,")
    assert list(answer.lines("zh"))[2].startswith("  尚未就本表任何内容作法律判断")


def test_one_statement_alone_makes_the_others_tell_too() -> None:
    text = BRENNER.with_name("brenner.yaml").read_text(encoding="utf-8")
    row = re.search(r"- \{option: air, .*?\}", text)
    assert row is not None
    text = text.replace("limit: lost_line_days, value: '560'", "limit: lost_line_days, value: '2000'")
    answer = coercivity.best_mix(_company(text.replace(row[0], row[0][:-1] + ", deals: 'none'}")))
    found = {one["option"]: (one["counted"], one["not_counted"], one["stated"]) for one in answer.body["law"]}
    assert answer.body["law_asked"] is False
    unsaid = ("second", "lean", "recycling", "filing", "air", "A", "B", "C")
    assert {found[name] for name in unsaid if name != "air"} == {(False, "nothing said", False)}
    assert "because their goods or transactions are not described: second" in " ".join(" ".join(answer.lines()).split())


def test_filing_is_not_freed_where_the_goods_of_the_grades_are_cut() -> None:
    """All stock is prohibited, so filing is; with the cells cut nothing says what would be filed for."""
    filed = "\n- {option: filing, kind: filing, fee_keur: '1', months: '0'}"
    asked = wind(plant=LISTED, option=GOODS + "}" + filed[:-1], grade=GOODS)
    assert law_of(asked)["filing"].counted is False
    cut = wind(plant=LISTED, option=GOODS + "}" + filed[:-1], grade="")
    one = law_of(cut)["filing"]
    assert (one.counted, one.not_counted) == (False, "nothing said")


def test_the_summary_names_the_statement_and_what_is_not_said_in_both_languages() -> None:
    answer = coercivity.best_mix(
        brenner(
            (ALL, ", deals: 'none'"),
            (", supplier: S1, plant: INN, part: M-A}\n- {option: air heavy", "}\n- {option: air heavy"),
        )
    )
    english, chinese = " ".join(" ".join(answer.lines()).split()), "".join(answer.lines("zh"))
    assert "by the company's own statement that no transaction is needed: second" in english
    assert "because their goods or transactions are not described: air" in english
    assert "second" in chinese
    assert "企业自行声明" in chinese


def test_law_of_air_takes_the_stock_of_every_grade_it_flies_in() -> None:
    """Grade B comes from a listed party; the air freight names the goods of C only, and flies in C alone."""
    found = law_of(brenner(("plant: INN, part: M-B}\n- {grade: C", "plant: TOLL, part: M-B}\n- {grade: C")))
    assert found["B"].outcome is Outcome.STOP
    heavy = found["air heavy"]
    assert (heavy.outcome, heavy.counted) == (Outcome.LICENCE, True)
    assert {name: one.not_counted for name, one in heavy.grades.items()} == {"B": "prohibited", "C": ""}
    assert heavy.grades["B"].clauses == ("a11-list",)
    assert (found["lean"].outcome, found["lean"].counted) == (Outcome.STOP, False)
    assert found["air"].outcome is Outcome.PROCEED


@pytest.mark.parametrize("cut", ["supplier: S1, plant: TOLL, part: M-B", "plant: TOLL, ", "supplier: S1, "])
def test_no_cut_of_the_row_of_a_grade_frees_the_air_freight(cut: str) -> None:
    stock = "supplier: S1, plant: TOLL, part: M-B"
    old = ", supplier: S1, plant: INN, part: M-B}\n- {grade: C"
    new = f", {stock.replace(cut, '')}}}\n- {{grade: C".replace(", }", "}")
    found = law_of(brenner((old, new)))
    assert [found[name].counted for name in ("B", "lean")] == [False] * 2
    assert {name: one.not_counted for name, one in found["air heavy"].grades.items()} == {"B": "undecided", "C": ""}


def _company(text: str) -> Company:
    """Returns the company that a text describes."""
    return company_of(Content.of("firm.yaml", text))
