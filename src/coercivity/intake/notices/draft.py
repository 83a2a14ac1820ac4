"""The values that a draft of a notice uses, clause by clause: days, instruments, codes, conditions, effects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coercivity.intake.notices.said import values_of
from coercivity.law.rules.model import NO_EFFECT, Event, Provision
from coercivity.law.rules.overlay import Overlay
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import Comparison, Not, Tree, Use, comparisons_of

HEAD = ""  # the clause of what the head of a draft states
_SILENT = frozenset((NO_EFFECT, "unknown", "duty", "obligation"))
_TARIFF = re.compile(r"\d{4}(?:\.?\d{2}){1,3}")
_DAYS_OF_HEAD = ("issued", "published", "effective")


@dataclass(frozen=True, slots=True)
class DraftValue:
    """One value that a draft uses.

    Attributes:
        clause: Id of the clause, `changes[1]` for the first change of other instruments, blank for the head.
        field: Its place: `published`, `events[1].ends`, `item`, `when`, `control_codes`.
        name: What it is, as in `Said.name`; `clause` for a clause, `condition` for a named condition.
        value: The value, as the draft writes it.
        unit: Unit of a number of the catalogue; blank otherwise.
    """

    clause: str
    field: str
    name: str
    value: str
    unit: str = ""


def draft_values(book: Rulebook, overlay: Overlay) -> tuple[DraftValue, ...]:
    """Returns the values of a draft in its order, each once for a clause and a field.

    What a draft need not say, and what follows from another key of it, is left out: the author of its events, the day
    of their publication if it is that of the draft, which of its own clauses one bears on.

    Args:
        book: The rulebook with the draft, for its conditions.
        overlay: The draft.
    """
    if overlay.instrument is None:
        return ()
    own = overlay.instrument
    found: list[DraftValue] = []
    if re.fullmatch(r"\d{4}/\d{1,3}", own.number):
        found.append(DraftValue(HEAD, "number", "instrument", own.number))
    for key in _DAYS_OF_HEAD:
        day = getattr(own, key)
        if day is not None:
            found.append(DraftValue(HEAD, key, "day", day.isoformat()))
    skipped = "" if own.published is None else own.published.isoformat()
    for number, event in enumerate(own.events, 1):
        found += _of_event(HEAD, f"events[{number}]", event, skipped)
    for number, change in enumerate(overlay.changes, 1):
        clause = f"changes[{number}]"
        found += [DraftValue(clause, "instruments", "instrument", name) for name in change.instruments]
        for place, event in enumerate(change.events, 1):
            found += _of_event(clause, f"events[{place}]", event, skipped)
    clauses = {provision.id for provision in own.provisions}
    for provision in own.provisions:
        found += (one for one in _of_clause(book, provision) if one.name != "clause" or one.value not in clauses)
    return tuple(dict.fromkeys(found))


def _of_event(clause: str, place: str, event: Event, skipped: str) -> Iterator[DraftValue]:
    if event.type not in ("publication", "policy_statement"):
        yield DraftValue(clause, f"{place}.type", "event", event.type)
    for key in ("published", "effective", "ends"):
        day = getattr(event, key)
        if day is not None and (key != "published" or day.isoformat() != skipped):
            yield DraftValue(clause, f"{place}.{key}", "day", day.isoformat())


def _of_clause(book: Rulebook, provision: Provision) -> Iterator[DraftValue]:
    name = provision.id
    if provision.effect not in _SILENT:
        yield DraftValue(name, "effect", "effect", provision.effect)
    for key in ("effective_from", "effective_to"):
        day = getattr(provision, key)
        if day is not None:
            yield DraftValue(name, key, "day", day.isoformat())
    for track in provision.track:
        yield DraftValue(name, "track", "track", track)
    for code in provision.control_codes:
        yield DraftValue(name, "control_codes", "control_code", code)
    for key in ("qualifies", "only_where"):
        named = getattr(provision, key)
        for one in named if isinstance(named, list) else ():
            kind = "clause" if book.provision(one) is not None else "instrument"
            yield DraftValue(name, key, kind, one)
    rule = book.rule(name)
    for field, tree in (("item", rule.item), ("when", rule.when)) if rule is not None else ():
        if tree is not None:
            yield from _of_tree(book, name, field, tree)
    for number in _tariff_numbers(provision.details):
        yield DraftValue(name, "details", "tariff_number", number)


def _of_tree(book: Rulebook, clause: str, field: str, tree: Tree) -> Iterator[DraftValue]:
    """Yields the comparisons of a condition; of a named condition its name alone, as its parts are the rulebook's."""
    if isinstance(tree, Comparison):
        yield from _of_comparison(book, clause, field, tree)
    elif isinstance(tree, Use):
        yield DraftValue(clause, field, "condition", tree.name)
    elif isinstance(tree, Not):
        yield from _of_tree(book, clause, field, tree.part)
    else:
        for part in tree.parts:
            yield from _of_tree(book, clause, field, part)


def _of_comparison(book: Rulebook, clause: str, field: str, one: Comparison) -> Iterator[DraftValue]:
    spec = book.catalogue[one.fact]
    if spec.scenario:
        return  # what became of a rule is a question of planning; no notice says it
    values = one.wanted if isinstance(one.wanted, tuple) else values_of(one.wanted)
    for value in values:
        yield DraftValue(clause, field, one.fact, value, spec.unit if spec.type == "number" else "")


def parts_of(book: Rulebook, condition: str) -> tuple[DraftValue, ...]:
    """Returns the values that a named condition compares with."""
    tree = book.definitions[condition]
    return tuple(value for one in comparisons_of(tree) for value in _of_comparison(book, "", condition, one))


def _tariff_numbers(details: object) -> Iterator[str]:
    """Yields the tariff numbers in the details of a clause, digits only."""
    if isinstance(details, Mapping):
        for key, value in details.items():
            yield from _tariff_numbers(key)
            yield from _tariff_numbers(value)
    elif isinstance(details, list):
        for value in details:
            yield from _tariff_numbers(value)
    elif isinstance(details, str) and _TARIFF.fullmatch(details):
        yield details.replace(".", "")
