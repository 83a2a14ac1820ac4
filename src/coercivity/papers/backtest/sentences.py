"""What a backtest found in a few sentences, and what it assumes."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.calibration.backtest.scores import ALL, is_model
from coercivity.papers.backtest.data import in_all
from coercivity.papers.backtest.report_data import BacktestReport, SkillData
from coercivity.papers.backtest.tables import score_in_all
from coercivity.papers.backtest.wording import SCORE, forecaster_text, interval_text, share_text
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.figures import listed
from coercivity.papers.shared.paper.sections import Wording


def opening(body: BacktestReport, w: Wording) -> Iterator[str]:
    """Yields what a reader should know first.

    Args:
        body: The result as plain data.
        w: Words.
    """
    rows = len({(row["origin"], row["row"]) for row in body["rows"]})
    series = len({row["series"] for row in body["rows"]})
    if not rows:
        yield w("nothing_scored")
        return
    days = listed((day_text(each["origin"], w.lang) for each in body["origins"]), w.lang)
    yield w("scored_rows", rows, series, days, len(body["left"]))
    for name in dict.fromkeys(score["forecaster"] for score in body["scores"] if is_model(score["forecaster"])):
        score = score_in_all(body, name)
        if score is not None:
            yield w("covered", forecaster_text(name, w), share_text(score["coverage"]["80"], w))
            yield from (_skill(skill, w) for skill in _skills(body, name))
            if score["few"]:
                yield w("few_rows", score["rows"], score["series"])


def _skills(body: BacktestReport, forecaster: str) -> Iterator[SkillData]:
    top = in_all(body["scores"])
    for skill in body["skills"]:
        if (skill["origin"], skill["kind"], skill["forecaster"]) == (top, ALL, forecaster):
            yield skill


def _skill(skill: SkillData, w: Wording) -> str:
    low, high = skill["skill"]["low"], skill["skill"]["high"]
    known = low is not None and high is not None
    sure = known and (float(low or 0) > 0.0 or float(high or 0) < 0.0)
    key = "skill_no_interval" if not known else "skill_better" if sure and float(low or 0) > 0.0 else None
    key = key or ("skill_worse" if sure else "skill_open")
    return w(key, forecaster_text(skill["null"], w), interval_text(skill["skill"], SCORE, w), skill["rows"])


def assumed(body: BacktestReport, w: Wording) -> Iterator[str]:
    """Yields what the forecasts assume.

    Args:
        body: The result as plain data.
        w: Words.
    """
    yield from (w(key) for key in ("assumed_law", "assumed_cut", "assumed_errors", "assumed_targets"))
    yield w("assumed_draws", body["draws"], body["scramble"], body["scenario"])
    if body["files"]:
        yield w("assumed_files", listed(body["files"], w.lang))
    yield listed((w("pack", name, each["version"], each["hash"][:12]) for name, each in body["packs"].items()), w.lang)
