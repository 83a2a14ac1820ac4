"""How levers, combinations and groups of scenarios are put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coercivity.base.words import Lang
from coercivity.papers.ministry.strategy.report_data import StrategyGroupData, StrategyReport
from coercivity.papers.shared.paper.figures import figure, percent
from coercivity.papers.shared.paper.sections import Wording
from coercivity.papers.shared.words import paper_words

TABLES = ("headings", "titles", "columns", "words")
KUSD, TONNES, SHARE = 1, 1, 2
# More scenarios than these are not columns, or rows, of one table: it then has the paths and the mean.
MOST_COLUMNS, MOST_ROWS = 8, 24
# With more effects than these, readers see levers and pairs.
MOST_EFFECTS, PAIR = 7, 2


def wording(lang: Lang) -> Wording:
    """Returns the words of the paper in one language."""
    return Wording({table: paper_words("ministry_strategy", table) for table in TABLES}, lang)


def set_text(on: Sequence[str], w: Wording) -> str:
    """Returns a combination in one text: `ore + processing`, or that there is none."""
    return " + ".join(w(f"lever_{lever}") for lever in on) or w("no_lever")


def effect_text(levers: Sequence[str], w: Wording) -> str:
    """Returns an effect in one text: `ore × processing`."""
    return " × ".join(w(f"lever_{lever}") for lever in levers)


def effect_key(levers: Sequence[str]) -> str:
    """Returns the stable key of the column of an effect: `ore_x_processing_kusd`."""
    return f"{'_x_'.join(levers)}_kusd"


def group_text(group: StrategyGroupData, w: Wording, *, mean: str = "mean") -> str:
    """Returns the name of a group: the scenario, with its path if the workbook names one; a path; the mean.

    Args:
        group: The group.
        w: Words.
        mean: Key of the words for the mean over all; another one within a sentence.
    """
    match group["kind"]:
        case "mean":
            return w(mean)
        case "path":
            path = group["path"] or w("no_path")
            return path if group["scenario"] else w("path_mean", path)
    return w("on_path", group["path"], group["scenario"]) if group["path"] else group["scenario"]


def joined(texts: Iterable[str], w: Wording) -> str:
    """Returns texts as a sentence lists them: `a, b and c`."""
    every = list(texts)
    if len(every) < 2:
        return "".join(every)
    return w("and", w("comma").join(every[:-1]), every[-1])


def money(text: str) -> str:
    """Returns an amount for a sentence or a cell that names the unit."""
    return figure(text, KUSD)


def share_text(text: str, w: Wording) -> str:
    """Returns a share as per cent for a sentence."""
    return percent(text, w.lang, 1)


def shown_groups(body: StrategyReport, most: int = MOST_COLUMNS) -> list[StrategyGroupData]:
    """Returns the groups that readers see: all, or paths and mean where there are too many scenarios.

    Args:
        body: The result as plain data.
        most: Number of groups that are not too many.
    """
    every = [one["group"] for one in body["firms"][0]["results"]]
    if len(every) <= most:
        return every
    return [group for group in every if group["kind"] != "scenario"]


def without_sign(text: str) -> str:
    """Returns the amount of a decimal text without its sign."""
    return text.removeprefix("-")
