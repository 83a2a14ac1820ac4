"""Regions of the market as countries: the one that represents a region, and those with licences of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Annotated

from pydantic import BeforeValidator

from coercivity.base.errors import Faults, nearest
from coercivity.base.exact import parse_exact
from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.data.schema import Plain, Strict, Words
from coercivity.data.textyaml import line_of
from coercivity.law.rules.load import load_rulebook

# Shares are written with a few digits.
_CLOSE = 1e-9


def _share(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise ValueError("a number as text is expected")
    parse_exact(value)
    if not 0 < Decimal(value) <= 1:
        raise ValueError("a share above 0 and at most 1 is expected")
    return Decimal(value)


class Member(Strict):
    """A country of a region.

    Attributes:
        country: ISO 3166 alpha-2 code.
        share: Share of the region's imports of magnets from China.
        source: Row of the world pack as table:id.
        stands_for: What it stands for if not for itself alone.
    """

    country: Plain
    stands_for: Words | None = None
    share: Annotated[Decimal, BeforeValidator(_share)]
    source: Plain
    reason: Plain


class Place(Strict):
    """A region, the country that represents it, and the countries that the licensing desk distinguishes.

    Attributes:
        stands_for: What the country stands for in the queues if not for itself alone.
    """

    region: Plain
    country: Plain
    stands_for: Words | None = None
    reason: Plain
    members: list[Member] = []

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """Countries with their shares; without members the country that represents the region, with 1."""
        if not self.members:
            return ((self.country, 1.0),)
        return tuple((member.country, float(member.share)) for member in self.members)


def check_members(places: Sequence[Place], raw: object, name: str, faults: Faults) -> None:
    """Adds the faults of the members of regions.

    Args:
        places: The regions.
        raw: The file as read, for the line of each fault.
        name: Name of the file.
        faults: Faults of the same file found so far.
    """
    countries, rows_of = load_rulebook().catalogue.countries, _world_rows()
    held: dict[str, str] = {}
    for at, place in enumerate(places):
        where = f"{name}:{line_of(raw, ('places', at))}, {place.region}"
        for member in place.members:
            if member.country not in countries:
                near = nearest(member.country, countries)
                what, step = f"country {member.country[:20]!r} not found", "use ISO 3166 alpha-2"
                faults.add("BUCKET-MEMBERS", what, where=where, nearest=near, next=step)
            elif member.country in held:
                what = f"{member.country} is a member of {held[member.country]} already"
                faults.add("BUCKET-MEMBERS", what, where=where, next="name each country once")
            held.setdefault(member.country, place.region)
            _check_source(member, rows_of, where, faults)
        if place.members:
            _check_whole(place, where, faults)


def _check_whole(place: Place, where: str, faults: Faults) -> None:
    whole = total(share for _, share in place.shares)
    if abs(whole - 1) > _CLOSE:
        what = f"shares of the members of {place.region} add up to {whole:.6g}, not 1"
        faults.add("BUCKET-MEMBERS", what, where=where, next="correct the shares; the last member takes the rest")
    codes = [member.country for member in place.members]
    if place.country not in codes:
        what = f"{place.country} represents {place.region} and is not among its members"
        step = "add it, or let one of the members represent the region"
        faults.add("BUCKET-MEMBERS", what, where=where, nearest=nearest(place.country, codes), next=step)


def _world_rows() -> Callable[[str], Mapping[str, None]]:
    """Returns the ids of the rows of a table of the world pack, none if it has no such table; each is read once."""
    world = open_pack("world")

    @cache
    def ids(table: str) -> Mapping[str, None]:
        if table not in world.schemas or "id" not in world.schemas[table].names:
            return {}
        return dict.fromkeys(world.table(table).text("id"))

    return ids


def _check_source(member: Member, rows_of: Callable[[str], Mapping[str, None]], where: str, faults: Faults) -> None:
    table, _, row = member.source.partition(":")
    rows = rows_of(table)
    if row not in rows:
        what, near = f"source {member.source[:40]!r} of {member.country} not found", nearest(row, rows)
        faults.add(
            "BUCKET-MEMBERS", what, where=where, nearest=near, next="name a row of the market data set as table:id"
        )
