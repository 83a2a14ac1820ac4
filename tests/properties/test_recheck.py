"""Both implementations agree on any deal on any day, and a forged audit trail of any deal is detected."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import pausable
from coercivity.cases.files import read_cases
from coercivity.data.values import FactValue
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.explain.proof import proof, seal
from coercivity.law.explain.questions import answers
from coercivity.law.recheck.check import recheck_by
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.law.rules.status import Assumption
from coercivity.verbs.cases import case_files
from tests.sampling import examples

BOOK = load_rulebook()
LAW = read_raw_law(law_folder())
CASES = [case for path in case_files() for case in read_cases(BOOK, path)]
READ = sorted(BOOK.rule_facts)
DAYS = st.one_of(
    st.sampled_from([Day(2024, 12, 15), Day(2025, 4, 3), Day(2025, 10, 20), Day(2026, 3, 2), Day(2026, 11, 24)]),
    st.dates(Day(2024, 11, 20), Day(2027, 3, 1)),
    st.dates(Day(2001, 6, 1), Day(2024, 12, 2)),
)
TURNED = {"yes": "no", "no": "yes", "unknown": "no"}


def possible(name: str) -> list[FactValue]:
    """Answers that some rule tells apart and that the catalogue allows."""
    spec = BOOK.catalogue[name]
    return [value for value in answers(BOOK, name) if spec.type != "choice" or value in spec.values]


@st.composite
def bags(draw: st.DrawFn) -> dict[str, FactValue]:
    """The facts of a worked case or none, some taken away, and a handful of others."""
    facts = dict(draw(st.sampled_from(CASES)).deal.facts) if draw(st.booleans()) else {}
    if facts:
        for name in draw(st.lists(st.sampled_from(sorted(facts)), max_size=6, unique=True)):
            del facts[name]
    for name in draw(st.lists(st.sampled_from(READ), max_size=8 if facts else 14, unique=True)):
        if possible(name):
            facts[name] = draw(st.sampled_from(possible(name)))
    return facts


@st.composite
def proofs(draw: st.DrawFn) -> dict[str, Any]:
    """The proof of any deal on any day, now and then as known earlier or with a pause assumed to run on."""
    day = draw(DAYS)
    known = draw(st.none() | st.just(Day(2025, 11, 8)) | DAYS)
    extended = Assumption(lapsed=False, extended_through=Day(2027, 1, 10))
    picked = draw(st.dictionaries(st.sampled_from(sorted(pausable(BOOK))), st.just(extended), max_size=2))
    made: dict[str, Any] = json.loads(
        json.dumps(proof(BOOK, decide(BOOK, Deal(draw(bags())), day, known=known, assume=picked)))
    )
    return made


@settings(max_examples=examples(80))
@given(proofs())
def test_an_honest_proof_stands(honest: dict[str, Any]) -> None:
    """Two readings of one pack, written apart, give the same answer in every part."""
    assert recheck_by(LAW, honest) == []


def leaves(trace: Any) -> Iterator[dict[str, Any]]:
    """The comparisons of a trace."""
    if isinstance(trace, list):
        for part in trace:
            yield from leaves(part)
    elif isinstance(trace, dict) and "fact" in trace:
        yield trace
    elif isinstance(trace, dict):
        for part in trace.values():
            yield from leaves(part)


def forged(body: dict[str, Any], draw: st.DataObject) -> str:
    """Forges a proof in one way that it offers; returns how."""
    steps, named = body["steps"], [entry for entry in body["facts"] if entry["said_by"] != "derived"]
    shown = {leaf["fact"] for step in steps for key in ("item", "when") for leaf in leaves(step.get(key))}
    read = [entry for entry in named if entry["fact"] in shown and len(possible(entry["fact"])) > 1]
    ways = ["branch"] + ["outcome"] * (body["outcome"] != "PROCEED") + ["fact"] * bool(read)
    ways += ["step", "match", "status", "effect"] * bool(steps) + ["truth"] * bool(shown)
    how = draw.draw(st.sampled_from(ways))
    step = draw.draw(st.sampled_from(steps)) if steps else {}
    if how == "outcome":
        body["outcome"] = "LICENCE" if body["outcome"] == "STOP" and draw.draw(st.booleans()) else "PROCEED"
    elif how == "step":
        steps.remove(step)
    elif how == "truth":
        leaf = draw.draw(
            st.sampled_from([one for each in steps for key in ("item", "when") for one in leaves(each.get(key))])
        )
        leaf["truth"] = TURNED[leaf["truth"]]
    elif how == "match":
        step["match"] = TURNED[step["match"]]
    elif how == "status":
        others = {"not_yet", "in_force", "suspended", "ended", "unknown"} - {step["status"]["status"]}
        step["status"]["status"] = draw.draw(st.sampled_from(sorted(others)))
    elif how == "effect":
        step["effect"] = draw.draw(st.sampled_from(sorted({"exempt", "out_of_scope", "none"} - {step["effect"]})))
    elif how == "fact":
        read[0]["value"] = {"has": [], "lacks": []} if isinstance(read[0]["value"], (list, dict)) else "forged"
    else:
        del body["branches"][draw.draw(st.integers(0, len(body["branches"]) - 1))]
    return str(how)


@settings(max_examples=examples(100))
@given(proofs(), st.data())
def test_a_forged_proof_is_found(honest: dict[str, Any], draw: st.DataObject) -> None:
    """Outcome lowered, step left out, truth, fact, status or effect changed, branch dropped; the hash made anew."""
    body = copy.deepcopy(honest)
    how = forged(body, draw)
    assume(body != honest)
    body.update(seal(body))
    assert recheck_by(LAW, body), how


def places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a proof with every key or index in it."""
    for key in list(content) if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ():
        yield content, key
        yield from places(content[key])


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, "", "x", "lapsed", "2025-01-01", [], {}, [[]], [None], {"has": []}, {"a": {}}]
)


@settings(max_examples=examples(60))
@given(proofs(), st.data())
def test_odd_content_is_named_or_refused_and_never_breaks_the_check(
    honest: dict[str, Any], draw: st.DataObject
) -> None:
    """Whatever stands anywhere in a proof, the answer is sentences or PROOF-FORM."""
    body = copy.deepcopy(honest)
    content, key = draw.draw(st.sampled_from(list(places(body))))
    content[key] = draw.draw(ODD)
    body.update(seal(body))
    try:
        found, code = recheck_by(LAW, body), "PROOF-FORM"
    except CoercivityError as error:
        found, code = [], error.code
    assert (code, all(isinstance(sentence, str) for sentence in found)) == ("PROOF-FORM", True)
