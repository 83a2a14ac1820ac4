"""The law pack for the re-check of proofs: files as plain mappings, trees by plain recursion.

An independent implementation: it shares no code with the engine beyond `base` and `data`, and assumes that
`rules check` has passed the pack. Dates are compared as ISO text.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coercivity.base.canonical import hash_files, sha256
from coercivity.base.errors import Faults
from coercivity.base.truth import NO, UNKNOWN, YES, Truth, negate
from coercivity.data.catalogue import FactCatalogue, load_catalogue
from coercivity.data.input import Input, read_text
from coercivity.data.schema import Words
from coercivity.data.textyaml import load_file
from coercivity.data.values import FactValue, plain_value
from coercivity.law.recheck.status import Raw, Shown

Compared = Any  # a value, or a list of texts, of the type the comparison requires
Values = Mapping[str, FactValue]
LISTS = ("control_list", "watch_list", "unreliable_entity_list", "countermeasures")
_SCREENED = ("name_words.csv", "parties.csv", "party_names.csv")


@dataclass(frozen=True, slots=True)
class RawLaw:
    """A pack as read from its files.

    Attributes:
        jurisdiction: The jurisdiction that the instruments were chosen by; blank for all of the pack.
        vouches: Statements of persons who looked for newer notices, as written in proofs.
        sets: List and instrument of every party set.
        lists: What the pack says about each list: its completeness, and the set of notices not included.
        rules: Provisions with an effect, by id, in the order of instruments.
        owners: Instrument of every rule.
        bears_on: The rules a rule qualifies.
        only_where: The rules, one of which must apply.
        taken_out_by: The exclusions that qualify a rule.
    """

    version: str
    jurisdiction: str
    covered_from: Mapping[str, str]
    verified_through: str
    vouches: Sequence[Shown]
    hash: str
    parties_hash: str
    catalogue: FactCatalogue
    definitions: Raw
    instruments: Mapping[str, Raw]
    sets: Mapping[str, tuple[str, str]]
    lists: Mapping[str, Raw]
    rules: Mapping[str, Raw]
    owners: Mapping[str, str]
    bears_on: Mapping[str, list[str]]
    only_where: Mapping[str, list[str]]
    taken_out_by: Mapping[str, list[str]]


def read_raw_law(folder: Path, overlays: Sequence[Input] = (), jurisdiction: str = "") -> RawLaw:
    """Returns a pack with the user-supplied notices of further files.

    Args:
        folder: Folder of the pack.
        overlays: Files of user-supplied notices.
        jurisdiction: Only the instruments of this jurisdiction; blank for all of the pack.

    Raises:
        CoercivityError: If a file is missing or not readable.
    """
    head, parties = load_file(folder / "pack.yaml"), (folder / "parties.csv").read_text(encoding="utf-8")
    instruments: dict[str, Shown] = {}
    read = {path.parent.name: load_file(path) for path in folder.glob("instruments/*/instrument.yaml")}
    instruments |= {n: i for n, i in read.items() if jurisdiction in ("", i.get("jurisdiction", "CN"))}
    screened = [folder / name for name in _SCREENED]
    version, content_hash, vouches = _laid_over(instruments, overlays, head, _hash(folder))
    pairs = [(p, name) for name in sorted(instruments) for p in instruments[name]["provisions"]]
    rules = {p["id"]: p for p, _ in pairs if p["effect"] not in ("none", "duty")}
    owners = {p["id"]: name for p, name in pairs if p["id"] in rules}
    bears_on = {name: _targets(rule, rules, owners) for name, rule in rules.items()}
    states = load_file(folder / "lists.yaml") if (folder / "lists.yaml").is_file() else {}
    sets: dict[str, tuple[str, str]] = {}
    listed: dict[str, Words] = {}
    for row in csv.DictReader(parties.splitlines()):
        sets.setdefault(row["party_set"], (row["list"], row["instrument_id"]))
        listed.setdefault(row["party_id"], Words(en=row["party_id"]))
    for name, state in states.items():
        if "not_held" in state:
            sets[state["not_held"]["party_set"]] = (name, state["not_held"]["instrument"])
    faults = Faults()
    named = {name: Words(en=name) for name in sets}
    catalogue = load_catalogue(folder / "facts", party_sets=named, parties=listed, faults=faults)
    faults.raise_if_any()
    return RawLaw(
        version=version,
        jurisdiction=jurisdiction,
        covered_from=head["covered_from"],
        verified_through=head["verified_through"],
        vouches=vouches,
        hash=content_hash,
        parties_hash=_parties_hash(parties, [path for path in screened if path.is_file()]),
        catalogue=catalogue,
        definitions=load_file(folder / "definitions.yaml"),
        instruments=instruments,
        sets=sets,
        lists=states,
        rules=rules,
        owners=owners,
        bears_on=bears_on,
        only_where={name: _expand(rule.get("only_where", []), rules, owners) for name, rule in rules.items()},
        taken_out_by={n: [x for x in rules if is_exclusion(rules[x]) and n in bears_on[x]] for n in rules},
    )


def lists_held(law: RawLaw) -> Shown:
    """Returns how complete each list is, as written in a proof."""
    names = {*LISTS, *(name for name, _ in law.sets.values())}
    states = {name: law.lists.get(name, {"completeness": "unknown"}) for name in sorted(names)}
    return {n: {"completeness": s["completeness"], "as_of": s.get("as_of", "")} for n, s in states.items()}


def _parties_hash(parties: str, screened: Sequence[Path]) -> str:
    """Returns the hash over the tables that screening reads; that of the parties alone is over its text."""
    if [path.name for path in screened] == ["parties.csv"]:
        return hashlib.sha256(parties.encode()).hexdigest()
    return hash_files((path.name, path.read_bytes()) for path in screened)


def _hash(folder: Path) -> str:
    """Returns the hash over the rules and tables of a pack, without readings and worked cases."""
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".yaml", ".csv")]
    words = [path for path in paths if path.split("/")[-2:-1] == ["lexicon"]]
    kept = sorted(p for p in paths if p not in words and p.split("/")[-1] not in ("cases.yaml", "phrases.yaml"))
    return hash_files((path, (folder / path).read_bytes()) for path in kept)


def _laid_over(
    instruments: dict[str, Shown], overlays: Sequence[Input], head: Raw, pack_hash: str
) -> tuple[str, str, list[Shown]]:
    """Adds user-supplied notices to the instruments of the pack; returns version, hash and statements of the whole."""
    version, hashes, vouches = head["version"], [pack_hash], list[Shown]()
    names = {n: i for i, held in instruments.items() for n in (i, held["number"], *held.get("aliases", []))}
    for path in overlays:
        own: Shown = dict(load_file(path))
        version = f"{version}+{own['id']}"
        hashes.append(hashlib.sha256(read_text(path).encode()).hexdigest())
        if "vouch" in own:
            vouches.append(dict(own.pop("vouch")))
        if not set(own) <= {"id", "jurisdiction"}:
            _lay_over(instruments, names, own)
    return version, sha256(hashes) if overlays else pack_hash, vouches


def _lay_over(instruments: dict[str, Shown], names: dict[str, str], own: Shown) -> None:
    """Adds one user-supplied notice, with its changes to other instruments."""
    own.setdefault("verified_through", own["published"])
    own.setdefault("provisions", [])
    changes = own.pop("changes", [])
    for event in [*own.setdefault("events", []), *(e for change in changes for e in change["events"])]:
        for key, value in (("by", own["id"]), ("published", own["published"]), ("scope", "all")):
            event.setdefault(key, value)
    instruments[own["id"]] = own
    names |= dict.fromkeys((own["id"], *own.get("aliases", [])), own["id"])
    for name, added in ((name, change["events"]) for change in changes for name in change["instruments"]):
        number, _, year = name.partition("/")
        held = instruments[names[name] if name in names else names[f"{year}/{number}"]]
        held["events"] = [*held["events"], *added]
        held["verified_through"] = max(held["verified_through"], own["published"])


def is_exclusion(rule: Raw) -> bool:
    """Returns whether a rule excludes or replaces others."""
    return rule["effect"] in ("exempt", "out_of_scope") or rule["kind"] == "exclusion"


def bears_on_any_item(rule: Raw) -> bool:
    """Returns whether a rule requires a control of the item to be in force."""
    return rule.get("qualifies") == "any_item_control" and not is_exclusion(rule)


def _expand(names: Sequence[str], rules: Mapping[str, Raw], owners: Mapping[str, str]) -> list[str]:
    """Returns the rules of these ids; an instrument means all its rules."""
    return [rule for rule in rules if rule in names or owners[rule] in names]


def _targets(rule: Raw, rules: Mapping[str, Raw], owners: Mapping[str, str]) -> list[str]:
    names = rule.get("qualifies", [])
    if names == "any_item_control":
        return [n for n in rules if rules[n].get("dual_use") == "true"] if is_exclusion(rule) else []
    # A named instrument means its rules; its exclusions are meant only if named themselves.
    found = [n for n in _expand(names, rules, owners) if n in names or not is_exclusion(rules[n])]
    return [name for name in found if name != rule["id"]]


# Condition trees


def truth(law: RawLaw, tree: Raw, values: Values) -> Truth:
    """Returns Kleene's truth of a condition; a missing fact is unknown."""
    if "fact" in tree:
        given = values.get(tree["fact"])
        return UNKNOWN if given is None else _compared(law, tree, given)
    found = [truth(law, part, values) for part in _parts(law, tree)]
    if "all_of" in tree:
        return min(found)
    return negate(found[0]) if "not" in tree else max(found)


