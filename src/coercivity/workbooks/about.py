"""What a form of workbook says about itself: its first sheet, its sheets and its columns, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.words import Lang, say
from coercivity.data.textyaml import TextMap
from coercivity.workbooks.spec import ColumnSpec, load_words


@dataclass(frozen=True, slots=True)
class About:
    """The words of `about.yaml` of a form.

    Attributes:
        words: Content of the file.
    """

    words: TextMap

    @classmethod
    def of(cls, package: str) -> About:
        """Returns the words of the form that a package owns."""
        return cls(load_words(package, "about.yaml"))

    def read_me(self, lang: Lang) -> list[str]:
        """Returns the lines of the first sheet, its title first."""
        lines: Mapping[str, list[str]] = self.words["read_me"]
        return lines["zh" if lang == "zh" else "en"]

    def word(self, key: str, lang: Lang) -> str:
        """Returns a word of the workbook."""
        return say(self.words["words"][key], lang)

    def sheet(self, key: str, lang: Lang) -> str:
        """Returns what a sheet holds."""
        return say(self.words["sheets"][key], lang)

    def setting(self, key: str, lang: Lang) -> str:
        """Returns what a value of the sheet of settings means."""
        return say(self.words["settings"][key], lang)

    def column(self, sheet: str, column: ColumnSpec, lang: Lang) -> str:
        """Returns what a column holds; "" for one under a name of the user that has no explanation."""
        columns: Mapping[str, Mapping[str, str]] = self.words["sheets"][sheet]["columns"]
        text = columns.get(column.key) or (columns.get("element", {}) if column.kind == "percent" else {})
        about = say(text, lang)
        if not column.needed:
            return about
        return f"{self.word('required', lang)}{'' if lang == 'zh' else ' '}{about}"

    def answers(self, sheet: str, lang: Lang) -> str:
        """Returns which answers need a sheet."""
        return say(self.words["answers"][self.words["sheets"][sheet]["answer"]], lang)
