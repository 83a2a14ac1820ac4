"""Independent verification: genuine audit trails pass, and forged ones fail with the reason."""

from __future__ import annotations

import ast
import inspect
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError
from coercivity.cases.files import CaseDeal, read_cases
from coercivity.law.engine.decide import decide
from coercivity.law.explain.proof import proof, seal
from coercivity.law.explain.proof_parts import Proof
from coercivity.law.recheck import check as recheck_module
from coercivity.law.recheck import engine as recheck_engine
from coercivity.law.recheck import pack as recheck_pack
from coercivity.law.recheck import status as recheck_status
from coercivity.law.recheck.check import recheck, recheck_by
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.recheck.status import status_on
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.law.rules.overlay import read_overlays
from coercivity.verbs.cases import case_files
from tests.places import ROOT
from tests.support import DY_MAGNET, ND_MAGNET, SINTERING_RECIPE, deal, on

BOOK = load_rulebook()
LAW = read_raw_law(law_folder())
CASES = [case for path in case_files() for case in read_cases(BOOK, path) if case.on is not None]


def as_read(found: Proof) -> dict[str, Any]:
    """A proof as a file gives it, which may be forged."""
    read: dict[str, Any] = json.loads(json.dumps(found))
    return read


def case_proof(case: CaseDeal) -> dict[str, Any]:
    """The proof of a worked case."""
    assert case.on is not None
    return as_read(proof(BOOK, decide(BOOK, case.deal, case.on, known=case.known)))


def hashed(body: dict[str, Any]) -> dict[str, Any]:
    """The body with its hashes made anew, so that only the content can give a forgery away."""
    return {**body, **seal(body)}


def step_of(body: dict[str, Any], provision: str) -> dict[str, Any]:
    """One step of a proof."""
    found: dict[str, Any] = next(step for step in body["steps"] if step["provision"] == provision)
    return found


@pytest.fixture
def licence() -> dict[str, Any]:
    """A dysprosium magnet to Germany: a licence by 18/2025."""
    return as_read(proof(BOOK, on(DY_MAGNET + ", to: DE", "2025-08-15")))


@pytest.fixture
def doubtful() -> dict[str, Any]:
    """A recipe e-mailed after the end of the pause that nobody checked: two branches."""
    return as_read(proof(BOOK, on(SINTERING_RECIPE, "2026-11-20")))


@pytest.mark.sampled
@pytest.mark.parametrize("start", range(8))
def test_the_proofs_of_all_worked_cases_stand(start: int) -> None:
    """Engine and second reading agree on every case that is packed."""
    found = {case.id: recheck_by(LAW, case_proof(case)) for case in CASES[start::8]}
    assert not {name: faults for name, faults in found.items() if faults}


def test_neither_file_knows_the_engine() -> None:
    """What is made for trust imports nothing of the law but its own other file."""
    for module in (recheck_module, recheck_pack, recheck_engine, recheck_status):
        imports = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.ImportFrom)]
        names = {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
        of_the_law = {name for name in names if name.startswith("coercivity.law")}
        assert all(name.startswith("coercivity.law.recheck") for name in of_the_law), of_the_law


def test_reading_folder_and_proof_gives_the_same_as_a_pack_read_before(licence: dict[str, Any]) -> None:
    """The door takes a folder."""
    assert recheck(licence, law_folder()) == []


FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "outcome lowered": (lambda p: p.update(outcome="PROCEED"), "outcome is PROCEED; the rules give LICENCE"),
    "finding lowered": (lambda p: p.update(finding="not_controlled"), "finding is not_controlled"),
    "step removed": (lambda p: p["steps"].remove(step_of(p, "a18-1c905")), "step a18-1c905 is missing"),
    "step twice": (lambda p: p["steps"].append(step_of(p, "a18-1c905")), "appears twice"),
    "truth flipped": (
        lambda p: step_of(p, "a18-1c905")["item"].update(truth="no"),
        "item does not match the rulebook's condition",
    ),
    "match lowered": (lambda p: step_of(p, "a18-1c905").update(match="no"), "match is no"),
    "status changed": (lambda p: step_of(p, "a18-1c905")["status"].update(status="suspended"), "status is"),
    "effect changed": (lambda p: step_of(p, "a18-1c905").update(effect="exempt"), "effect is exempt"),
    "reference changed": (lambda p: step_of(p, "a18-1c905").update(ref="Art. 99"), "ref is Art. 99"),
    "role lowered": (lambda p: step_of(p, "a18-1c905").update(role="no_effect"), "role is no_effect; expected bites"),
    "ceiling lowered": (lambda p: p.update(interval=["PROCEED", "PROCEED"]), "interval is"),
    "branch emptied": (lambda p: p["branches"][0].update(bites=[]), "a branch is"),
    "branches dropped": (lambda p: p.update(branches=[]), "branch {} is missing"),
    "taken out by nothing": (lambda p: step_of(p, "a18-1c905").update(taken_out_by=["faq-4-out"]), "taken_out_by"),
    "checked through later": (lambda p: p.update(verified_through="2027-01-01"), "verified_through is 2027-01-01"),
    "another instrument used": (lambda p: p.update(instruments_used=["mofcom-2025-61"]), "instruments_used"),
    "a fact missing": (lambda p: p.update(missing=["form"]), "missing is ['form']"),
    "another pack": (lambda p: p["pack"].update(hash="0" * 64), "another rulebook"),
    "other lists": (lambda p: p["lists"].update(packed="0" * 64), "other party lists"),
}