def matched(law: RawLaw, rule: Raw, values: Values) -> Truth:
    """Returns whether a rule fits the item and the act."""
    return min((truth(law, rule[key], values) for key in ("item", "when") if key in rule), default=YES)


def open_in(law: RawLaw, tree: Raw, values: Values) -> set[str]:
    """Returns the facts whose answer could settle a condition."""
    if truth(law, tree, values) is not UNKNOWN:
        return set()
    return {tree["fact"]} if "fact" in tree else {n for p in _parts(law, tree) for n in open_in(law, p, values)}


def _parts(law: RawLaw, tree: Raw) -> list[Raw]:
    word, body = next(iter(tree.items()))
    if word == "use":
        return [law.definitions[body]["tree"]]
    return [body] if word == "not" else list(body)


def _wanted(law: RawLaw, test: Raw) -> tuple[str, Compared]:
    """Returns the operator of a comparison, and the value or list compared with."""
    op = next(key for key in test if key not in ("fact", "open", "unit"))
    if op == "contains":
        return op, [test[op]] if isinstance(test[op], str) else test[op]
    listed = op in ("in", "overlaps")
    return op, test[op] if listed else law.catalogue.parse(test["fact"], test[op], where="pack", faults=Faults())


def _compared(law: RawLaw, test: Raw, given: Compared) -> Truth:
    op, wanted = _wanted(law, test)
    kind, absent = law.catalogue[test["fact"]].type, UNKNOWN if test.get("open") == "true" else NO
    if kind == "set":
        holds = [given.holds(member) for member in wanted]
        return YES if True in holds else UNKNOWN if None in holds else absent
    if kind in ("number", "share"):
        return _measured(op, given.low, given.high, wanted.low)
    if kind == "country" and given == "XX":
        # An unnamed country is not China, Hong Kong, Macao or Taiwan, and may be any other.
        named = [wanted] if isinstance(wanted, str) else wanted
        return absent if {"CN", "HK", "MO", "TW"}.issuperset(named) else UNKNOWN
    if op == "is":
        return YES if given == wanted else absent if kind == "country" else NO
    return _measured(op, given, given, wanted) if kind == "date" else YES if given in wanted else absent


