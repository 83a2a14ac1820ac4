"""Places in any text: spans lie in the text, nothing is raised, and capitals do not change what a name means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.intake.words.lexicon.folded import folded
from coercivity.intake.words.places.marks import marks_of_places

WORDS = (
    "from to in at via for by of the our Chinese Korean Ningbo Baotou Hamburg Georgia Reading Turkey FRA US customer engineer "
    "plant magnets licensee : , ( ) / -> - . \n aus nach chinesische Monteur Werk Kunde 给 发往 从 赴 泰国 越南 客户 工程师 工厂 "
    "から へ タイ 技術者 10 N48SH \u202e \u200b İ ﬀ ß 中 国 の 。"
)
PHRASES = st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join)
SOLID = st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map("".join)
NAMES = st.sampled_from(
    ("Ningbo", "Hamburg", "Thailand", "Vietnam", "Baotou", "Malaysia", "Estonia", "Querétaro", "Narva")
)
FRAMES = st.sampled_from(
    ("from {}", "to {}", "plant in {}", "engineer from {}", "made in {}", "via {}", "customer in {}", "Destination: {}")
)


@given(st.one_of(PHRASES, SOLID, st.text(max_size=200)))
def test_marks_lie_in_the_text_in_order_and_apart(text: str) -> None:
    whole = folded(text)
    marks = marks_of_places(whole)
    ends = [0, *(mark.end for mark in marks)]
    for mark, past in zip(marks, ends, strict=False):
        assert past <= mark.start < mark.end <= len(whole.flat)
        assert whole.span(mark.start, mark.end).end <= len(text)
        assert len(mark.country) == 2
        assert mark.strength == ("suggested" if mark.relation == "former" else "stated")


@given(FRAMES, NAMES)
def test_capitals_do_not_change_the_meaning(frame: str, name: str) -> None:
    told = [
        [(mark.country, mark.relation) for mark in marks_of_places(folded(text))]
        for text in (frame.format(name), frame.format(name).upper(), frame.format(name).lower())
    ]
    assert told[0]
    assert told[0] == told[1] == told[2]


@given(FRAMES, NAMES, st.text(alphabet="xqz ", max_size=30))
def test_words_of_another_sentence_do_not_change_the_meaning(frame: str, name: str, other: str) -> None:
    alone = [(mark.country, mark.relation) for mark in marks_of_places(folded(frame.format(name)))]
    after = [
        (mark.country, mark.relation) for mark in marks_of_places(folded(f"{other}.\n{frame.format(name)}.\n{other}"))
    ]
    assert alone == after


@pytest.mark.parametrize("piece", ["中国", "Ningbo-", "new ", "chinesischen ", "(", "タイ", "from ", "a Ningbo, "])
def test_one_piece_over_and_over_is_read(piece: str) -> None:  # how fast: benchmarks/places.py
    text = folded(piece * (20_000 // len(piece)))
    ends = [mark.end for mark in marks_of_places(text)]
    assert ends == sorted(ends)


def test_every_place_of_a_long_text_is_found() -> None:
    text = folded("two Chinese engineers from Baotou fly to Rayong, 发往泰国工厂; " * 1600)
    assert len(marks_of_places(text)) == 4 * 1600
