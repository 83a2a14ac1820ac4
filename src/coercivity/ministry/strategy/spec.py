"""What the sheets of a workbook of strategies are called and what their columns hold, read from data."""

from __future__ import annotations

from functools import lru_cache

from coercivity.workbooks.about import About
from coercivity.workbooks.spec import BookForm, load_form


@lru_cache(maxsize=1)
def strategy_form() -> BookForm:
    """Returns the form of a workbook of strategies."""
    return load_form(
        __package__,
        describes="strategies",
        template="coercivity strategy template --out strategy.xlsx",
        docs="docs/verbs/strategy.md",
        apart=("result", "结果"),
    )


@lru_cache(maxsize=1)
def strategy_about() -> About:
    """Returns what the workbook says about itself."""
    return About.of(__package__)
