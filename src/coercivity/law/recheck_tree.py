"""The pack as a re-check of proofs reads it: its files as plain mappings, its condition trees by plain recursion.

A second reading of the law pack, made for trust. It shares no code with the engine beyond `base` and `data`, and
takes a pack for granted that `rules check` has passed.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coercivity.base.canonical import hash_files, sha256
from coercivity.base.days import parse_day
from coercivity.base.exact import Interval, exact_text, parse_exact
from coercivity.base.truth import NO, UNKNOWN, YES, Truth, negate, of
from coercivity.data.textyaml import load_file, read_text
from coercivity.data.values import FactValue, SetValue, plain_value

Raw = Mapping[str, Any]
Values = Mapping[str, FactValue]
CHINA, ABROAD = "CN", "XX"


@dataclass(frozen=True, slots=True)
class RawLaw:
    """A pack as it stands in its files.

    Attributes:
        head: Content of `pack.yaml`.
        facts: The fact catalogue, by name, in the order of its files.
        sets: List and instrument of every party set.
        rules: Provisions with an effect, by id, in the order of instruments.
        owners: Instrument of every rule.
        bears_on: The rules that a rule qualifies.
        taken_out_by: The exclusions that qualify a rule.
    """

    head: Raw
    hash: str
    parties_hash: str
    facts: Mapping[str, Raw]
    countries: Raw
    definitions: Raw
    instruments: Mapping[str, Raw]
    sets: Mapping[str, tuple[str, str]]
    rules: Mapping[str, Raw]
    owners: Mapping[str, str]
    bears_on: Mapping[str, list[str]]
    taken_out_by: Mapping[str, list[str]]


def read_raw_law(folder: Path, overlays: Sequence[Path] = ()) -> RawLaw:
    """Returns a pack, with further instruments laid over it.

    Raises:
        CoercivityError: When a file is missing or not readable.
    """
    catalogues = [path for path in sorted((folder / "facts").glob("*.yaml")) if path.name != "countries.yaml"]
    parties = (folder / "parties.csv").read_text(encoding="utf-8")
    paths = [*sorted((folder / "instruments").glob("*/instrument.yaml")), *overlays]
    instruments = {instrument["id"]: instrument for instrument in map(load_file, paths)}
    pairs = [(p, name) for name in sorted(instruments) for p in instruments[name]["provisions"]]
    rules = {p["id"]: p for p, _ in pairs if p["effect"] not in ("none", "duty")}
    owners = {p["id"]: name for p, name in pairs if p["id"] in rules}
    bears_on = {name: _targets(rule, rules, owners) for name, rule in rules.items()}
    takers = {n: [x for x in rules if is_exclusion(rules[x]) and n in bears_on[x]] for n in rules}
    sets: dict[str, tuple[str, str]] = {}
    for row in csv.DictReader(parties.splitlines()):
        sets.setdefault(row["party_set"], (row["list"], row["instrument_id"]))
    return RawLaw(
        head=load_file(folder / "pack.yaml"),
        hash=_hash(folder, overlays),
        parties_hash=hashlib.sha256(parties.encode()).hexdigest(),
        facts={spec["name"]: spec for path in catalogues for spec in load_file(path)},
        countries=load_file(folder / "facts" / "countries.yaml"),
        definitions=load_file(folder / "definitions.yaml"),
        instruments=instruments,
        sets=sets,
        rules=rules,
        owners=owners,
        bears_on=bears_on,
        taken_out_by=takers,
    )


def _hash(folder: Path, overlays: Sequence[Path]) -> str:
    """The hash over the rules and tables of a pack; readings and worked cases change no decision."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".yaml", ".csv")]
    kept = sorted(name for name in names if name.split("/")[-1] != "cases.yaml")
    pack = hash_files((name, (folder / name).read_bytes()) for name in kept)
    return sha256([pack, *(hashlib.sha256(read_text(p).encode()).hexdigest() for p in overlays)]) if overlays else pack


def is_exclusion(rule: Raw) -> bool:
    """Returns whether a rule takes others out, or takes their place."""
    return rule["effect"] in ("exempt", "out_of_scope") or rule["kind"] == "exclusion"


def expand(name: str, rules: Mapping[str, Raw], owners: Mapping[str, str]) -> list[str]:
    """Returns the rule of that id, or the rules of the instrument of that id."""
    return [name] if name in rules else [rule for rule in rules if owners[rule] == name]


def _targets(rule: Raw, rules: Mapping[str, Raw], owners: Mapping[str, str]) -> list[str]:
    """What a rule bears on; an instrument that is named stands for its rules, not for its exclusions."""
    names = rule.get("qualifies", [])
    if names == "any_item_control":
        return [n for n in rules if rules[n].get("dual_use") == "true"] if is_exclusion(rule) else []
    found = {n for name in names for n in expand(name, rules, owners) if n == name or not is_exclusion(rules[n])}
    return [name for name in rules if name in found - {rule["id"]}]


