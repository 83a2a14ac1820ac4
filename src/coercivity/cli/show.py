"""Answers as lines of text: outcome first, then why, then what is open."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from coercivity.base.words import Lang, say
from coercivity.cases.arguments import Law
from coercivity.cases.gather import BY_DEAL
from coercivity.data.values import FactValue, plain_value
from coercivity.law.engine.name_questions import said_of_name
from coercivity.law.explain.reasons import Reason
from coercivity.law.rules.evaluator import CHINA
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Finding, Outcome, Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.papers.deal.why import headline
from coercivity.verbs.answers import Answer

OverlayPaths = Annotated[list[Path] | None, Parameter(name="--overlay", negative=())]

WIDTH = 110
MOST_GROUNDS = 4
MOST_NAMES = 4


def resolve_day(text: str | None) -> str | None:
    """Returns the day an argument names; `today` is resolved here, at the door."""
    return dt.date.today().isoformat() if text == "today" else text


def law_of(pack: Path | None, overlay: list[Path] | None) -> Law:
    """Returns the law that `--pack` and `--overlay` name."""
    return Law(pack, tuple(overlay or ()))


def columns(*cells: tuple[object, int]) -> str:
    """Returns cells side by side, each cut or filled to its width."""
    return " ".join(f"{str(text)[:width]:{width}}" for text, width in cells)


def label(group: str, word: str, lang: Lang) -> str:
    """Returns the words of the pack for a word of the program."""
    return say(load_rulebook().words.get(group, {}).get(word, {"en": word}), lang)


def phrase(word: str, lang: Lang) -> str:
    """Returns a fixed phrase."""
    return label("phrases", word, lang)


def fact_question(book: Rulebook, name: str, lang: Lang) -> str:
    """Returns the question text of a fact of a law, or the one for the day of the act."""
    if name == "on":
        return phrase("no_on", lang)
    return say(book.catalogue[name].question.as_dict(), lang)


def answer_lines(found: Answer, lang: Lang, *, explain: bool = False) -> Iterator[str]:
    """Yields one answer as text."""
    title = f" {found.title}" if found.title else ""
    yield f"{found.id}  {found.outcome.value}  {_outcome_words(found, lang)}{title and ' -' + title}"
    decision = found.decision
    if decision is not None:
        picked = "".join(f"  --assume {name}={a.text()}" for name, a in sorted(decision.assume.items()))
        yield f"    on {decision.on}  known {decision.known}  {label('findings', decision.finding.word, lang)}{picked}"
        if decision.may_become is not None:
            yield f"    {phrase('may_become', lang)} {decision.may_become.value}"
        yield from _ground_lines(found, lang)
        yield from _branch_lines(found, lang)
        yield from _rest_lines(found, lang)
        for entry in found.disagreements:
            claim = entry.claim
            judged = ", ".join(f"{name} {shown(value)}" for name, value in entry.against.items())
            told = phrase("disagrees", lang).format(claim.by, f"{claim.fact} {shown(claim.value)}", judged)
            yield from wrapped(told, "    ! ")
        if found.other_reading is not None:
            other = found.other_reading
            told = f"{other.outcome.value}, {label('findings', other.finding.word, lang)}"
            yield from wrapped(f"{phrase('other_reading', lang)}: {told}", "    ")
    for reason in found.reasons:
        if reason.question is None:
            yield from wrapped(_reason(reason, lang), "    ! ")
    yield from _name_lines(found, lang)
    for why in found.why_unknown:
        if why["cause"] != "facts":
            yield from wrapped(say(why["next"], lang), "    > ")
    if found.question is not None:
        yield from wrapped(
            f"{phrase('ask', lang)}: {fact_question(found.book, found.question.fact, lang)} [{found.question.fact}]",
            "    ? ",
        )
    if decision is not None:
        yield f"    proof {found.proof['hash']}"
        if explain:
            yield from proof_lines(found.book, found.proof, lang)


def _outcome_words(found: Answer, lang: Lang) -> str:
    """The plain wording of an outcome; UNKNOWN says which of three it is: facts, the law, or a check of it."""
    if found.outcome is Outcome.UNKNOWN:
        return say(headline(found.reasons), lang)
    return label("outcomes", found.outcome.value, lang)


def _ground_lines(found: Answer, lang: Lang) -> Iterator[str]:
    decision = found.decision
    assert decision is not None
    if not found.grounds:
        yield f"    {phrase('because', lang)}: {phrase('no_rule', lang)}"
    for rule in found.grounds[:MOST_GROUNDS]:
        status = decision.statuses[rule.rank]
        state = label("statuses", status.status.value, lang)
        decided = any(rule.rank in branch.benign.bites for branch in decision.branches)
        word = phrase("because" if decided or decision.finding is not Finding.NEED_FACTS else "could", lang)
        yield from wrapped(f"{word} {_name(rule)} ({state}): {say(rule.provision.gist.as_dict(), lang)}", "    ")
        if decision.finding is Finding.SUSPENDED and status.until is not None:
            again = status.until + dt.timedelta(days=1)
            yield f"        {phrase('applies_again', lang)} {again}"
        if status.other_reading is not None:
            yield from wrapped(phrase("until_reading", lang), "        ")
        if status.status in (Status.SUSPENDED, Status.UNKNOWN):
            yield from _statements(found, rule, lang)
    if len(found.grounds) > MOST_GROUNDS:
        yield f"    {phrase('and_more', lang).format(len(found.grounds) - MOST_GROUNDS)}"
    out = {rank for branch in decision.branches for rank in branch.benign.out.values()}
    for rank in sorted(out - {rule.rank for rule in found.grounds}):
        rule = found.book.rules[rank]
        yield from wrapped(
            f"{phrase('taken_out', lang)} {_name(rule)}: {say(rule.provision.gist.as_dict(), lang)}", "    "
        )


def _rest_lines(found: Answer, lang: Lang) -> Iterator[str]:
    """What an answer that lets something go rests on, and that customs may still ask."""
    decision = found.decision
    assert decision is not None
    if decision.floor is not Outcome.PROCEED or decision.ceiling is not Outcome.PROCEED:
        return
    speakers = decision.deal.said_by
    own = [name for name in decision.deal.facts if speakers.get(name, BY_DEAL) == BY_DEAL]
    if own:
        told = ", ".join(f"{name} {shown(decision.deal.facts[name])}" for name in own)
        yield from wrapped(f"{phrase('rests_on', lang)}: {told}", "    ")
    for said, count in sorted(Counter(speakers.get(name, BY_DEAL) for name in decision.deal.facts).items()):
        if said != BY_DEAL:
            yield from wrapped(phrase("rests_on_said", lang).format(count, said), "    ")
    if decision.deal.facts.get("act") == "goods" and decision.deal.facts.get("from") == CHINA:
        yield from wrapped(phrase("customs_may_ask", lang), "    ")


def shown(value: FactValue | None) -> str:
    """Returns a fact value as text, `?` where it is not given."""
    if value is None:
        return "?"
    plain = plain_value(value)
    if isinstance(plain, bool):
        return str(plain).lower()
    if isinstance(plain, list):
        return f"[{';'.join(map(str, plain))}]"
    return str(plain)


def _statements(found: Answer, rule: Rule, lang: Lang) -> Iterator[str]:
    statuses = [step["status"] for step in found.proof["steps"] if step["provision"] == rule.id]
    for event in [event for status in statuses for event in status.get("statements", [])][-1:]:
        source = f"({event['by']}, {event.get('published', '?')})"
        yield f"        {phrase('statement', lang)} {event.get('ends', '?')} {source}"


def _branch_lines(found: Answer, lang: Lang) -> Iterator[str]:
    decision = found.decision
    assert decision is not None
    if len(decision.branches) < 2:
        return
    for branch in decision.branches:
        picks = ", ".join(f"{name} {phrase(branch.picks[name], lang)}" for name in decision.telling)
        finding = label("findings", branch.finding.word, lang)
        yield f"    {phrase('if', lang)} {picks}: {branch.outcome.value}, {finding}"


def _reason(reason: Reason, lang: Lang) -> str:
    names = ", ".join(reason.names[:MOST_NAMES])
    if len(reason.names) > MOST_NAMES:
        names += f", {phrase('and_more', lang).format(len(reason.names) - MOST_NAMES)}"
    kinds = {
        "facts": "open_facts",
        "standing": "open_standing",
        "text": "open_text",
        "status": "open_status",
        "not_verified": "not_verified",
        "not_held": "not_held",
        "unread": "open_unread",
    }
    day = f" ({reason.day})" if reason.day else ""
    return f"{phrase(kinds[reason.kind], lang)}{day}: {names}"


def _name_lines(found: Answer, lang: Lang) -> Iterator[str]:
    """Yields both names of every question: as given, and as listed, with what is alike and how it is answered."""
    questions = found.decision.deal.name_questions if found.decision is not None else ()
    for one in questions[:MOST_NAMES]:
        yield from wrapped(said_of_name(found.book.words, one, lang), "    ~ ")
    if len(questions) > MOST_NAMES:
        yield f"    ~ {phrase('and_more', lang).format(len(questions) - MOST_NAMES)}"


def _name(rule: Rule) -> str:
    issuer = "/".join(rule.instrument.issuer)
    number = rule.instrument.number
    head = number if any(part in number for part in rule.instrument.issuer) else f"{issuer} {number}"
    return f"{head}, {rule.provision.ref} [{rule.id}]"


def proof_lines(book: Rulebook, proof: dict[str, Any], lang: Lang) -> Iterator[str]:
    """Yields the steps of a proof: rule, clause, fact, result, in that order."""
    values = {entry["fact"]: entry["value"] for entry in proof["facts"]}
    for step in proof["steps"]:
        status = step["status"]
        yield f"      {step['role']:14} {step['instrument']}  {step['ref']} [{step['provision']}]  {status['status']}"
        found = book.provision(step["provision"])
        if found is not None:
            yield from wrapped(say(found[1].gist.as_dict(), lang), "          ")
        for key in ("item", "when"):
            if key in step:
                yield from _condition_lines(step[key], values, 10)
        for key in ("bears_on", "taken_out_by", "unless"):
            if key in step:
                held = step[key]
                words = held if isinstance(held, list) else [f"{name} {truth}" for name, truth in held.items()]
                yield f"          {key.replace('_', ' ')}: {', '.join(words)}"
        yield f"          = {step['match']} -> {step['effect']}"


def _condition_lines(node: dict[str, Any], values: Mapping[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    if "fact" in node:
        op = next((key for key in node if key not in ("fact", "truth", "open")), "")
        given = values.get(node["fact"], "not given")
        yield f"{pad}{node['truth']:8}{node['fact']} {op.replace('_', ' ')} {_plain(node[op])}   <- {_plain(given)}"
    elif "use" in node:
        yield f"{pad}{node['truth']:8}{node['use']}:"
        yield from _condition_lines(node["of"], values, indent + 2)
    else:
        word = next((key for key in ("all_of", "any_of", "not") if key in node), "")
        yield f"{pad}{node['truth']:8}{word.replace('_', ' ')}"
        for part in node[word] if isinstance(node[word], list) else [node[word]]:
            yield from _condition_lines(part, values, indent + 2)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(_plain, value))}]" if isinstance(value, list) else str(value)


def wrapped(text: str, head: str) -> list[str]:
    """Returns text in lines of the width of the page, the first after a head, the rest indented."""
    return textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head) + "  ") or [head]
