"""How much of the use China withholds over the scenarios of a mix: what tells one set of stops from another."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.firm.mix.model import MixCase, MixScenario
from coercivity.firm.mix.plans import rounded

_NONE = 1e-9


@dataclass(frozen=True, slots=True)
class Withheld:
    """Use that is not let out, without filing ahead, all items together by mass.

    Attributes:
        chance: Chance that some of it is withheld in some month.
        mean_months: Mean over the scenarios of the use withheld, in months of use [months].
        worst_share: Largest share withheld in one month of one scenario.
    """

    chance: float
    mean_months: float
    worst_share: float


def withheld(case: MixCase) -> Withheld:
    """Returns how much of the use China withholds over the scenarios of a case.

    Args:
        case: What a mix is chosen from.
    """
    shares = [(scenario.probability, _by_month(case, scenario)) for scenario in case.scenarios]
    chance = total(probability for probability, months in shares if total(months) > _NONE)
    mean = total(probability * total(months) for probability, months in shares)
    worst = max((share for _, months in shares for share in months), default=0.0)
    return Withheld(rounded(chance), rounded(mean), rounded(worst))


def _by_month(case: MixCase, scenario: MixScenario) -> list[float]:
    """Returns the share of the use of each month that is withheld; 0 for a month without use."""
    found = []
    for month in range(case.months):
        use = total(item.use_t[month] for item in case.items)
        kept = total(item.use_t[month] * (1.0 - scenario.open_share[item.item][month]) for item in case.items)
        found.append(kept / use if use > 0.0 else 0.0)
    return found
