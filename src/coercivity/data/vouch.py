"""A person's statement that he looked for newer notices and found none: its form, its checks and its file.

It extends the dates for which PROCEED is given, and nothing else: no status depends on it, so what ends by its own
terms stays unconfirmed until a notice says how it ended.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypedDict

from coercivity.base.canonical import json_text
from coercivity.base.days import Day
from coercivity.base.errors import Fault, brief_value
from coercivity.data.schema import DayText, Strict

MOST_NAME, MOST_NOTE = 120, 500
LEAST_LETTERS = 2
_NOBODY_WORDS = """
me myself i we us you none no one null nil na n a tbd tba tbc todo unknown
name yourname user username admin test tester example sample placeholder xxx xx anon anonymous person employee
我 本人 自己 某人 无 无名 不详 不明 未知 待定 待填 待补 姓名 名字 测试 匿名 同上 经办人 用户
"""
_NO_PERSON = re.compile("(?:any|no|some)(?:body|one)")
_NOTHING_WORDS = "yes ok okay done checked looked nothing note notes 是 好 已查 已核 备注 说明"
_NOBODY = frozenset(_NOBODY_WORDS.split())
_NOTHING = _NOBODY | frozenset(_NOTHING_WORDS.split())
_WRITE_NAME = "write the name of the person who looked"
_WRITE_NOTE = "name the sources looked at, such as the announcements on the website of MOFCOM"


class Vouch(Strict):
    """A statement of one person.

    Attributes:
        through: Last day for which the person looked.
        by: Name of the person.
        signed_on: Day on which the statement was made.
        note: Sources looked at, and how.
    """

    through: DayText
    by: str
    signed_on: DayText
    note: str


class VouchShown(TypedDict):
    """A statement as written in proofs and reports."""

    by: str
    note: str
    signed_on: str
    through: str


def vouch_shown(vouch: Vouch) -> VouchShown:
    """Returns a statement as plain data."""
    return {
        "by": vouch.by,
        "note": vouch.note,
        "signed_on": vouch.signed_on.isoformat(),
        "through": vouch.through.isoformat(),
    }


def faults_of_vouch(vouch: Vouch, verified_through: Day) -> Iterator[tuple[str, Fault]]:
    """Yields every fault of a statement that its form does not show, with the key at fault and without a place.

    Args:
        vouch: The statement.
        verified_through: Last check of the rulebook itself.
    """
    if _says_nothing(vouch.by, _NOBODY):
        yield "by", Fault("VOUCH-NAME", f"{brief_value(vouch.by)!r} does not name a person", next=_WRITE_NAME)
    if _says_nothing(vouch.note, _NOTHING):
        yield "note", Fault("VOUCH-NOTE", f"{brief_value(vouch.note)!r} does not name a source", next=_WRITE_NOTE)
    for key, text, most in (("by", vouch.by, MOST_NAME), ("note", vouch.note, MOST_NOTE)):
        if len(text) > most or any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in text):
            what = f"expected one line of at most {most} characters"
            yield key, Fault("VOUCH-TEXT", what, next="shorten it, and leave out line breaks")
    if vouch.through > vouch.signed_on:
        what = f"through {vouch.through} is later than signed_on {vouch.signed_on}, the day of signing"
        yield "through", Fault("VOUCH-FUTURE", what, next=f"write {vouch.signed_on} or an earlier day")
    if vouch.through < verified_through:
        what = f"through {vouch.through} is before {verified_through}, the last check of the rulebook itself"
        yield "through", Fault("VOUCH-PAST", what, next="leave the statement out, or look again and sign a new one")


def _says_nothing(text: str, words: frozenset[str]) -> bool:
    """Returns whether a text is blank, a placeholder, or has too few letters to say anything."""
    spoken = re.findall(r"[^\W\d_]+", text.casefold())
    said = [word for word in spoken if word not in words and not _NO_PERSON.fullmatch(word)]
    return sum(map(len, spoken)) < LEAST_LETTERS or not said or "".join(spoken) in words


def vouch_file(vouch: Vouch, jurisdiction: str = "") -> tuple[str, str]:
    """Returns the id of a statement and the text of its file; equal statements have equal files.

    Args:
        vouch: The statement.
        jurisdiction: Whose law it is about; blank for China.
    """
    shown = vouch_shown(vouch)
    name = f"vouch-{shown['through']}-{hashlib.sha256(json_text(shown).encode()).hexdigest()[:8]}"
    name += f"-{jurisdiction.lower()}" if jurisdiction else ""
    lines = [
        "# A person looked for newer notices and found none: that person's statement, not part of the rulebook.",
        "# It does not confirm how a suspension or a term that has run out ended.",
        f"id: {name}",
        *([f"jurisdiction: {jurisdiction}"] if jurisdiction else []),
        "vouch:",
        f"  through: '{shown['through']}'",
        f"  by: {json.dumps(vouch.by, ensure_ascii=False)}",
        f"  signed_on: '{shown['signed_on']}'",
        f"  note: {json.dumps(vouch.note, ensure_ascii=False)}",
    ]
    return name, "\n".join(lines) + "\n"


def vouched_through(vouches: Sequence[Vouch]) -> Day | None:
    """Returns the last day for which anyone looked; None without a statement."""
    return max((vouch.through for vouch in vouches), default=None)
