"""What happens on a date, in words: events of the rules, and the ends of what was checked and counts; who checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.words import Lang, say
from coercivity.data.vouch import VouchShown
from coercivity.law.explain.timeline import TimelineStep, Window
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.terminal import wrapped
from coercivity.papers.shared.words import paper_words

PACK = "pack"  # the list of announcements, where an instrument would be named
_CHECKS = ("checked_through", "first_unverified")
_STEPS = paper_words("brief_words", "steps")
VOUCH_WORDS = paper_words("shared_vouches", "words")
_MONTH_WORDS = "January February March April May June July August September October November December"
_MONTHS = _MONTH_WORDS.split()
_LANGS: tuple[Lang, ...] = ("en", "zh")


def step_words(kind: str, *, after_known: bool = False, after_vouch: bool = False) -> Text:
    """Returns what happens on a date.

    Args:
        kind: Kind of the event.
        after_known: Whether the date follows the information cut-off, and not a check of the rules.
        after_vouch: Whether the date follows a check stated by a user, and not one of ours.
    """
    word = "after_known" if after_known else "after_vouch" if after_vouch and kind in _CHECKS else kind
    return _STEPS.get(word, {"en": kind.replace("_", " "), "zh": kind})


def window_step_words(book: Rulebook, window: Window, step: TimelineStep) -> Text:
    """Returns what happens on the first day of a period."""
    known, last = window.decision.known, window.start - ONE_DAY
    cut_off = known < book.checked_through and last == known
    return step_words(
        step.kind,
        after_known=cut_off and step.kind == "checked_through" and step.instrument_id == PACK,
        after_vouch=book.ends_with_a_vouch(last),
    )


def vouch_text(vouch: VouchShown) -> Text:
    """Returns who looked, how far, when and where, as one sentence."""
    return {lang: _told(vouch, lang) for lang in _LANGS}


def vouch_lines(vouches: Iterable[VouchShown], lang: Lang, head: str = "    ") -> Iterator[str]:
    """Yields the statements as lines of a terminal."""
    for vouch in vouches:
        yield from wrapped(_told(vouch, lang), head)


def names_of_lookers(book: Rulebook) -> str:
    """Returns who looked furthest for newer notices."""
    names = [vouch.by for vouch in book.vouches if vouch.through == book.checked_through]
    return "; ".join(dict.fromkeys(names))


def only_to_text(book: Rulebook, day: Day, lang: Lang) -> str:
    """Returns that a person looked for newer notices only to a day, for the reasons of a result."""
    return say(VOUCH_WORDS["only_to"], lang).format(day_text(day, lang), names_of_lookers(book))


def vouch_about(lang: Lang) -> str:
    """Returns what such a statement does not say."""
    return say(VOUCH_WORDS["about"], lang)


def _told(vouch: VouchShown, lang: Lang) -> str:
    through, signed = (_day(vouch[key], lang) for key in ("through", "signed_on"))
    return say(VOUCH_WORDS["statement"], lang).format(through, vouch["by"], signed, vouch["note"])


def _day(text: str, lang: Lang) -> str:
    """Returns a date as a person signs it: 27 November 2026, 2026年11月27日."""
    day = Day.fromisoformat(text)
    return day_text(day, lang) if lang == "zh" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
