"""Facts for readers: questions, values, sources and form fields in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from coercivity.verbs.facts import FactSpec, catalogue, in_and_out
from coercivity.web.view import View

MOST_BOXES, MOST_CHOICES = 40, 16  # with more, a set is typed and one is chosen from a list
COMMAS = frozenset(",，、")
SOURCES = ("deal", "derived", "standing")
_EXPLAINED = re.compile(r"（|：| \(|: |; |；")  # after these signs the words of a value explain it


def fact_label(view: View, name: str) -> str:
    """Returns the question of a fact, or its name if the catalogue does not have it."""
    spec = catalogue().get(name)
    return view.t(spec.question.as_dict()) if spec is not None else name


def value_label(view: View, name: str, value: object, *, short: bool = False) -> str:
    """Returns a fact value in words.

    Args:
        view: The page.
        name: The fact.
        value: Its value as in a file of deals.
        short: Whether to leave out what explains the words of a value.
    """
    if value == "unknown":
        return view.w("deal.truth_unknown")
    if isinstance(value, bool) or value in ("true", "false"):
        return view.w("deal.yes" if value in (True, "true") else "deal.no")
    if isinstance(value, Mapping):
        return _partly(view, name, *(value.get(key, []) for key in ("has", "lacks")), short=short)
    if isinstance(value, (list, tuple)):
        if (parts := in_and_out(value)) is not None:
            return value_label(view, name, dict(zip(("has", "lacks"), parts, strict=True)), short=short)
        return _listed(view, name, value, short=short)
    text, spec = str(value), catalogue().get(name)
    if spec is None:
        return text
    if spec.type == "share":
        return _percent(view, text)
    if spec.type == "country":
        country = catalogue().countries.get(text)
        return view.t(country.as_dict()) if country is not None else text
    words = spec.values.get(text)
    told = view.t(words.as_dict()) if words is not None else text
    return head_of(told)[0] if short else told


def head_of(text: str) -> tuple[str, str]:
    """Returns the words of a value, and what explains them."""
    found = _EXPLAINED.search(text)
    return (text, "") if found is None else (text[: found.start()], text[found.start() :].lstrip(":：;； "))


def capital(text: str) -> str:
    """Returns a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def _listed(view: View, name: str, entries: Sequence[object], *, short: bool) -> str:
    """The values of a set, or the two ends of a range, in one line."""
    words = [value_label(view, name, entry, short=short) for entry in entries]
    spec = catalogue().get(name)
    if spec is not None and spec.type == "share" and len(words) == 2:
        return view.w("deal.span", *words)
    sign = view.signs.semicolon if any(COMMAS & set(word) for word in words) else view.signs.comma
    return sign.join(words) or view.w("deal.none")


def _percent(view: View, text: str) -> str:
    """A share in per cent; unchanged where it is not a plain number."""
    try:
        share = Decimal(text)
    except InvalidOperation:
        return text
    return f"{(share * 100).normalize():f}{'%' if view.lang == 'zh' else ' %'}"


def _partly(view: View, name: str, has: list[object], lacks: list[object], *, short: bool) -> str:
    """A set of which only some members are known."""
    words = [value_label(view, name, part, short=short) for part in (has, lacks) if part]
    if has and lacks:
        return view.w("deal.partly", *words)
    if short and has:
        return view.w("deal.partly_short", *words)
    return view.w("deal.partly_has" if has else "deal.partly_lacks", *words) if words else view.w("deal.truth_unknown")


def source_label(view: View, said_by: str) -> str:
    """Returns the source of a fact as the audit trail names it: the deal, the declarations, or other facts."""
    source, _, speaker = said_by.partition(": ")
    if source not in SOURCES:
        return said_by
    label = view.w(f"deal.by_{source}")
    return label + view.signs.note.format(speaker) if speaker and view.lang == "en" else label


def answer_field(view: View, spec: FactSpec, value: object = None) -> dict[str, object]:
    """Returns the form field for a fact: its kind, choices, unit and help.

    Args:
        view: The page.
        spec: The fact.
        value: The value that is chosen when the form opens, as in a file of deals; None for none.
    """
    options = [(value, *head_of(view.t(words.as_dict()) or value)) for value, words in spec.values.items()]
    kind = {"flag": "choice", "choice": "choice", "set": "boxes", "date": "date", "country": "country"}.get(
        spec.type, "text"
    )
    if spec.type == "flag":
        options = [("true", view.w("deal.yes"), ""), ("false", view.w("deal.no"), "")]
    if kind == "boxes" and (spec.members or len(options) > MOST_BOXES):
        kind = "text"
    if kind == "choice" and len(options) > MOST_CHOICES:
        kind = "select"
    example = spec.example
    held = value if isinstance(value, list) else [] if value is None else [str(value)]
    return {
        "name": spec.name,
        "kind": kind,
        "question": view.t(spec.question.as_dict()),
        "help": view.t(spec.help.as_dict()) if spec.help is not None else "",
        "options": options,
        "unit": view.w("deal.fraction") if spec.type == "share" else spec.unit,
        "example": "; ".join(map(str, example)) if isinstance(example, list) else str(example),
        "chosen": held,
        "typed": value_label(view, spec.name, value) if kind == "country" and value else "; ".join(map(str, held)),
    }


def country_names(view: View) -> list[str]:
    """Returns the names of all countries in the language of the page, sorted."""
    return sorted({view.t(country.as_dict()) for country in catalogue().countries.values()})
