"""Rows decided together get the same result as alone: facts, result, rules, ruling."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.batches.judge.hashes import seals
from coercivity.batches.judge.rulings import Judge, open_names
from coercivity.batches.stage.column import Column
from coercivity.batches.stage.facts import Facts, Stated, facts_of
from coercivity.cases.files import packed_standing, read_cases
from coercivity.cases.gather import Standing, gather
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof
from coercivity.law.explain.reasons import grounds, reasons
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.cases import case_files
from tests.sampling import examples, sampled

BOOK = load_rulebook()
CASES = [case for path in case_files() for case in read_cases(BOOK, path) if case.on is not None]
Raw = Mapping[str, Any]


def stated(rows: Sequence[Raw]) -> list[Stated]:
    """A column a fact; a row that does not name it states nothing."""
    found = []
    for name in sorted({name for row in rows for name in row}):
        cells: list[dict[str, FactValue | None]] = []
        for row in rows:
            faults = Faults()
            cells.append(
                {name: BOOK.catalogue.parse(name, row[name], where="row", faults=faults)} if name in row else {}
            )
            faults.raise_if_any()
        found.append(Stated(name, np.arange(len(rows)), cells, [False] * len(rows)))
    return found


def standing_facts(standing: Standing) -> dict[str, tuple[FactValue | None, str]]:
    faults = Faults()
    said_by = f"standing: {standing.said_by}"
    return {n: (BOOK.catalogue.parse(n, raw, where="s", faults=faults), said_by) for n, raw in standing.facts.items()}


def columns(
    rows: Sequence[Raw], standing: Standing, days: Sequence[tuple[Day, Day]], rest: Sequence[bool] = ()
) -> Facts:
    searched = dict.fromkeys(standing.lists, standing.version), standing.search
    turns = Column("day", np.arange(len(rows)), tuple(days))
    words = [Stated("other_content", np.arange(len(rows)), [{}] * len(rows), rest)] if rest else []
    return facts_of(BOOK, [*stated(rows), *words], standing_facts(standing), searched, turns)


def sound(rows: Sequence[Raw], days: Sequence[tuple[Day, Day]], standing: Standing, rest: Sequence[bool] = ()) -> int:
    """Compares every row with the same row alone; returns how many kinds of rows there were."""
    facts, defeat_of = columns(rows, standing, days, rest), Judge(BOOK, {})
    turns = Column("day", np.arange(len(rows)), tuple(days))
    places, rulings = defeat_of.rule(facts, turns)
    codes, hashes = seals(BOOK, facts, turns, places, rulings, {})
    # A row leaves open what it does not say in a column that the table has, whatever the standing block says.
    held = {name for row in rows for name in row} & standing.facts.keys()
    for number, given in enumerate(rows):
        faults, row = Faults(), {**dict.fromkeys(sorted(held), "unknown"), **given}
        alone = gather(BOOK, row, standing=standing, where="row", faults=faults)
        against = facts.against.at(number) if facts.against is not None else ()
        assert [(fault.what, fault.next) for fault in faults.items] == list(against), row
        if faults.items:
            continue
        deal = facts.deal(number)
        assert (deal.facts, deal.said_by) == (alone.facts, {n: alone.said_by[n] for n in alone.facts}), row
        if rest and rest[number]:
            alone = replace(alone, unread=(*alone.unread, "other_content"))
        decision = decide(BOOK, alone, days[number][0], known=days[number][1])
        found = rulings[places[number]]
        assert found is not None
        body = proof(BOOK, decision)
        rules = tuple(rule.id for rule in grounds(BOOK, decision))
        assert (found.outcome, found.finding, found.rules) == (decision.outcome.value, decision.finding.word, rules), (
            row
        )
        assert found.hash == body["ruling"], row
        assert hashes[codes[number]] == body["hash"], row
        assert found.because == tuple(dict.fromkeys(r.kind for r in reasons(BOOK, decision))), row
        assert found.missing == open_names(BOOK, decision), row
        assert min(days[number][1], found.checked_through) == decision.horizon
    return defeat_of.kinds


@pytest.mark.parametrize("block", ["none", "packed"])
def test_the_worked_cases_as_one_table(block: str) -> None:
    standing = packed_standing() if block == "packed" else Standing()
    cases = sampled(CASES, key=lambda case: case.id)
    rows = [dict(case.raw_facts) for case in cases]
    days = [(case.on, case.known or BOOK.default_known(case.on)) for case in cases if case.on is not None]
    assert sound(rows, days, standing) > examples(500)


@pytest.mark.parametrize("key", range(2))
def test_rows_with_words_that_were_not_understood(key: int) -> None:
    """Some rows hold words that were not understood, and some say whether these matter."""
    draw = random.Random(f"words {key}")
    rows, days, rest = [], [], []
    for _ in range(examples(300)):
        case = draw.choice(CASES)
        said = draw.choice([{}, {"other_content": "false"}, {"other_content": "true"}, {"other_content": "unknown"}])
        rows.append({**case.raw_facts, **said})
        assert case.on is not None
        days.append((case.on, case.known or BOOK.default_known(case.on)))
        rest.append(draw.random() < 0.5)
    assert sound(rows, days, packed_standing(), rest) > examples(50)


@pytest.mark.parametrize("key", range(6))
def test_mixed_rows(key: int) -> None:
    """Facts of two worked cases mixed, some left out, some values exchanged, on any day."""
    draw = random.Random(f"columns {key}")
    values = {name: [c.raw_facts[name] for c in CASES if name in c.raw_facts] for c in CASES for name in c.raw_facts}
    rows, days = [], []
    for _ in range(examples(400)):
        one, other = (draw.choice(CASES).raw_facts for _ in range(2))
        row = {**(other if draw.random() < 0.4 else {}), **one}
        row = {n: v for n, v in row.items() if draw.random() > 0.08}
        for name in draw.sample(sorted(values), draw.randint(0, 3)):
            row[name] = draw.choice([*values[name], "unknown"])
        on = Day(2024, 11, 1) + timedelta(days=draw.randint(0, 1000))
        if draw.random() < 0.2:  # before the rules on goods begin, or all rules
            on = Day(2001, 6, 1) + timedelta(days=draw.randint(0, 8600))
        known = BOOK.default_known(on) if draw.random() < 0.7 else on - timedelta(days=draw.randint(-40, 200))
        rows.append(row)
        days.append((on, known))
    sound(rows, days, packed_standing() if key % 2 else Standing())


def test_goods_and_know_how_part_before_the_rules_on_goods_begin() -> None:
    """No rule tells these rows apart on that day; the first date covered does."""
    know_how = {"act": "technology", "form": "technology", "process_stage": "none", "technology_topic": "none"}
    rows: list[Raw] = [
        {**row, "from": "CN", "to": "DE", "serves_stage": "none", "catalogue_part": "none"}
        for row in (
            know_how,
            {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd"]},
            {**know_how, "form": "magnet"},
            {name: value for name, value in know_how.items() if name != "form"},
            {**know_how, "act": "service", "technology_passes": "false"},
        )
    ]
    days = [(on, on) for on in (Day(2001, 12, 31), Day(2012, 5, 6), Day(2024, 12, 1))]
    sound([row for row in rows for _ in days], days * len(rows), packed_standing())
