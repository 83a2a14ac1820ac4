"""What a budget should buy, and who wins with what, as sections and words for screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from coercivity.base.words import Lang
from coercivity.ministry.fund.valued import TECHNOLOGIES
from coercivity.ministry.strategy.model import CLAIM, LEVERS
from coercivity.papers.ministry.fund import wording as fund_words
from coercivity.papers.ministry.fund.report_data import FundReport
from coercivity.papers.ministry.paper import MinistryPaper
from coercivity.papers.ministry.strategy import wording as strategy_words
from coercivity.papers.ministry.strategy.report_data import StrategyGroupData, StrategyReport
from coercivity.papers.shared.output.files import section_csv, section_workbook
from coercivity.papers.shared.paper.figures import figure
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, for_readers

__all__ = [
    "CLAIM", "LEVERS", "TECHNOLOGIES", "FundReport", "MinistryPaper", "PaperSection", "PaperTable",
    "StrategyGroupData", "StrategyReport", "effect_name", "figure", "funded_name", "group_name", "lever_name",
    "ministry_shown", "path_name", "rows_of", "set_name", "shown_groups", "table_file", "technology_name",
]  # fmt: skip
TableForm = Literal["csv", "xlsx"]
shown_groups = strategy_words.shown_groups


def ministry_shown(paper: MinistryPaper) -> dict[str, PaperSection]:
    """Returns the sections that readers see by their ids, in their order.

    Args:
        paper: The result on paper.
    """
    return {section.id: section for section in for_readers(paper.shown)}


def rows_of(table: PaperTable, name: str) -> PaperTable:
    """Returns the rows of a table that are about one firm, with the firm in its title.

    Args:
        table: A table whose first column is the firm.
        name: The firm.
    """
    rows = tuple(row for row in table.rows if row[0] == name)
    return replace(table, id=f"{table.id}-{name}", title=f"{name}: {table.title}", rows=rows)


def table_file(table: PaperTable, form: TableForm) -> bytes:
    """Returns a table as a file.

    Args:
        table: The table.
        form: CSV, with stable keys of columns; or XLSX, with their names.
    """
    section = PaperSection(table.id, table.title, tables=(replace(table, id="table", title="", only=""),))
    return section_csv([section])["table.csv"] if form == "csv" else section_workbook("", [section])


def funded_name(project: str, instrument: str, lang: Lang) -> str:
    """Returns a project with its instrument: `F1 · price floor`."""
    return f"{project} · {fund_words.instrument_text(instrument, fund_words.wording(lang))}"


def technology_name(technology: str, lang: Lang) -> str:
    """Returns what happens to controlled technology in words."""
    return fund_words.wording(lang)(f"technology_{technology}")


def lever_name(lever: str, lang: Lang) -> str:
    """Returns the name of a lever."""
    return strategy_words.wording(lang)(f"lever_{lever}")


def set_name(on: Sequence[str], lang: Lang) -> str:
    """Returns a combination of levers: `ore + processing`."""
    return strategy_words.set_text(on, strategy_words.wording(lang))


def effect_name(levers: Sequence[str], lang: Lang) -> str:
    """Returns an effect: `ore × processing`."""
    return strategy_words.effect_text(levers, strategy_words.wording(lang))


def group_name(group: StrategyGroupData, lang: Lang) -> str:
    """Returns the name of a group of scenarios."""
    return strategy_words.group_text(group, strategy_words.wording(lang))


def path_name(path: str, lang: Lang) -> str:
    """Returns the name of a legal path, which a workbook may leave out."""
    return path or strategy_words.wording(lang)("no_path")
