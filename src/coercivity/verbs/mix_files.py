"""The best mix as files in a folder."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.canonical import canonical_json
from coercivity.base.words import Lang
from coercivity.cases.brief.head import CASE_FILE, TABLE_FILE
from coercivity.cases.lot_papers.folder import PAPERS_FILE
from coercivity.data.input import Input, read_bytes
from coercivity.data.textyaml import file_in
from coercivity.firm.company.in_case import is_case
from coercivity.firm.company.model import Company
from coercivity.papers.firm.mix.files import mix_csv, mix_workbook
from coercivity.verbs.mix import MixAnswer
from coercivity.verbs.out_folder import write_folder

__all__ = ["write_mix"]


def write_mix(
    folder: Path, answer: MixAnswer, lang: Lang = "en", *, source: Input | Company | None = None
) -> list[Path]:
    """Writes pages in both languages, tables as CSV, the JSON and a workbook that loads again; returns their paths.

    The options and the stock of a case rest on its transactions, which no workbook holds. For a case there is therefore
    also the folder `case`, with this workbook and those transactions: `mix` gives the same answer for it.

    Args:
        folder: The folder; it is made where it does not exist.
        answer: The best mix.
        lang: Language of the workbook and of words in cells of CSV files.
        source: What the mix was found for: a case folder, or anything else.

    Raises:
        CoercivityError: If a file cannot be written, or one of the case can no longer be read.
    """
    workbook = mix_workbook(answer.body, answer.company, lang)
    files = {
        "mix.json": canonical_json(answer.body) + b"\n",
        "mix.html": answer.page("en", sister="mix.zh.html").encode(),
        "mix.zh.html": answer.page("zh", sister="mix.html").encode(),
        "mix.xlsx": workbook,
        **mix_csv(answer.body, lang),
    }
    if isinstance(source, Path) and is_case(source):
        named = [CASE_FILE, TABLE_FILE, *([PAPERS_FILE] if (source / PAPERS_FILE).exists() else [])]
        files |= {f"case/{name}": read_bytes(file_in(source, name)) for name in named}
        files["case/company.xlsx"] = workbook
    return write_folder(folder, files)
