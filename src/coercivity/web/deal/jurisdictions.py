"""The results of other jurisdictions below that of China on the Deal screen."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.errors import CoercivityError
from coercivity.verbs.decide import cell_value
from coercivity.verbs.fact_names import short_name_of
from coercivity.verbs.jurisdictions.decide import CHINA, ConflictFound, SideAnswer, beside_china
from coercivity.verbs.jurisdictions.request import ANSWERS_ABROAD, facts_abroad, known_jurisdictions
from coercivity.verbs.jurisdictions.steps_form import fault_row
from coercivity.verbs.words import clause_title
from coercivity.web.deal.asked import UNKNOWN, Found
from coercivity.web.deal.steps import form_of, in_words, steps_of
from coercivity.web.fact_words import answer_field, capital, head_of, value_label
from coercivity.web.view import Context, View

OTHERS = "jurisdiction"
OWN = "x."  # what the names of facts that only other jurisdictions ask for begin with in an address
MOST_GROUNDS = 6


def others_of(view: View, found: Found) -> Context:
    """Returns what the page shows of other jurisdictions: those to choose from, and the results of the chosen ones.

    Args:
        view: The page.
        found: The results for China.
    """
    known = {code: view.t(name.as_dict()) for code, name in known_jurisdictions().items() if code != CHINA}
    chosen = chosen_of(view)
    told: Context = {"jurisdictions": [(code, name, code in chosen) for code, name in known.items()], "own_abroad": OWN}
    told |= {
        "sides": (),
        "conflicts": (),
        "conflicts_here": (),
        "wrong_abroad": (),
        "abroad_waits": False,
        "answers_abroad": _answers(view),
        **form_of(view, ()),
    }
    if not chosen:
        return told
    try:
        codes = (CHINA, *chosen)
        told_by = beside_china(
            found.shown.answer, jurisdiction=codes, facts=facts_abroad_of(view), steps=steps_of(view), law=view.law
        )
    except CoercivityError as error:
        beside = form_of(view, error.faults)
        count = len(beside["step_rows"])
        wrong = [in_words(view, fault) for fault in error.faults if not 0 < fault_row(fault) <= count]
        return {**told, **beside, "wrong_abroad": wrong, "abroad_waits": True}
    sides, conflicts = told_by.sides, told_by.conflicts
    others = [_side(view, side, _of_side(side, conflicts, sides)) for side in sides if side.jurisdiction != CHINA]
    shown = [_conflict(view, one) for one in conflicts]
    return {**told, "sides": others, "conflicts": shown, "conflicts_here": shown}


def stated_abroad(view: View) -> Context:
    """Returns what the address states for the jurisdictions that it chooses: their facts and the steps of the chain."""
    return {"abroad": facts_abroad_of(view), "steps": steps_of(view)} if chosen_of(view) else {}


def chosen_of(view: View) -> list[str]:
    """Returns the jurisdictions that the address chooses beside China, each once; `CN,US` as the command writes it."""
    said = (code.strip() for key, value in view.query if key == OTHERS for code in value.split(","))
    return [code for code in dict.fromkeys(said) if code not in ("", CHINA)]


def _stated(view: View) -> dict[str, str]:
    """The facts of other jurisdictions as the address states them, several values of one joined."""
    several: dict[str, list[str]] = {}
    for key, value in view.query:
        if key.startswith(OWN):
            several.setdefault(key.removeprefix(OWN), []).append(value)
    return {name: UNKNOWN if UNKNOWN in held else ";".join(held) for name, held in several.items()}


def facts_abroad_of(view: View) -> dict[str, str | list[str]]:
    """Returns the facts of an address that only other jurisdictions ask for, as text by name."""
    known = facts_abroad()
    return {name: cell_value(known, name, text) for name, text in _stated(view).items()}


def _answers(view: View) -> list[Context]:
    """What the user said for other jurisdictions, each with the change of the address that takes it back."""
    return [
        {
            "fact": name,
            "question": capital(short_name_of(name, view.lang)) if name in facts_abroad() else name,
            "value": view.signs.comma.join(_value(view, name, one.strip()) for one in text.split(";")),
            "undo": {OWN + name: None},
        }
        for name, text in _stated(view).items()
    ]


def _value(view: View, name: str, text: str) -> str:
    known = facts_abroad()
    if name not in known or text in (UNKNOWN, "true", "false"):
        return value_label(view, name, text)
    words = known[name].values.get(text) or known.countries.get(text)
    return text if words is None else head_of(view.t(words.as_dict()))[0]


def _of_side(side: SideAnswer, conflicts: Sequence[ConflictFound], sides: Sequence[SideAnswer]) -> list[ConflictFound]:
    """Returns the conflicts that are shown with a jurisdiction: of its clauses, or of none of another jurisdiction."""
    abroad = [one for one in sides if one.jurisdiction not in (CHINA, ANSWERS_ABROAD)]
    found = []
    for one in conflicts:
        named = {other.jurisdiction for other in abroad if any(other.answer.book.rule(c) for c in one.clauses)}
        own = any(side.answer.book.rule(clause) for clause in one.clauses)
        if own or (not named and side in abroad):
            found.append(one)
    return found


def _side(view: View, side: SideAnswer, conflicts: Sequence[ConflictFound]) -> Context:
    answer = side.answer
    book = answer.book
    owed = [name for name in side.obligations if name not in {rule.id for rule in answer.grounds[:MOST_GROUNDS]}]
    return {
        "code": side.jurisdiction,
        "name": view.t(side.name),
        "outcome": side.outcome.value,
        "hash": answer.proof.get("hash", ""),
        "why": [{"text": view.t(why["text"]), "next": view.t(why["next"])} for why in answer.why_unknown],
        "grounds": [
            {
                "id": rule.id,
                "name": clause_title(rule.instrument, rule.provision, view.lang),
                "gist": rule.provision.gist.as_dict(),
                "owed": rule.id in side.obligations,
            }
            for rule in answer.grounds[:MOST_GROUNDS]
        ],
        "owed": [_title(view, side, name) for name in owed],
        "may": [
            (_title(view, side, name), [short_name_of(fact, view.lang) for fact in facts])
            for name, facts in side.open_obligations.items()
        ],
        "ways": [
            {
                "picks": [view.t(book.catalogue[name].values[value].as_dict()) for name, value in way.picks.items()],
                "outcome": way.outcome.value,
            }
            for way in side.ways
        ],
        "asked": _asked(view, side),
        "conflicts": [_conflict(view, one) for one in conflicts],
    }


def _conflict(view: View, one: ConflictFound) -> Context:
    text = one.text
    return {
        "id": text.id,
        "both": view.w("deal.abroad_no_way") if one.cannot_satisfy_both else "",
        "word": view.w(f"deal.abroad_{text.kind}{'' if one.sure else '_open'}"),
        "title": view.t(text.title.as_dict()),
        "ask": view.t(text.ask.as_dict()),
        "never": view.t(text.never.as_dict()) if text.never is not None else "",
        "clauses": one.clauses,
    }


def _title(view: View, side: SideAnswer, name: str) -> str:
    rule = side.answer.book.rule(name)
    return name if rule is None else clause_title(rule.instrument, rule.provision, view.lang)


def _asked(view: View, side: SideAnswer) -> Context | None:
    """Returns the field of the question to clarify first; a shared fact is asked by the form above."""
    question = side.answer.question
    if question is None or question.fact not in facts_abroad():
        return None
    field = answer_field(view, facts_abroad()[question.fact])
    return {**field, "key": OWN + question.fact}
