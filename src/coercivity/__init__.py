"""Checks rare-earth deals against China's export controls, and models how the controls affect supply.

The names below are imported when they are first used, so that `import coercivity` costs next to nothing:

>>> import coercivity
>>> facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Pr", "Dy"]}
>>> answer = coercivity.decide({**facts, "from": "CN", "to": "DE"}, on="2025-08-15")
>>> answer.outcome.value
'LICENCE'
>>> table = {"id": ["a", "b"], "material": ["NdFeB magnets", "ferrite magnets"], "composition": ["Nd 30 %, Dy 2 %", ""]}
>>> frame = coercivity.batch({**table, "from": ["CN", "CN"], "to": ["DE", "DE"]}, on="2025-08-15")
>>> frame["outcome"].to_list()
['LICENCE', 'UNKNOWN']

`coercivity.batch("extract.csv", out="out")` does the same with a file of any size. `screen` and `screen_table` say
who a name is, `judge` records what a person decided about it. `outlook`, `clause_price`,
`desk_check`, `clock` and `brief` are the verbs of the same names, with plain data in what they give.
"""

import sys

# `python -m coercivity` puts the folder where it is started before Python's own library. It is taken off before
# anything else is imported, `__future__` too, so that a file there that is named `json.py` is never run.
if sys.argv[:1] == ["-m"] and any(word.removeprefix("-m").split(".")[0] == "coercivity" for word in sys.orig_argv):
    sys.path[:] = sys.path if sys.flags.safe_path else sys.path[1:]

from typing import TYPE_CHECKING, Any

from coercivity.base.version import ENGINE_VERSION

if TYPE_CHECKING:
    from coercivity.base.errors import CoercivityError, Fault
    from coercivity.batches.request import TableAsked
    from coercivity.cases.arguments import Law
    from coercivity.cases.gather import Standing
    from coercivity.law.rules.model import Finding, Outcome
    from coercivity.papers.deal.answer import Answer
    from coercivity.verbs.api import batch
    from coercivity.verbs.backtest import BacktestAnswer, backtest, backtest_plan
    from coercivity.verbs.batch import BatchResult
    from coercivity.verbs.bottleneck import BottleneckAnswer, bottleneck
    from coercivity.verbs.brief import brief
    from coercivity.verbs.cache import CacheState, cache, clear_cache
    from coercivity.verbs.calibrate import CalibrationResult, calibrate
    from coercivity.verbs.cases import run_cases
    from coercivity.verbs.chain import ChainClock, chain_clock
    from coercivity.verbs.clause_price import clause_price
    from coercivity.verbs.clock import clock
    from coercivity.verbs.company import CompanyStops, company_stops
    from coercivity.verbs.company_drawn import CompanyDrawn, company_drawn
    from coercivity.verbs.decide import decide, decide_file
    from coercivity.verbs.desk_check import desk_check
    from coercivity.verbs.doctor import doctor
    from coercivity.verbs.facts import facts
    from coercivity.verbs.forecast import ForecastAnswer, forecast
    from coercivity.verbs.forecast_check import forecast_check
    from coercivity.verbs.fund import FundAnswer, fund, fund_template
    from coercivity.verbs.impact import rules_impact
    from coercivity.verbs.impact_result import Impact
    from coercivity.verbs.jurisdictions.answer import DealAnswers
    from coercivity.verbs.jurisdictions.decide import decide_jurisdictions
    from coercivity.verbs.jurisdictions.route_table import RouteTable
    from coercivity.verbs.jurisdictions.routes import routes
    from coercivity.verbs.jurisdictions.table import TableAnswers, batch_jurisdictions
    from coercivity.verbs.mix import MixAnswer, best_mix
    from coercivity.verbs.notice import NoticeRead, read_notice
    from coercivity.verbs.outlook import OutlookResult, outlook
    from coercivity.verbs.parties.judge import judge, judgement_history
    from coercivity.verbs.parties.ownership import OwnershipReport, ownership
    from coercivity.verbs.parties.rows import ScreenReport
    from coercivity.verbs.parties.screen import screen, screen_table
    from coercivity.verbs.pipeline import fund_pipeline
    from coercivity.verbs.proofs import proof_verify
    from coercivity.verbs.replay import replay
    from coercivity.verbs.rules import rules_status
    from coercivity.verbs.strategy import StrategyAnswer, strategy, strategy_template
    from coercivity.verbs.strategy_market import StrategyMarket, strategy_market
    from coercivity.verbs.texts.decide import TextAnswer
    from coercivity.verbs.texts.read import TextRead, read_words
    from coercivity.verbs.timeline import timeline
    from coercivity.verbs.vouch import vouch
    from coercivity.verbs.workbook import workbook_check, workbook_export, workbook_hash, workbook_template

