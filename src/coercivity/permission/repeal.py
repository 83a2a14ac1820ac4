"""The rulebook without some clauses, used to compute the cost of a clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coercivity.base.canonical import sha256
from coercivity.base.errors import Faults, nearest
from coercivity.law.rules.load import aliases
from coercivity.law.rules.rulebook import Rule, Rulebook, facts_in_rules, make_rules

ALL = "all"


def taken_out(book: Rulebook, names: Iterable[str]) -> frozenset[str]:
    """Returns the ids of the provisions that names refer to.

    Args:
        book: The rulebook.
        names: Ids of provisions with an effect, ids, aliases or numbers of instruments, or `all`.

    Raises:
        CoercivityError: With every name that is not found, and the nearest names.
    """
    by_alias, faults, found = aliases(book.instruments), Faults(), set[str]()
    clauses = {rule.id for rule in book.rules}
    for name in sorted(set(names)):
        if name == ALL:
            found |= clauses
        elif name in clauses:
            found.add(name)
        elif name in by_alias:
            found |= {rule.id for rule in book.rules if rule.instrument.id == by_alias[name]}
        else:
            close = nearest(name, {*clauses, *by_alias})
            what = f"clause or instrument {name[:60]!r} not found"
            faults.add(
                "CLAUSE-UNKNOWN", what, where=name[:60], nearest=close, next="`coercivity rules list` lists them"
            )
    faults.raise_if_any()
    return frozenset(found)


def without_clauses(book: Rulebook, names: Iterable[str]) -> Rulebook:
    """Returns the rulebook without some clauses; all other clauses are unchanged.

    A clause that only qualifies removed clauses, or depends on them, is removed too.

    Args:
        book: The rulebook, with or without user-supplied notices.
        names: Ids of provisions, instruments, or `all`.

    Raises:
        CoercivityError: With every name that is not found.

    Source: docs/permission.md.
    """
    out = taken_out(book, names)
    if not out:
        return book
    out = _and_what_hangs_on_it(book, out)
    kept = {
        name: entry.model_copy(update={"provisions": [p for p in entry.provisions if p.id not in out]})
        for name, entry in book.instruments.items()
    }
    rules = make_rules(kept, {rule.id: (rule.item, rule.when) for rule in book.rules}, book.evaluator)
    # The rulebook keeps the whole instruments, so that events, party lists and texts are unchanged.
    whole = tuple(replace(rule, instrument=book.instruments[rule.instrument.id]) for rule in rules)
    mark = sha256([book.content_hash, *sorted(out)])
    return replace(book, rules=whole, rule_facts=facts_in_rules(whole), content_hash=mark)


def _and_what_hangs_on_it(book: Rulebook, out: frozenset[str]) -> frozenset[str]:
    gone = {rule.rank for rule in book.rules if rule.id in out}
    while more := {rule.rank for rule in book.rules if rule.rank not in gone and _hangs(rule, gone)}:
        gone |= more
    return frozenset(book.rules[rank].id for rank in gone)


def _hangs(rule: Rule, gone: set[int]) -> bool:
    """Returns whether everything a rule qualifies, or everything it depends on, is removed."""
    named = not isinstance(rule.provision.qualifies, str)
    return any(ranks and gone.issuperset(ranks) for ranks in (rule.bears_on if named else (), rule.only_where))
