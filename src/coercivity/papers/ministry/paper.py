"""A result for a ministry on paper: page, tables as CSV files, lines for a terminal; the same for every question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.base.words import Lang
from coercivity.papers.shared.output.files import section_csv
from coercivity.papers.shared.output.page import page_html
from coercivity.papers.shared.output.text import section_lines
from coercivity.papers.shared.paper.sections import PaperFigure, PaperSection
from coercivity.papers.shared.terminal import wrapped

_FOR_FILES = "iamc"  # a section for programs only


@dataclass(frozen=True, slots=True)
class MinistryPaper:
    """A result in one language.

    Attributes:
        title: Title.
        sections: All sections, those for files too.
        picture: The main picture.
        hash: Last line for a terminal: the hash of inputs and result.
        foot: Below the page.
        lang: Language.
    """

    title: str
    sections: tuple[PaperSection, ...]
    picture: PaperFigure
    hash: str
    foot: str
    lang: Lang

    @property
    def shown(self) -> tuple[PaperSection, ...]:
        """The sections that readers see."""
        return tuple(section for section in self.sections if section.id != _FOR_FILES)

    @property
    def svg(self) -> bytes:
        """The main picture as a self-contained file."""
        return f"{self.picture.svg}\n".encode()

    @property
    def csv(self) -> dict[str, bytes]:
        """The tables as CSV files by name, `iamc.csv` among them; names of columns are the same in all languages."""
        return section_csv(self.sections)

    def page(self, *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script.

        Args:
            sister: Address of the page in the other language; empty if there is none.
        """
        return page_html(self.title, self.shown, {}, self.lang, sister=sister, foot=self.foot)

    def lines(self) -> Iterator[str]:
        """Yields the result, at most as wide as the page; tables must not be wrapped again."""
        yield from wrapped(self.title, "")
        yield from section_lines(section for section in self.shown if section.id != "formulas")
        yield ""
        yield self.hash
