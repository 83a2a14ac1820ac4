"""The clauses of the rulebook by the question they answer, how each was read, and which are open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.law.rules.model import Instrument, Provision, ProvisionKind
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import AllOf, AnyOf, Comparison, Tree, Use, facts_of

HOW_READ = ("read", "inferred", "recalled")


@dataclass(frozen=True, slots=True)
class Question:
    """A question a deal raises.

    Attributes:
        id: Its key.
        facts: A clause that asks one of these answers it.
        kinds: So does a clause of one of these kinds.
        by: The fact by whose values the clauses are listed; blank for none.
        rest: It takes the clauses with an effect that answer no other question.
    """

    id: str
    facts: frozenset[str] = frozenset()
    kinds: frozenset[ProvisionKind] = frozenset()
    by: str = ""
    rest: bool = False


def _facts(names: str) -> frozenset[str]:
    return frozenset(names.split())


QUESTIONS: tuple[Question, ...] = (
    Question(
        "goods",
        _facts(
            "elements magnet_type alloy_system target_system material_function goods_kind machine_kind part_kind"
            " mineral_item physical_blend chinese_input_value_share listed_elsewhere listed_elsewhere_code drone_item"
        ),
        by="elements",
    ),
    Question(
        "know_how",
        _facts(
            "process_stage technology_topic catalogue_part public_domain technology_passes basic_research"
            " patent_filing technology_origin"
        ),
        by="process_stage",
    ),
    Question("services", _facts("line_service support_kinds serves_stage supports_violation"), by="line_service"),
    Question("persons", _facts("exporter_nationality exporter_place recipient_nationality activity_place")),
    Question("lists", _facts("party_sets listed_owner_share listed_on special_application"), frozenset({"listing"})),
    Question(
        "catch_all",
        _facts(
            "military_user military_use raises_military_strength wmd_use terrorist_use security_risk knowledge notice"
            " chip_use chip_node_nm memory_layers ai_military_rd humanitarian_use"
        ),
        frozenset({"catch_all"}),
    ),
    Question("penalties", kinds=frozenset({"penalty"})),
    Question(
        "procedure",
        _facts(
            "licence_sought licence_held licence_change ordinary_licence_held certificate_case original_user"
            " returns_unchanged bars under_end_user_promise transfer_of_licensed_item change_of_use"
            " mofcom_consent"
        ),
        frozenset({"procedure", "duty"}),
    ),
    Question("other", rest=True),
)


@dataclass(frozen=True, slots=True)
class Held:
    """The clauses of one instrument that answer a question."""

    instrument: Instrument
    provisions: tuple[Provision, ...]

    def count(self, basis: str) -> int:
        """Returns the number of clauses whose text was established in one way of `HOW_READ`."""
        return sum(provision.basis == basis for provision in self.provisions)

    @property
    def open(self) -> tuple[Provision, ...]:
        """The clauses whose effect is undetermined."""
        return tuple(provision for provision in self.provisions if provision.effect == "unknown")


def answers(book: Rulebook, question: Question, provision: Provision) -> bool:
    """Returns whether a clause answers a question: by its kind, or by what its conditions ask."""
    if question.rest:
        others = (entry for entry in QUESTIONS if not entry.rest)
        return provision.has_effect and not any(answers(book, entry, provision) for entry in others)
    if provision.kind in question.kinds:
        return True
    rule = book.rule(provision.id)
    trees = () if rule is None else (rule.item, rule.when)
    return any(tree is not None and not question.facts.isdisjoint(facts_of(tree)) for tree in trees)


def held_on(book: Rulebook, question: Question) -> tuple[Held, ...]:
    """Returns the instruments with a clause that answers a question, in the order of their ids."""
    found = (
        Held(instrument, tuple(p for p in instrument.provisions if answers(book, question, p)))
        for _, instrument in sorted(book.instruments.items())
    )
    return tuple(held for held in found if held.provisions)


def _named(tree: Tree) -> Iterator[Comparison]:
    """Yields the comparisons that a deal has to meet; one under a negation names what the clause leaves out."""
    if isinstance(tree, Comparison):
        yield tree
    elif isinstance(tree, Use):
        yield from _named(tree.tree)
    elif isinstance(tree, AllOf | AnyOf):
        for part in tree.parts:
            yield from _named(part)


def by_value(book: Rulebook, question: Question) -> Iterator[tuple[str, tuple[Provision, ...]]]:
    """Yields each value of the fact of a question with the clauses that name it, the earliest first."""
    named: dict[str, dict[str, Provision]] = {value: {} for value in book.catalogue[question.by].values}
    for rule in book.rules:
        comparisons = [c for tree in (rule.item, rule.when) if tree is not None for c in _named(tree)]
        for wanted in (c.wanted for c in comparisons if c.fact == question.by):
            for value in wanted if isinstance(wanted, tuple) else (str(wanted),):
                if value in named:
                    named[value][rule.id] = rule.provision
    for value, provisions in named.items():
        yield value, tuple(sorted(provisions.values(), key=lambda p: (str(p.effective_from or ""), p.id)))
