"""The two sets on which name screening is measured: the public one in a file, and one that is made here.

Each case is a party to be screened, the verdict it deserves, and the entries it may be.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks._name_kana import TRADES_IN_KANA, of_japanese, of_loanword
from benchmarks._name_lists import Made, lei, made_list, made_parties, uscc
from benchmarks._name_scripts import half_in_english, of_chinese, of_korean
from benchmarks._name_variants import Expected, Variant, of_firm, without_form
from benchmarks._person_variants import of_person
from benchmarks._unlisted import neighbours, unlisted
from coercivity.data.parties.listed import Identifier, ListEntry, NamedList
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.intake.parties.results import Asked
from coercivity.law.rules.load import load_rulebook

SETS = Path(__file__).parent / "sets"
ONE_IN = 3  # of the variants of made-up parties that are tried


class Case(NamedTuple):
    """A party to be screened.

    Attributes:
        kind: Kind of variant.
        asked: The party.
        expected: The verdict it deserves.
        parties: Entries it may be.
    """

    kind: str
    asked: Asked
    expected: Expected
    parties: frozenset[str]


class NameSet(NamedTuple):
    """Lists, and parties to be screened against them."""

    title: str
    lists: tuple[NamedList, ...]
    cases: tuple[Case, ...]


def public_set() -> NameSet:
    """Returns the set of the file, against the built-in lists."""
    rows = csv.DictReader((SETS / "names.csv").read_text(encoding="utf-8").splitlines(keepends=True))
    expected: dict[str, Expected] = {"match": "match", "possible": "possible", "none": "none"}
    cases = tuple(
        Case(
            row["kind_of_variant"],
            Asked(row["query"]),
            expected[row["expected"]],
            frozenset(filter(None, row["party_id"].split(";"))) if row["expected"] != "none" else frozenset(),
        )
        for row in rows
    )
    return NameSet("public set", builtin_lists(load_rulebook()), cases)


def _is_person(entry: ListEntry) -> bool:
    return entry.person is True


def of_builtin(lists: Sequence[NamedList]) -> Iterator[tuple[str, Variant]]:
    """Yields variants of the names of the built-in lists as listed in Latin letters and in Chinese signs."""
    seen = set()
    for entry in (entry for one in lists for entry in one.entries):
        for name in (one.text for one in entry.names if one.kind == "name"):
            if (entry.entry_id, name) in seen:
                continue
            seen.add((entry.entry_id, name))
            if not name.isascii():
                yield from ((entry.entry_id, one) for one in of_chinese(name))
            elif _is_person(entry) and " " in name:
                yield from ((entry.entry_id, one) for one in of_person(name))
            else:
                yield from ((entry.entry_id, one) for one in of_firm(name))


def of_made(parties: Sequence[Made]) -> Iterator[tuple[str, Variant]]:
    """Yields variants of the names of made-up parties, by language."""
    for one in parties:
        name, found = one.entry.name, list[Variant]()
        latin = next((other.text for other in one.entry.names if other.text.isascii()), "")
        if one.language == "zh":
            found = [*of_chinese(name, one.head), *half_in_english(name, one.head)]
        elif one.language == "ja":
            found = [*of_japanese(name, one.kana, one.split), *of_firm(latin)]
        elif one.language == "ko":
            found = [*of_korean(name, one.latin, bool(latin))]
        elif one.language == "person":
            found = [*of_person(name)]
        else:
            found = [*of_firm(name, one.head)]
            if one.language == "en":
                trade = next((trade for trade in TRADES_IN_KANA if trade in name), "")
                found += of_loanword(one.head, trade, one.kana)
        yield from ((one.entry.entry_id, variant) for variant in found)


def _sisters(parties: Sequence[Made]) -> dict[str, frozenset[str]]:
    """Returns the parties that share their head with each party."""
    by_head: dict[tuple[str, str], set[str]] = {}
    for one in parties:
        by_head.setdefault((one.language, one.head), set()).add(one.entry.entry_id)
    return {one.entry.entry_id: frozenset(by_head[one.language, one.head]) for one in parties}


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", without_form(name)).casefold()))


def _cases(variants: Iterable[tuple[str, Variant]], lists: Sequence[NamedList]) -> Iterator[Case]:
    """Yields a case for each variant, except those that are the listed name of another party."""
    named: dict[str, set[str]] = {}
    for entry in (entry for one in lists for entry in one.entries):
        for name in entry.names:
            named.setdefault(_plain(name.text), set()).add(entry.entry_id)
    for party, variant in variants:
        owners = named.get(_plain(variant.written))
        if owners is None:
            yield Case(variant.kind, Asked(variant.written), variant.expected, frozenset({party}))
        elif owners == {party}:  # a listed name of its own, so it is certain
            yield Case(variant.kind, Asked(variant.written), "match", frozenset({party}))


def _identified(parties: Sequence[Made]) -> Iterator[Case]:
    """Yields strangers' names with a listed identifier, and with another valid one."""
    for n, one in enumerate(parties):
        if not one.entry.identifiers or n % 5:
            continue
        known = one.entry.identifiers[0]
        other = Identifier(known.kind, (uscc if known.kind == "uscc" else lei)(n + 50_000))
        stranger = "Birkham Motors Ltd" if known.kind == "lei" else "宁波恒达磁业有限公司"
        yield Case("equal identifier", Asked(stranger, identifiers=(known,)), "match", frozenset({one.entry.entry_id}))
        yield Case("other identifier, other name", Asked(stranger, identifiers=(other,)), "none", frozenset())


def unseen_builtin() -> NameSet:
    """Returns variants of the built-in names made here, and unlisted firms."""
    lists = builtin_lists(load_rulebook())
    nobody = frozenset[str]()
    others = [Case("unlisted", Asked(name), "none", nobody) for name in unlisted()]
    others += [Case("unlisted neighbour", Asked(name), "none", nobody) for name in neighbours()]
    return NameSet("built-in lists, variants made here", lists, (*_cases(of_builtin(lists), lists), *others))


def unseen_made() -> NameSet:
    """Returns variants of made-up parties in eight languages, and unlisted firms."""
    parties = made_parties()
    lists = (made_list(parties),)
    sisters = _sisters(parties)
    cases = [
        case._replace(parties=sisters[min(case.parties)]) if case.kind == "sister" else case
        for n, case in enumerate(_cases(of_made(parties), lists))
        if n % ONE_IN == 0
    ]
    others = [Case("unlisted", Asked(name), "none", frozenset[str]()) for name in unlisted()]
    listed = [
        Case("as listed", Asked(name.text), "match", frozenset({one.entry.entry_id}))
        for one in parties
        for name in one.entry.names
    ]
    return NameSet("made-up list, variants made here", lists, (*listed, *cases, *_identified(parties), *others))
