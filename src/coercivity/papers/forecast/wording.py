"""How places, products, figures and legal scenarios of a forecast are put into words."""

from __future__ import annotations

from coercivity.base.words import Lang, say
from coercivity.papers.forecast.report_data import FigureForecast, StatedData
from coercivity.papers.outlook.read import branch_text
from coercivity.papers.shared.paper.sections import Wording

TABLES = ("headings", "titles", "columns", "words", "whats", "goods", "regions", "forms")


def wording(lang: Lang) -> Wording:
    """Returns the words of the paper in one language."""
    return Wording.of("forecast", TABLES, lang)


def path_text(path: str, w: Wording) -> str:
    """Returns the name of a legal scenario; that of the only one is the law as known."""
    return say(branch_text(path), w.lang) if path else w("as_known")


def figure_text(figure: FigureForecast, w: Wording) -> str:
    """Returns the name of a figure: `quote, dysprosium oxide, Europe`."""
    what, table = w(figure["what"], table="whats"), "forms" if figure["what"] == "licences" else "goods"
    parts = [what, w(figure["good"], table=table)]
    parts += [w(figure["region"], table="regions")] if figure["region"] else []
    return w("joint").join(parts)


def period_text(stated: StatedData, w: Wording) -> str:
    """Returns a period: a month, a quarter, a year or a day."""
    first, last = stated["first_on"], stated["last_on"]
    year, month = first[:4], int(first[5:7])
    if stated["freq"] == "quarter":
        return w("quarter", year, (month + 2) // 3)
    if stated["freq"] == "year":
        return year
    return last if stated["freq"] == "day" else first[:7]
