"""What a mix says of the law on its options, in both languages."""

from __future__ import annotations

import re

import pytest

import coercivity
from coercivity.base.words import Lang
from coercivity.papers.firm.mix.report_data import MixOptionLawData, MixReport
from coercivity.papers.firm.mix.sections import mix_sections
from tests.places import ROOT

FIRMS = ROOT / "examples" / "firms"


@pytest.fixture(scope="module")
def body() -> MixReport:
    """Returns the mix of Brenner Windtechnik under the law."""
    return coercivity.best_mix(FIRMS / "brenner-law.yaml").body


def sentences(body: MixReport, section: str, lang: Lang = "en") -> list[str]:
    """Returns the sentences of a section."""
    return [text for one in mix_sections(body, lang) if one.id == section for text in one.sentences]


@pytest.mark.parametrize(
    "part",
    [
        "Prohibited, and part of no plan: second (MOFCOM 11/2026: Listed parties).",
        "Not counted, because the law leaves them open or a licence would come too late: recycling.",
        "Counted, and an export licence is required: air heavy, lean, filing, stock of B, stock of C.",
        "Counted, and no licence is required: air, stock of A.",
        "air heavy is usable from month 4 on, not from month 1 as entered: for a licence filed on 2026-06-15 the authority has until 2026-08-18 by law.",
    ],
)
def test_the_summary_says_what_the_law_allows(body: MixReport, part: str) -> None:
    assert part in " ".join(sentences(body, "summary"))


@pytest.mark.parametrize(
    "part",
    [
        "Never part of a plan: second. Prohibited on 2026-09-15, even with a licence. Based on MOFCOM 11/2026: Listed parties.",
        "Not counted: recycling. Undetermined on 2026-08-15.",
        "Open: nationality of the exporter, nationality of the recipient. Ask personnel or the customer",
        "Enter: share of Tb of M-B-recycled (sheet Parts).",
        "Rules are verified to 2026-09-29 only. These go later, so check for new notices before each: lean.",
    ],
)
def test_the_section_says_why_and_whom_to_ask(body: MixReport, part: str) -> None:
    assert part in " ".join(sentences(body, "law"))


def test_the_table_has_every_option_and_the_stock_of_every_grade(body: MixReport) -> None:
    section = next(one for one in mix_sections(body) if one.id == "law")
    rows = {row[0]: row for row in section.tables[0].rows}
    assert list(rows)[:6] == ["second", "air", "air heavy", "lean", "recycling", "filing"]
    assert rows["second"][1:3] == ("STOP", "2026-09-15")
    assert (rows["second"][5], rows["air"][5], rows["recycling"][5]) == ("no, prohibited", "yes", "no, undetermined")
    assert (rows["second"][6], rows["air heavy"][6]) == ("–", "4")
    assert "stock of B" in rows


def test_the_chinese_section_has_no_latin_words_but_names(body: MixReport) -> None:
    section = next(one for one in mix_sections(body, "zh") if one.id == "law")
    names = {word for one in body["law"] for word in one["option"].split()} | {"M", "B", "recycled", "Tb"}
    for text in (
        *section.sentences,
        *section.notes,
        *(cell for table in section.tables[:1] for row in table.rows for cell in row),
    ):
        assert set(re.findall(r"(?<![\w/])[A-Za-z]+(?![\w/])", text)) <= names, text


def test_where_the_law_was_not_asked_the_summary_says_what_to_enter_and_there_is_no_section() -> None:
    body = coercivity.best_mix(FIRMS / "wind.yaml").body
    assert "enter supplier, plant and part in the sheet Options" in " ".join(sentences(body, "summary"))
    assert sentences(body, "law") == []


def test_options_that_are_not_described_are_named_beside_those_that_were_asked_about(body: MixReport) -> None:
    entry: MixOptionLawData = {
        **body["law"][3],
        "asked": False,
        "outcome": "",
        "counted": False,
        "not_counted": "nothing said",
    }
    told = " ".join(sentences({**body, "law": [*body["law"][:3], entry]}, "summary"))
    assert "Not counted, because their goods or transactions are not described: lean." in told
