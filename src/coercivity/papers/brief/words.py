"""Plain sentences of a brief in English and Chinese, built from the law's own dates. Nothing here decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coercivity.base.days import ONE_DAY, Day
from coercivity.law.rules.model import Event, Instrument, Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import StatusOn
from coercivity.papers.shared.names import IN_BOTH, ZH_WAYS, Text, name_of
from coercivity.papers.shared.words import paper_words

if TYPE_CHECKING:
    from coercivity.cases.brief.transaction import BriefRow

KINDS = paper_words("brief_words", "kinds")
STEPS = paper_words("brief_words", "steps")


def status_text(book: Rulebook, instrument: Instrument, state: StatusOn, known: Day) -> Text:
    """Returns the state of a clause on the day and why, with the reading of an until-date."""
    if state.status is Status.SUSPENDED:
        return _paused(book, state)
    if state.status is Status.UNKNOWN:
        return _not_known(book, instrument, state, known)
    event = state.event
    day = event.effective if event is not None else None
    if state.status is Status.NOT_YET:
        return _not_yet(book, state, day)
    if state.status is Status.ENDED:
        last = state.until or day
        return {"en": f"Ended{_on(last)}.", "zh": f"已终止{_zh_on(last)}。"}
    found = {"en": f"In force since {day}.", "zh": f"自{day}起施行。"} if day else {"en": "In force.", "zh": "有效。"}
    if event is not None and event.type == "suspension":
        return {
            "en": f"In force again: assumed that the pause to {state.until} lapsed.",
            "zh": f"假定暂停期于{state.until}届满，恢复施行。",
        }
    return found


def _on(day: Day | None) -> str:
    return f" on {day}" if day else ""


def _zh_on(day: Day | None) -> str:
    return f"（{day}）" if day else ""


def _not_yet(book: Rulebook, state: StatusOn, day: Day | None) -> Text:
    en = f"Not yet in force; starts on {day}." if day else "Not yet in force."
    zh = f"尚未生效，自{day}起施行。" if day else "尚未生效。"
    if state.announced is not None:
        by, zh_by = (name_of(book, state.announced.by, lang) for lang in IN_BOTH)
        en += f" A pause by {by} is already published."
        zh += f"{zh_by}已公布暂停实施。"
    return {"en": en, "zh": zh}


def _paused(book: Rulebook, state: StatusOn) -> Text:
    event, until = state.event, state.until
    by, zh_by = (name_of(book, event.by, lang) if event is not None else "?" for lang in IN_BOTH)
    start = event.effective if event is not None else None
    if until is None:
        return {
            "en": f"Paused by {by} since {start}, with no end named.",
            "zh": f"自{start}起由{zh_by}暂停实施，未定期限。",
        }
    again = until + ONE_DAY
    en = (
        f"Paused by {by} from {start} until {until}, that day read as included; suspended is not gone: "
        f"it would apply again from {again}."
    )
    zh = f"{zh_by}自{start}起暂停实施至{until}（按含当日理解）；暂停不是废止，将自{again}起恢复适用。"
    if state.other_reading is not None:
        en += f" Read without its last day, the pause is over and the rule applies on {until} itself."
        zh += f"若不含当日，则{until}当日已恢复适用。"
    return {"en": en, "zh": zh}


def _not_known(book: Rulebook, instrument: Instrument, state: StatusOn, known: Day) -> Text:
    checked = min(known, instrument.verified_through)
    event, until = state.event, state.until
    if event is not None and event.type == "suspension" and until is not None:
        by, zh_by = (name_of(book, event.by, lang) for lang in IN_BOTH)
        return {
            "en": (
                f"Not known. By its own words the pause of {by} ended on {until}; the rules were checked through "
                f"{checked} only and no later instrument is held. If it lapsed the rule is in force again; if it was "
                f"extended the rule is still paused."
            ),
            "zh": (
                f"不明。{zh_by}的暂停期按其文字于{until}届满；规则仅核对至{checked}，未收录其后的文件。"
                f"若已届满则恢复施行，若已延长则仍暂停。"
            ),
        }
    ways = ", or ".join(branch.label for branch in state.branches)
    ended = f" Its own term ended on {until}." if until else ""
    zh_ended = f"其自身有效期于{until}届满。" if until else ""
    return {
        "en": f"Not known.{ended} The rules were checked through {checked} only: {ways}.",
        "zh": f"不明。{zh_ended}规则仅核对至{checked}。",
    }


def statement_text(book: Rulebook, event: Event) -> Text:
    """Returns what a statement of policy says, and that it switches nothing."""
    by, zh_by = (name_of(book, event.by, lang) for lang in IN_BOTH)
    return {
        "en": f"Statement of {event.published} ({by}) speaks of {event.ends}. A statement switches nothing.",
        "zh": f"{event.published}的政策表态（{zh_by}）提及{event.ends}。政策表态不改变规则状态。",
    }


def ways_text(row: BriefRow) -> Text:
    """Returns what each way of resolving the unknown states gives; an empty mapping where nothing is unknown.

    With several instruments open, only the ways in which all turn out alike are told.
    """
    found: dict[str, str] = {}
    for branch in row.ways:
        labels = set(branch.picks.values())
        if len(labels) == 1:
            found.setdefault(labels.pop(), branch.outcome.value)
    if len(set(found.values())) < 2:
        return {}
    return {
        "en": ", ".join(f"if {label}: {outcome}" for label, outcome in sorted(found.items(), reverse=True)),
        "zh": "，".join(
            f"若{ZH_WAYS.get(label, label)}：{outcome}" for label, outcome in sorted(found.items(), reverse=True)
        ),
    }
