"""Names to be screened, from plain arguments: each a row, with its error if it cannot be screened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.errors import CoercivityError, Fault, brief_value, nearest
from coercivity.base.words import bare
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.parties.listed import Identifier, IdentifierKind
from coercivity.intake.cells.countries import country_reader
from coercivity.intake.parties.lists.identifiers import read_identifier
from coercivity.intake.parties.results import Asked
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.parties.rows import ROLES, Role

MOST_NAMES = 500_000
LONGEST_NAME = 4_000  # characters; the longest cell with several parties and addresses has a few hundred
LONGEST_TEXT, LONGEST_NUMBER = 2_000, 100  # of an address or owner; of an identifier
IDENTIFIERS: tuple[IdentifierKind, ...] = ("uscc", "lei", "duns")
NAME_FIELDS = ("name", "id", "role", "address", "country", "owner", *IDENTIFIERS)


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of an input.

    Attributes:
        place: Where it stands.
        id: Id of the row in the input, or its number.
        role: Role of the party; blank if the input does not say.
        asked: The party; with an error, as far as it could be read.
        fault: Why it cannot be screened.
    """

    place: str
    id: str
    role: Role
    asked: Asked
    fault: Fault | None = None


def name_rows(parties: Sequence[str | Mapping[str, str] | Asked], book: Rulebook) -> list[NameRow]:
    """Returns a row for each party.

    Args:
        parties: Names, fields by name, or parties.
        book: The rulebook, for the countries.

    Raises:
        CoercivityError: If there are too many.
    """
    check_count(len(parties), "")
    reader = PartyReader(book.catalogue)
    return [reader.row(f"name {number}", str(number), party) for number, party in enumerate(parties, 1)]


def check_count(count: int, where: str) -> None:
    """Raises if there are more names than one run takes."""
    if count > MOST_NAMES:
        what = f"more than {MOST_NAMES:,} names"
        raise CoercivityError.of("SCREEN-ROWS", what, where=where, next="split the file")


class PartyReader:
    """Reads parties from text."""

    def __init__(self, catalogue: FactCatalogue) -> None:
        self._country = country_reader(catalogue, "to")
        self._codes: dict[str, tuple[str, Fault | None]] = {}

    def row(self, place: str, number: str, party: str | Mapping[str, str] | Asked) -> NameRow:
        """Returns the row of a party as a caller gives it; every error in it in one."""
        if isinstance(party, Asked):
            return NameRow(place, number, "", party, name_fault(party.name, place))
        fields = {"name": party} if isinstance(party, str) else party
        role: Role = next((one for one in ROLES if one == fields.get("role", "")), "")
        fault = _form_fault(fields, place)
        if fault is not None:
            return NameRow(place, number, role, Asked(str(fields.get("name", ""))[:LONGEST_NAME]), fault)
        asked, faults = self.party(fields)
        fault = name_fault(asked.name, place) or (_at(faults[0], place) if faults else None)
        return NameRow(place, fields.get("id", "") or number, role, asked, fault)

    def party(self, fields: Mapping[str, str]) -> tuple[Asked, list[Fault]]:
        """Returns a party, and the errors in its country and numbers, which are left out of it."""
        code, fault = self.country(fields.get("country", ""))
        faults = [] if fault is None else [fault]
        numbers = []
        for kind in IDENTIFIERS:
            if text := fields.get(kind, "").strip()[:LONGEST_NUMBER]:
                number = read_identifier(text, kind)
                if isinstance(number, Identifier):
                    numbers.append(number)
                else:
                    faults.append(Fault("SCREEN-NUMBER", number.what, next=number.next))
        address, owner = (fields.get(name, "").strip()[:LONGEST_TEXT] for name in ("address", "owner"))
        return Asked(fields.get("name", "")[: LONGEST_NAME + 1], address, code, tuple(numbers), owner), faults

    def country(self, text: str) -> tuple[str, Fault | None]:
        """Returns the code of a country, or blank with the error."""
        text = text.strip()
        if not text:
            return "", None
        if text not in self._codes:
            cell = self._country(text)
            self._codes[text] = str(cell.facts.get("to") or ""), cell.fault
        return self._codes[text]


def name_fault(name: str, place: str) -> Fault | None:
    """Returns the error of a name that is empty or too long."""
    if len(name) > LONGEST_NAME:
        what = f"the name has more than {LONGEST_NAME:,} characters"
        return Fault("NAME-LONG", what, place, next="write one party per row")
    if not bare(name).strip() or not any(sign.isprintable() and not sign.isspace() for sign in name):
        return Fault("NAME-EMPTY", "the name is empty", place, next="fill in the name, or remove the row")
    return None


def _form_fault(fields: Mapping[str, str], place: str) -> Fault | None:
    unknown = [str(name) for name in fields if name not in NAME_FIELDS]
    if unknown:
        what = f"unknown field {brief_value(unknown[0])!r}"
        return Fault("SCREEN-FIELD", what, place, nearest(unknown[0][:40], NAME_FIELDS), ", ".join(NAME_FIELDS))
    given: Mapping[str, object] = fields
    odd = [name for name, text in given.items() if not isinstance(text, str)]
    if odd:
        return Fault("SCREEN-FIELD", f"field {odd[0]!r} is not text", place, next="write every field as text")
    role = fields.get("role", "")
    if role and role not in ROLES:
        what = f"{brief_value(role)!r} is not a role"
        return Fault("SCREEN-ROLE", what, place, nearest(role[:40], ROLES), f"one of {', '.join(ROLES)}")
    return None


def _at(fault: Fault, place: str) -> Fault:
    return Fault(fault.code, fault.what, place, fault.nearest, fault.next)
