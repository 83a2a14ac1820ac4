"""Proofs: the decision step by step as canonical data, with a hash that anyone can verify.

A proof has two halves. The ruling contains the rules' part: steps, branches, finding, outcome; it names facts but never
repeats their values, so deals that the rules do not distinguish share one. Around it is the deal's part:
dates, facts, lists screened, versions. The decision hash covers this part and the hash of the ruling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from coercivity.base.canonical import json_text, sha256
from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Faults, brief_value
from coercivity.base.exact import Interval, parse_exact
from coercivity.base.version import ENGINE_VERSION
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.data.vouch import vouch_shown
from coercivity.law.engine.branches import BranchResult
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.engine.derived_facts import MASS_SHARES
from coercivity.law.engine.list_search import EACH_DAY, ListSearch
from coercivity.law.engine.name_questions import LAW, name_question
from coercivity.law.engine.other_content import OTHER_CONTENT
from coercivity.law.engine.screened import ListUsed, NameShown, ScreenedShown, lists_of_law
from coercivity.law.explain.proof_parts import (
    BranchShown,
    FactShown,
    ListHeld,
    ListsShown,
    PackShown,
    Proof,
    ProofContent,
)
from coercivity.law.explain.steps import step
from coercivity.law.rules.evaluator import Written
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Event, Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.shown import EventShown, StatusShown
from coercivity.law.rules.status import Assumption, StatusOn
from coercivity.law.rules.status_table import LawDay

SCHEMA = "coercivity/proof/3"
BEFORE_NAMES = "coercivity/proof/2"  # without the names that were screened
SCHEMAS = (SCHEMA, BEFORE_NAMES)
Stated = Mapping[str, Any]  # a proof as stated in a file: reading one of another form raises an error
RULING = (
    "branches",
    "finding",
    "instruments_used",
    "interval",
    "may_become",
    "missing",
    "open_standing",
    "outcome",
    "steps",
    "unverified",
)


def proof(book: Rulebook, decision: Decision) -> Proof:
    """Returns the proof of a decision as plain data; its `hash` is the decision hash.

    Quantity, price, exposure, times and practice are not part of it.
    """
    written = [
        step(book, decision, rule, status_written(decision.law, rule, decision.known))
        for rule in _in_play(book, decision)
    ]
    written.sort(key=attrgetter("place"))
    steps = [entry.data.copy() for entry in written]
    facts = _facts(book, decision)
    body: ProofContent = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "pack": pack_shown(book),
        "on": decision.on.isoformat(),
        "known": decision.known.isoformat(),
        "assume": {name: picked.text() for name, picked in sorted(decision.assume.items())},
        "verified_through": decision.horizon.isoformat(),
        "instruments_used": list(decision.used),
        "lists": lists_shown(book, decision.deal.lists, decision.deal.search),
        "facts": [fact.data for fact in facts],
        "missing": list(decision.missing),
        "open_standing": list(decision.open_standing),
        "steps": steps,
        "branches": [_branch(book, branch, decision.telling) for branch in decision.branches],
        "finding": decision.finding.word,
        "outcome": decision.outcome.value,
        "interval": [decision.floor.value, decision.ceiling.value],
        "unverified": decision.unverified,
        "screened": screened_shown(book, decision.deal.screened, decision.deal.party_lists),
    }
    if book.vouches:
        body["vouches"] = [vouch_shown(vouch) for vouch in book.vouches]
    if decision.deal.unread:
        body["unread"] = sorted(decision.deal.unread)
    if decision.deal.name_questions:
        body["names"] = [question.plain() for question in decision.deal.name_questions]
    if decision.may_become is not None:
        body["may_become"] = decision.may_become.value
    whole: Mapping[str, object] = body
    ruling = {key: whole[key] for key in RULING if key in whole}
    sealed = _sealed(ruling, "steps", [entry.encoded for entry in written])
    around = {key: value for key, value in whole.items() if key not in ruling} | {"ruling": sealed}
    return {**body, "ruling": sealed, "hash": _sealed(around, "facts", [fact.text.encode() for fact in facts])}


def pack_shown(book: Rulebook) -> PackShown:
    """Returns the rulebook as written in a proof; its jurisdiction only if the instruments were chosen by it."""
    found: PackShown = {"version": book.version, "hash": book.content_hash}
    return {**found, "jurisdiction": book.jurisdiction} if book.jurisdiction else found


def lists_shown(book: Rulebook, searched: Mapping[str, str], search: ListSearch | None) -> ListsShown:
    """Returns the party lists as written in a proof: those included, and those a person searched.

    Args:
        book: The rulebook.
        searched: Lists that a person searched, with their version.
        search: Who searched them and when.
    """
    held: dict[str, ListHeld] = {
        name: {"completeness": held.completeness, "as_of": str(held.as_of_on or "")}
        for name, held in sorted(book.party_lists.items())
    }
    found: ListsShown = {"searched": dict(sorted(searched.items())), "packed": book.parties_hash, "held": held}
    return {**found, "search": search.plain()} if search is not None else found


def screened_shown(book: Rulebook, names: Sequence[NameShown], users: Sequence[ListUsed]) -> ScreenedShown:
    """Returns the names of a deal and the lists they were compared with, as written in a proof.

    Args:
        book: The rulebook.
        names: What screening found for each name.
        users: The user's lists.
    """
    return {"names": list(names), "lists": [*lists_of_law(book), *users] if names else []}


def seal(body: Mapping[str, object]) -> dict[str, str]:
    """Returns the two hashes of a proof, `ruling` and `hash`, computed from its content."""
    ruling = sha256({key: body[key] for key in RULING if key in body})
    around = {key: value for key, value in body.items() if key not in (*RULING, "hash")}
    return {"ruling": ruling, "hash": sha256({**around, "ruling": ruling})}


def _sealed(content: Mapping[str, object], key: str, entries: Sequence[bytes]) -> str:
    """Returns the hash of the canonical JSON of a mapping with one list whose entries are already written."""
    before = json_text({name: value for name, value in content.items() if name < key})[1:-1]
    after = json_text({name: value for name, value in content.items() if name > key})[1:-1]
    digest = hashlib.sha256(f'{{{before}{"," if before else ""}"{key}":['.encode())
    digest.update(b",".join(entries))
    digest.update(f"]{',' if after else ''}{after}}}".encode())
    return digest.hexdigest()


def decision_hash(book: Rulebook, decision: Decision) -> str:
    """Returns the hash of the proof of a decision."""
    return proof(book, decision)["hash"]


def verify(book: Rulebook, stated: Stated) -> list[str]:
    """Returns the errors of a proof; an empty list means that it is valid.

    The content is hashed again, the rulebook is compared, and the decision is recomputed from the facts in the proof.

    Raises:
        CoercivityError: If it is not a valid proof document.
    """
    body = {key: value for key, value in stated.items() if key != "hash"}
    schema = stated.get("schema")
    if schema not in SCHEMAS:
        raise CoercivityError.of(
            "PROOF-FORM",
            f"schema {schema!r} is not {' or '.join(map(repr, SCHEMAS))}",
            next="pass the proof exactly as written by coercivity",
        )
    found = []
    if {"ruling": stated.get("ruling"), "hash": stated.get("hash")} != seal(stated):
        found.append("the content does not match the stated hash")
    if (body["pack"]["hash"], body["pack"].get("jurisdiction", "")) != (book.content_hash, book.jurisdiction):
        found.append(f"it was made with rulebook {body['pack']['version']}, not with this one ({book.version})")
    made_again: Mapping[str, object] = {**proof(book, _again(book, body)), "schema": schema}
    if schema == BEFORE_NAMES:
        made_again = {key: value for key, value in made_again.items() if key != "screened"}
    for key in sorted({*made_again, *body} - {"engine", "hash", "ruling"}):
        if made_again.get(key) != body.get(key):
            found.append(f"{key} differs when the decision is recomputed")
    if found and body.get("engine") != ENGINE_VERSION:  # not an error in itself: the content is the same
        found.append(f"it was made by program version {brief_value(body.get('engine'))}; this is {ENGINE_VERSION}")
    return found


def facts_of_proof(book: Rulebook, body: Stated, faults: Faults) -> tuple[dict[str, FactValue], dict[str, str]]:
    """Returns the facts stated in a proof with their sources; derived facts are left to be derived again."""
    facts, said_by = {}, {}
    for entry in body["facts"]:
        if entry["said_by"].startswith("derived"):
            continue
        value = value_from_plain(book.catalogue, entry["fact"], entry["value"], faults)
        if value is not None:
            facts[entry["fact"]], said_by[entry["fact"]] = value, entry["said_by"]
    return facts, said_by


def deal_of_proof(book: Rulebook, body: Stated, faults: Faults) -> Deal:
    """Returns the deal of a proof as far as the proof contains it: the stated facts and the open ones."""
    facts, said_by = facts_of_proof(book, body, faults)
    questions = tuple(map(name_question, body.get("names", ())))
    lists, screened = body["lists"]["searched"], body.get("screened", {"names": [], "lists": []})
    users = tuple(one for one in screened["lists"] if one["effect"] != LAW)
    return Deal(
        facts,
        said_by,
        lists,
        tuple(body.get("unread", ())),
        questions,
        _search(body["lists"]),
        tuple(screened["names"]),
        users,
    )


def _search(lists: Mapping[str, Any]) -> ListSearch | None:
    """Returns the search by a person as stated in a proof."""
    stated = lists.get("search")
    if stated is None:
        return None
    on = None if stated["on"] == EACH_DAY else parse_day(stated["on"])
    return ListSearch(stated["by"], on, tuple(sorted(lists["searched"])))


def _again(book: Rulebook, body: Stated) -> Decision:
    faults = Faults()
    deal = deal_of_proof(book, body, faults)
    faults.raise_if_any()
    assume = {name: parse_assumption(text) for name, text in body["assume"].items()}
    return decide(book, deal, parse_day(body["on"]), known=parse_day(body["known"]), assume=assume)


def parse_assumption(text: str) -> Assumption:
    """Returns the assumption written as `lapsed` or `extended:YYYY-MM-DD`.

    Raises:
        ValueError: If the text has another form.
    """
    if text == "lapsed":
        return Assumption(lapsed=True)
    word, _, day = text.partition(":")
    if word != "extended":
        raise ValueError(f"{text[:40]!r} is neither lapsed nor extended:YYYY-MM-DD")
    return Assumption(lapsed=False, extended_through=parse_day(day))


def value_from_plain(catalogue: FactCatalogue, name: str, plain: object, faults: Faults) -> FactValue | None:
    """Returns a fact value from its plain form in proofs."""
    if isinstance(plain, bool):
        return plain
    if isinstance(plain, dict):
        return SetValue(frozenset(plain.get("has", ())), frozenset(plain.get("lacks", ())), complete=False)
    if isinstance(plain, list) and name in catalogue and catalogue[name].type in ("number", "share"):
        return Interval(parse_exact(plain[0]), parse_exact(plain[-1]))
    return catalogue.parse(name, plain, where="proof", faults=faults)


def _in_play(book: Rulebook, decision: Decision) -> list[Rule]:
    live, statuses = decision.live, decision.statuses
    in_play = book.in_play(live)
    return [book.rules[r] for r in live if statuses[r].status is not Status.ENDED and r in in_play]


def _facts(book: Rulebook, decision: Decision) -> list[Written[FactShown]]:
    given, values = decision.deal.facts, decision.values
    names = {name for name in given if name in book.rule_facts or name == OTHER_CONTENT}
    if "elements" in values and "elements" not in given:
        names |= {name for name in MASS_SHARES if name in given}
    derived = {name for name in values if name not in given and name in book.rule_facts}
    entries = []
    for name in sorted(names | derived):
        said_by = decision.deal.said_by.get(name, "deal") if name in given else "derived"
        # A stated fact is written as stated, even if it was evaluated together with derived values.
        entries.append(fact_written(name, given.get(name, values[name]), said_by))
    return entries


@lru_cache(maxsize=16_384)
def fact_written(name: str, value: FactValue, said_by: str) -> Written[FactShown]:
    """Returns a fact as written in a proof, with its canonical JSON."""
    data: FactShown = {"fact": name, "value": plain_value(value), "said_by": said_by}
    return Written(data, json_text(data))


def status_written(law: LawDay, rule: Rule, known: Day) -> Written[StatusShown]:
    """Returns the status of a rule on a date as written in a proof: everything a decision may use."""
    found = law.shown.get(rule.rank)
    if found is None:
        data = _status_facts(law.statuses[rule.rank], rule, known)
        found = law.shown[rule.rank] = Written(data, json_text(data))
    return found


def _status_facts(status: StatusOn, rule: Rule, by: Day) -> StatusShown:
    found: StatusShown = {"status": status.status.value}
    if status.event is not None:
        found["event"] = event_facts(status.event)
    if status.status is Status.NOT_YET and rule.provision.effective_from is not None:
        # Shown to the reader even if published after `known`; it does not affect the decision.
        found["starts"] = rule.provision.effective_from.isoformat()
    if status.until is not None:
        found["until"] = status.until.isoformat()
    if status.other_reading is not None:
        found["other_reading"] = status.other_reading.value
    if status.branches:
        found["branches"] = {branch.label: branch.status.value for branch in status.branches}
    if status.announced is not None:
        found["announced"] = event_facts(status.announced)
    statements = [
        event_facts(event)
        for event in rule.instrument.events
        if event.type == "policy_statement" and event.touches(rule.id) and known_by(event, by)
    ]
    if statements and status.status in (Status.SUSPENDED, Status.UNKNOWN):
        found["statements"] = statements
    return found


def event_facts(event: Event) -> EventShown:
    """Returns the type, dates and cause of an event as plain data."""
    found: EventShown = {"type": event.type, "by": event.by}
    if event.published is not None:
        found["published"] = event.published.isoformat()
    if event.effective is not None:
        found["effective"] = event.effective.isoformat()
    if event.ends is not None:
        found["ends"] = event.ends.isoformat()
        found["ends_inclusive"] = event.ends_inclusive
    return found


def _branch(book: Rulebook, branch: BranchResult, telling: tuple[str, ...]) -> BranchShown:
    names = [book.rules[rank].id for rank in branch.benign.bites]
    found: BranchShown = {"finding": branch.finding.word, "outcome": branch.outcome.value, "bites": sorted(names)}
    if telling:
        found["picks"] = {name: branch.picks[name] for name in telling}
    if branch.perhaps_suspended:
        found["perhaps_suspended"] = sorted(book.rules[rank].id for rank in branch.perhaps_suspended)
    if branch.suspended:
        found["suspended"] = sorted(book.rules[rank].id for rank in branch.suspended)
    return found
