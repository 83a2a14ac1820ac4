"""Names in pinyin: found in all usual notations, without matching ordinary names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from coercivity.intake.parties.index import party_index
from coercivity.intake.parties.names import count_han, fold
from coercivity.intake.parties.screen import look, screen
from coercivity.intake.parties.scripts.pinyin import is_telling, may_be_pinyin, readings, spellings, without_tones
from coercivity.law.rules.load import law_folder

PARTIES = law_folder() / "parties.csv"
INDEX = party_index(PARTIES)


def asked(name: str) -> set[str]:
    """The party sets that a name leaves open."""
    return {party.party_set for question in look(name, INDEX).questions for party in question.parties}


@pytest.mark.parametrize(
    ("name", "party_set"),
    [
        ("Hanxiang Hangkong Gongye", "cl-2025-35"),
        ("HANXIANG HANGKONG GONGYE GUFEN YOUXIAN GONGSI", "cl-2025-35"),
        ("Han Xiang Hang Kong Gong Ye Co., Ltd.", "cl-2025-35"),
        ("hànxiáng hángkōng gōngyè", "cl-2025-35"),
        ("Han4xiang2 Hang2kong1 Gong1ye4", "cl-2025-35"),
        ("hanxianghangkonggongye", "cl-2025-35"),
        ("Meiguo Xitu Gongsi", "cl-2026-23"),
        ("IHI Yuhang", "cl-2026-11"),
        ("L3 Halisi Gongsi", "cl-2025-1"),
        ("Tekemu Gongsi", "cl-2025-21"),
        ("TDK Zhushi Huishe", "wl-2026-12"),
        ("翰翔航空工业", "cl-2025-35"),
        ("ACME GmbH; Zhongxin Zaochuan (Kaohsiung)", "cl-2025-35"),
    ],
)
def test_a_listed_name_in_pinyin_is_asked_about(name: str, party_set: str) -> None:
    """With and without blanks, tones and capitals; with letters of its own; by its sound in other signs.

    It is never a hit: a sound is the name of several firms, and none of them may be the listed one.
    """
    assert party_set in asked(name)
    assert not screen(name, PARTIES)


def test_every_telling_name_is_found_by_its_usual_pinyin() -> None:
    """No listed name in signs is left behind, apart from those too short to say who is meant."""
    short = set()
    for party in (entry for entries in INDEX.by_party.values() for entry in entries):
        stem = fold(party.name_zh)
        if not count_han(stem):
            continue
        usual = spellings(stem)[0]
        if is_telling(usual, stem):
            of_name = {hit.party_set for hit in screen(usual.title(), PARTIES)} | asked(usual.title())
            assert party.party_set in of_name, usual
        else:
            short.add(party.name_zh)
    assert short == {
        "I领域公司",
        "YDK科技株式会社",
        "万拓公司",
        "东金株式会社",
        "卡隆",
        "攻卫股份有限公司",
        "日油株式会社",
        "石平",
        "立方公司",
    }


def test_no_two_packed_parties_sound_alike() -> None:
    """No spelling in pinyin is that of two parties, nor the name in letters of another."""
    entries = [entry for found in INDEX.by_party.values() for entry in found]
    of: dict[str, set[str]] = {}
    for entry in entries:
        stem = fold(entry.name_zh)
        for key in spellings(stem) if count_han(stem) else ():
            if is_telling(key, stem):
                of.setdefault(key, set()).add(entry.party_id)
    seen = {fold(entry.name_en): entry.party_id for entry in entries if entry.name_en}
    assert len(of) > 400
    assert not [key for key, parties in of.items() if len(parties) > 1]
    assert not [key for key in of.keys() & seen.keys() if {seen[key]} != of[key]]


@pytest.mark.parametrize("name", ["Lifang", "Li Fang Gongsi", "Dongjin", "Riyou Co., Ltd.", "丽芳", "功伟有限公司"])
def test_short_pinyin_is_no_hit(name: str) -> None:
    """Two short syllables are the name of anybody."""
    assert not screen(name, PARTIES)


def test_readings_of_a_sign() -> None:
    """The usual reading first, `ü` in its three spellings, other signs as they are."""
    assert readings("中")[0] == "zhong"
    assert {"zhang", "chang"} <= set(readings("长"))
    assert {"lu", "lv", "lyu"} <= set(readings("绿"))
    assert readings("k") == ("k",)


def test_spellings_are_bounded() -> None:
    """A name of signs with many readings does not grow without end, and its usual spelling is there."""
    found = spellings("重长行乐" * 10)
    assert 40 < len(found) <= 512
    assert found[0].startswith("chong") or found[0].startswith("zhong")


@pytest.mark.parametrize(
    ("key", "may"),
    [("zhongguoxitu", True), ("ihiyuhang", True), ("siemens", False), ("generaldynamics", False), ("bosch", False)],
)
def test_letters_that_may_be_pinyin(key: str, may: bool) -> None:
    """Only these cost the loading of the readings."""
    assert may_be_pinyin(key, frozenset({"ihi"})) is may


def test_a_tone_is_a_digit_behind_a_letter() -> None:
    """Other digits stay."""
    assert without_tones("zhong1guo2") == "zhongguo"
    assert without_tones("9abc77") == "9abc77"


@pytest.mark.parametrize(
    ("name", "loaded"),
    [("Lafert SpA", False), ("Siemens AG", False), ("汉翔航空工业", False), ("Ningbo Yunsheng", True)],
)
def test_the_readings_are_loaded_on_first_need(name: str, loaded: bool) -> None:
    """An ordinary name in letters does not pay for them."""
    code = (
        "import sys; from pathlib import Path; from coercivity.intake.parties.screen import look, screen;"
        f"screen({name!r}, Path({str(PARTIES)!r})); print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)


@pytest.mark.parametrize(
    ("key", "slips", "may_be"),
    [
        ("nuowote", 0, True),
        ("l3halisi", 0, True),
        ("nuowotek", 0, False),
        ("nuowotek", 1, True),
        ("anuowotesx", 1, False),
        ("te", 0, True),
        ("t", 0, False),
        ("lmnuowote", 2, False),  # a slip at the very start leaves too little to go by
    ],
)
def test_letters_split_into_syllables_to_the_last_one(key: str, slips: int, may_be: bool) -> None:
    """Whole syllables up to the end, but for letters in one place."""
    assert may_be_pinyin(key, frozenset({"l3"}), slips) is may_be
