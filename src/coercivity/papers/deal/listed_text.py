"""What a result must say of listed parties beside its grounds: owners, and listings that do not reach the deal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.intake.ownership.facts import LIST, SHARE, SOURCE
from coercivity.intake.parties.screening import NAMED
from coercivity.law.engine.decide import Decision
from coercivity.law.rules.model import Outcome, Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import name_of
from coercivity.papers.shared.terminal import label
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("deal_answer_text", "listed")
_LISTS = re.compile(r"(?<=[\[ ])(?:control_list|watch_list|unreliable_entity_list|countermeasures)(?=[\],])")


def owner_lines(decision: Decision, lang: Lang) -> Iterator[str]:
    """Yields the listed owner that the ownership file states, with its list, share and chain, or what it leaves open.

    Args:
        decision: The decision.
        lang: Language of the reader.
    """
    said = decision.deal.said_by
    if SHARE in decision.deal.left_open:
        yield from _owned("owner_open", decision.deal.left_open[SHARE], lang)
    elif LIST in decision.deal.facts and said.get(LIST, "").startswith(SOURCE):
        yield from _owned("owner", said[LIST], lang)


def _owned(word: str, source: str, lang: Lang) -> Iterator[str]:
    file, _, chain = source.partition(": ")
    if chain:
        told = _LISTS.sub(lambda found: label("lists", found[0], lang), chain)
        yield say(_WORDS[word], lang).format(told, file.partition("SHA-256 ")[2])


def listing_lines(book: Rulebook, decision: Decision, grounds: tuple[Rule, ...], lang: Lang) -> Iterator[str]:
    """Yields every notice that lists the consignee or the end user although no clause of it is a ground of the result.

    Args:
        book: The rulebook.
        decision: The decision.
        grounds: The rules that the result is based on.
        lang: Language of the reader.
    """
    reached = {rule.instrument.id for rule in grounds}
    word = "listed_open" if decision.outcome is Outcome.UNKNOWN else "listed"
    for name in decision.deal.screened:
        sets = (one for entry in name["entries"] if entry["verdict"] == "match" for one in entry.get("party_sets", ()))
        for one in dict.fromkeys(sets) if name["fact"] in NAMED else ():
            held, status = book.party_sets[one], decision.law.sets[one].status
            if held.instrument_id in reached or status in (Status.NOT_YET, Status.ENDED):
                continue
            role, notice = label("parties", name["fact"], lang), name_of(book, held.instrument_id, lang)
            told = role, name["written"], label("lists", held.list, lang), notice, _since(book, one, lang)
            yield say(_WORDS[word], lang).format(*told, label("statuses", status.value, lang))


def _since(book: Rulebook, party_set: str, lang: Lang) -> str:
    clauses = book.instruments[book.party_sets[party_set].instrument_id].provisions
    first = next((one.effective_from for one in clauses if one.kind == "listing" and one.effective_from), None)
    return day_text(first, lang) if first is not None else "?"
