"""Texts that name a free item and something beside it: a word that was not understood, a second item, a denial."""

from __future__ import annotations

from typing import Any

import pytest

import coercivity
from coercivity.cases.files import packed_standing


def decided(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The outcome of a text, and the facts of each deal in it."""
    found = coercivity.decide(text=text, facts={"from": "CN", "to": "DE"}, on="2026-06-01", standing=packed_standing())
    assert found.read is not None
    return found.outcome.value, [dict(deal.facts) for deal in found.read.deals]


@pytest.mark.parametrize(
    "text",
    [
        "headphones",
        "headphones WH-1000XM4",
        "electric motors, NdFeB, 750 W",
        "phone case with NdFeB magnets",
        "ferrite magnets acc. to drawing 4711",
        "Motoren ohne Magnete",
        "耳机 👍",
    ],
)
def test_an_item_alone_is_let_go(text: str) -> None:
    assert decided(text)[0] == "PROCEED"


@pytest.mark.parametrize(
    "text",
    [
        "headphones for tank crews",
        "headphones and dyspr0sium",
        "headphones and dy2o3",
        "headphones 1C905",
        "headphones 🚀",
        "耳机🧲",
        "headphones etc.",
        "Waschmaschinen u. a.",
        "not only ferrite magnets",
        "nicht nur Waschmaschinen",
        "洗衣机等设备",
        "洗濯機など",
        "headphones, Sm",
        "10 washing machines; 2 kg Tb",
        "10 washing machines; 2 kg Tb, Dy-free",
        "headphones | SmCo magnets",
        "headphones | SmCo magnets. Thank you",
        "headphones\tSmCo\t5 kg",
        "headphones and Sm₂Co₁₇",
        "headphones; SmCo.",
        "headphones<br>gadolinium foil",
        "<!-- 2 kg dysprosium oxide --> headphones",
        "耳机 另附氧化镝",
        "铁氧体磁体，无人机用",
        "フェライト磁石ではない",
        "magnets instead of ferrite magnets",
        "brochure about our ferrite magnets",
        "洗衣机说明书",
        "フェライト磁石のカタログ",
        "washing machines with attached documents on sintering",
    ],
)
def test_what_stands_beside_an_item_holds_it(text: str) -> None:
    assert decided(text)[0] == "UNKNOWN"


@pytest.mark.parametrize(
    "text",
    [
        "internal report on sintering, not for publication",
        "unpublished manuscript about grain boundary diffusion",
        "nicht veröffentlichte Rezeptur für Sintermagnete",
        "未公开的烧结工艺资料",
        "未公開の焼結レシピ",
    ],
)
def test_what_is_not_published_is_no_publication(text: str) -> None:
    assert all(deal.get("act") != "publication" for deal in decided(text)[1])


@pytest.mark.parametrize(
    "text",
    ["draft of a patent application we will not file, sintering of magnets", "basic research? no, sintering recipe"],
)
def test_an_exemption_beside_a_denial_is_no_fact(text: str) -> None:
    deals = decided(text)[1]
    assert not any("patent_filing" in deal or "basic_research" in deal for deal in deals)


@pytest.mark.parametrize(
    "text",
    [
        "mining of bitcoin, know-how",
        "data mining software",
        "copper smelting know-how",
        "铜冶炼技术",
        "分离镍钴的技术",
        "石炭採掘の技術",
        "magnetic separation of iron ore, know-how",
        "separation of magnets from rotors by hand, know-how",
    ],
)
def test_a_process_of_another_material_names_no_stage(text: str) -> None:
    assert all("process_stage" not in deal for deal in decided(text)[1])


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("mining know-how for rare earths", "mining"),
        ("rare earth smelting of copper residues, know-how", "metal_smelting"),
        ("稀土冶炼技术", "metal_smelting"),
    ],
)
def test_a_process_of_rare_earths_names_its_stage(text: str, stage: str) -> None:
    assert stage in [deal.get("process_stage") for deal in decided(text)[1]]


def test_a_denied_purpose_is_none() -> None:
    assert all("drone_item" not in deal for deal in decided("ferrite magnets, not for drones")[1])


@pytest.mark.parametrize("text", ["headphones, HS 284690", "headphones, CAS 1308-87-8", "headphones, HS 8505.11"])
def test_a_number_of_another_item_holds_the_first(text: str) -> None:
    assert decided(text)[0] != "PROCEED"


def test_the_number_of_the_item_itself_holds_nothing() -> None:
    assert decided("ferrite magnets, HS 85051900")[0] == "PROCEED"
