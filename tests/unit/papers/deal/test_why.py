"""Why a deal is undetermined, in words: one of three causes, with the next step and valid dates only."""

from __future__ import annotations

from typing import get_args

from coercivity.law.engine.name_questions import NameQuestion
from coercivity.law.explain.reasons import Kind, Reason, reasons
from coercivity.law.rules.model import Outcome
from coercivity.papers.deal.headline import headline
from coercivity.papers.deal.why import reason_text, scenario_outcome, why_unknown
from coercivity.verbs.brief import brief
from coercivity.verbs.deal import deal_report, decide_cells
from tests.places import ROOT
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, SINTERING_RECIPE, on

EXAMPLE = ROOT / "examples" / "ev-motor"


def test_every_reason_is_told_without_a_day_that_is_none() -> None:
    """Of what is unread, nothing was checked through None."""
    asked = NameQuestion("end_user", "Cubik", "Cubic", "p-us-cubic", ("cl-2025-1",), ("letters_differ",))
    for kind in sorted({*get_args(Kind)} - {"not_verified", "not_held"}):
        text = reason_text(BOOK, Reason(kind, ("elements",), question=asked if kind == "names" else None))
        assert "None" not in str(text)
    found = decide_cells({"material": "help with a line"}, on="2025-08-15")
    report = deal_report(found, {"material": "help with a line"})
    assert report is not None
    row = report["transactions"][0]
    assert "None" not in str([reason["text"] for reason in row["reasons"]])
    assert {"en": "Blank or unreadable: item description.", "zh": "空白或无法识别：物项。"} in [
        reason["text"] for reason in row["reasons"]
    ]


def test_what_only_a_check_holds_back_says_so_and_how_to_confirm_it() -> None:
    """Plain magnets after the last check: no fact is missing, the day of the check is named."""
    decision = on(f"{ND_MAGNET}, to: DE", "2026-11-24")
    found = reasons(BOOK, decision)
    assert decision.outcome is Outcome.UNKNOWN
    assert headline(found)["en"] == f"Undetermined: rules not verified since {decision.horizon}"
    (why,) = why_unknown(BOOK, decision, found, None)
    assert why["cause"] == "check"
    assert "Check for notices after 2026-" in why["next"]["en"]
    assert "coercivity rules vouch" in why["next"]["zh"]


def test_what_the_law_leaves_open_is_not_called_missing() -> None:
    """A clause on goods leaves open what goes along with a service: the act is stated, so it is not asked for."""
    decision = on("act: service, from: CN, to: DE, exporter_nationality: CN", "2025-08-15")
    assert "act" in decision.missing
    assert all("act" not in reason.names for reason in reasons(BOOK, decision) if reason.kind == "facts")


def test_an_answer_that_is_decided_needs_no_reason() -> None:
    """A licence that is certain has no cause."""
    decision = on(f"{DY_MAGNET}, to: DE", "2025-08-15")
    assert why_unknown(BOOK, decision, reasons(BOOK, decision), None) == []


def test_the_brief_goes_by_the_licences_of_the_companys_workbook() -> None:
    """A supplier that holds a licence ships under it, one that applied waits, and only the others apply first."""
    body = brief(EXAMPLE, "2026-11-24", supply=False).report
    steps = {row["id"]: row["next"]["en"] for row in body["transactions"]}
    assert steps["t01"].startswith("Licence held until 2027-02-28 (general): ship only within its terms and balance.")
    assert steps["t03"].startswith("Licence held until 2027-03-31 (single): ")
    assert "The next application was filed on 2026-10-12." in steps["t03"]
    assert steps["t04"] == "Application filed on 2026-10-28. Do not ship before the licence is granted."
    assert steps["t06"].startswith("Apply before shipping:")
    later = brief(EXAMPLE, "2027-03-01", supply=False).report
    told = next(row["next"] for row in later["transactions"] if row["id"] == "t01")
    assert told["en"].startswith("The general licence in hand ended on 2027-02-28: do not ship before a new one is")
    assert told["zh"].startswith("已取得的通用许可已于2027年2月28日到期，取得新许可前不得发运。")


