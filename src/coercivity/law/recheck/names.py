"""The names of a proof: their form, and whether what screening found, the questions and the party sets agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coercivity.base.errors import brief_value
from coercivity.data.values import SetValue
from coercivity.law.recheck import pack
from coercivity.law.recheck.engine import left_open
from coercivity.law.recheck.pack import RawLaw, Values
from coercivity.law.recheck.status import Raw

MEANT = ("consignee", "end_user")  # the roles that a notice bars
_QUESTION = {"fact", "written", "reasons"}
_TEXTS = (
    "fact",
    "written",
    "listed",
    "party_id",
    "answer",
    "effect",
    "list",
    "entry",
    "verdict",
    "from_on",
    "to_on",
    "points_to",
)
_MANY = ("reasons", "party_sets", "tells_apart")
_NAME = {"fact", "written", "folded", "verdict", "entries"}
_ENTRY = {"list", "entry", "listed", "written", "verdict", "screened", "reasons"}
_LIST = {"id", "version", "as_of", "completeness", "effect", "sha256"}
_JUDGED = {"says", "by", "at", "why"}
_Key = tuple[str, str, str, str]


def are_names(names: object) -> bool:
    """Returns whether the questions about names have the correct form."""
    return isinstance(names, list) and all(
        isinstance(one, dict)
        and set(one) >= _QUESTION
        and set(one) <= {*_TEXTS, *_MANY, "judged"}
        and all(isinstance(one.get(key, ""), str) for key in _TEXTS)
        and all(_are_texts(one.get(key, [])) for key in _MANY)
        and one.get("effect", "law") in ("law", "ask")
        and ("judged" not in one or _is_judged(one["judged"]))
        for one in names
    )


def is_screened(screened: object) -> bool:
    """Returns whether the names that were screened, and their lists, have the correct form."""
    if not isinstance(screened, dict) or set(screened) != {"names", "lists"}:
        return False
    names, lists = screened["names"], screened["lists"]
    return (
        isinstance(names, list)
        and isinstance(lists, list)
        and all(_is_name(one) for one in names)
        and all(isinstance(one, dict) and set(one) == _LIST and _are_texts([*one.values()]) for one in lists)
    )


def holds(question: Raw, on: str) -> bool:
    """Returns whether a question about a name holds PROCEED back for a transaction on a day."""
    first, end = question.get("from_on", ""), question.get("to_on", "")
    return "answer" not in question and first <= on and (not end or on < end)


def faults_of_names(law: RawLaw, proof: Raw, given: Values) -> Iterator[str]:
    """Yields what in the names, the questions about them and the party sets does not agree."""
    sets, questions = given.get("party_sets"), proof.get("names", [])
    for one in questions:
        if isinstance(sets, SetValue) and any(sets.holds(name) is False for name in left_open(law, one)):
            yield f"name {brief_value(one['written'])} may be a listed party, but party_sets is not left open"
        if one.get("effect", "law") == "law" and one["fact"] not in MEANT:
            yield f"name {brief_value(one['written'])}: no notice names the role {brief_value(one['fact'])}"
        judged = one.get("judged")
        if one.get("answer") and judged is not None and (judged["says"] != "different" or judged.get("changed")):
            yield f"name {brief_value(one['written'])} is answered, but its judgement does not say so"
    screened = proof.get("screened")
    if screened is None:
        return
    yield from _faults_of_lists(law, screened)
    asked = {_key(one["fact"], one): one for one in questions}
    for name in screened["names"]:
        yield from _faults_of_name(name, asked, sets)


def _faults_of_lists(law: RawLaw, screened: Raw) -> Iterator[str]:
    held = pack.lists_held(law)
    should = [
        {"id": name, "version": law.version, "effect": "law", "sha256": law.parties_hash, **held[name]}
        for name in sorted(held)
    ]
    of_law = [one for one in screened["lists"] if one["effect"] == "law"]
    if of_law != (should if screened["names"] else []):
        yield "the lists that names were compared with are not those of the rulebook"
    ids = {one["id"] for one in screened["lists"]}
    for entry in (entry for name in screened["names"] for entry in name["entries"] if entry["list"] not in ids):
        yield f"list {brief_value(entry['list'])} of a name is not among the lists used"


def _faults_of_name(name: Raw, asked: Mapping[_Key, Raw], sets: object) -> Iterator[str]:
    """Yields the entries that a name is or may be, without the question, answer or notice that follows."""
    told = f"name {brief_value(name['written'])}"
    if name["verdict"] != _strongest(name):
        yield f"{told}: the verdict is {brief_value(name['verdict'])}; its entries give {_strongest(name)}"
    whole = any(one["fact"] == name["fact"] and not _named(one) for one in asked.values())
    if name.get("remarks") and name["fact"] in MEANT and not whole:
        yield f"{told} cannot be screened in full, but there is no question about it"
    for entry in name["entries"]:
        if entry["verdict"] != _judged_verdict(entry):
            yield f"{told}: the verdict on {brief_value(entry['entry'])} does not follow from its judgement"
        of_law = name["fact"] in MEANT and "party_sets" in entry
        question = asked.get(_key(name["fact"], {**entry, "party_id": entry["entry"] if "party_sets" in entry else ""}))
        if entry["verdict"] == "match" and of_law:
            if not isinstance(sets, SetValue) or not all(sets.holds(one) is True for one in entry["party_sets"]):
                yield f"{told} is {brief_value(entry['listed'])}, but party_sets does not have its notices"
        elif question is None:
            yield f"{told} may be {brief_value(entry['listed'])}, but there is no question about it"
        elif entry["verdict"] == "none" and not question.get("answer"):
            yield f"{told} was judged to be another party than {brief_value(entry['listed'])}, but the question is open"
        elif question.get("answer") and entry["verdict"] == "match":
            yield f"{told} is {brief_value(entry['listed'])}, but the question about it is answered"
        elif question.get("answer") and entry["verdict"] != "none" and question.get("list"):
            yield f"{told} may be {brief_value(entry['listed'])}, and no judgement answers the question about it"
        elif any(question.get(key) != entry.get(key) for key in ("from_on", "to_on")):
            yield f"{told}: the question about it has other days than the entry {brief_value(entry['entry'])}"
        elif (question.get("effect", "law") == "law") != of_law:
            yield f"{told}: the question about it has another effect than its list and its role have"


def _judged_verdict(entry: Raw) -> str:
    judged = entry.get("judged")
    if judged is None or judged.get("changed") or judged["says"] not in ("same", "different"):
        return str(entry["screened"])
    return "match" if judged["says"] == "same" else "none"


def _strongest(name: Raw) -> str:
    verdicts = {entry["verdict"] for entry in name["entries"]}
    if "match" in verdicts:
        return "match"
    return "possible" if "possible" in verdicts or name.get("remarks") else "none"


def _key(fact: str, one: Raw) -> _Key:
    """Returns what a question and an entry have in common: role, part of the name, list of the user, party or entry."""
    if one.get("party_id"):
        return fact, one["written"], "", one["party_id"]
    return fact, one["written"], one.get("list", ""), one.get("entry", "")


def _named(question: Raw) -> bool:
    return bool(question.get("party_id") or question.get("list"))


def _is_name(one: object) -> bool:
    return (
        isinstance(one, dict)
        and set(one) - {"remarks"} == _NAME
        and all(isinstance(one[key], str) for key in _NAME - {"entries"})
        and _are_texts(one.get("remarks", []))
        and isinstance(one["entries"], list)
        and all(_is_entry(entry) for entry in one["entries"])
    )


def _is_entry(one: object) -> bool:
    if not isinstance(one, dict) or set(one) - {"party_sets", "from_on", "to_on", "judged"} != _ENTRY:
        return False
    reasons = one["reasons"]
    return (
        all(isinstance(one.get(key, ""), str) for key in (*(_ENTRY - {"reasons"}), "from_on", "to_on"))
        and _are_texts(one.get("party_sets", []))
        and isinstance(reasons, list)
        and all(
            isinstance(it, dict) and set(it) == {"kind", "points"} and isinstance(it["kind"], str) for it in reasons
        )
        and ("judged" not in one or _is_judged(one["judged"]))
    )


def _is_judged(one: object) -> bool:
    return (
        isinstance(one, dict)
        and set(one) - {"changed"} == _JUDGED
        and _are_texts([one[key] for key in _JUDGED])
        and _are_texts(one.get("changed", []))
    )


def _are_texts(many: Any) -> bool:
    return isinstance(many, list) and all(isinstance(text, str) for text in many)
