"""How the pipeline is put into words: stages, regions, paths, reasons."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.shared.paper.sections import Wording
from coercivity.papers.shared.words import paper_words

TABLES = (
    "headings",
    "titles",
    "columns",
    "words",
    "instruments",
    "stages",
    "regions",
    "paths",
    "statuses",
    "reasons",
    "guesses",
)
_FILE = "ministry_pipeline"


def wording(lang: Lang) -> Wording:
    """Returns the words of a result in one language."""
    return Wording({table: paper_words(_FILE, table) for table in TABLES}, lang)


def stage_names(lang: Lang) -> dict[str, str]:
    """Returns the names of the stages of the chain by their keys."""
    w = wording(lang)
    return {key: w(key, table="stages") for key in paper_words(_FILE, "stages")}


def workbook_title(lang: Lang) -> str:
    """Returns the title of the workbook."""
    return wording(lang)("workbook_title")