def test_notices_are_looked_for_after_the_check_of_the_instruments_named() -> None:
    """Another rule used was checked less far: it is told apart, and its date is not that of the instruments named."""
    body = brief(ROOT / "examples" / "magnet-jv", "2026-11-24", supply=False).report
    rows = {row["id"]: row for row in body["transactions"]}
    assert rows["t04"]["checked_through"] < "2026-10-05"
    assert "on MOFCOM 62/2025 after 2026-10-05" in rows["t04"]["next"]["en"]
    assert f"Other rules used were verified only to {rows['t04']['checked_through']}" in rows["t04"]["next"]["en"]
    assert "Other rules" not in rows["t21"]["next"]["en"]


def test_a_licence_that_may_become_a_prohibition_says_on_what_it_depends() -> None:
    """On the status of an instrument, with the result of each scenario, or on declarations that are missing."""
    jv = brief(ROOT / "examples" / "magnet-jv", "2026-11-24", supply=False).report
    (held,) = (row for row in jv["transactions"] if row["id"] == "t01")
    assert held["next"]["en"].startswith("On hold: the result depends on the status of MOFCOM 62/2025")
    assert held["ways"]["en"] in held["next"]["en"]
    assert held["ways"]["zh"] in held["next"]["zh"]
    assert "无论哪种情形，目前均不得进行" in held["next"]["zh"]
    defence = brief(ROOT / "examples" / "smco-defence", "2026-11-24", supply=False).report
    (open_row,) = (row for row in defence["transactions"] if row["id"] == "t02")
    assert open_row["may_become"] == "STOP"
    assert "the information still missing may show that the transaction is prohibited" in open_row["next"]["en"]


def test_the_end_of_what_counts_is_not_called_a_check() -> None:
    """With an earlier information cut-off, the change after it is due to the cut-off."""
    body = brief(ROOT / "examples" / "motor-reexport", "2026-11-24", known="2026-03-02", supply=False).report
    told = [
        (window["from"], step["text"])
        for row in body["transactions"]
        for window in row["windows"]
        for step in window["because"]
        if step["instrument"] == "pack" and step["kind"] == "checked_through"
    ]
    cut_off = [text for day, text in told if day == "2026-03-03"]
    assert cut_off
    assert {text["zh"] for text in cut_off} == {"公告清单：信息截止日之后的公告未计入"}


def test_a_scenario_without_a_licence_names_what_is_missing() -> None:
    """A scenario is PROCEED only if nothing is left to declare; a licence is needed in any case."""
    assert scenario_outcome("PROCEED", ["status"])["en"] == "PROCEED"
    assert scenario_outcome("LICENCE", ["standing", "status"])["en"] == "LICENCE"
    declared = scenario_outcome("PROCEED", ["standing", "status"])
    assert declared["en"] == "no licence needed, subject to the missing compliance declarations"
    assert scenario_outcome("PROCEED", ["standing", "facts"])["en"].endswith("subject to the missing information")


def test_a_date_before_the_rules_is_told_with_their_first_day() -> None:
    """And a deal that may pass on know-how alone is told to say so."""
    for facts, first, more in ((f"{ND_MAGNET}, to: DE", "2024-12-01", True), (SINTERING_RECIPE, "2002-01-01", False)):
        decision = on(facts, "1999-05-06")
        found = [reason for reason in reasons(BOOK, decision) if reason.kind == "not_held"]
        assert first in reason_text(BOOK, found[0])["en"]
        (why,) = [why for why in why_unknown(BOOK, decision, found, None) if why["cause"] == "check"]
        assert first in why["next"]["en"]
        assert ("know-how" in why["next"]["en"]) is more
        assert "未收录该日的规则" in reason_text(BOOK, found[0])["zh"]
