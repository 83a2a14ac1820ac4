"""Licences on page one: the most urgent first, alike transactions together, nothing said twice."""

from __future__ import annotations

import copy
from functools import lru_cache

from coercivity.papers.brief.paper.groups import deal_groups
from coercivity.papers.brief.paper.page_one.licences import filing_sentences
from coercivity.papers.brief.paper.wording import wording
from coercivity.papers.brief.report_data import BriefBody
from coercivity.verbs.brief import brief
from tests.places import ROOT


@lru_cache(maxsize=1)
def _body() -> BriefBody:
    return brief(ROOT / "examples" / "ev-motor", "2026-11-24", supply=False).report


def _told(body: BriefBody) -> list[str]:
    return list(filing_sentences(body, deal_groups(body), wording("en")))


def test_what_is_late_comes_first_then_what_waits_then_what_may_leave() -> None:
    told = _told(_body())
    assert told[0].startswith("File now, and bridge the gap by stock or air freight: t02 (due by 2026-06-24 to arrive ")
    assert "t01 (due by 2026-09-03" in told[0]
    assert told[1].startswith(
        "Filed; ship nothing before the licence is granted: further lots of t03 (2026-10-12); t04 "
    )
    assert told[2].endswith("t01, t02 (general, until 2027-02-28); t03 (single, until 2027-03-31).")
    assert told[3].endswith("Apply before shipping: single licence or general licence.")


def test_a_day_that_a_transaction_names_is_not_named_again_for_its_part() -> None:
    assert not any(sentence.startswith("Own filings") for sentence in _told(_body()))


def test_a_licence_of_another_kind_than_the_law_asks_for_keeps_its_whole_sentence() -> None:
    body = copy.deepcopy(_body())
    row = next(row for row in body["transactions"] if row["id"] == "t01")
    for one in row["licences"]["licences"]:
        one["kind"] = "other"
    told = _told(body)
    whole = [sentence for sentence in told if sentence.startswith("t01: ")]
    assert len(whole) == 1
    assert "Licence held until 2027-02-28" in whole[0]
