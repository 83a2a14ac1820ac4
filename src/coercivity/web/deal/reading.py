"""What was read in the words: the words with each part marked, and the fact beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from coercivity.base.words import plain
from coercivity.verbs.fact_names import raw_value, short_name_of
from coercivity.web.deal.asked import UNKNOWN, Asked, Facts, Found, prefix
from coercivity.web.fact_words import capital, value_label
from coercivity.web.view import Context, View, tongue

KINDS = ("fact", "hint", "left", "elsewhere", "")  # the first that holds of a character is shown
LONGEST_QUOTE = 60  # characters
EVIDENCE = ("claim", "below_detection", "sum_of_shares", "process", "coercivity_class", "date")
MOST_WORDS = 3  # quoted for one fact
_BLANK = re.compile(r"[\s,.;:，。、；：()（）\"'/@-]*")
_Run = tuple[int, int, str, frozenset[int]]  # begin, end, kind and numbers
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UNTOLD = (("form", "none"),)  # says only that nothing is delivered, as the type of transaction does


class Piece(NamedTuple):
    """A part of the text, and how it was read.

    Attributes:
        text: The characters.
        kind: `fact`, `hint`, `left` (not understood), `elsewhere` (of another deal), or blank.
        numbers: Numbers of the facts, shown behind their last words.
        lang: Language for those who hear it.
    """

    text: str
    kind: str
    numbers: tuple[int, ...]
    lang: str


def reading_of(view: View, found: Found, asked: Asked) -> Context | None:
    """Returns what the page shows of the words, or None if there are none.

    Args:
        view: The page.
        found: The results.
        asked: What was said.
    """
    if found.text is None:
        return None
    read, part = found.text.read.words, found.text.read.deals[found.part - 1]
    answers = {} if found.dropped else asked.answers.get(found.part, {})
    rows = _rows(view, found, part, answers)
    hints = _hints(view, found, part, answers)
    marks: list[tuple[int, int, str, int]] = []
    for row in (*rows, *hints):
        kind = "hint" if row in hints else "fact"
        marks += [(span.start, span.end, kind, row["number"]) for span in row["spans"]]
    several = len(found.parts) > 1
    others = [one for place, one in enumerate(read.parts) if several and place != found.part - 1]
    marks += [(span.start, span.end, "elsewhere", 0) for one in others for span in one.spans]
    marks += [(span.start, span.end, "left", 0) for span in read.left]
    left = _left(read.text, read.left)
    return {
        "pieces": _pieces(read.text, marks),
        "rows": [row for row in rows if not row["follows"]],
        "follows": [row for row in rows if row["follows"]],
        "facts": [one["fact"] for row in rows for one in (row, *row["also"])],
        "hints": hints,
        "left": left,
        "others": bool(others),
        "nothing": not part.statements,
        "held": read.held,
        "notes": list(found.text.read.notes),
        "evidence": [_evidence(view, read.text, one) for one in read.evidence],
    }


def _rows(view: View, found: Found, part: Any, answers: Facts) -> list[Context]:
    """The facts of the words, in their order, each with its words; one that the user corrected says so."""
    rows: list[Context] = []
    seen: set[str] = set()
    for one in part.statements:
        value = raw_value(one.value)
        if one.strength == "suggested" or one.fact in seen or (one.fact, value) in _UNTOLD:
            continue
        seen.add(one.fact)
        rows.append(_row(view, found, one, value, answers))
    rows.sort(key=lambda row: bool(row["follows"]))
    return [{**row, "number": number} for number, row in enumerate(_grouped(rows), 1)]


def _grouped(rows: list[Context]) -> list[Context]:
    """The rows, with those facts in one row that the same words give the same value: Rayong, for every place."""
    held: dict[object, Context] = {}
    for row in rows:
        key = (row["value"], row["spans"], row["follows"]) if not row["yours"] else row["fact"]
        if key in held:
            held[key]["also"].append({"fact": row["fact"], "name": row["name"]})
        else:
            held[key] = row
    return list(held.values())


def _row(view: View, found: Found, one: Any, value: object, answers: Facts) -> Context:
    assert found.text is not None
    text = found.text.read.words.text
    return {
        "fact": one.fact,
        "number": 0,
        "also": [],
        "name": capital(short_name_of(one.fact, view.lang)),
        "value": value_label(view, one.fact, value, short=True),
        "yours": value_label(view, one.fact, answers[one.fact], short=True) if one.fact in answers else "",
        "key": prefix(found.part) + one.fact,
        "words": _quotes(text, one.spans),
        "spans": one.spans,
        "follows": one.strength == "entailed",
        "reason": one.reason if view.lang == "en" else "",
    }


def _hints(view: View, found: Found, part: Any, answers: Facts) -> list[Context]:
    """Suggestions of the trade about facts that are open; they decide nothing."""
    known = {*part.facts, *(name for name, value in answers.items() if value != UNKNOWN)}
    held = [one for one in part.statements if one.strength == "suggested" and one.fact not in known]
    return [_row(view, found, one, raw_value(one.value), {}) for one in held]


def _quotes(text: str, spans: Iterable[Any]) -> list[tuple[str, str]]:
    """The words of a fact with their language, each once."""
    said = dict.fromkeys(plain(" ".join(text[span.start : span.end].split()))[:LONGEST_QUOTE] for span in spans)
    return [(words, tongue(words)) for words in said][:MOST_WORDS]


def _left(text: str, spans: Sequence[Any]) -> list[tuple[str, str]]:
    """The words that were not understood; neighbours count as one."""
    joined: list[list[int]] = []
    for span in sorted(spans):
        if joined and _BLANK.fullmatch(text, joined[-1][1], span.start):
            joined[-1][1] = span.end
        else:
            joined.append([span.start, span.end])
    said = dict.fromkeys(plain(" ".join(text[start:end].split()))[:LONGEST_QUOTE] for start, end in joined)
    return [(words, tongue(words)) for words in said]


def _evidence(view: View, text: str, one: Any) -> Context:
    """Something that the words say besides; a whole date can be taken as that of the transaction."""
    day = one.value if one.kind == "date" and _DAY.fullmatch(one.value) and one.value != view.on else ""
    return {
        "kind": view.w(f"deal.evidence_{one.kind}") if one.kind in EVIDENCE else "",
        "words": _quotes(text, one.spans),
        "text": one.text if view.lang == "en" else "",
        "on": {"on": day} if day else None,
        "day": day,
    }


def _pieces(text: str, marks: Sequence[tuple[int, int, str, int]]) -> list[Piece]:
    """The text in pieces at every end of a mark; blanks between pieces of one kind join them."""
    kinds, numbers = [""] * len(text), [frozenset[int]()] * len(text)
    for kind in reversed(KINDS[:-1]):
        for start, end, found, number in marks:
            if found == kind:
                for place in range(start, min(end, len(text))):
                    if kinds[place] != kind:
                        kinds[place], numbers[place] = kind, frozenset()
                    numbers[place] |= {number} if number else frozenset()
    pieces: list[_Run] = []
    for place in range(len(text)):
        if pieces and pieces[-1][2] == kinds[place] and pieces[-1][3] == numbers[place]:
            pieces[-1] = (pieces[-1][0], place + 1, kinds[place], numbers[place])
        else:
            pieces.append((place, place + 1, kinds[place], numbers[place]))
    return [_piece(text, one) for one in _joined(text, pieces)]


def _joined(text: str, pieces: list[_Run]) -> list[_Run]:
    found: list[_Run] = []
    for start, end, kind, numbers in pieces:
        if (
            len(found) > 1
            and kind
            and found[-2][2:] == (kind, numbers)
            and not text[found[-1][0] : found[-1][1]].strip()
        ):
            found[-2:] = [(found[-2][0], end, kind, numbers)]
        else:
            found.append((start, end, kind, numbers))
    return found


def _piece(text: str, one: _Run) -> Piece:
    start, end, kind, numbers = one
    lines = [plain(line) for line in text[start:end].split("\n")]
    said = "\n".join(lines)
    return Piece(said, kind, tuple(sorted(numbers)), tongue(said))
