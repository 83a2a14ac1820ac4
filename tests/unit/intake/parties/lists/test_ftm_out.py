"""Lists as FollowTheMoney: the package loads and validates them, and they are read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.cases.arguments import Law
from coercivity.data.parties.listed import EntryName, Identifier, ListEntry, NamedList
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.intake.parties.lists.entries import joined
from coercivity.intake.parties.lists.ftm_out import ftm_lines
from coercivity.intake.parties.lists.published import Published, published_lists
from coercivity.law.rules.load import load_rulebook
from tests.unit.intake.parties.lists.reading import USCC, as_content, entries_of
from tests.unit.intake.parties.lists.test_ftm import ADDRESS, COMPANY, PERSON, SANCTION, lines

BOOK = load_rulebook()
SINCE_4 = {"abbreviation", "uscCode"}  # properties of a legal entity that the package has from its version 4 on


def _checked(text: str) -> Iterator[EntityProxy]:
    """The entities of a text, each loaded and validated by the package with no value refused."""
    for line in text.splitlines():
        raw: dict[str, Any] = json.loads(line)
        schema = model.get(raw["schema"])
        assert schema is not None
        unknown = set(raw["properties"]) - set(schema.properties)
        assert unknown <= SINCE_4
        for name in set(raw["properties"]) - unknown:
            assert all(schema.properties[name].type.validate(value) for value in raw["properties"][name]), raw
        known = {name: values for name, values in raw["properties"].items() if name not in unknown}
        proxy = model.get_proxy({**raw, "properties": known})
        schema.validate(proxy.to_dict())
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == {
            name: sorted(set(values)) for name, values in known.items()
        }
        yield proxy


def text_of(published: Published) -> str:
    """The lines as a text."""
    return "".join(f"{line}\n" for line in ftm_lines(published))


def test_the_package_loads_every_built_in_entry() -> None:
    """A line per party and per listing, all ids different, every value valid."""
    published = published_lists(BOOK)
    proxies = list(_checked(text_of(published)))
    parties = {entry.entry_id for one in published.lists for entry in one.entries}
    assert len({proxy.id for proxy in proxies}) == len(proxies)
    assert {proxy.id for proxy in proxies if proxy.schema.name != "Sanction"} == parties
    assert sum(proxy.schema.name == "Sanction" for proxy in proxies) == sum(len(one.entries) for one in published.lists)


@pytest.mark.parametrize("list_id", [one.list_id for one in builtin_lists(BOOK)])
def test_built_in_lists_out_and_in_again(list_id: str) -> None:
    """The same entries; a party that two notices of one list name is one, with both in its source."""
    published = published_lists(BOOK)
    (one,) = (one for one in published.lists if one.list_id == list_id)
    expected: dict[str, ListEntry] = {}
    for entry in one.entries:
        bare = replace(entry, list_id="parties", party_set="")
        held = expected.get(entry.entry_id)
        expected[entry.entry_id] = bare if held is None else joined(held, bare)
    found = entries_of(text_of(replace(published, lists=(one,))))
    assert [_in_order(entry) for entry in found] == [_in_order(entry) for entry in expected.values()]


def _in_order(entry: ListEntry) -> ListEntry:
    """The entry with its names by kind, as they are written."""
    kinds = ("name", "alias", "former", "short", "weak")
    return replace(entry, names=tuple(sorted(entry.names, key=lambda name: kinds.index(name.kind))))


def test_a_listing_that_ended_says_so_and_a_suspension_too() -> None:
    """From the events of the rulebook."""
    proxies = {proxy.id: proxy for proxy in _checked(text_of(published_lists(BOOK)))}
    ended = [proxy for proxy in proxies.values() if proxy.schema.name == "Sanction" and proxy.get("endDate")]
    assert {proxy.first("endDate") for proxy in ended} == {"2025-11-09", "2025-08-11", "2026-04-23"}
    suspended = [proxy for proxy in proxies.values() if proxy.schema.name == "Sanction" and proxy.get("status")]
    assert "suspended from 2025-11-10 through 2026-11-10" in {
        text for proxy in suspended for text in proxy.get("status")
    }
    assert all(
        proxy.get("authority") and proxy.get("programId")
        for proxy in proxies.values()
        if proxy.schema.name == "Sanction"
    )


def test_a_list_of_ones_own_goes_out_too() -> None:
    """Its ids follow its name, so that they are never those of the rulebook."""
    own = as_content(lines(COMPANY, ADDRESS, SANCTION, PERSON), "own.json")
    published = published_lists(Law(lists=(own,)).book())
    assert published.lists[-1].list_id == "own"
    ids = [proxy.id for proxy in _checked(text_of(replace(published, lists=published.lists[-1:])))]
    assert ids == ["own-a-1", "own-a-1-own", "own-p-1"]


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=30)
CLEAN = NAMES.map(lambda text: " ".join(text.split())).filter(lambda text: any(map(str.isalnum, text)))


@given(
    st.lists(st.lists(CLEAN, min_size=1, max_size=4, unique=True), min_size=1, max_size=5),
    st.sampled_from((None, True, False)),
)
def test_what_is_written_is_read_again(names: list[list[str]], person: bool | None) -> None:
    """Whatever the names contain."""
    kinds = ("name", "alias", "former", "short")
    entries = tuple(
        ListEntry(
            f"e-{n}",
            "own",
            tuple(EntryName(text, kinds[min(m, 3)]) for m, text in enumerate(texts)),  # type: ignore[arg-type]
            person=person,
            countries=("CN",),
            identifiers=(Identifier("uscc", USCC),),
            listed_on=Day(2025, 1, n + 1),
            source="Example notice",
        )
        for n, texts in enumerate(names)
    )
    one = NamedList("own", entries)
    found = entries_of(text_of(Published((one,), {}, {})), "own.json")
    assert found == tuple(replace(entry, entry_id=f"own-{entry.entry_id}") for entry in entries)