@pytest.mark.parametrize(("forge", "said"), FORGERIES.values(), ids=list(FORGERIES))
def test_a_forgery_is_found_though_its_hash_is_right(
    licence: dict[str, Any], forge: Callable[[dict[str, Any]], Any], said: str
) -> None:
    """Each change is named in a sentence."""
    forge(licence)
    found = recheck_by(LAW, hashed(licence))
    assert any(said in sentence for sentence in found), found


def test_a_changed_word_without_a_new_hash_is_found(licence: dict[str, Any]) -> None:
    """The hash covers what no rule reads."""
    licence["engine"] = "9.9.9"
    assert recheck_by(LAW, licence) == ["the content does not match the stated hash"]


def fact(body: dict[str, Any], name: str) -> dict[str, Any]:
    """One fact of a proof."""
    found: dict[str, Any] = next(entry for entry in body["facts"] if entry["fact"] == name)
    return found


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("elements", ["Nd", "Pr"], "step a18-1c905 does not belong in the proof"),
        ("crosses_border", False, "fact crosses_border should be True"),
        ("listed_on", {"has": [], "lacks": []}, "fact listed_on should be []"),
        ("form", "magnets", "cannot be"),
        ("form", ["magnet"], "cannot be"),
        ("elements", [["Dy"]], "cannot be"),
        ("elements", {"has": ["Dy"], "lacks": ["Dy"]}, "cannot be"),
        ("listed_owner_share", ["0.5", "0.1"], "cannot be"),
        ("listed_owner_share", "2", "cannot be"),
        ("military_use", "false", "fact military_use should be False"),
        ("to", "Germany", "cannot be"),
    ],
)
def test_a_changed_fact_is_found(licence: dict[str, Any], name: str, value: Any, said: str) -> None:
    """It no longer fits the conditions, or what follows from others, or the catalogue."""
    fact(licence, name)["value"] = value
    found = recheck_by(LAW, hashed(licence))
    assert any(said in sentence for sentence in found), found


def test_a_fact_that_follows_from_nothing_is_found() -> None:
    """Marked as derived, it would be nobody's statement."""
    body = as_read(proof(BOOK, on("act: goods, form: magnet", "2025-08-15")))
    body["facts"].append({"fact": "crosses_border", "value": False, "said_by": "derived"})
    assert any("crosses_border cannot be derived" in said for said in recheck_by(LAW, hashed(body)))


def test_a_dropped_branch_is_found(doubtful: dict[str, Any]) -> None:
    """The kinder branch alone would let the recipe go."""
    assert len(doubtful["branches"]) > 1
    del doubtful["branches"][0]
    assert any("is missing" in said for said in recheck_by(LAW, hashed(doubtful)))


def test_branches_may_be_told_apart_more_finely_but_not_less(doubtful: dict[str, Any]) -> None:
    """A single branch that claims to stand for all is found."""
    doubtful["branches"] = [{key: v for key, v in doubtful["branches"][1].items() if key != "picks"}]
    assert any("findings" in said for said in recheck_by(LAW, hashed(doubtful)))


@pytest.mark.parametrize(
    ("facts", "day", "key"),
    [
        (ND_MAGNET + ", to: DE", "2026-12-20", "unverified"),
        (ND_MAGNET + ", to: DE, wmd_use: unknown", "2025-08-15", "open_standing"),
        (ND_MAGNET + ", to: DE", "2020-01-15", "unverified"),
    ],
)
def test_a_proceed_that_was_held_back_cannot_be_let_go(facts: str, day: str, key: str) -> None:
    """Neither an open standing question nor an unchecked day can be left out of a proof."""
    body = as_read(proof(BOOK, on(facts, day)))
    assert body["outcome"] == "UNKNOWN"
    body.update({"outcome": "PROCEED", "open_standing": [], "unverified": False, "verified_through": "2026-12-31"})
    found = recheck_by(LAW, hashed(body))
    assert any(said.startswith("outcome is PROCEED; the rules give UNKNOWN") for said in found)
    assert any(said.startswith(key) for said in found)


