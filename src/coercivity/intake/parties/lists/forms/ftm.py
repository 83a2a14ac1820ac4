"""Parties in FollowTheMoney: entities as JSON, one per line, with their addresses and sanctions linked or nested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from coercivity.base.days import Day
from coercivity.base.errors import brief_value, nearest
from coercivity.data.parties.listed import EntryName, IdentifierKind, NameKind
from coercivity.intake.parties.lists.countries import country_code
from coercivity.intake.parties.lists.days import day_after, read_list_day
from coercivity.intake.parties.lists.entries import Draft, Entries, distinct, identifiers_of
from coercivity.intake.parties.lists.forms.json_text import text_of, texts_of

PERSON, UNSAID = "Person", "LegalEntity"
_PARTIES: dict[str, bool | None] = {
    PERSON: True, UNSAID: None, "Thing": None, "Company": False, "Organization": False, "PublicBody": False,
    "Vessel": False, "Airplane": False, "Vehicle": False, "Asset": None, "Project": False,
}  # fmt: skip
_ADDRESS, _SANCTION = "Address", "Sanction"
_NUMBERED = ("Identification", "Passport")
_HOLDERS = {_SANCTION: "entity", **dict.fromkeys(_NUMBERED, "holder")}
_OTHER_WORDS = """
Analyzable Article Associate Audio BankAccount Call CallForTenders Contract ContractAward Control CourtCase
CourtCaseParty CryptoWallet Debt Directorship Document Documentation EconomicActivity Email Employment Event
Family Folder HyperText Image Interest Interval License Membership Mention Message Note Occupancy Ownership
Package Page Pages Payment PlainText Position ProjectParticipant RealEstate Representation Risk Security
Similar Succession Table TaxRoll Territory Trip UnknownLink UserAccount Value Video Workbook
"""
_OTHERS = frozenset(_OTHER_WORDS.split())
_NAMES: dict[str, NameKind] = {
    "name": "name", "alias": "alias", "previousName": "former", "abbreviation": "short", "weakAlias": "weak",
}  # fmt: skip
_COUNTRIES = ("country", "mainCountry", "jurisdiction", "nationality", "citizenship", "flag")
_NUMBERS: dict[str, IdentifierKind] = {
    "uscCode": "uscc", "leiCode": "lei", "dunsCode": "duns", "imoNumber": "imo", "registrationNumber": "registration",
    "ogrnCode": "registration", "taxNumber": "tax", "vatCode": "tax", "innCode": "tax", "idNumber": "other",
    "passportNumber": "other", "okpoCode": "other", "cageCode": "other", "uniqueEntityId": "other", "swiftBic": "other",
    "permId": "other", "mmsi": "other", "callSign": "other", "isinCode": "other",
}  # fmt: skip
_BORN = ("birthDate", "incorporationDate", "buildDate")

Properties = Mapping[str, object]


@dataclass(slots=True)
class _Linked:
    """What other entities of a file say of one."""

    sanctions: list[Properties] = field(default_factory=list)
    numbers: list[Properties] = field(default_factory=list)
    row: int = 0


@dataclass(frozen=True, slots=True)
class _Entity:
    """An entity as read, with the number of its line."""

    row: int
    id: str
    schema: str
    properties: Properties
    caption: str
    is_target: bool


def is_ftm(value: object) -> bool:
    """Returns whether a JSON value is an entity: an object with a schema, and properties or a caption."""
    return isinstance(value, dict) and "schema" in value and ("properties" in value or "caption" in value)


def read_ftm(values: Iterable[tuple[int, object, str]], entries: Entries) -> None:
    """Reads the parties of a file; other entities only as far as they are linked to one.

    Args:
        values: Number of each line, its JSON value, and what is wrong with it.
        entries: Takes the entries, and what is wrong with the lines.
    """
    parties: list[_Entity] = []
    known: set[str] = set()
    addresses: dict[str, Properties] = {}
    linked: dict[str, _Linked] = {}
    for one in _entities(values, entries):
        known.add(one.id)
        if one.schema == _ADDRESS:
            addresses[one.id] = one.properties
        elif one.schema in _HOLDERS:
            for holder in _ids(one.properties.get(_HOLDERS[one.schema])):
                held = linked.setdefault(holder, _Linked(row=one.row))
                (held.sanctions if one.schema == _SANCTION else held.numbers).append(one.properties)
        elif one.schema in _PARTIES:
            parties.append(one)
    for holder, held in linked.items():
        if holder not in known:
            what = f"refers to the entity {brief_value(holder)!r}, which is not in the file"
            entries.rows.add("LIST-LINK", what, held.row, next="add the entity, or remove the line")
    for party in parties:
        if party.is_target and (draft := _draft(party, linked.get(party.id, _Linked()), addresses, entries)):
            entries.add(draft)


def _entities(values: Iterable[tuple[int, object, str]], entries: Entries) -> Iterator[_Entity]:
    for row, value, told in values:
        wrong = told or _form_fault(value)
        if wrong or not isinstance(value, dict):
            entries.rows.add("LIST-JSON", wrong, row, next="correct or remove it; every line is one whole object")
            continue
        schema, properties = text_of(value.get("schema")), value.get("properties", {})
        if schema not in _PARTIES and schema not in _OTHERS and schema not in (_ADDRESS, *_HOLDERS):
            close, what = (
                nearest(schema, [*_PARTIES, _ADDRESS, _SANCTION]),
                f"schema {brief_value(schema)!r} is not known",
            )
            do = "use a schema of FollowTheMoney, such as Company or Person"
            entries.rows.add("LIST-SCHEMA", what, row, nearest=close, next=do)
        elif not isinstance(properties, dict):
            entries.rows.add("LIST-JSON", "properties is not an object", row, next="correct or remove the line")
        elif not (entity_id := text_of(value.get("id"))) and schema in _PARTIES:
            entries.rows.add("LIST-ID", "the entity has no id", row, next="give every entity an id of its own")
        else:
            caption = text_of(value.get("caption"))
            yield _Entity(row, entity_id, schema, properties, caption, value.get("target") is not False)


def _form_fault(value: object) -> str:
    if not is_ftm(value):
        return "not an entity of FollowTheMoney: expected an object with id, schema and properties"
    return ""


def _draft(party: _Entity, linked: _Linked, addresses: Mapping[str, Properties], entries: Entries) -> Draft | None:
    told = party.properties
    draft = Draft(party.row, party.id, _names(told, party.caption), _PARTIES[party.schema])
    for key in _COUNTRIES:
        if key in told:
            draft.countries += filter(None, map(country_code, texts_of(told[key])))
    _add_addresses(draft, told, addresses)
    for key, kind in _NUMBERS.items():
        if key in told:
            draft.identifiers += identifiers_of(texts_of(told[key]), kind)
    for number in (*linked.numbers, *_nested(told, _NUMBERED)):
        draft.identifiers += identifiers_of(texts_of(number.get("number")), "other")
    draft.websites = texts_of(told.get("website"))
    draft.born = [text for key in _BORN for text in texts_of(told.get(key))]
    sanctions = [*linked.sanctions, *_nested(told, (_SANCTION,))]
    return draft if _add_sanctions(draft, told, sanctions, entries) else None


def _names(told: Properties, caption: str) -> list[EntryName]:
    found = [EntryName(text, kind) for key, kind in _NAMES.items() if key in told for text in texts_of(told[key])]
    if not any(one.kind == "name" for one in found):
        given = [text for key in ("firstName", "middleName", "lastName") for text in texts_of(told.get(key))[:1]]
        whole = " ".join(given) or caption
        found = [EntryName(whole), *found] if whole else found
    elif caption and all(one.text != caption for one in found):
        found.append(EntryName(caption, "alias"))
    return found


def _add_addresses(draft: Draft, told: Properties, addresses: Mapping[str, Properties]) -> None:
    draft.addresses = texts_of(told.get("address"))
    linked = told.get("addressEntity")
    for one in linked if isinstance(linked, list) else [linked]:
        found = _inner(one) if isinstance(one, dict) else addresses.get(text_of(one))
        if found is not None:
            keys = ("street", "street2", "postOfficeBox", "city", "postalCode", "state", "region", "country")
            whole = texts_of(found.get("full")) or [", ".join(t for key in keys for t in texts_of(found.get(key))[:1])]
            draft.addresses += whole
            draft.countries += filter(None, map(country_code, texts_of(found.get("country"))))


def _nested(told: Properties, schemas: tuple[str, ...]) -> list[Properties]:
    """Returns the entities of some schemas nested in properties, as in files of targets with what is linked to them."""
    values = (one for held in told.values() if isinstance(held, list) for one in held if isinstance(one, dict))
    return [_inner(one) for one in values if text_of(one.get("schema")) in schemas]


def _inner(entity: Mapping[str, object]) -> Properties:
    held = entity.get("properties")
    return held if isinstance(held, dict) else entity


def _ids(value: object) -> list[str]:
    """Returns the ids of linked entities, which may be nested."""
    values = value if isinstance(value, list) else [value]
    return [found for one in values if (found := text_of(one.get("id") if isinstance(one, dict) else one))]


def _add_sanctions(draft: Draft, told: Properties, sanctions: list[Properties], entries: Entries) -> bool:
    """Adds programmes and days. An entity is listed from its first sanction until all of them have ended."""
    starts: list[Day | None] = []
    ends: list[Day | None] = []
    programmes: list[str] = []
    for one in sanctions:
        good_start, start = _day(draft, one, ("startDate", "listingDate"), entries)
        good_end, end = _day(draft, one, ("endDate",), entries)
        if not good_start or not good_end:
            return False
        starts.append(start)
        ends.append(day_after(end))
        programmes += texts_of(one.get("program")) or texts_of(one.get("programId")) or texts_of(one.get("authority"))
    if not sanctions:
        good_start, start = _day(draft, told, ("startDate",), entries)
        good_end, end = _day(draft, told, ("endDate",), entries)
        if not good_start or not good_end:
            return False
        starts, ends = [start], [day_after(end)]
    draft.listed_on = None if None in starts else min(day for day in starts if day is not None)
    draft.delisted_on = None if None in ends else max(day for day in ends if day is not None)
    own = texts_of(told.get("program")) or texts_of(told.get("programId"))
    draft.source = "; ".join(distinct([*programmes, *own]))
    return True


def _day(draft: Draft, told: Properties, keys: tuple[str, ...], entries: Entries) -> tuple[bool, Day | None]:
    """Returns whether the days of the first key that has any can be read, and the first of them, or the last end."""
    for key in keys:
        texts = texts_of(told.get(key))
        try:
            days = [day for text in texts if (day := read_list_day(text, last=key == "endDate")) is not None]
        except ValueError as error:
            do = "write the date as YYYY-MM-DD"
            entries.rows.add("LIST-DATE", str(error), draft.row, column=key, next=do)
            return False, None
        if days:
            return True, max(days) if key == "endDate" else min(days)
    return True, None
