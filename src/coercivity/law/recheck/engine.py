"""The re-check's own engine: facts used for a deal, one pass over the rules, one scenario for unknown statuses.

Plain recursion over the files of the pack, without caching; it shares nothing with the engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coercivity.base.exact import Interval
from coercivity.base.truth import NO, UNKNOWN, YES, Truth, negate
from coercivity.data.values import FactValue, SetValue
from coercivity.law.recheck import pack
from coercivity.law.recheck.pack import LISTS, RawLaw, Values
from coercivity.law.recheck.status import IN_FORCE, OPEN, SUSPENDED, Raw, Shown

FINDINGS: tuple[str, ...] = ("not_controlled", "exempt", "suspended", "not_held", "need_facts")
FINDINGS += ("licence_required", "case_by_case", "presumed_denial", "prohibited")
EXEMPT, PAUSED, NOT_HELD, NEED_FACTS, LICENCE, DENIAL = 1, 2, 3, 4, 5, 7
RISE = ("PROCEED", "LICENCE", "STOP")
RARE_EARTHS = frozenset(re.findall("[A-Z][a-z]?", "ScYLaCePrNdPmSmEuGdTbDyHoErTmYbLu"))
FAMILIES = {"SmCo": "Sm", "SmFeN": "Sm", "Ce_magnet": "Ce"}


def decided(given: Values) -> dict[str, FactValue]:
    """Returns the facts with those derived from them; a stated fact is never replaced."""
    found: dict[str, FactValue] = {}
    shares = {e: given[fact] for fact, e in (("dy_mass_share", "Dy"), ("tb_mass_share", "Tb")) if fact in given}
    has = frozenset(e for e, share in shares.items() if isinstance(share, Interval) and share.low > 0)
    lacks = frozenset(e for e, share in shares.items() if isinstance(share, Interval) and share.high == 0)
    has, lacks = has | _named(given), lacks | _excluded(given)
    if has | lacks:
        found["elements"] = SetValue(has, lacks - has, complete=False)
    start, end, code = given.get("from"), given.get("to"), given.get("listed_elsewhere_code", "none")
    if start is not None and end is not None and not start == end == "XX":  # two unnamed countries may be the same
        found["crosses_border"] = start != end
    if code != "none":
        found["listed_elsewhere"] = True
    found |= given
    return found


def _named(given: Values) -> frozenset[str]:
    """Returns the elements that the name of a magnet, alloy or target says are in it."""
    form, family = given.get("form"), given.get("magnet_type")
    if form in ("alloy", "target"):
        return RARE_EARTHS & set(re.findall("[A-Z][a-z]?", str(given.get(f"{form}_system", ""))))
    if form in ("magnet", "magnet_powder", "component", "assembly") and isinstance(family, SetValue):
        return frozenset(element for name, element in FAMILIES.items() if family.has == {name})
    return frozenset()


def _excluded(given: Values) -> frozenset[str]:
    """Returns the elements that a magnet of a family without rare earths does not contain."""
    form, family = given.get("form"), given.get("magnet_type")
    if form not in ("magnet", "magnet_powder", "component", "assembly") or not isinstance(family, SetValue):
        return frozenset()
    free = family.complete and bool(family.has) and family.has <= {"ferrite", "AlNiCo"}
    return RARE_EARTHS - {"La"} if free else frozenset()


def with_lists(law: RawLaw, facts: Values, states: Mapping[str, str]) -> dict[str, FactValue]:
    """Returns the facts with the lists a party is on that day, from its party sets and their statuses."""
    sets, stated = facts.get("party_sets"), facts.get("listed_on")
    if not isinstance(sets, SetValue):
        return dict(facts)
    said = stated if isinstance(stated, SetValue) else SetValue(frozenset(), complete=False)
    in_force = {law.sets[name][0] for name in sets.has if states[name] == IN_FORCE}
    has = said.has | in_force
    doubt = {law.sets[name][0] for name in sets.has if states[name] == OPEN} - has
    searched = {name for name in LISTS if said.holds(name) is False or _list_is_settled(law, sets, name)}
    lacks = searched - has - doubt
    whole = searched | has == set(LISTS) and not doubt
    found = {**facts, "listed_on": SetValue(frozenset(has), frozenset(lacks), complete=whole)}
    # If a party is stated to be on a list and no notice in force explains it, any notice of the list may be the one.
    unexplained = said.has - in_force
    if unexplained:
        free = {n for n, (list_, _) in law.sets.items() if list_ not in unexplained and sets.holds(n) is False}
        found["party_sets"] = SetValue(sets.has, frozenset(free), complete=False)
    return found


def _list_is_settled(law: RawLaw, sets: SetValue, name: str) -> bool:
    """Returns whether every notice of a list is known to name a party or not."""
    state = law.lists.get(name, {})
    if sets.complete or not (state.get("completeness") == "complete" or "not_held" in state):
        return sets.complete
    return all(sets.holds(n) is not None for n, (list_, _) in law.sets.items() if list_ == name)


def as_searched(law: RawLaw, facts: Values, lists: Raw, on: str) -> dict[str, FactValue]:
    """Returns the facts without claims about notices of a list that nobody searched up to the transaction date."""
    search, searched = lists.get("search", {}), lists["searched"]
    current = "search" in lists and (search["on"] == "transaction date" or on <= search["on"])
    partial = {n: state["not_held"]["party_set"] for n, state in law.lists.items() if "not_held" in state}
    left = {n: other for n, other in partial.items() if not (current and (n in searched or not searched))}
    found = dict(facts)
    for fact, every, doubtful in (("party_sets", law.sets, left.values()), ("listed_on", LISTS, left)):
        value = facts.get(fact)
        if isinstance(value, SetValue) and any(value.holds(n) is False for n in doubtful):
            lacks = frozenset(n for n in every if value.holds(n) is False) - frozenset(doubtful)
            found[fact] = SetValue(value.has, lacks, complete=False)
    return found


def open_sets(law: RawLaw, facts: Values, names: Sequence[Raw]) -> frozenset[str]:
    """Returns the notices that are open although no question about a name concerns them."""
    sets = facts.get("party_sets")
    if not isinstance(sets, SetValue):
        return frozenset()
    doubtful = {n for one in names for n in left_open(law, one)}
    return frozenset(n for n in law.sets if sets.holds(n) is None and n not in doubtful)


def left_open(law: RawLaw, name: Raw) -> list[str]:
    """Returns the notices that a question about a name leaves open: none if it is answered, or only asks."""
    if name.get("answer") or name.get("effect", "law") != "law":
        return []
    return list(name.get("party_sets") or law.sets)


def bite(rule: Raw) -> int:
    """Returns the strength of the finding a rule leads to; 0 if it has none. An obligation leaves a deal exempt."""
    if "obligation" in (rule["effect"], rule.get("ceiling")):
        return EXEMPT
    return next((FINDINGS.index(w) for w in (rule["effect"], rule.get("ceiling")) if w in FINDINGS[LICENCE:]), 0)


class Pass:
    """One pass over all rules with given facts and no unknown status: which apply, might, are excluded."""

    def __init__(self, law: RawLaw, values: Values, status: Mapping[str, str]) -> None:
        self.law, self.values, self.status = law, values, status
        self.match = {name: pack.matched(law, rule, values) for name, rule in law.rules.items()}
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
                self.revivable += [] if self._surely(takers[0]) else [bite(law.rules[name])]
            else:
                certain = self._holds(name) is YES and law.rules[name]["effect"] != "unknown"
                (self.bites if certain else self.might).add(name)
                self.unless[name] = {x for x, truth in stands.items() if truth is UNKNOWN}
        self.decided = max([bite(law.rules[n]) for n in self.bites] or [EXEMPT if self.exempts else 0])
        self.ceiling = max([self.decided, *(bite(law.rules[n]) or LICENCE for n in self.might)])

    def in_play(self, name: str) -> bool:
        """Returns whether a rule fits or might fit and, for an exclusion, whether a rule it qualifies is relevant."""
        if self.match[name] is NO or not pack.is_exclusion(self.law.rules[name]):
            return self.match[name] is not NO
        return any(self.in_play(base) for base in self.law.bears_on[name])

    def _any_item(self) -> Truth:
        """Returns whether a dual-use control of the item is in force, regardless of the transaction."""
        found = [NO]
        for name, rule in self.law.rules.items():
            if rule.get("dual_use") == "true" and self.status[name] == IN_FORCE and self._out_of_scope(name) is not YES:
                item = pack.truth(self.law, rule["item"], self.values) if "item" in rule else YES
                found.append(min(item, UNKNOWN) if rule["effect"] == "unknown" else item)
        return max(found)

    def _put_in_place(self, name: str, rule: Raw) -> None:
        """Returns what an established exclusion puts in place of the excluded rules."""
        # A rule out of scope, or exempt without the certificate this rule requires, cannot be replaced.
        bases = [base for base in self.law.bears_on[name] if self._out_of_scope(base) is not YES]
        if rule.get("remains") == "certificate_first":
            bases = [base for base in bases if not self._freed(base)]
        best = max((self._holds(base) for base in bases), default=NO)
        if rule["effect"] == "out_of_scope" or best is NO or self._stands(name) is not YES:
            return
        if rule["effect"] == "exempt" and (best is YES or rule["remains"] != "certificate_first"):
            self.exempts.add(name)
        elif rule["effect"] == "exempt" or bite(rule):
            (self.bites if best is YES else self.might).add(name)

    def _freed(self, base: str) -> bool:
        """Returns whether an exemption without a certificate lifts the licence requirement."""
        takers = {x: self.law.rules[x] for x in self.law.taken_out_by[base]}
        free = [
            x for x, rule in takers.items() if rule["effect"] == "exempt" and rule.get("remains") != "certificate_first"
        ]
        return any(self._stands(x) is YES for x in free)

    def _holds(self, name: str) -> Truth:
        """Returns whether a rule is in force, fits the deal and qualifies a rule that applies, without exclusions."""
        rule, match = self.law.rules[name], self.match[name]
        if self.status[name] != IN_FORCE or match is NO or pack.is_exclusion(rule):
            return match if self.status[name] == IN_FORCE else NO
        if pack.bears_on_any_item(rule):
            return min(match, self.item)
        # An exemption leaves the item controlled; only a rule out of scope cannot be qualified.
        return min(match, max((self._carries(base) for base in self.law.bears_on[name]), default=YES))

    def _carries(self, base: str) -> Truth:
        """Returns whether a qualified rule exists: in scope and applying; certain only if its effect is settled."""
        if self._out_of_scope(base) is YES:
            return NO
        return min(self._holds(base), UNKNOWN if self.law.rules[base]["effect"] == "unknown" else YES)

    def _out_of_scope(self, name: str) -> Truth:
        takers = [x for x in self.law.taken_out_by[name] if self.law.rules[x]["effect"] == "out_of_scope"]
        return max((self._stands(x) for x in takers), default=NO)

    def _stands(self, name: str) -> Truth:
        """Returns whether an exclusion takes effect: it fits, is in force, and is not itself excluded."""
        there = max((self._applies(n) for n in self.law.only_where[name]), default=YES)
        return min([self._holds(name), there, *(negate(self._stands(x)) for x in self.law.taken_out_by[name])])

    def _applies(self, name: str) -> Truth:
        """Returns whether a rule applies; an exclusion not established does not count."""
        most = NO if self._out_of_scope(name) is YES else YES
        return min(self._holds(name), UNKNOWN if self.law.rules[name]["effect"] == "unknown" else most, most)

    def _surely(self, name: str) -> bool:
        """Returns whether the basis of an exclusion applies regardless of other exclusions that may be established."""
        where = self.law.only_where[name]
        return not where or any(self._applies(n) is YES and self._out_of_scope(n) is NO for n in where)

    def open_facts(self, names: set[str]) -> set[str]:
        """Returns the facts whose answer could settle whether one of these rules applies."""
        law, rules = self.law, self.law.rules
        bases = {base for name in names for base in law.bears_on[name]}
        trees = [rules[name][key] for name in names for key in ("item", "when") if key in rules[name]]
        if self.item is UNKNOWN and any(pack.bears_on_any_item(rules[name]) for name in names):
            trees += [rule["item"] for rule in rules.values() if rule.get("dual_use") == "true" and "item" in rule]
        found = {fact for tree in trees for fact in pack.open_in(law, tree, self.values)}
        open_bases = {base for base in bases if self.match[base] is UNKNOWN}
        return found | self.open_facts(open_bases) if open_bases else found


class BranchWay:
    """One scenario for unknown statuses: a pass with benign answers (the finding), one as given (the ceiling)."""

    def __init__(self, picks: Mapping[str, str], benign: Pass, raw: Pass, *, held: bool) -> None:
        self.picks, self.benign, self.raw = picks, benign, raw
        rules, status = benign.law.rules, benign.status
        paused = {name for name in rules if status[name] == SUSPENDED}
        as_if = Pass(benign.law, benign.values, {n: IN_FORCE if n in paused else status[n] for n in rules})
        self.suspended, self.perhaps = as_if.bites & paused, as_if.might & paused
        certificate = any(rules[name]["remains"] == "certificate_first" for name in benign.exempts)
        self.finding = benign.decided
        if self.finding < NEED_FACTS and benign.ceiling >= LICENCE:
            self.finding = NEED_FACTS
        asleep = {n for n in self.perhaps if rules[n]["effect"] == "unknown" and benign.match[n] is YES}
        if self.finding < PAUSED and self.suspended | asleep and not certificate:
            self.finding = PAUSED
        self.certificate = certificate and self.finding == EXEMPT
        if self.finding < NEED_FACTS and not self.certificate and not held:
            self.finding = NOT_HELD  # the rules of that date are not in the pack
        self.outcome = outcome_of(self.finding, self.certificate)
        self.may_become = outcome_of(raw.ceiling, certificate)
        widest = max(raw.ceiling, *raw.revivable)
        self.ceiling = outcome_of(widest, certificate and widest == EXEMPT)
        self.raising = {n for n in benign.might if self._strength(rules[n]) > benign.decided}

    @staticmethod
    def _strength(rule: Raw) -> int:
        """Returns the finding an undecided rule could lead to; a certificate required first counts as a licence."""
        return bite(rule) or (LICENCE if rule.get("remains") == "certificate_first" else 0)

    def shown(self, picks: Mapping[str, str]) -> Shown:
        """Returns the branch as written in proofs."""
        found = {"finding": FINDINGS[self.finding], "outcome": self.outcome, "bites": sorted(self.benign.bites)}
        rest = {"picks": picks, "suspended": sorted(self.suspended), "perhaps_suspended": sorted(self.perhaps)}
        return {**found, **{key: value for key, value in rest.items() if value}}


def outcome_of(finding: int, certificate: bool) -> str:
    """Returns the outcome of a finding, by the table in `docs/outcomes.md`."""
    if finding in (NOT_HELD, NEED_FACTS):
        return "UNKNOWN"
    return "STOP" if finding >= DENIAL else "LICENCE" if finding >= LICENCE or certificate else "PROCEED"
