"""The Deal screen: one deal as on the purchase order, its result, the audit trail and the most useful question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request, Response

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.deal import (
    DIFFERENT_FROM,
    BriefReport,
    PickData,
    SpokenAnswer,
    deal_file,
    deal_report,
    decide_cells,
    money_text,
    names_asked,
    on_income,
    outcome_words,
    subject_to,
    taken_out,
)
from coercivity.verbs.decide import Standing, cell_value
from coercivity.verbs.facts import catalogue
from coercivity.verbs.serving.served import party_options
from coercivity.verbs.table_look import packed_claims
from coercivity.verbs.words import clause_title
from coercivity.web.assumed import assumed_text
from coercivity.web.deal.parts import days_chart, name_text, proof_steps
from coercivity.web.fact_words import answer_field, country_names, fact_label, source_label, value_label
from coercivity.web.parties.look import sides_of
from coercivity.web.view import Context, View, page, view_of

router = APIRouter()
PARTIES = ("consignee", "end_user", "exporter", "intermediary", "owner")
CELLS = ("act", "material", "hs", "composition", "from", "to", *PARTIES, "use", "quantity", "price")
STANDING, SAID_BY, SAID_ON = "standing", "said_by", "said_on"
EXTRA = "f."  # prefix of a fact that was answered below the form
JOINT = " | "  # between notes of the reader
SHOWN_ROLES = ("act", "gap")
BAD = 422
UNKNOWN = "unknown"  # as a value: the fact is unknown, and the question is not repeated
YEAR_DAYS = 365  # length of the extension assumed when that scenario is chosen for planning
_LOT = {"material": "sintered NdFeB block", "hs": "8505111000", "from": "China", "to": "Germany", STANDING: "yes"}
_DYSPROSIUM = "Dy 1.8 %, Tb 0 %, Nd+Pr 30 %"
# Examples next to the empty form; an item is written as on an order, in any language.
EXAMPLES: dict[str, dict[str, str]] = {
    "magnets": {**_LOT, "on": "2025-08-15", "composition": _DYSPROSIUM, "quantity": "1200 kg", "price": "62 USD"},
    "plain": {**_LOT, "on": "2025-08-15", "composition": "Nd+Pr 31.5 %, Dy 0 %, Tb 0 %"},
    "blank": {**_LOT, "on": "2025-08-15"},
    "recipe": {
        "on": "2026-11-12", "act": "technology", "from": "China", "to": "Estonia", STANDING: "yes",
        "f.form": "technology", "f.process_stage": "magnetic_material_manufacturing", "f.magnet_type": "NdFeB",
        "f.serves_stage": "magnetic_material_manufacturing", "f.activity_place": "EE", "f.exporter_nationality": "CN",
        "f.recipient_nationality": "EE", "f.public_domain": "false", "f.line_service": "[]",
        "f.technology_topic": "none", "f.catalogue_part": "none",
    },
    "abroad": {
        "on": "2026-11-12", "act": "reexport", "material": "motor", "from": "Germany", "to": "Mexico", STANDING: "yes",
        "f.chinese_input_value_share": "0.005",
    },
}  # fmt: skip


@router.get("/deal")
def show(request: Request) -> Response:
    """Shows the form and, once it describes a deal, the result."""
    view = view_of(request)
    cells, facts = said(view)
    signed = {SAID_BY: view.w("deal.example_by")}
    shown: Context = {
        "cells": cells,
        "extra": [(name, fact_label(view, name), value_label(view, name, value)) for name, value in facts.items()],
        "acts": _acts(view),
        "countries": country_names(view),
        "standing": standing_of(view),
        "statement": [fact_label(view, name) for name in packed_claims().facts],
        "signed": (view.get(SAID_BY), view.get(SAID_ON)) if view.get(SAID_BY) else (),
        "examples": [
            (name, [*query.items(), *{**signed, SAID_ON: query["on"]}.items(), ("lang", view.lang)])
            for name, query in EXAMPLES.items()
        ],
        "main_form": "deal-form",
        "further": [name for name in PARTIES[2:] if name in cells],
        "found": None,
        "wrong": (),
        "at_fault": frozenset(),
        "fields": {name: view.w(f"deal.{name}") for name in (*CELLS, "on", SAID_BY, SAID_ON)},
    }
    if not cells and not facts:
        return page(view, "deal.html.j2", **shown)
    try:
        found = answered(view)
    except CoercivityError as error:
        shown |= {"wrong": error.faults, "at_fault": frozenset(_field(fault) for fault in error.faults)}
        return page(view, "deal.html.j2", status=BAD, **shown)
    return page(view, "deal.html.j2", **{**shown, "found": found, **_answer(view, found, cells)})


@router.get("/deal/deal.yaml")
def as_file(request: Request) -> Response:
    """Returns the deal as a file for `coercivity decide`, which reproduces the hash."""
    view = view_of(request)
    text = deal_file(answered(view), view.on, standing=_block(view), known=view.known or None)
    headers = {"content-disposition": 'attachment; filename="deal.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


def said(view: View) -> tuple[dict[str, str], dict[str, str | list[str]]]:
    """Returns the deal in the address: form fields by role, and facts that were answered one by one."""
    held = dict(view.query)
    cells = {name: held[name] for name in CELLS if name in held}
    several: dict[str, list[str]] = {}
    for key, value in view.query:
        if key.startswith(EXTRA):
            several.setdefault(key.removeprefix(EXTRA), []).append(value)
    # "I do not know" overrides all other values of the field.
    told = {name: UNKNOWN if UNKNOWN in values else ";".join(values) for name, values in several.items()}
    return cells, {name: cell_value(catalogue(), name, text) for name, text in told.items()}


def standing_of(view: View) -> bool:
    """Returns whether the compliance declarations are made."""
    return view.get(STANDING) == "yes"


def _block(view: View) -> Standing:
    """The declarations, if they are made; without a name and a day they leave open who searched the lists."""
    made = packed_claims() if standing_of(view) else Standing()
    return replace(made, said_by=view.get(SAID_BY), said_on=view.get(SAID_ON))


def answered(view: View) -> SpokenAnswer:
    """Returns the result for the deal in an address.

    Raises:
        CoercivityError: With every error in the input.
    """
    cells, facts = said(view)
    return decide_cells(
        cells,
        facts=facts,
        on=view.on,
        known=view.known or None,
        assume=view.assume or None,
        standing=_block(view),
        law=view.law,
    )


def _acts(view: View) -> list[tuple[str, str]]:
    words = catalogue()["act"].values
    return [("", view.w("deal.act_by_route")), *((name, view.t(text.as_dict())) for name, text in words.items())]


def _field(fault: Fault) -> str:
    """The form field at fault; blank if the fault lies in none."""
    where = fault.where.removeprefix("deal.")
    if fault.what.startswith(f"{SAID_ON}: "):
        return SAID_ON
    return where if where in (*CELLS, "on", "known", "assume") else ""


def _answer(view: View, found: SpokenAnswer, cells: dict[str, str]) -> Context:
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
        "names": _names(view, found),
        "asked": answer_field(view, catalogue()[row["question"]["fact"]]) if row["question"] else None,
        "assumed": assumed_text(view),
        "source_label": lambda said_by: source_label(view, said_by),
        "fact_label": lambda name: fact_label(view, name),
        "notes": _notes(view, found),
        "unread": [_stated(view, name) for name in found.entries_unread],
        "value_label": lambda name, value: value_label(view, name, value),
        "taken_out": [clause_title(*clause, view.lang) for clause in taken_out(found)],
        "shown_roles": SHOWN_ROLES,
        "money": money_text,
        "worth": report.get("worth"),
        "on_income": on_income,
        "subject_to": lambda outcome, reasons: view.t(subject_to(outcome, [reason["kind"] for reason in reasons])),
        "plans": [_plan(report, branch["picks"]) for branch in row["branches"]],
        "command": f"coercivity decide deal.yaml{_assumed(view)}{_overlays(view)} --explain",
        "hidden": [(k, v) for k, v in view.query if k not in ("to_lang",)],
    }


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


def _notes(view: View, found: SpokenAnswer) -> list[str]:
    """The notes of the reader, without the questions about names, which the page asks itself."""
    asked = tuple(one.text for one in names_asked(found, "en"))
    parts = [part for note in found.notes for part in note.split(JOINT)]
    return [_labelled(view, part) for part in parts if not (asked and part.endswith(asked))]


def _names(view: View, found: SpokenAnswer) -> list[Context]:
    """Questions about names: both names, the address that answers that it is another party, and whether it is open."""
    fact = f"{EXTRA}{DIFFERENT_FROM}"
    held = [value for key, value in view.query if key == fact]
    decision, asked = found.answer.decision, names_asked(found, view.lang)
    questions = decision.deal.name_questions if decision is not None else ()
    return [
        {
            "text": name_text(view, one.plain(), link.text),
            "other": view.url(**{fact: ";".join([*held, link.other])}) if link.other else "",
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
