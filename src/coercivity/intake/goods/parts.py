"""Two items in one name: text on both sides of a joiner where neither is an attribute of the other.

A machine next to a metal is two lines of an invoice in one cell. If one of them were read, the other would be hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coercivity.data.values import FactValue
from coercivity.intake.goods.phrases import Phrase
from coercivity.intake.goods.things import UnreadThingError, thing_of

_SUBSTANCES = frozenset(("metal", "oxide", "compound", "alloy", "target", "mixture"))
# Forms that are goods of their own and rarely the purpose or the contents of another item.
_GOODS = _SUBSTANCES | frozenset(
    ("magnet", "magnet_powder", "functional_material", "scrap", "ore", "equipment", "equipment_part", "technology")
)
_NEVER_HELD = _GOODS - _SUBSTANCES - frozenset(("magnet", "functional_material"))
_DROPS_ELEMENTS = frozenset(("equipment", "equipment_part", "technology", "finished_good", "reagent", "other_material"))
_DROPS_FAMILY = _DROPS_ELEMENTS - frozenset(("finished_good",))


def refuse_two_things(words: Sequence[Phrase]) -> None:
    """Finds two parts of a name that are two items; yttrium oxide / europium oxide mixture is one.

    Args:
        words: Words of the item itself, each with its part.

    Raises:
        UnreadError: If there are two.
    """
    if not words or words[-1].part == words[0].part:
        return
    seen: list[Mapping[str, FactValue]] = []
    mixed: set[str] = set()
    for part in _parts(words):
        thing = _identity(part)
        if thing.get("form") == "mixture":
            mixed |= {_form(word) for word in part} & _SUBSTANCES
        if thing and thing not in seen:
            seen.append(thing)
    seen = [thing for thing in seen if thing.get("form") == "mixture" or thing.get("form") not in mixed]
    for at, thing in enumerate(seen):
        for other in seen[:at]:
            if not (thing.items() <= other.items() or other.items() <= thing.items()):
                raise UnreadThingError(f"describes two items: {_said(other)} and {_said(thing)}")


def refuse_beside(words: Sequence[Phrase], facts: Mapping[str, FactValue]) -> None:
    """Finds a part that names only elements or a family, next to an item whose reading would drop them.

    Args:
        words: Words of the item itself, each with its part.
        facts: The facts they were interpreted as.

    Raises:
        UnreadError: If there is one: strip caster, Dy.
    """
    form = str(facts.get("form", ""))
    if form not in _DROPS_ELEMENTS:
        return
    for part in _parts(words):
        roles = {word.role for word in part}
        lone = "thing" not in roles and ("element" in roles or ("family" in roles and form in _DROPS_FAMILY))
        if lone and len({word.part for word in words}) > 1:
            raise UnreadThingError(f"describes two items: {form} and {part[0].word}")


def refuse_left_out(left_out: Iterable[Phrase], kept: Iterable[Phrase]) -> None:
    """Finds goods beyond a joiner among the words of a purpose: magnets for motors, Dy metal.

    Args:
        left_out: Words of the purpose with a joiner between them and the purpose word.
        kept: Words of the item itself; the same form, or a family among them, is not a second item.

    Raises:
        UnreadError: If there are any.
    """
    main = [*kept]
    forms, families = {_form(word) for word in main}, {word.word for word in main if word.role == "family"}
    for word in left_out:
        other = word.role == "family" and bool(families) and word.word not in families
        if other or (_form(word) in _GOODS and _form(word) not in forms):
            raise UnreadThingError(f"describes two items, or an item and its purpose: {word.word}")


def refuse_held(words: Sequence[Phrase], kept: Iterable[Phrase]) -> None:
    """Finds goods after `with` that the item itself cannot contain: strip caster with Dy metal.

    Args:
        words: Words of one block, in order.
        kept: Words of the item itself.

    Raises:
        UnreadError: If there are any.
    """
    begin = next((at for at, word in enumerate(words) if word.role == "subordinate"), len(words))
    end = next((at for at, word in enumerate(words) if at > begin and word.word == "的"), len(words))
    machine = any(_form(word) in ("equipment", "technology") for word in kept if word.role == "thing")
    for part in _parts(words[begin:end]):
        forms = {_form(word) for word in part}
        magnets = "magnet" in forms
        named = any(word.role in ("element", "family") or word.has for word in part)
        odd = forms & _NEVER_HELD or (forms & _SUBSTANCES and named and not magnets) or (machine and magnets)
        if odd:
            raise UnreadThingError(
                f"describes two items, or one that contains the other: {', '.join(sorted(forms & _GOODS))}"
            )


def _parts(words: Sequence[Phrase]) -> list[list[Phrase]]:
    found: dict[int, list[Phrase]] = {}
    for word in words:
        found.setdefault(word.part, []).append(word)
    return [*found.values()]


def _identity(part: Sequence[Phrase]) -> Mapping[str, FactValue]:
    """Returns the facts of the item that one part names; the block of a family or grade is a magnet."""
    thing = thing_of([word for word in part if word.role == "thing" or "form" in word.facts])
    roles = {word.role for word in part}
    return thing or ({"form": "magnet"} if "shape" in roles and roles & {"family", "grade"} else {})


def _form(word: Phrase) -> str:
    return str(word.facts.get("form", ""))


def _said(thing: Mapping[str, FactValue]) -> str:
    return str(thing.get("goods_kind") or thing.get("form"))
