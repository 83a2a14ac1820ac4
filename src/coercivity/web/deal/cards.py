"""The deals of a text beside one another, each with its outcome, its next question and its link."""

from __future__ import annotations

from typing import Any

from coercivity.base.words import plain, say
from coercivity.verbs.deal import outcome_words
from coercivity.verbs.fact_names import next_question
from coercivity.web.deal.asked import PART, Found
from coercivity.web.fact_words import value_label
from coercivity.web.view import Context, View, tongue

MOST_WORDS = 4  # of a deal, quoted on its card
# Facts by which a card names its deal, the most telling first.
_TELLING = ("part_kind", "goods_kind", "machine_kind", "form", "line_service", "process_stage", "serves_stage")


def cards_of(view: View, found: Found) -> list[Context]:
    """Returns a card for each deal of a text that describes several; none if it describes one.

    Args:
        view: The page.
        found: The results.
    """
    if found.text is None or len(found.parts) < 2:
        return []
    return [_card(view, found, number) for number in range(1, len(found.parts) + 1)]


def _card(view: View, found: Found, number: int) -> Context:
    assert found.text is not None
    result, part = found.parts[number - 1], found.text.read.deals[number - 1]
    answer = result.answer
    assert answer.decision is not None
    facts = part.facts
    outcome = answer.decision.outcome.value
    act = "goods" if facts.get("act") is None else str(facts["act"])
    return {
        "number": number,
        "kind": value_label(view, "act", act, short=True),
        "words": _words(found.text.read.words, part),
        "outcome": outcome,
        "told": say(outcome_words(result)[outcome], view.lang) if outcome == "UNKNOWN" else "",
        "question": view.t(asked) if (asked := next_question(answer)) else "",
        "to": {PART: str(number), "correct": None},
        "here": number == found.part,
    }


def _words(read: Any, part: Any) -> list[tuple[str, str]]:
    """The words that tell what the deal is about, as written."""
    held = sorted(
        (one for one in part.statements if one.strength != "suggested" and one.fact in (*_TELLING, "act")),
        key=lambda one: (*_TELLING, "act").index(one.fact),
    )
    spans = sorted(list(dict.fromkeys(span for one in held for span in one.spans))[:MOST_WORDS])
    said = dict.fromkeys(plain(" ".join(read.said(span).split())) for span in spans)
    return [(words, tongue(words)) for words in said]
