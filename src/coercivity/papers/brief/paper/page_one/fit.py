"""Page one on one page: its longest blocks end sooner, and say how much the sections have besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from coercivity.papers.brief.paper.page_one.first import MOST_CLAUSES, MOST_SENTENCES, page_one
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.paper.document import Block, PrintedPaper
from coercivity.papers.shared.paper.sections import Wording

RANKED = {"to_file": 2, "suspension": 1}  # sentences by which a block may be longer than others before it is cut
FEWEST = 2  # a sentence, and how many more there are
FEWEST_CLAUSES = 1  # clauses that prohibit are cut last


def on_one_page(
    paper: PrintedPaper, body: BriefBody, w: Wording, length: Callable[[PrintedPaper], int]
) -> PrintedPaper:
    """Returns a report whose page one fills a page, with as much on it as there is room for.

    Args:
        paper: The report; blocks that page one has besides its own stay.
        body: The report data.
        w: The words.
        length: Returns how many pages page one fills.
    """
    own = len(page_one(body, w).blocks)
    more: tuple[Block, ...] = paper.first.blocks[own:]

    def made(most: Mapping[str, int], clauses: int) -> PrintedPaper:
        first = page_one(body, w, most, clauses)
        return replace(paper, first=replace(first, blocks=(*first.blocks, *more)))

    most, clauses, found = dict(MOST_SENTENCES), MOST_CLAUSES, paper
    while length(replace(found, sections=())) > 1:
        held = {block.heading: len(block.sentences) for block in found.first.blocks}
        told = {name: held.get(w(name, table="headings"), 0) for name in most}
        if longer := [name for name in most if told[name] > FEWEST]:
            longest = max(longer, key=lambda name: told[name] - RANKED.get(name, 0))
            most[longest] = told[longest] - 1
        elif clauses > FEWEST_CLAUSES:
            clauses -= 1
        else:
            return found
        found = made(most, clauses)
    for name in MOST_SENTENCES:  # a long sentence that was left out may have made room for one elsewhere
        wider = {**most, name: most[name] + 1}
        while most[name] < MOST_SENTENCES[name] and length(replace(made(wider, clauses), sections=())) == 1:
            most, found = wider, made(wider, clauses)
            wider = {**most, name: most[name] + 1}
    return found
