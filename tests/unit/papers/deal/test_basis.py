"""A result says which of its clauses were inferred or recalled and not read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from coercivity.base.words import Lang
from coercivity.law.explain.proof import seal
from coercivity.law.recheck.check import recheck
from coercivity.law.rules.load import law_folder
from coercivity.papers.shared.rules_text import basis_told, clause_lines
from coercivity.verbs.decide import decide
from tests.support import BOOK

ROUTE = {"act": "goods", "from": "CN", "to": "TH"}
POWDER = {**ROUTE, "form": "magnet_powder", "magnet_type": ["NdFeB"], "elements": ["Nd", "Pr"]}
CERIUM = {**ROUTE, "form": "oxide", "elements": ["Ce"]}
CATALYST = {**ROUTE, "form": "compound", "elements": ["La"], "goods_kind": "catalyst"}
DYSPROSIUM = {**ROUTE, "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"]}
INFERRED = "text: inferred from the lists before and after it or the lines beside it, not read"


def lines_of(facts: Mapping[str, object], lang: Lang, *, explain: bool = False) -> list[str]:
    return [line.strip() for line in decide(facts, on="2025-10-20").lines(lang, explain=explain)]


@pytest.mark.parametrize(
    ("facts", "lang", "told"),
    [
        (POWDER, "en", INFERRED),
        (POWDER, "zh", "文本依据：据前后目录或相邻编号推定，未经查阅"),
        (CERIUM, "en", "text: recalled, not read"),
        (CERIUM, "zh", "文本依据：凭记忆，未经查阅"),
        (CATALYST, "en", "text: recalled, not read"),
    ],
)
def test_the_statement_says_that_a_clause_was_not_read(facts: Mapping[str, object], lang: Lang, told: str) -> None:
    assert lines_of(facts, lang).count(told) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_said_of_a_clause_that_was_read(lang: Lang) -> None:
    assert not [line for line in lines_of(DYSPROSIUM, lang) if line.startswith(("text:", "文本依据"))]


def test_the_audit_trail_says_so_at_the_step() -> None:
    lines = lines_of(POWDER, "en", explain=True)
    step = next(at for at, line in enumerate(lines) if line.startswith("Applies  Export licensing catalogue: NdFeB"))
    assert INFERRED in lines[step : step + 6]


def test_a_proof_holds_the_basis_of_a_step_and_the_second_reader_wants_it() -> None:
    proof = decide(POWDER, on="2025-10-20").proof
    steps = {step["provision"]: step for step in proof["steps"]}
    assert steps["oel-ndfeb-powder"]["basis"] == "inferred"
    assert [n for n, step in steps.items() if "basis" in step] == ["oel-ndfeb-powder", "cm-mfa-2026-03-30-list"]
    assert recheck(proof, law_folder()) == []
    changed = [{**step, "basis": "recalled"} if "basis" in step else step for step in proof["steps"]]
    body = {key: value for key, value in {**proof, "steps": changed}.items() if key not in ("ruling", "hash")}
    faults = recheck({**body, **seal(body)}, law_folder())
    assert [fault for fault in faults if fault.startswith("step oel-ndfeb-powder: basis is")]


@pytest.mark.parametrize(
    ("name", "told"),
    [("oel-ndfeb-powder", "inferred from the lists"), ("oel-ce", "recalled"), ("a18-1c905", "")],
)
def test_a_clause_of_the_rulebook_says_so_too(name: str, told: str) -> None:
    found = BOOK.provision(name)
    assert found is not None
    lines = [line.strip() for line in clause_lines(BOOK, found[1], "en") if line.strip().startswith("text: ")]
    assert lines == ([f"text: {basis_told(found[1])['en']}"] if told else [])
    assert all(line.startswith(f"text: {told}") for line in lines)


def test_every_basis_but_reading_has_words() -> None:
    for instrument in BOOK.instruments.values():
        for provision in instrument.provisions:
            assert set(basis_told(provision)) == (set() if provision.basis == "read" else {"en", "zh"})
