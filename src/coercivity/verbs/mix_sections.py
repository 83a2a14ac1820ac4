"""The best mix as sections of sentences and tables, and as files, for screens."""

from __future__ import annotations

from typing import Literal

from coercivity.base.canonical import canonical_json
from coercivity.base.words import Lang
from coercivity.firm.company.model import Company
from coercivity.papers.firm.mix.files import mix_csv, mix_workbook
from coercivity.papers.firm.mix.report_data import MixPlanData, MixReport, MixScenarioData
from coercivity.papers.firm.mix.sections import mix_sections, mix_title
from coercivity.papers.firm.mix.slide import mix_slide
from coercivity.papers.firm.mix.wording import KEUR, limit_text, masses_text, options_text, value_text, wording
from coercivity.papers.printed.slide import slide_png, slide_svg
from coercivity.papers.shared.paper.figures import figure, percent
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, for_readers
from coercivity.verbs.ministry_files import zipped

__all__ = [
    "KEUR", "MIX_FILES", "MixFile", "MixPlanData", "MixReport", "MixScenarioData", "PaperSection", "PaperTable",
    "chosen_text", "figure", "limit_name", "mix_file", "mix_shown", "mix_title", "percent", "value_text",
]  # fmt: skip
MixFile = Literal["mix.xlsx", "slide.svg", "slide.png", "mix-csv.zip", "mix.json"]
MIX_FILES: tuple[MixFile, ...] = ("mix.xlsx", "slide.svg", "slide.png", "mix-csv.zip", "mix.json")


def mix_shown(body: MixReport, lang: Lang) -> dict[str, PaperSection]:
    """Returns the sections of a mix by their ids, in their order.

    Args:
        body: Result of `best_mix` as plain data.
        lang: Language.
    """
    return {section.id: section for section in for_readers(mix_sections(body, lang))}


def chosen_text(plan: MixPlanData, lang: Lang) -> tuple[str, str]:
    """Returns the options and the stock of a plan in words.

    Args:
        plan: The plan.
        lang: Language.
    """
    w = wording(lang)
    return options_text(plan["options"], w), masses_text(plan["stock_t"], w)


def limit_name(limit: str, lang: Lang) -> str:
    """Returns the name of a limit with its unit.

    Args:
        limit: budget, storage, lost_line_days, or stock_cap:GRADE.
        lang: Language.
    """
    return limit_text(limit, wording(lang))


def mix_file(name: MixFile, body: MixReport, company: Company, lang: Lang) -> bytes:
    """Returns a file of a mix; the same result gives the same bytes.

    Args:
        name: Name of the file: the workbook with its inputs and the plan, the tables as CSV files in an archive, a
            slide, or the result as JSON.
        body: The result as plain data.
        company: The company that it was computed for.
        lang: Language of sheets, cells and slide.

    Raises:
        CoercivityError: If the slide cannot be set, for lack of Typst or a font.
    """
    if name == "mix.xlsx":
        return mix_workbook(body, company, lang)
    if name == "mix-csv.zip":
        return zipped(mix_csv(body, lang))
    if name == "slide.svg":
        return slide_svg(mix_slide(body, lang), lang)
    if name == "slide.png":
        return slide_png(mix_slide(body, lang), lang)
    return canonical_json(body) + b"\n"
