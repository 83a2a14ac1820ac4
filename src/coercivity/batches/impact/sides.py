"""The rulebooks between which a draft is compared: without it, with it, and with it less its exemptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.errors import Fault
from coercivity.batches.impact.without import without
from coercivity.law.rules.known import STARTS
from coercivity.law.rules.model import Instrument, Provision
from coercivity.law.rules.rulebook import Rulebook

BARE, DRAFT = 0, 1  # places in `Sides.books`


@dataclass(frozen=True, slots=True)
class Exemption:
    """A clause of the draft that exempts deals, or excludes them from other clauses.

    Attributes:
        effect: `exempt`, `out_of_scope`, or another effect in place of that of the clauses it excludes.
        begins: First day on which it applies; None if the draft gives none.
    """

    clause: str
    instrument: str
    effect: str
    begins: Day | None


def exemptions_of(bare: Rulebook, draft: Rulebook) -> tuple[Exemption, ...]:
    """Returns the clauses of the draft itself that exempt or exclude.

    Args:
        bare: The rulebook.
        draft: The same with the draft.
    """
    new = [instrument for name, instrument in draft.instruments.items() if name not in bare.instruments]
    return tuple(
        Exemption(provision.id, instrument.id, provision.effect, begins(instrument, provision))
        for instrument in new
        for provision in instrument.provisions
        if provision.effect in ("exempt", "out_of_scope") or provision.kind == "exclusion"
    )


def begins(instrument: Instrument, provision: Provision) -> Day | None:
    """Returns the first day of a clause: of its first start with a date, or of guidance its own; None without one."""
    if provision.guidance:
        return provision.effective_from
    starts = (event for event in instrument.events if event.type in STARTS and event.touches(provision.id))
    return min((event.effective for event in starts if event.effective is not None), default=None)


def undated(exemptions: tuple[Exemption, ...]) -> list[Fault]:
    """Returns an error for each exemption without a first day: it would never apply, and its deals would all move."""
    step = (
        "add an event of type entry_into_force with `effective: 'YYYY-MM-DD'` and `scope: all` or the clause; "
        "of a clause with `guidance: true` its own `effective_from` counts"
    )
    return [
        Fault(
            "EXEMPTION-DAY",
            f"the exemption {one.clause!r} has no day on which it begins",
            where=f"{one.instrument}, {one.clause}",
            next=step,
        )
        for one in exemptions
        if one.begins is None
    ]


@dataclass(frozen=True, slots=True)
class Sides:
    """The rulebooks that each row is judged under.

    Attributes:
        books: The rulebook, the draft, then the draft without its exemptions and with each of them alone.
        exemptions: Those with an effect, in the order of the draft.
        none: Place of the draft without exemptions in `books`.
        alone: Place of the draft with one exemption alone, by exemption; with a single exemption, the draft itself.
        changed: Ranks in the draft of the rules that are new, or whose instrument or its source changed.
        alike: Whether the two rulebooks differ in these rules only.
        told_through: Last day on which anything was published or checked in the unchanged instruments of the rulebook;
            `Day.max` if that is later than the rulebook itself goes.
    """

    books: tuple[Rulebook, ...]
    exemptions: tuple[Exemption, ...]
    none: int
    alone: tuple[int, ...]
    changed: frozenset[int]
    alike: bool
    told_through: Day

    def off(self, place: int) -> frozenset[int]:
        """Returns the ranks of the exemptions that never begin in a rulebook."""
        kept = {at for at, one in enumerate(self.alone) if one == place}
        draft = self.books[DRAFT]
        ids = {one.clause for at, one in enumerate(self.exemptions) if place > DRAFT and at not in kept}
        return frozenset(rule.rank for rule in draft.rules if rule.id in ids)


def sides_of(bare: Rulebook, draft: Rulebook) -> Sides:
    """Returns the rulebooks that each row is judged under.

    Args:
        bare: The rulebook.
        draft: The same with the draft.
    """
    exemptions = tuple(one for one in exemptions_of(bare, draft) if draft.rule(one.clause) is not None)
    names = [one.clause for one in exemptions]
    books, alone = [bare, draft], []
    if names:
        books.append(without(draft, names))
    for name in names:
        others = [other for other in names if other != name]
        alone.append(len(books) if others else DRAFT)
        if others:
            books.append(without(draft, others))
    changed = _changed(bare.instruments, draft.instruments)
    ranks = frozenset(rule.rank for rule in draft.rules if rule.instrument.id in changed)
    lists = {entry.instrument_id for entry in draft.party_sets.values()}
    alike = bare.vouches == draft.vouches and lists.isdisjoint(changed)
    told = [day for name, one in bare.instruments.items() if name not in changed for day in _told(one)]
    through = Day.max if max(told, default=Day.min) > bare.known_through else bare.known_through
    return Sides(tuple(books), exemptions, 2 if names else DRAFT, tuple(alone), ranks, alike, through)


def _told(instrument: Instrument) -> Iterator[Day]:
    """Yields the days that are compared with an information cut-off: of publications, and of the last check."""
    yield instrument.verified_through
    for event in instrument.events:
        yield from (day for day in (event.published or event.effective, event.published_before) if day is not None)
    yield from (provision.published for provision in instrument.provisions if provision.published is not None)


def _changed(before: Mapping[str, Instrument], after: Mapping[str, Instrument]) -> frozenset[str]:
    """Returns the instruments that are new or differ, and those with an event that such an instrument causes.

    The check of a rule counts to the day to which the causes of its events were checked, so these belong to it.
    """
    found = {name for name, instrument in after.items() if before.get(name) != instrument}
    caused = {name for name, one in after.items() if any(event.by in found for event in one.events)}
    return frozenset(found | caused)
