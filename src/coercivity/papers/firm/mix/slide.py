"""The best mix on one slide: the plan, the cost of each scenario, and three lines."""

from __future__ import annotations

from itertools import islice

from coercivity.base.words import Lang
from coercivity.papers.firm.mix.opening import opening
from coercivity.papers.firm.mix.pictures import cost_picture
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.firm.mix.wording import wording
from coercivity.papers.firm.own_names import in_own_names
from coercivity.papers.shared.paper.document import Slide

MOST_LINES = 3
MOST_CHARACTERS = 200  # of a text that can be read on a slide; the page has all of it


def mix_slide(body: MixReport, lang: Lang) -> Slide:
    """Returns the slide of a mix.

    Args:
        body: The result as plain data.
        lang: Language.
    """
    w, body = wording(lang), in_own_names(body, lang)
    plan, *lines = islice(opening(body, w), MOST_LINES + 1)
    return Slide(_ended(plan), cost_picture(body, w), tuple(map(_ended, lines)), _ended(w("footer", body["hash"])))


def _ended(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
