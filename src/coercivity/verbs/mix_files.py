"""The best mix as files in a folder."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.canonical import canonical_json
from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.papers.firm.mix.files import mix_csv, mix_workbook
from coercivity.verbs.mix import MixAnswer

__all__ = ["write_mix"]


def write_mix(folder: Path, answer: MixAnswer, lang: Lang = "en") -> list[Path]:
    """Writes pages in both languages, tables as CSV, the JSON and a workbook that loads again; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        answer: The best mix.
        lang: Language of the workbook and of words in cells of CSV files.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    files = {
        "mix.json": canonical_json(answer.body) + b"\n",
        "mix.html": answer.page("en", sister="mix.zh.html").encode(),
        "mix.zh.html": answer.page("zh", sister="mix.html").encode(),
        "mix.xlsx": mix_workbook(answer.body, answer.company, lang),
        **mix_csv(answer.body, lang),
    }
    if folder.exists() and not folder.is_dir():
        step = "give a folder after --out"
        raise CoercivityError.of("OUT", "it is a file, not a folder", where=folder.as_posix(), next=step)
    with held(folder):
        return list(write_set(folder, files))
