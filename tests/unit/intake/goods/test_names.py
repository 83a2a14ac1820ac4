"""Names of materials, end uses and HS codes: their plain meaning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.errors import CoercivityError
from coercivity.data.values import SetValue
from coercivity.intake.goods.hs import hs_digits, hs_forms, hs_kinds
from coercivity.intake.goods.material import material_reader
from coercivity.intake.goods.phrases import load_phrases
from coercivity.intake.goods.reading import Reading
from coercivity.intake.goods.use import read_use
from coercivity.law.rules.rulebook import Rulebook

Read = Callable[[str], Reading]
_KEPT: list[Read] = []


def reader(book: Rulebook) -> Read:
    if not _KEPT:
        _KEPT.append(material_reader(book))
    return _KEPT[0]


def shown(found: Reading) -> str:
    """The facts in one line; `+` after elements says that there may be more."""
    parts = []
    for name, value in found.facts.items():
        if isinstance(value, SetValue):
            parts.append(f"{name}={' '.join(sorted(value.has))}{'' if value.complete else '+'}")
        else:
            parts.append(f"{name}={value}")
    return ", ".join(sorted(parts))


NAMES = [
    ("sintered NdFeB block", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("NdFeB sintered magnet", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("NdFeB magnet N42SH 20x10x5 mm, Ni coated", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("烧结钕铁硼磁体", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("烧结钕铁硼磁钢 N42SH", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("bonded NdFeB magnet", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("SmCo magnet", "elements=Sm+, form=magnet, magnet_type=SmCo"),
    ("SmCo5 magnets", "elements=Sm+, form=magnet, magnet_type=SmCo"),
    ("Sm2Co17 magnet", "elements=Sm+, form=magnet, magnet_type=SmCo"),
    ("cerium magnet", "elements=Ce+, form=magnet, magnet_type=Ce_magnet"),
    ("铈磁体", "elements=Ce+, form=magnet, magnet_type=Ce_magnet"),
    ("ferrite magnet", "form=magnet, magnet_type=ferrite"),
    ("Ferrite arc segments", "form=magnet, magnet_type=ferrite"),
    ("AlNiCo magnet", "form=magnet, magnet_type=AlNiCo"),
    ("Nd-Fe-B magnets", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("Brushless DC motor 24 V 100 W", "form=finished_good, goods_kind=motor"),
    ("Stepper motor NEMA 17", "form=finished_good, goods_kind=motor"),
    ("Servo motor 750 W with encoder", "form=finished_good, goods_kind=motor"),
    ("Servomotor 1,5 kW", "form=finished_good, goods_kind=motor"),
    ("Drehstrommotor 5,5 kW IE3", "form=finished_good, goods_kind=motor"),
    ("直流无刷电机 24V 100W", "form=finished_good, goods_kind=motor"),
    ("步进电机", "form=finished_good, goods_kind=motor"),
    ("空调风扇电机", "form=finished_good, goods_kind=motor"),
    ("Loudspeaker 6.5 inch, 8 ohm", "form=finished_good, goods_kind=electronic_product"),
    ("蓝牙耳机", "form=finished_good, goods_kind=electronic_product"),
    ("Relais 24 V", "form=component, goods_kind=electronic_component"),
    ("Power inductor 10 uH", "form=component, goods_kind=electronic_component"),
    ("Washing machine 8 kg", "form=finished_good, goods_kind=household_appliance"),
    ("电动工具 冲击钻", "form=finished_good, goods_kind=household_appliance"),
    ("手机壳（磁吸）", "form=finished_good, goods_kind=magnetic_attachment_good"),
    ("Ferrit-Segment anisotrop", "form=magnet, magnet_type=ferrite"),
    ("Neodymmagnet Scheibe N35, vernickelt", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("Hallsensor", "form=component, goods_kind=sensor"),
    ("sensor assembly", "form=assembly, goods_kind=sensor"),
    ("NdFeB", "elements=Nd+, magnet_type=NdFeB"),
    ("magnetic powder", "form=magnet_powder"),
    ("NdFeB powder", "elements=Nd+, form=magnet_powder, magnet_type=NdFeB"),
    ("钕铁硼磁粉", "elements=Nd+, form=magnet_powder, magnet_type=NdFeB"),
    ("strip-cast alloy flakes", "form=alloy"),
    ("NdFeB strip cast flakes", "alloy_system=other, elements=Nd+, form=alloy"),
    ("钕铁硼速凝片", "alloy_system=other, elements=Nd+, form=alloy"),
    ("dysprosium metal", "elements=Dy, form=metal"),
    ("Dy metal", "elements=Dy, form=metal"),
    ("DY METAL", "elements=Dy, form=metal"),
    ("金属镝", "elements=Dy, form=metal"),
    ("镝铁合金", "alloy_system=DyFe, elements=Dy+, form=alloy"),
    ("DyFe alloy", "alloy_system=DyFe, elements=Dy+, form=alloy"),
    ("dysprosium-iron alloy", "alloy_system=DyFe, elements=Dy+, form=alloy"),
    ("dysprosium oxide", "elements=Dy, form=oxide"),
    ("Dysprosium Oxide 99.9%", "elements=Dy, form=oxide"),
    ("氧化镝", "elements=Dy, form=oxide"),
    ("酸化ジスプロシウム", "elements=Dy, form=oxide"),
    ("Dy2O3", "elements=Dy, form=oxide"),
    ("Dy2O3 99.5% powder", "elements=Dy, form=oxide"),
    ("Tb4O7", "elements=Tb, form=oxide"),
    ("NdPr metal", "elements=Nd Pr, form=metal"),
    ("PrNd alloy", "elements=Nd Pr, form=metal"),
    ("镨钕金属", "elements=Nd Pr, form=metal"),
    ("镨钕合金", "elements=Nd Pr, form=metal"),
    ("NdPr oxide", "elements=Nd Pr, form=oxide"),
    ("氧化镨钕", "elements=Nd Pr, form=oxide"),
    ("holmium metal", "elements=Ho, form=metal"),
    ("gadolinium chloride", "elements=Gd, form=compound"),
    ("GdCl3", "elements=Gd, form=compound"),
    ("碳酸铈", "elements=Ce, form=compound"),
    ("cerium carbonate", "elements=Ce, form=compound"),
    ("lanthanum nitrate", "elements=La, form=compound"),
    ("SmCo alloy", "alloy_system=SmCo, elements=Sm+, form=alloy"),
    ("SmCo sputtering target", "elements=Sm+, form=target, target_system=SmCo"),
    ("gadolinium target", "elements=Gd+, form=target, target_system=Gd"),
    ("钆靶", "elements=Gd+, form=target, target_system=Gd"),
    ("yttrium oxide target", "elements=Y+, form=target, target_system=other"),
    ("yttrium oxide crucible", "elements=Y+, goods_kind=crucible"),
    ("Terfenol-D", "alloy_system=TbDyFe, elements=Dy Tb+, form=alloy"),
    ("TbFe alloy", "alloy_system=TbFe, elements=Tb+, form=alloy"),
    ("YbLu alloy", "alloy_system=YbLu, elements=Lu Yb+, form=alloy"),
    ("NdFeB swarf", "elements=Nd+, form=scrap, magnet_type=NdFeB"),
    ("钕铁硼废料", "elements=Nd+, form=scrap, magnet_type=NdFeB"),
    ("grinding sludge", "form=scrap"),
    ("electric motor", "form=finished_good, goods_kind=motor"),
    ("permanent magnet motor", "form=finished_good, goods_kind=motor"),
    ("永磁同步电机", "form=finished_good, goods_kind=motor"),
    ("rotor with NdFeB magnets", "elements=Nd+, form=assembly, goods_kind=rotor_or_stator, magnet_type=NdFeB"),
    ("转子", "form=assembly, goods_kind=rotor_or_stator"),
    ("带磁体转子", "form=assembly, goods_kind=rotor_or_stator"),
    ("带磁体的转子", "form=assembly, goods_kind=rotor_or_stator"),
    ("带钕铁硼磁体的转子", "elements=Nd+, form=assembly, goods_kind=rotor_or_stator, magnet_type=NdFeB"),
    ("europium phosphor", "elements=Eu+, form=functional_material, goods_kind=phosphor, material_function=luminescent"),
    ("荧光粉", "form=functional_material, goods_kind=phosphor, material_function=luminescent"),
    ("cerium polishing powder", "elements=Ce+, goods_kind=other"),
    ("catalyst", "goods_kind=catalyst"),
    ("稀土精矿", "form=ore, goods_kind=rare_earth_ore"),
    ("monazite concentrate", "form=ore, goods_kind=rare_earth_ore"),
    ("jet mill", "form=equipment, goods_kind=magnet_jet_mill"),
    ("气流磨", "form=equipment, goods_kind=magnet_jet_mill"),
    ("hydrogen decrepitation furnace", "form=equipment, goods_kind=hydrogen_decrepitation_furnace"),
    ("NdFeB sintering furnace", "form=equipment, goods_kind=magnet_vacuum_sintering_furnace"),
    ("sintering recipe", "act=technology, form=technology"),
    ("NdFeB magnet drawing", "act=technology, form=technology, magnet_type=NdFeB"),
    ("magnets for motors", "form=magnet"),
    ("电机用磁体", "form=magnet"),
    ("モーター用磁石", "form=magnet"),
    ("motor magnet", "form=magnet"),
    ("Dy-free NdFeB magnet", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("无重稀土钕铁硼磁体", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("heavy rare earth free NdFeB magnet", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("NdFeB magnet, no Dy/Tb", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("magnet", "form=magnet"),
    ("magnet wire", "goods_kind=other"),
    ("dysprosium", "elements=Dy+"),
    ("MAG-00123 sintered NdFeB block", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("Dy-containing NdFeB magnet", "elements=Dy Nd+, form=magnet, magnet_type=NdFeB"),
    ("含镝钕铁硼磁体", "elements=Dy Nd+, form=magnet, magnet_type=NdFeB"),
    ("NdFeB magnet Dy 0%", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("scandium-aluminium alloy", "alloy_system=ScAl, elements=Sc+, form=alloy"),
    ("scandium aluminium alloy wire", "alloy_system=ScAl, elements=Sc+, form=alloy"),
    ("Sm metal", "elements=Sm, form=metal"),
    ("Er metal", "elements=Er, form=metal"),
    ("Y2O3", "elements=Y, form=oxide"),
    ("NDFEB MAGNET", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("Neodymium magnets", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("ネオジム磁石", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("Nd2Fe14B powder", "elements=Nd+, magnet_type=NdFeB"),
    ("erbium doped fibre", "elements=Er+, form=functional_material, material_function=optical_fibre"),
    ("thulium laser crystal", "elements=Tm+, form=functional_material, material_function=crystal"),
    ("loudspeaker", "form=finished_good, goods_kind=electronic_product"),
    ("sensor with SmCo magnet", "elements=Sm+, form=component, goods_kind=sensor, magnet_type=SmCo"),
    ("lithium ion battery", "form=other_material, goods_kind=lithium_ion_cell"),
    ("P507 extractant", "form=reagent, goods_kind=rare_earth_extractant"),
    ("samarium cobalt magnets", "elements=Sm+, form=magnet, magnet_type=SmCo"),
    ("NdFeB/SmCo magnets", "elements=Nd Sm+, form=magnet, magnet_type=NdFeB SmCo"),
    ("sintered NdFeB magnets with Dy", "elements=Dy Nd+, form=magnet, magnet_type=NdFeB"),
    ("rare earth magnet", "form=magnet"),
    ("Rotor", "form=assembly, goods_kind=rotor_or_stator"),
    ("magnet-rotor", "form=assembly, goods_kind=rotor_or_stator"),
    ("NdFeB Magnet (N35), nickel plated", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("gallium metal", "elements=Ga, form=metal"),
    ("Lutetium oxide", "elements=Lu, form=oxide"),
    ("混合稀土金属", "form=metal"),
    ("La(NO3)3", "elements=La, form=compound"),
    ("TbCl3·6H2O", "elements=Tb, form=compound"),
    ("N52 magnet", "form=magnet, magnet_type=NdFeB"),
    ("燒結釹鐵硼磁鐵", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("gadolinium oxide / yttrium oxide mixture", "elements=Gd Y+, form=mixture"),
    ("sintered NdFeB magnets for automotive EPS", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("汽车电机用烧结钕铁硼磁体", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("Y30 ferrite magnet", "form=magnet, magnet_type=ferrite"),
    ("N42SH block 50x20x5", "form=magnet, magnet_type=NdFeB"),
    ("N35 disc D10x3", "form=magnet, magnet_type=NdFeB"),
    ("钕铁硼N38H 磁瓦", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("MAGNET, NEO, N35", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("neo magnet", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("ネオジム焼結磁石", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("ネオジウム磁石", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("サマリウムコバルト磁石", "elements=Sm+, form=magnet, magnet_type=SmCo"),
    ("サマコバ", "elements=Sm+, magnet_type=SmCo"),
    ("フェライト磁石", "form=magnet, magnet_type=ferrite"),
    ("Ferritmagnet", "form=magnet, magnet_type=ferrite"),
    ("NdFeB-Magnet, gesintert, Dy-haltig", "elements=Dy Nd+, form=magnet, magnet_type=NdFeB"),
    ("Samarium-Kobalt-Magnet", "elements=Sm+, form=magnet, magnet_type=SmCo"),
    ("Dysprosiumoxid", "elements=Dy, form=oxide"),
    ("Neodymmetall", "elements=Nd, form=metal"),
    ("Ceroxid", "elements=Ce, form=oxide"),
    ("Lanthankarbonat", "elements=La, form=compound"),
    ("Stabmagnet", "form=magnet"),
    ("Haftmagnet", "form=magnet"),
    ("Magnetschrott", "form=scrap"),
    ("Rotor kpl. mit Magneten", "form=assembly, goods_kind=rotor_or_stator"),
    ("ROTOR ASSY", "form=assembly, goods_kind=rotor_or_stator"),
    ("BLDC MOTOR", "form=finished_good, goods_kind=motor"),
    ("镝铁", "alloy_system=DyFe, elements=Dy+, form=alloy"),
    ("ジジム", "elements=Nd Pr+"),
    ("SmCo 2:17 rod", "elements=Sm+, form=magnet, magnet_type=SmCo"),
    ("PrNd合金", "elements=Nd Pr, form=metal"),
    ("civil aircraft part", "form=component, goods_kind=aircraft_part"),
    ("Magnet NdFeB gesintert", "elements=Nd+, form=magnet, magnet_type=NdFeB"),
    ("gallium metal", "elements=Ga, form=metal"),
    ("高纯金属镓 99.99999%", "elements=Ga, form=metal"),
    ("镓锭", "elements=Ga, form=metal"),
    ("GaN wafers", "elements=Ga, form=compound, mineral_item=gallium_nitride"),
    ("gallium arsenide single crystal wafer", "elements=Ga, form=compound, mineral_item=gallium_arsenide"),
    ("二氧化锗", "elements=Ge, form=oxide"),
    ("锑锭", "elements=Sb, form=metal, mineral_item=antimony_metal_or_article"),
    ("antimony ingots 99.65%", "elements=Sb, form=metal, mineral_item=antimony_metal_or_article"),
    ("antimony trioxide 99.8%", "elements=Sb, form=oxide"),
    ("tungsten carbide powder", "elements=W, form=compound, mineral_item=tungsten_carbide"),
    ("碳化钨粉", "elements=W, form=compound, mineral_item=tungsten_carbide"),
    ("ammonium paratungstate (APT)", "elements=W, form=compound, mineral_item=ammonium_paratungstate"),
    ("钨粉", "elements=W, form=metal"),
    ("bismuth ingot", "elements=Bi, form=metal, mineral_item=bismuth_metal_or_article"),
    ("CdTe", "elements=Te, form=compound, mineral_item=cadmium_telluride"),
    ("磷化铟", "elements=In, form=compound, mineral_item=indium_phosphide"),
    ("indium ingot", "elements=In, form=metal"),
    ("molybdenum powder", "elements=Mo, form=metal"),
    ("spherical graphite", "form=other_material, goods_kind=graphite, mineral_item=natural_flake_graphite"),
    ("isostatic graphite", "form=other_material, goods_kind=graphite"),
    ("六面顶压机", "form=equipment, goods_kind=cubic_press"),
    ("washing machine", "form=finished_good, goods_kind=household_appliance"),
    ("catalytic converter", "form=finished_good, goods_kind=catalytic_converter"),
    ("SmFeN powder", "elements=Sm+, form=magnet_powder, magnet_type=SmFeN"),
    ("钐铁氮磁体", "elements=Sm+, form=magnet, magnet_type=SmFeN"),
]


@pytest.mark.parametrize(("name", "facts"), NAMES)
def test_names(book: Rulebook, name: str, facts: str) -> None:
    found = reader(book)(name)
    assert found.unread == ""
    assert shown(found) == facts
    assert "interpreted as" in found.notes[0]


UNREAD = [
    "Nd metal 50 W",
    "W",
    "Dy alloy 5 W",
    "magnet 10 W",
    "oxide magnet",
    "steel bolt",
    "unobtainium",
    "block",
    "aluminium oxide",
    "copper alloy",
    "jet mill parts",
    "磁性材料",
    "NdFeB oxide",
    "N42SH",
    "ZrO2 powder",
    "wiper motor",
    "motor car",
]


JOINERS = [" + ", " and ", " & ", ", ", " / ", "; ", " (", "、", "和", "与", "及", " und ", " - ", ". ", "\n", "+", "/"]
THINGS = [
    ("NdFeB magnet", "strip caster"),
    ("Dy metal", "strip caster"),
    ("钕铁硼磁体", "氢破碎炉"),
    ("NdFeB magnet", "DyFe alloy"),
    ("sintered NdFeB block", "jet mill"),
    ("Dy metal", "polishing powder"),
    ("NdFeB magnet", "drawing"),
    ("NdFeB scrap", "NdFeB magnet"),
    ("Dy metal", "yttrium oxide mixture"),
    ("carbonate", "mixture"),
]


@pytest.mark.parametrize("joiner", JOINERS)
@pytest.mark.parametrize("pair", [*THINGS, *(pair[::-1] for pair in THINGS)], ids=str)
def test_of_two_things_with_a_joiner_between_them_none_is_read(
    book: Rulebook, pair: tuple[str, str], joiner: str
) -> None:
    found = reader(book)(joiner.join(pair))
    assert "describes two items" in found.unread
    assert dict(found.facts) == {}


HIDDEN = [
    "N35 block + strip caster",
    "strip caster + Dy",
    "Dy, strip caster",
    "motor 5kW/NdFeB magnet",
    "motor 5kW+magnet",
    "magnets for motors + Dy metal",
    "strip caster for NdFeB alloy, Dy metal",
    "镝金属、电机用磁体",
    "strip caster with Dy metal",
    "motor with NdFeB magnets + Dy metal",
    "motor with magnets and Dy metal",
    "NdFeB magnet with drawing",
]


@pytest.mark.parametrize("name", HIDDEN)
def test_no_code_purpose_or_holder_hides_a_second_thing(book: Rulebook, name: str) -> None:
    assert "describes two items" in reader(book)(name).unread


ATTRIBUTES = [
    ("motor with NdFeB magnets", "finished_good"),
    ("motor with SmCo and NdFeB magnets", "finished_good"),
    ("motor with rotor and stator", "finished_good"),
    ("rotor with magnets", "assembly"),
    ("Rotor (NdFeB)", "assembly"),
    ("NdFeB magnet, block", "magnet"),
    ("NdFeB magnet; magnet block; ring", "magnet"),
    ("NdFeB magnet\nblock", "magnet"),
    ("magnets for wind turbines", "magnet"),
    ("magnets for motors, generators", "magnet"),
    ("汽车、电机用磁体", "magnet"),
    ("MAG/00123 NdFeB magnet", "magnet"),
    ("NdFeB magnet 10x5,5x0.1 mm", "magnet"),
    ("NdFeB magnet, Dy/Tb free", "magnet"),
    ("strip caster for NdFeB magnets", "equipment"),
    ("NdFeB sintering furnace", "equipment"),
    ("dysprosium oxide and terbium oxide", "oxide"),
    ("Dy2O3 (dysprosium oxide) 99.9%", "oxide"),
]


@pytest.mark.parametrize(("name", "form"), ATTRIBUTES)
def test_an_attribute_behind_a_joiner_is_no_second_thing(book: Rulebook, name: str, form: str) -> None:
    assert reader(book)(name).facts.get("form") == form


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_known_or_contradicts_itself_states_nothing(book: Rulebook, name: str) -> None:
    found = reader(book)(name)
    assert found.unread.startswith("material ")
    assert dict(found.facts) == {}


@pytest.mark.parametrize(("fact", "ending"), [("alloy_system", "合金"), ("target_system", "靶")])
def test_every_listed_alloy_and_target_is_read_by_its_chinese_name(book: Rulebook, fact: str, ending: str) -> None:
    named = {word: v for word, v in book.catalogue[fact].value_synonyms.items() if word.endswith(ending)}
    assert len(named) > 10
    assert {word: reader(book)(word).facts.get(fact) for word in named} == named


def test_every_listed_machine_is_read_by_its_chinese_name(book: Rulebook) -> None:
    kinds = book.catalogue["goods_kind"].values
    names = {kind: words.zh.split("（")[0] for kind, words in kinds.items() if "2B902" in words.en}
    assert len(names) > 20
    assert {kind: reader(book)(name).facts.get("goods_kind") for kind, name in names.items()} == {k: k for k in names}


@pytest.mark.parametrize("form", ["metal", "oxide", "chloride"])
def test_every_rare_earth_has_its_substances(book: Rulebook, form: str) -> None:
    for word, symbol in book.catalogue["elements"].value_synonyms.items():
        if word.isascii():
            found = reader(book)(f"{word} {form}")
            assert found.facts["elements"] == SetValue(frozenset({symbol})), word


def test_a_table_that_names_what_the_catalogue_lacks_is_refused(book: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "phrases.yaml"
    path.write_text(
        "things:\n- {words: [widget], facts: {form: widgets}}\n- {words: [gadget], facts: {shape: round}}\n"
        "- {words: [thing], facts: {form: metal}}\n- {words: [Thing], facts: {form: oxide}}\nshape: [x]\n",
        encoding="utf-8",
    )
    with pytest.raises(CoercivityError) as caught:
        load_phrases(book.catalogue, path)
    assert {fault.code for fault in caught.value.faults} == {"FACT-VALUE", "FACT-UNKNOWN", "PHRASE-TWICE", "PHRASE-KEY"}


USES = [
    ("motors for a navy research centre", "military_use"),
    ("军用雷达", "military_use"),
    ("导弹", "military_use"),
    ("防衛装備", "military_use"),
    ("fighter aircraft", "military_use"),
    ("military and civil", "military_use"),
    ("not only civil but also military use", "military_use"),
    ("不锈钢泵 军用", "military_use"),
    ("无刷电机军用", "military_use"),
    ("No. 5 navy yard", "military_use"),
    ("nuclear weapons", "military_use wmd_use"),
    ("化学武器", "military_use wmd_use"),
    ("ballistic missile guidance", "military_use wmd_use"),
    ("terrorist group", "terrorist_use"),
    ("non-military", ""),
    ("civil, not military", ""),
    ("no military use", ""),
    ("civil use, no military or defence use", ""),
    ("非军用", ""),
    ("民用，不用于军事", ""),
    ("军事用途以外", ""),
    ("軍事用途ではない", ""),
    ("wiper motors, passenger cars", ""),
    ("新能源汽车", ""),
    ("wind turbine", ""),
    ("fire fighter pumps", ""),
    ("humanitarian relief", ""),
]


@pytest.mark.parametrize(("text", "facts"), USES)
def test_end_uses_state_only_what_they_plainly_say(text: str, facts: str) -> None:
    found = read_use(text)
    assert dict(found.facts) == dict.fromkeys(facts.split(), True)
    assert bool(found.notes) == bool(facts)


MAY_BE = [
    "rocket guidance", "uranium enrichment centrifuge bearings", "UAV", "drone", "Drohne", "火箭", "无人机", "Rakete", "鈾",
    "铀浓缩", "centrifuge", "sonar", "satellite", "aerospace", "航天", "nuclear power plant", "civil rocket", "用于drone电机",
    "d\u200brone", "not civilian, drones", "non-military rocket", "no military use; satellite", "no drones, rockets",
]  # fmt: skip


@pytest.mark.parametrize("text", MAY_BE)
def test_what_may_be_a_military_or_weapons_use_is_unread(text: str) -> None:
    found = read_use(text)
    assert "may indicate a military or weapons use; state which" in found.unread
    assert dict(found.facts) == {}


PLAINLY = [
    "guided bombs", "war ships", "warship", "munition", "torpedo", "radar jammer", "submarine", "drone with grenades",
    "Kriegsschiff", "战舰", "火箭炮", "军用UAV",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAINLY)
def test_plainly_military_words_say_so(text: str) -> None:
    assert read_use(text).facts == {"military_use": True}


def test_radiological_dispersal_is_mass_destruction() -> None:
    assert read_use("radiological dispersal").facts == {"wmd_use": True}


ORDINARY = [
    "traction motors", "wiper motors", "wind turbine generators", "elevator drives", "loudspeakers", "power tools",
    "compressors", "pumps", "centrifugal pumps", "laboratory centrifuge", "automotive radar sensor", "nuclear medicine",
    "核磁共振", "汽车雷达", "风力发电机", "Windkraftgenerator", "space heaters", "marine propulsion", "automated guided vehicles",
    "civil inspection drone", "民用无人机", "no drones",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_uses_say_nothing(text: str) -> None:
    assert read_use(text) == Reading()


DELIVERY = [
    "missile",
    "导弹",
    "ミサイル",
    "guided missile",
    "torpedo",
    "military rocket",
    "drone for army",
    "军用无人机",
]


@pytest.mark.parametrize("text", DELIVERY)
def test_what_may_carry_such_weapons_is_military_and_leaves_the_rest_open(text: str) -> None:
    found = read_use(text)
    assert found.facts == {"military_use": True}
    assert "may be a means of delivery; state wmd_use" in found.unread


ARMS = [
    "NdFeB magnets for F-35", "NdFeB magnets for missile", "导弹用磁体", "magnets for torpedo", "军用磁体",
    "magnet for rocket", "magnets for drones",
]  # fmt: skip


@pytest.mark.parametrize("name", ARMS)
def test_a_name_that_says_arms_is_unread(book: Rulebook, name: str) -> None:
    found = reader(book)(name)
    assert "may indicate a military or weapons use" in found.unread
    assert dict(found.facts) == {}


def test_a_platform_in_the_end_use_asks() -> None:
    assert "'F-35' may indicate" in read_use("F-35").unread


CODES = [
    ("8505111000", "8505111000", {"magnet"}),
    ("8505.11.10 00", "8505111000", {"magnet"}),
    ("HS 8505-11", "850511", {"magnet"}),
    ("2805301200", "2805301200", {"metal", "alloy"}),
    ("7105102000", "7105102000", None),
]


@pytest.mark.parametrize(("text", "digits", "forms"), CODES)
def test_tariff_codes(text: str, digits: str, forms: set[str] | None) -> None:
    assert hs_digits(text) == (digits, "")
    assert hs_forms(digits) == (None if forms is None else frozenset(forms))


KINDS = [
    ("8505111000", {"magnet"}),
    ("850519", {"magnet"}),
    ("280530", {"metal", "alloy"}),
    ("284690", {"oxide", "compound", "mixture", "functional_material"}),
    ("720299", {"alloy", "magnet_powder", "scrap"}),
    ("720690", {"alloy", "magnet_powder"}),
    ("850131", {"finished_good"}),
    ("850300", {"component", "assembly"}),
    ("930690", {"arms"}),
    ("840140", {"nuclear"}),
    ("284410", {"nuclear"}),
    ("852610", {"radar"}),
    ("880621", {"drone"}),
    ("392690", None),
    ("", None),
]


@pytest.mark.parametrize(("code", "kinds"), KINDS)
def test_kinds_of_tariff_codes(code: str, kinds: set[str] | None) -> None:
    assert hs_kinds(code) == (None if kinds is None else frozenset(kinds))


@pytest.mark.parametrize("code", ["930690", "840140", "284410", "852610", "880621"])
def test_no_form_of_a_code_outside_this_trade_is_a_magnet(code: str) -> None:
    assert "magnet" not in (hs_forms(code) or ())


def test_every_form_of_a_code_is_a_form_of_the_catalogue(book: Rulebook) -> None:
    for chapter in range(1, 100):
        for heading in range(100):
            for code in (f"{chapter:02}{heading:02}00", f"{chapter:02}{heading:02}11", f"{chapter:02}{heading:02}99"):
                assert (hs_forms(code) or frozenset()) <= set(book.catalogue["form"].values)


@pytest.mark.parametrize("text", ["85051", "12345678901", "abc", ""])
def test_what_is_no_tariff_code_is_told(text: str) -> None:
    assert hs_digits(text)[1]


@given(text=st.text(max_size=40) | st.text(alphabet="NdFeBDyOx磁体氧化镝用不含 -/0123456789", max_size=30))
def test_no_text_raises(book: Rulebook, text: str) -> None:
    assert reader(book)(text) == reader(book)(text)
    assert read_use(text) == read_use(text)
    hs_forms(hs_digits(text)[0])


@pytest.mark.parametrize(
    ("name", "elements"),
    [
        ("Nd2O3 99.5%", "Nd"),
        ("neodymium oxide 99", "Nd"),
        ("Nd2O3 95 %", "Nd+"),
        ("Nd2O3 95", "Nd+"),
        ("Nd2O3 9", "Nd+"),
        ("neodymium oxide, Dy2", "Nd+"),
        ("NdF", "Nd+"),
        ("neodymium oxide for glass colours", "Nd"),
        ("neodymium oxide for glass colouring", "Nd+"),  # 35 characters, as many as some fields have
    ],
)
def test_a_name_closes_the_elements_of_a_pure_substance_only(book: Rulebook, name: str, elements: str) -> None:
    found = reader(book)(name)
    assert found.unread == ""
    assert f"elements={elements}" in shown(found).split(", ")


@pytest.mark.parametrize(
    "name", ["neodymium oxide,", "氧化钕、", "Neodymoxid mit", "镨钕金属（", "NdFeB magnets with", "Nd metal /"]
)
def test_a_name_that_shows_a_cut_holds_the_row_open(book: Rulebook, name: str) -> None:
    found = reader(book)(name)
    assert "appears truncated" in found.unread
    assert "truncated" in found.notes[-1]


@pytest.mark.parametrize(
    "text", ["5 W loudspeaker magnet", "motor 100 W", "NdFeB magnet In box", "NDFEB MAGNET IN BOX"]
)
def test_the_watt_and_the_preposition_are_no_tungsten_and_no_indium(book: Rulebook, text: str) -> None:
    elements = reader(book)(text).facts.get("elements")
    assert not isinstance(elements, SetValue) or not elements.has & {"W", "In"}
