"""Facts of a deal that depend on its date, such as a listed owner's share according to an ownership file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from coercivity.base.days import Day
from coercivity.base.exact import Interval
from coercivity.data.values import FactValue

CONFLICT_NEXT = "correct the fact or the file; omit the fact to take it from the file"


class DatedFact(NamedTuple):
    """A fact that holds on a day, with its source.

    Attributes:
        value: The value.
        said_by: Its source.
        open: Whether the value only bounds the fact: it contradicts what lies outside, but answers no question.
    """

    value: FactValue
    said_by: str
    open: bool = False


class DatedFacts(Protocol):
    """A source of such facts."""

    def on(self, day: Day) -> Mapping[str, DatedFact]:
        """Returns the facts that hold on a day."""
        ...


class Merged(NamedTuple):
    """Facts of a deal together with those that hold on its date.

    Attributes:
        facts: All facts.
        said_by: The source of each.
        against: Stated facts that the other source contradicts, each with the contradiction; they are kept as stated.
        left_open: Source of each fact that is bounded but not answered.
    """

    facts: dict[str, FactValue]
    said_by: dict[str, str]
    against: dict[str, str]
    left_open: dict[str, str]


def merged(
    facts: Mapping[str, FactValue], said_by: Mapping[str, str], dated: Mapping[str, DatedFact], own: str
) -> Merged:
    """Returns facts together with dated ones.

    A declaration for a whole file gives way to what is known of the parties of the deal, also where less is known than
    declared. What the deal itself states stays, and is contradicted where the two cannot both be true. An open fact
    leaves its question unanswered.

    Args:
        facts: Facts of the deal.
        said_by: Source of each.
        dated: The facts that hold on its date.
        own: Source of what the deal itself states.
    """
    found = Merged(dict(facts), dict(said_by), {}, {})
    for name, one in dated.items():
        stated = facts.get(name)
        declared = stated is not None and said_by.get(name, own) != own
        if stated is not None and _agree(stated, one.value) and not (declared and _leaves_open(one.value, stated)):
            continue
        if one.open and (stated is None or declared):
            found.facts.pop(name, None)
            found.said_by.pop(name, None)
            found.left_open[name] = one.said_by
        elif stated is None or declared:
            instead = f", instead of {said_by[name]}" if stated is not None else ""
            found.facts[name], found.said_by[name] = one.value, f"{one.said_by}{instead}"
        else:
            what = (
                f"{name} is {_text(stated)}, but {_text(one.value)} according to the {one.said_by.partition(': ')[0]}"
            )
            found.against[name] = what
    return found


def _agree(stated: FactValue, found: FactValue) -> bool:
    if isinstance(stated, Interval) and isinstance(found, Interval):
        return stated.low <= found.high and found.low <= stated.high
    return stated == found


def _leaves_open(found: FactValue, stated: FactValue) -> bool:
    """Returns whether a value found may be outside the one stated."""
    if isinstance(stated, Interval) and isinstance(found, Interval):
        return found.low < stated.low or stated.high < found.high
    return False


def _text(value: FactValue) -> str:
    if not isinstance(value, Interval):
        return str(value)
    text = value.text()
    return text if isinstance(text, str) else " to ".join(text)
