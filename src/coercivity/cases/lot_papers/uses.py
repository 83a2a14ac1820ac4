"""Whether two documents name the same end use, through the synonyms of the catalogue and its readers of uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.cases.lot_papers.kinds import facts_of_uses, paper_kinds
from coercivity.cases.lot_papers.rows import folded
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.fact_words import fold, value_words
from coercivity.intake.goods.use import use_kinds

_REST = ("none", "other")


@dataclass(frozen=True, slots=True)
class NamedUse:
    """An end use as far as the catalogue knows it.

    Attributes:
        text: The words without case, width and blanks.
        kinds: Kinds of use that the words name: civil, military, wmd, terrorist.
        value: Fact and value that the words name; None if they name none.
    """

    text: str
    kinds: frozenset[str]
    value: tuple[str, str] | None

    @property
    def is_general(self) -> bool:
        """Whether the words say the kind of use and nothing more."""
        return self.text in _general()


def named_use(catalogue: FactCatalogue, words: str) -> NamedUse:
    """Returns an end use as far as the catalogue knows it.

    Args:
        catalogue: Facts of the rulebook on China.
        words: The end use in the words of a document.
    """
    text = folded(words)
    kind = _flags(catalogue).get(text)
    value = _values(catalogue).get(text) or _values(catalogue).get(text.removesuffix("s"))
    return NamedUse(text, frozenset({kind}) if kind else use_kinds(words), value)


def same_use(one: NamedUse, other: NamedUse) -> Truth:
    """Returns whether two end uses are the same; unknown if the words differ and the catalogue settles nothing."""
    if one.text == other.text:
        return YES
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        return NO
    if one.value is not None and other.value is not None:
        if one.value == other.value:
            return YES
        (fact, value), (other_fact, other_value) = one.value, other.value
        exclusive = fact == other_fact and not {value, other_value} & set(paper_kinds().parts)
        return NO if exclusive else UNKNOWN
    if one.kinds == other.kinds and len(one.kinds) == 1 and (one.is_general or other.is_general):
        return YES
    return UNKNOWN


@lru_cache(maxsize=1)
def _general() -> frozenset[str]:
    return frozenset(map(fold, paper_kinds().general))


@lru_cache(maxsize=4)
def _flags(catalogue: FactCatalogue) -> dict[str, str]:
    """Returns the kind of use that a name or synonym of a fact means, by folded word."""
    kinds = {name: kind for name, kind in paper_kinds().kinds_of_use.items() if name in catalogue}
    return {fold(word): kind for name, kind in kinds.items() for word in (name, *catalogue[name].synonyms)}


@lru_cache(maxsize=4)
def _values(catalogue: FactCatalogue) -> dict[str, tuple[str, str]]:
    """Returns the fact and value that a word means, by folded word; a word of several means none."""
    found: dict[str, set[tuple[str, str]]] = {}
    for name in paper_kinds().uses:
        spec = catalogue.get(name) or facts_of_uses().get(name)
        if spec is None:
            continue
        for word, values in value_words(spec.values, spec.value_synonyms).items():
            found.setdefault(word, set()).update((name, value) for value in values if value not in _REST)
    return {word: next(iter(meant)) for word, meant in found.items() if len(meant) == 1}
