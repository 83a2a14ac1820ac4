"""FollowTheMoney in and out, with its own package as the second opinion."""

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
from tests.unit.intake.parties.lists.reading import LEI, USCC, as_content, entries_of, faults_of

BOOK = load_rulebook()
SINCE_4 = {"abbreviation", "uscCode"}  # properties of a legal entity that the package has from its version 4 on
COMPANY = {
    "id": "a-1",
    "schema": "Company",
    "properties": {
        "name": ["Example Magnet Works", "示例磁材有限公司"],
        "alias": ["Sample Magnets"],
        "weakAlias": ["EM"],
        "previousName": ["Old Example"],
        "country": ["cn"],
        "jurisdiction": ["hk"],
        "addressEntity": ["ad-1"],
        "registrationNumber": [USCC, "HK 1234"],
        "leiCode": [LEI],
        "dunsCode": ["123456789"],
        "taxNumber": ["99 11"],
        "incorporationDate": ["2001-02"],
        "topics": ["sanction"],
        "website": ["https://www.example.com"],
    },
}
ADDRESS = {"id": "ad-1", "schema": "Address", "properties": {"full": ["1 Example Road, Hangzhou"], "country": ["cn"]}}
SANCTION = {
    "id": "s-1",
    "schema": "Sanction",
    "properties": {"entity": ["a-1"], "programId": ["EX-1"], "authority": ["Example Bureau"], "startDate": ["2020"], "endDate": ["2025-05"]},
}  # fmt: skip
PERSON = {
    "id": "p-1",
    "schema": "Person",
    "properties": {"firstName": ["Example"], "lastName": ["Muster"], "birthDate": ["1970"], "nationality": ["de"]},
}
PASSPORT = {"id": "i-1", "schema": "Passport", "properties": {"holder": ["p-1"], "number": ["X 12345"]}}
EXPECTED = (
    ListEntry(
        "a-1",
        "parties",
        (
            EntryName("Example Magnet Works"),
            EntryName("示例磁材有限公司"),
            EntryName("Sample Magnets", "alias"),
            EntryName("Old Example", "former"),
            EntryName("EM", "weak"),
        ),
        person=False,
        countries=("CN", "HK"),
        addresses=("1 Example Road, Hangzhou",),
        identifiers=(
            Identifier("lei", LEI),
            Identifier("duns", "123456789"),
            Identifier("uscc", USCC),
            Identifier("registration", "HK1234"),
            Identifier("tax", "9911"),
        ),
        websites=("https://www.example.com",),
        born=("2001-02",),
        listed_on=Day(2020, 1, 1),
        delisted_on=Day(2025, 6, 1),
        source="EX-1",
    ),
    ListEntry(
        "p-1",
        "parties",
        (EntryName("Example Muster"),),
        person=True,
        countries=("DE",),
        identifiers=(Identifier("other", "X12345"),),
        born=("1970",),
    ),
)


def lines(*entities: object) -> str:
    """Entities as JSON lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities)


@pytest.mark.parametrize("backwards", [False, True])
def test_linked_entities(backwards: bool) -> None:
    """Addresses, sanctions and passports are read with their party, in any order of the lines."""
    entities = [COMPANY, ADDRESS, SANCTION, PERSON, PASSPORT]
    found = entries_of(lines(*(reversed(entities) if backwards else entities)))
    assert sorted(found, key=lambda entry: entry.entry_id) == list(EXPECTED)
    assert entries_of(json.dumps(entities, indent=1)) == EXPECTED  # an array is the same


def test_nested_entities() -> None:
    """As in files of targets, where what is linked is inside the party, with a caption."""
    nested = {
        **COMPANY,
        "caption": "Example Magnet Works",
        "target": True,
        "datasets": ["ex"],
        "properties": {**COMPANY["properties"], "addressEntity": [ADDRESS], "sanctions": [SANCTION]},  # type: ignore[dict-item]
    }
    person = {"id": "p-1", "schema": "Person", "caption": "Example Muster", "target": False, "properties": {}}
    assert entries_of(lines(nested, person)) == EXPECTED[:1]  # a party that is no target is not listed
    assert entries_of(json.dumps(nested, indent=2)) == EXPECTED[:1]


def test_entities_that_the_package_writes() -> None:
    """What its proxies give is read like what a person wrote; only the order of names is its own."""
    made = model.make_entity("Organization")
    made.id = "o-1"
    for key, values in {
        "name": ["Example Bureau"],
        "alias": ["Sample Bureau"],
        "country": ["de"],
        "leiCode": [LEI],
    }.items():
        made.add(key, values)
    sanction = model.make_entity("Sanction")
    sanction.id = "s-1"
    for key, value in {"entity": "o-1", "program": "Example programme", "listingDate": "2024-05-06"}.items():
        sanction.add(key, value)
    assert entries_of(lines(made.to_dict(), sanction.to_dict())) == (
        ListEntry(
            "o-1",
            "parties",
            (EntryName("Example Bureau"), EntryName("Sample Bureau", "alias")),
            person=False,
            countries=("DE",),
            identifiers=(Identifier("lei", LEI),),
            listed_on=Day(2024, 5, 6),
            source="Example programme",
        ),
    )


def test_a_party_is_listed_until_all_of_its_sanctions_have_ended() -> None:
    """From the first; without a day if one of them states none."""
    second = {
        "id": "s-2",
        "schema": "Sanction",
        "properties": {"entity": ["a-1"], "program": ["EX-2"], "startDate": ["2023-01-01"]},
    }
    (entry,) = entries_of(lines(COMPANY, ADDRESS, SANCTION, second))
    assert (entry.listed_on, entry.delisted_on, entry.source) == (Day(2020, 1, 1), None, "EX-1; EX-2")
    undated = {"id": "s-3", "schema": "Sanction", "properties": {"entity": ["a-1"], "endDate": ["2026-01-01"]}}
    (entry,) = entries_of(lines(COMPANY, ADDRESS, SANCTION, undated))
    assert (entry.listed_on, entry.delisted_on) == (None, Day(2026, 1, 2))


def test_every_faulty_line_is_named() -> None:
    """Broken JSON, no entity, an unknown schema, no name, no id, a link to nowhere, a date, an id used twice."""
    dated = {"id": "s-9", "schema": "Sanction", "properties": {"entity": ["a-1"], "startDate": ["soon"]}}
    text = (
        lines(COMPANY, ADDRESS)
        + "{broken\n\n[1]\n"
        + lines({"id": "x", "schema": "Compny", "properties": {"name": ["Example"]}})
        + lines(
            {"id": "y", "schema": "Company", "properties": {}},
            {"schema": "Company", "properties": {"name": ["Example"]}},
        )
        + lines({"id": "s", "schema": "Sanction", "properties": {"entity": ["nowhere"]}})
        + lines(PERSON, {**PERSON, "properties": {"name": ["Other"]}}, dated)
    )
    found = faults_of(text, "own.ftm.json")
    assert {(fault.code, int(fault.where.split("line ")[1].split(",")[0])) for fault in found} == {
        ("LIST-JSON", 3),
        ("LIST-JSON", 5),
        ("LIST-SCHEMA", 6),
        ("LIST-NAME", 7),
        ("LIST-ID", 8),
        ("LIST-LINK", 9),
        ("LIST-TWICE", 11),
        ("LIST-DATE", 1),
    }
    assert next(fault for fault in found if fault.code == "LIST-SCHEMA").nearest == ("Company",)


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
