"""The licensing desk in a licence time: which rows of practice it rests on, and what they say, as data and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.months import month_of, month_text
from coercivity.base.words import say
from coercivity.firm.amounts import number_text
from coercivity.firm.clock import LicenceClock
from coercivity.firm.desk_time import DeskTime
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.firm.clock_data import LineData
from coercivity.papers.firm.desk_data import DeskData, DeskRowData, EventData, GeneralData, QueueData, ScopeData
from coercivity.papers.firm.lines import JOINTS, LANGS, line, told
from coercivity.papers.firm.words import FORMS, HOLDERS, NEAR, QUALITIES, USERS
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.days import month_text as month_words
from coercivity.papers.shared.names import GROUP_NAMES, Text
from coercivity.practice.desk import DeskRow, GeneralLicence, PracticeEvent, Scope
from coercivity.practice.desk_tables import FIGURES

if TYPE_CHECKING:
    from coercivity.permission.desk.cells import Queue


def desk_part(found: LicenceClock) -> DeskData | None:
    """Returns the licensing desk of a licence time as plain data; None where it decides nothing.

    Args:
        found: The licence time.
    """
    desk = found.desk
    if desk is None or not found.at_desk:
        return None
    body: DeskData = {
        "queue": _queue(desk.queue),
        "rows": [_row(desk, row) for row in found.rows],
        "events": [_event(desk, event) for event in _lasting(found, desk)],
        "general": [_general(desk, licence, found.start_on) for licence in desk.general(found.start_on)],
        "review": {
            "mean_days": number_text(desk.review.mean),
            "spread_days": number_text(desk.review.variance**0.5),
            "rows": list(desk.review_rows),
        },
        "own_chances": found.chances is not None,
    }
    if desk.like is not None and desk.like != desk.queue:
        body["like"] = _queue(desk.like)
    return body


def _queue(queue: Queue) -> QueueData:
    return {"form": queue.form, "country": queue.country, "user": queue.user}


def _scope(desk: DeskTime, scope: Scope) -> ScopeData:
    near = ("everywhere", "group", "place")[desk.practice.nearness(scope)[0]]
    return {"form": scope.form, "destination": scope.destination, "user": scope.user, "near": near}


def _row(desk: DeskTime, row: DeskRow) -> DeskRowData:
    value, low, high = map(number_text, (row.value, row.low, row.high))
    return {
        "id": row.id,
        "parameter": row.parameter,
        "scope": _scope(desk, row.scope),
        "value": value,
        "low": low,
        "high": high,
        "unit": row.unit,
        "sample": row.sample,
        "quality": row.quality,
        "reports": list(row.reports),
    }


def _event(desk: DeskTime, event: PracticeEvent) -> EventData:
    share, low, high = map(number_text, (event.share, event.low, event.high))
    return {
        "id": event.id,
        "kind": event.kind,
        "scope": _scope(desk, event.scope),
        "share": share,
        "low": low,
        "high": high,
        "begins_on": event.begins_on.isoformat(),
        "ends_on": event.ends_on.isoformat() if event.ends_on is not None else None,
        "sample": event.sample,
        "quality": event.quality,
        "reports": list(event.reports),
    }


def _general(desk: DeskTime, licence: GeneralLicence, on: Day) -> GeneralData:
    share, low, high = map(number_text, (licence.share, licence.low, licence.high))
    return {
        "id": licence.id,
        "scope": _scope(desk, licence.scope),
        "holders": list(licence.holders),
        "customers": licence.customers,
        "share": share,
        "low": low,
        "high": high,
        "share_on": number_text(desk.general_share(on)),
        "begins_on": licence.begins_on.isoformat(),
        "life_months": licence.life_months,
        "sample": licence.sample,
        "quality": licence.quality,
        "reports": list(licence.reports),
    }


def _lasting(found: LicenceClock, desk: DeskTime) -> Iterator[PracticeEvent]:
    """Yields halts and slow-downs that last into the licence time, and licences that are not used meanwhile."""
    begin = found.filed_on or found.start_on
    for event in (*desk.events, *desk.unused):
        if event.ends_on is None or event.ends_on >= begin:
            yield event


def queue_text(book: Rulebook, queue: Queue, *, group: bool = False) -> Text:
    """Returns a queue in words: form, destination and user.

    Args:
        book: The rulebook, with the names of countries.
        queue: The queue.
        group: Whether a code that stands for several countries means all of them.
    """
    from coercivity.permission.buckets import load_buckets

    known = {**book.catalogue.countries, **(load_buckets().stands_for if group else {})}
    country = known.get(queue.country)
    place = country.as_dict() if country is not None else NEAR["everywhere"]
    return told("queue", form=FORMS[queue.form], place=place, user=USERS[queue.user])


def return_lines(found: LicenceClock) -> Iterator[LineData]:
    """Yields how often applications are returned, and how long it takes to file them again."""
    own, desk = found.chances, found.desk
    if own is not None:
        text = told("returned", chance=own.returned, most=own.most_returns)
        yield line("assumed", text, source=f"{own.quality}: {own.source}")
    if desk is None:
        return
    for row in found.rows:
        if row.parameter == "returned_share":
            yield from _figures("returned_row", desk, row)
        if row.parameter == "returned_refiled_days":
            yield from _figures("refiled_row", desk, row)


def wait_lines(book: Rulebook, found: LicenceClock) -> Iterator[LineData]:
    """Yields how long applications wait to be taken up, which halts there are, and who needs not wait."""
    desk = found.desk
    if desk is None or found.drawn is None or not found.at_desk:
        return
    rows = [row for row in found.rows if row.parameter in ("decisions_begin", "decisions_learned", "learning_months")]
    if rows and found.drawn.kept:
        yield _wait(book, found, desk, rows)
    for event in _lasting(found, desk):
        yield _event_line(desk, event)
    for row in found.rows:
        if row.parameter == "halt_expected_months":
            yield from _figures("halt_row", desk, row)
    for licence in desk.general(found.start_on):
        yield _general_line(desk, licence, desk.general_share(found.start_on))


def _wait(book: Rulebook, found: LicenceClock, desk: DeskTime, rows: list[DeskRow]) -> LineData:
    assert found.drawn is not None
    accepted = Day.fromordinal(sorted(found.drawn.accepted.tolist())[len(found.drawn.accepted) // 2])
    at = min(max(month_of(accepted) - desk.first, 0), desk.work_months.shape[1] - 1)
    low, middle, high = (f"{float(desk.work_months[place, at]):.1f}" for place in (-1, -2, 0))
    month = {lang: month_words(month_text(month_of(accepted)), lang) for lang in LANGS}
    queue = queue_text(book, desk.queue)
    marks = {lang: JOINTS[lang].join(say(_marks(row), lang) for row in rows) for lang in LANGS}
    text = told("wait", queue=queue, month=month, low=low, middle=middle, high=high, marks=marks)
    if desk.like is not None and desk.like != desk.queue:
        like = told("wait_like", queue=queue_text(book, desk.like, group=True))
        text = {lang: say(text, lang) + say(like, lang) for lang in LANGS}
    return line("assumed", text)


def _event_line(desk: DeskTime, event: PracticeEvent) -> LineData:
    text = told(
        event.kind,
        since=_day(event.begins_on),
        until=_until(event.ends_on),
        share=_percent(event.share),
        low=_percent(event.low),
        high=_percent(event.high),
        near=_near(desk, event),
    )
    return line("practice", text, source=f"{event.id}: {event.note}")


def _general_line(desk: DeskTime, licence: GeneralLicence, share: float) -> LineData:
    text = told(
        "general",
        holders={"en": ", ".join(licence.holders), "zh": "、".join(say(_holder(h), "zh") for h in licence.holders)},
        since=_day(licence.begins_on),
        share=_percent(share),
        low=_percent(licence.low),
        high=_percent(licence.high),
        near=_near(desk, licence),
    )
    return line("practice", text, source=f"{licence.id}: {licence.note}")


def review_lines(found: LicenceClock) -> Iterator[LineData]:
    """Yields the time at the authority, and how often it is interrupted."""
    desk, own = found.desk, found.chances
    if desk is not None and found.at_desk:
        ids = [row.partition(":")[2] for row in desk.review_rows if row.startswith(f"{FIGURES}:")]
        text = told(
            "at_authority",
            mean=f"{desk.review.mean:.0f}",
            spread=f"{desk.review.variance**0.5:.0f}",
            rows={"en": ", ".join(ids), "zh": "、".join(ids)},
            count=len([row for row in desk.review_rows if row.startswith("licence_practice:")]),
        )
        yield line("assumed", text, source=", ".join(desk.review_rows))
    if own is not None:
        yield line("assumed", told("stopped", chance=own.stopped), source=f"{own.quality}: {own.source}")
    if desk is None:
        return
    for row in found.rows:
        if row.parameter == "questioned_share":
            yield from _figures("stopped_row", desk, row)


def _figures(word: str, desk: DeskTime, row: DeskRow) -> Iterator[LineData]:
    """Yields a row with its range, the place of which it speaks, and the days for which it holds."""
    shown: Callable[[float], Text | str] = _percent if row.unit == "fraction" else number_text
    value, low, high = map(shown, (row.value, row.low, row.high))
    text = told(word, value=value, low=low, high=high, near=_near(desk, row))
    if row.begins_on is not None:
        text = told("in_days", since=_day(row.begins_on), until=_until(row.ends_on), text=text)
    speaker = "assumed" if row.quality == "assumed" else "practice"
    yield line(speaker, text, source=f"{row.id}: {row.note}")


def _near(desk: DeskTime, row: DeskRow | PracticeEvent | GeneralLicence) -> Text:
    """Returns of which place a row speaks, and its id, quality and sample."""
    place = desk.practice.nearness(row.scope)[0]
    words = (
        NEAR["everywhere"],
        told("near_group", group=GROUP_NAMES.get(row.scope.destination, {"en": row.scope.destination})),
        NEAR["place"],
    )[place]
    return told("marked", words=words, marks=_marks(row))


def _marks(row: DeskRow | PracticeEvent | GeneralLicence) -> Text:
    sample = told("sample", count=row.sample) if row.sample else told("no_sample")
    return told("marks", row=row.id, quality=QUALITIES[row.quality], sample=sample)


def _holder(name: str) -> Text:
    return HOLDERS.get(name, {"en": name})


def _day(day: Day) -> Text:
    return {lang: day_text(day, lang) for lang in LANGS}


def _until(day: Day | None) -> Text:
    return told("open_end") if day is None else told("until", day=_day(day))


def _percent(share: float) -> Text:
    number = number_text(round(100 * share, 1))
    return {"en": f"{number} %", "zh": f"{number}%"}