__version__ = ENGINE_VERSION
__all__ = [
    "Answer", "BacktestAnswer", "BatchResult", "BottleneckAnswer", "CacheState", "CalibrationResult", "ChainClock",
    "CoercivityError", "CompanyDrawn", "CompanyStops", "DealAnswers", "Fault", "Finding", "ForecastAnswer",
    "FundAnswer", "Impact", "Law", "MixAnswer", "NoticeRead", "Outcome", "OutlookResult", "OwnershipReport",
    "RouteTable", "ScreenReport", "Standing", "StrategyAnswer", "StrategyMarket", "TableAnswers", "TableAsked",
    "TextAnswer", "TextRead", "__version__", "backtest", "backtest_plan", "batch", "batch_jurisdictions", "best_mix",
    "bottleneck", "brief", "cache", "calibrate", "chain_clock", "clause_price", "clear_cache", "clock",
    "company_drawn", "company_stops", "decide", "decide_file", "decide_jurisdictions", "desk_check", "doctor", "facts",
    "forecast", "forecast_check", "fund", "fund_pipeline", "fund_template", "judge", "judgement_history", "outlook",
    "ownership", "proof_verify", "read_notice", "read_words", "replay", "routes", "rules_impact", "rules_status",
    "run_cases", "screen", "screen_table", "strategy", "strategy_market", "strategy_template", "timeline", "vouch",
    "workbook_check", "workbook_export", "workbook_hash", "workbook_template",
]  # fmt: skip

# Where a name is at home that is not the verb of the module of its name.
_HOMES = {
    "Answer": "papers.deal.answer",
    "BacktestAnswer": "verbs.backtest",
    "BatchResult": "verbs.batch",
    "BottleneckAnswer": "verbs.bottleneck",
    "CacheState": "verbs.cache",
    "CalibrationResult": "verbs.calibrate",
    "ChainClock": "verbs.chain",
    "CoercivityError": "base.errors",
    "CompanyDrawn": "verbs.company_drawn",
    "CompanyStops": "verbs.company",
    "DealAnswers": "verbs.jurisdictions.answer",
    "Fault": "base.errors",
    "Finding": "law.rules.model",
    "ForecastAnswer": "verbs.forecast",
    "FundAnswer": "verbs.fund",
    "Impact": "verbs.impact_result",
    "Law": "cases.arguments",
    "MixAnswer": "verbs.mix",
    "NoticeRead": "verbs.notice",
    "Outcome": "law.rules.model",
    "OutlookResult": "verbs.outlook",
    "OwnershipReport": "verbs.parties.ownership",
    "RouteTable": "verbs.jurisdictions.route_table",
    "ScreenReport": "verbs.parties.rows",
    "Standing": "cases.gather",
    "StrategyAnswer": "verbs.strategy",
    "StrategyMarket": "verbs.strategy_market",
    "strategy_market": "verbs.strategy_market",
    "strategy_template": "verbs.strategy",
    "TableAsked": "batches.request",
    "TextAnswer": "verbs.texts.decide",
    "TextRead": "verbs.texts.read",
    "backtest_plan": "verbs.backtest",
    "batch": "verbs.api",
    "best_mix": "verbs.mix",
    "chain_clock": "verbs.chain",
    "clear_cache": "verbs.cache",
    "company_drawn": "verbs.company_drawn",
    "company_stops": "verbs.company",
    "decide_file": "verbs.decide",
    "decide_jurisdictions": "verbs.jurisdictions.decide",
    "fund_pipeline": "verbs.pipeline",
    "fund_template": "verbs.fund",
    "judge": "verbs.parties.judge",
    "judgement_history": "verbs.parties.judge",
    "ownership": "verbs.parties.ownership",
    "proof_verify": "verbs.proofs",
    "read_notice": "verbs.notice",
    "read_words": "verbs.texts.read",
    "batch_jurisdictions": "verbs.jurisdictions.table",
    "TableAnswers": "verbs.jurisdictions.table",
    "routes": "verbs.jurisdictions.routes",
    "rules_impact": "verbs.impact",
    "rules_status": "verbs.rules",
    "run_cases": "verbs.cases",
    "screen": "verbs.parties.screen",
    "screen_table": "verbs.parties.screen",
    "workbook_check": "verbs.workbook",
    "workbook_export": "verbs.workbook",
    "workbook_hash": "verbs.workbook",
    "workbook_template": "verbs.workbook",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"coercivity.{_HOMES.get(name, f'verbs.{name}')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
