"""The screen `strategy`: who wins with what, from a kept workbook and the levers in the address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from coercivity.verbs.ministry_sections import CLAIM, LEVERS, PaperSection, StrategyReport, lever_name
from coercivity.verbs.serving.ministries.question import Report
from coercivity.verbs.serving.ministries.strategy import STRATEGY, StrategySent
from coercivity.verbs.strategy import strategy_template
from coercivity.web.ministry.drawn import Drawn
from coercivity.web.ministry.routes import routes
from coercivity.web.ministry.screen import FILE, MOST_TYPED, Screen, sent_of
from coercivity.web.ministry.strategy_charts import strategy_charts
from coercivity.web.view import Context, View

LEVER = "lever"


def _ticked(view: View) -> list[str]:
    return list(dict.fromkeys(value[:MOST_TYPED] for key, value in view.query if key == LEVER))


def _asked(view: View) -> StrategySent:
    return sent_of(StrategySent, file=view.get(FILE), levers=_ticked(view))


def _form(view: View) -> Context:
    ticked = _ticked(view) or CLAIM
    return {"levers": [(name, lever_name(name, view.lang), name in ticked) for name in LEVERS]}


def _charts(view: View, body: Report, sections: Mapping[str, PaperSection]) -> Iterator[Drawn]:
    return strategy_charts(view, cast(StrategyReport, body), sections)


SCREEN = Screen(STRATEGY, "strategy.html.j2", {"levers": LEVER}, _asked, _charts, _form)
router = routes(SCREEN, lambda lang, filled: strategy_template(lang, example=filled))
