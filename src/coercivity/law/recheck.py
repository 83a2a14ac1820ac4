"""A second, independent reading of proofs: it knows nothing but a proof and the files of the pack.

It shares no code with the engine beyond `base` and `data`: no rulebook, circuit, sieve, status, derive, judge, decide
or proof. It is plain and slow on purpose: whoever does not trust the engine has this file and `recheck_pack` to read.

Re-derived in full and compared: the hashes of proof, pack and party lists; the derived facts; the status of every rule
with its event and branches; which provisions are in play, and of each its reference, effect, match, what it bears on,
what takes it out and what still could; every branch with finding, outcome, what bites and what is paused; finding,
outcome, ceiling, `may_become`, `missing`, `open_standing`, `instruments_used`, `verified_through` and `unverified`.

Only checked for soundness: a trace (`item`, `when`) has to be a part of the pack's tree with the real values and truths
that by itself gives its truth, whichever of several sufficient parts it shows; the branches listed have to cover every
way of resolving what is unknown, each once and rightly, however finely they tell ways apart; a role may say `bites` or
`would_bite` exactly where that holds in every branch listed, and the other roles are not told apart; the floor may not
lie above the outcome of any branch; the order of steps is free.

Taken as stated: the facts not marked as derived, even where they contradict each other, who said each, the lists
searched, both days, the assumptions and the version of the engine. A proof in which a stated fact was changed
throughout is the proof of another deal, and stands if it is a right one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from coercivity.base.canonical import sha256
from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError, Faults, brief_value
from coercivity.base.exact import Interval
from coercivity.base.truth import NO, UNKNOWN, YES, Truth, negate
from coercivity.data.values import FactValue, SetValue, plain_value
from coercivity.law import recheck_pack as pack
from coercivity.law.recheck_pack import ENDED, IN_FORCE, NOT_YET, OPEN, SUSPENDED, Raw, RawLaw, Values

SCHEMA = "coercivity/proof/1"
FINDINGS: tuple[str, ...] = ("not_controlled", "exempt", "suspended", "need_facts", "licence_required", "case_by_case")
FINDINGS += ("presumed_denial", "prohibited")
EXEMPT, PAUSED, NEED_FACTS, LICENCE, DENIAL = 1, 2, 3, 4, 6
RISE = ("PROCEED", "LICENCE", "STOP")
LISTS = ("control_list", "watch_list", "unreliable_entity_list", "countermeasures")
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
FORM: Mapping[str, type] = {
    **dict.fromkeys(("schema", "engine", "on", "known", "verified_through", "finding", "outcome", "hash"), str),
    **dict.fromkeys(("instruments_used", "facts", "missing", "open_standing", "steps", "branches", "interval"), list),
    **{"pack": dict, "assume": dict, "lists": dict, "unverified": bool},
}
INNER = {"facts": ("fact", "said_by"), "steps": ("provision",), "branches": ("finding",)}


def recheck(proof: Mapping[str, Any], folder: Path, overlays: Sequence[Path] = ()) -> list[str]:
    """Returns what does not hold in a proof, as sentences; an empty list means that it stands.

    Args:
        proof: The proof as plain data, schema `coercivity/proof/1`.
        folder: Folder of the law pack.
        overlays: Files of instruments laid over the pack.

    Raises:
        CoercivityError: PROOF-FORM when it has not the form of a proof; other codes when the pack is not readable.
    """
    return recheck_by(pack.read_raw_law(folder, overlays), proof)


def recheck_by(law: RawLaw, proof: Mapping[str, Any]) -> list[str]:
    """Returns what `recheck` returns, for a pack that is read already."""
    wrong = [key for key, kind in FORM.items() if not isinstance(proof.get(key), kind)]
    for key in [key for key in INNER if key not in wrong]:
        entries = [entry if isinstance(entry, dict) else {} for entry in proof[key]]
        wrong += [key for entry in entries if not all(isinstance(entry.get(word), str) for word in INNER[key])]
    if wrong or proof["schema"] != SCHEMA or set(proof) - {*FORM, "may_become"}:
        what = f"it has not the form of {SCHEMA}: {', '.join(wrong[:9]) or 'schema, or keys that are not its own'}"
        raise CoercivityError.of("PROOF-FORM", what, next="pass a proof as written")
    try:
        content = sha256({key: value for key, value in proof.items() if key != "hash"})
    except (TypeError, ValueError, RecursionError) as error:
        raise CoercivityError.of("PROOF-FORM", f"it cannot be hashed: {error}"[:200]) from None
    found = [] if content == proof["hash"] else ["the content does not give the stated hash"]
    if proof["pack"] != {"version": law.version, "hash": law.hash} or proof["lists"].get("packed") != law.parties_hash:
        found.append("it was made with another pack, or with other party lists")
    given: dict[str, FactValue] = {}
    faults = [*_faults_of_input(law, proof), *_faults_of_facts(law, proof, given)]
    return [*found, *(faults or _Again(law, proof, given).faults())]


def _faults_of_input(law: RawLaw, proof: Raw) -> Iterator[str]:
    assumed = [str(text).removeprefix("extended:") for text in proof["assume"].values() if text != "lapsed"]
    for text in (proof["on"], proof["known"], *assumed):
        try:
            parse_day(text)
        except ValueError as error:
            yield f"on, known, assume: {error}"
    if not set(proof["assume"]) <= set(law.instruments):
        yield "assume names an instrument that does not exist"


def _faults_of_facts(law: RawLaw, proof: Raw, given: dict[str, FactValue]) -> Iterator[str]:
    """Fills in the facts that were stated; yields what is wrong with any."""
    names = [entry["fact"] for entry in proof["facts"]]
    for name, entry in zip(names, proof["facts"], strict=True):
        value = _value(law, name, entry.get("value"))
        if value is None or names.count(name) > 1:
            yield f"fact {name[:60]!r} cannot be {brief_value(entry.get('value'))!r}, or stands twice"
        elif entry["said_by"] != "derived":
            given[name] = value


def _value(law: RawLaw, name: str, plain: Any) -> FactValue | None:
    """The value of a fact from its form in a proof or in the pack; None where there is no such fact or value."""
    if isinstance(plain, dict):
        has, lacks = (_value(law, name, plain.get(key)) for key in ("has", "lacks"))
        if not isinstance(has, SetValue) or not isinstance(lacks, SetValue) or has.has & lacks.has:
            return None
        return SetValue(has.has, lacks.has, complete=False)
    text = str(plain).lower() if isinstance(plain, bool) else plain
    return law.catalogue.parse(name, text, where="proof", faults=Faults())


def _judged(law: RawLaw, given: Values) -> dict[str, FactValue]:
    """The facts with those that follow from them; but for `party_sets` a stated fact is never replaced."""
    found: dict[str, FactValue] = {}
    shares = {e: given[fact] for fact, e in (("dy_mass_share", "Dy"), ("tb_mass_share", "Tb")) if fact in given}
    has = frozenset(e for e, share in shares.items() if isinstance(share, Interval) and share.low > 0)
    lacks = frozenset(e for e, share in shares.items() if isinstance(share, Interval) and share.high == 0)
    if has | lacks:
        found["elements"] = SetValue(has, lacks, complete=False)
    start, end, code = given.get("from"), given.get("to"), given.get("listed_elsewhere_code", "none")
    if start is not None and end is not None and not start == end == "XX":  # two unnamed countries may be the same
        found["crosses_border"] = start != end
    if code != "none":
        found["listed_elsewhere"] = True
    if given.get("act") in ("goods", "reexport", "transit") and end is not None:
        found["recipient_nationality"] = end
    found |= given
    stated, sets = given.get("listed_on"), given.get("party_sets")
    if isinstance(stated, SetValue) and isinstance(sets, SetValue):
        # A list on which a party is said to stand, and no set that explains it: any of its notices may be the one.
        unexplained = stated.has - {law.sets[name][0] for name in sets.has}
        if unexplained:
            free = {n for n, (list_, _) in law.sets.items() if list_ not in unexplained and sets.holds(n) is False}
            found["party_sets"] = SetValue(sets.has, frozenset(free), complete=False)
    return found


def _with_lists(law: RawLaw, facts: Values, states: Mapping[str, str]) -> dict[str, FactValue]:
    """The facts with the lists on which a party stands that day, from its party sets and the state of each."""
    sets, stated = facts.get("party_sets"), facts.get("listed_on")
    if not isinstance(sets, SetValue):
        return dict(facts)
    has = set(stated.has) if isinstance(stated, SetValue) else set()
    has |= {law.sets[name][0] for name in sets.has if states[name] == IN_FORCE}
    doubt = {law.sets[name][0] for name in sets.has if states[name] == OPEN}
    searched = sets.complete or stated is not None
    lacks = {name for name in LISTS if searched and name not in has | doubt}
    return {**facts, "listed_on": SetValue(frozenset(has), frozenset(lacks), complete=searched and not doubt)}


def _bite(rule: Raw) -> int:
    """Strength of the finding that a rule leads to; 0 where it cannot bite."""
    return next((FINDINGS.index(w) for w in (rule["effect"], rule.get("ceiling")) if w in FINDINGS[LICENCE:]), 0)


class _Pass:
    """One reading of all rules with one set of facts and no status unknown: which bite, might, are taken out."""

    def __init__(self, law: RawLaw, values: Values, status: Mapping[str, str]) -> None:
        self.law, self.values, self.status = law, values, status
        self.match = {name: pack.described(law, rule, values) for name, rule in law.rules.items()}
        self.item = self._any_item()
        self.bites, self.might, self.exempts = set[str](), set[str](), set[str]()
        self.out: dict[str, str] = {}
        self.unless: dict[str, set[str]] = {}
        self.revivable = [0]
        for name in [name for name in law.rules if self._holds(name) is not NO]:
            stands = {x: self._stands(x) for x in law.taken_out_by[name]}
            takers = [x for x, truth in stands.items() if truth is YES]
            if takers:
                self.out[name] = takers[0]
            if pack.is_exclusion(law.rules[name]):
                self._put_in_place(name, law.rules[name])
            elif takers:
                self.revivable += [] if self._surely(takers[0]) else [_bite(law.rules[name])]
            else:
                certain = self._holds(name) is YES and law.rules[name]["effect"] != "unknown"
                (self.bites if certain else self.might).add(name)
                self.unless[name] = {x for x, truth in stands.items() if truth is UNKNOWN}
        self.decided = max([_bite(law.rules[n]) for n in self.bites] or [EXEMPT if self.exempts else 0])
        self.ceiling = max([self.decided, *(_bite(law.rules[n]) or LICENCE for n in self.might)])

    def in_play(self, name: str) -> bool:
        """Whether a rule fits or might and, for an exclusion, whether something that it bears on does."""
        bases = self.law.bears_on[name] if pack.is_exclusion(self.law.rules[name]) else [name]
        return self.match[name] is not NO and any(self.match[base] is not NO for base in bases)

    def _any_item(self) -> Truth:
        """Whether a dual-use control of the item, whatever is done with it, is in force."""
        found = [NO]
        for name, rule in self.law.rules.items():
            if rule.get("dual_use") == "true" and self.status[name] == IN_FORCE and self._out_of_scope(name) is not YES:
                item = pack.truth(self.law, rule["item"], self.values) if "item" in rule else YES
                found.append(min(item, UNKNOWN) if rule["effect"] == "unknown" else item)
        return max(found)

    def _put_in_place(self, name: str, rule: Raw) -> None:
        """What an exclusion that stands puts in the place of what it takes out."""
        best = max((self._holds(base) for base in self.law.bears_on[name]), default=NO)
        if rule["effect"] == "out_of_scope" or best is NO or self._stands(name) is not YES:
            return
        if rule["effect"] == "exempt" and (best is YES or rule["remains"] != "certificate_first"):
            self.exempts.add(name)
        elif rule["effect"] == "exempt" or _bite(rule):
            (self.bites if best is YES else self.might).add(name)

    def _holds(self, name: str) -> Truth:
        """Whether a rule is in force, describes the deal and bears on something that applies; exclusions apart."""
        rule, match = self.law.rules[name], self.match[name]
        if self.status[name] != IN_FORCE or match is NO or pack.is_exclusion(rule):
            return match if self.status[name] == IN_FORCE else NO
        if pack.bears_on_any_item(rule):
            return min(match, self.item)
        # An exemption leaves the item controlled; only what is out of scope altogether is nothing to bear on.
        return min(match, max((self._carries(base) for base in self.law.bears_on[name]), default=YES))

    def _carries(self, base: str) -> Truth:
        """Whether a base is there to bear on: in scope and holding, surely only where its effect is settled."""
        if self._out_of_scope(base) is YES:
            return NO
        return min(self._holds(base), UNKNOWN if self.law.rules[base]["effect"] == "unknown" else YES)

    def _out_of_scope(self, name: str) -> Truth:
        takers = [x for x in self.law.taken_out_by[name] if self.law.rules[x]["effect"] == "out_of_scope"]
        return max((self._stands(x) for x in takers), default=NO)

    def _stands(self, name: str) -> Truth:
        """Whether an exclusion has its effect: described, in force, where it must be, and not itself taken out."""
        there = max((self._applies(n) for n in self.law.only_where[name]), default=YES)
        return min([self._holds(name), there, *(negate(self._stands(x)) for x in self.law.taken_out_by[name])])

    def _applies(self, name: str) -> Truth:
        """Whether a rule holds; an exclusion that nobody established does not count."""
        most = NO if self._out_of_scope(name) is YES else YES
        return min(self._holds(name), UNKNOWN if self.law.rules[name]["effect"] == "unknown" else most, most)

    def _surely(self, name: str) -> bool:
        """Whether what an exclusion waits for applies, whatever anybody may still establish against that."""
        where = self.law.only_where[name]
        return not where or any(self._applies(n) is YES and self._out_of_scope(n) is NO for n in where)

    def open_facts(self, names: set[str]) -> set[str]:
        """The facts whose answer could settle whether one of these rules bites."""
        law, rules = self.law, self.law.rules
        bases = {base for name in names if not pack.is_exclusion(rules[name]) for base in law.bears_on[name]}
        trees = [rules[name][key] for name in names for key in ("item", "when") if key in rules[name]]
        if self.item is UNKNOWN and any(pack.bears_on_any_item(rules[name]) for name in names):
            trees += [rule["item"] for rule in rules.values() if rule.get("dual_use") == "true" and "item" in rule]
        found = {fact for tree in trees for fact in pack.open_in(law, tree, self.values)}
        open_bases = {base for base in bases if self.match[base] is UNKNOWN}
        return found | self.open_facts(open_bases) if open_bases else found


class _Way:
    """One way of resolving what is unknown: a pass with benign answers (the finding), one as given (the ceiling)."""

    def __init__(self, picks: Mapping[str, str], benign: _Pass, raw: _Pass) -> None:
        self.picks, self.benign, self.raw = picks, benign, raw
        rules, status = benign.law.rules, benign.status
        paused = {name for name in rules if status[name] == SUSPENDED}
        as_if = _Pass(benign.law, benign.values, {n: IN_FORCE if n in paused else status[n] for n in rules})
        self.suspended, self.perhaps = as_if.bites & paused, as_if.might & paused
        certificate = any(rules[name]["remains"] == "certificate_first" for name in benign.exempts)
        self.finding = benign.decided
        if self.finding < NEED_FACTS and benign.ceiling >= LICENCE:
            self.finding = NEED_FACTS
        asleep = {n for n in self.perhaps if rules[n]["effect"] == "unknown" and benign.match[n] is YES}
        if self.finding < PAUSED and self.suspended | asleep and not certificate:
            self.finding = PAUSED
        self.certificate = certificate and self.finding == EXEMPT
        self.outcome = _outcome(self.finding, self.certificate)
        self.may_become = _outcome(raw.ceiling, certificate)
        widest = max(raw.ceiling, *raw.revivable)
        self.ceiling = _outcome(widest, certificate and widest == EXEMPT)
        self.raising = {n for n in benign.might if _bite(rules[n]) > benign.decided}

    def shown(self, picks: Any) -> dict[str, Any]:
        """The branch as proofs write it."""
        found = {"finding": FINDINGS[self.finding], "outcome": self.outcome, "bites": sorted(self.benign.bites)}
        rest = {"picks": picks, "suspended": sorted(self.suspended), "perhaps_suspended": sorted(self.perhaps)}
        return {**found, **{key: value for key, value in rest.items() if value}}


def _outcome(finding: int, certificate: bool) -> str:
    """The table of findings and outcomes in `docs/outcomes.md`."""
    if finding == NEED_FACTS:
        return "UNKNOWN"
    return "STOP" if finding >= DENIAL else "LICENCE" if finding >= LICENCE or certificate else "PROCEED"


class _Again:
    """The answer made again from the stated facts, and what in the proof differs from it."""

    def __init__(self, law: RawLaw, proof: Raw, given: Values) -> None:
        self.law, self.proof, self.given, self.raw = law, proof, given, _judged(law, given)
        specs = {n: s for n, s in law.catalogue.items() if s.standing and n != "listed_on" and n not in self.raw}
        asked_where = {n: s.asked_where for n, s in specs.items() if isinstance(s.asked_where, dict)}
        self.asked = [n for n in specs if n not in asked_where or pack.truth(law, asked_where[n], self.raw) is not NO]
        answers = {name: _value(law, name, spec.benign) for name, spec in specs.items()}
        self.benign = _judged(law, {**given, **{n: value for n, value in answers.items() if value is not None}})
        self.status = {name: self._status(law.owners[name], rule) for name, rule in law.rules.items()}
        listings = {
            o: next(p for p in law.instruments[o]["provisions"] if p["kind"] == "listing") for _, o in law.sets.values()
        }
        self.sets = {name: self._status(owner, listings[owner]) for name, (_, owner) in law.sets.items()}
        self.ways = [self._way(picks) for picks in self._picks()]

    def _status(self, owner: str, provision: Raw) -> dict[str, Any]:
        proof = self.proof
        assumed = proof["assume"].get(owner)
        return pack.status_on(self.law.instruments[owner], provision, proof["on"], proof["known"], assumed)

    def _picks(self) -> list[dict[str, str]]:
        """The ways of resolving the unknown statuses that touch the deal, as labels by instrument."""
        law, doubts = self.law, dict[str, list[str]]()
        values = _with_lists(law, self.raw, {name: status["status"] for name, status in self.sets.items()})
        bare = _Pass(law, values, dict.fromkeys(law.rules, NOT_YET))
        item_asked = any(bare.match[n] is not NO and pack.bears_on_any_item(rule) for n, rule in law.rules.items())
        for name, rule in law.rules.items():
            # A control in doubt counts for what bears on the item, even where the act is not its own.
            item = item_asked and rule.get("dual_use") == "true" and "item" in rule
            touches = bare.in_play(name) or (item and pack.truth(law, rule["item"], values) is not NO)
            if touches and self.status[name]["status"] == OPEN:
                doubts[law.owners[name]] = list(self.status[name]["branches"])
        sets = self.raw.get("party_sets")
        for name in sorted(sets.has) if isinstance(sets, SetValue) else ():
            if self.sets[name]["status"] == OPEN:
                doubts[law.sets[name][1]] = list(self.sets[name]["branches"])
        names = sorted(doubts)
        if len(names) <= MOST_IN_DOUBT:
            return [dict(zip(names, way, strict=True)) for way in product(*(doubts[name] for name in names))]
        # A nearly bare deal: the two corners, and from each every single turn.
        first, last = ({name: doubts[name][end] for name in names} for end in (0, -1))
        turns = [{**one, name: other[name]} for one, other in ((first, last), (last, first)) for name in names]
        return [first, last, *turns]

    def _way(self, picks: Mapping[str, str]) -> _Way:
        law = self.law
        states = {n: _resolved(law.sets[n][1], status, picks) for n, status in self.sets.items()}
        status = {n: _resolved(law.owners[n], status, picks) for n, status in self.status.items()}
        status = {n: NOT_YET if word == OPEN else word for n, word in status.items()}  # it touches nothing here
        benign, raw = (_Pass(law, _with_lists(law, facts, states), status) for facts in (self.benign, self.raw))
        return _Way(picks, benign, raw)

    def faults(self) -> Iterator[str]:
        """Yields what in the proof differs."""
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
            yield f"interval is {brief_value(self.proof['interval'])}; the rules leave up to {most} possible"

    def _faults_of_derived(self) -> Iterator[str]:
        stated, values = {entry["fact"]: entry for entry in self.proof["facts"]}, self.ways[0].raw.values
        for name, value in {**values, **self.given}.items():
            said = stated.get(name, {"said_by": ""})
            if said.get("value") != plain_value(value) or (said["said_by"] == "derived") != (name not in self.given):
                yield f"fact {name} comes out as {brief_value(plain_value(value))}"
        yield from (f"fact {name} follows from nothing" for name in stated if name not in values)

    def _covered(self, branch: Raw) -> list[_Way]:
        picks = branch.get("picks", {})
        return [way for way in self.ways if isinstance(picks, dict) and picks.items() <= way.picks.items()]

    def _faults_of_branches(self, covered: list[list[_Way]]) -> Iterator[str]:
        for way in self.ways:
            if sum(way in ways for ways in covered) != 1:
                yield f"the branch {brief_value(dict(way.picks))} is missing, or stands twice"
        for branch, ways in zip(self.proof["branches"], covered, strict=True):
            same = {(way.finding, way.outcome) for way in ways}
            if len(same) != 1 or branch != ways[0].shown(branch.get("picks")):
                should = brief_value([way.shown({}) for way in ways[:1]])
                yield f"a branch is {brief_value(branch)}; the rules give {should}, and {len(same)} findings"

    def _faults_of_steps(self, shown: list[_Way]) -> Iterator[str]:
        raw, names = shown[0].raw, [step["provision"] for step in self.proof["steps"]]
        should = {n for n in self.law.rules if raw.in_play(n) and self.status[n]["status"] != ENDED}
        yield from (f"step {name}: it is left out" for name in sorted(should - set(names)))
        for name, step in zip(names, self.proof["steps"], strict=True):
            if name not in should or names.count(name) > 1:
                yield f"step {name[:60]}: it has no place in the proof, or stands twice"
                continue
            rule, wanted = self.law.rules[name], self._step(name, shown)
            for key in [key for key in ("item", "when") if key in rule]:
                if not pack.traces(self.law, rule[key], step.get(key), raw.values):
                    yield f"step {name}: {key} is not the condition of the pack with the facts of the proof"
                wanted[key] = step.get(key)
            if step.get("role") not in ([wanted["role"]] if wanted["role"] else OTHER_ROLES):
                yield f"step {name}: role is {brief_value(step.get('role'))}; it is {wanted['role'] or 'another'}"
            for key in sorted({*step, *wanted} - {"role"}):
                if step.get(key) != wanted.get(key):
                    yield f"step {name}: {key} is {brief_value(step.get(key))}; it is {brief_value(wanted.get(key))}"

    def _step(self, name: str, shown: list[_Way]) -> dict[str, Any]:
        """A step but for its two conditions; of roles only the two that say what bites."""
        law, rule, raw = self.law, self.law.rules[name], shown[0].raw
        found = {key: rule[key] for key in ("ref", "effect", "ceiling", "remains") if key in rule}
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

    def _answer(self) -> dict[str, Any]:
        """What the whole comes to."""
        ways, catalogue, on = self.ways, self.law.catalogue, self.proof["on"]
        findings = [way.finding for way in ways]
        low, high = min(findings), max(findings)
        finding = low if low == high or low >= LICENCE else NEED_FACTS
        if high < NEED_FACTS and len({way.outcome for way in ways}) == 1:
            finding = high
        outcome = _outcome(finding, any(way.certificate for way in ways))
        turning = set[str]().union(*(way.raw.open_facts(way.raw.might) for way in ways))
        unanswered = [n for n in self.asked if catalogue[n].asked_where != "in_play" or n in turning]
        open_names = set[str]().union(*(way.benign.open_facts(way.raising) for way in ways))
        used = self._used()
        horizon = self._horizon(used)
        unverified = outcome == "PROCEED" and not self.law.covered_from <= on <= horizon
        held = outcome == "PROCEED" and (unanswered or unverified)
        return {
            "finding": FINDINGS[finding],
            "outcome": "UNKNOWN" if held else outcome,
            "may_become": "STOP" if outcome == "LICENCE" and any(way.may_become == "STOP" for way in ways) else None,
            "unverified": unverified,
            "open_standing": unanswered,
            "missing": [name for name in catalogue if name in open_names and not catalogue[name].standing],
            "instruments_used": used,
            "verified_through": horizon,
        }

    def _used(self) -> list[str]:
        """Instruments that applied, are paused, wait or are in doubt where they fit, or took something out."""
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
        """The least of `known` and the last checks of what was used; an assumed pause counts as checked."""
        instruments, assume = self.law.instruments, self.proof["assume"]
        events = [event for name in assume for event in instruments[name]["events"]]
        assumed = {*assume, *(event["by"] for event in events if event["type"] == "suspension")}
        least = {name: self.proof["on"] if name in assumed else "" for name in used}
        checked = [
            max(least[n], instruments[n]["verified_through"]) for n in used if instruments[n]["type"] != "guidance"
        ]
        return str(min([self.proof["known"], *(checked or [self.law.verified_through])]))


def _resolved(owner: str, status: Raw, picks: Mapping[str, str]) -> str:
    if status["status"] != OPEN or owner not in picks:
        return str(status["status"])
    branches: Mapping[str, str] = status["branches"]
    return branches.get(picks[owner], next(iter(branches.values())))
