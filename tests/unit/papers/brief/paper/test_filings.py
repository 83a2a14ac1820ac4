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
    assert told[0].startswith(
        "File now, and bridge the gap by stock or air freight: t02 (UH magnets of supplier 1, yearly volume), due by "
        "2026-06-24 (line stop on 2027-01-13, in time in 90 % of cases); "
    )
    assert "t01 (SH magnets of supplier 1, yearly volume), due by 2026-09-03" in told[0]
    assert told[1].startswith("Filed; ship nothing before the licence is granted: further lots of t03 (")
    assert told[1].endswith(" on 2026-10-12; t04 (UH magnets of supplier 2, next contract) on 2026-10-28.")
    assert "t02 (UH magnets of supplier 1, yearly volume), general until 2027-02-28; t03 (" in told[2]
    assert told[2].endswith("), single until 2027-03-31.")
    assert told[3].endswith("Apply before shipping: single licence or general licence.")


def test_several_alike_are_told_by_their_ids_and_many_by_their_number() -> None:
    body = copy.deepcopy(_body())
    row = next(row for row in body["transactions"] if row["id"] == "t04")
    for at in range(5, 8):
        again = copy.deepcopy(row)
        again["id"] = f"u{at}"
        body["transactions"].append(again)
    assert "; t04, u5, u6, u7 on 2026-10-28." in _told(body)[1]
    for at in range(8, 12):
        again = copy.deepcopy(row)
        again["id"] = f"u{at}"
        body["transactions"].append(again)
    assert "; t04 and 7 more on 2026-10-28." in _told(body)[1]


def test_a_day_that_a_transaction_names_is_not_named_again_for_its_part() -> None:
    assert not any(sentence.startswith("Own filings") for sentence in _told(_body()))


def test_what_is_planned_is_told_beside_what_is_filed() -> None:
    body = copy.deepcopy(_body())
    row = next(row for row in body["transactions"] if row["id"] == "t04")
    later = copy.deepcopy(row["licences"]["licences"][0])
    later["licence"], later["filed"] = "F-NEXT", "2027-02-01"
    row["licences"]["licences"].append(later)
    told = _told(body)
    assert told[1].endswith("; t04 (UH magnets of supplier 2, next contract) on 2026-10-28.")
    assert (
        told[2]
        == "To be filed as planned: further lots of t04 (UH magnets of supplier 2, next contract) on 2027-02-01."
    )


def test_a_transaction_that_needs_licences_of_two_regimes_keeps_its_whole_sentence() -> None:
    body = brief(ROOT / "examples" / "recycler", "2026-11-24", supply=False).report
    told = [sentence for sentence in _told(body) if "t10 (" in sentence]
    assert len(told) == 1
    assert "The law requires the single licence, and export licence (annual catalogue), separate from " in told[0]


def test_a_licence_of_another_kind_than_the_law_asks_for_keeps_its_whole_sentence() -> None:
    body = copy.deepcopy(_body())
    row = next(row for row in body["transactions"] if row["id"] == "t01")
    for one in row["licences"]["licences"]:
        one["kind"] = "other"
    told = _told(body)
    whole = [sentence for sentence in told if sentence.startswith("t01 (SH magnets of supplier 1, yearly volume): ")]
    assert len(whole) == 1
    assert "Licence held until 2027-02-28" in whole[0]
