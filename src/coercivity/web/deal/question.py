"""The question to clarify first on the Deal screen: plain choices as buttons, or a field for each fact it asks for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from coercivity.verbs.fact_names import short_name_of
from coercivity.verbs.facts import catalogue
from coercivity.web.deal.asked import UNKNOWN
from coercivity.web.fact_words import answer_field, capital
from coercivity.web.view import Context, View


def question_of(view: View, question: Any, own: str) -> Context | None:
    """Returns what the page shows of a question; None if nothing is left to ask.

    Args:
        view: The page.
        question: The question, from the report data.
        own: What the names of the answers begin with in an address.
    """
    if question is None:
        return None
    fields = {field["fact"]: answer_field(view, catalogue()[field["fact"]]) for field in question["fields"]}
    return {
        **fields[question["fact"]],
        "text": _said(view, question["text"]),
        "about": _said(view, question["help"]),
        "why": _said(view, question["why"]),
        "whom": _said(view, question["ask_whom"]),
        "keys": [own + name for name in question["facts"]],
        "choices": [
            {
                "label": _said(view, choice["label"]),
                "go": urlencode({own + name: _written(value) for name, value in choice["facts"].items()}),
                "suggested": choice["suggested"],
            }
            for choice in question["choices"]
        ],
        "fields": [
            {
                **fields[field["fact"]],
                "key": own + field["fact"],
                "label": capital(short_name_of(field["fact"], view.lang)),
                "hints": [_said(view, hint) for hint in field["hints"]],
            }
            for field in question["fields"]
        ],
        "unknown": urlencode({own + name: UNKNOWN for name in question["facts"]}),
    }


def _said(view: View, text: dict[str, str]) -> str:
    return view.t(text) if text else ""


def _written(value: object) -> str:
    """Returns a value as an address states it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ("; ".join(map(str, value)) or "[]") if isinstance(value, list) else str(value)
