"""How far a number may be from the figure of a run, by kind, and from what it counts, by quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from coercivity.data.packs import open_pack
from coercivity.observations.lines import PACK


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """Errors of one kind, of the logarithm of observed over model.

    Attributes:
        level_sd: Standard deviation of what stays the same within a series.
        transient_sd: Standard deviation of what passes.
        rho: Correlation of what passes from one month to the next.
        least: Figures of the model below this count as this; in the unit of the rows.
        reason: Why so much.
    """

    level_sd: float
    transient_sd: float
    rho: float
    least: float
    reason: str


def error_kinds() -> Mapping[str, ErrorKind]:
    """Returns the errors by kind.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    return _kinds(open_pack(PACK).content_hash)


@lru_cache(maxsize=4)
def _kinds(_: str) -> Mapping[str, ErrorKind]:
    table = open_pack(PACK).table("errors")
    found: dict[str, ErrorKind] = {}
    for texts in table.texts:
        row = dict(zip(table.schema.names, texts, strict=True))
        level, passing, rho, least = (float(row[name]) for name in ("level_sd", "transient_sd", "rho_month", "least"))
        found[row["kind"]] = ErrorKind(level, passing, rho, least, row["reason"])
    return found


def measurement_sds() -> Mapping[str, float]:
    """Returns the standard deviation of the logarithm of a number itself, by quality.

    Raises:
        CoercivityError: If the pack of observations is invalid.
    """
    return _sds(open_pack(PACK).content_hash)


@lru_cache(maxsize=4)
def _sds(_: str) -> Mapping[str, float]:
    table = open_pack(PACK).table("measurement")
    return {quality: float(sd) for quality, sd in zip(table.text("of_quality"), table.text("sd"), strict=True)}
