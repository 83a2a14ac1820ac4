"""No text that people read has a banned word, an unexplained abbreviation, or a language that lacks.

`python -m tests.prose` lists every finding with its place and what to write in its stead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome, Status
from tests.prose.texts import Text, collect, pairs
from tests.prose.wording import (
    Finding,
    avoided,
    chinese,
    english,
    glossary_terms,
    latin,
    mismatched,
    unglossed,
    wording,
)

Check = Callable[[Iterable[Text]], Iterator[Finding]]
CHECKS: list[Check] = [english, chinese, latin, avoided, unglossed]


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    """Every text of the tree."""
    return collect()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_nothing_is_to_be_written_otherwise(check: Check, texts: list[Text]) -> None:
    """The whole tree, docs and docstrings included."""
    assert [str(finding) for finding in check(texts)] == []


def test_every_text_is_in_both_languages_with_the_same_placeholders() -> None:
    """Screens, reports, questions and gists."""
    assert list(mismatched(pairs())) == []


def test_the_texts_of_every_kind_are_found(texts: list[Text]) -> None:
    """A check of nothing would pass."""
    found = {(text.kind, text.lang) for text in texts}
    assert {("words", "en"), ("words", "zh"), ("rules", "en"), ("rules", "zh"), ("docs", "zh")} <= found
    assert {("template", "en"), ("message", "en"), ("docstring", "en"), ("docs", "en")} <= found


def said(text: str, kind: str = "words", lang: str = "en") -> Text:
    """A text as it could stand on a screen."""
    return Text("src/coercivity/web/words/deal.yaml", 1, "title", kind, lang, text)  # type: ignore[arg-type] # kinds above


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (english, said("What it rests on")),
        (english, said("the suspension is held in the pack")),
        (english, said("After the pause ended by its letter")),
        (english, said("Nobody knows")),
        (english, said("clauses that bite")),
        (english, said("May this go, on this date?")),
        (english, said("The rules were checked through None")),
        (chinese, said("出口人须申请许可", lang="zh")),
        (chinese, said("含镝1.8 %的磁体", lang="zh")),
        (chinese, said("状态不明,请核查", lang="zh")),
        (latin, said("若届满恢复：LICENCE", lang="zh")),
        (latin, said("依据 letter of the supplier", lang="zh")),
        (avoided, said("answers of the standing block")),
        (unglossed, said("files that the QXZ office takes")),
    ],
    ids=lambda value: value.said if isinstance(value, Text) else value.__name__,
)
def test_what_was_on_screens_is_found(check: Check, text: Text) -> None:
    """Each check notices what it is for."""
    assert list(check([text]))


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (english, said("Check what is missing before you ship.")),
        (latin, said("含Dy和Tb的NdFeB磁体（1C905），导出CSV或XLSX", lang="zh")),
        (chinese, said("含镝1.8%的磁体，编号：{}", lang="zh")),
        (unglossed, said("MOFCOM reads CSV files and pays in USD")),
    ],
    ids=lambda value: value.said if isinstance(value, Text) else value.__name__,
)
def test_good_texts_pass(check: Check, text: Text) -> None:
    """Symbols, codes and plain words are not findings."""
    assert not list(check([text]))


def test_placeholders_that_differ_are_found() -> None:
    """A figure would be lost in one language."""
    assert list(mismatched([("deal.yaml:1 x", {"en": "{} of {}", "zh": "共{}项"})]))
    assert list(mismatched([("deal.yaml:2 y", {"en": "Result"})]))
    assert not list(mismatched([("deal.yaml:3 z", {"en": "{0} of {1}", "zh": "{1}项中的{0}项"})]))


def test_results_and_statuses_are_called_as_in_the_glossary() -> None:
    """One term, one meaning."""
    terms = {term.zh for term in glossary_terms()} | {term.zh.split("（")[0] for term in glossary_terms()}
    words = load_rulebook().words
    labels = {words["outcomes"][outcome.value]["zh"].split("或")[0] for outcome in Outcome}
    labels |= {words["statuses"][status.value]["zh"] for status in Status}
    assert sorted(labels - terms) == []


def test_every_pattern_says_what_to_write() -> None:
    """A finding without a way out helps nobody."""
    assert all(row["write"] for row in [*wording()["english"], *wording()["chinese"]])
