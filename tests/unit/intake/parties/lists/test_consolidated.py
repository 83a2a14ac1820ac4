"""The consolidated list of the US as published, as CSV and as JSON, with made-up parties."""

from __future__ import annotations

import csv
import io
import json
import random
import time

import pytest

from coercivity.base.days import Day
from coercivity.data.parties.listed import EntryName, Identifier, ListEntry
from tests.unit.intake.parties.lists.reading import USCC, entries_of, faults_of, read_one

COLUMNS = """_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order
license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,remarks
source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids"""
HEADER = COLUMNS.replace("\n", ",").split(",")
WORKS = {
    "_id": "0a1b2c",
    "source": "Example List (EXL) - Example Bureau",
    "entity_number": "77",
    "type": "Entity",
    "programs": "EX-1; EX-2",
    "name": "Example Rotor Works Co., Ltd.",
    "addresses": "1 Example Road, Hangzhou, 310000, CN; 2 Sample Street, Bonn, DE",
    "federal_register_notice": "90 F.R. 1 01/02/2025",
    "start_date": "2025-01-02",
    "license_requirement": "For all items",
    "alt_names": "Rotor Example; ERW; Example Motors, Inc.",
    "ids": f"Unified Social Credit Code (USCC), {USCC}, China; Website, www.example.com; Gender, 1; D-U-N-S Number, 12-345-6789",
}
PERSON = {
    "_id": "0a1b2d",
    "source": "Example List (EXL) - Example Bureau",
    "entity_number": "77",
    "type": "Individual",
    "name": "MUSTER, Example",
    "citizenships": "DE; FR",
    "dates_of_birth": "1960 to 1961",
    "end_date": "2025-12-31",
    "ids": "Passport, X 12345, Germany; Tax ID No., 99 11, Germany",
}
EXPECTED = (
    ListEntry(
        "0a1b2c",
        "parties",
        (
            EntryName("Example Rotor Works Co., Ltd."),
            EntryName("Rotor Example", "alias"),
            EntryName("ERW", "short"),
            EntryName("Example Motors, Inc.", "alias"),
        ),
        person=False,
        countries=("CN", "DE"),
        addresses=("1 Example Road, Hangzhou, 310000, CN", "2 Sample Street, Bonn, DE"),
        identifiers=(Identifier("uscc", USCC), Identifier("duns", "123456789")),
        websites=("www.example.com",),
        listed_on=Day(2025, 1, 2),
        source="Example List (EXL) - Example Bureau; EX-1; EX-2; 90 F.R. 1 01/02/2025",
    ),
    ListEntry(
        "0a1b2d",
        "parties",
        (EntryName("MUSTER, Example"),),
        person=True,
        countries=("DE", "FR"),
        identifiers=(Identifier("other", "X12345"), Identifier("tax", "9911")),
        born=("1960 to 1961",),
        delisted_on=Day(2026, 1, 1),
        source="Example List (EXL) - Example Bureau",
    ),
)


def as_csv(*rows: dict[str, str], header: list[str] = HEADER) -> str:
    """The rows in the CSV form."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, header, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def as_json(*rows: dict[str, str]) -> dict[str, object]:
    """The rows in the JSON form: lists as lists, addresses and numbers as objects."""
    results = []
    for row in rows:
        told: dict[str, object] = {name: row.get(name) for name in HEADER if name not in ("_id", "addresses", "ids")}
        for name in ("programs", "alt_names", "citizenships", "dates_of_birth", "nationalities"):
            told[name] = row[name].split("; ") if name in row else []
        told["id"] = row["_id"]
        keys = ("address", "city", "postal_code", "country")
        places = [one.split(", ") for one in row.get("addresses", "").split("; ") if one]
        told["addresses"] = [
            dict(zip(keys if len(one) == 4 else ("address", "city", "country"), one, strict=True)) for one in places
        ]
        numbers = [one.split(", ") for one in row.get("ids", "").split("; ") if one]
        told["ids"] = [
            {"type": one[0], "number": one[1], "country": one[2] if len(one) > 2 else None} for one in numbers
        ]
        results.append(told)
    return {"total": len(results), "sources_used": [], "results": results}


def test_the_csv_form() -> None:
    """Names, aliases, addresses, countries, numbers, dates; the same number in two lists is no repetition."""
    assert entries_of(as_csv(WORKS, PERSON)) == EXPECTED


def test_the_json_form_gives_the_same_entries() -> None:
    """As a document, and as the array of its results."""
    document = as_json(WORKS, PERSON)
    assert entries_of(json.dumps(document)) == EXPECTED
    assert entries_of(json.dumps(document["results"], indent=1)) == EXPECTED


def test_the_day_is_that_of_the_oldest_import() -> None:
    """If the document states when its sources were imported, and otherwise none."""
    document = as_json(WORKS)
    assert read_one(json.dumps(document)).as_of_on is None
    document["sources_used"] = [
        {"source": "A", "last_imported": "2026-11-20T01:02:03+00:00"},
        {"last_imported": "2026-11-18"},
    ]
    assert read_one(json.dumps(document)).as_of_on == Day(2026, 11, 18)


def test_a_number_with_a_wrong_check_character_identifies_nobody() -> None:
    """It is kept as published, as a number of no kind: the user cannot correct the list."""
    (entry,) = entries_of(as_csv({**WORKS, "ids": f"Unified Social Credit Code (USCC), {USCC[:-1]}4, China"}))
    assert entry.identifiers == (Identifier("other", f"{USCC[:-1]}4"),)


def test_every_faulty_row_is_named() -> None:
    """Without a name, with a date that does not exist, with too few cells, with an id of another row."""
    text = (
        as_csv(
            {**WORKS, "name": "", "alt_names": ""},
            {**PERSON, "start_date": "02/30/2025"},
            {**WORKS, "name": "Other"},
            WORKS,
        )
        + "a,b\n"
    )
    assert [(fault.code, fault.where) for fault in faults_of(text)] == [
        ("LIST-NAME", "parties.csv, row 2"),
        ("LIST-DATE", "parties.csv, row 3, column start_date"),
        ("LIST-TWICE", "parties.csv, row 5"),
        ("LIST-ROW", "parties.csv, row 6"),
    ]


def test_columns_may_be_missing_or_more() -> None:
    """Only those that tell the form are required."""
    assert (
        entries_of(as_csv(WORKS, header=["source", "entity_number", "name", "alt_names", "new"]))[0].names
        == EXPECTED[0].names
    )


@pytest.mark.long
def test_a_whole_list_is_read_in_seconds() -> None:
    """28,700 entries, well within the time in which a person notices; the exact figure is measured elsewhere."""
    pick = random.Random(17)
    words = [
        "".join(pick.choice(("ka", "ro", "tem", "vi", "lan", "dor", "is")) for _ in range(4)).title()
        for _ in range(500)
    ]
    rows = [
        {
            **WORKS,
            "_id": f"{n:024x}",
            "name": f"{pick.choice(words)} {pick.choice(words)} {n} Ltd",
            "alt_names": "; ".join(f"{pick.choice(words)} {pick.choice(words)} {n} {m}" for m in range(n % 4)),
        }
        for n in range(28_700)
    ]
    text, begun = as_csv(*rows), time.process_time()
    assert len(entries_of(text)) == 28_700
    assert time.process_time() - begun < 4
