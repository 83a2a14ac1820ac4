"""Names that a company typed, on Chinese pages: in Chinese where its workbook says how, else set off as names."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.papers.firm.own_names import in_own_names, quoted
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.verbs.company import company_stops
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ev-motor" / "company.yaml"
BODY: dict[str, Any] = {
    "best": {"options": ["filing ahead", "second", "再生磁体"]},
    "law": [
        {"kind": "option", "option": "second", "missing": ["Options deals of second", "Settings months"]},
        {"kind": "stock", "option": "N45SH"},
    ],
    "actions": [{"kind": "stock", "name": "N45SH"}, {"kind": "option", "name": "second"}],
    "price_bases": [{"basis": "contract", "names": ["N45SH", "filing ahead"]}],
    "names_zh": {"options": {"filing ahead": "预先申请"}},
}


def test_an_english_page_shows_names_as_typed() -> None:
    assert in_own_names(BODY, "en") is BODY


def test_a_chinese_page_shows_the_chinese_name_or_sets_the_typed_one_off() -> None:
    shown = in_own_names(BODY, "zh")
    assert shown["best"] == {"options": ["预先申请", "“second”", "再生磁体"]}
    assert shown["actions"] == [{"kind": "stock", "name": "N45SH"}, {"kind": "option", "name": "“second”"}]
    assert shown["law"][1] == {"kind": "stock", "option": "N45SH"}
    assert shown["law"][0]["missing"] == ["Options deals of “second”", "Settings months"]
    assert shown["price_bases"] == [{"basis": "“contract”", "names": ["N45SH", "预先申请"]}]


def test_names_that_were_shown_once_are_not_quoted_twice() -> None:
    shown = in_own_names(BODY, "zh")
    assert in_own_names(shown, "zh") == shown


@pytest.mark.parametrize(
    ("name", "told"),
    [("air freight", "“air freight”"), ("空运A线", "空运A线"), ("2027", "2027"), ("K1", "K1"), ("", "")],
)
def test_only_names_in_other_letters_alone_are_quoted(name: str, told: str) -> None:
    assert quoted(name) == told


def test_line_stops_in_chinese_name_options_scenarios_and_clauses_in_chinese() -> None:
    body = company_stops(EXAMPLE).body
    told = str(stops_sections(body, "zh"))
    for typed, chinese in (
        ("file SH sooner", "SH磁体提前申请"),
        ("usual and renewed late", "一般，续证延迟"),
        ("medium and heavy rare earths", "中重稀土"),
        ("如18/2025", "如第18号公告（2025）"),
    ):
        assert typed not in told
        assert chinese in told
    assert "file SH sooner" in str(stops_sections(body, "en"))
