"""Applicability of entries of the licensing and penalty tables to a decision: by rules, lists, exemptions, facts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel

from coercivity.base.errors import Faults
from coercivity.base.truth import NO, UNKNOWN, YES, Truth, of
from coercivity.data.schema import FlagText, Plain, Strict
from coercivity.data.textyaml import TextMap, load_text
from coercivity.data.values import SetValue
from coercivity.law.consequences.tables import check_reference
from coercivity.law.engine.branches import raising
from coercivity.law.engine.decide import Decision
from coercivity.law.rules.evaluator import Evaluator
from coercivity.law.rules.known import known_by
from coercivity.law.rules.model import Confidence, Effect, Finding, ProvisionKind, Remains, Status
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.law.rules.status import status_on
from coercivity.law.rules.tree import Tree, TreeParser

ListName = Literal["control_list", "watch_list", "unreliable_entity_list", "countermeasures"]
FindingWord = Literal[
    "not_controlled",
    "exempt",
    "suspended",
    "not_held",
    "need_facts",
    "licence_required",
    "case_by_case",
    "presumed_denial",
    "prohibited",
]
_STATUTES = ("npc-ecl-2020", "sc-792-2024")
_REGIME = "Export Control Law"


class Where(Strict):
    """One condition for an entry to apply; all its keys must be met.

    Attributes:
        use: Name of a group of the table.
        rules: Provisions or instruments, one of which applies (or, with `remains`, exempts).
        export_control: A rule of the export control regime applies.
        effects: Effects the applying rule may have.
        kinds: Kinds the applying rule may have.
        listings: The applying rule is a notice of one of these party lists.
        but_not: Provisions or instruments that do not count.
        lists: A party to the deal is on one of these lists.
        remains: Obligations left by an exemption.
        findings: The finding is one of these.
        when: Condition tree over the facts.
    """

    use: str = ""
    rules: list[Plain] = []
    export_control: FlagText = False
    effects: list[Effect] = []
    kinds: list[ProvisionKind] = []
    listings: list[ListName] = []
    but_not: list[Plain] = []
    lists: list[ListName] = []
    remains: list[Remains] = []
    findings: list[FindingWord] = []
    when: object = None

    @property
    def names_rule(self) -> bool:
        """Whether it requires an applying rule."""
        asked = self.rules or self.effects or self.kinds or self.listings or self.export_control
        return bool(asked) and not self.remains


class Basis(Strict):
    """The legal basis of an entry.

    Attributes:
        provision: The corresponding provision of the rulebook, if any.
    """

    instrument: Plain
    article: Plain
    provision: str = ""


class Entry(Strict):
    """Common fields of the entries of a law table.

    Attributes:
        basis: Articles on which it is based; the first decides whether it is in force.
        source_url: Address of the text that was read.
    """

    id: Plain
    basis: list[Basis]
    source_url: Plain
    confidence: Confidence
    note: str = ""


Groups = Mapping[str, list[Where]]


class Reach:
    """Applies the entries of a table to one decision.

    Truth is unknown if the rule applies only in some scenario, or depends on a missing fact.
    """

    def __init__(self, book: Rulebook, decision: Decision, groups: Groups) -> None:
        self.book, self.decision, self.groups = book, decision, groups
        sets = [frozenset(branch.benign.bites) for branch in decision.branches]
        self.sure = frozenset.intersection(*sets)
        self.open = self._open(sets) - self.sure
        self.exempt = frozenset(rank for branch in decision.branches for rank in branch.benign.exempted)
        self._lists = {party_set.instrument_id: party_set.list for party_set in book.party_sets.values()}

    def _open(self, sets: Sequence[frozenset[int]]) -> frozenset[int]:
        raised = [rank for branch in self.decision.branches for rank in raising(self.book, branch)]
        return frozenset.union(*sets) | frozenset(raised)

    def met(self, wheres: Sequence[Where]) -> Truth:
        """Returns whether one of the conditions is met; no for an empty list."""
        return max((self._one(where) for where in wheres), default=NO)

    def _one(self, where: Where) -> Truth:
        truth = self.met(self.groups[where.use]) if where.use else YES
        if where.names_rule:
            truth = min(truth, self._bitten(where))
        if where.remains:
            truth = min(truth, self._exempted(where))
        if where.lists:
            truth = min(truth, max(self.listed(name) for name in where.lists))
        if where.findings:
            truth = min(truth, self._found(where.findings))
        if where.when is not None and truth is not NO:
            truth = min(truth, self._holds(where.when))
        return truth

    def _bitten(self, where: Where) -> Truth:
        for ranks, truth in ((self.sure, YES), (self.open, UNKNOWN)):
            if any(self._fits(self.book.rules[rank], where) for rank in ranks):
                return truth
        return NO

    def _exempted(self, where: Where) -> Truth:
        rules = [self.book.rules[rank] for rank in self.exempt]
        fits = [rule for rule in rules if not where.rules or _named(rule, where.rules)]
        return of(any(rule.provision.remains in where.remains for rule in fits))

    def _fits(self, rule: Rule, where: Where) -> bool:
        provision = rule.provision
        effect = provision.ceiling if provision.effect == "unknown" else provision.effect
        return (
            (not where.rules or _named(rule, where.rules))
            and not _named(rule, where.but_not)
            and (not where.effects or effect in where.effects)
            and (not where.kinds or provision.kind in where.kinds)
            and (not where.listings or self.list_of(rule) in where.listings)
            and (not where.export_control or is_export_control(rule))
        )

    def list_of(self, rule: Rule) -> str | None:
        """Returns the party list whose notice a rule is, or None."""
        return self._lists.get(rule.instrument.id) if rule.provision.kind == "listing" else None

    def listed(self, name: str) -> Truth:
        """Returns whether a party to the deal is on a list.

        Source: Decree 792, Articles 26 and 28.
        """
        found = set()
        for branch in self.decision.branches:
            lists = branch.raw.values.get("listed_on")
            holds = lists.holds(name) if isinstance(lists, SetValue) else None
            found.add(UNKNOWN if holds is None else of(holds))
        return found.pop() if len(found) == 1 else UNKNOWN

    def _found(self, findings: Sequence[str]) -> Truth:
        finding = self.decision.finding
        if finding.word in findings:
            return YES
        return UNKNOWN if finding is Finding.NEED_FACTS else NO

    def _holds(self, raw: object) -> Truth:
        node = _evaluator(self.book).add(_tree(self.book, json.dumps(raw, ensure_ascii=False)))
        return node.truth(self.decision.values, _evaluator(self.book).memo())

    def in_force(self, entry: Entry) -> Truth:
        """Returns whether the legal basis of an entry is in force for the dates of the decision."""
        basis = entry.basis[0]
        if not basis.provision:
            return of(begun(self.book, basis.instrument, self.decision))
        instrument, provision = self.book.instruments[basis.instrument], self.book.provision(basis.provision)
        assert provision is not None
        assume = self.decision.assume.get(instrument.id)
        status = status_on(provision[1], instrument, self.decision.on, self.decision.known, assume=assume).status
        return UNKNOWN if status is Status.UNKNOWN else of(status is Status.IN_FORCE)


def begun(book: Rulebook, instrument_id: str, decision: Decision) -> bool:
    """Returns whether an instrument had taken effect for the dates of a decision.

    If its effective date was not found, the publication date is used.
    """
    events = book.instruments[instrument_id].events
    starts = [event for event in events if event.type in ("entry_into_force", "listing", "publication")]
    dated = [event for event in starts if event.effective is not None] or starts
    return any(
        (event.effective or event.published or decision.on) <= decision.on and known_by(event, decision.known)
        for event in dated
    )


def is_export_control(rule: Rule) -> bool:
    """Returns whether a rule belongs to the export control regime.

    Source: Export Control Law, Articles 2 and 12; Decree 792, Article 14.
    """
    named = any(_REGIME in basis for basis in rule.instrument.legal_basis)
    return rule.provision.dual_use or rule.any_item or named or rule.instrument.id in _STATUTES


def _named(rule: Rule, names: Sequence[str]) -> bool:
    return rule.id in names or rule.instrument.id in names


@lru_cache(maxsize=8)
def _evaluator(book: Rulebook) -> Evaluator:
    return Evaluator(frozenset(name for name, spec in book.catalogue.items() if spec.type == "country"))


@lru_cache(maxsize=1024)
def _tree(book: Rulebook, text: str) -> Tree:
    faults = Faults()
    tree = _parser(book, faults).parse(load_text(text, name="when"), where="when")
    faults.raise_if_any()
    assert tree is not None
    return tree


def _parser(book: Rulebook, faults: Faults) -> TreeParser:
    parser = TreeParser(book.catalogue, faults)
    parser.definitions = dict(book.definitions)
    return parser


def check_names(book: Rulebook, table: BaseModel, groups: Groups, *, name: str, faults: Faults) -> None:
    """Adds a fault for every instrument, provision, group, fact or value of a table that is not found.

    Args:
        book: The rulebook the table refers to.
        table: The table as read.
        groups: Its groups.
        name: Name of the file for messages.
        faults: Receives every fault found.
    """
    provisions = {provision.id for i in book.instruments.values() for provision in i.provisions}
    known = provisions | set(book.instruments)
    parser = _parser(book, faults)
    for part in _parts(table):
        if isinstance(part, Where):
            wanted = [(entry, known) for entry in (*part.rules, *part.but_not)]
            wanted += [(part.use, set(groups))] if part.use else []
            if part.when is not None:
                parser.parse(part.when, where=name)
        elif isinstance(part, Basis):
            wanted = [(part.instrument, set(book.instruments))]
            wanted += [(part.provision, provisions)] if part.provision else []
        else:
            continue
        for entry, pool in wanted:
            check_reference(entry, pool, where=name, faults=faults)


def _parts(value: object) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        for field in type(value).model_fields:
            yield from _parts(getattr(value, field))
    elif isinstance(value, Mapping) and not isinstance(value, TextMap):
        for part in value.values():
            yield from _parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _parts(part)
