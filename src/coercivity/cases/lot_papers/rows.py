"""Rows on the documents of a lot as written: kind, addressee, end use, end user, quantity, contract and who signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.exact import parse_exact
from coercivity.base.words import steers
from coercivity.cases.lot_papers.kinds import paper_kinds
from coercivity.data.catalogue import nearest_country
from coercivity.data.fact_words import fold, value_words
from coercivity.data.values import ANY_COUNTRY
from coercivity.law.rules.rulebook import Rulebook

KEYS = (
    "id", "lot", "kind", "addressee", "authority", "end_use", "end_user", "quantity", "unit", "contract", "on",
    "signed_by", "may_be_passed_on_to", "deal",
)  # fmt: skip
MOST_PAPERS = 1_000
LONGEST_TEXT = 500
PAPER_FORM = "PAPER-FORM"
_SEE = "see docs/papers.md"
_MISSING = {"lot": "lot is missing", "kind": "kind is missing"}
_ADD = {"lot": "add lot", "kind": "add kind"}
_SILENT = frozenset(("none", "无", "無"))
_NOBODY = frozenset(("[]", "nobody", "noone", "无", "無"))


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One document of a lot.

    Attributes:
        id: Name by which messages call it.
        lot: Lot that it is about.
        kind: Kind, as listed in the pack.
        addressee: Who receives it; blank if not stated.
        authority: Country of which the addressee is an authority; blank if it is none.
        end_use: End use in its own words; blank if it is not known what it says.
        silent: Whether it says nothing about the end use.
        end_user: End user it names; blank if it names none.
        quantity: Quantity it states, in `unit`; None if it states none.
        contract: Number of the contract.
        said_on: Its day; None if not stated.
        signed_by: Role of whoever signed it.
        passed_on_to: Who may receive it; None if not stated.
        deal: Id of the deal that it belongs to; if no document of a lot names one, the lot belongs to every deal.
        where: Where the row was written.
    """

    id: str
    lot: str
    kind: str
    addressee: str = ""
    authority: str = ""
    end_use: str = ""
    silent: bool = False
    end_user: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    contract: str = ""
    said_on: Day | None = None
    signed_by: str = ""
    passed_on_to: tuple[str, ...] | None = None
    deal: str = ""
    where: str = field(default="", compare=False)


