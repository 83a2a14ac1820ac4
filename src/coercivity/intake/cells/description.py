"""The description of a deal in a cell: read strictly as the name of an item, and as free words.

The strict reader closes what it understood in full, such as the elements of an oxide. Free words add what they state;
a word that neither understood holds PROCEED back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from coercivity.base.errors import brief_value
from coercivity.data.values import FactValue
from coercivity.intake.cells.cell import Cell
from coercivity.intake.goods.material import material_reader
from coercivity.intake.goods.reading import Reading
from coercivity.intake.goods.use import military_word
from coercivity.intake.words.read import KEPT_TEXTS, left_words, words_reader
from coercivity.intake.words.results import PartRead, WordsRead, facts_text
from coercivity.law.rules.rulebook import Rulebook

OWN_ANSWER = "each with its own answer"
GOODS = frozenset(("goods", "reexport", "transit"))
# Headings of rare earths, their compounds, ferro-alloys and magnets.
_RARE_HEADINGS = ("2530", "2612", "2805", "2846", "3606", "3824", "7202", "8505")
_USES = ("military_use", "wmd_use")
_SECOND = "words that may name a second item"
# Four letters in a row, a control code, or an oxide without its capitals; others may be part of a model's name.
_WORDY = re.compile(r"[a-z]{4}|^[0-9][a-e][0-9]{3}|^(?:sc|y|la|ce|pr|nd|sm|eu|gd|tb|dy|ho|er|tm|yb|lu)\d*o\d*$", re.I)


@lru_cache(maxsize=64)  # a reader keeps tables, but nothing that it read
def description_reader(book: Rulebook, part: int = 0) -> Callable[[str], Cell]:
    """Returns the function that reads descriptions.

    Args:
        book: The rulebook, for its catalogue, its words and those of the user.
        part: Which deal of a description with several is meant, from 1; 0 leaves such a description unread.
    """
    strict, words = material_reader(book), words_reader(book, book.word_files)

    @lru_cache(maxsize=KEPT_TEXTS)  # a deal alone is read for its facts and to be shown
    def read(text: str) -> Cell:
        return _cell(text, strict(text), words(text), part)

    return read


def deals_described(book: Rulebook, text: str) -> int:
    """Returns how many deals a description names, each with its own answer; at least one."""
    parts = words_reader(book, book.word_files)(text).parts
    return len(parts) if len(parts) > 1 and material_reader(book)(text).unread else 1


def _cell(text: str, strict: Reading, read: WordsRead, part: int) -> Cell:
    alike = all(each.facts == read.parts[0].facts and not _is_deed(each) for each in read.parts)
    if len(read.parts) > 1 and not part and strict.unread and not alike:
        return Cell(unread=_several(text, read))
    if part > len(read.parts):
        return Cell(unread=f"material {brief_value(text.strip())!r} has no deal {part}")
    mine = read.parts[max(part, 1) - 1] if read.parts else PartRead(())
    deed = _is_deed(mine)
    if not strict.unread and not deed:
        facts = {**_stated(mine), **strict.facts}
        rest = ", ".join(word for word in left_words(read) if _may_tell(word)) or _second(read, part)
        rest = rest or _number_of_another(read, facts)
        told = (f"not understood: {brief_value(rest, longest=200)}",) if rest else ()
        return Cell(facts, (*strict.notes, *told), entailed=_entailed(mine, facts), rest=rest)
    facts = {**strict.facts, **_stated(mine)} if strict.because == "cut" else _stated(mine)
    notes = (
        *read.notes,
        *((f"{brief_value(text.strip())!r} interpreted as {facts_text(mine.facts)}",) if facts else ()),
    )
    left = ", ".join(left_words(read)) or ("" if deed else _number_of_another(read, _stated(mine)))
    if strict.because == "military" or (military_word(text) and facts.get("goods_kind") != "aircraft_part"):
        facts = {**dict.fromkeys(_USES), **facts}
        left = left or military_word(text)
    elif strict.because == "items" and not deed:
        left = left or _SECOND
    if not facts and not left:
        return Cell(notes=notes, unread=strict.unread or f"material {brief_value(text.strip())!r} names no deal")
    unread = (
        strict.unread
        if strict.because == "cut"
        else read.held and f"material {brief_value(text.strip())!r} {read.held}"
    )
    if left and not deed:
        notes = (*notes, f"not understood: {brief_value(left, longest=200)!r}")
    return Cell(facts, notes, unread=unread, rest=left, entailed=_entailed(mine, facts))


def _second(read: WordsRead, part: int) -> str:
    """Returns what is told where free words name a second item that the strict reader took for a part of the first."""
    return _SECOND if not part and (read.held or len(read.parts) > 1) else ""


def _number_of_another(read: WordsRead, facts: Mapping[str, FactValue | None]) -> str:
    """Returns a number of a list in the text that may be that of another item: a CAS number beside headphones."""
    if "elements" in facts or "cas_number" in facts:
        return ""
    magnet = facts.get("form") in ("magnet", "magnet_powder")
    for one in read.evidence:
        heading = one.kind == "tariff_number" and one.value.startswith(_RARE_HEADINGS)
        if one.kind in ("cas_number", "control_code") or (heading and not (magnet and one.value.startswith("8505"))):
            return ", ".join(read.said(span) for span in one.spans)
    return ""


def _may_tell(word: str) -> bool:
    """Returns whether a word that the strict reader passed over may tell something: no number of a drawing or model."""
    return not word.isascii() or _WORDY.search(word) is not None


def _is_deed(part: PartRead) -> bool:
    act = part.facts.get("act")
    return act is not None and act not in GOODS


def _stated(part: PartRead) -> dict[str, FactValue | None]:
    found: dict[str, FactValue | None] = {}
    for one in part.statements:
        if one.strength == "stated":
            found.setdefault(one.fact, one.value)
    return found


def _entailed(part: PartRead, facts: Mapping[str, FactValue | None]) -> dict[str, FactValue | None]:
    return {one.fact: one.value for one in part.statements if one.strength == "entailed" and one.fact not in facts}


def _several(text: str, read: WordsRead) -> str:
    told = "; ".join(f"{number}) {facts_text(part.facts)}" for number, part in enumerate(read.parts, 1))
    return f"material {brief_value(text.strip())!r} describes {len(read.parts)} deals, {OWN_ANSWER}: {told}"
