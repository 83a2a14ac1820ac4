"""Access to what draws say of an outlook: section, names, values, fans."""

from coercivity.ensemble.results.rows import (
    LEVELS,
    CauseRow,
    ChanceRow,
    DrawnFigure,
    DrawsReport,
    FanRow,
    SensitivityRow,
)
from coercivity.papers.outlook.draws.beside import BESIDE, draws_of, ends_at, fan_months, fan_of, lines_beside
from coercivity.papers.outlook.draws.causes import GROUPS, CauseShown, causes_shown, mean_of
from coercivity.papers.outlook.draws.section import DrawsSection, draws_section
from coercivity.papers.outlook.draws.tornado import shown_causes
from coercivity.papers.outlook.draws.wording import (
    capital,
    event_name,
    figure_name,
    range_text,
    row_name,
    series_name,
    unit_text,
    value_text,
    word,
)

__all__ = [
    "BESIDE", "GROUPS", "LEVELS", "CauseRow", "CauseShown", "ChanceRow", "DrawnFigure", "DrawsReport", "DrawsSection",
    "FanRow", "SensitivityRow", "capital", "causes_shown", "draws_of", "draws_section", "ends_at", "event_name",
    "fan_months",
    "fan_of", "figure_name", "lines_beside", "mean_of", "range_text", "row_name", "series_name", "shown_causes",
    "unit_text", "value_text", "word",
]  # fmt: skip
