"""The statements of persons who looked for newer notices, as sentences that name who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.vouch import VouchShown
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.terminal import wrapped
from coercivity.papers.shared.words import paper_words

VOUCH_WORDS = paper_words("shared_vouches", "words")
_MONTH_WORDS = "January February March April May June July August September October November December"
_MONTHS = _MONTH_WORDS.split()
_LANGS: tuple[Lang, ...] = ("en", "zh")


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
