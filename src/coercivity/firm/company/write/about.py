"""What the workbook says about itself: its first sheet, its sheets and its columns, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from coercivity.base.words import Lang, say
from coercivity.data.textyaml import TextMap, load_text
from coercivity.firm.company.spec import ColumnSpec


def read_me(lang: Lang) -> list[str]:
    """Returns the lines of the first sheet, its title first."""
    lines: Mapping[str, list[str]] = _about()["read_me"]
    return lines["zh" if lang == "zh" else "en"]


def word(key: str, lang: Lang) -> str:
    """Returns a word of the workbook."""
    return say(_about()["words"][key], lang)


def about_sheet(key: str, lang: Lang) -> str:
    """Returns what a sheet holds."""
    return say(_about()["sheets"][key], lang)


def about_setting(key: str, lang: Lang) -> str:
    """Returns what a value of the sheet of settings means."""
    return say(_about()["settings"][key], lang)


def about_column(sheet: str, column: ColumnSpec, lang: Lang) -> str:
    """Returns what a column holds; "" for one under a name of the user that has no explanation."""
    columns: Mapping[str, Mapping[str, str]] = _about()["sheets"][sheet]["columns"]
    text = columns.get(column.key) or (columns.get("element", {}) if column.kind == "percent" else {})
    about = say(text, lang)
    if not column.needed:
        return about
    return f"{word('required', lang)}{'' if lang == 'zh' else ' '}{about}"


def answers_of(sheet: str, lang: Lang) -> str:
    """Returns which answers need a sheet."""
    return say(_about()["answers"][_about()["sheets"][sheet]["answer"]], lang)


def check_phrase(key: str, lang: Lang, **given: str) -> str:
    """Returns a phrase of the check of a workbook with its gaps filled."""
    return say(_about()["check"][key], lang).format(**given)


@lru_cache(maxsize=1)
def _about() -> TextMap:
    text = files("coercivity.firm.company").joinpath("words", "about.yaml").read_text(encoding="utf-8")
    found = load_text(text, name="about.yaml")
    assert isinstance(found, TextMap)
    return found
