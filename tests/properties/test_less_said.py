"""Less information never gives PROCEED: no removed or unknown fact turns another result into PROCEED."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import SCALE, Interval
from coercivity.cases.files import CaseDeal, packed_standing, read_cases
from coercivity.cases.gather import gather
from coercivity.data.catalogue import FactSpec
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.engine.derived_facts import conflicts
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.model import Outcome
from coercivity.verbs.cases import case_files
from tests.sampling import examples, sampled

BOOK = load_rulebook()
CASES = [case for path in case_files() for case in read_cases(BOOK, path)]
SOME = sampled(CASES, key=lambda case: case.id)
STANDING = packed_standing()
RANDOM_DEALS = 5_000
NUMBERS = (0, 1, SCALE // 1000, SCALE // 100, SCALE // 2, SCALE, 20 * SCALE, 500 * SCALE)
DAYS = [Day(2024, 12, 15), Day(2025, 4, 20), Day(2025, 8, 15), Day(2025, 10, 20), Day(2026, 1, 8), Day(2026, 8, 1)]
# What an answer for the whole file settles while the deal itself says nothing against it.
ARGUED = {
    (
        "list-51-other-magnet",
        "listed_elsewhere",
    ): "not asked of magnets, of which all codes are held; stated, it is odd",
    ("a62-1-catchall-known-use", "serves_stage"): "the file says that no use is known, and the deal no longer does",
}
COUNTRIES = ("CN", "DE", "JP", "US", "HK", "VN", "XX")


def without(deal: Deal, name: str) -> Deal:
    """A deal of which one fact is not known."""
    return replace(deal, facts={other: value for other, value in deal.facts.items() if other != name})


def freed(deal: Deal, on: Day, known: Day | None) -> tuple[int, list[str]]:
    """How many facts were taken away one at a time, and those without which the deal proceeds though it did not."""
    if decide(BOOK, deal, on, known=known).outcome is Outcome.PROCEED:
        return 0, []
    fewer = {name: decide(BOOK, without(deal, name), on, known=known) for name in deal.facts}
    return len(fewer), [name for name, decision in fewer.items() if decision.outcome is Outcome.PROCEED]


def test_no_fact_taken_from_a_worked_case_frees_it() -> None:
    """Over all worked cases and all facts that they are judged by, standing answers included."""
    tried, found = 0, []
    for case in SOME:
        assert case.on is not None
        count, names = freed(case.deal, case.on, case.known)
        tried += count
        found += [(case.id, name) for name in names]
    assert not found, found
    assert tried > examples(15_000)


def test_no_own_fact_said_to_be_unknown_frees_a_worked_case() -> None:
    """The word unknown, written in the deal, opens a fact and keeps it open: neither the file nor a place answers it."""
    tried, found = 0, []
    for case in SOME:
        assert case.on is not None
        if decide(BOOK, case.deal, case.on, known=case.known).outcome is Outcome.PROCEED:
            continue
        for name in case.raw_facts:
            tried += 1
            if opened(case, name).outcome is Outcome.PROCEED:
                found.append((case.id, name))
    there = {case.id for case in SOME}
    assert sorted(found) == sorted(argued for argued in ARGUED if argued[0] in there)
    assert tried > examples(4_000)


def opened(case: CaseDeal, name: str) -> Decision:
    """The decision on a case that says of one fact that it is not known."""
    assert case.on is not None
    facts: Mapping[str, Any] = {**case.raw_facts, name: "unknown"}
    deal = gather(BOOK, facts, standing=STANDING, where=case.id, faults=Faults())
    # A case may have laid answers of its own over the shared block: these are kept.
    own = {n: v for n, v in case.deal.facts.items() if case.deal.said_by[n] != "deal" and n in deal.facts}
    return decide(BOOK, replace(deal, facts={**deal.facts, **own}), case.on, known=case.known)


def some_value(spec: FactSpec, draw: Random) -> FactValue | None:
    """A value that a fact may take; none for names and free text."""
    if spec.type == "flag":
        return draw.random() < 0.5
    if spec.type == "choice":
        return draw.choice(sorted(spec.values))
    if spec.type == "country":
        return draw.choice(COUNTRIES)
    if spec.type == "set":
        has = frozenset(draw.sample(sorted(spec.values), min(draw.randrange(3), len(spec.values))))
        return SetValue(has, complete=draw.random() < 0.8)
    if spec.type in ("number", "share"):
        top = SCALE if spec.type == "share" else NUMBERS[-1]
        ends = sorted(draw.choice([number for number in NUMBERS if number <= top]) for _ in range(2))
        return Interval(ends[0], ends[draw.randrange(2)])
    return None


def random_deals(count: int, key: int) -> Iterator[tuple[Deal, Day]]:
    """Worked cases with up to five facts changed, and a day; what contradicts itself is left out."""
    draw = Random(key)
    names = [name for name in BOOK.catalogue if name not in ("listed_on",)]
    made = 0
    while made < count:
        facts = dict(draw.choice(CASES).deal.facts)
        for name in draw.sample(names, draw.randrange(1, 6)):
            value = some_value(BOOK.catalogue[name], draw)
            if value is not None:
                facts[name] = value
        faults = Faults()
        conflicts(facts, where="", faults=faults)
        if not faults.items:
            made += 1
            yield Deal(facts), draw.choice(DAYS)


def test_no_fact_taken_from_a_random_deal_frees_it() -> None:
    """Worked cases with facts changed at random, each on one of six days, each with three facts taken away in turn."""
    draw, tried, found = Random(5), 0, []
    for deal, on in random_deals(examples(RANDOM_DEALS), 7):
        if decide(BOOK, deal, on).outcome is Outcome.PROCEED:
            continue
        for name in draw.sample(sorted(deal.facts), min(3, len(deal.facts))):
            tried += 1
            if decide(BOOK, without(deal, name), on).outcome is Outcome.PROCEED:
                found.append((name, on, {n: str(v) for n, v in deal.facts.items() if deal.facts[n] is not False}))
    assert not found, found[:3]
    assert tried > examples(5_000)


CERTIFICATES = sorted(BOOK.catalogue["certificate_case"].values)
PARTS = ("component", "assembly", "finished_good", "equipment", "equipment_part", "other_material", "reagent", "scrap")


def test_a_standing_answer_left_open_holds_every_certificate_case_back() -> None:
    """Each standing question, absent or unknown, for things that may be under a code that is not held here.

    The oracle asks no engine for its open questions: where one stays open, a PROCEED is right only if every answer to
    it proceeds.
    """
    tried, held = 0, 0
    for form in PARTS:
        for case in CERTIFICATES:
            raw = {"act": "goods", "form": form, "elements": [], "from": "CN", "to": "SG", "certificate_case": case}
            raw |= {"exporter_nationality": "CN", "goods_kind": "aircraft_part", "origin": "CN"}
            for name in (name for name in BOOK.catalogue.standing if name != "listed_on"):  # party_sets tell
                for own in ({}, {name: "unknown"}):
                    block = {n: v for n, v in STANDING.facts.items() if n != name or own}
                    deal = gather(
                        BOOK, {**raw, **own}, standing=replace(STANDING, facts=block), where="deal", faults=Faults()
                    )
                    assert name not in deal.facts
                    tried += 1
                    if decide(BOOK, deal, Day(2026, 4, 8)).outcome is not Outcome.PROCEED:
                        held += 1
                        continue
                    for value in answers_to(BOOK.catalogue[name]):
                        answered = replace(deal, facts={**deal.facts, name: value})
                        assert decide(BOOK, answered, Day(2026, 4, 8)).outcome is Outcome.PROCEED, (raw, name, value)
    assert tried > 1_500
    assert held > tried // 2


def answers_to(spec: FactSpec) -> list[FactValue]:
    """Every answer to a question of flags or words, and a few to one of sets and numbers."""
    if spec.type == "flag":
        return [True, False]
    if spec.type == "choice":
        return list(spec.values)
    if spec.type == "set":
        return [SetValue(frozenset()), *(SetValue(frozenset({value})) for value in spec.values)]
    return [Interval(number, number) for number in (0, SCALE // 2, SCALE)]


def test_no_fact_added_to_a_deal_that_proceeds_changes_that() -> None:
    """What is not asked may not matter: a PROCEED stands whatever is said of facts that the deal leaves out."""
    draw, tried, found = Random(11), 0, []
    for case in CASES:
        assert case.on is not None
        if decide(BOOK, case.deal, case.on, known=case.known).outcome is not Outcome.PROCEED:
            continue
        # Party sets tell the day of listing; that other words name something else is a reason to hold.
        told = (*case.deal.facts, "listed_on", "other_content")
        left = sorted(name for name in BOOK.catalogue if name not in told)
        for name in draw.sample(left, 6):
            value = some_value(BOOK.catalogue[name], draw)
            faults = Faults()
            facts = {**case.deal.facts, **({} if value is None else {name: value})}
            conflicts(facts, where="", faults=faults)
            if value is None or faults.items:
                continue
            tried += 1
            if decide(BOOK, replace(case.deal, facts=facts), case.on, known=case.known).outcome is not Outcome.PROCEED:
                found.append((case.id, name, value))
    assert not found, found[:10]
    assert tried > 2_500
