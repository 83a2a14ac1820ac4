"""The facts of many rows as the rules of one law read them, out of those of all jurisdictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coercivity.batches.stage.column import joined
from coercivity.batches.stage.facts import UNREAD, Facts, derived_columns, judged_columns
from coercivity.data.values import FactValue
from coercivity.law.engine.jurisdictions import ASSUMED, unread_abroad
from coercivity.law.rules.rulebook import Rulebook


def facts_within(book: Rulebook, facts: Facts) -> Facts:
    """Returns the facts of many rows without those that only other jurisdictions ask for.

    Args:
        book: The rulebook on China.
        facts: The facts, read with those of all jurisdictions.
    """
    return replace(
        facts,
        given={name: column for name, column in facts.given.items() if name in book.catalogue},
        constants={name: said for name, said in facts.constants.items() if name in book.catalogue},
        judged={name: column for name, column in facts.judged.items() if name in book.catalogue},
        judged_constants={name: value for name, value in facts.judged_constants.items() if name in book.catalogue},
    )


def facts_abroad(book: Rulebook, facts: Facts, scenarios: Mapping[str, FactValue]) -> Facts:
    """Returns the facts of many rows as the rules of another jurisdiction read them; `deal_abroad` for one deal.

    Args:
        book: The rulebook on the other jurisdiction.
        facts: The facts, read with those of all jurisdictions.
        scenarios: What is assumed to have become of a rule, by fact.
    """
    constants = {name: said for name, said in facts.constants.items() if name in book.catalogue}
    constants |= {name: (value, ASSUMED) for name, value in scenarios.items()}
    given = {name: c for name, c in facts.given.items() if name in book.catalogue and name not in scenarios}
    derived = {name: column for name, column in derived_columns(given, constants) if name in book.catalogue}
    judged, judged_constants = judged_columns(book, given, derived, constants)
    unread = facts.unread
    if unread is not None:
        unread = joined(UNREAD, [unread], lambda names: (unread_abroad(names, book), ""))
    return Facts(
        rows=facts.rows,
        given=given,
        constants=constants,
        derived=derived,
        judged=judged,
        judged_constants=judged_constants,
        unread=unread if unread is not None and any(unread.values) else None,
        names=None,
        against=None,
        lists={},
        search=None,
        screened=(),
        party_lists=(),
    )
