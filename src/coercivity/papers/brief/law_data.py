"""The law of a report as report data: clauses, instruments, their status on the date, and dates to watch."""

from __future__ import annotations

from coercivity.cases.brief.brief import Brief
from coercivity.cases.brief.law_state import Coming, InstrumentState
from coercivity.law.explain.upcoming import AgendaEntry
from coercivity.law.rules.model import Instrument, Provision
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import issuers, short_name
from coercivity.papers.brief.report_data import (
    ClauseData,
    ComingData,
    InstrumentData,
    StateData,
)
from coercivity.papers.brief.words import statement_text, status_text
from coercivity.papers.shared.names import clause_name, clause_place, clause_ref, clause_short
from coercivity.papers.shared.rules_text import basis_told


def named_provisions(book: Rulebook, brief: Brief) -> list[tuple[Instrument, Provision]]:
    """Returns every provision that an audit trail of the report names, in the order of their ids."""
    named = {step["provision"] for row in brief.rows for step in row.proof["steps"]}
    for row in brief.rows:
        named |= {rule.id for rule in row.grounds}
        named |= {rule.id for pair in row.taken_out for rule in pair}
        named |= {rule.id for rules in row.exclusions.values() for rule in rules}
    return [held for name in sorted(named) if (held := book.provision(name)) is not None]


def clause_data(book: Rulebook, brief: Brief, instrument: Instrument, provision: Provision) -> ClauseData:
    """Returns a clause, with its status on the date if it has an effect."""
    rule = book.rule(provision.id)
    found: ClauseData = {
        "instrument": instrument.id,
        "name": clause_name(instrument, provision, "en"),
        "name_zh": clause_name(instrument, provision, "zh"),
        "place": clause_place(provision, "en"),
        "place_zh": clause_place(provision, "zh"),
        "short": clause_short(instrument, provision, "en"),
        "short_zh": clause_short(instrument, provision, "zh"),
        "ref": provision.ref,
        "ref_zh": clause_ref(provision, "zh"),
        "subject": provision.subject,
        "subject_zh": provision.subject_zh or provision.subject,
        "gist": {lang: text for lang, text in provision.gist.as_dict().items() if lang != "ja"},
        "kind": provision.kind,
        "effect": provision.effect,
        "control_codes": list(provision.control_codes),
        "guidance": provision.guidance,
        "confidence": provision.confidence,
        "urls": list(provision.source_urls),
    }
    if provision.reading:
        found["reading"] = provision.reading
        found["reading_zh"] = provision.reading_zh or provision.reading
    if told := basis_told(provision):
        found["basis"], found["basis_text"] = provision.basis, told
    if rule is not None:
        state = brief.rows[0].decision.statuses[rule.rank]
        found["status"] = state.status.value
        found["status_text"] = dict(status_text(book, instrument, state, brief.known))
    return found


def named_instruments(book: Rulebook, brief: Brief, provisions: list[tuple[Instrument, Provision]]) -> list[Instrument]:
    """Returns every instrument that the report names, in the order of their ids."""
    names = {instrument.id for instrument, _ in provisions} | {name for row in brief.rows for name in row.decision.used}
    names |= {coming.entry.instrument_id for coming in brief.coming} | {coming.entry.by for coming in brief.coming}
    names |= {pause.by for row in brief.rows for pause in row.pauses}
    return [book.instruments[name] for name in sorted(names) if name in book.instruments]


def instrument_data(instrument: Instrument) -> InstrumentData:
    """Returns an instrument."""
    found: InstrumentData = {
        "name": short_name(instrument, "en"),
        "name_zh": short_name(instrument, "zh"),
        "number": instrument.number,
        "issuer": issuers(instrument, "en"),
        "issuer_zh": issuers(instrument, "zh"),
        "type": instrument.type,
        "title": instrument.title,
        "verified_through": instrument.verified_through.isoformat(),
        "verified_basis": instrument.verified_basis,
        "verified_basis_zh": instrument.verified_basis_zh or instrument.verified_basis,
        "confidence": instrument.confidence,
        "urls": list(instrument.source_urls),
    }
    for name in ("issued", "published", "effective"):
        day = getattr(instrument, name)
        if day is not None:
            found[name] = day.isoformat()
    return found


def state_data(book: Rulebook, brief: Brief, state: InstrumentState) -> StateData:
    """Returns the status of an instrument on the date, and the transactions that depend on it."""
    return {
        "instrument": state.instrument.id,
        "status": state.state.status.value,
        "clauses": [rule.id for rule in state.rules],
        "text": dict(status_text(book, state.instrument, state.state, brief.known)),
        "until": state.state.until.isoformat() if state.state.until else None,
        "statements": [dict(statement_text(book, event)) for event in state.statements],
        "used_by": list(state.used_by),
    }


def coming_data(book: Rulebook, entries: tuple[Coming, ...]) -> list[ComingData]:
    """Returns the dates to watch; one entry for what affects several instruments on one date for one reason."""
    groups: dict[tuple[str, str, str], list[Coming]] = {}
    for coming in entries:
        groups.setdefault((coming.entry.day.isoformat(), coming.entry.kind, coming.entry.by), []).append(coming)
    found: list[ComingData] = []
    for (day, kind, by), members in sorted(groups.items()):
        concerned = {name for member in members for name in member.concerns}
        found.append(
            {
                "day": day,
                "days": members[0].days,
                "kind": kind,
                "by": by,
                "instruments": [member.entry.instrument_id for member in members],
                "concerns": sorted(concerned),
                "notes": list(dict.fromkeys(member.entry.note for member in members if member.entry.note)),
                "notes_zh": list(dict.fromkeys(_zh_note(member.entry) for member in members if member.entry.note)),
            }
        )
    return found


def _zh_note(entry: AgendaEntry) -> str:
    return entry.note_zh or entry.note
