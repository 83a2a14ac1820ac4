"""Limits that no plan keeps together: the smallest sets that clash, and the least change of each that helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from coercivity.base.linear import INF
from coercivity.base.sums import total
from coercivity.firm.mix.choose import possible, search
from coercivity.firm.mix.extensive import Extensive
from coercivity.firm.mix.model import MixCase
from coercivity.firm.mix.plans import rounded

# With more limits than this the caps of stock are one limit, named stock_cap.
MANY = 12
LOST = "lost_line_days"


@dataclass(frozen=True, slots=True)
class LeastChange:
    """The least change of one limit that helps, with the others as they are.

    Attributes:
        limit: Name of the limit.
        now: The limit as given.
        needed: The least value with which some plan keeps all limits.
        options: Options of that plan.
    """

    limit: str
    now: float
    needed: float
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Why no plan keeps all limits.

    Attributes:
        sets: Smallest sets of limits that no plan keeps together: without any one of its limits each can be kept.
        changes: Least change of each limit that helps alone.
        no_help: Limits of these sets that do not help alone, however wide, for another set still clashes.
    """

    sets: tuple[tuple[str, ...], ...]
    changes: tuple[LeastChange, ...]
    no_help: tuple[str, ...]


def clash(case: MixCase) -> Clash | None:
    """Returns why no plan keeps all limits, or None if one does."""
    built = Extensive.of(case)
    limits = [name for name, most in built.most.items() if most < INF]
    if _possible(built, limits):
        return None
    sets = tuple(_smallest(built, limits))
    clashing = _names((name for each in sets for name in each), limits)
    changes = [_least(built, name) for name in clashing]
    none = tuple(name for name, change in zip(clashing, changes, strict=True) if change is None)
    return Clash(sets, tuple(one for one in changes if one is not None), none)


def _keep(built: Extensive, names: Iterable[str]) -> None:
    """Keeps these limits and leaves the others out."""
    kept = set(names)
    for name, most in built.most.items():
        built.limit(name, most if name in kept else INF)


def _possible(built: Extensive, names: Iterable[str]) -> bool:
    """Returns whether some plan keeps these limits.

    No options and no stock keep all but that on lost line-days, and storage where what is in hand is more than that.
    """
    kept = list(names)
    filled = total(item.in_hand_t for item in built.case.items) > built.most["storage"]
    if LOST not in kept and not (filled and "storage" in kept):
        return True
    _keep(built, kept)
    return possible(built)


def _smallest(built: Extensive, limits: list[str]) -> list[tuple[str, ...]]:
    """Returns the sets of limits that clash and of which no part clashes, smaller sets first.

    Larger sets are looked at first: whatever is part of a set that can be kept can be kept, too.
    """
    groups = _groups(limits)
    kept: list[set[str]] = []
    found: list[tuple[str, ...]] = []
    for size in range(len(groups), 0, -1):
        for names in combinations(groups, size):
            here = set(names)
            if any(here <= each for each in kept) or any(set(each) <= here for each in found):
                continue
            if _possible(built, _names(names, limits)):
                kept.append(here)
            else:
                found.append(_least_clash(built, names, limits))
    places = {name: place for place, name in enumerate(groups)}
    return sorted(found, key=lambda names: (len(names), [places[name] for name in names]))


def _groups(limits: list[str]) -> list[str]:
    """Returns the limits, with the caps of stock as one if there are many."""
    return limits if len(limits) <= MANY else list(dict.fromkeys(name.partition(":")[0] for name in limits))


def _names(groups: Iterable[str], limits: list[str]) -> list[str]:
    kept = set(groups)
    return [name for name in limits if name in kept or name.partition(":")[0] in kept]


def _least_clash(built: Extensive, groups: tuple[str, ...], limits: list[str]) -> tuple[str, ...]:
    """Returns a part of a clash of which no part clashes: each limit is left out where the rest still clashes."""
    left = list(groups)
    for group in groups:
        rest = [each for each in left if each != group]
        if not _possible(built, _names(rest, limits)):
            left = rest
    return tuple(left)


def _least(built: Extensive, name: str) -> LeastChange | None:
    """Returns the least change of a limit with the others as they are, or None if it does not help."""
    _keep(built, (each for each in built.most if each != name))
    built.weigh_limit(name)
    found = search(built)
    if not found:
        return None
    needed, choice = found[0]
    options = tuple(option.option for option, one in zip(built.case.options, choice, strict=True) if one)
    return LeastChange(name, built.most[name], rounded(needed), options)
