"""Units of the parameters of the licensing desk, and the values that can be calculated with."""

from __future__ import annotations

_RATIOS = ("decisions_begin", "decisions_learned", "filed_most", "review_spread")
# A desk in which one of these is zero decides nothing, or divides by zero.
POSITIVE = (
    *_RATIOS,
    *("learning_months", "file_size_t", "licence_life_months", "review_limit_share", "review_prior_files"),
)
# The largest value by unit. A file that comes in again and goods that customs hold are followed for two years.
MOST = {"fraction": 1.0, "count": 1e6, "ratio": 1e9, "calendar_days": 730.0, "months": 1200.0, "USD": 1e9, "t": 1e9}
LEAST = 1e-9
_BOUNDS = {"review_spread": (1e-3, 1e3), "review_limit_share": (1e-3, 1.0)}


def unit_of(parameter: str) -> str:
    """Returns the unit of a parameter of the licensing desk."""
    if parameter.startswith("prior_") or parameter == "review_prior_files":
        return "count"
    if parameter in _RATIOS:
        return "ratio"
    units = {"share": "fraction", "days": "calendar_days", "months": "months", "usd": "USD", "t": "t"}
    return units[parameter.rpartition("_")[2]]


def bounds_of(parameter: str) -> tuple[float, float]:
    """Returns the least and the largest value of a parameter that can be calculated with."""
    return _BOUNDS.get(parameter, (LEAST if parameter in POSITIVE else 0.0, MOST[unit_of(parameter)]))
