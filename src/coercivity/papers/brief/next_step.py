"""What to do next with a transaction, in one sentence; licences in hand are taken into account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.words import Lang, say
from coercivity.cases.brief.transaction import BriefRow
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.report_data import DealLicence, DealLicences
from coercivity.papers.brief.words import LANGS, ways_text
from coercivity.papers.deal.headline import names_list
from coercivity.papers.deal.why import why_unknown
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.paper.figures import percent
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("brief_words", "next")
_DUAL_USE = "dual_use"


def next_step(book: Rulebook, row: BriefRow, held: DealLicences | None = None) -> Text:
    """Returns what to do next.

    Args:
        book: The rulebook.
        row: The transaction.
        held: Its licence state; None if no lot of the company is part of it.
    """
    outcome = row.decision.outcome
    if outcome is Outcome.STOP:
        return _stop(row)
    if outcome is Outcome.LICENCE:
        return _licence(book, row, held)
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
    """Returns the licence routes of a transaction as one text, or None where there is none.

    Routes of one regime are alternatives; those of several regimes are needed beside each other.
    """
    regimes: dict[str, list[Text]] = {}
    for track in row.procedure.tracks:
        regimes.setdefault(track.rule.regime, []).append(track.rule.name.as_dict())
    if not regimes:
        return None
    return {
        lang: say(_WORDS["and_regime"], lang).join(_either(held, lang) for held in regimes.values()) for lang in LANGS
    }


def _either(names: Iterable[Text], lang: Lang) -> str:
    return say(_WORDS["or"], lang).join(say(name, lang) for name in names)


def _stop(row: BriefRow) -> Text:
    if row.decision.finding is Finding.PRESUMED_DENIAL:
        return _told("denied")
    if {track.rule.id for track in row.procedure.tracks} == {"special_application"}:
        return _told("only_special")
    route = _routes(row)
    return _told("only_route", route=route) if route is not None else _told("stop")


def _licence(book: Rulebook, row: BriefRow, held: DealLicences | None) -> Text:
    route = _routes(row)
    if row.decision.may_become is not None:
        return _hold(book, row, route)
    if held is not None and held["licences"]:
        other = route if _is_of_another_kind(row, held) else None
        return _joined(_with_licences(held, route, row.decision.on.isoformat(), other))
    apply = _told("apply", route=route) if route is not None else _told("apply_open")
    return _joined([apply, *_file_by(held)]) if held is not None and held["waiting"] else apply


def _is_of_another_kind(row: BriefRow, held: DealLicences) -> bool:
    """Returns whether licences in hand are of a kind that the law does not ask for, or of one regime of several."""
    tracks = [track.rule for track in row.procedure.tracks]
    granted = {one["kind"] for one in held["licences"] if one["state"] == "granted"}
    return any(rule.regime != _DUAL_USE for rule in tracks) or not granted <= {rule.id for rule in tracks}


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


def _with_licences(held: DealLicences, route: Text | None, today: str, other: Text | None) -> Iterator[Text]:
    """Yields what may leave under licences in hand, which have ended, and what is filed or due to be filed.

    `other` is the licence that the transaction needs where that is not, or not only, of the kinds in hand: single and
    general are kinds of dual-use licences only.
    """
    in_force = [one for one in held["licences"] if one["in_force"]]
    ended = [one for one in held["licences"] if one["state"] == "granted" and one["ended"]]
    filed = [one["filed"] for one in held["licences"] if one["filed"] is not None]
    if in_force:
        ends = [one["valid_until"] for one in in_force if one["valid_until"] is not None]
        until = _told("until", day=min(ends)) if ends else {"en": "", "zh": ""}
        if other is not None:
            yield _told("under_other", route=other, until=until)
        else:
            yield _told("under_licence", kinds=_kinds(in_force), until=until)
    elif ended:
        last = max(one["valid_until"] for one in ended if one["valid_until"] is not None)
        if other is not None:
            yield _told("ended_other", route=other, day=last)
        else:
            yield _told("ended", kinds=_kinds(ended), day=last)
    if filed:
        word = "filed" if min(filed) <= today else "to_file"
        yield _told(f"next_{word}" if in_force or ended else word, day=min(filed))
        if word == "filed" and (planned := [day for day in filed if day > today]):
            yield _told("next_to_file", day=min(planned))
    elif held["file_by"] is not None:
        yield from _file_by(held)
    elif in_force:
        yield _told("next_due")
    elif not ended:
        yield _told("apply", route=route) if route is not None else _told("apply_open")


def _kinds(licences: Sequence[DealLicence]) -> Text:
    names = [_WORDS[kind] for kind in dict.fromkeys(one["kind"] for one in licences)]
    return {lang: say(_WORDS["and"], lang).join(say(name, lang) for name in names) for lang in LANGS}


def _file_by(held: DealLicences) -> Iterator[Text]:
    """Yields the last day to file, if it could be counted."""
    found = held["file_by"]
    if found is not None:
        sure: Text = {lang: percent(found["confidence"], lang) for lang in LANGS}
        yield _told("file_late" if found["passed"] else "file_by", day=found["on"], stop=found["stop_on"], percent=sure)


def _joined(parts: Iterable[Text]) -> Text:
    found = list(parts)
    return {"en": " ".join(part["en"] for part in found), "zh": "".join(part["zh"] for part in found)}


def _unknown(book: Rulebook, row: BriefRow) -> Text:
    return why_unknown(book, row.decision, row.reasons, row.question)[0]["next"]
