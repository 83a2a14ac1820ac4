"""The report on a case as a page, and its page one as lines: the same paper that is printed."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import plain
from coercivity.papers.brief.report_data import ANNEX_FILES, PDF_FILES
from coercivity.papers.brief.report_text import WIDTH
from coercivity.papers.shared.output.page import sections_environment
from coercivity.papers.shared.pages import PageLang
from coercivity.papers.shared.paper.document import PageOne, PrintedPaper
from coercivity.papers.shared.paper.sections import for_readers
from coercivity.papers.shared.terminal import wrapped
from coercivity.papers.shared.words import paper_words

PAGE = "brief_paper.html.j2"
_WORDS = paper_words("brief_files", "words")


def paper_page(paper: PrintedPaper, *, sister: str) -> str:
    """Returns the report on a case as a page that prints whole and needs no script.

    Args:
        paper: The paper.
        sister: Address of the page in the other language.
    """
    lang: PageLang = "zh" if paper.lang == "zh" else "en"
    env = sections_environment("brief_files", lang)
    files = ((PDF_FILES[lang], _WORDS["pdf"][lang]), (ANNEX_FILES[lang], _WORDS["annex"][lang]))
    return env.get_template(PAGE).render(
        p=paper, sections=for_readers(paper.sections), charts={}, prefix="", sister=sister, files=files
    )


def first_lines(paper: PrintedPaper) -> Iterator[str]:
    """Yields page one as lines for a terminal: headline, figures, actions, and what is said under each heading.

    Args:
        paper: The paper.
    """
    first, is_chinese = paper.first, paper.lang == "zh"
    colon, semi = ("：", "；") if is_chinese else (": ", "; ")
    yield from _told(f"{paper.title} [{paper.label}]" if paper.label else paper.title, "")
    yield from _told(paper.subtitle, "")
    yield ""
    yield from _told(first.headline, "")
    for figure in first.figures:
        note = (f"（{figure.note}）" if is_chinese else f" ({figure.note})") if figure.note else ""
        yield from _told(f"{figure.label}{colon}{figure.value}{note}", "  ")
    if first.actions:
        yield ""
        yield first.actions_heading
        yield from _actions(first, colon, semi)
    for block in first.blocks:
        yield ""
        yield block.heading
        for sentence in block.sentences:
            yield from _told(sentence, "  ")


def _actions(first: PageOne, colon: str, semi: str) -> Iterator[str]:
    _, *heads = first.action_heads
    for number, action in enumerate(first.actions, 1):
        parts = zip(heads, (action.by, action.cost, action.effect), strict=True)
        told = semi.join(f"{head}{colon}{text}" for head, text in parts if text)
        yield from _told(f"{action.what}{semi}{told}", f"  {number}. ")


def _told(text: str, head: str) -> list[str]:
    return wrapped(plain(text), head, WIDTH)
