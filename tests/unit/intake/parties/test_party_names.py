"""The other names of listed parties: ids, kinds, and nothing that would stop a stranger."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from typing import get_args

import pytest

from coercivity.data.parties.listed import NameKind
from coercivity.intake.parties.names import fold, simplified
from coercivity.law.rules.load import law_folder

FOLDER = law_folder()
CLASSES = ("trade", "place", "form", "branch", "role_label", "given_name", "group_family", "abbreviation")
KINDS = set(get_args(NameKind)) - {"name"}
# Names of groups, some of whose companies are listed under names of their own.
_GROUPS = """
三菱 三菱重工 三菱重工業 三菱電機 三菱电机 川崎重工 川崎重工業 川崎 IHI NEC 日本電気 富士通 日立 日立製作所 小松 コマツ OKI JMU
三井 三井物産 三井物产 伊藤忠 住友 日鋼 日钢 防衛省 防卫省 防衛装備庁 雷神 レイセオン 波音 ボーイング BAE系统 韩华 한화
Mitsubishi Mitsubishi-Heavy-Industries MHI Mitsubishi-Electric Kawasaki-Heavy-Industries KHI Fujitsu Hitachi Komatsu Mitsui
Mitsui-Bussan Itochu Sumitomo Boeing Raytheon Airbus BAE-Systems BAE-Systems-plc Teledyne Cubic-Group Hanwha Hanwha-Ocean Elbit
Elbit-Systems ATK Kratos Dedrone TechInsights Strategy-Analytics Herstal Axon ATLA Oshkosh-Corporation
"""


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / table).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


PARTIES, NAMES, WORDS = _rows("parties.csv"), _rows("party_names.csv"), _rows("name_words.csv")
# The listed Chinese name has the same signs as the registered one.
WRITTEN_ALIKE = {
    "p-jp-japan-nuclear-fuel-limited",
    "p-jp-mitsubishi-heavy-industries-shipbuilding-co",
    "p-jp-mitsubishi-nuclear-fuel-co-ltd",
    "p-jp-nof-corporation",
    "p-tw-jong-shyn-shipbuilding-co-ltd",
}
ALIASES = [row for row in NAMES if row["kind"] == "alias"]
PERSONS = {row["party_id"] for row in PARTIES if row["note"].startswith("a person")}


def _key(name: str) -> str:
    return fold(simplified(name))


def test_every_id_is_listed() -> None:
    assert {row["party_id"] for row in NAMES} <= {row["party_id"] for row in PARTIES}


def test_every_kind_is_one_that_screening_knows() -> None:
    assert {row["kind"] for row in NAMES} == KINDS


def test_no_alias_is_another_party() -> None:
    holders = defaultdict(set)
    for row in PARTIES:
        for name in filter(None, (row["name_en"], row["name_zh"])):
            holders[_key(name)].add(row["party_id"])
    before = {key for key, ids in holders.items() if len(ids) > 1}  # namesakes in the notices themselves
    for row in ALIASES:
        holders[_key(row["name"])].add(row["party_id"])
    assert {key for key, ids in holders.items() if len(ids) > 1} == before


def test_an_earlier_or_short_name_is_no_other_partys_own() -> None:
    own = defaultdict(set)
    for row in PARTIES:
        own[_key(row["name_en"])].add(row["party_id"])
    taken = [
        (row["party_id"], row["name"])
        for row in NAMES
        if row["kind"] == "former" and own[_key(row["name"])] - {row["party_id"]}
    ]
    assert not taken


def test_no_alias_is_the_name_of_a_group() -> None:
    groups = {_key(name.replace("-", " ")) for name in _GROUPS.split()}
    assert not [row["name"] for row in ALIASES if _key(row["name"]) in groups]


def test_no_alias_is_a_few_letters() -> None:
    """Initials and tickers of up to four letters say too little: a stranger may bear them."""
    few = [row["name"] for row in ALIASES if row["name"].isascii() and len(_key(row["name"])) < 5]
    assert sorted(few) == ["PVH Corp.", "RTX Corporation"]  # with the company form, as registered


def test_a_reading_is_never_an_alias() -> None:
    """A name in kana sounds like others; an alias in kana is the usual writing of a Western name, or registered."""
    of_japanese = {row["party_id"] for row in PARTIES if row["country"] == "JP"} | PERSONS
    readings = [r["name"] for r in ALIASES if r["lang"] in ("ja-kana", "ja-latn") and r["party_id"] in of_japanese]
    assert readings == ["Yusoki Kogyo K.K."]  # the legal person's own name in Latin letters


def test_a_translation_is_never_an_alias() -> None:
    """Chinese names of Western companies differ from paper to paper; only Japan and Taiwan have Chinese names."""
    chinese = {row["party_id"] for row in ALIASES if row["lang"] in ("zh", "zh-hant")}
    countries = {row["country"] for row in PARTIES if row["party_id"] in chinese - PERSONS}
    assert countries == {"JP", "TW"}


def test_no_short_name_is_a_word_of_company_names() -> None:
    """`SNC` is a company form in Italy: as initials it would bring up every partnership there."""
    words = {fold(row["word"]) for row in WORDS if row["class"] in ("form", "trade", "place", "branch")}
    assert not [row["name"] for row in NAMES if row["kind"] == "short" and _key(row["name"]) in words]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_names_are_clean(kind: str) -> None:
    for row in (row for row in NAMES if row["kind"] == kind):
        name = row["name"]
        assert name == " ".join(name.split()) == unicodedata.normalize("NFC", name), name
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Co") for sign in name), name


def test_no_name_repeats_a_listed_one() -> None:
    listed = {(row["party_id"], name) for row in PARTIES for name in (row["name_en"], row["name_zh"])}
    assert not listed & {(row["party_id"], row["name"]) for row in NAMES}


def test_a_name_that_was_read_says_where() -> None:
    assert all(row["source_id"] for row in NAMES if row["basis"] in ("read", "inferred"))
    assert not [row for row in NAMES if row["basis"] == "recalled" and row["source_id"]]


def test_every_japanese_and_taiwanese_party_has_its_own_name() -> None:
    unknown = {"p-jp-fortunio-co-ltd"}  # its registered name was not found
    asked = {r["party_id"] for r in PARTIES if r["country"] in ("JP", "TW") and r["party_id"] not in PERSONS}
    own = {r["party_id"] for r in ALIASES if r["lang"] in ("ja", "zh-hant")}
    assert asked - own - unknown == WRITTEN_ALIKE


@pytest.mark.parametrize("country", ["BE", "CZ", "DE", "JP", "KR", "LT", "NL", "PL", "TW", "US"])
def test_every_country_has_names(country: str) -> None:
    ids = {row["party_id"] for row in PARTIES if row["country"] == country}
    assert [row for row in NAMES if row["party_id"] in ids]


@pytest.mark.parametrize("person", sorted({row["party_id"] for row in NAMES} & PERSONS))
def test_a_person_has_only_forms_of_the_name(person: str) -> None:
    assert not [row for row in NAMES if row["party_id"] == person and row["kind"] == "former"]


def test_a_word_of_names_belongs_to_a_class_once() -> None:
    found = [(row["word"], row["class"], row["lang"], row["long"]) for row in WORDS]
    assert found == sorted(set(found), key=_place)


def _place(row: tuple[str, ...]) -> tuple[object, ...]:
    return CLASSES.index(row[1]), row[2], row[0], row[3]


def test_only_abbreviations_have_a_long_form() -> None:
    assert all((row["class"] == "abbreviation") == bool(row["long"]) for row in WORDS)


def test_words_are_in_lower_case() -> None:
    assert not [row["word"] for row in WORDS if row["word"] != row["word"].casefold() and row["lang"] != "tr"]


def test_no_family_of_names_is_the_distinctive_word_of_a_listed_party() -> None:
    families = {row["word"] for row in WORDS if row["class"] == "group_family"}
    assert families.isdisjoint({"lockheed", "rheinmetall", "subaru", "raytheon", "boeing", "northrop", "tdk"})


def test_filiale_is_a_branch_only_where_it_always_is_one() -> None:
    assert {row["lang"] for row in WORDS if row["word"] == "filiale" and row["class"] == "branch"} == {"de"}
