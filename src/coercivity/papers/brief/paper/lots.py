"""What the documents of each lot show."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.words import say
from coercivity.papers.deal.report_data import LotData
from coercivity.papers.shared.paper.sections import PaperSection, Wording


def lots_section(findings: Sequence[LotData], w: Wording) -> PaperSection:
    """Returns the findings about documents, each with the question that it raises; or that there are none.

    Args:
        findings: The findings of the report data.
        w: The words.
    """
    rows = ((say(one["text"], w.lang), say(one["ask"], w.lang) if one["ask"] else "–") for one in findings)
    told = w("lots_found", len(findings)) if findings else w("lots_agree")
    return w.section("lots", (told,), [w.table("lots", ("lot_finding", "lot_ask"), rows)])
