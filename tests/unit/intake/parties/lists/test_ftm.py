"""FollowTheMoney in and out, with its own package as the second opinion."""

from __future__ import annotations

import json

import pytest
from followthemoney import model

from coercivity.base.days import Day
from coercivity.data.parties.listed import EntryName, Identifier, ListEntry
from tests.unit.intake.parties.lists.reading import LEI, USCC, entries_of, faults_of

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
