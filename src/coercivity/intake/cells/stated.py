"""Facts as people state them, in a file, a request or a call: other names of facts, and words for values.

A fact is read as in a cell of a table, so that `sintered magnet`, `China` and `50 %` mean the same everywhere. What is
understood is returned as the rulebook writes it; the rest stays as it is, for `FactCatalogue.parse` to report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from coercivity.base.days import parse_day
from coercivity.base.errors import Faults, brief_value
from coercivity.base.exact import parse_exact
from coercivity.data.catalogue import MORE, NOT, FactCatalogue, FactSpec, raw_value
from coercivity.data.fact_words import fold, value_words
from coercivity.intake.cells.cell import Cell
from coercivity.intake.cells.facts import fact_reader, only
from coercivity.intake.cells.marks import BLANK, DOUBT, LONGEST_CELL, OPEN, refused
from coercivity.intake.composition.flat import flat

_AS_WRITTEN = ("party", "text")  # any text is a value


@dataclass(frozen=True, slots=True)
class Stated:
    """Facts under their own names, with values as the rulebook writes them.

    Attributes:
        facts: Values by fact name.
        written: The name under which each fact was given.
    """

    facts: dict[str, object] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)


def stated_facts(
    catalogue: FactCatalogue,
    facts: Mapping[str, object],
    *,
    where: str,
    places: Mapping[str, str] | None = None,
    faults: Faults,
) -> Stated:
    """Returns facts under the names and with the values of the rulebook; what is not understood stays as it is.

    Args:
        catalogue: Facts, with their synonyms.
        facts: Values by name or synonym.
        where: Location for messages.
        places: More precise location, by name as given.
        faults: Collects a name of several facts, and a fact that is given under two names with different values.
    """
    found = Stated()
    for written, raw in facts.items():
        place = (places or {}).get(written, where)
        name = named(catalogue, written, place, faults)
        if name is None:
            continue
        value = stated_value(catalogue, name, raw)
        if name in found.facts and found.facts[name] != value:
            what = f"{brief_value(found.written[name])} and {brief_value(written)} are two names for the same fact"
            faults.add("FACT-TWICE", f"{what}, with different values", where=place, next="keep one of them")
        found.facts.setdefault(name, value)
        found.written.setdefault(name, written)
    return found


def named(catalogue: FactCatalogue, written: str, where: str, faults: Faults) -> str | None:
    """Returns the fact that a name or synonym means, or the name itself if none; of several, None and an error."""
    names = catalogue.named(written)
    if len(names) > 1:
        what = f"{brief_value(written)!r} may mean several facts"
        faults.add("FACT-UNKNOWN", what, where=where, nearest=names, next="write one of them")
        return None
    return names[0] if names else written


def stated_value(catalogue: FactCatalogue, name: str, raw: object) -> object:
    """Returns a value as the rulebook writes it; unchanged if it already is, or is not understood."""
    spec = catalogue.get(name)
    if spec is None or spec.type in _AS_WRITTEN:
        return raw
    if isinstance(raw, str):
        if spec.type == "set" or (spec.type == "choice" and raw in spec.values):
            return raw
        return _meant(catalogue, name, raw)
    if not isinstance(raw, list):
        return raw
    if spec.type == "set":
        return [_member(catalogue, name, entry) if isinstance(entry, str) else entry for entry in raw]
    if spec.type in ("number", "share"):
        ends = [_meant(catalogue, name, entry) if isinstance(entry, str) else entry for entry in raw]
        return ends if all(isinstance(end, str) for end in ends) else raw
    return raw


def _member(catalogue: FactCatalogue, name: str, entry: str) -> str:
    if entry == MORE or entry in catalogue[name].values:
        return entry
    out = entry.startswith(NOT)
    meant = _member_meant(catalogue, name, entry.removeprefix(NOT))
    return entry if meant is None else f"{NOT}{meant}" if out else meant


@lru_cache(maxsize=1024)
def _member_meant(catalogue: FactCatalogue, name: str, entry: str) -> str | None:
    return only(_words(catalogue, name).get(fold(entry), ())) if _says_something(entry) else None


@lru_cache(maxsize=256)
def _words(catalogue: FactCatalogue, name: str) -> dict[str, tuple[str, ...]]:
    spec = catalogue[name]
    if spec.members == "country":
        also = {word: code for code, country in catalogue.countries.items() for word in country.also}
        return value_words(catalogue.countries, also)
    return value_words(spec.values, spec.value_synonyms)


@lru_cache(maxsize=256)
def _reader(catalogue: FactCatalogue, name: str) -> Callable[[str], Cell]:
    return fact_reader(catalogue, name)


@lru_cache(maxsize=8192)
def _meant(catalogue: FactCatalogue, name: str, text: str) -> object:
    if _is_plain(catalogue, catalogue[name], text) or not _says_something(text):
        return text
    cell = _reader(catalogue, name)(" ".join(text.split()))
    value = cell.facts.get(name)
    return text if cell.fault is not None or cell.unread or value is None else raw_value(value)


def _is_plain(catalogue: FactCatalogue, spec: FactSpec, text: str) -> bool:
    """Returns whether a text is already a value as the rulebook writes it."""
    if spec.type == "flag":
        return text in ("true", "false")
    if spec.type == "country":
        return text in catalogue.countries
    try:
        if spec.type == "date":
            parse_day(text)
        elif spec.type in ("number", "share"):
            parse_exact(text)
        else:
            return text in spec.values
    except ValueError:
        return False
    return True


def _says_something(text: str) -> bool:
    """Returns whether a text is more than a word for blank or unknown, and neither doubtful nor unreadable."""
    if not text.strip() or len(text) > LONGEST_CELL or refused(text) is not None:
        return False
    word = flat(text).casefold()
    return word not in BLANK and word not in OPEN and DOUBT.isdisjoint(word)
