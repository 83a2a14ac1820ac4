"""The lexicon files of a user: read, checked, and given to the rulebook that texts are read with."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.input import Input, place_of, read_text
from coercivity.law.rules.rulebook import Rulebook, with_word_files

MOST_BYTES, MOST_FILES = 4 * 2**20, 8


def book_with_words(book: Rulebook, sources: Sequence[Input], faults: Faults) -> Rulebook:
    """Returns the rulebook with the lexicon files of a user; faults are added, not raised.

    Args:
        book: The rulebook.
        sources: The files; a term of an earlier one takes precedence.
        faults: Collects every fault, with its line.
    """
    if not sources:
        return book
    if len(sources) > MOST_FILES:
        what = f"{len(sources)} lexicon files; the limit is {MOST_FILES}"
        faults.add("WORDS-SIZE", what, next="put their lines into one file")
        return book
    held: list[tuple[str, str]] = []
    for source in sources:
        try:
            text = read_text(source, most_bytes=MOST_BYTES)
            _checked(book.catalogue, place_of(source), text)
            held.append((Path(source.name).name, text))
        except CoercivityError as error:
            faults.items += error.faults
    return with_word_files(book, tuple(held)) if len(held) == len(sources) else book


@lru_cache(maxsize=MOST_FILES)
def _checked(catalogue: FactCatalogue, name: str, text: str) -> None:
    """Raises CoercivityError with every fault of a lexicon file; a file of the same content is checked once."""
    from coercivity.intake.words.lexicon.contrary import check_terms  # slow to import, and most runs have no such file
    from coercivity.intake.words.lexicon.entries import read_entries

    faults = Faults()
    try:
        check_terms(catalogue, read_entries(catalogue, text, name, faults), faults)
    except csv.Error as error:
        faults.add("WORDS-COLUMNS", f"not a valid table: {error}", where=name, next="save the file as CSV, UTF-8")
    faults.raise_if_any()
