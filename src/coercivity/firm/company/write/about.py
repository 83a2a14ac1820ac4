"""What the workbook of a company says about itself, and the phrases of its check."""

from __future__ import annotations

from functools import lru_cache

from coercivity.base.words import Lang, say
from coercivity.workbooks.about import About


@lru_cache(maxsize=1)
def company_about() -> About:
    """Returns what the workbook says about itself."""
    return About.of("coercivity.firm.company")


def check_phrase(key: str, lang: Lang, **given: str) -> str:
    """Returns a phrase of the check of a workbook with its gaps filled."""
    return say(company_about().words["check"][key], lang).format(**given)