def test_a_proof_made_with_a_pack_without_the_rule_is_found(tmp_path: Path) -> None:
    """An engine that was given a tampered pack makes a proof that agrees with itself; the real pack tells."""
    folder = tmp_path / "law"
    shutil.copytree(law_folder(), folder)
    path = folder / "instruments" / "mofcom-gac-2025-18" / "instrument.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("contains: Dy}", "contains: Lu}"), encoding="utf-8")
    tampered = load_rulebook(folder)
    deal = on(DY_MAGNET + ", to: DE", "2025-08-15").deal
    body = as_read(proof(tampered, decide(tampered, deal, Day(2025, 8, 15))))
    assert body["outcome"] == "PROCEED"
    assert recheck(body, folder) == []
    body["pack"] = {"version": LAW.version, "hash": LAW.hash}
    found = recheck_by(LAW, hashed(body))
    assert any(said.startswith("outcome is PROCEED; the rules give LICENCE") for said in found)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "coercivity/proof/1"},
        {"steps": {}},
        {"steps": ["a18-1c905"]},
        {"facts": [{"fact": ["form"], "said_by": "deal"}]},
        {"unverified": "no"},
        {"another": "key"},
        {"interval": [0.5]},
    ],
)
def test_what_has_not_the_form_of_a_proof_is_refused(licence: dict[str, Any], change: dict[str, Any]) -> None:
    """Bad input is an error, not a list of sentences."""
    with pytest.raises(CoercivityError) as caught:
        recheck_by(LAW, {**licence, **change})
    assert caught.value.code == "PROOF-FORM"
    with pytest.raises(CoercivityError):
        recheck_by(LAW, {})


@pytest.mark.parametrize(
    "change",
    [
        {"on": "soon"},
        {"known": "2025-02-30"},
        {"assume": {"mofcom-2025-62": "extended:never"}},
        {"assume": {"mofcom-2025-62": 1}},
        {"assume": {"nothing": "lapsed"}},
        {"interval": []},
        {"interval": ["LICENCE", ["STOP"]]},
        {"branches": [{"finding": "x", "picks": "all"}]},
    ],
)
def test_odd_content_is_named_and_never_breaks_the_check(licence: dict[str, Any], change: dict[str, Any]) -> None:
    """Days, assumptions, interval and branches of any content."""
    assert recheck_by(LAW, hashed({**licence, **change}))


def test_a_status_is_read_from_events_alone() -> None:
    """Rules of a made-up instrument: a term of its own, an undated start, a pause in doubt, an end."""

    def status(day: str, *events: dict[str, str], assumed: str | None = None) -> str:
        touching = [{"by": "x", "scope": "all", "published": "2025-01-01", **event} for event in events]
        instrument = {"verified_through": "2025-06-30", "events": touching}
        return str(status_on(instrument, {"id": "p"}, day, "2025-12-31", assumed)["status"])

    start = {"type": "entry_into_force", "effective": "2025-02-01"}
    term = {**start, "ends": "2025-06-30"}
    pause = {"type": "suspension", "effective": "2025-03-01", "ends": "2025-07-01", "ends_inclusive": "false"}
    assert status("2025-01-31", start) == "not_yet"
    assert status("2025-02-01", start) == "in_force"
    assert status("2025-07-01", term) == "ended"
    assert status("2025-07-02", {**term, "ends": "2025-07-01"}) == "unknown"
    assert status("2025-07-01", {"type": "entry_into_force"}) == "unknown"
    assert status("2025-06-30", start, pause) == "suspended"
    assert status("2025-07-01", start, pause) == "in_force"
    assert status("2025-07-02", start, {**pause, "ends_inclusive": "true"}) == "unknown"
    assert status("2025-07-02", start, {**pause, "ends": "2025-07-02"}, assumed="lapsed") == "in_force"
    assert status("2025-07-02", start, {**pause, "ends": "2025-07-02"}, assumed="extended:2025-08-01") == "suspended"
    assert status("2025-04-01", start, pause, {"type": "resumption", "effective": "2025-03-15"}) == "in_force"
    assert status("2025-04-01", start, {"type": "repeal", "effective": "2025-04-01"}) == "ended"
    on, off = ({"type": kind, "effective": "2025-03-01"} for kind in ("listing", "delisting"))
    assert status("2025-04-01", on, off) == status("2025-04-01", off, on) == "in_force"
    assert status("2025-04-01") == "not_yet"


@pytest.mark.parametrize("overlay", ["extension-2027", "lapse-confirmed"])
def test_a_proof_made_with_an_overlay_stands_with_it_and_not_without(overlay: str) -> None:
    """The second reading lays the file over the pack by itself."""
    path = ROOT / "examples" / "overlays" / f"{overlay}.yaml"
    book = load_rulebook(None, read_overlays([path]))
    facts = "act: reexport, form: metal, elements: [Sm], from: NL, to: US, origin: CN, exporter_nationality: NL"
    found = proof(book, decide(book, deal(f"{facts}, recipient_nationality: US"), Day(2026, 11, 12)))
    assert recheck(found, law_folder(), [path]) == []
    assert recheck(found, law_folder())