def read_value(law: RawLaw, name: str, plain: Any) -> FactValue:
    """Returns the value of a fact from its form in a proof.

    Raises:
        ValueError: When the catalogue has no such fact, or the fact no such value.
    """
    spec = law.facts.get(name)
    if spec is None:
        raise ValueError("the catalogue has no such fact")
    kind = spec["type"]
    if kind == "flag" and isinstance(plain, bool):
        return plain
    if kind == "set":
        return _read_set(plain, law.sets if name == "party_sets" else spec.get("values", {}))
    if kind in ("number", "share"):
        ends = [plain] if isinstance(plain, str) else plain
        value = Interval(parse_exact(ends[0]), parse_exact(ends[-1]))
        least, most = spec.get("range", [str(-(10**9)) if spec.get("unit") == "degC" else "0", str(9 * 10**9)])
        if len(ends) <= 2 and parse_exact(least) <= value.low and value.high <= parse_exact(most):
            return value
    if isinstance(plain, str):
        if kind == "date":
            return parse_day(plain)
        if kind in ("party", "text") and plain.strip():
            return plain
        if plain in {"choice": spec.get("values", {}), "country": law.countries}.get(kind, ()):
            return plain
    raise ValueError(f"it cannot be {str(plain)[:60]!r}")


def _read_set(plain: Any, members: Raw) -> SetValue:
    has, lacks = (plain["has"], plain["lacks"]) if isinstance(plain, dict) else (plain, [])
    for member in [*has, *lacks]:
        if not isinstance(has, list) or (members and member not in members) or (member in has and member in lacks):
            raise ValueError(f"it cannot hold {str(member)[:60]!r}")
    return SetValue(frozenset(has), frozenset(lacks), complete=not isinstance(plain, dict))


def written(law: RawLaw, fact: str, raw: Any) -> Any:
    """Returns a value of the pack, where all is text, as proofs write it."""
    kind = law.facts[fact]["type"]
    if kind in ("number", "share"):
        return exact_text(parse_exact(raw))
    if kind == "set":
        return raw if isinstance(raw, list) else [raw]
    return raw == "true" if kind == "flag" else raw


def truth(law: RawLaw, tree: Raw, values: Values) -> Truth:
    """Returns Kleene's truth of a condition; a fact that is not given is unknown."""
    if "fact" in tree:
        given = values.get(tree["fact"])
        return UNKNOWN if given is None else _compared(law, tree, given)
    found = [truth(law, part, values) for part in _parts(law, tree)]
    if "all_of" in tree:
        return min(found)
    return negate(found[0]) if "not" in tree else max(found)


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


def _op(test: Raw) -> str:
    return next(key for key in test if key not in ("fact", "open", "unit"))


def _compared(law: RawLaw, test: Raw, given: Any) -> Truth:
    op, kind = _op(test), law.facts[test["fact"]]["type"]
    wanted = written(law, test["fact"], test[op])
    places = wanted if isinstance(wanted, list) else [wanted]
    absent = UNKNOWN if test.get("open") == "true" else NO
    if kind == "set":
        holds = [given.holds(member) for member in places]
        return YES if True in holds else UNKNOWN if None in holds else absent
    if kind == "country" and given == ABROAD:
        # An unnamed country other than China may be any of the others.
        return UNKNOWN if set(places) - {CHINA} else absent
    if kind in ("number", "share"):
        return _measured(op, given.low, given.high, parse_exact(wanted))
    if op in ("is", "in"):
        return YES if given in places else absent if op == "in" or kind == "country" else NO
    day = parse_day(wanted)
    return _measured(op, given, given, day)


def _measured(op: str, low: Any, high: Any, limit: Any) -> Truth:
    """Two ends against a limit: yes or no where both ends say so, unknown where they straddle it."""
    if op == "is":
        return of(low == limit) if low == high else of(low <= limit <= high) and UNKNOWN
    tests = {"at_least": (low >= limit, high >= limit), "at_most": (low <= limit, high <= limit)}
    tests |= {"above": (low > limit, high > limit), "below": (low < limit, high < limit)}
    return of(tests[op][0]) if tests[op][0] == tests[op][1] else UNKNOWN


def traces(law: RawLaw, tree: Raw, trace: Any, values: Values) -> bool:
    """Returns whether a trace is the tree, or as much of it as settles it, with the real values and truths."""
    found = truth(law, tree, values)
    if not isinstance(trace, dict) or trace.get("truth") != found.word:
        return False
    if "fact" in tree:
        return trace == _leaf(law, tree, values, found)
    word, parts = next(iter(tree)), _parts(law, tree)
    if word == "use":
        same = set(trace) == {"use", "truth", "of"} and trace["use"] == tree["use"]
        return same and traces(law, parts[0], trace["of"], values)
    if set(trace) != {word, "truth"} or word == "not":
        return set(trace) == {word, "truth"} and traces(law, parts[0], trace["not"], values)
    shown = list(trace[word]) if isinstance(trace[word], list) else [None]
    kept, left = [], []
    for part in parts:
        fits = bool(shown) and traces(law, part, shown[0], values)
        (kept if fits else left).append(truth(law, part, values))
        shown = shown[1:] if fits else shown
    settling = NO if word == "all_of" else YES
    # Where one part settles a group it may stand alone; of an open alternative what is out already may be left out.
    enough = settling in kept if found is settling else not left or (found is UNKNOWN and word == "any_of")
    return not shown and enough and (found is settling or set(left) <= {NO})


def _leaf(law: RawLaw, test: Raw, values: Values, found: Truth) -> dict[str, Any]:
    fact, op = test["fact"], _op(test)
    leaf: dict[str, Any] = {"fact": fact, op: written(law, fact, test[op]), "truth": found.word}
    if fact in values:
        leaf["value"] = plain_value(values[fact])
    return leaf | ({"open": True} if test.get("open") == "true" else {})
