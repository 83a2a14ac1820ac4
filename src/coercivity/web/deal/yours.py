"""Answers of the user to the questions about a deal, and the form that corrects a fact."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from coercivity.verbs.fact_names import short_name_of, whom_to_ask
from coercivity.verbs.facts import catalogue
from coercivity.web.deal.asked import CORRECT, PASSING, UNKNOWN, Asked, Found, prefix
from coercivity.web.fact_words import answer_field, capital, value_label
from coercivity.web.view import Context, View


def yours_of(view: View, found: Found, asked: Asked) -> list[Context]:
    """Returns the answers of the user about the deal that is shown.

    Args:
        view: The page.
        found: The results.
        asked: What was said.
    """
    held = {} if found.dropped else asked.answers.get(found.part, {})
    return [
        {
            "fact": name,
            "question": capital(short_name_of(name, view.lang)),
            "value": value_label(view, name, value, short=True),
            "whom": view.t(text) if value == UNKNOWN and (text := whom_to_ask(name, view.law)) else "",
            "undo": {prefix(found.part) + name: None, CORRECT: None},
            "change": {CORRECT: name},
        }
        for name, value in held.items()
    ]


def correction_of(view: View, found: Found, asked: Asked) -> Context | None:
    """Returns the form that corrects a fact, with its present value chosen; None if none is to be corrected.

    Args:
        view: The page.
        found: The results.
        asked: What was said.
    """
    spec = catalogue().get(view.get(CORRECT))
    if spec is None:
        return None
    answers = {} if found.dropped else asked.answers.get(found.part, {})
    value = answers.get(spec.name, found.shown.facts.get(spec.name))
    key = prefix(found.part) + spec.name
    return {
        **answer_field(view, spec, None if value == UNKNOWN else value),
        "key": key,
        "hidden": [pair for pair in view.query if pair[0] not in (*PASSING, key)],
        "cancel": {CORRECT: None},
    }


def moved(changes: Mapping[str, str | None]) -> str:
    """Returns changes of the address as the value of a button; one without a value takes the name out."""
    return urlencode({name: value or "" for name, value in changes.items()})
