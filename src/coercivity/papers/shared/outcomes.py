"""Outcomes and legal scenarios in words: codes in English, Chinese words in Chinese."""

from __future__ import annotations

from coercivity.base.words import Lang, say
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.words import paper_words

CODES = paper_words("shared_outcomes", "codes")
LETTERS = paper_words("shared_outcomes", "letters")
MEANINGS = paper_words("shared_outcomes", "meanings")
SCENARIOS = paper_words("shared_outcomes", "scenarios")


def outcome_text(outcome: str, lang: Lang = "en") -> str:
    """Returns an outcome as a table names it: `LICENCE`, 须许可."""
    return say(CODES.get(outcome, {"en": outcome}), lang)


def outcome_letter(outcome: str, lang: Lang = "en") -> str:
    """Returns the sign of an outcome for a narrow place: `L`, 许."""
    return say(LETTERS.get(outcome, {"en": outcome[:1]}), lang)


def meaning(outcome: str, lang: Lang = "en") -> str:
    """Returns what an outcome means, for use inside a sentence: `licence required`, 须许可."""
    return say(MEANINGS.get(outcome, {"en": outcome}), lang)


def scenario_text(label: str, lang: Lang = "en") -> str:
    """Returns a legal scenario in words: a label such as `lapsed`, or one with a date such as `extended:2027-11-10`."""
    word, _, day = label.partition(":")
    told = say(SCENARIOS.get(word, {"en": word.replace("_", " ")}), lang)
    if not day:
        return told
    return f"{told}至{day_text(day, lang)}" if lang == "zh" else f"{told} to {day}"
