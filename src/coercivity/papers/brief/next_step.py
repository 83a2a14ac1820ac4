"""What to do next with a transaction, in one sentence; licences in hand are taken into account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.words import Lang, say
from coercivity.cases.brief.transaction import BriefRow
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.words import LANGS, ways_text
from coercivity.papers.deal.headline import names_list
from coercivity.papers.deal.why import why_unknown
from coercivity.papers.firm.report_data import FlowData, LicenceData, SurvivalReport
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.words import paper_words

Flows = Sequence[FlowData]
_WORDS = paper_words("brief_words", "next")


def flows_by_deal(survival: SurvivalReport | None) -> dict[str, list[FlowData]]:
    """Returns the supply flows of a company by the transaction that they are."""
    found: dict[str, list[FlowData]] = {}
    for flow in survival["flows"] if survival is not None else ():
        if "deal" in flow:
            found.setdefault(flow["deal"], []).append(flow)
    return found


def next_step(book: Rulebook, row: BriefRow, flows: Flows = ()) -> Text:
    """Returns what to do next.

    Args:
        book: The rulebook.
        row: The transaction.
        flows: The supply flows of the company that are this transaction, with the status of their licences.
    """
    outcome = row.decision.outcome
    if outcome is Outcome.STOP:
        return _stop(row)
    if outcome is Outcome.LICENCE:
        return _licence(book, row, flows)
    if outcome is Outcome.UNKNOWN:
        return _unknown(book, row)
    untils = [s.until for s in (row.decision.statuses[rule.rank] for rule in row.grounds) if s.until is not None]
    if row.decision.finding is Finding.SUSPENDED and untils:
        last = min(untils)
        return _told("finish_by", last=last, again=last + ONE_DAY)
    return _told("proceed")


def _told(word: str, **values: Day | str | Text) -> Text:
    """Returns a sentence in both languages; dates and texts take the form of each."""
    return {lang: say(_WORDS[word], lang).format(**{k: _in(v, lang) for k, v in values.items()}) for lang in LANGS}


def _in(value: Day | str | Text, lang: Lang) -> str:
    return day_text(value, lang) if isinstance(value, Day | str) else say(value, lang)


def _routes(row: BriefRow) -> Text | None:
    """Returns the licence routes of a transaction as one text, or None where there is none."""
    names = [track.rule.name.as_dict() for track in row.procedure.tracks]
    return {lang: say(_WORDS["or"], lang).join(say(name, lang) for name in names) for lang in LANGS} if names else None


def _stop(row: BriefRow) -> Text:
    if row.decision.finding is Finding.PRESUMED_DENIAL:
        return _told("denied")
    if {track.rule.id for track in row.procedure.tracks} == {"special_application"}:
        return _told("only_special")
    route = _routes(row)
    return _told("only_route", route=route) if route is not None else _told("stop")


def _licence(book: Rulebook, row: BriefRow, flows: Flows) -> Text:
    route = _routes(row)
    if row.decision.may_become is not None:
        return _hold(book, row, route)
    held = [flow["licence"] for flow in flows if flow["passage"] == "licensed"]
    filed = [flow["licence"]["filed"] for flow in flows if flow["licence"]["filed"] is not None]
    if held and len(held) == len(flows):
        return _joined(_under_licence(held, filed))
    if filed:
        return _told("filed", day=min(filed))
    return _told("apply", route=route) if route is not None else _told("apply_open")


def _hold(book: Rulebook, row: BriefRow, route: Text | None) -> Text:
    """Returns what a licence requirement that may become a prohibition depends on: the law, a name, or other facts."""
    ways = ways_text(row)
    routed = {"route": route} if route is not None else {}
    if ways:
        names = names_list(book, row.decision.telling)
        return _told("hold_law_route" if routed else "hold_law", names=names, ways=ways, **routed)
    asked = next((r.question for r in row.reasons if r.question is not None and r.question.party_id), None)
    if asked is not None:
        party = book.words["parties"][asked.fact]
        return _told("hold_name" if routed else "hold_name_open", party=party, **routed)
    return _told("hold_facts" if routed else "hold_facts_open", **routed)


def _under_licence(held: Sequence[LicenceData], filed: Sequence[str]) -> Iterator[Text]:
    ends = [licence["valid_until"] for licence in held if licence["valid_until"] is not None]
    names = [_WORDS[kind] for kind in dict.fromkeys(licence["kind"] for licence in held)]
    kinds: Text = {lang: say(_WORDS["and"], lang).join(say(name, lang) for name in names) for lang in LANGS}
    until = _told("until", day=min(ends)) if ends else {"en": "", "zh": ""}
    yield _told("under_licence", kinds=kinds, until=until)
    yield _told("next_filed", day=min(filed)) if filed else _told("next_due")


def _joined(parts: Iterator[Text]) -> Text:
    found = list(parts)
    return {"en": " ".join(part["en"] for part in found), "zh": "".join(part["zh"] for part in found)}


def _unknown(book: Rulebook, row: BriefRow) -> Text:
    return why_unknown(book, row.decision, row.reasons, row.question)[0]["next"]
