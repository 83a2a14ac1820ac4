"""All sections of an outlook on prices, contracts, quotes, recycling, substitution, plants and policies."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.words import Lang
from coercivity.papers.outlook.breadth import (
    compared,
    contracts,
    four_prices,
    industry,
    policies,
    quoted,
    recycling,
    substitution,
)
from coercivity.papers.outlook.breadth.section import Section
from coercivity.papers.outlook.report_data import OutlookReport

_PARTS = (compared, four_prices, quoted, contracts, recycling, substitution, industry, policies)


def sections(report: OutlookReport, lang: Lang, runs: Sequence[str] = ()) -> tuple[Section, ...]:
    """Returns the sections in their order on the page.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    return tuple(part.section(report, lang, tuple(runs)) for part in _PARTS)


def headlines(report: OutlookReport, lang: Lang) -> tuple[str, ...]:
    """Returns what a summary says of contracts, policies and recycling, as far as they have rows.

    Args:
        report: The report data.
        lang: Language.
    """
    found = (part.section(report, lang) for part in (contracts, policies, recycling))
    return tuple(told for part in found if not part.absent for told in part.summary or part.sentences[:1])
