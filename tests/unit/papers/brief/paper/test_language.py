"""A printed report is in one language, apart from names, units and ids as given."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.brief.paper.slide import brief_slide
from coercivity.papers.shared.paper.document import PrintedPaper
from tests.unit.papers.brief.paper.bodies import SHAPES, Shape, body_of

CHINESE = re.compile("[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z][a-z]{3,}")
# Names of options and files, and of the program, which are the same in both languages.
NAMES = {"lean", "recycling", "filing", "heavy", "second", "coercivity"}


def _texts(paper: PrintedPaper) -> Iterator[str]:
    yield from (paper.title, paper.subtitle, paper.label, paper.foot, paper.page_word, paper.first.headline)
    for figure in paper.first.figures:
        yield from (figure.label, figure.value, figure.note)
    yield from (paper.first.actions_heading, *paper.first.action_heads)
    for line in paper.first.actions:
        yield from (line.what, line.by, line.cost, line.effect)
    for block in paper.first.blocks:
        yield from (block.heading, *block.sentences)
    for section in paper.sections:
        yield from (section.heading, *section.sentences, *section.notes)
        for table in section.tables:
            yield from (table.title, *table.head, *(cell for row in table.rows for cell in row))
        for entries in section.lists:
            yield from (entries.title, *entries.entries)
        for picture in section.figures:
            yield from (picture.told, *re.findall(r"<text[^>]*>([^<]*)</text>", picture.svg))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", ["magnet-jv", "smco-defence"])
def test_english_has_no_chinese(case: str, shape: Shape) -> None:
    found = [text for text in _texts(brief_paper(body_of(case, shape), "en")) if CHINESE.search(text)]
    assert found == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", ["magnet-jv", "smco-defence"])
def test_chinese_has_no_english_words(case: str, shape: Shape) -> None:
    body = body_of(case, shape)
    own = NAMES | {plant["plant"] for plant in body["stops"]["plants"]} if "stops" in body else NAMES
    found = {word for text in _texts(brief_paper(body, "zh")) for word in WORD.findall(text)} - own
    assert found == set()


def test_the_slide_is_in_its_language_too() -> None:
    slide = brief_slide(body_of("magnet-jv", "both"), "zh")
    assert not set(WORD.findall(" ".join((slide.headline, *slide.lines, slide.foot)))) - NAMES
    assert len(slide.lines) == 3
