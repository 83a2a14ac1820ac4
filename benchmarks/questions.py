"""Counts the questions to a decision, for deals as their words were read and an owner who answers them.

`python -m benchmarks.questions DEALS.yaml` reads `cases`, each with `facts` (sets as lists; `...` means that more may be in
them), perhaps `context` (`from`, `to`), `kind`, or `parts` with facts of their own. For every date it asks, answers and
decides again until the deal is decided or nothing is left to ask; `_deal_owner.py` has the answers. The compliance
declarations are made once for the deal: no question if they are (the default), one if they are asked for.

Prints by kind and date: deals, median and 90th percentile of the questions, the share decided within five questions, and
in all the facts asked most and the facts that were asked twice. `--unsure` answers every second question with unknown.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks._deal_owner import UNKNOWN, answer, kind_of
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing, gather
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.questions import Question, ask, choices_for
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook

DATES = (Day(2025, 6, 16), Day(2025, 11, 1), Day(2026, 3, 2), Day(2026, 11, 27))
MOST = 80
IN_REACH = 5


@dataclass(frozen=True, slots=True)
class Run:
    """The questions asked about one deal on one date.

    Attributes:
        id: The deal.
        kind: Goods, technology or service.
        asked: The questions, each as the facts that its answer states.
        outcome: The result at the end.
        opened: The result before the first answer.
    """

    id: str
    kind: str
    on: Day
    asked: tuple[tuple[str, ...], ...]
    outcome: str
    opened: str


def deals_of(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yields id, kind and facts of each deal of a file; the parts of a text are deals of their own."""
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
        context = {name: case.get("context", {})[name] for name in ("from", "to") if name in case.get("context", {})}
        parts = case.get("parts") or [case]
        for number, part in enumerate(parts, start=1):
            name = case["id"] if len(parts) == 1 else f"{case['id']}/{number}"
            said = part.get("facts", part if part is not case else {})
            facts = {**context, **{fact: _raw(value) for fact, value in said.items()}}
            yield name, str(case.get("kind", "")), _by_route(facts)


def _by_route(facts: dict[str, Any]) -> dict[str, Any]:
    """Returns the facts with the transaction type that a table and the screen infer from the route of a thing."""
    if "act" in facts or facts.get("form") in ("technology", "none"):
        return facts
    start, end = facts.get("from"), facts.get("to")
    if start == "CN":
        return {**facts, "act": "goods"}
    return {**facts, "act": "reexport"} if start and end and end != "CN" else facts


def _raw(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return [str(entry) for entry in value] if isinstance(value, list) else str(value)


def decided(book: Rulebook, facts: Mapping[str, Any], on: Day, standing: Standing) -> Decision:
    """Returns the decision on a deal."""
    faults = Faults()
    deal = gather(book, facts, standing=standing, where="deal", on=on, faults=faults)
    faults.raise_if_any()
    return decide(book, deal, on)


def run(book: Rulebook, deal: tuple[str, str, dict[str, Any]], on: Day, standing: Standing, *, unsure: bool) -> Run:
    """Asks and answers until the deal is decided or nothing is left to ask."""
    name, wanted, facts = deal
    facts, answered, asked = dict(facts), set[str](), list[tuple[str, ...]]()
    decision = decided(book, facts, on, standing)
    opened = decision.outcome.value
    while decision.outcome is Outcome.UNKNOWN and len(asked) < MOST:
        question = ask(book, decision, answered=answered)
        if question is None:
            break
        sure = not (unsure and len(asked) % 2 == 1)
        said = answers_to(book, decision, question, facts, wanted) if sure else dict.fromkeys(question.facts, UNKNOWN)
        asked.append(tuple(said))
        facts.update(said)
        answered.update(said)
        decision = decided(book, facts, on, standing)
    return Run(name, kind_of(facts, wanted), on, tuple(asked), decision.outcome.value, opened)


def answers_to(
    book: Rulebook, decision: Decision, question: Question, facts: Mapping[str, Any], wanted: str
) -> dict[str, Any]:
    """Returns what the owner answers: the plain choice that fits, or a value for each fact asked for."""
    said: dict[str, Any] = {}
    for fact in question.facts:
        said[fact] = answer(book.catalogue, {**facts, **said}, fact, wanted)
    choices = choices_for(book, question, decision.deal.facts)
    if not choices:
        return said
    parsed = {name: book.catalogue.parse(name, raw, where="answer", faults=Faults()) for name, raw in said.items()}
    for choice in choices:
        if choice.facts.items() <= parsed.items():
            return {name: said[name] for name in choice.facts}
    return {question.fact: said[question.fact]}


def percentile(counts: list[int], share: float) -> int:
    """Returns the smallest count that covers a share of the deals."""
    ordered = sorted(counts)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def table(runs: list[Run]) -> Iterator[str]:
    """Yields the lines of the table."""
    groups: defaultdict[tuple[str, str], list[Run]] = defaultdict(list)
    for one in runs:
        groups[one.kind, one.on.isoformat()].append(one)
        groups[one.kind, "all dates"].append(one)
    yield "| kind | date | deals | median | 90 % | within 5 | decided | STOP LICENCE PROCEED UNKNOWN |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for (kind, day), held in sorted(groups.items()):
        counts = [len(one.asked) for one in held]
        outcomes = Counter(one.outcome for one in held)
        told = " ".join(str(outcomes[word]) for word in ("STOP", "LICENCE", "PROCEED", "UNKNOWN"))
        near = sum(count <= IN_REACH for count in counts) / len(counts)
        sure = 1 - outcomes["UNKNOWN"] / len(held)
        yield (
            f"| {kind} | {day} | {len(held)} | {percentile(counts, 0.5)} | {percentile(counts, 0.9)} | "
            f"{near:.0%} | {sure:.0%} | {told} |"
        )


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("deals", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th deal")
    parser.add_argument("--unsure", action="store_true", help="every second answer is unknown")
    parser.add_argument("--no-declarations", action="store_true", help="no compliance declarations are made")
    parser.add_argument("--kind", default="", help="only deals of this kind")
    parser.add_argument("--save", type=Path, help="file for one JSON line a run")
    options = parser.parse_args()
    book = load_rulebook()
    standing = Standing() if options.no_declarations else packed_standing()
    runs, faults = [], Counter[str]()
    for deal in list(deals_of(options.deals))[:: options.every]:
        if options.kind and kind_of(deal[2], deal[1]) != options.kind:
            continue
        for on in DATES:
            try:
                runs.append(run(book, deal, on, standing, unsure=options.unsure))
            except CoercivityError as error:
                faults[f"{deal[0]}: {error.faults[0].code} {error.faults[0].what}"[:160]] += 1
    for line in table(runs):
        print(line)
    facts = Counter(fact for one in runs for together in one.asked for fact in together)
    print("\nasked most:", ", ".join(f"{name} {count}" for name, count in facts.most_common(25)))
    twice = [f"{one.id} {one.on}: {name}" for one in runs for name, n in _times(one).items() if n > 1]
    print("asked twice:", len(twice), *twice[:10])
    for text, count in faults.most_common(20):
        print("not run:", count, text)
    if options.save:
        lines = (
            json.dumps({"id": r.id, "kind": r.kind, "on": str(r.on), "asked": r.asked, "outcome": r.outcome})
            for r in runs
        )
        options.save.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _times(one: Run) -> Counter[str]:
    return Counter(fact for together in one.asked for fact in together)


if __name__ == "__main__":
    main()
