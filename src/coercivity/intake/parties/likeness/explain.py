"""What is the same in two names and what differs, and what would tell whether they are one party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coercivity.data.parties.listed import EntryName, ListEntry
from coercivity.intake.parties.affixes.forms import form_of, forms_differ
from coercivity.intake.parties.likeness.parts import read_parts
from coercivity.intake.parties.likeness.reasons import BESIDE, FOUND, SECOND
from coercivity.intake.parties.lookup.keys import scanned
from coercivity.intake.parties.names import all_words, has_han, simplified
from coercivity.intake.parties.results import Asked, Feature, TellsApart
from coercivity.intake.parties.scripts.kana import has_kana

_LEAST_ADDRESS = 2  # words of an address in common that tell
_WORD = re.compile(r"[^\W_]{2,}")
_KINDS = {"former": "former_name", "short": "short_name", "weak": "weak_alias"}
_COMPARED_KINDS = ("uscc", "lei", "duns")


def of_names(written: str, listed: EntryName, reasons: Sequence[str]) -> tuple[Feature, ...]:
    """Returns the reasons for and against a written name being a listed one, by the names alone.

    Args:
        written: The name found in the text.
        listed: The name that it is compared with.
        reasons: What the comparison found, the way in which the name was found first.
    """
    found = [Feature(kind, points, written, listed.text) for kind, points in _of_names(written, listed.text, reasons)]
    if listed.kind in _KINDS:
        kind = _KINDS[listed.kind]
        found.append(Feature(kind, BESIDE[kind], written, listed.text))
    return (*found, *_forms(written, listed.text))


def of_entry(asked: Asked, entry: ListEntry) -> tuple[Feature, ...]:
    """Returns what speaks for and against a party being an entry beside its name: where it is, and its numbers.

    Args:
        asked: The party.
        entry: The entry.
    """
    return (*_places(asked, entry), *_identifiers(asked, entry))


def ordered(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """Returns reasons in order: those for a party being an entry first, the weightiest first."""
    return tuple(sorted(features, key=lambda one: (one.points < 0, -abs(one.points), one.kind)))


def _of_names(written: str, listed: str, reasons: Sequence[str]) -> Iterator[tuple[str, int]]:
    kinds = list(dict.fromkeys(reasons))
    if "letters_differ" in kinds and written.isascii() and listed.isascii():
        one, other = scanned(read_parts(written).joined), scanned(read_parts(listed).joined)
        if one == other:
            kinds[kinds.index("letters_differ")] = "misread"
    for n, kind in enumerate(kinds):
        yield kind, FOUND[kind] if not n and kind in FOUND else BESIDE.get(kind, SECOND)


def _forms(written: str, listed: str) -> Iterator[Feature]:
    if not written.isascii() or not listed.isascii():
        return
    one, other = form_of(written), form_of(listed)
    if one and other and one == other:
        yield Feature("same_form", BESIDE["same_form"], one, other)
    elif forms_differ(one, other):
        yield Feature("other_form", BESIDE["other_form"], one, other)


def _places(asked: Asked, entry: ListEntry) -> Iterator[Feature]:
    if asked.country and entry.countries:
        kind = "same_country" if asked.country in entry.countries else "other_country"
        yield Feature(kind, BESIDE[kind], asked.country, ", ".join(entry.countries))
    if asked.address and entry.addresses:
        words = _told(asked.address)
        best = max(entry.addresses, key=lambda one: len(words & _told(one)))
        common = words & _told(best)
        if len(common) >= _LEAST_ADDRESS and 2 * len(common) >= min(len(words), len(_told(best))):
            yield Feature("same_address", BESIDE["same_address"], asked.address, best)
        elif len(common) < _LEAST_ADDRESS:
            yield Feature("other_address", BESIDE["other_address"], asked.address, best)


def _told(address: str) -> frozenset[str]:
    text = simplified(address) if has_han(address) else address
    return frozenset(_WORD.findall(" ".join(all_words(text))))


def _identifiers(asked: Asked, entry: ListEntry) -> Iterator[Feature]:
    held = {one.kind: one.value for one in entry.identifiers}
    for one in asked.identifiers:
        if one in entry.identifiers:
            yield Feature("same_identifier", FOUND["same_identifier"], one.value, one.value)
        elif one.kind in held and one.kind in _COMPARED_KINDS:
            yield Feature("other_identifier", BESIDE["other_identifier"], one.value, held[one.kind])


def tells_apart(asked: Asked, written: str, entry: ListEntry) -> tuple[TellsApart, ...]:
    """Returns what would tell whether a party is an entry, the most telling first: what the entry has and it lacks.

    Args:
        asked: The party.
        written: The name found in its text.
        entry: The entry.
    """
    given = {one.kind for one in asked.identifiers}
    found: list[TellsApart] = []
    if any(one.kind not in given for one in entry.identifiers):
        found.append("identifier")
    if entry.addresses and not asked.address:
        found.append("address")
    if entry.born:
        found.append("born")
    if entry.countries and not asked.country:
        found.append("country")
    own = any(has_han(one.text) or has_kana(one.text) for one in entry.names)
    if own != (has_han(written) or has_kana(written)) and (own or any(one.text.isascii() for one in entry.names)):
        found.append("own_script")
    if entry.websites:
        found.append("website")
    if not asked.owner:
        found.append("owner")
    return tuple(found)
