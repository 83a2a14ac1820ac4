"""Independent re-check of proofs, based only on a proof and the files of the pack.

It shares no code with the engine beyond `base` and `data`: no rulebook, evaluator, candidate index, status, matches,
decide or proof. It is deliberately plain and slow, so that anyone who does not trust the engine can read it.

Re-derived in full and compared: the hashes of proof, pack and party lists; the derived facts; the status of every rule
with its event and branches; the relevant provisions, each with reference, effect, match, the rules it qualifies,
the rules that exclude it or could; every branch with finding, outcome, rules that apply or are suspended; finding,
outcome, ceiling, `may_become`, `missing`, `open_standing`, `instruments_used`, `verified_through`, `unverified` and the
statements of persons who looked for newer notices.

Only checked for soundness: a trace (`item`, `when`) must be part of the pack's tree with the correct truths
and sufficient for its truth, no matter which of several sufficient parts it shows; the branches listed must cover every
scenario for unknown statuses, each once and correctly, at any level of detail; a role may say `bites` or
`would_bite` only if true in every branch listed, and the other roles are not distinguished; the floor may not
be above the outcome of any branch; the order of steps is free.

Of the names only that they agree: what screening found is a question, an answer, or a notice in `party_sets`, the lists
of the law are those of the pack, and a name that nobody identified holds PROCEED back. Names are not screened again.

Accepted as stated: the facts not marked as derived, even if they contradict each other, their sources, entries of the
deal that could not be read, the lists screened, both dates, the assumptions and the engine version. A proof in which
a stated fact was changed consistently is the proof of another deal, and is valid if that proof is correct.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from coercivity.base.canonical import sha256
from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError, Faults, brief_value
from coercivity.base.truth import NO, YES
from coercivity.data.input import Input
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.law.recheck import names, pack
from coercivity.law.recheck.engine import (
    FINDINGS,
    LICENCE,
    NEED_FACTS,
    NOT_HELD,
    RISE,
    BranchWay,
    Pass,
    as_searched,
    decided,
    open_sets,
    outcome_of,
    with_lists,
)
from coercivity.law.recheck.pack import RawLaw, Values
from coercivity.law.recheck.status import ENDED, NOT_YET, OPEN, SUSPENDED, Raw, Shown, status_on

SCHEMA = "coercivity/proof/3"
SCHEMAS = (SCHEMA, "coercivity/proof/2")  # the one before has no names without a hit
OTHER_ROLES: tuple[str, ...] = (
    "depends",
    "might_bite",
    "exempts",
    "takes_out",
    "taken_out",
    "open_exclusion",
    "paused",
    "not_yet",
)
OTHER_ROLES += ("no_effect",)
MOST_IN_DOUBT = 4
REST = "other_content"  # words beside facts that were read
# The rules' part; its hash is `ruling` in the deal's part, which the decision hash covers.
RULING: tuple[str, ...] = ("branches", "finding", "instruments_used", "interval", "may_become", "missing")
RULING += ("open_standing", "outcome", "steps", "unverified")
FORM: Mapping[str, type] = {
    **dict.fromkeys(("schema", "engine", "on", "known", "verified_through", "finding", "outcome"), str),
    **dict.fromkeys(("ruling", "hash"), str),
    **dict.fromkeys(("instruments_used", "facts", "missing", "open_standing", "steps", "branches", "interval"), list),
    **{"pack": dict, "assume": dict, "lists": dict, "unverified": bool},
}
INNER = {"facts": ("fact", "said_by"), "steps": ("provision",), "branches": ("finding",)}


def recheck(proof: Raw, folder: Path, overlays: Sequence[Input] = ()) -> list[str]:
    """Returns the errors of a proof as sentences; an empty list means that it is valid.

    Args:
        proof: The proof as plain data, schema `coercivity/proof/3` or the one before.
        folder: Folder of the law pack.
        overlays: Files of user-supplied notices.

    Raises:
        CoercivityError: PROOF-FORM if it is not a valid proof document; other codes if the pack is not readable.
    """
    stated = proof.get("pack")
    jurisdiction = stated.get("jurisdiction", "") if isinstance(stated, dict) else ""
    return recheck_by(pack.read_raw_law(folder, overlays, str(jurisdiction)), proof)


def recheck_by(law: RawLaw, proof: Raw) -> list[str]:
    """Returns the result of `recheck` for a pack already read."""
    wrong = [key for key, kind in FORM.items() if not isinstance(proof.get(key), kind)]
    for key in [key for key in INNER if key not in wrong]:
        entries = [entry if isinstance(entry, dict) else {} for entry in proof[key]]
        wrong += [key for entry in entries if not all(isinstance(entry.get(word), str) for word in INNER[key])]
    if not all(isinstance(word, str) for word in proof.get("unread", ())):
        wrong.append("unread")
    if not names.are_names(proof.get("names", [])):
        wrong.append("names")
    if proof.get("schema") == SCHEMA and not names.is_screened(proof.get("screened")):
        wrong.append("screened")
    if "lists" not in wrong and not _are_lists(proof["lists"]):
        wrong.append("lists")
    keys = {
        *FORM,
        "may_become",
        "unread",
        "names",
        "vouches",
        *(("screened",) if proof.get("schema") == SCHEMA else ()),
    }
    if wrong or proof["schema"] not in SCHEMAS or set(proof) - keys:
        what = f"not a valid {SCHEMA}: {', '.join(wrong[:9]) or 'wrong schema, or unknown keys'}"
        raise CoercivityError.of("PROOF-FORM", what, next="pass the proof exactly as written by coercivity")
    try:
        ruling = sha256({key: proof[key] for key in RULING if key in proof})
        around = {key: value for key, value in proof.items() if key not in (*RULING, "hash")}
        content = sha256({**around, "ruling": ruling})
    except (TypeError, ValueError, RecursionError) as error:
        raise CoercivityError.of("PROOF-FORM", f"it cannot be hashed: {error}"[:200]) from None
    sealed = (ruling, content) == (proof["ruling"], proof["hash"])
    found = [] if sealed else ["the content does not match the stated hash"]
    own = {"version": law.version, "hash": law.hash} | ({"jurisdiction": law.jurisdiction} if law.jurisdiction else {})
    if proof["pack"] != own or proof["lists"].get("packed") != law.parties_hash:
        found.append("it was made with another rulebook, or with other party lists")
    if not set(proof["lists"]["searched"]) <= set(pack.LISTS):
        found.append("a list that does not exist is said to have been searched")
    if not any(sign.isalpha() for sign in proof["lists"].get("search", {"by": "a person"})["by"]):
        found.append("the search of the lists is not signed")
    if proof["lists"].get("held") != pack.lists_held(law):
        found.append("the completeness of the party lists is not as in the rulebook")
    if proof.get("vouches", []) != list(law.vouches):
        found.append("vouches are not the statements of the files given")
    given: dict[str, FactValue] = {}
    faults = [*_faults_of_input(law, proof), *_faults_of_facts(law, proof, given)]
    faults += names.faults_of_names(law, proof, given)
    return [*found, *(faults or _Again(law, proof, given).faults())]


def _are_lists(lists: Raw) -> bool:
    """Returns whether the lists and the search of them have the correct form."""
    search = lists.get("search", {"by": "", "on": ""})
    texts = (
        isinstance(search, dict) and set(search) == {"by", "on"} and all(isinstance(t, str) for t in search.values())
    )
    searched = lists.get("searched")
    named = isinstance(searched, dict) and all(isinstance(text, str) for text in searched.values())
    return texts and named and set(lists) <= {"held", "searched", "packed", "search"}


def _faults_of_input(law: RawLaw, proof: Raw) -> Iterator[str]:
    assumed = [str(text).removeprefix("extended:") for text in proof["assume"].values() if text != "lapsed"]
    searched = proof["lists"].get("search", {}).get("on", proof["on"])
    for text in (proof["on"], proof["known"], *assumed, *([] if searched == "transaction date" else [searched])):
        try:
            parse_day(text)
        except ValueError as error:
            yield f"on, known, assume: {error}"
    if not set(proof["assume"]) <= set(law.instruments):
        yield "assume names an instrument that does not exist"


def _faults_of_facts(law: RawLaw, proof: Raw, given: dict[str, FactValue]) -> Iterator[str]:
    """Fills in the stated facts; yields their errors."""
    names = [entry["fact"] for entry in proof["facts"]]
    for name, entry in zip(names, proof["facts"], strict=True):
        value = _value(law, name, entry.get("value"))
        if value is None or names.count(name) > 1:
            yield f"fact {name[:60]!r} cannot be {brief_value(entry.get('value'))!r}, or appears twice"
        elif entry["said_by"] != "derived":
            given[name] = value


def _value(law: RawLaw, name: str, plain: object) -> FactValue | None:
    """Returns the value of a fact from its form in a proof or in the pack; None if there is no such fact or value."""
    if isinstance(plain, dict):
        has, lacks = (_value(law, name, plain.get(key)) for key in ("has", "lacks"))
        if not isinstance(has, SetValue) or not isinstance(lacks, SetValue) or has.has & lacks.has:
            return None
        return SetValue(has.has, lacks.has, complete=False)
    text = str(plain).lower() if isinstance(plain, bool) else plain
    return law.catalogue.parse(name, text, where="proof", faults=Faults())


def _benign_sets(law: RawLaw, sets: FactValue, left: frozenset[str]) -> SetValue:
    """Returns party sets as if the notices left open named no party."""
    assert isinstance(sets, SetValue)
    lacks = sets.lacks | left
    return SetValue(sets.has, lacks, complete=sets.has | lacks == frozenset(law.sets))


class _Again:
    """The decision recomputed from the stated facts, and the differences in the proof."""

    def __init__(self, law: RawLaw, proof: Raw, given: Values) -> None:
        stated = as_searched(law, given, proof["lists"], proof["on"])
        self.law, self.proof, self.given, self.raw = law, proof, given, decided(stated)
        left = open_sets(law, self.raw, proof.get("names", []))
        answered = {n for n in self.raw if n != "party_sets" or not left}
        specs = {n: s for n, s in law.catalogue.items() if s.standing and n != "listed_on" and n not in answered}
        asked_where = {n: s.asked_where for n, s in specs.items() if isinstance(s.asked_where, dict)}
        self.asked = [n for n in specs if n not in asked_where or pack.truth(law, asked_where[n], self.raw) is not NO]
        answers = {name: _value(law, name, spec.benign) for name, spec in specs.items()}
        if left:
            answers["party_sets"] = _benign_sets(law, self.raw["party_sets"], left)
        self.benign = decided({**stated, **{n: value for n, value in answers.items() if value is not None}})
        self.status = {name: self._status(law.owners[name], rule) for name, rule in law.rules.items()}
        listings = {
            o: next(p for p in law.instruments[o]["provisions"] if p["kind"] == "listing") for _, o in law.sets.values()
        }
        self.sets = {name: self._status(owner, listings[owner]) for name, (_, owner) in law.sets.items()}
        self.ways = [self._way(picks) for picks in self._picks()]

    def _status(self, owner: str, provision: Raw) -> Shown:
        proof = self.proof
        assumed = proof["assume"].get(owner)
        return status_on(self.law.instruments[owner], provision, proof["on"], proof["known"], assumed)

    def _picks(self) -> list[dict[str, str]]:
        """Returns the scenarios for the unknown statuses that affect the deal, as labels by instrument."""
        law, doubts = self.law, dict[str, list[str]]()
        values = with_lists(law, self.raw, {name: status["status"] for name, status in self.sets.items()})
        bare = Pass(law, values, dict.fromkeys(law.rules, NOT_YET))
        item_asked = any(bare.match[n] is not NO and pack.bears_on_any_item(rule) for n, rule in law.rules.items())
        for name, rule in law.rules.items():
            # A control in doubt counts for rules that qualify the item, even if it does not cover the act.
            item = item_asked and rule.get("dual_use") == "true" and "item" in rule
            touches = bare.in_play(name) or (item and pack.truth(law, rule["item"], values) is not NO)
            if touches and self.status[name]["status"] == OPEN:
                doubts[law.owners[name]] = list(self.status[name]["branches"])
        sets = self.raw.get("party_sets")
        for name in sorted(sets.has) if isinstance(sets, SetValue) else ():
            if self.sets[name]["status"] == OPEN:
                doubts[law.sets[name][1]] = list(self.sets[name]["branches"])
        owners = sorted(doubts)
        if len(owners) <= MOST_IN_DOUBT:
            return [dict(zip(owners, way, strict=True)) for way in product(*(doubts[name] for name in owners))]
        # A deal with few facts: the two extremes, and from each every single change.
        first, last = ({name: doubts[name][end] for name in owners} for end in (0, -1))
        turns = [{**one, name: other[name]} for one, other in ((first, last), (last, first)) for name in owners]
        return [first, last, *turns]

    def _way(self, picks: Mapping[str, str]) -> BranchWay:
        law = self.law
        states = {n: _resolved(law.sets[n][1], status, picks) for n, status in self.sets.items()}
        status = {n: _resolved(law.owners[n], status, picks) for n, status in self.status.items()}
        status = {n: NOT_YET if word == OPEN else word for n, word in status.items()}  # it does not affect the deal
        benign, raw = (Pass(law, with_lists(law, facts, states), status) for facts in (self.benign, self.raw))
        return BranchWay(picks, benign, raw, held=self._first_day() <= self.proof["on"] and bool(law.rules))

    def _first_day(self) -> str:
        """Returns the first date covered; it is earlier for a deal that passes on know-how alone."""
        know_how = pack.truth(self.law, {"use": "only_know_how"}, self.raw)
        return self.law.covered_from["technology" if know_how is YES else "goods"]

    def faults(self) -> Iterator[str]:
        """Yields the differences in the proof."""
        covered = [self._covered(branch) for branch in self.proof["branches"]]
        yield from self._faults_of_derived()
        yield from self._faults_of_branches(covered)
        yield from self._faults_of_steps([ways[0] for ways in covered if ways] or self.ways)
        for key, value in self._answer().items():
            if self.proof.get(key) != value:
                yield f"{key} is {brief_value(self.proof.get(key))}; the rules give {brief_value(value)}"
        floor, ceiling = [*self.proof["interval"], "", ""][:2]
        most = max((way.ceiling for way in self.ways), key=RISE.index)
        lows = [RISE.index(way.outcome) for way in self.ways if way.outcome in RISE]
        if ceiling != most or floor not in RISE[: min([*lows, RISE.index(most)]) + 1]:
            yield f"interval is {brief_value(self.proof['interval'])}; under the rules up to {most} is possible"

    def _faults_of_derived(self) -> Iterator[str]:
        stated, values = {entry["fact"]: entry for entry in self.proof["facts"]}, self.ways[0].raw.values
        for name, value in {**values, **self.given}.items():
            said = stated.get(name, {"said_by": ""})
            if said.get("value") != plain_value(value) or (said["said_by"] == "derived") != (name not in self.given):
                yield f"fact {name} should be {brief_value(plain_value(value))}"
        yield from (f"fact {name} cannot be derived" for name in stated if name not in values)

    def _covered(self, branch: Raw) -> list[BranchWay]:
        picks = branch.get("picks", {})
        return [way for way in self.ways if isinstance(picks, dict) and picks.items() <= way.picks.items()]

    def _faults_of_branches(self, covered: list[list[BranchWay]]) -> Iterator[str]:
        for way in self.ways:
            if sum(way in ways for ways in covered) != 1:
                yield f"branch {brief_value(dict(way.picks))} is missing, or appears twice"
        for branch, ways in zip(self.proof["branches"], covered, strict=True):
            same = {(way.finding, way.outcome) for way in ways}
            if len(same) != 1 or branch != ways[0].shown(branch.get("picks")):
                should = brief_value([way.shown({}) for way in ways[:1]])
                yield f"a branch is {brief_value(branch)}; the rules give {should}, and {len(same)} findings"

    def _faults_of_steps(self, shown: list[BranchWay]) -> Iterator[str]:
        raw, names = shown[0].raw, [step["provision"] for step in self.proof["steps"]]
        should = {n for n in self.law.rules if raw.in_play(n) and self.status[n]["status"] != ENDED}
        yield from (f"step {name} is missing" for name in sorted(should - set(names)))
        for name, step in zip(names, self.proof["steps"], strict=True):
            if name not in should or names.count(name) > 1:
                yield f"step {name[:60]} does not belong in the proof, or appears twice"
                continue
            rule, wanted = self.law.rules[name], self._step(name, shown)
            for key in [key for key in ("item", "when") if key in rule]:
                if not pack.traces(self.law, rule[key], step.get(key), raw.values):
                    yield f"step {name}: {key} does not match the rulebook's condition for the facts of the proof"
                wanted[key] = step.get(key)
            if step.get("role") not in ([wanted["role"]] if wanted["role"] else OTHER_ROLES):
                yield f"step {name}: role is {brief_value(step.get('role'))}; expected {wanted['role'] or 'another'}"
            for key in sorted({*step, *wanted} - {"role"}):
                if step.get(key) != wanted.get(key):
                    yield f"step {name}: {key} is {brief_value(step.get(key))}; expected {brief_value(wanted.get(key))}"

    def _step(self, name: str, shown: list[BranchWay]) -> Shown:
        """Returns a step without its two conditions; of roles only the two for rules that apply."""
        law, rule, raw = self.law, self.law.rules[name], shown[0].raw
        found = {key: rule[key] for key in ("ref", "effect", "ceiling", "remains") if key in rule}
        found |= {"basis": rule["basis"]} if rule.get("basis", "read") != "read" else {}
        found |= {"instrument": law.owners[name], "provision": name}
        found |= {"status": self.status[name], "match": raw.match[name].word, "role": ""}
        for role, ways in (("bites", [w.benign.bites for w in shown]), ("would_bite", [w.suspended for w in shown])):
            found["role"] = role if all(name in names for names in ways) else found["role"]
        if pack.bears_on_any_item(rule):
            found["bears_on"] = {"any_item_control": raw.item.word}
        elif law.bears_on[name] and not pack.is_exclusion(rule):
            found["bears_on"] = {b: raw.match[b].word for b in law.bears_on[name] if raw.match[b] is not NO}
        taken_out = {way.benign.out[name] for way in shown if name in way.benign.out}
        unless = set[str]().union(*(way.benign.unless.get(name, ()) for way in shown))
        rest = {"taken_out_by": sorted(taken_out), "unless": sorted(unless)}
        return found | {key: value for key, value in rest.items() if value}

    def _answer(self) -> Shown:
        """Returns the overall result."""
        ways, catalogue, on = self.ways, self.law.catalogue, self.proof["on"]
        findings = [way.finding for way in ways]
        low, high = min(findings), max(findings)
        finding = low if low == high or low >= LICENCE else NEED_FACTS
        if high < NEED_FACTS and len({way.outcome for way in ways}) == 1:
            finding = high
        outcome = outcome_of(finding, any(way.certificate for way in ways))
        turning = set[str]().union(*(way.raw.open_facts(way.raw.might) for way in ways))
        unanswered = [n for n in self.asked if catalogue[n].asked_where != "in_play" or n in turning]
        open_names = set[str]().union(*(way.benign.open_facts(way.raising) for way in ways))
        used = self._used()
        horizon = self._horizon(used)
        # A person's statement extends the dates for PROCEED up to the information cut-off, and changes no status.
        looked = min(self.proof["known"], max([horizon, *(vouch["through"] for vouch in self.law.vouches)]))
        unverified = finding == NOT_HELD or (outcome == "PROCEED" and on > looked)
        unread = self._unread(outcome)
        named = any(names.holds(question, on) for question in self.proof.get("names", []))
        held = unread or (outcome == "PROCEED" and (unanswered or unverified or named))
        warned = outcome == "LICENCE" and not held and any(way.may_become == "STOP" for way in ways)
        return {
            "finding": FINDINGS[finding],
            "outcome": "UNKNOWN" if held else outcome,
            "may_become": "STOP" if warned else None,
            "unverified": unverified,
            "open_standing": unanswered,
            "missing": [name for name in catalogue if name in open_names and not catalogue[name].standing],
            "instruments_used": used,
            "verified_through": horizon,
        }

    def _unread(self, outcome: str) -> bool:
        """Tells whether unread entries hold an outcome back; words beside facts that were read hold a PROCEED only."""
        unread = set(self.proof.get("unread", ()))
        said = next((fact["value"] for fact in self.proof["facts"] if fact["fact"] == REST), None)
        rest = outcome == "PROCEED" and (said is True or (REST in unread and said is not False))
        return rest or (outcome != "STOP" and bool(unread - {REST}))

    def _used(self) -> list[str]:
        """Returns the instruments that applied, are suspended, not yet in force or in doubt if they fit, or exclude."""
        law, first = self.law, self.ways[0]
        names: set[str] = set()
        for way in self.ways:
            names |= way.benign.bites | way.raising | way.suspended | way.perhaps | way.benign.exempts
            out = {name: by for name, by in way.benign.out.items() if not pack.is_exclusion(law.rules[name])}
            names |= {*out.keys(), *out.values()}
        found = {law.owners[name] for name in names}
        for name, status in self.status.items():
            fits = first.benign.match[name] is YES and first.benign.in_play(name)
            waits = status["status"] in (NOT_YET, SUSPENDED) and fits
            if waits or (status["status"] == OPEN and law.owners[name] in first.picks):
                found |= {law.owners[name], status.get("event", {}).get("by", law.owners[name])}
        return sorted(found & set(law.instruments))

    def _horizon(self, used: list[str]) -> str:
        """Returns the earliest of `known` and the last checks used; an assumed suspension counts as verified."""
        instruments, assume = self.law.instruments, self.proof["assume"]
        events = [event for name in assume for event in instruments[name]["events"]]
        assumed = {*assume, *(event["by"] for event in events if event["type"] == "suspension")}
        least = {name: self.proof["on"] if name in assumed else "" for name in used}
        checked = [
            max(least[n], min(instruments[n]["verified_through"], self.law.verified_through))
            for n in used
            if instruments[n]["type"] != "guidance"
        ]
        return str(min([self.proof["known"], *(checked or [self.law.verified_through])]))


def _resolved(owner: str, status: Raw, picks: Mapping[str, str]) -> str:
    if status["status"] != OPEN or owner not in picks:
        return str(status["status"])
    branches: Mapping[str, str] = status["branches"]
    return branches.get(picks[owner], next(iter(branches.values())))
