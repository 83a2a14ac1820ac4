"""The report data: canonical and complete, with every audit trail. The pages and the summary are made from it."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.canonical import canonical_json, sha256
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import say
from coercivity.cases.brief.brief import Brief
from coercivity.cases.brief.law_state import PACK
from coercivity.cases.brief.transaction import BriefRow
from coercivity.data.vouch import vouch_shown
from coercivity.law.engine.branches import BranchResult
from coercivity.law.explain.reasons import Reason
from coercivity.law.explain.timeline import TimelineStep, Window
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.compliance.data import ComplianceAsked, compliance_data
from coercivity.papers.brief.law_data import (
    clause_data,
    coming_data,
    instrument_data,
    named_instruments,
    named_provisions,
    state_data,
)
from coercivity.papers.brief.next_step import next_step
from coercivity.papers.brief.paper.groups import deal_groups
from coercivity.papers.brief.report_data import (
    BranchData,
    BriefBody,
    BriefReport,
    CaseData,
    DealLicences,
    FurtherParts,
    NextChange,
    PlannedData,
    ReasonData,
    TransactionData,
    WindowData,
)
from coercivity.papers.brief.words import LANGS, ways_text
from coercivity.papers.deal.asked import asked_data
from coercivity.papers.deal.lots.text import lot_data
from coercivity.papers.deal.why import open_because, reason_text, why_unknown
from coercivity.papers.shared.days import calendar_data
from coercivity.papers.shared.lists import list_texts
from coercivity.papers.shared.names import Text, name_of
from coercivity.papers.shared.parts import Practice, destination_of, exposure_part, law_part, practice_part
from coercivity.papers.shared.steps import window_step_words
from coercivity.papers.shared.words import paper_words

SCHEMA = "coercivity/brief/1"
_BECAUSE = paper_words("brief_words", "because")
_NUMBERED = ("quantity", "unit", "price", "currency", "turnover_cny", "income_cny", "group", "note")


def report_data(
    book: Rulebook,
    brief: Brief,
    practice: Practice,
    more: FurtherParts | None = None,
    licences: Mapping[str, DealLicences] | None = None,
    compliance: ComplianceAsked | None = None,
) -> BriefReport:
    """Returns the report as plain data; `hash` covers everything else.

    Args:
        book: The rulebook that the report is based on.
        brief: The transactions as decided.
        practice: Reported practice by destination; shown next to the law, never mixed with it.
        more: Parts of the report that other modules make.
        licences: Licence state by transaction, from the workbook of the company.
        compliance: What the case states of the cost of compliance, and its scenarios of delay.
    """
    provisions = named_provisions(book, brief)
    held = licences or {}
    body: BriefBody = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "pack": {
            "version": book.version,
            "hash": book.content_hash,
            "verified_through": book.verified_through.isoformat(),
        },
        "case": _case(book, brief),
        "on": brief.on.isoformat(),
        "known": brief.known.isoformat(),
        "assume": {name: picked.text() for name, picked in sorted(brief.assume.items())},
        "first_unverified": brief.first_unverified.isoformat(),
        "least_checked": brief.least_checked.isoformat(),
        "horizon": {"from": brief.start.isoformat(), "to": brief.end.isoformat()},
        "outcome": brief.outcome.value,
        "counts": {outcome.value: count for outcome, count in brief.counts.items()},
        "transactions": [_transaction(book, brief, row, practice, held.get(row.transaction.id)) for row in brief.rows],
        "clauses": {p.id: clause_data(book, brief, i, p) for i, p in provisions},
        "instruments": {i.id: instrument_data(i) for i in named_instruments(book, brief, provisions)},
        "states": [state_data(book, brief, state) for state in brief.states],
        "coming": coming_data(book, brief.coming),
        "practice": {place: practice_part(practice[place]) for place in sorted(practice)},
    }
    calendar = calendar_data(book)
    if calendar is not None:
        body["calendar"] = calendar
    if book.vouches:
        body["vouches"] = [vouch_shown(vouch) for vouch in book.vouches]
    if brief.papers is not None and brief.papers.papers.states:
        body["papers"] = lot_data(brief.papers.every_finding)
    if more is not None:
        body = {**body, **more}
    body["groups"] = deal_groups(body)
    if (cost := compliance_data(body, compliance or ComplianceAsked())) is not None:
        body["compliance"] = cost
    return {**body, "hash": sha256(body)}


def report_bytes(body: BriefReport) -> bytes:
    """Returns the report data as it is written to a file."""
    return canonical_json(body) + b"\n"


def _case(book: Rulebook, brief: Brief) -> CaseData:
    case = brief.case
    return {
        "id": case.id,
        "title": case.title.as_dict(),
        "about": case.about.as_dict(),
        "invented": case.invented,
        "label": case.label.as_dict() if case.label is not None else {},
        "parties": [
            {
                "name": party.name.as_dict(),
                "role": party.role.as_dict(),
                "country": party.country,
                "country_name": book.catalogue.countries[party.country].as_dict(),
                "invented": party.invented,
            }
            for party in case.parties
        ],
    }


def _transaction(
    book: Rulebook, brief: Brief, row: BriefRow, practice: Practice, held: DealLicences | None
) -> TransactionData:
    decision, about = row.decision, row.transaction.about
    place = destination_of(row.transaction.deal)
    found: TransactionData = {
        "id": row.transaction.id,
        "line": row.transaction.line,
        "title": {"en": row.transaction.title, **({"zh": about["title_zh"]} if "title_zh" in about else {})},
        "about": {name: about[name] for name in _NUMBERED if name in about},
        "outcome": decision.outcome.value,
        "finding": decision.finding.word,
        "may_become": decision.may_become.value if decision.may_become else None,
        "checked_through": decision.horizon.isoformat(),
        "next": dict(next_step(book, row, held)),
        "why": why_unknown(book, decision, row.reasons, row.question),
        "open": [dict(text) for text in open_because(row.reasons)],
        "ways": dict(ways_text(row)),
        "grounds": [rule.id for rule in row.grounds],
        "unless": {name: [rule.id for rule in rules] for name, rules in sorted(row.exclusions.items())},
        "taken_out": [{"clause": rule.id, "by": by.id} for rule, by in row.taken_out],
        "reasons": [_reason(book, reason) for reason in row.reasons],
        "question": None if row.question is None else asked_data(book, decision, row.question),
        "branches": [_branch(book, branch) for branch in row.ways],
        "windows": [_window(book, row, window) for window in row.windows],
        "pauses": [
            {
                "from": pause.start.isoformat(),
                "to": pause.end.isoformat() if pause.end else None,
                "instrument": pause.instrument_id,
                "by": pause.by,
            }
            for pause in row.pauses
        ],
        "since": row.now.start.isoformat(),
        "next_change": _next_change(row),
        "unchecked_from": row.unchecked_from.isoformat() if row.unchecked_from else None,
        "planned": _planned(row),
        "law": law_part(book, row.procedure, brief.on, calendar_of(book)),
        "practice": place if place in practice else None,
        "exposure": exposure_part(book, row.exposure),
        "lists": list_texts(book, decision),
        "proof": row.proof,
    }
    if held is not None:
        found["licences"] = held
    told = () if brief.papers is None else brief.papers.findings.get(row.transaction.id, ())
    if told:
        found["papers"] = lot_data(told)
    return found


def _reason(book: Rulebook, reason: Reason) -> ReasonData:
    found: ReasonData = {"kind": reason.kind, "names": list(reason.names), "text": reason_text(book, reason)}
    if reason.day:
        found["day"] = reason.day.isoformat()
    return found


def _next_change(row: BriefRow) -> NextChange | None:
    later = row.next_change
    if later is None:
        return None
    return {"from": later.start.isoformat(), "outcome": later.outcome.value, "finding": later.finding.word}


def _planned(row: BriefRow) -> PlannedData | None:
    if row.transaction.on is None:
        return None
    if row.planned is None:
        return {"on": row.transaction.on.isoformat()}
    decision = row.planned.decision
    return {
        "on": decision.on.isoformat(),
        "outcome": decision.outcome.value,
        "finding": decision.finding.word,
        "may_become": decision.may_become.value if decision.may_become else None,
        "decision_hash": row.planned.hash,
    }


def _branch(book: Rulebook, branch: BranchResult) -> BranchData:
    return {
        "picks": [
            {
                "instrument": name,
                "label": label,
                "name": name_of(book, name, "en"),
                "name_zh": name_of(book, name, "zh"),
            }
            for name, label in sorted(branch.picks.items())
        ],
        "outcome": branch.outcome.value,
        "finding": branch.finding.word,
        "bites": [book.rules[rank].id for rank in sorted(branch.benign.bites)],
    }


def _window(book: Rulebook, row: BriefRow, window: Window) -> WindowData:
    return {
        "from": window.start.isoformat(),
        "to": window.end.isoformat(),
        "outcome": window.outcome.value,
        "finding": window.finding.word,
        "may_become": window.may_become.value if window.may_become else None,
        "unverified": window.unverified,
        "because": [
            {
                "kind": step.kind,
                "instrument": step.instrument_id,
                "by": step.by,
                "text": _because(book, window, step),
            }
            for step in _telling(row, window)
        ],
    }


def _telling(row: BriefRow, window: Window) -> tuple[TimelineStep, ...]:
    """Returns the events that explain a change: those of the rules that apply here, or else all of that date."""
    kept = tuple(step for step in window.because if step.instrument_id in row.biting or step.kind == "checked_through")
    return kept or window.because


def _because(book: Rulebook, window: Window, step: TimelineStep) -> Text:
    words, name = window_step_words(book, window, step), step.instrument_id
    named: Text = _BECAUSE["announcements"] if name == PACK else {lang: name_of(book, name, lang) for lang in LANGS}
    return {lang: say(_BECAUSE["step"], lang).format(say(named, lang), say(words, lang)) for lang in LANGS}
