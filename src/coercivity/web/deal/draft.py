"""The result of a deal with a draft notice, beside that under the current rules; a draft changes no decision."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError
from coercivity.base.words import plain
from coercivity.verbs.answers import Answer
from coercivity.verbs.jurisdictions.decide import CHINA, beside_china
from coercivity.verbs.law import Law
from coercivity.verbs.serving.drafts.impact import draft_law, drafted_of
from coercivity.verbs.serving.places import Places
from coercivity.verbs.words import clause_title, law_words
from coercivity.web.deal.asked import Asked, Found, answered
from coercivity.web.deal.jurisdictions import facts_abroad_of
from coercivity.web.deal.steps import steps_of
from coercivity.web.view import Context, View

DRAFT = "draft"
ASSUMED = "draft_assume"  # scenarios of another jurisdiction, for the draft alone
MOST_GROUNDS = 6


def draft_of(view: View, places: Places, found: Found, asked: Asked) -> Context:
    """Returns what the page shows of a draft that the address names; nothing without one.

    Args:
        view: The page.
        places: Folders of the server, where the draft was stored.
        found: The results under the current rules.
        asked: What the address says.
    """
    told: Context = {"draft": None, "wrong_draft": ()}
    if not view.get(DRAFT):
        return told
    try:
        name = places.upload(view.get(DRAFT)).name
        drafted = drafted_of(places, view.get(DRAFT))
        both = _answers(view, places, found, asked, drafted.jurisdiction)
    except CoercivityError as error:
        return {**told, "wrong_draft": error.faults}
    if both is None:
        return told
    now, then = both
    before, after = now.decision, then.decision
    if before is None or after is None:
        return told
    changed = (before.outcome, before.finding, before.may_become) != (after.outcome, after.finding, after.may_become)
    told["draft"] = {
        "name": plain(name),
        "law": view.t(drafted.name) if drafted.jurisdiction != CHINA else "",
        "assumed": view.get(ASSUMED),
        "outcome": after.outcome.value,
        "finding": view.t(law_words("findings", after.finding.word)),
        "may_become": after.may_become.value if after.may_become else "",
        "changed": changed,
        "hash": str(then.proof.get("hash", "")),
        "grounds": [
            (rule.id, clause_title(rule.instrument, rule.provision, view.lang)) for rule in then.grounds[:MOST_GROUNDS]
        ],
    }
    return told


def _answers(view: View, places: Places, found: Found, asked: Asked, code: str) -> tuple[Answer, Answer] | None:
    """Returns the answers of the law that the draft is about, without and with it; None if the deal is gone."""
    law = draft_law(places, view.get(DRAFT), view.law)
    if code == CHINA:
        other = answered(view, asked, law)
        gone = found.part > len(other.parts)
        return None if gone else (found.shown.answer, other.parts[found.part - 1].answer)

    def answer(own: Law) -> Answer:
        facts, steps, assume = facts_abroad_of(view), steps_of(view), view.get(ASSUMED) or None
        codes = (CHINA, code)
        beside = beside_china(found.shown.answer, jurisdiction=codes, facts=facts, steps=steps, assume=assume, law=own)
        return beside.of(code).answer

    return answer(view.law), answer(law)
