"""Made-up cases of a mix by seed, small enough for the long way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario


def made_up(
    seed: int,
    *,
    shared: bool,
    scenarios: int = 12,
    items: int = 2,
    months: int = 6,
    limited: bool = False,
    in_hand: bool = False,
) -> MixCase:
    """Returns a case; with `shared` its options serve several items or replace one by another.

    With `in_hand` it is the same case with up to 14 t of each item in hand.
    """
    rng = np.random.default_rng([seed, shared, scenarios])
    names = [f"G{place}" for place in range(items)]
    made = tuple(
        MixItem(
            name,
            "heavy",
            tuple(float(x) for x in rng.integers(0, 12, months)),
            float(rng.uniform(5.0, 30.0)),
            float(rng.uniform(40.0, 250.0)),
            None if rng.random() < 0.3 else float(rng.integers(4, 30)),
        )
        for name in names
    )
    options = _options(rng, names, shared)
    limits = MixLimits(
        None if rng.random() < 0.3 else float(rng.integers(300, 1200)),
        None if rng.random() < 0.5 else float(rng.integers(15, 60)),
        float(rng.integers(60, 200)) if limited else None,
    )
    if in_hand:
        own = np.random.default_rng([seed, shared, items])
        made = tuple(replace(item, in_hand_t=float(own.integers(0, 15))) for item in made)
    return MixCase(
        made,
        options,
        _scenarios(rng, names, scenarios, months),
        limits,
        months,
        sea_months=int(rng.integers(0, 3)),
        discount_per_month=float(rng.choice([0.0, 0.01])),
        left_over_worth_share=float(rng.choice([0.0, 0.5])),
        alpha=float(rng.choice([0.8, 0.9])),
        months_late=int(rng.choice([0, 0, 1])),
    )


def _options(rng: np.random.Generator, names: list[str], shared: bool) -> tuple[MixOption, ...]:
    def served() -> tuple[str, ...]:
        return tuple(names) if shared else (str(rng.choice(names)),)

    found = [
        MixOption("second", "second_source", 150.0, int(rng.integers(0, 3)), 3.0, 28.0, served()),
        MixOption("air", "air", 40.0, 0, 4.0, float(rng.choice([9.0, 60.0])), served()),
        MixOption("recycling", "recycling", 20.0, int(rng.integers(0, 3)), 1.5, 8.0, served()[:1]),
        MixOption("contract", "contract", 30.0, 1, 2.0, 12.0, served(), 0.5, follows_second_source=True),
        MixOption("filing", "filing", 25.0, 0, 0.0, 0.0, ()),
    ]
    if shared:
        found[3] = MixOption("lean", "leaner_grade", 60.0, 1, 1.05, 2.0, (names[0], names[1]))
    if rng.random() < 0.3:
        found.append(MixOption("filing again", "filing", 15.0, 0, 0.0, 0.0, ()))
    return tuple(found)


def _scenarios(rng: np.random.Generator, names: list[str], count: int, months: int) -> tuple[MixScenario, ...]:
    chances = rng.dirichlet(np.ones(count))
    found = []
    for place, chance in enumerate(chances):
        first, length = int(rng.integers(1, months + 1)), int(rng.integers(0, months + 1))
        through = float(rng.choice([0.0, 0.0, 0.3]))
        struck = [name for name in names if rng.random() < 0.8]
        filed = int(rng.integers(0, length + 1))
        plain, sooner = (
            {
                name: tuple(
                    through if name in struck and first <= month < first + stop else 1.0
                    for month in range(1, months + 1)
                )
                for name in names
            }
            for stop in (length, filed)
        )
        found.append(MixScenario(f"s{place}", float(chance), plain, sooner, float(rng.choice([0.5, 1.0]))))
    return tuple(found)
