"""Chinese and Korean names whose head is put in letters and whose trade is translated, and names in other alphabets."""

from __future__ import annotations

import time

import pytest

from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.intake.parties.lookup.heads import may_be_spelt
from coercivity.intake.parties.results import Asked
from coercivity.intake.parties.screener import Screener
from coercivity.intake.parties.scripts.korean import korean_key


def verdicts(listed: str, written: str) -> list[str]:
    """What a written name is found to be on a list of one name."""
    held = Screener([NamedList("own", (ListEntry("e", "own", (EntryName(listed),)),))])
    return [one.verdict for one in held.screen(Asked(written)).findings]


@pytest.mark.parametrize(
    ("signs", "letters"),
    [
        ("西安翼昊航空科技有限公司", "Xi'an Yihao Aviation Technology Co., Ltd."),
        ("深圳市恒昌磁材科技有限公司", "Shenzhen Hengchang Magnetic Materials Technology Co., Ltd."),
        ("香港永豐貿易有限公司", "Hong Kong Yongfeng Trading Limited"),
        ("上海东方精密仪器厂", "Shanghai Dongfang Precision Instrument Factory"),
        ("余茂春", "Maochun Yu"),
        ("대성자석공업 주식회사", "Daesung Magnet Industry Co., Ltd."),
        ("한빛정밀 주식회사", "Hanpit Precision"),
        ("조선무역은행", "Choson Muyok Unhaeng"),
    ],
)
def test_a_head_in_letters_beside_a_translated_trade_is_asked_about(signs: str, letters: str) -> None:
    assert verdicts(signs, letters) == ["possible"]
    assert verdicts(letters, signs) == ["possible"]


@pytest.mark.parametrize(
    ("signs", "letters"),
    [
        ("西安翼昊航空科技有限公司", "Nanjing Yihao Textile Co., Ltd."),
        ("西安翼昊航空科技有限公司", "Xi'an Lingxiao Aviation Technology Co., Ltd."),
        ("대성자석공업 주식회사", "Hanbit Magnet Industry"),
    ],
)
def test_another_head_or_another_trade_is_not(signs: str, letters: str) -> None:
    assert verdicts(signs, letters) == []
    assert verdicts(letters, signs) == []


def test_wade_giles_at_the_head_of_an_english_name_is_asked_about() -> None:
    assert verdicts("台灣鴻達電子股份有限公司", "Hung-ta Electronics Co., Ltd.") == ["possible"]


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("ООО «Северный Ветер»", "OOO Severny Veter"),
        ("ОАО Уральский завод магнитов", "JSC Uralsky Zavod Magnitov"),
        ("한빛정밀 주식회사", "한빟정밀"),
    ],
)
def test_a_listed_name_in_another_alphabet_is_compared_by_its_sound(listed: str, written: str) -> None:
    assert verdicts(listed, written) == ["possible"]


@pytest.mark.parametrize("written", ["晨光稀土", "恒昌磁材"])
def test_a_chinese_name_without_its_place_and_the_end_of_its_trade_is_asked_about(written: str) -> None:
    listed = {"晨光稀土": "赣州晨光稀土新材料有限公司", "恒昌磁材": "深圳市恒昌磁材科技有限公司"}[written]
    assert verdicts(listed, written) == ["possible"]


def test_the_word_for_a_city_may_be_left_out_in_pinyin() -> None:
    assert verdicts("深圳市恒昌磁材科技有限公司", "Shenzhen Hengchang Cicai Keji Youxian Gongsi") == ["possible"]


@pytest.mark.parametrize("word", ["ae" * 19 + "x", "nang" * 9 + "xq", "ai" * 300 + "x"])
def test_letters_that_are_no_syllables_take_no_time(word: str) -> None:
    started = time.process_time()
    assert not korean_key((word,))
    assert not may_be_spelt((word,))
    assert time.process_time() - started < 0.1
