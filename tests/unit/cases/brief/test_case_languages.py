"""A case in one language: a report in the other shows each text as typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang, say
from coercivity.cases.brief.brief import read_brief_case
from coercivity.law.rules.rulebook import Rulebook
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ev-motor"
TITLE = "title:\n  en: Magnets of a European motor maker with two Chinese suppliers\n  zh: 一家欧洲电机企业与两家中国磁体供应商\n"
CHINESE = "title: {zh: 一家欧洲电机企业与两家中国磁体供应商}\n"
ENGLISH = "title: {en: Magnets of a European motor maker}\n"


def case(folder: Path, title: str) -> Path:
    """The motor maker under another title."""
    for name in ("case.yaml", "transactions.csv"):
        shutil.copy(EXAMPLE / name, folder)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    assert TITLE in text
    (folder / "case.yaml").write_text(text.replace(TITLE, title), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("title", "told"),
    [(CHINESE, "一家欧洲电机企业与两家中国磁体供应商"), (ENGLISH, "Magnets of a European motor maker")],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_language_suffices_and_the_other_page_shows_it_as_typed(
    book: Rulebook, tmp_path: Path, title: str, told: str, lang: Lang
) -> None:
    head, _ = read_brief_case(book, case(tmp_path, title))
    assert say(head.title.as_dict(), lang) == told


@pytest.mark.parametrize("title", ["title: {zh: ' '}\n", "title: {en: '', zh: ''}\n"])
def test_a_title_in_no_language_is_refused(book: Rulebook, tmp_path: Path, title: str) -> None:
    with pytest.raises(CoercivityError, match="at least one language: en, zh or ja"):
        read_brief_case(book, case(tmp_path, title))


def test_a_transaction_with_a_chinese_title_alone_is_named_by_it(book: Rulebook, tmp_path: Path) -> None:
    folder = case(tmp_path, CHINESE)
    table = folder / "transactions.csv"
    text, english = table.read_text(encoding="utf-8"), '"N magnets for pumps, neodymium and praseodymium only"'
    assert english in text
    table.write_text(text.replace(english, ""), encoding="utf-8")
    found = {row.id: row.title for row in read_brief_case(book, folder)[1].rows}
    assert found["t05"] == "水泵用N牌号磁体（仅含钕、镨）"
