"""How parameters, stages and kinds of rows are put into words."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.shared.paper.sections import Wording

TABLES = ("headings", "titles", "columns", "words", "parameters", "stages", "kinds", "why")


def wording(lang: Lang) -> Wording:
    """Returns the words of the paper in one language."""
    return Wording.of("calibration", TABLES, lang)


def key_of_row(name: str) -> str:
    """Returns the key of a row without its table: LD014."""
    return name.rpartition(":")[2]


def parameter_text(name: str, w: Wording) -> str:
    """Returns a parameter with its key: `decisions in the first month (LD014)`."""
    return w("named", w(key_of_row(name), table="parameters"), key_of_row(name))
