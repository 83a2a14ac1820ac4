"""The planning assumption of an address in words."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError
from coercivity.verbs.rules import Instrument, instruments, rules_show
from coercivity.verbs.words import short_name
from coercivity.web.view import View


def assumed_text(view: View) -> str:
    """Returns the planning assumption in words: `MOFCOM 62/2025 (suspension lapsed, in force again)`.

    A part that cannot be read is returned as typed; the error message next to the form says what is wrong with it.
    """
    return view.signs.semicolon.join(_pick(view, part.strip()) for part in view.assume.split(",") if part.strip())


def _pick(view: View, part: str) -> str:
    name, equals, branch = part.partition("=")
    word, _, day = (branch if equals else part).strip().partition(":")
    found = _instrument(name.strip()) if equals else None
    if equals and found is None:
        return part
    of = short_name(found, view.lang) if found is not None else view.w("page.assume_all")
    if word == "lapsed":
        return view.w("page.assume_lapsed", of)
    return view.w("page.assume_extended", of, day) if word == "extended" and day else part


def _instrument(name: str) -> Instrument | None:
    """The instrument with this id, alias or number, where a suspended one may be named without the year."""
    short = [i for i in instruments().values() if i.number.split("/")[-1] == name and i.type != "list_notice"]
    paused = [i for i in short if any(event.type == "suspension" and event.ends for event in i.events)]
    if len(paused) == 1:
        return paused[0]
    try:
        return rules_show(name)[0]
    except CoercivityError:
        return None
