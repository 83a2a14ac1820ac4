"""Goods told by what they do, hold or are sent for: the machine is the item, never what it works on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.read import words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.law.rules.load import load_rulebook

DIFFUSION = {"form": "equipment", "goods_kind": "grain_boundary_diffusion_equipment"}
GLUING = {"form": "equipment", "goods_kind": "magnet_machining_machine", "machine_kind": "gluing_machine"}
EQUIPMENT = {"form": "equipment"}
INSTRUMENT = {"form": "equipment", "goods_kind": "instrument"}
TEXTS = [
    ("furnace in which magnet blanks are held at 900 C so that Dy diffuses along the grain boundaries", DIFFUSION),
    ("equipment that grinds magnet blocks on both sides", EQUIPMENT),
    ("Ofen, der Magnetrohlinge unter Vakuum erhitzt", EQUIPMENT),
    ("Anlage, welche Magnetscheiben vor dem Trennen verklebt", GLUING),
    ("用来把磁钢片粘在一起的设备一台", GLUING),
    ("磁石を貼り合わせる装置 1式", GLUING),
    ("bowl feeder f/ arc magnets w/ linear track", EQUIPMENT),
    ("磁铁振动盘上料机 2台", EQUIPMENT),
    ("magnet analyzer, on loan", INSTRUMENT),
    ("磁体分析仪 1台", INSTRUMENT),
    ("CIP-Anlage aus der Keramikindustrie, 300 MPa", EQUIPMENT),
    ("vacuum sintering furnace for cemented carbide inserts", EQUIPMENT),
    ("医药用气流磨一台", EQUIPMENT),
    ("jet mill for NdFeB, nitrogen", {"form": "equipment", "goods_kind": "magnet_jet_mill"}),
    ("HARD FERRITE SEGMENT F/WIPER MOTOR", {"form": "magnet", "magnet_type": {"ferrite"}}),
    ("MAGNETS (SMCO) F.SENSOR 2000 EA", {"form": "magnet", "magnet_type": {"SmCo"}, "elements": {"Sm"}}),
    ("荧光灯管拆解荧光粉含钇铕3吨", {"form": "scrap", "elements": {"Eu", "Y"}}),
    ("GAGG:Ce crystal array 8x8", {"form": "functional_material", "elements": {"Ce", "Ga", "Gd"}}),
    ("转子发往苏州做动平衡，10件", {"form": "assembly", "goods_kind": "rotor_or_stator", "to": "CN"}),
]  # fmt: skip
HOLDERS = [
    "holder for 6 magnets, CNC milled",
    "Magnettrays, tiefgezogen, 500 Stück",
    "磁钢夹具 不锈钢 10套",
    "マグネットホルダー 樹脂製 50個",
    "2 Kisten Greifer m. Permanentmagneten",
    "saw that cuts SmCo blocks with 80 wires",
    "magnet school brochure, 200 pcs",
]
TWO = [
    "please send 500 pcs N42 discs. Also email the plating recipe.",
    "We need 20 kg Dy metal. Please also send your reduction procedure.",
    "发500片48H弧形磁片。另外把电镀工艺发邮件过来",
]


@pytest.fixture(scope="module")
def read() -> Callable[[str], WordsRead]:
    return words_reader(load_rulebook())


def _facts(found: WordsRead) -> dict[str, FactValue]:
    return {name: value for part in found.parts for name, value in part.facts.items()}


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_machine_is_the_item(read: Callable[[str], WordsRead], text: str, expected: dict[str, object]) -> None:
    got = {name: set(v.has) if isinstance(v, SetValue) else v for name, v in _facts(read(text)).items()}
    assert {name: got.get(name) for name in expected} == expected
    unsaid = {"act", "form", "goods_kind", "magnet_type", "elements"} - set(expected) - {"goods_kind"}
    assert not unsaid & set(got)
    assert ("goods_kind" in expected) or not str(got.get("goods_kind", "")).startswith(("magnet_", "grain_"))


@pytest.mark.parametrize("text", HOLDERS)
def test_what_holds_or_works_on_magnets_is_no_magnet(read: Callable[[str], WordsRead], text: str) -> None:
    assert _facts(read(text)).get("form") != "magnet"


@pytest.mark.parametrize("text", TWO)
def test_a_sentence_with_also_is_a_deal_of_its_own(read: Callable[[str], WordsRead], text: str) -> None:
    assert [part.facts.get("act") for part in read(text).parts] == ["goods", "technology"]


def test_to_confirm_that_something_is_ordered_describes_no_machine(read: Callable[[str], WordsRead]) -> None:
    assert _facts(read("we confirm that 500 NdFeB magnets N42 are ordered")).get("form") == "magnet"
