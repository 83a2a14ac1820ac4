"""Converts one cell of a trade table to facts, a value, notes on its interpretation, and errors.

A reader is created once per column and called once per distinct text. It never raises: what cannot be read is an
error (the row has no result) or unread (the row stays open).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from coercivity.base.cutoff import at_limit
from coercivity.base.errors import brief_value
from coercivity.data.values import SetValue
from coercivity.intake.cells.cell import Cell, faulty
from coercivity.intake.cells.columns import Options
from coercivity.intake.cells.contents import contents_reader, remark_reader
from coercivity.intake.cells.days import read_day
from coercivity.intake.cells.description import description_reader
from coercivity.intake.cells.facts import fact_reader
from coercivity.intake.cells.held_days import held_day
from coercivity.intake.cells.marks import BLANK, DOUBT, LONGEST_CELL, OPEN, refused
from coercivity.intake.cells.quantities import mass_kg, read_currency, read_price, read_quantity, read_unit
from coercivity.intake.composition.composition import LISTS_ALL, Composition, composition_reader
from coercivity.intake.composition.flat import flat
from coercivity.intake.goods.hs import hs_digits
from coercivity.intake.goods.reading import Reading
from coercivity.intake.goods.use import read_use
from coercivity.intake.parties.cells import names_beside, read_cell
from coercivity.intake.parties.placeholders import names_nobody
from coercivity.intake.parties.scripts.characters import shown
from coercivity.law.rules.rulebook import Rulebook

__all__ = ["LONGEST_CELL", "LONGEST_ID", "Cell", "cell_reader", "mass_kg"]

LONGEST_ID = 80
_DASHES = re.compile(r"[-–—−‐‑‒―－/.·]+\Z")
_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,12})?\Z", re.ASCII)
_TEXTS = ("id", "title", "title_zh", "group", "note")
_Reader = Callable[[str], Cell]


@lru_cache(maxsize=256)  # a reader keeps the words of its tables, but nothing that it read
def cell_reader(book: Rulebook, role: str, options: Options) -> _Reader:
    """Returns the function that reads the cells of a column; the same arguments return the same function.

    Args:
        book: The rulebook, for its facts and its tables of words.
        role: Role of the column: a role of `columns.ROLES` or the name of a fact.
        options: Options of the column mapping for the whole file.

    Raises:
        CoercivityError: If the phrase table of the rulebook is invalid.
        KeyError: If the role is neither; `columns.check_map` finds that first.
    """
    inner = _inner(book, role, options)
    fact = role in book.catalogue
    kept = _values(book, role)
    kind = book.catalogue[role].type if fact else ""
    number = kind in ("number", "share")
    numeric = number or role in ("quantity", "price")
    doubtful = role in ("material", "unit") or kind in ("country", "choice", "set", "flag")

    def read(text: str) -> Cell:
        if number and _PLAIN.match(text):
            return inner(text)  # a table may have a million different numbers
        wrong = refused(text, options.longest_description if role == "material" else LONGEST_CELL)
        if wrong is not None:
            return wrong
        stripped = " ".join(text.split())
        if kind == "party":
            nobody = names_nobody(stripped) and not names_beside(read_cell(text))
            return _nobody(role, stripped) if nobody else inner(text.strip())
        if not stripped or (_DASHES.match(stripped) and role != "id"):
            return Cell()
        if role in _TEXTS:
            return inner(stripped)
        word = flat(stripped).casefold()
        if word in BLANK and stripped not in kept and not (numeric and word == "nan"):
            return Cell(notes=(f"{brief_value(stripped)!r} interpreted as blank",))
        if word in OPEN or not word.strip("? "):
            if role == "on":
                return inner(stripped)
            if fact:
                return Cell(facts={role: None}, notes=(f"{brief_value(stripped)!r} interpreted as unknown",))
            return _left_open(role, role in ("unit", "material", "composition", "use"), stripped)
        if doubtful and not DOUBT.isdisjoint(word):
            return Cell(unread=f"{role} {brief_value(stripped)!r} is marked uncertain (`?`)")
        if role in ("composition", "elements"):
            return inner(text)  # its length may show that it was truncated
        # A line break may separate two materials.
        return inner(text.strip() if role == "material" else stripped)

    def taken(text: str) -> Cell:
        # An unforeseen text is an error of its row, never of the run.
        try:
            return read(text)
        except (ValueError, ArithmeticError, RecursionError):
            return faulty("CELL-TEXT", f"{brief_value(text)!r} cannot be read", next="type the cell again")

    return taken


def _values(book: Rulebook, role: str) -> frozenset[str]:
    """Returns the words for a blank that are values of the fact: none, and the code of Namibia."""
    spec = book.catalogue.get(role)
    if spec is None:
        return frozenset()
    if spec.type == "country":
        return frozenset(("NA",))
    return frozenset(("none",)) if "none" in spec.values or spec.format == "control_code" else frozenset()


def _nobody(role: str, text: str) -> Cell:
    """Returns a party that was asked for but not named: the party sets stay open, whatever is declared for the file."""
    seen = shown(text).strip()
    return Cell({role: text if seen else None}, (f"{brief_value(text)!r} does not name a party",) if seen else ())


def _left_open(role: str, asked: bool, text: str) -> Cell:
    if asked:
        return Cell(unread=f"{role} is given as {brief_value(text)!r}")
    return Cell(notes=(f"{brief_value(text)!r} interpreted as blank",))


def _inner(book: Rulebook, role: str, options: Options) -> _Reader:
    catalogue, decimal = book.catalogue, options.decimal
    if role == "elements":
        return _elements(book, options)
    if role in catalogue:
        return fact_reader(catalogue, role, dates=options.dates, decimal=decimal)
    if role == "material":
        return description_reader(book, options.part)
    if role == "composition":
        return contents_reader(_plain_contents(book, decimal))
    if role == "note":
        return remark_reader(_plain_contents(book, decimal))
    readers: dict[str, _Reader] = {
        "on": lambda text: _day(text, options.dates),
        "known": lambda text: read_day(text, dates=options.dates),
        "hs": _hs,
        "quantity": lambda text: read_quantity(text, decimal=decimal),
        "unit": lambda text: read_unit(text, piece_mass_kg=options.piece_mass_kg),
        "price": lambda text: read_price(text, decimal=decimal),
        "currency": read_currency,
        "use": lambda text: _of_reading(read_use(text)),
        "id": _id,
        **dict.fromkeys(_TEXTS[1:], lambda text: Cell(value=text)),
    }
    return readers[role]


def _day(text: str, dates: str) -> Cell:
    """Returns the date in a cell; a week or `as soon as possible` leaves the row without a date instead of an error."""
    found = read_day(text, dates=dates)
    held = held_day(text) if found.fault is not None else ""
    return Cell(notes=(held,)) if held else found


def _plain_contents(book: Rulebook, decimal: str) -> _Reader:
    made_of = composition_reader(book.catalogue)
    return lambda text: _of_composition(made_of(text, decimal=decimal))


def _of_reading(found: Reading) -> Cell:
    return Cell(found.facts, found.notes, unread=found.unread)


def _of_composition(found: Composition) -> Cell:
    return Cell(found.facts, found.notes, found.fault, found.unread)


def _elements(book: Rulebook, options: Options) -> _Reader:
    """Reads elements as a list of values, or as a composition."""
    plain = fact_reader(book.catalogue, "elements")
    made_of = composition_reader(book.catalogue)

    def read(text: str) -> Cell:
        listed = plain(text)
        if listed.fault is None:
            return _cut_list(listed) if at_limit(text) else listed
        found = made_of(text, decimal=options.decimal)
        return listed if found.unread else _of_composition(found)

    return read


def _cut_list(listed: Cell) -> Cell:
    """Opens a list of elements that is as long as a database field, and so may name only some of them."""
    value = listed.facts["elements"]
    held = value.has if isinstance(value, SetValue) else frozenset[str]()
    note = "elements: the text is as long as a database field and may be truncated: other elements may be present"
    return Cell({"elements": SetValue(held, complete=False), LISTS_ALL: False}, (*listed.notes, note))


def _hs(text: str) -> Cell:
    digits, wrong = hs_digits(text)
    notes = [f"HS code {brief_value(text)!r}: {wrong}"] if wrong else []
    return Cell(value=digits or None, notes=tuple(notes))


def _id(text: str) -> Cell:
    if len(text) > LONGEST_ID:
        return faulty("ROW-ID", f"the id has {len(text)} characters; the limit is {LONGEST_ID}", next="shorten the id")
    return Cell(value=text)
