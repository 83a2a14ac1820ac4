"""Results under the law of other jurisdictions, and where it conflicts with Chinese law."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import say
from coercivity.papers.brief.paper.wording import listed, semi
from coercivity.papers.brief.report_data import AbroadData
from coercivity.papers.shared.outcomes import meaning
from coercivity.papers.shared.paper.sections import PaperSection, Wording


def abroad_section(abroad: AbroadData, w: Wording) -> PaperSection:
    """Returns the results of every jurisdiction by transaction, and the conflicts with their next questions.

    Args:
        abroad: The part of the report data.
        w: The words.
    """
    met = sum(len(deal["conflicts"]) for deal in abroad["deals"])
    told = w("abroad_conflicts", met) if met else w("abroad_no_conflict")
    results = w.table("abroad", ("deal", "abroad_law", "abroad_result", "abroad_basis"), _results(abroad, w))
    columns = ("deal", "abroad_conflict", "abroad_ask", "abroad_never")
    return w.section(
        "abroad", (w("abroad_about"), told), [results, w.table("abroad_conflicts", columns, _conflicts(abroad, w))]
    )


def _results(abroad: AbroadData, w: Wording) -> Iterator[tuple[str, ...]]:
    for deal in abroad["deals"]:
        for side in deal["sides"]:
            grounds = [say(text, w.lang) for text in side["grounds"]]
            why = semi((say(text, w.lang) for text in side["why"]), w.lang)
            basis = why if side["outcome"] == "UNKNOWN" and why else listed(grounds, w.lang)
            yield deal["id"], say(side["name"], w.lang), meaning(side["outcome"], w.lang), basis or "–"


def _conflicts(abroad: AbroadData, w: Wording) -> Iterator[tuple[str, ...]]:
    for deal in abroad["deals"]:
        for one in deal["conflicts"]:
            word = say(one["word"], w.lang).rstrip(":：")
            told = w("abroad_named", word, one["id"], say(one["title"], w.lang))
            both = w("sentence", say(one["both"], w.lang)) if one["both"] else ""
            never = say(one["never"], w.lang) if one["never"] else "–"
            yield deal["id"], f"{told}{' ' if both and w.lang == 'en' else ''}{both}", say(one["ask"], w.lang), never
