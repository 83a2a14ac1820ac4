"""What the sheets of a workbook of strategies are called and what their columns hold, read from data."""

from __future__ import annotations

from functools import lru_cache

from coercivity.workbooks.about import About
from coercivity.workbooks.spec import BookForm, folded, load_form

# One workbook may hold the sheets of both questions.
_OF_FUND = (
    "projects", "capacity", "paths", "values", "marginal values", "prices", "instruments", "interaction",
    "项目", "产能", "法律路径", "边际价值", "价格", "资助工具", "相互影响",
)  # fmt: skip
_SETTINGS_OF_FUND = ("title", "标题", "budget_musd", "预算", "discount", "年贴现率")


@lru_cache(maxsize=1)
def strategy_form() -> BookForm:
    """Returns the form of a workbook of strategies."""
    return load_form(
        __package__,
        describes="strategies",
        template="coercivity strategy template --out strategy.xlsx",
        docs="docs/verbs/strategy.md",
        apart=("result", "结果", *_OF_FUND),
    )


@lru_cache(maxsize=1)
def strategy_about() -> About:
    """Returns what the workbook says about itself."""
    return About.of(__package__)


def is_of_fund(setting: str) -> bool:
    """Returns whether a setting is one of the workbook for public money, which this question leaves alone."""
    return folded(setting) in map(folded, _SETTINGS_OF_FUND)
