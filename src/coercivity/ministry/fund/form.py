"""The form of the workbook for public money, and the names of its columns with a gap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from coercivity.base.words import Lang
from coercivity.workbooks.about import About
from coercivity.workbooks.spec import BookForm, folded, load_form, load_words

_GAP = re.escape("{0}")
_OF_STRATEGY = ("scenarios", "firms", "情景", "企业")  # one workbook may hold the sheets of both questions
_SETTINGS_OF_STRATEGY = ("year", "年份", "region", "地区")


@lru_cache(maxsize=1)
def fund_form() -> BookForm:
    """Returns the form of the workbook."""
    return load_form(
        __package__,
        describes="projects for public money",
        template="coercivity fund template --out ministry.xlsx",
        docs="docs/verbs/fund.md",
        apart=("result", "结果", *_OF_STRATEGY),
    )


@lru_cache(maxsize=1)
def fund_about() -> About:
    """Returns what the workbook says about itself."""
    return About.of(__package__)


def is_of_strategy(setting: str) -> bool:
    """Returns whether a setting is one of the workbook of strategies, which this question leaves alone."""
    return folded(setting) in map(folded, _SETTINGS_OF_STRATEGY)


def own_name(kind: str, value: str, lang: Lang = "en") -> str:
    """Returns the name of a column with a gap: `slip_2`, `refusal_lapse`.

    Args:
        kind: slip or refusal.
        value: Years of slip, or the path.
        lang: Language of the workbook.
    """
    return _own()[kind]["zh" if lang == "zh" else "en"].format(value)


def own_value(name: str) -> tuple[str, str] | None:
    """Returns what a column with a gap means, as `own_name` takes it; None if it means nothing."""
    for kind, names in _own().items():
        for pattern in names.values():
            expression = re.escape(pattern).replace(_GAP, "(.+?)").replace("_", "[ _]")
            if found := re.fullmatch(expression, name.strip(), re.IGNORECASE):
                return kind, found[1].strip()
    return None


@lru_cache(maxsize=1)
def _own() -> Mapping[str, Mapping[str, str]]:
    return load_words(__package__, "own.yaml")
