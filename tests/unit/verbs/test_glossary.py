"""The glossary: every term is whole, is found by each of its names, and what is not found names the nearest."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.verbs.glossary import Term, glossary, glossary_page, glossary_terms

TERMS = [term for area in glossary() for term in area.terms]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Abbreviations that screens, command line and docs use without spelling them out each time.
SHORT = (
    "MOFCOM", "GAC", "MOST", "MIIT", "NPC", "ECL", "UEL", "ICP", "WMD", "REO", "TREO", "NdPr", "NdFeB", "SmCo", "MREC", "SEG",
    "GBD", "CVD", "ERP", "MNR", "NDRC", "FOB", "CIF", "CNY", "USGS", "IEA", "MRI", "EV", "OEM",
)  # fmt: skip


def names(word: str) -> list[str]:
    return [term.en for term in glossary_terms(word)]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
def test_a_term_is_whole(term: Term) -> None:
    """Each language has a name; definitions are sentences in both languages; a source is in both or in none."""
    assert term.en
    assert term.de
    assert CHINESE.search(term.zh)
    assert term.definition.en[0].isupper()
    assert term.definition.en.endswith(".")
    assert CHINESE.search(term.definition.zh)
    assert term.definition.zh.endswith("。")
    assert bool(term.source.en) == bool(term.source.zh)
    assert not re.search(r"[A-Za-z]{3,}", term.zh + term.definition.zh + term.source.zh)


def test_terms_and_areas_are_told_apart() -> None:
    """No anchor and no English or German name is there twice."""
    anchors = [term.id for term in TERMS] + [f"area-{area.id}" for area in glossary()]
    for all_of_a_kind in (anchors, [t.en for t in TERMS], [t.de for t in TERMS]):
        assert len(set(all_of_a_kind)) == len(all_of_a_kind)
    assert all(area.title.en and CHINESE.search(area.title.zh) and area.terms for area in glossary())


@pytest.mark.parametrize("short", SHORT)
def test_an_abbreviation_is_spelled_out(short: str) -> None:
    """It is found, and the term says more than the abbreviation."""
    first = glossary_terms(short)[0]
    assert short in first.names
    assert len(first.en) > len(short)


def test_no_text_of_the_glossary_uses_a_word_that_it_says_to_avoid() -> None:
    for lang in ("en", "zh"):
        told = "\n".join(getattr(text, lang) for t in TERMS for text in (t, t.definition)).casefold()
        assert [word for t in TERMS for word in getattr(t, f"avoid_{lang}") if word.casefold() in told] == []


def test_a_term_is_found_by_every_name() -> None:
    """In each language, in any case, and without what is in parentheses."""
    for term in TERMS:
        for name in term.names:
            assert term in glossary_terms(name.upper()), name
    assert names("internal compliance programme") == names("icp") == ["internal compliance programme (ICP)"]
    assert names("Aussetzungszeitraum") == ["suspension period"]


def test_parts_of_names_are_found_and_definitions_only_where_no_name_fits() -> None:
    """A Latin word is looked for at the beginning of words, so that EV does not find every review."""
    assert names("stock") == ["stock", "safety stock", "state stock"]
    assert "single licence" in names("licence")
    assert names("EV") == ["EV (electric vehicle)"]
    assert {"single licence", "export licence"} <= set(names("许可"))
    assert names("sonar") == ["Terfenol (TbDyFe)"]


def test_a_word_to_avoid_leads_to_the_term_to_use() -> None:
    assert names("paused") == ["suspended"]
    assert names("逐案审查") == ["case-by-case review"]


def test_a_term_that_is_not_there_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CoercivityError) as caught:
        glossary_terms("suspendd")
    (fault,) = caught.value.faults
    assert fault.code == "TERM-UNKNOWN"
    assert fault.nearest[0] == "suspended"
    assert main(["glossary", "suspendd"]) == 2
    assert "nearest: suspended" in capsys.readouterr().err
    with pytest.raises(CoercivityError):
        glossary_terms("  ")


def test_the_command_prints_terms_in_each_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "suspended"]) == 0
    assert capsys.readouterr().out.startswith("suspended  暂停实施  ausgesetzt\n    The clause is formally")
    assert main(["glossary", "suspended", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("暂停实施  suspended  ausgesetzt\n    条款")
    assert main(["glossary", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in told] == [term.id for term in TERMS]
    assert told[0] == json.loads(json.dumps(dataclasses.asdict(TERMS[0])))
    assert main(["glossary"]) == 0
    assert capsys.readouterr().out.count("\n    ") >= len(TERMS)


def test_the_page_has_a_row_and_an_anchor_for_every_term() -> None:
    page = glossary_page()
    for term in TERMS:
        assert f'| <a id="{term.id}"></a>{term.en} | {term.zh} | {term.de} | {term.definition.en}' in page
    assert {line.count("|") for line in page.splitlines() if line.startswith("|")} == {5}
