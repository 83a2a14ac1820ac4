"""What the licensing desk says of the time of one licence: its queue, its rows, and the files before it.

All of it is practice or assumption; the law says whether a licence is needed and how long a review may take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coercivity.base.days import Day
from coercivity.base.months import Month, middle_of, month_of
from coercivity.law.engine.decide import Deal, Decision
from coercivity.law.rules.rulebook import Rulebook
from coercivity.practice.desk import (
    EVERYWHERE,
    DeskPractice,
    DeskRow,
    EventKind,
    Form,
    GeneralLicence,
    Parameter,
    PracticeEvent,
)
from coercivity.practice.desk_tables import load_desk

if TYPE_CHECKING:
    from coercivity.firm.draws import Floats
    from coercivity.market.run.licensing.usual_desk import UsualDesk
    from coercivity.permission.desk.cells import Queue
    from coercivity.permission.distributions import Gamma

# Licence routes that this desk decides; technology licences of the catalogue and annual licences go elsewhere.
ROUTES = ("single", "general", "special_application")
# Months after the start for which the queue is followed: documents, returned files and the wait fall into them.
MONTHS_AHEAD = 12
# Months after the information cut-off for which it is followed at most; later ones are like the last.
MOST_MONTHS = 60

# Form of the desk for each form of a deal. Goods that contain a magnet are licensed for it; machines for a plant come
# with its technology; what holds several substances, or is none of the forms reported, is nearest to a compound.
_FORMS: Mapping[str, Form] = {
    "magnet": "magnet",
    "component": "magnet",
    "assembly": "magnet",
    "finished_good": "magnet",
    "magnet_powder": "powder",
    "metal": "metal",
    "alloy": "metal",
    "scrap": "metal",
    "target": "target",
    "oxide": "oxide",
    "ore": "compound",
    "compound": "compound",
    "mixture": "compound",
    "reagent": "compound",
    "functional_material": "compound",
    "other_material": "compound",
    "equipment": "technology",
    "equipment_part": "technology",
    "technology": "technology",
    "none": "service",
}
_ACTS: Mapping[str, Form] = {
    "technology": "technology",
    "publication": "technology",
    "service": "service",
    "assistance": "service",
    "support_service": "service",
}


@dataclass(frozen=True, slots=True, eq=False)
class DeskTime:
    """The licensing desk as the applicant of one licence meets it.

    Attributes:
        queue: Form, country and user of the application; `ALL` if the deal names no single country.
        like: Queue whose backlog is used: the same, or one of which the same reports speak; None if none files.
        practice: Rows, events and general licences known by then.
        known: Information cut-off.
        first: Month of the first column of `work_months`.
        work_months: Months in which the files before a new one are taken up without a halt, with the capacity of the
            desk at each of `PLACES`, shape (places, months) [months].
        review: Time at the authority after a file is taken up [calendar days].
        review_rows: Rows of law, practice and assumption on which it is based.
    """

    queue: Queue
    like: Queue | None
    practice: DeskPractice
    known: Day
    first: Month
    work_months: Floats
    review: Gamma
    review_rows: tuple[str, ...]

    @property
    def events(self) -> tuple[PracticeEvent, ...]:
        """Halts and slow-downs of the queue by report, oldest first; an end after the cut-off was not known then."""
        return tuple(self._open(event) for event in _halts(self.practice, self.queue))

    def _open(self, event: PracticeEvent) -> PracticeEvent:
        known = event.ends_on is None or event.ends_on < self.known or event.begins_on > self.known
        return event if known else replace(event, ends_on=None)

    @property
    def unused(self) -> tuple[PracticeEvent, ...]:
        """Unused licences of the queue, by report, oldest first."""
        if "unused_licences" in self.practice.off:
            return ()
        found = _events(self.practice, self.queue, ("unused_licences",))
        return tuple(self._open(event) for event in found)

    def general_share(self, on: Day) -> float:
        """Returns the share of the usual shipments of the queue under general licences on a day."""
        from coercivity.permission.desk.from_practice import general_share_on

        return general_share_on(self.general(on), on)

    def row(self, parameter: Parameter, month: Month) -> DeskRow:
        """Returns the row that holds for the queue in a month.

        Raises:
            LookupError: If no row holds; the packed table has one for every queue.
        """
        found = self.practice.row(parameter, *self.queue, middle_of(month), self.known)
        if found is None:
            raise LookupError(f"no row of the licensing desk gives {parameter} for {self.queue}")
        return found

    def general(self, on: Day) -> tuple[GeneralLicence, ...]:
        """Returns the general licences of exporters for the queue on a day: those of the nearest place."""
        from coercivity.permission.desk.from_practice import nearest_rows

        practice = self.practice
        if "general_licences" in practice.off:
            return ()
        begun = (row for row in practice.general if row.begins_on <= on and practice.fits(row.scope, *self.queue))
        return tuple(nearest_rows(practice, begun))


def queue_of(deal: Deal) -> Queue:
    """Returns the queue in which an application for a deal waits.

    Goods whose form is not stated count as magnets, of which most reports speak.

    Args:
        deal: The deal.
    """
    from coercivity.permission.desk.cells import Queue

    facts = deal.facts
    act, form = str(facts.get("act")), str(facts.get("form"))
    military = any(facts.get(name) is True for name in ("military_user", "military_use"))
    return Queue(_ACTS.get(act) or _FORMS.get(form, "magnet"), _country(deal), "military" if military else "civil")


def _country(deal: Deal) -> str:
    for name in ("to", "recipient_nationality"):
        place = deal.facts.get(name)
        if isinstance(place, str) and place != "CN":
            return place
    return EVERYWHERE


def desk_time(book: Rulebook, decision: Decision, practice: DeskPractice | None = None) -> DeskTime:
    """Returns the licensing desk for one decision, as known by its information cut-off.

    Args:
        book: The rulebook, which says which flows need a licence in which month.
        decision: The decision.
        practice: Rows of the desk; by default the built-in ones.

    Raises:
        CoercivityError: If a table is missing or has errors.
    """
    return desk_of_queue(book, queue_of(decision.deal), decision.on, decision.known, practice)


def desk_of_queue(book: Rulebook, queue: Queue, on: Day, known: Day, practice: DeskPractice | None = None) -> DeskTime:
    """Returns the licensing desk for one queue.

    Args:
        book: The rulebook, which says which flows need a licence in which month.
        queue: The queue.
        on: Day from which it is followed for a year.
        known: Information cut-off.
        practice: Rows of the desk; by default the built-in ones.

    Raises:
        CoercivityError: If a table is missing or has errors.
    """
    from coercivity.market.run.licensing.usual_desk import PLACES, usual_desks
    from coercivity.permission.basis import Basis
    from coercivity.permission.review_time import review

    practice = practice or load_desk()
    through = min(month_of(on) + MONTHS_AHEAD, month_of(known) + MOST_MONTHS)
    paths = usual_desks(book, through, known=known, practice=practice)
    usual = paths[PLACES.index(0.0)]
    basis = Basis()
    heard = practice.known_by(known)
    fitted = review(heard, *queue, known, basis)
    place = like_queue(usual, heard, queue)
    work = _work(paths, place)
    return DeskTime(
        queue=queue,
        like=None if place is None else usual.queues[place],
        practice=heard,
        known=known,
        first=usual.first,
        work_months=work,
        review=fitted,
        review_rows=tuple(sorted(basis.sources | basis.assumed)),
    )


def _work(paths: Sequence[UsualDesk], place: int | None) -> Floats:
    """Returns the months of work before a file at each capacity; no capacity gives more than a smaller one."""
    import numpy as np

    if place is None:
        return np.zeros((len(paths), 1))
    work = np.array([path.months.work_months[:, place] for path in paths])
    return np.minimum.accumulate(work, axis=0)


def like_queue(path: UsualDesk, practice: DeskPractice, queue: Queue) -> int | None:
    """Returns the position of the queue whose backlog an application meets; None if none files.

    The authority shares its capacity among all files, so queues of which the same reports speak wait alike; of these
    the nearest by country, or the one that stands for it and its like, then by user and form, then the largest.

    Args:
        path: The path of the desk.
        practice: Rows and events known by then.
        queue: The queue of the application.
    """
    import numpy as np

    halts, others = [event.id for event in _halts(practice, queue)], _standing_for(practice, queue.country)
    filed: list[int] = np.flatnonzero((path.months.asked > 0).any(axis=0)).tolist()

    def alike(place: int) -> tuple[bool, bool, bool, bool, bool, float, Queue]:
        other = path.queues[place]
        same = [event.id for event in _halts(practice, other)] == halts
        here = (other.country == queue.country, other.country in others)
        fits = (*here, other.user == queue.user, other.form == queue.form)
        return same, *fits, float(path.orders_t[place]), other

    return max(filed, key=alike, default=None)


def _standing_for(practice: DeskPractice, country: str) -> frozenset[str]:
    """Returns the codes that stand for a country and others of the same groups of places."""
    from coercivity.permission.buckets import load_buckets

    def groups(code: str) -> set[str]:
        return {name for name, members in practice.groups.items() if code in members}

    if country == EVERYWHERE:
        return frozenset()
    return frozenset(code for code in load_buckets().stands_for if groups(code) == groups(country))


def _halts(practice: DeskPractice, queue: Queue) -> tuple[PracticeEvent, ...]:
    return () if "events" in practice.off else _events(practice, queue, ("halt", "slow_down"))


def _events(practice: DeskPractice, queue: Queue, kinds: tuple[EventKind, ...]) -> tuple[PracticeEvent, ...]:
    found = (row for row in practice.events if row.kind in kinds and practice.fits(row.scope, *queue))
    return tuple(sorted(found, key=lambda row: (row.begins_on, row.id)))
