"""Sections of a paper as a page or as part of one: tables beside charts, whole without a script and in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coercivity.base.templating import page_environment
from coercivity.base.words import Lang
from coercivity.papers.shared import TEMPLATES
from coercivity.papers.shared.output.charts import BarPicture, StepPicture
from coercivity.papers.shared.pages import page_words
from coercivity.papers.shared.paper.sections import PaperSection, for_readers

if TYPE_CHECKING:
    from jinja2 import Environment

PART, PAGE = "_firm_sections.html.j2", "firm_paper.html.j2"


@dataclass(frozen=True, slots=True)
class PaperChart:
    """A chart of a section.

    Attributes:
        label: The same in words, for those who do not see it.
        legend: Names of the layers with their ink.
        bars: The same bars for a wide and a narrow screen.
    """

    label: str
    legend: tuple[tuple[str, str], ...] = ()
    bars: tuple[BarPicture, ...] = ()
    steps: StepPicture | None = None


def sections_html(
    sections: Sequence[PaperSection], charts: Mapping[str, PaperChart], lang: Lang, *, prefix: str = ""
) -> str:
    """Returns sections as part of a page; it takes the style of the page.

    Args:
        sections: The sections.
        charts: Charts by the id of their section.
        lang: Language.
        prefix: Put before the ids of sections, so that two papers fit on one page.
    """
    env = sections_environment("firm_shared", lang)
    return env.get_template(PART).render(sections=for_readers(sections), charts=charts, prefix=prefix)


def sections_environment(words: str, lang: Lang) -> Environment:
    """Returns the templates of papers with all that `_firm_sections.html.j2` uses.

    Args:
        words: Name of the file of words.
        lang: Language of the page.
    """
    from markupsafe import Markup

    env = page_environment(TEMPLATES)
    page_words(env, words, lang)
    env.filters["picture"] = Markup  # made by this program, with its texts escaped
    return env


def page_html(
    title: str,
    sections: Sequence[PaperSection],
    charts: Mapping[str, PaperChart],
    lang: Lang,
    *,
    sister: str,
    foot: str,
) -> str:
    """Returns sections as a page of its own.

    Args:
        title: Title of the page.
        sections: The sections.
        charts: Charts by the id of their section.
        lang: Language.
        sister: Address of the page in the other language; empty if there is none.
        foot: Last line of the page.
    """
    env = sections_environment("firm_shared", lang)
    page = env.get_template(PAGE)
    return page.render(title=title, sections=for_readers(sections), charts=charts, prefix="", sister=sister, foot=foot)
