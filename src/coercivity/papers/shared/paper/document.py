"""A paper that is printed: page one for the person who decides, then sections; the same for page, PDF and slide."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.papers.shared.paper.sections import PaperFigure, PaperSection


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure of page one.

    Attributes:
        label: What it is, such as the first line stop.
        value: A date, an amount or a probability, with its unit.
        note: How sure it is, and what it rests on.
    """

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of page one: what, by when, what it costs and what it changes; unknown parts are said to be unknown."""

    what: str
    by: str
    cost: str
    effect: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of page one: sentences under a heading."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageOne:
    """Page one; read alone it answers when, how much, what to do and by when.

    Attributes:
        headline: What to decide, in one sentence.
        figures: At most four figures.
        actions_heading: Heading of the actions.
        action_heads: Heads of their columns: action, by, cost, effect.
        actions: At most three actions.
        blocks: What may not go and what must be filed, what changes if a suspension is extended or lapses, what is
            unconfirmed and who should check it.
    """

    headline: str
    figures: tuple[KeyFigure, ...]
    actions_heading: str
    action_heads: tuple[str, str, str, str]
    actions: tuple[ActionLine, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide, 16:9: a headline, the main picture and at most three lines.

    Attributes:
        foot: Source, dates and the notice that it is not legal advice.
    """

    headline: str
    picture: PaperFigure
    lines: tuple[str, ...]
    foot: str


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper in one language.

    Attributes:
        lang: Language of all of it.
        title: Its title.
        subtitle: Dates, rulebook and hash.
        label: Notice of an invented example; empty if none.
        first: Page one.
        sections: What follows.
        foot: Line at the foot of each page.
        page_word: Words of a page number, such as "page {0} of {1}".
        on: Its date, which PDF stores as the date of the document; None stores none.
    """

    lang: Lang
    title: str
    subtitle: str
    label: str
    first: PageOne
    sections: tuple[PaperSection, ...]
    foot: str
    page_word: str
    on: Day | None = None
