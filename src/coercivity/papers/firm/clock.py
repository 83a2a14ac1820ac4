"""A licence time as plain data: stages with the origin of each line, and three results that are never added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.firm.amounts import number_text as decimal_text
from coercivity.firm.clock import LawTerm, LicenceClock
from coercivity.firm.draws import DRAWS, quantile
from coercivity.firm.leads import LeadTime
from coercivity.law.consequences.applicability import Basis
from coercivity.law.consequences.procedure import Because, OpenTrack
from coercivity.law.rules.model import Finding
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.clock_data import ClockPart, DrawnData, LawEnd, Levels, LineData, StageData, WayData
from coercivity.papers.firm.clock_desk import desk_part, return_lines, review_lines, wait_lines
from coercivity.papers.firm.lines import LANGS, line, told
from coercivity.papers.firm.words import ENDS, IF_NEEDED, LINES, NOT_CHECKED, NOT_HELD, STAGES, STATES
from coercivity.papers.shared.days import BY_OWN, assumed_end, assumed_words, calendar_data, span_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.parts import basis_text, practice_part, span_words
from coercivity.papers.shared.report_data import ReportedTime

if TYPE_CHECKING:
    from coercivity.firm.draws import Days

MORE_LEVELS = (5, 10, 25, 50, 75, 90, 95)


def clock_part(book: Rulebook, found: LicenceClock) -> ClockPart:
    """Returns a licence time as plain data.

    Args:
        book: The rulebook, for names.
        found: The licence time.
    """
    decision = found.decision
    body: ClockPart = {
        "outcome": decision.outcome.value,
        "finding": decision.finding.word,
        "on": decision.on.isoformat(),
        "known": decision.known.isoformat(),
        "state": found.state,
        "state_words": dict(STATES[found.state] if found.sure or found.state != "runs" else IF_NEEDED),
        "sure": found.sure,
        "needed": [_way(found, track) for track in found.tracks] if found.state != "no_clock" else [],
        "start_on": found.start_on.isoformat(),
        "grounds": [rule.id for rule in found.grounds],
        "why": [rule.provision.gist.as_dict() for rule in found.grounds[:3]],
        "stages": _stages(book, found),
        "ends": {"law": _law_ends(book, found), "practice": _practice(found), "drawn": _drawn(found)},
    }
    if found.filed_on is not None:
        body["filed_on"] = found.filed_on.isoformat()
    if decision.may_become is not None:
        body["may_become"] = decision.may_become.value
    if found.state == "open" and decision.unverified:
        body["not_checked"] = dict(NOT_HELD if decision.finding is Finding.NOT_HELD else NOT_CHECKED)
    desk = desk_part(found)
    if desk is not None:
        body["desk"] = desk
    calendar = calendar_data(book)
    if calendar is not None:
        body["calendar"] = calendar
    return body


def _way(found: LicenceClock, track: OpenTrack) -> WayData:
    """Returns one licence route; a route without a statutory limit is not simulated."""
    figure = any(term.track == track.rule.id and term.clock.rule.working_days for term in found.terms)
    return {"track": track.rule.id, "name": track.rule.name.as_dict(), "has_figure": figure}


def _practice(found: LicenceClock, *groups: str) -> list[ReportedTime]:
    """Returns reported times by kind; customs holds of goods that need no licence belong to the hand-over."""
    if found.reported is None or found.state == "no_clock":
        return []
    wanted = groups or ("processing", "expected", "first_approvals", "lead_time")
    if not groups and found.state in ("none_needed", "open"):
        wanted = ("customs_hold",)
    return [entry for entry in practice_part(found.reported)["times"] if entry["group"] in wanted]


def _law_ends(book: Rulebook, found: LicenceClock) -> list[LawEnd]:
    return [_law_end(book, term) for term in found.terms]


def _law_end(book: Rulebook, term: LawTerm) -> LawEnd:
    clock, end = term.clock, term.end
    entry: LawEnd = {
        "track": term.track,
        "clock": clock.rule.id,
        "name": clock.rule.name.as_dict(),
        "starts": clock.rule.starts.as_dict(),
        "if_started_on": term.starts_on.isoformat(),
        "state": end.state,
        "not_counted": [words.as_dict() for words in clock.rule.not_counted],
        "no_limit": _because(clock.no_limit),
        "may_fall_away": _because(clock.may_fall_away),
        "basis": basis_text(book, clock.rule.basis, "en"),
        "basis_zh": basis_text(book, clock.rule.basis, "zh"),
        "url": clock.rule.source_url,
    }
    if clock.rule.working_days is not None:
        entry["working_days"] = clock.rule.working_days
    if end.own:
        entry["by_calendar"] = dict(BY_OWN)
    if end.span is not None:
        entry["assumed_end"], entry["why_no_day"] = assumed_end(end), assumed_words(end)
    elif end.day is not None:
        entry["latest_without_a_stop"] = end.day.isoformat()
    else:
        entry["why_no_day"] = dict(ENDS[end.state])
    return entry


def _drawn(found: LicenceClock) -> DrawnData | None:
    drawn = found.drawn
    if drawn is None:
        return None
    body: DrawnData = {"draws": DRAWS, "kept": drawn.kept}
    if drawn.kept:
        start = found.start_on.toordinal()
        if found.at_desk:
            body["waiting_days"] = _levels(drawn.taken - drawn.accepted)
        body["filing_to_grant_days"] = _levels(drawn.granted - drawn.filed)
        body["to_handover_days"] = _levels(drawn.handed - start)
        days = {level: quantile(drawn.handed, level) for level in MORE_LEVELS}
        body["handed_over_on"] = {str(n): Day.fromordinal(day).isoformat() for n, day in days.items() if day}
    if found.assumed_years:
        joints: dict[Lang, str] = {"en": ", ", "zh": "、"}
        body["assumed_years"] = list(found.assumed_years)
        body["assumed_words"] = {
            lang: say(LINES["assumed_years"], lang).format(joints[lang].join(map(str, found.assumed_years)))
            for lang in LANGS
        }
    if found.assumed_holidays:
        body["assumed_holidays"] = list(found.assumed_holidays)
    return body


def _levels(values: Days) -> Levels:
    return {str(level): quantile(values, level) for level in MORE_LEVELS}


def _stages(book: Rulebook, found: LicenceClock) -> list[StageData]:
    if not found.tracks or found.state in ("no_clock", "none_needed"):
        return []
    makers = {
        "papers": _papers,
        "filing": _filing,
        "returns": _returns,
        "wait": _waits,
        "review": _review,
        "handover": _handover,
    }
    stages = [(name, list(make(book, found))) for name, make in makers.items()]
    return [{"id": name, "name": dict(STAGES[name]), "lines": lines} for name, lines in stages if lines]


def _bases(book: Rulebook, entries: Sequence[Basis]) -> tuple[list[str], list[str]]:
    return basis_text(book, entries, "en"), basis_text(book, entries, "zh")


def _papers(book: Rulebook, found: LicenceClock) -> Iterator[LineData]:
    seen: set[str] = set()
    for paper in (paper for track in found.tracks for paper in track.papers):
        if paper.rule.id not in seen:
            seen.add(paper.rule.id)
            yield line("law", paper.rule.name.as_dict(), basis=_bases(book, paper.rule.basis))
    for asked in found.reported.documents if found.reported is not None else ():
        yield line("practice", asked.name.as_dict(), source=asked.source_url)
    if found.filed_on is not None:
        return
    words = ["end_user", "description", "contract", "company"]
    words += ["technology"] if any(track.rule.id == "technology_licence" for track in found.tracks) else []
    for word in words:
        yield _lead(found.leads[word])


def _lead(lead: LeadTime) -> LineData:
    low, mode, high = (decimal_text(float(value)) for value in (lead.low, lead.value, lead.high))
    text = told("lead", name=lead.name, low=low, high=high, mode=mode)
    return line("assumed", text, source=f"{lead.row}, {lead.quality}: {lead.reason}")


def _filing(book: Rulebook, found: LicenceClock) -> Iterator[LineData]:
    for track in found.tracks:
        for step in track.steps:
            if not step.rule.clock and step.rule.id != "customs":
                yield line("law", step.rule.text.as_dict(), basis=_bases(book, step.rule.basis))
    yield _lead(found.leads["filing"])


def _returns(book: Rulebook, found: LicenceClock) -> Iterator[LineData]:
    yield from return_lines(found)


def _waits(book: Rulebook, found: LicenceClock) -> Iterator[LineData]:
    yield from wait_lines(book, found)


def _review(book: Rulebook, found: LicenceClock) -> Iterator[LineData]:
    for term in found.terms:
        rule = term.clock.rule
        word = "review" if rule.working_days else "review_open"
        text = told(word, name=rule.name.as_dict(), days=rule.working_days, starts=rule.starts.as_dict())
        if rule.not_counted:
            joints: dict[Lang, str] = {"en": ", ", "zh": "、"}
            text = {
                lang: text[lang]
                + say(LINES["not_counted"], lang).format(
                    joints[lang].join(say(words.as_dict(), lang) for words in rule.not_counted)
                )
                for lang in LANGS
            }
        yield line("law", text, basis=_bases(book, rule.basis), source=rule.source_url)
        for off in term.clock.no_limit:
            text = {lang: say(LINES["no_limit"], lang).format(say(off.text, lang)) for lang in LANGS}
            yield line("law", text, basis=_bases(book, off.basis))
    for entry in _practice(found, "processing"):
        yield _reported(entry)
    yield from review_lines(found)
    yield _lead(found.leads["questions"])


def _handover(book: Rulebook, found: LicenceClock) -> Iterator[LineData]:
    seen = set()
    for step in (step for track in found.tracks for step in track.steps if step.rule.id == "customs"):
        if step.rule.id not in seen:
            seen.add(step.rule.id)
            yield line("law", step.rule.text.as_dict(), basis=_bases(book, step.rule.basis))
    for entry in _practice(found, "customs_hold"):
        yield _reported(entry)
    yield _lead(found.leads["handover"])


def _reported(entry: ReportedTime) -> LineData:
    sample = entry["sample"]
    text = told(
        "reported_one" if sample["reports"] == 1 else "reported",
        name=entry["name"],
        span=span_words(entry),
        near=entry["near_words"],
        count=sample["reports"],
        dates={lang: span_text(sample["from"], sample["to"], lang) for lang in LANGS},
    )
    return line("practice", text, source=" ".join(sample["urls"][:2]))


def _because(entries: tuple[Because, ...]) -> list[Text]:
    return [dict(entry.text) for entry in entries]
