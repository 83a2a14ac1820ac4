"""Similar names lead to a question, never to a hit, and not where no particular party is meant."""

from __future__ import annotations

import pytest

from coercivity.intake.parties.index import party_index
from coercivity.intake.parties.likeness.compare import word_edits
from coercivity.intake.parties.lookup.rests import Rests
from coercivity.intake.parties.screen import look
from coercivity.law.rules.load import law_folder

INDEX = party_index(law_folder() / "parties.csv")


@pytest.mark.parametrize(
    ("name", "listed", "reason"),
    [
        ("Lockheed Martn", "Lockheed Martin Corporation", "letters_differ"),
        ("Skidio", "Skydio Inc.", "letters_differ"),
        ("Intelligent Epitxay Tecnology", "Intelligent Epitaxy Technology", "letters_differ"),
        ("Dynamics General", "General Dynamics", "other_order"),
        ("Intelligent Epitaxy", "Intelligent Epitaxy Technology", "words_left_out"),
        ("Rheinmetall Magnetics USA", "Rheinmetall AG", "words_added"),
        ("Maritime Tact. Sys.", "Maritime Tactical Systems", "shortened"),
        ("汉翔航天工业股份有限公司", "汉翔航空工业股份有限公司", "letters_differ"),
        ("汉翔航空", "汉翔航空工业股份有限公司", "words_left_out"),
        ("高雄汉翔航空工业贸易公司", "汉翔航空工业股份有限公司", "words_added"),
        ("美国通用动力公司", "通用动力公司", "words_added"),
        ("美國宇航環境有限公司", "宇航环境公司", "words_added"),
        ("以色列的通用动力公司", "通用动力公司", "words_added"),
        ("台湾国际造船股份有限公司", "国际造船股份有限公司", "words_added"),
        ("日本防卫大学", "防卫大学", "words_added"),
        ("Han Hsiang Hang K'ung Kung Yeh", "汉翔航空工业股份有限公司", "same_sound"),
        ("Hanxiang Hangkong Gongye", "汉翔航空工业股份有限公司", "same_sound"),
        ("あおきせいみつこうぎょう", "Aoki Seimitsu Kogyo Co., Ltd.", "same_sound"),
        ("ロッキード・マーティン", "Lockheed Martin Corporation", "same_sound"),
    ],
)
def test_a_name_that_is_alike_is_asked_about(name: str, listed: str, reason: str) -> None:
    """Both names are told, and what is alike."""
    found = look(name, INDEX)
    assert not found.hits
    asked = {question.candidate.listed: question.candidate.features for question in found.questions}
    assert reason in asked[listed]


@pytest.mark.parametrize(
    ("short", "is_short"),
    [("M", True), ("Mar", True), ("Mrtm", True), ("Mrtme", True), ("Mrti", False), ("Mrit", False), ("Mx", False)],
)
def test_a_word_is_put_short_by_its_beginning_or_by_letters_that_reach_its_end(short: str, is_short: bool) -> None:
    """`Mrtm` may be Maritime; `Mrti` breaks off in the middle, and the letters of `Mrit` stand in another order."""
    asked = look(f"{short} Tactical Systems", INDEX).questions
    found = {question.candidate.listed: question.candidate.features for question in asked}
    assert ("shortened" in found.get("Maritime Tactical Systems", ())) == is_short


@pytest.mark.parametrize(
    "name",
    [
        "Siemens AG",
        "Premier Technology Partners Ltd",
        "Martin Marietta Materials, Inc.",
        "Rheinzink GmbH & Co. KG",
        "Denso Corporation",
        "Nordfeld Magnettechnik (Group) GmbH",
        "宁波恒锐磁业有限公司",
        "トヨタ自動車株式会社",
        "Advanced Motion Systems Inc.",
    ],
)
def test_an_ordinary_name_is_not_asked_about(name: str) -> None:
    """Words of the trade, places and given names tell of nobody."""
    found = look(name, INDEX)
    assert (found.hits, found.questions, found.unread) == ((), (), "")


def test_a_party_is_asked_about_once_with_all_of_its_entries() -> None:
    """Under its most alike name, whatever part of the cell gave it."""
    [question] = look("Skidio; Skydio Drones", INDEX).questions
    assert {party.party_set for party in question.parties} == {p.party_set for p in INDEX.by_party["p-us-skydio-inc"]}
    assert question.written == "Skidio"


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("martin", "martin", 0),
        ("martin", "matrin", 1),
        ("martin", "marti", 1),
        ("abc", "abd", 3),
        ("lockheed", "lokhed", 3),
        ("rheinmetall", "reinmetal", 2),
        ("systems", "system", 1),
        ("technologies", "tecnologie", 3),
        ("31", "32", 3),
    ],
)
def test_letters_of_a_word_may_differ_by_its_length(one: str, other: str, count: int) -> None:
    """None in three letters, one in four, two in eight; never in a number, and one in a word of the trade."""
    assert word_edits(one, other) == word_edits(other, one) == count


def test_texts_that_differ_in_a_letter_share_what_is_left() -> None:
    """Put in, left out, changed or swapped; two of them from a length on."""
    rests = Rests(["martin", "raytheon", "ab", "宇航环境"], 4, 8)
    asked = ["martn", "marttin", "maxtin", "matrin", "raythn", "rxytheox", "raythxyz", "ax", "ab", "宇航坏境", ""]
    assert rests.near(asked) == [[0], [0], [0], [0], [1], [1], [], [], [2], [3], []]


def test_a_rest_is_found_among_very_many() -> None:
    """The hashes of tens of thousands of texts are looked up at once."""
    texts = [f"{n * 7919 % 1000003:07d}name{n}" for n in range(20_000)]
    rests = Rests(texts, 3, 100)
    found = rests.near([text[:4] + text[5:] for text in texts[::997]])
    assert all(n * 997 in near for n, near in enumerate(found))
