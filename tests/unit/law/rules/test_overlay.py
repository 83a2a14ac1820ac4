"""Overlays: optional keys, effects, and all errors at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof, verify
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.overlay import OverlayFile, read_overlays
from coercivity.law.rules.rulebook import Rulebook
from tests.places import ROOT
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, deal

HEAD = """
id: my-notice
type: announcement
issuer: [MOFCOM]
number: invented
title_en: Invented notice
published: '2026-11-20'
summary: {en: An invented notice.}
"""
NEW_CONTROL = """
provisions:
- id: my-control
  ref: Art. 1
  kind: control
  subject: Neodymium magnets
  gist: {en: An invented control of every neodymium magnet.}
  item: {fact: elements, contains: Nd}
  when: {use: goods_leave_china}
  effect: licence_required
  track: [single]
  dual_use: 'true'
  effective_from: '2026-11-20'
  confidence: low
events:
- {type: entry_into_force, effective: '2026-11-20'}
"""


def _book(text: str) -> Rulebook:
    return load_rulebook(None, (OverlayFile("my-notice.yaml", HEAD + text),))


def test_a_new_control_bites_from_its_day() -> None:
    """Nd magnets: free the day before, a licence from the day of the notice."""
    book = _book(NEW_CONTROL)
    facts = deal(f"{ND_MAGNET}, to: DE")
    before, after = (decide(book, facts, Day(2026, 11, day)) for day in (19, 20))
    assert after.outcome is Outcome.LICENCE
    assert before.outcome is not Outcome.LICENCE
    assert decide(book, facts, Day(2026, 11, 20), known=Day(2026, 11, 19)).outcome is not Outcome.LICENCE


def test_the_pack_itself_is_untouched_and_the_hash_says_which_law_was_asked() -> None:
    """Another pack hash and version; a proof stands only with the overlay it was made with."""
    book = _book(NEW_CONTROL)
    assert book.version == f"{BOOK.version}+my-notice"
    assert book.content_hash != BOOK.content_hash
    found = proof(book, decide(book, deal(f"{ND_MAGNET}, to: DE"), Day(2026, 11, 20)))
    assert verify(book, found) == []
    assert verify(BOOK, found)
    assert "my-notice" not in BOOK.instruments


def test_an_early_return_ends_a_pause() -> None:
    """A resumption in the middle of a pause: in force from that day."""
    book = _book("changes:\n- instruments: [62/2025]\n  events:\n  - {type: resumption, effective: '2026-11-05'}\n")
    facts = (
        "act: assistance, form: none, from: MY, to: MY, exporter_nationality: CN, exporter_place: MY, line_service: [],"
    )
    facts += " recipient_nationality: MY, process_stage: none, serves_stage: mining, activity_place: MY, technology_passes: false"
    days = {day: decide(book, deal(facts), Day(2026, 11, day), known=Day(2026, 11, 20)) for day in (4, 5)}
    assert days[4].finding.word == "suspended"
    assert days[5].outcome is Outcome.LICENCE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("changes:\n- instruments: [99/2099]\n  events: []\n", "OVERLAY-REF"),
        ("changes:\n- instruments: [62/2025]\n  events: []\n", "OVERLAY-EVENTS"),
        ("changes:\n- instruments: [62/2025]\n  events:\n  - {type: pause, effective: '2026-11-05'}\n", "VALUE"),
        ("chnages: []\n", "KEY-UNKNOWN"),
        (NEW_CONTROL.replace("elements", "elemnts"), "FACT-UNKNOWN"),
        (NEW_CONTROL.replace("goods_leave_china", "goods_leave"), "TREE-NAME"),
        (NEW_CONTROL.replace("my-control", "a18-1c905"), "PACK-ID"),
    ],
)
def test_a_faulty_overlay_is_refused_with_the_nearest_names(text: str, code: str) -> None:
    """Each fault has its code; nothing of the overlay is used."""
    with pytest.raises(CoercivityError) as raised:
        _book(text)
    assert code in {fault.code for fault in raised.value.faults}


def test_an_overlay_with_the_name_of_an_instrument_is_refused() -> None:
    """It would be unclear which of the two an answer means."""
    with pytest.raises(CoercivityError) as raised:
        load_rulebook(None, (OverlayFile("x.yaml", HEAD.replace("my-notice", "mofcom-2025-61")),))
    assert raised.value.faults[0].code == "OVERLAY-ID"


def test_the_examples_load(tmp_path: Path) -> None:
    """Both made-up instruments that come with the project."""
    folder = ROOT / "examples" / "overlays"
    for path in sorted(folder.glob("*.yaml")):
        book = load_rulebook(None, read_overlays([path]))
        assert book.overlays == (path.stem,)
        assert decide(book, deal(f"{DY_MAGNET}, to: DE"), Day(2026, 11, 12)).outcome is Outcome.LICENCE


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  effect: licence_required", "  effect: unknown", [("PACK-FORM", "an unknown effect needs a `ceiling`")]),
        (
            "  effect: licence_required",
            "  effect: exempt",
            [("PACK-FORM", "an exemption needs `remains`")],
        ),
        (
            "  track: [single]",
            "  track: [single]\n  only_where: [nothing]\n  qualifies: [gone]",
            [("PACK-REF", "'nothing' not found"), ("PACK-REF", "'gone' not found")],
        ),
        (
            "events:\n",
            "events:\n- {type: resumption, by: nobody, scope: [other]}\n- {type: repeal, by: my-notice}\n",
            [
                ("PACK-REF", "'nobody' not found"),
                ("PACK-REF", "'other' not found"),
                ("EVENT-DAY", "a resumption needs an effective date"),
                ("EVENT-DAY", "a repeal needs an effective date"),
            ],
        ),
        (
            "  track: [single]",
            "  track: [single]\n  only_where: [my-control]",
            [("RULE-CIRCLE", "circular dependency between rules: my-control -> my-control")],
        ),
        ("{fact: elements, contains: Nd}", "{use: nothing}", [("TREE-NAME", "definition 'nothing' not found")]),
    ],
)
def test_every_fault_of_a_clause_and_of_its_events_is_told(old: str, new: str, told: list[tuple[str, str]]) -> None:
    assert old in NEW_CONTROL
    with pytest.raises(CoercivityError) as caught:
        _book(NEW_CONTROL.replace(old, new, 1))
    assert [(fault.code, fault.what) for fault in caught.value.faults] == told
    assert all(fault.where.startswith(("my-notice", "instruments")) for fault in caught.value.faults)


def test_a_notice_is_no_check_for_others() -> None:
    """It is published on 20 November; nobody says that nothing else came out since the last check of the rulebook."""
    waits = NEW_CONTROL.replace("2026-11-20", "2026-12-01")
    paused = "changes:\n- {instruments: [18/2025], events: [{type: suspension, effective: '2026-11-20', ends: '2027-11-10'}]}\n"
    vouch = "vouch: {through: '2026-11-20', by: Desk A, signed_on: '2026-11-20', note: website of MOFCOM}\n"
    for facts, text in ((deal(f"{ND_MAGNET}, to: DE"), waits), (deal(f"{DY_MAGNET}, to: DE"), paused)):
        found = decide(_book(text), facts, Day(2026, 11, 20))
        assert found.outcome is Outcome.UNKNOWN
        assert found.checked_through == BOOK.verified_through
        assert verify(_book(text), proof(_book(text), found)) == []
        assert decide(_book(vouch + text), facts, Day(2026, 11, 20)).outcome is Outcome.PROCEED
