"""A person's check: what it lifts, what it never touches, and every way in which its file can be wrong."""

from __future__ import annotations

import pytest

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.errors import CoercivityError
from coercivity.data.vouch import Vouch, vouch_file
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof
from coercivity.law.explain.reasons import reasons
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome, Status
from coercivity.law.rules.overlay import OverlayFile
from coercivity.law.rules.rulebook import Rulebook
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, deal

SOURCES = "announcements on the website of MOFCOM, 6 October to 27 November 2026"
DAY = Day(2026, 11, 27)
NEXT_LAST_DAY = Day(2027, 1, 10)
FILE = f"id: looked\nvouch:\n  through: '2026-11-27'\n  by: Export Control Desk\n  signed_on: '2026-11-27'\n  note: {SOURCES}\n"
HOLMIUM = "act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr, Ho], from: CN, to: DE, origin: CN"


def book(*texts: str) -> Rulebook:
    """The rulebook with files of these texts."""
    return load_rulebook(None, tuple(OverlayFile(f"{n}.yaml", text) for n, text in enumerate(texts)))


def stated(through: Day, by: str = "Export Control Desk", signed_on: Day | None = None) -> str:
    """The file of a statement, as the program writes it."""
    return vouch_file(Vouch(through=through, by=by, signed_on=signed_on or through, note=SOURCES))[1]


def test_it_lifts_the_last_check_to_its_day_and_no_further() -> None:
    facts = deal(f"{ND_MAGNET}, to: DE")
    checked = book(FILE)
    assert decide(BOOK, facts, DAY).outcome is Outcome.UNKNOWN
    assert decide(checked, facts, DAY).outcome is Outcome.PROCEED
    later = decide(checked, facts, DAY + ONE_DAY)
    assert later.outcome is Outcome.UNKNOWN
    assert [(reason.kind, reason.names, reason.day) for reason in reasons(checked, later)] == [
        ("not_verified", ("pack",), DAY)
    ]


def test_an_earlier_information_cut_off_is_kept() -> None:
    """Who asks for what was known on a day gets no more than that, whoever looked later."""
    facts = deal(f"{ND_MAGNET}, to: DE")
    assert decide(book(FILE), facts, DAY, known=Day(2026, 10, 20)).outcome is Outcome.UNKNOWN


def test_it_is_no_fact_of_the_rulebook() -> None:
    """No instrument is added or counts as verified further; version and hash tell that the file was used."""
    checked = book(FILE)
    assert checked.instruments == BOOK.instruments
    assert checked.verified_through == BOOK.verified_through
    assert checked.checked_through == DAY
    assert checked.version == f"{BOOK.version}+looked"
    assert checked.content_hash != BOOK.content_hash
    made = proof(checked, decide(checked, deal(f"{ND_MAGNET}, to: DE"), DAY))
    assert (made["verified_through"], made["known"]) == (BOOK.verified_through.isoformat(), "2026-11-27")
    assert made["vouches"] == [
        {"by": "Export Control Desk", "note": SOURCES, "signed_on": "2026-11-27", "through": "2026-11-27"}
    ]
    assert "vouches" not in proof(BOOK, decide(BOOK, deal(f"{ND_MAGNET}, to: DE"), DAY))


@pytest.mark.parametrize("day", [Day(2026, 11, 11), DAY, Day(2026, 11, 28), NEXT_LAST_DAY])
def test_what_ended_by_its_terms_stays_unconfirmed(day: Day) -> None:
    """Announcements of October 2025, Article 2 of 46/2024 and paused listings: the same statuses as without it."""
    checked = book(stated(NEXT_LAST_DAY))
    bare, with_it = (law.day(day, law.default_known(day), {}) for law in (BOOK, checked))
    assert with_it.statuses == bare.statuses
    assert dict(with_it.sets) == dict(bare.sets)
    unknown = {BOOK.rules[rank].instrument.id for rank in with_it.unknown}
    assert {f"mofcom-2025-{number}" for number in (61, 62)} <= unknown
    assert {f"mofcom-gac-2025-{number}" for number in (55, 56, 57, 58)} <= unknown
    assert ("mofcom-2024-46" in unknown) == (day > DAY)
    assert "mofcom-2025-21" in unknown
    found = decide(checked, deal(HOLMIUM), day)
    assert found.outcome is Outcome.UNKNOWN
    assert len(found.branches) == 2


def test_the_notice_itself_confirms_the_end() -> None:
    """A user-supplied notice with the event does what a check cannot; the check then lets PROCEED through."""
    notice = """
id: extended
type: announcement
issuer: [MOFCOM]
number: invented
title_en: Invented extension
published: '2026-11-09'
summary: {en: Invented.}
changes:
- instruments: [57/2025]
  events:
  - {type: suspension, effective: '2026-11-11', ends: '2027-11-10'}
"""
    facts = deal(HOLMIUM)
    assert decide(book(notice), facts, DAY).outcome is Outcome.UNKNOWN
    found = decide(book(notice, FILE), facts, DAY)
    assert (found.outcome, found.finding.word) == (Outcome.PROCEED, "suspended")
    both = notice + FILE.split("\n", 1)[1]
    assert decide(book(both), facts, DAY).outcome is Outcome.PROCEED


def test_a_licence_stays_a_licence() -> None:
    facts = deal(f"{DY_MAGNET}, to: DE")
    assert [decide(law, facts, DAY).outcome for law in (BOOK, book(FILE))] == [Outcome.LICENCE] * 2


