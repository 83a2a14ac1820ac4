"""Made-up cases of a mix by seed: 8 items and 8 options over 12 months, with or without options shared by items."""

from __future__ import annotations

import numpy as np

from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario, OptionKind

ITEMS, MONTHS = 8, 12
NAMES = tuple(f"G{place}" for place in range(ITEMS))


def mix_case(seed: int, scenarios: int, *, shared: bool) -> MixCase:
    """Returns a case with 16 first-stage variables; no two scenarios are alike."""
    rng = np.random.default_rng([seed, shared])
    items = tuple(
        MixItem(
            name,
            "heavy",
            tuple(float(x) for x in rng.uniform(4.0, 12.0, MONTHS)),
            float(rng.uniform(8.0, 30.0)),
            float(rng.uniform(60.0, 250.0)),
            float(rng.uniform(15.0, 40.0)),
        )
        for name in NAMES
    )
    options = _shared(rng) if shared else _alone(rng)
    return MixCase(items, options, _scenarios(rng, scenarios), MixLimits(3000.0, 160.0), MONTHS, 1, 0.005, 0.3)


def _alone(rng: np.random.Generator) -> tuple[MixOption, ...]:
    kinds: tuple[OptionKind, ...] = ("second_source", "air", "recycling", "contract")
    return tuple(
        MixOption(
            f"{kind} {place}",
            kind,
            float(rng.uniform(50.0, 300.0)),
            int(rng.integers(0, 4)),
            float(rng.uniform(1.0, 4.0)),
            float(rng.uniform(5.0, 40.0)),
            (NAMES[place],),
            0.5 if kind == "contract" else 0.0,
        )
        for place, kind in enumerate(kinds * 2)
    )


def _shared(rng: np.random.Generator) -> tuple[MixOption, ...]:
    def fee() -> float:
        return float(rng.uniform(50.0, 300.0))

    return (
        MixOption("second", "second_source", fee(), 3, 12.0, 28.0, NAMES[:5]),
        MixOption("own", "own_processing", fee(), 6, 8.0, 20.0, NAMES[3:]),
        MixOption("air", "air", fee(), 0, 15.0, 9.0, NAMES),
        MixOption("contract", "contract", fee(), 1, 6.0, 35.0, NAMES[2:6], 0.5),
        MixOption("recycling", "recycling", fee(), 2, 1.5, 8.0, NAMES[:1]),
        MixOption("lean 01", "leaner_grade", fee(), 5, 1.05, 0.0, NAMES[:2]),
        MixOption("lean 23", "leaner_grade", fee(), 4, 1.1, 1.0, NAMES[2:4]),
        MixOption("filing", "filing", fee(), 0, 0.0, 0.0, ()),
    )


def _scenarios(rng: np.random.Generator, count: int) -> tuple[MixScenario, ...]:
    """Returns stops that strike most items together, some with a part let through."""
    found = []
    chances = rng.dirichlet(np.full(count, 5.0))
    for place, chance in enumerate(chances):
        first, length = int(rng.integers(1, MONTHS + 1)), int(rng.choice([0, 1, 2, 3, 4, 6, 9, 11]))
        filed = length if length > 5 else length // 2
        struck = [name for name in NAMES if rng.random() < 0.7]
        through = float(rng.uniform(0.0, 0.4))
        plain, sooner = (
            {
                name: tuple(
                    through if name in struck and first <= month < first + stop else 1.0
                    for month in range(1, MONTHS + 1)
                )
                for name in NAMES
            }
            for stop in (length, filed)
        )
        share = float(rng.uniform(0.4, 1.0))
        found.append(MixScenario(f"s{place}", float(chance), plain, sooner, share))
    return tuple(found)
