"""Names and texts of the rulebook, and files of texts, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.textyaml import load_file
from coercivity.law.rules.model import Instrument, Provision
from coercivity.law.rules.shown import issuers, short_name
from coercivity.law.rules.status import StatusOn
from coercivity.papers.brief import words as papers
from coercivity.papers.shared import names, rules_text, steps
from coercivity.papers.shared.names import Text, bases, clause_place, clause_ref, clause_with_subject
from coercivity.papers.shared.rules_text import basis_told, rules_word, ways_text
from coercivity.papers.shared.terminal import law_text
from coercivity.papers.shared.words import paper_words

__all__ = [
    "Text",
    "bases",
    "basis_told",
    "called",
    "clause_place",
    "clause_ref",
    "clause_title",
    "clause_with_subject",
    "column_words",
    "issuers",
    "law_words",
    "name_of",
    "role_words",
    "rules_shown_lines",
    "rules_word",
    "short_name",
    "status_text",
    "step_words",
    "table_words",
    "verified_through",
    "ways_text",
    "word_files",
]  # fmt: skip


def law_words(group: str, word: str) -> Text:
    """Returns the text for a fixed word of the rulebook, such as an outcome, a status or an effect."""
    return law_text(group, word)


def step_words(kind: str) -> Text:
    """Returns the event on a date to watch."""
    return steps.step_words(kind)


def role_words(role: str) -> Text:
    """Returns the role of a clause in a result."""
    return papers.KINDS[role]


def verified_through() -> Day:
    """Returns the date to which the rulebook was verified against new announcements."""
    return PACKED.book().verified_through


def name_of(instrument_id: str, lang: Lang) -> str:
    """Returns the short name of an instrument by its id; the id where the rulebook has no such instrument."""
    return names.name_of(PACKED.book(), instrument_id, lang)


def called(name: str, lang: Lang) -> str:
    """Returns the name of a clause or an instrument by its id."""
    return names.called(PACKED.book(), name, lang)


def clause_title(instrument: Instrument, provision: Provision, lang: Lang) -> str:
    """Returns instrument and clause as they are cited."""
    return names.clause_name(instrument, provision, lang)


def rules_shown_lines(
    instrument: Instrument, provisions: tuple[Provision, ...], lang: Lang, law: Law = PACKED
) -> Iterator[str]:
    """Yields an instrument and its clauses as lines of text, the clauses set apart by blank lines."""
    book = law.book()
    yield from rules_text.instrument_lines(book, instrument, lang)
    for provision in provisions:
        yield ""
        yield from rules_text.clause_lines(book, provision, lang)


def status_text(instrument: Instrument, state: StatusOn, known: Day) -> Text:
    """Returns the status of a clause and why, with the other reading of an end date."""
    return papers.status_text(PACKED.book(), instrument, state, known)


def table_words(pack: str, table: str) -> Text:
    """Returns the title of a table of a pack in each language; empty if it has none."""
    return paper_words("data_tables", "tables").get(f"{pack}/{table}", {})


def column_words(column: str) -> Text:
    """Returns what a column of the packs is called in each language: in English by its own name."""
    return paper_words("data_tables", "columns").get(column, {"en": column})


def word_files(folder: Path) -> dict[str, Mapping[str, str]]:
    """Returns every text of the files of a folder by `file.name`, each with its languages."""
    return {
        f"{path.stem}.{name}": {lang: " ".join(text.split()) for lang, text in words.items()}
        for path in sorted(folder.glob("*.yaml"))
        for name, words in load_file(path).items()
    }
