"""The results of other jurisdictions below that of China on the Deal screen."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError
from coercivity.verbs.decide import cell_value
from coercivity.verbs.fact_names import short_name_of
from coercivity.verbs.jurisdictions.decide import CHINA, ConflictFound, SideAnswer, beside_china
from coercivity.verbs.jurisdictions.request import facts_abroad, known_jurisdictions
from coercivity.verbs.words import clause_title
from coercivity.web.deal.asked import UNKNOWN, Found
from coercivity.web.fact_words import answer_field
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
    chosen = [value for key, value in view.query if key == OTHERS]
    told: Context = {"jurisdictions": [(code, name, code in chosen) for code, name in known.items()], "own_abroad": OWN}
    told |= {"sides": (), "conflicts": (), "wrong_abroad": ()}
    if not chosen:
        return told
    try:
        codes = (CHINA, *dict.fromkeys(chosen))
        told_by = beside_china(found.shown.answer, jurisdiction=codes, facts=_facts(view), law=view.law)
    except CoercivityError as error:
        return {**told, "wrong_abroad": error.faults}
    others = [_side(view, side) for side in told_by.sides if side.jurisdiction != CHINA]
    return {**told, "sides": others, "conflicts": [_conflict(view, one) for one in told_by.conflicts]}


def _facts(view: View) -> dict[str, str | list[str]]:
    several: dict[str, list[str]] = {}
    for key, value in view.query:
        if key.startswith(OWN):
            several.setdefault(key.removeprefix(OWN), []).append(value)
    known = facts_abroad()
    return {n: cell_value(known, n, UNKNOWN if UNKNOWN in held else ";".join(held)) for n, held in several.items()}


def _side(view: View, side: SideAnswer) -> Context:
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
    }


def _conflict(view: View, one: ConflictFound) -> Context:
    text = one.text
    return {
        "id": text.id,
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
