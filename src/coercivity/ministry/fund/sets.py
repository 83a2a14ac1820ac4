"""A set of funded projects: what it is worth, what of that is interaction, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.sums import total
from coercivity.ministry.fund.valued import ByPath, Offer, Valued


@dataclass(frozen=True, slots=True)
class FundedSet:
    """Projects, each with the instrument that funds it.

    Attributes:
        projects: Positions of the projects, in order.
        offers: Positions of the offers that fund them, in the same order.
    """

    projects: tuple[int, ...] = ()
    offers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SetFigures:
    """Figures of a set [MUSD].

    Attributes:
        value_musd: Value by path: the values of its projects and the interaction of each pair.
        interaction_musd: Interaction by path.
        held_musd: What counts against the budget, by path.
        mean_cost_musd: Mean expected cost.
    """

    value_musd: ByPath
    interaction_musd: ByPath
    held_musd: ByPath
    mean_cost_musd: Fraction


def figures(case: Valued, chosen: FundedSet) -> SetFigures:
    """Returns the figures of a set.

    Args:
        case: The projects.
        chosen: The set.
    """
    places = range(len(case.paths))
    inside = list(pairs_inside(case, chosen.projects))
    offers = [case.offers[at] for at in chosen.offers]
    between = tuple(total(each[place] for each in inside) + Fraction(0) for place in places)
    alone = [total(case.value_musd[project][place] for project in chosen.projects) for place in places]
    return SetFigures(
        tuple(one + more for one, more in zip(alone, between, strict=True)),
        between,
        held(case, offers),
        total(offer.mean_musd for offer in offers) + Fraction(0),
    )


def pairs_inside(case: Valued, projects: Sequence[int]) -> Iterator[ByPath]:
    """Yields the interaction by path of each pair of projects of a set [MUSD]."""
    chosen = frozenset(projects)
    return (by_path for (one, other), by_path in case.pairs_musd.items() if one in chosen and other in chosen)


def held(case: Valued, offers: Sequence[Offer]) -> ByPath:
    """Returns what offers together count against a budget, by path [MUSD]."""
    return tuple(total(offer.held_musd[place] for offer in offers) + Fraction(0) for place in range(len(case.paths)))


def keeps(case: Valued, chosen: FundedSet, budget_musd: Fraction) -> bool:
    """Returns whether a set keeps a budget on each path.

    Args:
        case: The projects.
        chosen: The set.
        budget_musd: The budget [MUSD].
    """
    return all(cost <= budget_musd for cost in held(case, [case.offers[at] for at in chosen.offers]))
