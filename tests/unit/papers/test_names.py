"""What instruments and clauses are called in English and Chinese."""

from __future__ import annotations

import re

import pytest

from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.shown import short_name
from coercivity.papers.shared.names import (
    article_text,
    bases,
    cited,
    clause_name,
    clause_ref,
    clause_short,
    clause_shorts,
)

BOOK = load_rulebook()
CLAUSES = [(instrument, provision) for instrument in BOOK.instruments.values() for provision in instrument.provisions]
# Chemical symbols, HS lines of the tariff and control codes have no Chinese form.
CODE = re.compile(r"[0-9][A-Z][0-9]{3}(\.[a-z](\.[0-9])?)*|7202\.99\.1x|\.[a-z]|[0-9]{6}[JX]")
HAN = re.compile(r"[一-鿿]")


def test_no_english_in_chinese_names_and_no_chinese_in_english_ones() -> None:
    for instrument in BOOK.instruments.values():
        assert not re.search("[A-Za-z]", short_name(instrument, "zh")), instrument.id
        assert not HAN.search(short_name(instrument, "en")), instrument.id
        assert instrument.title.get("zh"), instrument.id
        assert not re.search("[A-Za-z]", "".join(bases(instrument, "zh")).replace("sc-792-2024", "")), instrument.id
    for instrument, provision in CLAUSES:
        zh = [clause_name(instrument, provision, "zh"), clause_ref(provision, "zh"), provision.subject_zh]
        en = [clause_name(instrument, provision, "en"), clause_ref(provision, "en"), provision.subject]
        assert all(zh), provision.id
        assert not re.search("[A-Za-z]", CODE.sub("", " ".join(zh))), provision.id
        assert not HAN.search(" ".join(en)), provision.id


@pytest.mark.parametrize(
    ("clause", "en", "zh", "short", "zh_short"),
    [
        (
            "a18-1c905",
            "MOFCOM/GAC 18/2025, dysprosium items (1C905)",
            "商务部、海关总署公告2025年第18号：镝相关物项（1C905）",
            "18/2025 1C905",
            "第18号公告（2025）1C905",
        ),
        (
            "a62-1-catchall",
            "MOFCOM 62/2025 Art. 1(3)",
            "商务部公告2025年第62号第一条第二款",
            "62/2025 Art. 1(3)",
            "第62号公告（2025）第一条第二款",
        ),
        (
            "dur-19-1",
            "Decree 792 Art. 19(1)(1)",
            "《两用物项出口管制条例》第十九条第一款第一项",
            "Decree 792 Art. 19(1)(1)",
            "《两用物项出口管制条例》第十九条第一款第一项",
        ),
        (
            "a46-2a",
            "MOFCOM 46/2024 Art. 2",
            "商务部公告2024年第46号第二款",
            "46/2024 Art. 2",
            "第46号公告（2024）第二款",
        ),
    ],
)
def test_a_clause_is_cited_as_its_own_text_counts(clause: str, en: str, zh: str, short: str, zh_short: str) -> None:
    """MOFCOM 72/2025 calls the second numbered paragraph of 46/2024 第二款; the catch-all of 62/2025 has no number."""
    held = BOOK.provision(clause)
    assert held is not None
    assert (clause_name(*held, "en"), clause_name(*held, "zh")) == (en, zh)
    assert (clause_short(*held, "en"), clause_short(*held, "zh")) == (short, zh_short)


@pytest.mark.parametrize(
    ("article", "en", "zh"),
    [
        ("16(1)", "Art. 16(1)", "第十六条第一款"),
        ("16(1), 24", "Arts. 16(1), 24", "第十六条第一款、第二十四条"),
        ("31 to 35", "Arts. 31 to 35", "第三十一条至第三十五条"),
        ("19(2)-(3)", "Art. 19(2)-(3)", "第十九条第二款、第三款"),
        ("40(1) serious", "Art. 40(1) (serious cases)", "第四十条第一款（情节严重）"),
        ("10", "Art. 10", "第十条"),
        ("body", "", ""),
    ],
)
def test_articles_in_both_languages(article: str, en: str, zh: str) -> None:
    assert (article_text(article, "en"), article_text(article, "zh")) == (en, zh)


def test_an_instrument_of_your_own_needs_no_names_of_its_own() -> None:
    """By year and number where it has them; else by its title in Chinese, and by its number in English."""
    held = BOOK.instruments["mofcom-gac-2025-18"].model_copy(update={"number": "2027/9", "issuer": ["MOFCOM", "GACC"]})
    assert [short_name(held, lang) for lang in ("en", "zh")] == [
        "MOFCOM/GACC 9/2027",
        "商务部、海关总署公告2027年第9号",
    ]
    named = held.model_copy(update={"number": "invented extension", "aliases": [], "title_zh": "继续暂停实施"})
    assert [short_name(named, lang) for lang in ("en", "zh")] == ["invented extension", "继续暂停实施"]


def test_items_are_told_from_paragraphs() -> None:
    """Export Control Law, Article 34: one paragraph of three items."""
    told = [cited(BOOK, "npc-ecl-2020", "34(1)", "ecl-34", lang) for lang in ("en", "zh")]
    assert told == ["Export Control Law Art. 34(1)", "《出口管制法》第三十四条第一项"]


def test_short_names_that_would_read_alike_add_their_subject() -> None:
    names = ["cat23-J-re-1", "cat23-J-re-2", "oel-rest", "a18-1c905", "own-1"]
    told = clause_shorts(BOOK, names, "zh")
    assert len(set(told.values())) == len(names)
    assert told["cat23-J-re-1"] == "第57号公告（2023）禁止：稀土萃取分离工艺技术"
    assert told["oel-rest"].startswith("《出口许可证管理货物目录》：")
    assert told["a18-1c905"] == "第18号公告（2025）1C905"
    assert told["own-1"] == "own-1"
