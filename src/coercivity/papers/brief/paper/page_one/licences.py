"""What must be filed: which licences are to be applied for, are pending or in hand, and how long a decision takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from coercivity.base.days import Day
from coercivity.base.words import say
from coercivity.papers.brief.paper.groups import DealGroup, rows_of
from coercivity.papers.brief.paper.page_one.filings import days_told, next_steps
from coercivity.papers.brief.paper.rounding import chance
from coercivity.papers.brief.paper.wording import listed, semi
from coercivity.papers.brief.report_data import BriefBody, TransactionData
from coercivity.papers.firm.stops.report_data import OwnDeadlineData, StopsReport
from coercivity.papers.firm.stops.wording import is_passed
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.sections import Wording
from coercivity.papers.shared.parts import span_words
from coercivity.papers.shared.report_data import ClockData
from coercivity.papers.shared.words import paper_words

DECISION = "licence_decision"
PROCESSING = "processing"
CALENDAR_UNKNOWN = "calendar_unknown"
WORK_WEEK, WEEK = 5, 7
_NEXT = paper_words("brief_words", "next")


def to_file(group: DealGroup) -> bool:
    """Returns whether a licence is to be applied for: it is required, not in doubt, not in hand and not filed."""
    if group["outcome"] != "LICENCE" or group["may_become"] is not None:
        return False
    told = group["next"]["en"]
    return told == say(_NEXT["apply_open"]) or told.startswith(say(_NEXT["apply"]).partition("{")[0])


def filing_sentences(body: BriefBody, groups: Sequence[DealGroup], w: Wording) -> Iterator[str]:
    """Yields the next step of every licence, alike ones together, the days by which to file, the time of a decision.

    Args:
        body: The report data.
        groups: Its transactions.
        w: The words.
    """
    required = [group for group in groups if group["outcome"] == "LICENCE" and group["may_become"] is None]
    yield from next_steps(body, required, w)
    if not required:
        yield w("none_to_file", day_text(body["on"], w.lang))
    if "stops" in body:
        yield from own_sentences(body["stops"], body["on"], w, days_told(body, required))
    yield from decision_sentences(body, required, w, reports=False)


def _by_plant(parts: Iterable[tuple[str, str]], w: Wording) -> str:
    """Returns parts with their plants, those of a plant together."""
    plants: dict[str, list[str]] = {}
    for part, plant in sorted(parts, key=lambda pair: (pair[1], pair[0])):
        plants.setdefault(plant, []).append(part)
    return listed((w("plant_parts", plant, listed(held, w.lang)) for plant, held in plants.items()), w.lang)


def decision_sentences(
    body: BriefBody, groups: Sequence[DealGroup], w: Wording, *, reports: bool = True
) -> Iterator[str]:
    """Yields how long a decision takes by law, with the last day or why there is none, and how long by reports.

    Args:
        body: The report data.
        groups: The transactions.
        w: The words.
        reports: Whether to add the reported time.
    """
    rows = [row for group in groups for row in rows_of(body, group)]
    clock = next(iter(decision_clocks(rows)), None)
    if clock is None:
        return
    if "ends_if_started_on_the_day" in clock:
        end = w("decision_end", *(day_text(day, w.lang) for day in (body["on"], clock["ends_if_started_on_the_day"])))
    elif "assumed_end" in clock:
        end = w("decision_end_assumed", day_text(clock["assumed_end"]["latest"], w.lang))
    elif clock["state"] == CALENDAR_UNKNOWN:
        end = w("decision_no_calendar")
    else:
        end = w("decision_no_end", say(clock["why_no_day"], w.lang)) if "why_no_day" in clock else ""
    reported = list(_reported(body, rows, w))
    yield w("decision", clock["working_days"], end) if "working_days" in clock else w("decision_open", end)
    if reports:
        yield w("decision_reported", semi(reported, w.lang)) if reported else w("decision_not_reported")


def _reported(body: BriefBody, rows: Sequence[TransactionData], w: Wording) -> Iterator[str]:
    """Yields the reported time to obtain a licence, once for the places of which it is the same."""
    nearness: dict[str, list[str]] = {}
    for name in dict.fromkeys(row["practice"] for row in rows if row["practice"]):
        time = next((time for time in body["practice"][name]["times"] if time["group"] == PROCESSING), None)
        if time is not None:
            nearness.setdefault(say(span_words(time), w.lang), []).append(say(time["near_words"], w.lang))
    for span, near in nearness.items():
        yield w("reported_for", span, listed(dict.fromkeys(near), w.lang))


def decision_clocks(rows: Sequence[TransactionData]) -> Iterator[ClockData]:
    """Yields the statutory time limits of a decision on an application."""
    for row in rows:
        for track in row["law"]["tracks"]:
            yield from (clock for clock in track["clocks"] if clock["id"] == DECISION)


def own_sentences(
    stops: StopsReport, today: str, w: Wording, told_before: Collection[tuple[str, str]] = ()
) -> Iterator[str]:
    """Yields the next day by which the company must file so that a part arrives, and what is already too late.

    Args:
        stops: The line stops.
        today: Date of the report.
        w: The words.
        told_before: Last days to file with their line stops, of which the page speaks already.
    """
    filings = [entry for entry in stops["deadlines"] if entry["kind"] == "file"]
    free = _licence_free(stops) | {_of(one) for one in filings if (one["on"], one["why"]["stop_on"]) in told_before}
    entries = [entry for entry in filings if _of(entry) not in free]
    ahead = [entry for entry in entries if not late(entry, today)]
    told = []
    if ahead:
        first = ahead[0]
        told.append(w("file_by", day_text(first["on"], w.lang), place_text(first, w), sure_text(first, w)))
    missed = {_of(entry) for entry in entries} - {_of(entry) for entry in ahead}
    shipped = {_of(entry) for entry in stops["deadlines"] if entry["kind"] == "order_air"}
    for word, places in (("file_late", missed & shipped), ("file_late_stock", missed - shipped)):
        if places:
            told.append(w(word, _by_plant(places, w)))
    if told:
        yield w("own_filings", semi(told, w.lang))


def _licence_free(stops: StopsReport) -> set[tuple[str, str]]:
    """Returns the parts and plants whose goods under way all leave without a licence."""
    under: dict[tuple[str, str], set[str]] = {}
    for lot in stops["law"]:
        under.setdefault((lot["part"], lot["plant"]), set()).add(lot["licence"])
    return {place for place, licences in under.items() if licences == {"none"}}


def late(entry: OwnDeadlineData, today: str) -> bool:
    """Returns whether a day by which to act has passed on the date of the report."""
    return is_passed(entry) or entry["on"] < today


def place_text(entry: OwnDeadlineData, w: Wording) -> str:
    """Returns the part and the plant of a day by which to act."""
    return w("part_at", *_of(entry))


def sure_text(entry: OwnDeadlineData, w: Wording) -> str:
    """Returns with what probability a day by which to act is in time."""
    return w("in_time", chance(entry["why"]["confidence"], w.lang)) if "confidence" in entry["why"] else ""


def _of(entry: OwnDeadlineData) -> tuple[str, str]:
    return entry["of"].get("part", ""), entry["of"].get("plant", "")


def calendar_days(working_days: int) -> int:
    """Returns about how many calendar days working days take, holidays not counted."""
    return -(-working_days * WEEK // WORK_WEEK)


def days_between(first: str, last: str) -> int:
    """Returns the days from one ISO date to another."""
    return (Day.fromisoformat(last) - Day.fromisoformat(first)).days
