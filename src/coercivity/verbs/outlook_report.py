"""Access to the report data of an outlook and of a clause cost: runs, prices, gaps, shortages, flows, names."""

from coercivity.market.results.rows import PlantRow, RangeRow, UseRow
from coercivity.papers.market.draws_text import drawn_tables
from coercivity.papers.market.report_data import BranchPrice, ClausePriceData
from coercivity.papers.outlook import words
from coercivity.papers.outlook.axes import scale
from coercivity.papers.outlook.breadth.section import MonthFigure, Section, TextTable
from coercivity.papers.outlook.breadth.section import word as section_word
from coercivity.papers.outlook.breadth.sections import sections
from coercivity.papers.outlook.desk.causes import by_cause, causes_told
from coercivity.papers.outlook.desk.exports import OUT
from coercivity.papers.outlook.desk.queues import QueueName, queue_months, queue_text, queues_of
from coercivity.papers.outlook.desk.text_rows import QUEUE_COLUMNS, TextRow, out_text_rows, queue_text_rows
from coercivity.papers.outlook.difference.pairs import sentence_of
from coercivity.papers.outlook.names import party
from coercivity.papers.outlook.page_tables import assumed, shortage, worst_share
from coercivity.papers.outlook.read import (
    Basis,
    Clauses,
    GapShown,
    Number,
    PartKey,
    ReadRun,
    ScenarioRuns,
    at,
    branch_text,
    by_part,
    charted,
    gap_of,
    has_market,
    known,
    limit_text,
    num,
    percent,
    price_cells,
    runs_of,
    scenarios,
    series,
)
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.sankey import chain, chosen_year, sankey
from coercivity.papers.outlook.uses import USE_PARTS, UsePart, UseSums, use_sums
from coercivity.papers.outlook.words import COLS, HEADLINE, INSIDE, OUTSIDE, SERIES, STAGES, WAYS, named, part_text

__all__ = [
    "COLS",
    "HEADLINE",
    "INSIDE",
    "OUT",
    "OUTSIDE",
    "QUEUE_COLUMNS",
    "SERIES",
    "STAGES",
    "USE_PARTS",
    "WAYS",
    "Basis",
    "BranchPrice",
    "ClausePriceData",
    "Clauses",
    "GapShown",
    "MonthFigure",
    "Number",
    "OutlookReport",
    "PartKey",
    "PlantRow",
    "QueueName",
    "RangeRow",
    "ReadRun",
    "ScenarioRuns",
    "Section",
    "TextRow",
    "TextTable",
    "UsePart",
    "UseRow",
    "UseSums",
    "assumed",
    "at",
    "branch_text",
    "by_cause",
    "by_part",
    "causes_told",
    "chain",
    "charted",
    "chosen_year",
    "drawn_tables",
    "gap_of",
    "has_market",
    "known",
    "limit_text",
    "named",
    "num",
    "out_text_rows",
    "part_text",
    "party",
    "percent",
    "price_cells",
    "queue_months",
    "queue_text",
    "queue_text_rows",
    "queues_of",
    "runs_of",
    "sankey",
    "scale",
    "scenarios",
    "section_word",
    "sections",
    "sentence_of",
    "series",
    "shortage",
    "use_sums",
    "words",
    "worst_share",
]  # fmt: skip
