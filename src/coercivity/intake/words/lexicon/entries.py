"""The lexicon: terms of the trade, what each states, and how strongly, from the pack or from a file of the user."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast, get_args

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.catalogue import MORE, FactCatalogue
from coercivity.data.values import FactValue
from coercivity.intake.words.results import Strength

Role = Literal[
    "item",  # names goods: magnet, rotor, sintering furnace
    "family",  # a magnet family: NdFeB, SmCo
    "shape",  # turns a family or a grade into a magnet: segment, sintered block
    "substance",  # oxide, metal, carbonate: closes over the elements beside it
    "carrier",  # holds know-how: recipe, drawing, parameters, flowsheet, software
    "teach",  # passes know-how: training, plant tour, log-in
    "service",  # work on a line or plant: commissioning, repair
    "person",  # work of persons: hired, consultant, secondment
    "publish",  # discloses to the public: paper, open repository
    "support",  # serves the deal of another: customs broker, letter of credit
    "check",  # inspection by a foreign authority
    "route",  # how goods move: re-sale, transit, bonded zone, fair, return after repair
    "process",  # a process step, with its stage: sintering, solvent extraction
    "site",  # a line, plant or machine that is worked on
    "people",  # who comes: engineer, fitter, operators, delegation
    "attribute",  # a property of the item: moulded, with shaft, calcined
    "use",  # an end use: drone, missile
    "other_item",  # looks like a controlled item and is not: magnetic stirrer, solenoid valve
    "neutral",  # understood and without meaning for the rules: pcs, please, nickel-plated
    "denial",  # without, no, free
    "purpose_after",  # what follows is the purpose: for
    "purpose_before",  # what precedes is the purpose: 用
    "holding",  # what follows is part of the item: with, containing
    "joiner",  # joins two items: and, plus
    "element",  # a chemical element, by name or symbol
    "partner",  # an alloy element that is not a rare earth
]
CUES = ("act", "stage", "part_of", "machine", "element", "people", "weak", "kind")
COLUMNS = ("terms", "lang", "role", "states", "cues", "strength", "reason")
TERM_LANGS = ("en", "de", "zh", "ja", "any")
LONGEST_TERM, MOST_TERMS = 80, 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon.

    Attributes:
        terms: Words that mean the same.
        role: Function of the words in a text.
        states: Facts that they state.
        cues: What they say besides: `stage` of the process, `act`, `element` (joined by +), `part_of` a kind of
            machine, `people` with their country, `weak` for a word that means this only beside others, `kind`: `alloy`
            or `target`
            of a substance, `remote` of a service, `work` of one that persons do on a machine, `visit` of a lesson,
            `supply` of a word that says that goods are delivered, `zone` of a bonded zone; of a carrier `product` if it
            describes a product and not its making (a
            datasheet), `container` if it holds files, `settings` if it is know-how when named with its process.
        strength: How strongly.
        where: File and line.
        reason: Why, or the source.
    """

    terms: tuple[str, ...]
    lang: str
    role: Role
    states: Mapping[str, FactValue] = field(default_factory=dict)
    cues: Mapping[str, str] = field(default_factory=dict)
    strength: Strength = "stated"
    where: str = ""
    reason: str = ""


def read_entries(catalogue: FactCatalogue, text: str, name: str, faults: Faults) -> list[Entry]:
    """Reads a lexicon: CSV with the columns `terms`, `lang`, `role`, `states`, `cues`, `strength`, `reason`.

    Terms are separated by `|`. `states` are facts such as `form=magnet; elements=Nd+...`, checked by the catalogue;
    a set that ends in `...` may have more members. `cues` have the same form.

    Args:
        catalogue: Facts and their values.
        text: Content of the file.
        name: Its name, for messages.
        faults: Collects every error, with its line.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    names = tuple(rows.fieldnames or ())
    if not {"terms", "role"} <= set(names) or not set(names) <= set(COLUMNS):
        wrong = ", ".join(brief_value(n) for n in names if n not in COLUMNS) or "a column is missing"
        faults.add("WORDS-COLUMNS", f"unexpected columns: {wrong}", where=name, next=f"columns: {', '.join(COLUMNS)}")
        return []
    found: list[Entry] = []
    for row in rows:
        where = f"{name}:{rows.line_num}"
        entry = _entry(catalogue, {key: (value or "").strip() for key, value in row.items() if key}, where, faults)
        if entry is not None:
            found.append(entry)
        if len(found) > MOST_TERMS:
            faults.add("WORDS-SIZE", f"more than {MOST_TERMS:,} lines", where=name, next="split the file")
            break
    return found


def _entry(catalogue: FactCatalogue, row: Mapping[str, str], where: str, faults: Faults) -> Entry | None:
    before = len(faults.items)
    terms = tuple(term for part in row["terms"].split("|") if (term := " ".join(part.split())))
    role, lang, strength = row["role"], row.get("lang") or "any", row.get("strength") or "stated"
    if not terms or any(len(term) > LONGEST_TERM for term in terms):
        faults.add("WORDS-TERM", "a line needs terms of 1 to 80 characters", where=where, next="write term|term")
    for value, allowed, what in (
        (role, get_args(Role), "role"),
        (lang, TERM_LANGS, "lang"),
        (strength, get_args(Strength), "strength"),
    ):
        if value not in allowed:
            faults.add(
                "WORDS-VALUE",
                f"{brief_value(value)!r} is not a {what}",
                where=where,
                nearest=nearest(value[:40], allowed),
            )
    cues = dict(_pairs(row.get("cues", ""), where, faults))
    for cue in cues:
        if cue not in CUES:
            faults.add(
                "WORDS-VALUE", f"{brief_value(cue)!r} is not a cue", where=where, nearest=nearest(cue[:40], CUES)
            )
    states: dict[str, FactValue] = {}
    for fact, raw in _pairs(row.get("states", ""), where, faults):
        spec = catalogue.get(fact)
        listed = spec is not None and spec.type == "set"
        several = [] if raw == "[]" else raw.split("+")
        parsed = catalogue.parse(fact, several if listed else raw, where=where, faults=faults)
        if parsed is not None:
            states[fact] = parsed
    if len(faults.items) > before:
        return None
    return Entry(terms, lang, cast(Role, role), states, cues, cast(Strength, strength), where, row.get("reason", ""))


def _pairs(text: str, where: str, faults: Faults) -> Iterator[tuple[str, str]]:
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            faults.add(
                "WORDS-FORM",
                f"{brief_value(part)!r} is not of the form name=value",
                where=where,
                next="write form=magnet; stage=none",
            )
        else:
            yield name.strip(), value.strip()


def elements_of(entry: Entry) -> tuple[str, ...]:
    """Returns the elements that the words name or imply."""
    return tuple(part for part in entry.cues.get("element", "").split("+") if part and part != MORE)


def merged(user: Iterable[Entry], pack: Iterable[Entry]) -> list[Entry]:
    """Returns all entries, those of the user first."""
    return [*user, *pack]
