"""The form on the Deal screen that states where each step of the chain was done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coercivity.base.errors import Fault
from coercivity.verbs.fact_names import short_name_of
from coercivity.verbs.jurisdictions.request import facts_abroad
from coercivity.verbs.jurisdictions.steps_form import (
    ELEMENTS,
    EVIDENCE,
    KEYS,
    STEPS,
    fault_key,
    fault_row,
    steps_from_form,
)
from coercivity.verbs.messages import message
from coercivity.web.view import Context, View

MORE = "step_rows"  # how many blank rows are added
BLANK_ROWS, MORE_ROWS, MOST_ROWS = 1, 4, 30  # blank rows are offered up to the last number
OF_FACTS = "facts: "  # before the name of a fact in the place of a fault
TWICE = " / "  # between two texts of one cell
SHOWN = ("step", "element", "country", "share", "by", "evidence", "on")
RARE = ("technology", "part1_value_share")  # only MOFCOM 61/2025 reads them
_FIELD = re.compile(r"s(\d{1,9})\.(\w{1,40})", re.ASCII)
_CHOICES: Mapping[str, Sequence[str]] = {"step": STEPS, "element": ELEMENTS, "evidence": EVIDENCE}
_FILE_WORD = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", re.ASCII)


def is_step(name: str) -> bool:
    """Returns whether a name of the address belongs to the form on steps."""
    found = _FIELD.fullmatch(name)
    return name == MORE or found is not None


def rows_of(view: View) -> list[dict[str, str]]:
    """Returns the rows of an address, in their order, without blank ones.

    None is left out, however many there are. A cell that is stated twice keeps both texts, which no value has.
    """
    held: dict[int, dict[str, list[str]]] = {}
    for key, value in view.query:
        if found := _FIELD.fullmatch(key):
            held.setdefault(int(found[1]), {}).setdefault(found[2], []).append(value)
    rows = [held[number] for number in sorted(held)]
    return [{key: TWICE.join(dict.fromkeys(values)) for key, values in row.items()} for row in rows]


def steps_of(view: View) -> list[dict[str, object]]:
    """Returns the rows of an address as a file of steps writes them."""
    return steps_from_form(rows_of(view), view.law)


def form_of(view: View, faults: Sequence[Fault]) -> Context:
    """Returns what the page shows of the form, each fault at its row.

    Args:
        view: The page.
        faults: Faults in the steps, and others.
    """
    rows = rows_of(view)
    by_row: dict[int, list[tuple[str, Fault]]] = {}
    for fault in faults:
        by_row.setdefault(fault_row(fault), []).append((fault_key(fault), in_words(view, fault)))
    more = MORE_ROWS if view.get(MORE) else BLANK_ROWS
    count = max(len(rows), min(len(rows) + more, MOST_ROWS))
    shown = [_row(n, rows[n - 1] if n <= len(rows) else {}, by_row.get(n, [])) for n in range(1, count + 1)]
    return {
        "step_rows": shown,
        "step_count": len(rows),
        "step_full": len(rows) >= MOST_ROWS,
        "step_keys": [*SHOWN, *(key for key in RARE if any(key in row for row in rows))],
        "step_choices": {key: [(one, _label(view, key, one)) for one in known] for key, known in _CHOICES.items()},
        "step_more": MORE,
        "step_focus": _focus(shown, len(rows) if view.get(MORE) else None),
    }


def in_words(view: View, fault: Fault) -> Fault:
    """Returns a fault in the language of the page, with the words of the page in place of those of a file."""
    known = {f"step_{name}": name for name in STEPS} | {f"steps_{key}": key for key in (*SHOWN, *RARE)}
    labels = {name: view.w(f"deal.{word}") for word, name in known.items()}
    labels |= {name: short_name_of(name, view.lang) for name in facts_abroad()}

    def said(text: str) -> str:
        return _FILE_WORD.sub(lambda found: labels.get(found[0], found[0]), text)

    what, step = message(fault.what, view.lang), message(fault.next, view.lang)
    return replace(fault, what=said(what), next=said(step), where=said(fault.where.removeprefix(OF_FACTS)))


def _focus(shown: Sequence[Context], filled: int | None) -> tuple[int, str] | None:
    """The cell that gets the focus: the first one in error, or that of the first blank row after rows were added."""
    for row in shown:
        for key in (*SHOWN, *RARE):
            if key in row["marked"]:
                return row["number"], key
    return None if filled is None or filled >= len(shown) else (filled + 1, SHOWN[0])


def _row(number: int, values: Mapping[str, str], faults: Sequence[tuple[str, Fault]]) -> Context:
    marked = {key for key, _ in faults} - {""}
    removed = {f"s{number}.{key}": None for key in (*KEYS, *values)}
    return {"number": number, "values": values, "faults": list(faults), "marked": marked, "remove": removed}


def _label(view: View, key: str, value: str) -> str:
    if key == "element":
        return view.w("deal.step_all") if value == ELEMENTS[0] else value
    return view.w(f"deal.{key}_{value}")