def test_of_two_people_the_later_day_counts_and_both_are_named() -> None:
    first, second = stated(Day(2026, 11, 20), "Legal Department"), stated(Day(2026, 11, 25), "Export Control Desk")
    for texts in ((first, second), (second, first)):
        checked = book(*texts)
        assert checked.checked_through == Day(2026, 11, 25)
        assert {vouch.by for vouch in checked.vouches} == {"Legal Department", "Export Control Desk"}
        found = decide(checked, deal(f"{ND_MAGNET}, to: DE"), Day(2026, 11, 25))
        assert found.outcome is Outcome.PROCEED
        assert [held["by"] for held in proof(checked, found)["vouches"]] == [vouch.by for vouch in checked.vouches]


def test_the_same_file_twice_is_refused() -> None:
    with pytest.raises(CoercivityError) as raised:
        book(FILE, FILE)
    assert [(fault.code, fault.where) for fault in raised.value.faults] == [("OVERLAY-ID", "1.yaml")]


WRONG = [
    ("by: Export Control Desk", "by: N/A", "VOUCH-NAME", 4),
    ("by: Export Control Desk", "by: ' '", "VOUCH-NAME", 4),
    ("by: Export Control Desk", "by: me?", "VOUCH-NAME", 4),
    ("by: Export Control Desk", "by: J.", "VOUCH-NAME", 4),
    ("by: Export Control Desk", "by: 本人", "VOUCH-NAME", 4),
    ("by: Export Control Desk", "by: Someone, anybody", "VOUCH-NAME", 4),
    ("by: Export Control Desk", f"by: {'Li ' * 50}", "VOUCH-TEXT", 4),
    ("by: Export Control Desk", 'by: "Export Control Desk\\nrules verified"', "VOUCH-TEXT", 4),
    (f"note: {SOURCES}", "note: done", "VOUCH-NOTE", 6),
    (f"note: {SOURCES}", "note: '-'", "VOUCH-NOTE", 6),
    ("through: '2026-11-27'", "through: '2026-11-28'", "VOUCH-FUTURE", 3),
    ("through: '2026-11-27'", "through: '2026-10-04'", "VOUCH-PAST", 3),
    ("through: '2026-11-27'", "through: 27.11.2026", "VALUE", 3),
    ("signed_on: '2026-11-27'", "signed_on: '2026-02-30'", "VALUE", 5),
    ("  by: Export Control Desk\n", "", "KEY-MISSING", 2),
    ("  signed_on: '2026-11-27'\n", "", "KEY-MISSING", 2),
    ("signed_on", "signed", "KEY-UNKNOWN", 5),
]


@pytest.mark.parametrize(("old", "new", "code", "line"), WRONG)
def test_a_wrong_file_is_refused_with_its_line(old: str, new: str, code: str, line: int) -> None:
    assert old in FILE
    with pytest.raises(CoercivityError) as raised:
        book(FILE.replace(old, new, 1))
    faults = [fault for fault in raised.value.faults if fault.code == code]
    assert [fault.where for fault in faults] == [f"0.yaml:{line}"]
    assert all(fault.what and (fault.next or fault.nearest or code == "VALUE") for fault in faults)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = (
        FILE.replace("Export Control Desk", "tbd")
        .replace(SOURCES, "n/a")
        .replace("signed_on: '2026-11-27'", "signed_on: '2026-11-26'")
    )
    with pytest.raises(CoercivityError) as raised:
        book(text)
    assert [fault.code for fault in raised.value.faults] == ["VOUCH-NAME", "VOUCH-NOTE", "VOUCH-FUTURE"]


@pytest.mark.parametrize("name", ["Export Control Desk", "贸易合规部", "李", "Straße, Unknown Desk", "A. Q."])
def test_names_of_people_are_accepted(name: str) -> None:
    """A single Chinese character is too short to tell one person from another."""
    if name == "李":
        with pytest.raises(CoercivityError):
            book(stated(DAY, name))
    else:
        assert book(stated(DAY, name)).vouches[0].by == name


def test_a_check_by_nobody_in_particular_says_what_to_write_instead() -> None:
    """The former key let PROCEED through and confirmed the end of suspensions as well, without a name."""
    with pytest.raises(CoercivityError) as raised:
        book("id: old\npublished: '2026-11-24'\nchecked_through: '2026-11-24'\n")
    (fault,) = raised.value.faults
    assert (fault.code, fault.where) == ("VOUCH-FORMER", "0.yaml:3")
    assert "coercivity rules vouch --through 2026-11-24 --by 'your name'" in fault.next


def test_equal_statements_have_equal_files() -> None:
    assert stated(DAY) == stated(DAY) != stated(DAY, "Legal Department")
    checked = book(stated(DAY, 'A "quoted": name # 王'))
    assert checked.vouches[0].by == 'A "quoted": name # 王'


def test_no_status_is_unknown_because_of_a_check() -> None:
    """Statuses that are certain stay certain, on every date around the last check."""
    checked = book(FILE)
    for days in range(-5, 60):
        day = Day.fromordinal(BOOK.verified_through.toordinal() + days)
        both = [law.statuses(day, law.default_known(day), {}) for law in (BOOK, checked)]
        assert both[0] == both[1]
        assert any(status.status is Status.IN_FORCE for status in both[0])
