"""The best mix as sections of sentences and tables, and as files, for screens."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from coercivity.base.canonical import canonical_json
from coercivity.base.words import Lang
from coercivity.papers.firm.figures import figure, percent
from coercivity.papers.firm.mix.report_data import MixPlanData, MixReport, MixScenarioData
from coercivity.papers.firm.mix.sections import mix_sections, mix_title
from coercivity.papers.firm.mix.wording import KEUR, limit_text, masses_text, options_text, value_text, wording
from coercivity.papers.firm.output.files import section_csv
from coercivity.papers.shared.sections import PaperSection, PaperTable, for_readers

__all__ = [
    "KEUR", "MixPlanData", "MixReport", "MixScenarioData", "PaperSection", "PaperTable", "chosen_text", "figure",
    "limit_name", "mix_files", "mix_shown", "mix_title", "percent", "value_text",
]  # fmt: skip
_MADE = (2000, 1, 1, 0, 0, 0)


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


def mix_files(body: MixReport, lang: Lang) -> Mapping[str, bytes]:
    """Returns the result as JSON, and its tables as CSV files in an archive; the same result gives the same bytes.

    Args:
        body: The result as plain data.
        lang: Language of the words in cells.
    """
    return {"mix.json": canonical_json(body) + b"\n", "mix-csv.zip": _zipped(section_csv(mix_sections(body, lang)))}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _MADE), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
