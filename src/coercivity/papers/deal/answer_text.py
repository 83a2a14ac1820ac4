"""Results as lines of text: the outcome first, then the reasons, then what is open."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.cases.gather import BY_DEAL
from coercivity.cases.steps.facts import BY_STEPS
from coercivity.intake.ownership.facts import SOURCE
from coercivity.intake.parties.screening import BY_SCREENING
from coercivity.law.engine.decide import Decision
from coercivity.law.engine.list_search import PARTY_SETS
from coercivity.law.explain.reasons import Reason
from coercivity.law.rules.evaluator import CHINA
from coercivity.law.rules.model import Finding, Outcome, Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.papers.deal.asked import asked_lines, question_text
from coercivity.papers.deal.headline import headline
from coercivity.papers.deal.listed_text import listing_lines, owner_lines
from coercivity.papers.deal.lots.text import lot_lines
from coercivity.papers.deal.proof_text import proof_lines
from coercivity.papers.deal.why import scenario_outcome
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import based_on, fact_label
from coercivity.papers.shared.lists import list_lines, still_open
from coercivity.papers.shared.names import called, clause_name, name_asked, name_of
from coercivity.papers.shared.outcomes import outcome_text, scenario_text
from coercivity.papers.shared.rules_text import basis_lines
from coercivity.papers.shared.steps import PACK, only_to_text, vouch_lines
from coercivity.papers.shared.terminal import label, phrase, shown, wrapped
from coercivity.papers.shared.words import paper_words

if TYPE_CHECKING:
    from coercivity.papers.deal.answer import Answer

MOST_GROUNDS = 4
MOST_NAMES = 4
BY_STANDING = "standing: "
_WORDS = paper_words("deal_answer_text", "words")
_ABROAD = paper_words("deal_answer_text", "abroad")


def answer_lines(found: Answer, lang: Lang, *, explain: bool = False) -> Iterator[str]:
    """Yields one result as text."""
    title = f" {found.title}" if found.title else ""
    outcome = outcome_text(found.outcome.value, lang)
    words = _outcome_words(found, lang)
    decision = found.decision
    picked = "" if decision is None else _assumed(found.book, decision, lang)
    yield f"{found.id}  {outcome}{'' if words == outcome else f'  {words}'}{picked}{title and ' -' + title}"
    if decision is not None:
        # The first line says which of the causes it is; the general words for a finding left open would blur that.
        is_open = found.outcome is Outcome.UNKNOWN and decision.finding is Finding.NEED_FACTS
        finding = "" if is_open else finding_word(found.book, decision.finding, lang)
        yield f"    {_w('days', lang).format(decision.on, decision.known, finding).rstrip()}"
        yield from vouch_lines(found.proof.get("vouches", ()), lang)
        if decision.may_become is not None:
            blank = "" if lang == "zh" else " "
            yield f"    {phrase('may_become', lang)}{blank}{outcome_text(decision.may_become.value, lang)}"
        yield from _ground_lines(found, decision, lang)
        for line in (*owner_lines(decision, lang), *listing_lines(found.book, decision, found.grounds, lang)):
            yield from wrapped(line, "    ")
        yield from _branch_lines(found, decision, lang)
        yield from _rest_lines(found.book, decision, lang)
        for line in list_lines(found.book, decision, lang) if explain or found.outcome is Outcome.PROCEED else ():
            yield from wrapped(line, "    ")
        for entry in found.disagreements:
            claim = entry.claim
            judged = ", ".join(f"{name} {shown(value)}" for name, value in entry.against.items())
            told = phrase("disagrees", lang).format(claim.by, f"{claim.fact} {shown(claim.value)}", judged)
            yield from wrapped(told, "    ! ")
        yield from lot_lines(found.lot_findings, lang)
        if found.other_reading is not None:
            other = found.other_reading
            told = _finding(other.outcome, other.finding.word, lang)
            yield from wrapped(_entry(phrase("other_reading", lang), told, lang), "    ")
    for reason in found.reasons:
        if reason.question is None:
            yield from wrapped(_reason(found.book, reason, lang), "    ! ")
    yield from _name_lines(found, lang)
    for why in found.why_unknown:
        if why["cause"] != "facts":
            yield from wrapped(say(why["next"], lang), "    > ")
    if found.question is not None:
        fact = found.question.fact
        asked = phrase("no_on", lang) if fact == "on" else say(question_text(found.book, found.question), lang)
        told = _w("question", lang).format(phrase("ask", lang), asked, ", ".join(found.question.facts))
        yield from wrapped(told, "    ? ")
        if decision is not None:
            for line in asked_lines(found.book, decision, found.question, lang):
                yield from wrapped(line, "      ")
    if decision is not None:
        yield f"    {_w('proof', lang).format(found.proof['hash'])}"
        if explain:
            yield from proof_lines(found.book, found.proof, lang)


def _assumed(book: Rulebook, decision: Decision, lang: Lang) -> str:
    """Returns the planning assumptions under which alone a result holds."""
    return "".join(
        _w("assume", lang).format(name_of(book, name, lang), scenario_text(picked.text(), lang))
        for name, picked in sorted(decision.assume.items())
    )


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)


def _entry(word: str, text: str, lang: Lang) -> str:
    return _w("entry", lang).format(word.rstrip(":："), text)


def _finding(outcome: Outcome, finding: str, lang: Lang) -> str:
    return _w("finding", lang).format(outcome_text(outcome.value, lang), label("findings", finding, lang))


def finding_word(book: Rulebook, finding: Finding, lang: Lang) -> str:
    """Returns a finding in words: what is exempt abroad is not an item under control, but a deal with an obligation."""
    own = _ABROAD.get(finding.word if book.rules else "no_law") if book.jurisdiction else None
    return label("findings", finding.word, lang) if own is None else say(own, lang)


def _outcome_words(found: Answer, lang: Lang) -> str:
    """Returns the meaning of an outcome; UNKNOWN says why: information, the law, or its verification."""
    if found.outcome is Outcome.UNKNOWN:
        return say(headline(found.reasons, found.book, found.question), lang)
    return label("outcomes", found.outcome.value, lang)


def _ground_lines(found: Answer, decision: Decision, lang: Lang) -> Iterator[str]:
    if not found.grounds:
        held = decision.finding is not Finding.NOT_HELD
        none = phrase("no_rule", lang) if held else finding_word(found.book, decision.finding, lang)
        yield f"    {_entry(phrase('because', lang), none, lang)}"
    for rule in found.grounds[:MOST_GROUNDS]:
        status = decision.statuses[rule.rank]
        state = label("statuses", status.status.value, lang)
        decided = any(rule.rank in branch.benign.bites for branch in decision.branches)
        word = phrase("because" if decided or decision.finding is not Finding.NEED_FACTS else "could", lang)
        told = (word.rstrip(":："), _name(rule, lang), rule.id, state, say(rule.provision.gist.as_dict(), lang))
        yield from wrapped(_w("ground", lang).format(*told), "    ")
        yield from basis_lines(rule.provision, lang, "        ")
        if decision.finding is Finding.SUSPENDED and status.until is not None:
            again = status.until + dt.timedelta(days=1)
            yield f"        {_entry(phrase('applies_again', lang), day_text(again, lang), lang)}"
        if status.other_reading is not None:
            yield from wrapped(phrase("until_reading", lang), "        ")
        if status.status in (Status.SUSPENDED, Status.UNKNOWN):
            yield from _statements(found, rule, lang)
    if len(found.grounds) > MOST_GROUNDS:
        yield f"    {phrase('and_more', lang).format(len(found.grounds) - MOST_GROUNDS)}"
    out = {rank for branch in decision.branches for rank in branch.benign.out.values()}
    for rank in sorted(out - {rule.rank for rule in found.grounds}):
        rule = found.book.rules[rank]
        word, gist = phrase("taken_out", lang), say(rule.provision.gist.as_dict(), lang)
        yield from wrapped(_w("excluded", lang).format(word, _name(rule, lang), rule.id, gist), "    ")
        yield from basis_lines(rule.provision, lang, "        ")


def _rest_lines(book: Rulebook, decision: Decision, lang: Lang) -> Iterator[str]:
    """Yields the facts that a PROCEED is based on, and that customs may still query it."""
    if decision.floor is not Outcome.PROCEED or decision.ceiling is not Outcome.PROCEED:
        return
    if decision.finding is Finding.NOT_HELD:
        return
    speakers = decision.deal.said_by
    abroad = bool(book.jurisdiction)  # declarations, screening and customs practice are about Chinese law
    own = {n: v for n, v in decision.deal.facts.items() if abroad or _by_deal(speakers.get(n, BY_DEAL))}
    if own:
        yield from wrapped(_entry(phrase("rests_on", lang), based_on(book, own, lang), lang), "    ")
    if abroad:
        return
    said = [one for name in decision.deal.facts if not _by_deal(one := speakers.get(name, BY_DEAL))]
    if owned := total(one.startswith(SOURCE) for one in said):
        yield from wrapped(_w("owned", lang).format(owned), "    ")
    others = Counter(_declared_by(one) for one in said if not one.startswith(SOURCE))
    for name, count in sorted(others.items(), key=lambda entry: entry[0] or ""):
        word = "screened" if name is None else "declared_unnamed" if not name else "declared"
        word = "declared_one" if word == "declared" and count == 1 else word
        yield from wrapped(_w(word, lang).format(count, name), "    ")
    if decision.deal.facts.get("act") == "goods" and decision.deal.facts.get("from") == CHINA:
        yield from wrapped(phrase("customs_may_ask", lang), "    ")


def _by_deal(said: str) -> bool:
    """Returns whether the deal states a fact, by itself or by the steps of its chain."""
    return said == BY_DEAL or said.startswith(BY_STEPS)


def _declared_by(said: str) -> str | None:
    """Returns the person who declared a fact, blank if not named; None if it comes from the screening of names."""
    _, declared, name = said.partition(BY_STANDING)
    return name.removesuffix(f"; {BY_SCREENING}") if declared else None


def _statements(found: Answer, rule: Rule, lang: Lang) -> Iterator[str]:
    statuses = [step["status"] for step in found.proof["steps"] if step["provision"] == rule.id]
    for event in [event for status in statuses for event in status.get("statements", [])][-1:]:
        by = name_of(found.book, event["by"], lang)
        ends, said = (day_text(event[key], lang) if event.get(key) else "?" for key in ("ends", "published"))
        told = (phrase("statement", lang), ends, by, said)
        yield f"        {_w('source', lang).format(*told)}"


def _branch_lines(found: Answer, decision: Decision, lang: Lang) -> Iterator[str]:
    if len(decision.branches) < 2:
        return
    joint = "；" if lang == "zh" else "; "
    kinds = [reason.kind for reason in found.reasons]
    for branch in decision.branches:
        picks = joint.join(
            _w("pick", lang).format(name_of(found.book, name, lang), scenario_text(branch.picks[name], lang))
            for name in decision.telling
        )
        finding = finding_word(found.book, branch.finding, lang)
        outcome = say(scenario_outcome(branch.outcome.value, kinds), lang)
        if finding == outcome:
            form = "branch_alone"
        else:
            form = "branch" if outcome == outcome_text(branch.outcome.value, lang) else "branch_subject"
        yield from wrapped(_w(form, lang).format(picks, outcome, finding), "    ")


def _called(book: Rulebook, name: str, lang: Lang) -> str:
    """A fact by its label with its id, a clause or an instrument by its name."""
    if name == PACK and book.jurisdiction:
        return say(_ABROAD["announcements"], lang)
    fact = fact_label(name, lang)
    return f"{fact} [{name}]" if fact != name else called(book, name, lang)


def _lists(book: Rulebook, reason: Reason, lang: Lang) -> str:
    """The screening of the parties with the lists still to be searched."""
    return f"{still_open(book, fact_label(PARTY_SETS, lang), reason.lists, lang)} [{PARTY_SETS}]"


def _reason(book: Rulebook, reason: Reason, lang: Lang) -> str:
    if reason.kind == "not_held" and reason.names == ("law",):
        return say(_ABROAD["no_law"], lang)
    if reason.kind == "not_held":
        days = (day_text(day, lang) for day in (book.covered_from.goods, book.covered_from.technology))
        return phrase(f"not_held_{reason.names[0]}", lang).format(*days)
    joint = "、" if lang == "zh" else ", "
    told = (_called(book, name, lang) if name != PARTY_SETS else _lists(book, reason, lang) for name in reason.names)
    names = joint.join(list(told)[:MOST_NAMES])
    if len(reason.names) > MOST_NAMES:
        names += f"{joint}{phrase('and_more', lang).format(len(reason.names) - MOST_NAMES)}"
    kinds = {
        "facts": "open_facts",
        "standing": "open_standing",
        "text": "open_text",
        "status": "open_status",
        "not_verified": "not_verified",
        "unread": "open_unread",
        "other_content": "open_other_content",
    }
    if reason.kind == "not_verified" and reason.day is not None and book.ends_with_a_vouch(reason.day):
        return only_to_text(book, reason.day, lang)
    word = phrase(kinds[reason.kind], lang)
    if reason.kind == "text" and book.jurisdiction:
        word = say(_ABROAD["open_text"], lang)
    if reason.day is None:
        return _entry(word, names, lang)
    day = day_text(reason.day, lang)
    if "{}" in word:
        return _entry(word.format(day), names, lang) if names else word.format(day)
    return _w("dated", lang).format(word, day, names)


def _name_lines(found: Answer, lang: Lang) -> Iterator[str]:
    """Yields both names of every question: as given and as listed, with their similarity and how to answer."""
    decision = found.decision
    questions = decision.deal.name_questions if decision is not None else ()
    for one in questions[:MOST_NAMES]:
        on = None if decision is None else decision.on
        yield from wrapped(name_asked(found.book, one, lang, on=on), "    ~ ")
    if len(questions) > MOST_NAMES:
        yield f"    ~ {phrase('and_more', lang).format(len(questions) - MOST_NAMES)}"


def _name(rule: Rule, lang: Lang) -> str:
    return clause_name(rule.instrument, rule.provision, lang)
