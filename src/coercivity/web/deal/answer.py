"""What the Deal screen shows of a result."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coercivity.base.days import Day
from coercivity.verbs.deal import (
    DIFFERENT_FROM,
    BriefReport,
    PickData,
    SpokenAnswer,
    deal_report,
    money_text,
    names_asked,
    on_income,
    outcome_words,
    subject_to,
    taken_out,
)
from coercivity.verbs.jurisdictions.request import known_jurisdictions
from coercivity.verbs.jurisdictions.shown import CHINA
from coercivity.verbs.serving.served import party_options
from coercivity.verbs.words import clause_title
from coercivity.web.assumed import assumed_text
from coercivity.web.deal.asked import CELLS, PASSING, WORDS, Asked, Found, prefix
from coercivity.web.deal.jurisdictions import chosen_of
from coercivity.web.deal.parts import days_chart, name_text, proof_steps
from coercivity.web.deal.question import question_of
from coercivity.web.fact_words import fact_label, source_label, value_label
from coercivity.web.parties.look import sides_of
from coercivity.web.view import Context, View

JOINT = " | "  # between notes of the reader
_READ = re.compile(r"\A(?:not understood: |.* interpreted as (?!a ))", re.DOTALL)  # the marked words show it
SHOWN_ROLES = ("act", "gap")
YEAR_DAYS = 365  # length of the extension assumed when that scenario is chosen for planning


def answer_of(view: View, results: Found, asked: Asked) -> Context:
    """Returns what the page shows of the deal that is chosen.

    Args:
        view: The page.
        results: The results.
        asked: What was said.
    """
    found, cells = results.shown, asked.cells
    report = deal_report(found, cells)
    assert report is not None
    row = report["transactions"][0]
    words = {name: view.t(text) for name, text in outcome_words(found).items()}
    short = {name: view.w(f"deal.short_{name}") for name in words}
    place = row["practice"]
    assert found.answer.on is not None
    return {
        "b": report,
        "row": row,
        "outcome_words": words,
        "chart": days_chart(view, row, found.answer.on.isoformat(), short),
        "steps": proof_steps(view, report, row["proof"]),
        "practice": report["practice"][place] if place else None,
        "names": _names(view, found, results.part),
        "own": prefix(results.part),
        "asked": question_of(view, row["question"], prefix(results.part)),
        "assumed": assumed_text(view),
        "source_label": lambda said_by: source_label(view, said_by),
        "fact_label": lambda name: fact_label(view, name),
        "notes": _notes(view, results),
        "unread": [_stated(view, name) for name in found.entries_unread],
        "value_label": lambda name, value: value_label(view, name, value),
        "taken_out": [clause_title(*clause, view.lang) for clause in taken_out(found)],
        "shown_roles": SHOWN_ROLES,
        "money": money_text,
        "worth": report.get("worth"),
        "on_income": on_income,
        "subject_to": lambda outcome, reasons: view.t(subject_to(outcome, [reason["kind"] for reason in reasons])),
        "plans": [_plan(report, branch["picks"]) for branch in row["branches"]],
        "command": f"coercivity decide deal.yaml{_jurisdictions(view)}{_assumed(view)}{_overlays(view)} --explain",
        "hidden": [(k, v) for k, v in view.query if k not in PASSING],
    }


def _jurisdictions(view: View) -> str:
    codes = [code for code in chosen_of(view) if code in known_jurisdictions()]
    return f" --jurisdiction {','.join((CHINA, *codes))}" if codes else ""


def _overlays(view: View) -> str:
    """The statement of the user, and the lists and judgements of the server, as the command line takes them."""
    held = [*(("overlay", one.name) for one in view.law.overlays), *party_options(view.law)]
    return "".join(f" --{option} {name}" for option, name in held)


def _labelled(view: View, note: str) -> str:
    """A note of the reader in English, on an English page with the label of the field in place of its code."""
    name, colon, rest = note.partition(": ")
    return f"{view.w(f'deal.{name}')}: {rest}" if view.lang == "en" and colon and name in CELLS else note


def _stated(view: View, name: str) -> str:
    """The label of an entry that could not be read: a field of the form, or a fact."""
    return view.w(f"deal.{name}") if name in CELLS else fact_label(view, name)


def _notes(view: View, results: Found) -> list[str]:
    """The notes of the reader, without what the page shows itself: questions about names, and words that were read."""
    found = results.shown
    asked = tuple(one.text for one in names_asked(found, "en"))
    words = f"{WORDS}: {results.text.read.words.text!r} = " if results.text is not None else ""
    shown = results.text.read.notes if results.text is not None else ()
    parts: list[str] = []
    for note in found.notes:
        if words and note.startswith(words):
            rest = note.removeprefix(words)
            parts += [] if rest in shown or _READ.search(rest) else [rest]
        else:
            parts += note.split(JOINT)
    return [_labelled(view, part) for part in parts if not (asked and part.endswith(asked))]


def _names(view: View, found: SpokenAnswer, part: int) -> list[Context]:
    """Questions about names: both names, the address that answers that it is another party, and whether it is open."""
    fact = f"{prefix(part)}{DIFFERENT_FROM}"
    held = [value for key, value in view.query if key == fact]
    decision, asked = found.answer.decision, names_asked(found, view.lang)
    questions = decision.deal.name_questions if decision is not None else ()
    return [
        {
            "text": name_text(view, one.plain(), link.text),
            "other": {fact: ";".join([*held, link.other])} if link.other else None,
            "open": one.is_open,
            "sides": sides_of(view, one.written, one.party_id or one.entry_id) if one.is_open else None,
            "parties": view.url("/parties", name=one.written) if one.is_open and one.listed else "",
        }
        for one, link in zip(questions, asked, strict=False)
    ]


def _plan(report: BriefReport, picks: Sequence[PickData]) -> str:
    """A legal scenario as `--assume` takes it; blank if the end of the suspension that it extends is not known."""
    ends = {state["instrument"]: state["until"] for state in report["states"] if state["until"]}
    told = []
    for pick in picks:
        if pick["label"] == "lapsed":
            told.append(f"{pick['instrument']}=lapsed")
        elif pick["instrument"] in ends:
            through = Day.fromordinal(Day.fromisoformat(ends[pick["instrument"]]).toordinal() + YEAR_DAYS)
            told.append(f"{pick['instrument']}=extended:{through.isoformat()}")
        else:
            return ""
    return ",".join(told)


def _assumed(view: View) -> str:
    return f" --assume {view.assume}" if view.assume else ""
