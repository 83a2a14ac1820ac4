"""What an address or a form says about a deal: the words, entries beside them, and answers to questions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from coercivity.base.errors import CoercivityError
from coercivity.verbs.deal import SpokenAnswer, decide_cells
from coercivity.verbs.decide import Standing, cell_value
from coercivity.verbs.facts import catalogue
from coercivity.verbs.law import Law
from coercivity.verbs.table_look import packed_claims
from coercivity.verbs.texts.decide import TextAnswer, decide_text
from coercivity.verbs.written_day import written_day
from coercivity.web.deal.steps import MORE
from coercivity.web.view import View

PARTIES = ("consignee", "end_user", "exporter", "intermediary", "owner")
WORDS = "material"  # the words are the item of a row of a table, so that a row opens here
CELLS = ("act", WORDS, "hs", "composition", "from", "to", *PARTIES, "use", "quantity", "price")
STANDING, SAID_BY, SAID_ON = "standing", "said_by", "said_on"
PART, CORRECT, GO, OF = "part", "correct", "go", "of"
PASSING = (CORRECT, GO, OF, MORE, "to_lang")  # of one page, not of those after it
UNKNOWN = "unknown"  # as a value: the fact is unknown, and the question is not repeated
LONGEST_ADDRESS = 8_000  # characters; what is longer is sent as a form, and no link holds it
_ANSWER = re.compile(r"f(\d{0,2})\.(\w+)", re.ASCII)
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A deal, or several, as said.

    Attributes:
        cells: Entries by role, the words among them.
        answers: Answers to questions, by the number of the deal that they belong to.
        part: Number of the deal that is to be shown, from 1; 0 if none was chosen.
    """

    cells: dict[str, str]
    answers: Mapping[int, Facts]
    part: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing describes a deal."""
        return not self.cells and not any(self.answers.values())

    @property
    def words(self) -> str:
        """The words."""
        return self.cells.get(WORDS, "")


@dataclass(frozen=True, slots=True)
class Found:
    """The results.

    Attributes:
        parts: One result for each deal.
        text: The text and what was read in it; None without words.
        part: Number of the deal that is shown, from 1.
        dropped: Whether answers were left out because they were given for other words.
    """

    parts: tuple[SpokenAnswer, ...]
    text: TextAnswer | None
    part: int
    dropped: bool = False

    @property
    def shown(self) -> SpokenAnswer:
        """The result that is shown."""
        return self.parts[self.part - 1]


def prefix(part: int) -> str:
    """Returns what the names of the answers to the questions about a deal begin with in an address."""
    return "f." if part == 1 else f"f{part}."


def with_changes(view: View) -> View:
    """Returns a view in which the changes of a button are made, and lines end in one way."""
    query = [(key, value.replace("\r\n", "\n").replace("\r", "\n")) for key, value in view.query if key != GO]
    for key, value in parse_qsl(view.get(GO), keep_blank_values=True):
        if value == UNKNOWN and any(pair[0] == key for pair in query):
            continue  # what was typed beside the button is known
        query = [pair for pair in query if pair[0] != key] + ([(key, value)] if value else [])
    return replace(view, query=tuple(query))


def with_day(view: View) -> View:
    """Returns a view with its dates as YYYY-MM-DD.

    Raises:
        CoercivityError: If one is no date.
    """
    try:
        on = written_day(view.on)
    except CoercivityError as error:
        step = view.w("deal.on_next")
        raise CoercivityError([replace(fault, next=step) for fault in error.faults]) from None
    query = tuple((key, on if key == "on" else value) for key, value in view.query)
    return replace(view, on=on, query=query)


def is_long(view: View) -> bool:
    """Returns whether what is said is too long for an address."""
    return len(urlencode(view.query)) > LONGEST_ADDRESS


def mark_of(text: str, parts: int) -> str:
    """Returns what tells whether answers were given for these words: their hash, and how many deals they describe."""
    return f"{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}-{parts}"


def asked_of(view: View) -> Asked:
    """Returns what an address says.

    Raises:
        CoercivityError: If the value of an answer has no form that is known.
    """
    held = dict(view.query)
    cells = {name: held[name] for name in CELLS if name in held}
    several: dict[int, dict[str, list[str]]] = {}
    for key, value in view.query:
        if found := _ANSWER.fullmatch(key):
            several.setdefault(int(found[1] or 1), {}).setdefault(found[2], []).append(value)
    # "I do not know" overrides all other values of the field.
    answers = {part: {name: _value(name, values) for name, values in facts.items()} for part, facts in several.items()}
    part = held.get(PART, "")
    return Asked(cells, answers, int(part) if re.fullmatch(r"\d{1,2}", part, re.ASCII) else 0)


def _value(name: str, values: list[str]) -> str | list[str]:
    return cell_value(catalogue(), name, UNKNOWN if UNKNOWN in values else ";".join(values))


def standing_of(view: View) -> bool:
    """Returns whether the compliance declarations are made."""
    return view.get(STANDING) == "yes"


def declared(view: View) -> Standing:
    """Returns the declarations, if made; without a name and a day they leave open who searched the lists."""
    made = packed_claims() if standing_of(view) else Standing()
    return replace(made, said_by=view.get(SAID_BY), said_on=view.get(SAID_ON))


def answered(view: View, asked: Asked, law: Law | None = None) -> Found:
    """Returns the result for each deal.

    Args:
        view: The address, with its date as YYYY-MM-DD.
        asked: What it says.
        law: Another rulebook than that of the page, for a look at a draft.

    Raises:
        CoercivityError: With every error in the input.
    """
    if not asked.words:
        return Found((_decided(view, asked.cells, asked.answers.get(1, {}), law),), None, 1)
    plain = _read(view, asked, {}, law)
    parts = len(plain.parts)
    before, _, count = view.get(OF).partition("-")
    moved = bool(before) and before != mark_of(asked.words, parts).partition("-")[0]
    dropped = moved and (parts > 1 or count not in ("", "1")) and bool(asked.answers)
    answers = {} if dropped else asked.answers
    found = [
        _read(view, asked, answers[part], law).parts[part - 1] if answers.get(part) else plain.parts[part - 1]
        for part in range(1, parts + 1)
    ]
    return Found(tuple(found), plain, _shown_first(found) if not asked.part else min(asked.part, parts), dropped)


def _shown_first(found: Sequence[SpokenAnswer]) -> int:
    """The number of the first deal that may not simply proceed; 1 if all may."""
    decided = [one.answer.decision for one in found]
    held = (n for n, one in enumerate(decided, 1) if one is None or one.outcome.value != "PROCEED")
    return next(held, 1)


def settled(view: View, found: Found) -> View:
    """Returns a view that names the deal that is shown, without answers that were dropped."""
    query = [pair for pair in view.query if not (found.dropped and _ANSWER.fullmatch(pair[0]))]
    if len(found.parts) > 1:
        query = [*(pair for pair in query if pair[0] != PART), (PART, str(found.part))]
    return replace(view, query=tuple(query))


def _read(view: View, asked: Asked, facts: Facts, law: Law | None) -> TextAnswer:
    cells = {name: text for name, text in asked.cells.items() if name != WORDS}
    return decide_text(asked.words, cells=cells, facts=facts, **_clocks(view, law))


def _decided(view: View, cells: Mapping[str, str], facts: Facts, law: Law | None) -> SpokenAnswer:
    return decide_cells(cells, facts=facts, **_clocks(view, law))


def _clocks(view: View, law: Law | None) -> dict[str, Any]:
    return {
        "on": view.on,
        "known": view.known or None,
        "assume": view.assume or None,
        "standing": declared(view),
        "law": law or view.law,
    }
