"""The eight parameters and their prior ranges, from the pack of observations."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from coercivity.base.days import Day
from coercivity.calibration.prior import Parameter, Prior, Stage
from coercivity.data.packs import open_pack
from coercivity.ensemble.parameters import ParameterDraws, parameter_draws
from coercivity.observations.lines import PACK

# The most simulations of a calibration; the prior design has so many points, and a smaller one the first of them.
MOST_SIMULATIONS = 300


def load_prior() -> Prior:
    """Returns the prior of the parameters.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    return _prior(open_pack(PACK).content_hash)


@lru_cache(maxsize=4)
def _prior(_: str) -> Prior:
    table = open_pack(PACK).table("priors")
    found = []
    for texts in table.texts:
        row = dict(zip(table.schema.names, texts, strict=True))
        name = row["row"].rpartition("/")[2]
        low, mode, high = (float(row[end]) for end in ("low", "mode", "high"))
        found.append(Parameter(name, low, mode, high, cast(Stage, row["stage"])))
    return Prior.of(found)


def prior_design(points: int = MOST_SIMULATIONS, *, known: Day | None = None, scramble: int = 0) -> ParameterDraws:
    """Returns points of the prior, for draws without a fit.

    Args:
        points: Number of points.
        known: Day that is noted; a prior has seen no observation.
        scramble: Number of the scramble.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    prior = load_prior()
    return parameter_draws("prior", known, prior.names, prior.values(prior.design(points, scramble)).tolist())
