"""Questions that ask for several facts at once, whom to ask, and facts that follow; no decision depends on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coercivity.base.errors import Faults
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.schema import FlagText, Plain, Strict, Words, parse_as
from coercivity.data.values import FactValue

NAME = "questions.yaml"


class ChoiceText(Strict):
    """A plain answer as written in the pack.

    Attributes:
        sets: The facts that it states.
        never: Values of stated facts that it excludes.
        benign: It states the benign answer to each compliance declaration of its card.
    """

    id: Plain
    label: Words
    sets: dict[str, object] = {}
    never: dict[str, list[str]] = {}
    benign: FlagText = False


class CardText(Strict):
    """A question as written in the pack."""

    id: Plain
    question: Words
    help: Words | None = None
    facts: list[str]
    needs: list[str] = []
    details_of: list[str] = []
    only: dict[str, list[str]] = {}
    never: dict[str, list[str]] = {}
    choices: list[ChoiceText] = []


class WhomText(Strict):
    """Whom to ask for some facts, as written in the pack."""

    facts: list[str]
    en: str
    zh: str


class FollowsText(Strict):
    """A fact that follows from another, as written in the pack."""

    fact: str
    source: str
    acts: list[str]
    only: list[str] = []
    never: list[str] = []
    reason: Words


class QuestionFile(Strict):
    """The file of questions."""

    cards: list[CardText] = []
    whom: list[WhomText] = []
    follows: list[FollowsText] = []


@dataclass(frozen=True, slots=True)
class Choice:
    """A plain answer to a question, and the facts that it states.

    Attributes:
        never: Values that stated facts must not have.
        of_those_asked: It answers whichever of its facts are asked for.
    """

    id: str
    label: Words
    facts: Mapping[str, FactValue]
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_those_asked: bool = False

    def suits(self, facts: Mapping[str, FactValue]) -> bool:
        """Returns whether the answer agrees with the facts of a deal."""
        excluded = any(facts.get(name) in values for name, values in self.never.items())
        return not excluded and all(facts[name] == value for name, value in self.facts.items() if name in facts)


@dataclass(frozen=True, slots=True)
class Card:
    """A question that asks for several facts at once.

    Attributes:
        facts: The facts, in the order in which they are asked.
        needs: Facts that have to be stated before.
        details_of: Facts without which the answers mean nothing; if they are not known, these are not asked for either.
        only: Values that stated facts must have.
        never: Values that stated facts must not have.
        choices: Plain answers, each of which states several facts; without them, each fact has a field of its own.
    """

    id: str
    question: Words
    help: Words | None
    facts: tuple[str, ...]
    needs: tuple[str, ...]
    details_of: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]]
    never: Mapping[str, tuple[str, ...]]
    choices: tuple[Choice, ...]

    def suits(self, facts: Mapping[str, FactValue]) -> bool:
        """Returns whether the question suits a deal with these facts."""
        return (
            all(name in facts for name in self.needs)
            and all(facts.get(name) in values for name, values in self.only.items())
            and not any(facts.get(name) in values for name, values in self.never.items())
        )


@dataclass(frozen=True, slots=True)
class Follows:
    """A fact that has the value of another by the definitions of the catalogue.

    Attributes:
        acts: Types of transaction in which it follows.
        only: Values from which it follows; empty for any.
        never: Values from which it does not follow.
        reason: The definition, in words.
    """

    fact: str
    source: str
    acts: tuple[str, ...]
    only: tuple[str, ...]
    never: tuple[str, ...]
    reason: Words

    def value(self, facts: Mapping[str, FactValue]) -> FactValue | None:
        """Returns the value that follows from the facts of a deal; None if none does, or the deal states the fact."""
        found = facts.get(self.source)
        if self.fact in facts or facts.get("act") not in self.acts or found in self.never:
            return None
        return found if not self.only or found in self.only else None


@dataclass(frozen=True, slots=True)
class Cards:
    """All such questions, whom to ask for each fact, and the facts that need no question because they follow."""

    cards: tuple[Card, ...] = ()
    whom: Mapping[str, Words] = field(default_factory=dict)
    follows: tuple[Follows, ...] = ()

    def following(self, facts: Mapping[str, FactValue]) -> dict[str, tuple[FactValue, Follows]]:
        """Returns the facts that follow from those of a deal, each with its value and the definition."""
        found = ((one, one.value(facts)) for one in self.follows)
        return {one.fact: (value, one) for one, value in found if value is not None}

    def __getitem__(self, card_id: str) -> Card:
        return next(card for card in self.cards if card.id == card_id)


def read_cards(raw: object, catalogue: FactCatalogue, benign: Mapping[str, FactValue], faults: Faults) -> Cards:
    """Returns the questions of a pack; every fact and value is checked against the catalogue.

    Args:
        raw: Content of the file.
        catalogue: The facts.
        benign: Benign answer to each compliance declaration.
        faults: Collects every error found.
    """
    parsed = parse_as(QuestionFile, raw, name=NAME, faults=faults)
    if parsed is None:
        return Cards()
    cards = tuple(_card(text, catalogue, benign, faults) for text in parsed.cards)
    whom: dict[str, Words] = {}
    for entry in parsed.whom:
        for name in entry.facts:
            _known(catalogue, name, "whom", faults)
            if name in whom:
                faults.add("PACK-FORM", f"duplicate fact {name!r}", where=f"{NAME}, whom")
            whom[name] = Words(en=entry.en, zh=entry.zh)
    follows = tuple(
        Follows(one.fact, one.source, tuple(one.acts), tuple(one.only), tuple(one.never), one.reason)
        for one in parsed.follows
    )
    for one in follows:
        for name in (one.fact, one.source):
            _known(catalogue, name, f"follows {one.fact}"[:80], faults)
    return Cards(cards, whom, follows)


def _card(text: CardText, catalogue: FactCatalogue, benign: Mapping[str, FactValue], faults: Faults) -> Card:
    where = f"{NAME}, {text.id}"
    for name in (*text.facts, *text.needs, *text.details_of, *text.only, *text.never):
        _known(catalogue, name, text.id, faults)
    choices = []
    for choice in text.choices:
        named = {name: benign[name] for name in text.facts if name in benign} if choice.benign else {}
        for name, value in choice.sets.items():
            found = catalogue.parse(name, value, where=f"{where}, {choice.id}", faults=faults)
            if found is not None:
                named[name] = found
        never = {name: tuple(values) for name, values in choice.never.items()}
        choices.append(Choice(choice.id, choice.label, named, never, bool(choice.benign)))
    only, never = ({n: tuple(v) for n, v in held.items()} for held in (text.only, text.never))
    return Card(
        id=text.id,
        question=text.question,
        help=text.help,
        facts=tuple(text.facts),
        needs=tuple(text.needs),
        details_of=tuple(text.details_of),
        only=only,
        never=never,
        choices=tuple(choices),
    )


def _known(catalogue: FactCatalogue, name: str, card: str, faults: Faults) -> None:
    if name not in catalogue:
        near = catalogue.nearest(name[:80])
        faults.add("FACT-UNKNOWN", f"fact {name[:80]!r} not found", where=f"{NAME}, {card}", nearest=near)