def read_papers(book: Rulebook, raw: object, where: str, faults: Faults) -> tuple[PaperRow, ...]:
    """Returns the rows of a block `papers`; every error is added, with the nearest names.

    Args:
        book: The rulebook, for its countries.
        raw: A list of mappings as text.
        where: Location for messages.
        faults: Collects every error found.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        what = f"`papers` must be a list of rows, found {brief_value(raw)!r}"
        faults.add(PAPER_FORM, what, where=where, next="write [{lot: L-1, kind: contract, ...}]")
        return ()
    if len(raw) > MOST_PAPERS:
        faults.add(PAPER_FORM, f"more than {MOST_PAPERS:,} documents", where=where, next="split the list by lot")
        return ()
    read = [
        PaperReader(book, f"{where}, document {rank}", faults).read(entry, rank) for rank, entry in enumerate(raw, 1)
    ]
    return tuple(row for row in read if row is not None)


def apart(rows: Sequence[PaperRow], faults: Faults) -> None:
    """Adds a fault for every id that two different papers have."""
    seen: dict[str, PaperRow] = {}
    for row in rows:
        if seen.setdefault(row.id, row) != row:
            what = f"two different documents have the id {brief_value(row.id)!r}"
            faults.add(PAPER_FORM, what, where=row.where, next="give every document its own id")


def of_deals(rows: Sequence[PaperRow], deals: Collection[str], what: str, faults: Faults) -> None:
    """Adds a fault for every document of a deal that does not exist.

    Args:
        rows: The documents.
        deals: Ids of the deals; none if they could not be read.
        what: Beginning of the message.
        faults: Collects every error found.
    """
    for row in rows if deals else ():
        if row.deal and row.deal not in deals:
            step = "name one of the deals, or leave `deal` blank"
            told = f"{what} {brief_value(row.deal)!r}"
            faults.add(PAPER_FORM, told, where=row.where, nearest=nearest(row.deal, deals), next=step)


def folded(text: str) -> str:
    """Returns a name without case, width, blanks and hyphens, by which two papers are compared."""
    return fold(unicodedata.normalize("NFKC", text))


def says_nothing(text: str) -> bool:
    """Returns whether a cell does not say what it asks; two that say so in the same words agree on nothing."""
    said = folded(text)
    return not said or said == "?" or said in _not_known()


@lru_cache(maxsize=1)
def _not_known() -> frozenset[str]:
    return frozenset(map(folded, paper_kinds().not_known))


class PaperReader:
    """Reads one row on a document.

    Args:
        book: The rulebook, for its countries.
        where: Location for messages.
        faults: Collects every error found.
    """

    def __init__(self, book: Rulebook, where: str, faults: Faults) -> None:
        self._book, self._where, self._faults = book, where, faults
        self._raw: Mapping[str, object] = {}

    def read(self, raw: object, rank: int) -> PaperRow | None:
        """Returns the row, or None if there is an error in it.

        Args:
            raw: The row as a mapping of texts.
            rank: Its number, which names it if it has no id.
        """
        if not isinstance(raw, Mapping):
            what = f"expected a mapping, found {brief_value(raw)!r}"
            self._faults.add(PAPER_FORM, what, where=self._where, next="write {lot: L-1, kind: contract, ...}")
            return None
        before, self._raw = len(self._faults.items), raw
        for key in raw:
            if key not in KEYS:
                self._add(f"unknown key {brief_value(key)!r}", nearest(str(key), KEYS))
        for key, what in _MISSING.items():
            if not str(raw.get(key, "")).strip():
                self._add(what, next=_ADD[key])
        texts = {key: self._text(key) for key in KEYS if key not in ("may_be_passed_on_to", "quantity")}
        use = folded(texts["end_use"])
        row = PaperRow(
            id=texts["id"] or str(rank),
            lot=texts["lot"],
            kind=self._kind(texts["kind"]),
            addressee=texts["addressee"],
            authority=self._country(texts["authority"]),
            end_use="" if says_nothing(use) or use in _SILENT else texts["end_use"],
            silent=use in _SILENT,
            end_user="" if says_nothing(texts["end_user"]) else texts["end_user"],
            quantity=self._quantity(),
            unit=texts["unit"],
            contract=texts["contract"],
            said_on=self._day(texts["on"]),
            signed_by=texts["signed_by"],
            passed_on_to=self._names(),
            deal=texts["deal"],
            where=self._where,
        )
        return row if len(self._faults.items) == before else None

    def _add(self, what: str, close: tuple[str, ...] = (), next: str = _SEE) -> None:
        self._faults.add(PAPER_FORM, what, where=self._where, nearest=close, next=next)

    def _text(self, key: str) -> str:
        raw = self._raw.get(key, "")
        text = str(raw).strip()
        if not isinstance(raw, str):
            self._add(f"{key} must be a text, found {brief_value(raw)!r}")
        elif len(text) > LONGEST_TEXT:
            self._add(f"{key} is longer than {LONGEST_TEXT} characters", next="shorten it")
        elif any(steers(sign) for sign in text):
            self._add(f"{key} contains a control character", next="type the text again")
        else:
            return text
        return ""

    def _kind(self, word: str) -> str:
        known = paper_kinds().kinds
        meant = value_words(known, {}).get(folded(word), ())
        if word and not meant:
            step = f"one of {', '.join(known)}"
            self._add(f"{brief_value(word)!r} is not a kind of document", nearest(word, known), step)
        return meant[0] if meant else ""

    def _country(self, code: str) -> str:
        countries = self._book.catalogue.countries
        if code and (code not in countries or code == ANY_COUNTRY):
            close = tuple(one for one in nearest_country(countries, code) if one != ANY_COUNTRY)
            step = "`authority` is the country whose authority receives the document; use ISO 3166 alpha-2, or omit it"
            self._add(f"{brief_value(code)!r} is not a country code", close, step)
        return code

    def _quantity(self) -> Decimal | None:
        text = self._text("quantity")
        if not text:
            return None
        try:
            parse_exact(text)
            found = Decimal(text)
            if found < 0:
                raise ValueError("must not be negative")
        except (ValueError, ArithmeticError) as error:
            self._add(
                f"quantity {brief_value(text)!r}: {error}", next="write digits with a decimal point; `unit` is separate"
            )
            return None
        return found

    def _day(self, text: str) -> Day | None:
        try:
            return parse_day(text) if text else None
        except ValueError as error:
            self._faults.add("DATE", str(error), where=self._where, next="write the date as YYYY-MM-DD")
            return None

    def _names(self) -> tuple[str, ...] | None:
        raw = self._raw.get("may_be_passed_on_to")
        if isinstance(raw, Sequence) and not isinstance(raw, str):
            names = [str(one).strip() for one in raw]
        else:
            text = self._text("may_be_passed_on_to") if raw is not None else ""
            if says_nothing(text) and text != "[]":
                return None
            names = [] if text == "[]" or folded(text) in _NOBODY else [part.strip() for part in text.split(";")]
        return tuple(name for name in names if name)
