"""No text on a conflict of laws advises to split, relabel or stay silent."""

from __future__ import annotations

import re

import pytest

from coercivity.law.explain.conflicts import ConflictText, conflict_texts

TEXTS = list(conflict_texts().values())
ADVICE = {
    "en": re.compile(
        r"\b(split\w*|re-?label\w*|re-?name\w*|silen\w*|omit\w*|conceal\w*|hid(?:e|ing)|withhold\w*|leave out|"
        r"say nothing|do not (?:mention|tell|report|disclose)|reword\w*|re-?route\w*|circumvent\w*|work around)\b",
        re.I,
    ),
    "zh": re.compile(
        r"拆单|拆分|分拆|化整为零|换标|改换标签|更名|沉默|隐瞒|不提|不告知|不报告|略去|绕道|绕过|规避|改写"
    ),
}
REFUSES = {"en": re.compile(r"do not\b(?! (?:mention|tell|report|disclose))", re.I), "zh": re.compile("不得|请勿")}


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+|(?<=[。？！])", text) if part.strip()]


def advice(text: str, lang: str) -> list[str]:
    """The sentences that advise what must not be advised; one that forbids it does not."""
    return [one for one in sentences(text) if ADVICE[lang].search(one) and not REFUSES[lang].match(one)]


@pytest.mark.parametrize("one", TEXTS, ids=[text.id for text in TEXTS])
def test_neither_the_question_nor_the_warning_advises_it(one: ConflictText) -> None:
    for words in filter(None, (one.ask, one.never)):
        for lang, text in words.as_dict().items():
            if lang in ADVICE:
                assert advice(text, lang) == []


@pytest.mark.parametrize("one", TEXTS, ids=[text.id for text in TEXTS])
def test_what_not_to_do_is_forbidden_in_every_sentence(one: ConflictText) -> None:
    for lang, text in (one.never.as_dict() if one.never is not None else {}).items():
        if lang == "en":
            assert [part for part in sentences(text) if not REFUSES["en"].match(part)] == []
        if lang == "zh":
            assert [part for part in sentences(text) if not re.search("不得|请勿", part)] == []


@pytest.mark.parametrize("one", TEXTS, ids=[text.id for text in TEXTS])
def test_the_next_question_asks(one: ConflictText) -> None:
    words = one.ask.as_dict()
    assert "?" in words["en"]
    assert "？" in words["zh"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Split the order into two lots.", "en"),
        ("Is it a magnet? Relabel it as civil.", "en"),
        ("Do not mention the use.", "en"),
        ("Stay silent on the use.", "en"),
        ("可将订单拆单。", "zh"),
        ("请隐瞒用途。", "zh"),
    ],
)
def test_advice_would_be_found(text: str, lang: str) -> None:
    assert advice(text, lang)
