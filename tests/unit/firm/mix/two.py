"""Two scenarios that can be worked out by hand: licences go on, or stop for both months."""

from __future__ import annotations

from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixScenario

GO, STOP = {"m": (1.0, 1.0)}, {"m": (0.0, 0.0)}


def two(stop_chance: float = 0.25) -> MixCase:
    """Returns 10 t a month by air or sea at once, stock for 10 a tonne, and a loss of 100 a tonne.

    With a chance of 0.25 a tonne of stock saves 25 and costs 10, so all 20 t are bought: 200 in both scenarios.
    """
    scenarios = (
        MixScenario(
            "go on", 1.0 - stop_chance, GO, GO, 1.0, path="extended", facts={"path": "extended", "months": "0"}
        ),
        MixScenario("stop", stop_chance, STOP, STOP, 1.0, path="lapsed", facts={"path": "lapsed", "months": "2"}),
    )
    return MixCase((MixItem("m", "heavy", (10.0, 10.0), 10.0, 100.0, None),), (), scenarios, MixLimits(), 2, 0)
