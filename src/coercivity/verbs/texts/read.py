"""Reads a text without deciding it: which deals it describes, and which facts the words say."""

from __future__ import annotations

from coercivity.cases.arguments import PACKED, Law
from coercivity.intake.cells.description import deals_described, description_reader
from coercivity.intake.words.read import words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.text_read import DealRead, ReadData, TextRead
from coercivity.verbs.texts.clean import TEXT, clean_text

__all__ = ["DealRead", "ReadData", "TextRead", "read_in", "read_words"]


def read_words(text: str, *, law: Law = PACKED) -> TextRead:
    """Returns what a text says about deals, without deciding them.

    Args:
        text: Words as people write them: an order line, an e-mail, a visit request; English, German, Chinese, Japanese.
        law: The rulebook to use, with lexicon files of your own.

    Raises:
        CoercivityError: If the text is blank or too long, or with every fault of the lexicon files.

    Examples:
        >>> read = coercivity.read_words("sintered NdFeB magnets from Ningbo to Hamburg")
        >>> read.deals[0].facts["form"], read.deals[0].facts["magnet_type"].has
        ('magnet', frozenset({'NdFeB'}))
    """
    said, notes = clean_text(text, where=TEXT)
    return read_in(law.book(), said, notes)


def read_in(book: Rulebook, text: str, notes: tuple[str, ...] = ()) -> TextRead:
    """Returns what a clean text says, read with the lexicon of a rulebook."""
    words = words_reader(book, book.word_files)(text)
    count = deals_described(book, text)
    deals = tuple(_deal(book, text, words, part) for part in (range(1, count + 1) if count > 1 else (0,)))
    return TextRead(words, deals, (*notes, *words.notes))


def _deal(book: Rulebook, text: str, words: WordsRead, part: int) -> DealRead:
    cell = description_reader(book, part)(text)
    parts = (words.parts[part - 1],) if part else words.parts
    statements = tuple(one for each in parts for one in each.statements)
    return DealRead({**cell.entailed, **cell.facts}, statements, cell.unread)
