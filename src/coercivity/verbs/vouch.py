"""`rules vouch`: a person states to have looked for newer notices and found none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from coercivity.base.days import day_of
from coercivity.base.errors import Argument, CoercivityError, Faults
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Content
from coercivity.data.vouch import MOST_NAME, MOST_NOTE, Vouch, VouchShown, faults_of_vouch, vouch_file, vouch_shown
from coercivity.files.write.whole import write_file
from coercivity.law.rules.model import CHINA
from coercivity.papers.shared.steps import vouch_about, vouch_text
from coercivity.verbs.jurisdictions.request import read_codes

__all__ = [
    "MOST_NAME", "MOST_NOTE", "VouchShown", "vouch", "vouch_about", "vouch_sentence", "vouches_of", "write_vouch",
]  # fmt: skip

THROUGH, SIGNED_ON = Argument("through"), Argument("signed_on")


def vouch(
    *,
    through: str,
    by: str,
    note: str,
    signed_on: str,
    today: str | None = None,
    jurisdiction: str = CHINA,
    law: Law = PACKED,
) -> Content:
    """Returns a statement that a person looked for newer notices and found none, as a file for `Law.overlays`.

    With it PROCEED is given up to that day; nothing else changes. A suspension or a term that has run out stays
    unconfirmed until its own notice is entered.

    Args:
        through: Last day for which the person looked, YYYY-MM-DD.
        by: Name of the person.
        note: Sources looked at.
        signed_on: Day of the statement, YYYY-MM-DD.
        today: Today's date; a statement signed later is refused. None leaves this to the caller.
        jurisdiction: Whose law the statement is about; it counts for that one alone.
        law: The rulebook that the statement is about.

    Raises:
        CoercivityError: With every error in the statement.

    Examples:
        >>> looked = {"note": "announcements on the website of MOFCOM", "signed_on": "2026-11-24"}
        >>> seen = coercivity.vouch(through="2026-11-24", by="Export Control Desk", **looked)
        >>> facts = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "from": "CN", "to": "DE"}
        >>> found = coercivity.decide(facts, on="2026-11-24", law=coercivity.Law(overlays=(seen,)))
        >>> found.decision.unverified, found.proof["vouches"][0]["by"]
        (False, 'Export Control Desk')
    """
    faults = Faults()
    code = next(iter(read_codes([jurisdiction], faults)), CHINA)
    last, signed, now = day_of(through, THROUGH, faults), day_of(signed_on, SIGNED_ON, faults), None
    if today is not None:
        now = day_of(today, Argument("today"), faults)
    if signed is not None and now is not None and signed > now:
        what = f"signed_on {signed} is later than today, {now}"
        faults.add("VOUCH-FUTURE", what, where=SIGNED_ON, next=f"sign it with {now} or an earlier day")
    # Without a day the other entries are still checked, as if the day were that of the last check.
    book = law.of(code).book()
    given = Vouch(
        through=last or book.checked_through, by=by.strip(), signed_on=signed or book.checked_through, note=note.strip()
    )
    for key, fault in faults_of_vouch(given, book.verified_through):
        if key != "through" or (last is not None and signed is not None):
            faults.items.append(replace(fault, where=Argument(key)))
    faults.raise_if_any()
    name, text = vouch_file(given, "" if code == CHINA else code)
    return Content.of(f"{name}.yaml", text)


def write_vouch(path: Path | None, file: Content) -> Path:
    """Writes a statement and returns its path; without one, under its own name in the current folder.

    Raises:
        CoercivityError: If it cannot be written, or another file is in its place.
    """
    path = path or Path(file.name)
    if path.is_file() and path.read_bytes() != file.content:
        what = "a file with other content exists; a signed statement is not overwritten"
        raise CoercivityError.of("OUT", what, where=path.as_posix(), next="choose another --out, or move the file away")
    write_file(path, file.content)
    return path


def vouches_of(law: Law) -> list[VouchShown]:
    """Returns the statements of a rulebook with user-supplied notices, as plain data.

    Raises:
        CoercivityError: With every error in the rulebook or the user-supplied notices.
    """
    return [vouch_shown(held) for held in law.book().vouches]


def vouch_sentence(vouches: Iterable[VouchShown], lang: Lang) -> list[str]:
    """Returns who looked, how far, when and where, one sentence for each statement."""
    return [say(vouch_text(held), lang) for held in vouches]
