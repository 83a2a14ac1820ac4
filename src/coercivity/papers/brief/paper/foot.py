"""Title, dates and foot of the printed report."""

from __future__ import annotations

from coercivity.base.words import say
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.sections import Wording


def subtitle_text(body: BriefBody, w: Wording) -> str:
    """Returns the dates of a report and its rulebook."""
    days = (day_text(day, w.lang) for day in (body["on"], body["known"], body["pack"]["verified_through"]))
    return w("subtitle", *days, body["pack"]["version"])


def foot_text(body: BriefBody, w: Wording) -> str:
    """Returns the source, the date and the notice that it is not legal advice."""
    title = say(body["case"]["title"], w.lang)
    label = w("foot_label") if body["case"]["invented"] else ""
    return w("foot", title, day_text(body["on"], w.lang), label)
