"""Title, dates and foot of the printed report."""

from __future__ import annotations

from coercivity.base.words import say
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.sections import Wording

SHOWN_HASH = 12


def subtitle_text(body: BriefBody, w: Wording) -> str:
    """Returns the dates of a report, its rulebook and, where it has one, its hash."""
    days = (day_text(day, w.lang) for day in (body["on"], body["known"], body["pack"]["verified_through"]))
    told = w("subtitle", *days, body["pack"]["version"])
    made = str(body.get("hash", ""))
    return w("with_hash", told, made[:SHOWN_HASH]) if made else told


def foot_text(body: BriefBody, w: Wording) -> str:
    """Returns the source, the date and the notice that it is not legal advice."""
    title = say(body["case"]["title"], w.lang)
    label = w("foot_label") if body["case"]["invented"] else ""
    return w("foot", title, day_text(body["on"], w.lang), label)
