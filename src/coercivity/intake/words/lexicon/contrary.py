"""Terms of a user's lexicon that contradict the catalogue: its words for values mean the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coercivity.base.errors import Faults, brief_value
from coercivity.base.words import steers
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.fact_words import fold, value_words
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.lexicon.entries import Entry, elements_of

_NAMING = (
    "form", "goods_kind", "machine_kind", "part_kind", "elements", "magnet_type", "alloy_system", "target_system",
    "mineral_item",
)  # fmt: skip
_HIDING = ("neutral", "other_item", "denial", "purpose_after", "purpose_before", "holding", "joiner")
_CONTENTS = ("elements", "magnet_type")  # a word of one in a longer term hides it all the same: SmCo magnets
_REST = ("none", "other")
_SYMBOL = 2  # letters: as a part of a longer term, In and As are words
_Known = Mapping[str, Mapping[str, tuple[str, ...]]]


def check_terms(catalogue: FactCatalogue, entries: Sequence[Entry], faults: Faults) -> None:
    """Adds a fault, with its line, for every term that contradicts the catalogue.

    Args:
        catalogue: Facts, with the words for their values.
        entries: The lines of a user's lexicon.
        faults: Collects a term that states another value than the catalogue, one that would hide an item of the
            catalogue, and one with characters that are not shown.
    """
    named = {one for entry in entries for one in (*entry.states, *_NAMING)}
    specs = [catalogue[name] for name in catalogue if name in named and catalogue[name].values]
    known = {spec.name: value_words(spec.values, spec.value_synonyms) for spec in specs}
    for entry in entries:
        for term in entry.terms:
            _check(entry, term, known, faults)
        _check_declared(catalogue, entry, faults)


def _check_declared(catalogue: FactCatalogue, entry: Entry, faults: Faults) -> None:
    """Adds a fault for a term that gives the answer that frees: that no use is military is declared, not read."""
    benign = catalogue.benign_answers()
    for fact, value in entry.states.items():
        if fact in catalogue.standing and value == benign.get(fact):
            what = f"{brief_value(entry.terms[0])!r} declares {fact}; no word of a text does"
            faults.add("WORDS-CONTRARY", what, where=entry.where, next="declare it for the file or the deal")


def _check(entry: Entry, term: str, known: _Known, faults: Faults) -> None:
    if any(map(steers, term)):
        what = f"{brief_value(term)!r} has a character that is not shown"
        faults.add("WORDS-TERM", what, where=entry.where, next="type the term again")
    word, stated = fold(term), dict(entry.states)
    if elements := elements_of(entry):
        stated.setdefault("elements", SetValue(frozenset(elements), complete=False))
    for fact, value in stated.items():
        meant = known.get(fact, {}).get(word, ())
        if len(meant) == 1 and not _holds(value, meant[0]):
            what = f"{brief_value(term)!r} states another value of {fact} than the catalogue, where it means {meant[0]}"
            faults.add("WORDS-CONTRARY", what, where=entry.where, nearest=meant, next=_NEXT)
    held = _item(word, known) or next((one for part in term.split() if (one := _content(fold(part), known))), "")
    if entry.role in _HIDING and held:
        what = f"{brief_value(term)!r} names {held} in the catalogue; with the role {entry.role} it would be left out"
        faults.add("WORDS-CONTRARY", what, where=entry.where, next=_NEXT)


_NEXT = "remove the term, or add the words that make the difference"


def _holds(value: FactValue, meant: str) -> bool:
    return meant in value.has if isinstance(value, SetValue) else value == meant


def _content(word: str, known: _Known) -> str:
    found = ((fact, value) for fact in _CONTENTS for value in known[fact].get(word, ()) if value not in _REST)
    return next((f"{fact} {value}" for fact, value in found if len(word) > _SYMBOL), "")


def _item(word: str, known: _Known) -> str:
    """Returns the fact and value that a word names as an item or a material; blank if it names none."""
    found: Iterable[tuple[str, str]] = (
        (fact, value)
        for fact in _NAMING
        for form in (word, word.removesuffix("s"))
        for value in known[fact].get(form, ())
        if value not in _REST
    )
    return next((f"{fact} {value}" for fact, value in found), "")
