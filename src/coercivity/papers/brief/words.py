"""Sentences of a report in English and Chinese, built from the dates of the rules. Nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.words import Lang, say
from coercivity.law.rules.model import Event, Instrument, Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import StatusOn
from coercivity.papers.deal.why import scenario_outcome
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import Text, name_of
from coercivity.papers.shared.outcomes import scenario_text
from coercivity.papers.shared.steps import PACK, step_words
from coercivity.papers.shared.words import paper_words

if TYPE_CHECKING:  # a single result needs none of these
    from coercivity.cases.brief.transaction import BriefRow
    from coercivity.papers.brief.report_data import BriefReport, ComingData

LANGS: tuple[Lang, ...] = ("en", "zh")
KINDS = paper_words("brief_words", "kinds")
_STATUS = paper_words("brief_words", "status")


def status_text(book: Rulebook, instrument: Instrument, state: StatusOn, known: Day) -> Text:
    """Returns the status of a clause on a date and why, with the other reading of an end date."""
    if state.status is Status.SUSPENDED:
        return _paused(book, state)
    if state.status is Status.UNKNOWN:
        return _unconfirmed(book, instrument, state, known)
    event = state.event
    day = event.effective if event is not None else None
    if state.status is Status.NOT_YET:
        return _not_yet(book, state, day)
    if state.status is Status.ENDED:
        if state.until is not None:
            return _told("last_day", day=state.until)
        return _told("ended_on", day=day) if day is not None else _told("ended")
    if event is not None and event.type == "suspension":
        return _told("assumed_lapsed", until=state.until)
    return _told("in_force_since", day=day) if day is not None else _told("in_force")


def _told(word: str, **values: Day | Text | None) -> Text:
    """Returns a sentence in both languages; dates and names take the form of each."""
    found: dict[str, str] = {}
    for lang in LANGS:
        filled = {
            key: day_text(value, lang) if isinstance(value, Day) else say(value, lang)
            for key, value in values.items()
            if value is not None
        }
        found[lang] = say(_STATUS[word], lang).format(**filled)
    return found


def _named(book: Rulebook, name: str) -> Text:
    return {lang: name_of(book, name, lang) for lang in LANGS}


def _joined(first: Text, second: Text) -> Text:
    return {"en": f"{first['en']} {second['en']}", "zh": f"{first['zh']}{second['zh']}"}


def _not_yet(book: Rulebook, state: StatusOn, day: Day | None) -> Text:
    found = _told("starts_on", day=day) if day is not None else _told("not_yet")
    if state.announced is not None:
        found = _joined(found, _told("pause_announced", by=_named(book, state.announced.by)))
    return found


def _paused(book: Rulebook, state: StatusOn) -> Text:
    event, until = state.event, state.until
    by = _named(book, event.by) if event is not None else _STATUS["unknown_source"]
    start = event.effective if event is not None else None
    if until is None:
        return _told("open_ended", by=by, start=start)
    found = _told("paused", by=by, start=start, until=until, again=until + ONE_DAY)
    return _joined(found, _told("other_reading", until=until)) if state.other_reading is not None else found


def _unconfirmed(book: Rulebook, instrument: Instrument, state: StatusOn, known: Day) -> Text:
    checked = min(known, instrument.verified_through)
    event, until = state.event, state.until
    if event is not None and event.type == "suspension" and until is not None:
        return _told("pause_over", by=_named(book, event.by), until=until, checked=checked)
    joints: dict[Lang, str] = {"en": " or ", "zh": "或"}
    ways: Text = {lang: joints[lang].join(scenario_text(b.label, lang) for b in state.branches) for lang in LANGS}
    if until is not None:
        return _told("term_over", until=until, checked=checked, ways=ways)
    return _told("unknown", checked=checked, ways=ways)


def statement_text(book: Rulebook, event: Event) -> Text:
    """Returns what a policy statement mentions, and that it does not change the law."""
    return _told("statement", day=event.published, by=_named(book, event.by), ends=event.ends or _STATUS["no_end"])


def coming_words(body: BriefReport, entry: ComingData) -> Text:
    """Returns what happens on an upcoming date of a report."""
    verified = body["pack"]["verified_through"]
    checked = max([verified, *(vouch["through"] for vouch in body.get("vouches", []))])
    unverified = entry["kind"] == "first_unverified" and PACK in entry["instruments"]
    cut_off = body["known"] < checked
    return step_words(entry["kind"], after_known=cut_off and unverified, after_vouch=unverified and checked > verified)


def ways_text(row: BriefRow) -> Text:
    """Returns the result under each legal scenario; an empty mapping where no status is unconfirmed.

    With several instruments unconfirmed, only the scenarios in which all turn out alike are named.
    """
    found: dict[str, str] = {}
    for branch in row.ways:
        labels = set(branch.picks.values())
        if len(labels) == 1:
            found.setdefault(labels.pop(), branch.outcome.value)
    if len(set(found.values())) < 2:
        return {}
    ways = sorted(found.items(), reverse=True)
    joints: dict[Lang, str] = {"en": "; ", "zh": "；"}
    kinds = [reason.kind for reason in row.reasons]
    return {
        lang: joints[lang].join(
            say(_STATUS["scenario"], lang).format(
                scenario_text(label, lang), say(scenario_outcome(outcome, kinds), lang)
            )
            for label, outcome in ways
        )
        for lang in LANGS
    }
