"""Other writings of persons' names in Latin letters, each with its kind and the verdict it deserves."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks._name_variants import Variant, cyrillic, letters, number, slip

NICKNAMES = {"Michael": "Mike", "Jennifer": "Jenny", "Robert": "Bob", "Katherine": "Kate", "William": "Bill", "Thomas": "Tom",
             "Elizabeth": "Liz", "Stephen": "Steve", "Margaret": "Peggy", "Anthony": "Tony", "Samuel": "Sam", "James": "Jim"}  # fmt: skip


def of_person(name: str) -> Iterator[Variant]:
    """Yields other writings of a person's name: order, initials, titles, short given names, a middle name less."""
    given, *middle, family = [word for word in name.replace("St. ", "St.").split() if word not in ("Jr.", "II", "III")]
    family = family.replace("St.", "St. ")
    key, full = number(name), " ".join([given, *middle])
    yield Variant("surname first", f"{family}, {full}", "match")
    yield Variant("surname first", f"{family.upper()} {full}", "match")
    yield Variant(
        "title", ("Mr. {}", "Dr. {}", "Ms {}", "Prof. {}", "{}, PhD", "Hon. {}")[key % 6].format(name), "match"
    )
    yield Variant("given initial", f"{given[0]}. {family}", "possible")
    if middle:
        yield Variant("middle dropped", f"{given} {family}", "possible")
        yield Variant("middle dropped", f"{family}, {given}", "possible")
    if given in NICKNAMES:
        yield Variant("short given name", f"{NICKNAMES[given]} {family}", "possible")
    yield Variant("case", name.upper(), "match")
    yield Variant("cyrillic", cyrillic(name), "possible")
    spots = letters(family)
    if len(spots) > 5:
        yield Variant("slip in surname", f"{full} {slip(family, name)[1]}", "possible")
