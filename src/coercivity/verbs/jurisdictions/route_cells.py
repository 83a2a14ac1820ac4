"""The cells of the table of routes: a decision in a few words, with what it is based on or what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from coercivity.base.words import Lang
from coercivity.law.engine.branches import BranchResult
from coercivity.law.engine.decide import Deal, Decision
from coercivity.law.explain.proof import decision_hash
from coercivity.law.explain.reasons import Reason, grounds, reasons
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.papers.deal.why import reason_text
from coercivity.papers.shared.names import Text, clause_name
from coercivity.verbs.jurisdictions.request import Side
from coercivity.verbs.jurisdictions.route_table import WORDS, RouteCell

MOST_GROUNDS = 3  # clauses named in a cell
MOST_NAMES = 6  # missing facts named in a note
_LANGS: tuple[Lang, ...] = ("en", "zh")


class SideRead(NamedTuple):
    """A side with the deal as it reads it, and the decision."""

    side: Side
    deal: Deal
    decision: Decision


def cell_of(read: SideRead) -> RouteCell:
    """Returns the cell of a decision."""
    book, decision = read.side.book, read.decision
    open_reasons = reasons(book, decision)
    unknown = decision.outcome is Outcome.UNKNOWN
    told = [_told(book, reason) for reason in open_reasons] if unknown else []
    held = grounds(book, decision) if decision.finding is not Finding.NEED_FACTS or not unknown else ()
    owed = _obligations(book, decision)
    based = [rule for rule in held if rule.id not in {one.id for one in owed}]
    word = "asleep" if decision.finding is Finding.SUSPENDED else "based"
    told = [*_named(word, based), *told, *_named("owed", owed)]
    return RouteCell(
        outcome=decision.outcome,
        finding=decision.finding,
        only_check=unknown and {reason.kind for reason in open_reasons} == {"not_verified"},
        clauses=tuple(rule.id for rule in (*based, *owed)),
        missing=_missing(open_reasons) if unknown else (),
        why=_joined(told),
        hash=decision_hash(book, decision),
    )


def branch_cell(read: SideRead, held: Sequence[BranchResult], rule: str) -> RouteCell:
    """Returns the cell of one way in which an unconfirmed status may turn out."""
    book, decision = read.side.book, read.decision
    outcomes = {branch.outcome for branch in held}
    outcome = next(iter(outcomes)) if len(outcomes) == 1 else Outcome.UNKNOWN
    finding = held[0].finding if len(outcomes) == 1 else Finding.NEED_FACTS
    ranks = sorted({rank for branch in held for rank in (*branch.benign.bites, *branch.suspended)})
    based = [book.rules[rank] for rank in ranks]
    kinds = {reason.kind for reason in reasons(book, decision)} - {"status", "not_verified"}
    told = _named("asleep" if finding is Finding.SUSPENDED else "based", based)
    only_check = False
    if outcome is Outcome.PROCEED:
        # The notice that settles this rule would be known by then; the other rules were verified to an earlier day.
        only_check = not kinds and decision.on > decision.checked_through
        outcome = Outcome.UNKNOWN if kinds or only_check else outcome
    if outcome is Outcome.UNKNOWN:
        others = [name for name in decision.telling if name != rule]
        open_reasons = [reason for reason in reasons(book, decision) if reason.kind != "status" or others]
        told += [_told(book, replace(r, names=tuple(others)) if r.kind == "status" else r) for r in open_reasons]
    missing = _missing(reasons(book, decision)) if outcome is Outcome.UNKNOWN else ()
    return RouteCell(outcome, finding, only_check, tuple(rule.id for rule in based), missing, _joined(told), "")


def _told(book: Rulebook, reason: Reason) -> Text:
    """Returns why a cell is undetermined, with the first names of many; the cell holds all of them."""
    if len(reason.names) <= MOST_NAMES:
        return reason_text(book, reason)
    told = reason_text(book, replace(reason, names=reason.names[:MOST_NAMES]))
    return {
        lang: WORDS["and_more"][lang].format(told[lang].rstrip(".。"), len(reason.names) - MOST_NAMES)
        for lang in _LANGS
    }


def _missing(found: Sequence[Reason]) -> tuple[str, ...]:
    """Returns the facts, compliance declarations and scenarios that are missing."""
    return tuple(name for reason in found if reason.kind in ("facts", "standing") for name in reason.names)


def _obligations(book: Rulebook, decision: Decision) -> list[Rule]:
    """Returns the clauses of which an obligation follows, in every scenario of an unknown status."""
    owed = set.intersection(*(set(branch.benign.bites) for branch in decision.branches))
    return [book.rules[rank] for rank in sorted(owed) if book.rules[rank].provision.effect == "obligation"]


def _named(word: str, rules: Sequence[Rule]) -> list[Text]:
    """Returns one sentence that names some clauses, the first ones in full; none for no clause."""
    if not rules:
        return []
    told: dict[str, str] = {}
    for lang in _LANGS:
        joint = "、" if lang == "zh" else ", "
        names = [f"{clause_name(one.instrument, one.provision, lang)} [{one.id}]" for one in rules[:MOST_GROUNDS]]
        more = [WORDS["more"][lang].format(len(rules) - MOST_GROUNDS)] if len(rules) > MOST_GROUNDS else []
        told[lang] = WORDS[word][lang].format(joint.join([*names, *more]))
    return [told]


def _joined(texts: Sequence[Text]) -> Text:
    return {"en": " ".join(text["en"] for text in texts), "zh": "".join(text["zh"] for text in texts)}
