"""Page one of the printed report as text, for a case without a company and one with line stops and a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from coercivity.base.words import Lang
from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.shared.paper.document import PageOne
from tests.unit.papers.brief.paper.bodies import Shape, body_of


def _lines(page: PageOne) -> Iterator[str]:
    yield page.headline
    for figure in page.figures:
        yield f"{figure.label} | {figure.value} | {figure.note}"
    yield f"## {page.actions_heading}"
    yield " | ".join(page.action_heads)
    for line in page.actions:
        yield f"{line.what} | {line.by} | {line.cost} | {line.effect}"
    for block in page.blocks:
        yield f"## {block.heading}"
        yield from block.sentences


@pytest.mark.parametrize(("case", "shape"), [("smco-defence", "deals"), ("magnet-jv", "both")])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_one_reads_as_recorded(case: str, shape: Shape, lang: Lang, golden: Callable[[str, str], None]) -> None:
    told = "\n".join(_lines(brief_paper(body_of(case, shape), lang).first)) + "\n"
    golden(f"brief-page-{case}.{lang}.txt", told)
