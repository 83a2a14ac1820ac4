"""Items whose stops come independently of each other: a choice of the reader, off by default.

All licences come from one authority, so a scenario holds for all items together. Taken as independent, stops rarely
strike all at once and the bad end looks better than it is; an answer from such a case must say so in its heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from coercivity.base.errors import Argument, CoercivityError
from coercivity.firm.mix.model import MixCase, MixScenario

MOST = 10_000


def independent(case: MixCase, apart: Sequence[str]) -> MixCase:
    """Returns the case with a scenario of its own for each of these items and one for all others together.

    Probabilities are multiplied. A second source has the least share of those of its scenarios, for it may serve any of
    the items.

    Args:
        case: The case with one authority.
        apart: Items that are independent of each other and of the rest.

    Raises:
        CoercivityError: If there is no such item, or there would be too many scenarios.
    """
    names = [item.item for item in case.items]
    for item in apart:
        if item not in names:
            what, do = f"there is no grade {item!r}", "name one of its grades"
            raise CoercivityError.of("ARGUMENT", what, where=Argument("independent"), nearest=names, next=do)
    rest = tuple(name for name in names if name not in apart)
    groups = [*([rest] if rest else []), *((item,) for item in dict.fromkeys(apart))]
    if any(scenario.index != case.scenarios[0].index for scenario in case.scenarios):
        what = "prices differ between scenarios, so that scenarios of single grades cannot be joined"
        do = "leave the sheet Price paths or the draws out, or take all grades together"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("independent"), next=do)
    if len(case.scenarios) ** len(groups) > MOST:
        what = f"{len(case.scenarios)} scenarios for each of {len(groups)} groups are more than {MOST} together"
        raise CoercivityError.of("ARGUMENT", what, next="make fewer items independent")
    return replace(case, scenarios=tuple(_joined(each, groups) for each in product(case.scenarios, repeat=len(groups))))


def _joined(each: tuple[MixScenario, ...], groups: Sequence[tuple[str, ...]]) -> MixScenario:
    """Returns one scenario a group as one scenario of all."""
    probability = 1.0
    for one in each:
        probability *= one.probability
    pairs = [(one, item) for one, items in zip(each, groups, strict=True) for item in items]
    return MixScenario(
        scenario=" x ".join(one.scenario for one in each),
        probability=probability,
        open_share={item: one.open_share[item] for one, item in pairs},
        open_share_if_filed={item: one.open_share_if_filed[item] for one, item in pairs},
        second_source_share=min(one.second_source_share for one in each),
        index=each[0].index,
    )
