"""The section of a report on other jurisdictions: results and conflicts of each transaction, if its case asks."""

from __future__ import annotations

from coercivity.base.errors import Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import Clocks, Law
from coercivity.cases.brief.brief import Brief
from coercivity.cases.brief.head import CASE_FILE, CaseHead
from coercivity.papers.brief.report_data import AbroadConflict, AbroadData, AbroadDeal, AbroadSide
from coercivity.papers.shared.names import clause_name
from coercivity.papers.shared.words import paper_words
from coercivity.verbs.jurisdictions.answer import DealAnswers, SideAnswer
from coercivity.verbs.jurisdictions.decide import ConflictFound, deal_in_jurisdictions
from coercivity.verbs.jurisdictions.request import read_codes, read_request

_WORDS = paper_words("deal_jurisdictions", "words")
_LANGS: tuple[Lang, ...] = ("en", "zh")
MOST_GROUNDS = 3
FEWEST = 2  # China and another one


def check_codes(case: CaseHead, faults: Faults) -> None:
    """Adds a fault for every jurisdiction of a case that does not exist, and if it names no other beside China."""
    if case.jurisdictions is None:
        return
    codes = read_codes(case.jurisdictions, faults)
    if not faults.items and (len(codes) < FEWEST or "CN" not in codes):
        what = "jurisdictions must name CN and at least one other"
        faults.add("JURISDICTION", what, where=CASE_FILE, next="write [CN, US], or omit the key")


def abroad_part(found: Brief, assume: str | None, law: Law) -> AbroadData | None:
    """Returns the section of a report on other jurisdictions; None if its case does not ask for any.

    Args:
        found: The transactions as decided for China.
        assume: Planning assumptions.
        law: The rulebook on China.

    Raises:
        CoercivityError: With every error in the jurisdictions and assumptions.
    """
    codes, read = found.case.jurisdictions, found.papers
    if codes is None or read is None:
        return None
    faults = Faults()
    request = read_request(codes, assume, law, faults)
    faults.raise_if_any()
    times = Clocks(found.on, found.known, {})
    answers = [
        deal_in_jurisdictions(request, read.whole[row.transaction.id], times, row.transaction.id) for row in found.rows
    ]
    return {"jurisdictions": list(codes), "deals": [_deal(one) for one in answers]}


def _deal(one: DealAnswers) -> AbroadDeal:
    return {
        "id": one.id,
        "outcome": one.outcome.value,
        "sides": [_side(side) for side in one.sides],
        "conflicts": [_conflict(each) for each in one.conflicts],
    }


def _side(side: SideAnswer) -> AbroadSide:
    answer = side.answer
    return {
        "jurisdiction": side.jurisdiction,
        "name": dict(side.name),
        "outcome": side.outcome.value,
        "hash": str(answer.proof.get("hash", "")),
        "grounds": [
            {lang: clause_name(rule.instrument, rule.provision, lang) for lang in _LANGS}
            for rule in answer.grounds[:MOST_GROUNDS]
        ],
        "why": [dict(why["text"]) for why in answer.why_unknown],
        "scenarios": [{"scenario": dict(way.picks), "outcome": way.outcome.value} for way in side.ways],
    }


def _conflict(one: ConflictFound) -> AbroadConflict:
    text = one.text
    return {
        "id": text.id,
        "kind": text.kind,
        "sure": one.sure,
        "word": dict(_WORDS[text.kind if one.sure else f"{text.kind}_open"]),
        "title": text.title.as_dict(),
        "both": dict(_WORDS["no_way"]) if one.cannot_satisfy_both else {},
        "clauses": list(one.clauses),
        "ask": text.ask.as_dict(),
        "never": text.never.as_dict() if text.never is not None else {},
    }
