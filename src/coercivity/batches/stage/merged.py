"""What several columns of a table say about the same fact, resolved."""

from __future__ import annotations

from coercivity.batches.stage.column import Column, combined
from coercivity.batches.stage.facts import Stated
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.composition.composition import LISTS_ALL
from coercivity.intake.parties.screening import BESIDE, PARTIES


def united(stated: list[Stated]) -> list[Stated]:
    """Resolves a fact stated differently by two columns.

    Elements are combined, names of parties are all kept, and anything else is left open.
    """
    by_fact: dict[str, list[int]] = {}
    for place, column in enumerate(stated):
        for name in {name for facts in column.facts for name, value in facts.items() if value is not None}:
            by_fact.setdefault(name, []).append(place)
    # A blank composition keeps the elements that a name states, and closes no list.
    blank = [[facts.get("elements", 0) is None for facts in column.facts] for column in stated]
    if by_fact.get("elements"):
        by_fact["elements"] += [p for p, each in enumerate(blank) if any(each) and p not in by_fact["elements"]]
    denied = [
        [facts.get(LISTS_ALL) is False or none for facts, none in zip(column.facts, each, strict=True)]
        for column, each in zip(stated, blank, strict=True)
    ]
    found = []
    for name, places in sorted((name, sorted(places)) for name, places in by_fact.items()):
        if len(places) < 2:
            continue
        said = [zip((facts.get(name) for facts in stated[p].facts), denied[p], strict=True) for p in places]
        columns = [Column(stated[p].role, stated[p].codes, tuple(pairs)) for p, pairs in zip(places, said, strict=True)]
        codes, combinations = combined(columns)
        merged = [_merged(name, [c.values[v] for c, v in zip(columns, entry, strict=True)]) for entry in combinations]
        found.append(
            Stated(
                stated[places[-1]].role,
                codes.astype("int64"),
                [_left(name) if value is None else {name: value} for value, _ in merged],
                [conflict for _, conflict in merged],
            )
        )
        for place in places:
            column = stated[place]
            without = [
                {n: v for n, v in facts.items() if n != name or (v is None and n != "elements")}
                for facts in column.facts
            ]
            stated[place] = Stated(column.role, column.codes, without, column.unread)
    return found


def _left(name: str) -> dict[str, FactValue | None]:
    """Returns what columns say about a fact that they leave open: of elements that no declaration fills them."""
    return {name: None} if name == "elements" else {}


def _merged(name: str, stated: list[tuple[FactValue | None, bool]]) -> tuple[FactValue | None, bool]:
    """Returns what several columns say about one fact, and whether they contradict each other.

    Args:
        name: The fact.
        stated: What each column says, and whether its cell denies being a complete list.
    """
    given = [value for value, _ in stated if value is not None]
    opened = name == "elements" and any(value is None and blank for value, blank in stated)
    if not given or (not opened and all(value == given[0] for value in given)):
        return (given[0] if given else None), False
    if name in PARTIES:
        return BESIDE.join(dict.fromkeys(map(str, given))), False
    if name != "elements":
        return None, True
    sets = [value for value in given if isinstance(value, SetValue)]
    has = frozenset().union(*(value.has for value in sets))
    if any(value.holds(element) is False for value in sets for element in has):
        return None, True
    lacks = frozenset().union(*(value.lacks for value in sets))
    # A truncated composition says more about an item than a name, which would close the list.
    part = any(denied for _, denied in stated)
    complete = not part and any(value.complete for value in sets)
    return (SetValue(has, lacks, complete=complete) if has or lacks or complete else None), False
