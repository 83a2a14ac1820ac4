"""Files of places and of the words beside them: what they hold, and every fault of both at once."""

import csv
from importlib import resources
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import PACKED
from coercivity.intake.words.lexicon.folded import folded
from coercivity.intake.words.places.cues import read_cues
from coercivity.intake.words.places.marks import load_places, marks_of_places, packed_places
from coercivity.intake.words.places.names import read_places, tree_of

LEXICON = resources.files("coercivity.packs") / "law" / "lexicon"
CUES = "words,class,note\nfrom,from,\n"
BROKEN_PLACES = """names,country,kind,note
,CN,city,
Ningbo,China,city,
Baotou,CN,town,
Perth,AU,city
"""
BROKEN_WORDS = """words,class,note
from,peopel,
泰THA,short,
to,to
"""


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((LEXICON / name).read_text(encoding="utf-8").splitlines()))


def test_every_country_of_the_pack_is_one_of_the_catalogue() -> None:
    countries = PACKED.book().catalogue.countries
    assert {row["country"] for row in rows("places.csv")} - {""} <= set(countries)


@pytest.mark.parametrize(("lang", "least"), [("en", 0.75), ("zh", 0.7), ("ja", 0.65)])
def test_countries_are_known_by_their_names_in_the_catalogue(lang: str, least: float) -> None:
    countries = PACKED.book().catalogue.countries
    names = {code: name for code, country in countries.items() if (name := country.as_dict().get(lang))}
    places = packed_places()
    read = {
        code for code, name in names.items() if {code} == {m.country for m in marks_of_places(folded(name), places)}
    }
    assert len(read) / len(names) >= least


def test_no_name_is_in_the_pack_twice_for_the_same_country() -> None:
    names = [(name, row["country"]) for row in rows("places.csv") for name in row["names"].split("|")]
    assert len(names) == len(set(names))


def test_every_fault_of_both_files_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(BROKEN_PLACES, encoding="utf-8")
    (tmp_path / "place_words.csv").write_text(BROKEN_WORDS, encoding="utf-8")
    with pytest.raises(CoercivityError) as raised:
        load_places(tmp_path)
    assert [(fault.code, fault.where) for fault in raised.value.faults] == [
        ("WORDS-TERM", "places.csv:2"),
        ("WORDS-VALUE", "places.csv:3"),
        ("WORDS-VALUE", "places.csv:4"),
        ("WORDS-FORM", "places.csv:5"),
        ("WORDS-VALUE", "place_words.csv:2"),
        ("WORDS-VALUE", "place_words.csv:3"),
        ("WORDS-FORM", "place_words.csv:4"),
    ]
    assert raised.value.faults[2].next == "kinds: country, demonym, city, region"
    assert raised.value.faults[4].nearest[0] == "people"


def test_a_cell_without_end_is_an_error() -> None:
    faults = Faults()
    list(read_places('names,country,kind,note\n"' + "x" * 200_000, "places.csv", faults))
    assert [fault.code for fault in faults.items] == ["WORDS-FORM"]


@pytest.mark.parametrize("text", ["", "name,country\nNingbo,CN\n", "\x00"])
def test_other_columns_are_an_error(text: str) -> None:
    faults = Faults()
    assert list(read_places(text, "places.csv", faults)) == []
    assert not read_cues(text, "place_words.csv", faults).classes
    assert [fault.code for fault in faults.items] == ["WORDS-COLUMNS", "WORDS-COLUMNS"]


def test_the_first_meaning_of_a_name_holds() -> None:
    faults = Faults()
    text = "names,country,kind,note\nBirmingham,GB,city,\nBirmingham,US,city,\nSalem,IN,city,several countries\n"
    tree = tree_of(read_places(text, "places.csv", faults))
    assert not faults.items
    assert [place.country for _, place in tree.words["birmingham"]] == ["GB"]
    assert tree.words["salem"][0][1].several
