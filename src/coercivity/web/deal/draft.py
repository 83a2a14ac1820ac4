"""The result of a deal with a draft notice, beside that under the current rules; a draft changes no decision."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError
from coercivity.base.words import plain
from coercivity.verbs.serving.drafts.impact import draft_law
from coercivity.verbs.serving.places import Places
from coercivity.verbs.words import clause_title, law_words
from coercivity.web.deal.asked import Asked, Found, answered
from coercivity.web.view import Context, View

DRAFT = "draft"
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
        law = draft_law(places, view.get(DRAFT), view.law)
        other = answered(view, asked, law)
        name = places.upload(view.get(DRAFT)).name
    except CoercivityError as error:
        return {**told, "wrong_draft": error.faults}
    if found.part > len(other.parts):
        return told
    now, then = found.shown.answer, other.parts[found.part - 1].answer
    before, after = now.decision, then.decision
    if before is None or after is None:
        return told
    changed = (before.outcome, before.finding, before.may_become) != (after.outcome, after.finding, after.may_become)
    told["draft"] = {
        "name": plain(name),
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