def _measured(op: str, low: Compared, high: Compared, limit: Compared) -> Truth:
    """Compares an interval with a limit: unknown if it straddles the limit."""
    if op == "is":
        return YES if low == high == limit else UNKNOWN if low <= limit <= high else NO
    upwards, reached = op in ("at_least", "above"), op in ("at_least", "at_most")
    holds = [reached if end == limit else (end > limit) == upwards for end in (low, high)]
    return YES if all(holds) else UNKNOWN if any(holds) else NO


def traces(law: RawLaw, tree: Raw, trace: object, values: Values) -> bool:
    """Returns whether a trace is the tree, or a sufficient part of it, with the correct truths."""
    if not isinstance(trace, dict):
        return False
    found, word = truth(law, tree, values), next(iter(tree))
    if "fact" in tree:
        op, wanted = _wanted(law, tree)
        leaf = {"fact": tree["fact"], op: wanted if isinstance(wanted, list) else plain_value(wanted)}
        return trace == leaf | {"truth": found.word} | ({"open": True} if tree.get("open") == "true" else {})
    body = "of" if word == "use" else word
    shown, parts = trace.get(body), _parts(law, tree)
    if trace != {body: shown, "truth": found.word} | ({"use": tree["use"]} if word == "use" else {}):
        return False
    if not isinstance(shown, list):
        return word in ("use", "not") and traces(law, parts[0], shown, values)
    kept: list[Truth] = []
    left: list[Truth] = []
    for part in parts:
        fits = len(kept) < len(shown) and traces(law, part, shown[len(kept)], values)
        (kept if fits else left).append(truth(law, part, values))
    # A part that settles a group may appear alone; parts of an open alternative already ruled out may be omitted.
    settled = found is (NO if word == "all_of" else YES)
    enough = found in kept if settled or (word == "any_of" and found is UNKNOWN) else not left
    return len(kept) == len(shown) and enough
