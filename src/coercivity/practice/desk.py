"""How the licensing desk works in practice: figures, halts, general licences and customs holds, as typed rows.

None of it is law: it says how long an application takes and how often it succeeds, never whether one is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeVar, get_args

from coercivity.base.days import Day

Form = Literal["magnet", "metal", "oxide", "compound", "powder", "target", "technology", "service"]
# What can be switched off in a scenario; each leaves the rest as it is.
Element = Literal[
    "queue", "wait", "refusals", "returns", "general_licences", "events", "unused_licences", "customs_hold"
]
EventKind = Literal["halt", "slow_down", "unused_licences"]
# A figure of the desk. Shares are fractions; times in the unit of the row.
Parameter = Literal[
    "decisions_begin",
    "decisions_learned",
    "learning_months",
    "filed_most",
    "returned_share",
    "returned_refiled_share",
    "returned_refiled_days",
    "refused_refiled_share",
    "refused_refiled_days",
    "prior_civil_granted",
    "prior_civil_refused",
    "prior_case_granted",
    "prior_case_refused",
    "prior_denial_granted",
    "prior_denial_refused",
    "review_limit_share",
    "review_spread",
    "review_prior_files",
    "questioned_share",
    "file_cost_usd",
    "file_size_t",
    "licence_life_months",
    "halt_expected_months",
]
FORMS: tuple[Form, ...] = get_args(Form)
ELEMENTS: tuple[Element, ...] = get_args(Element)
PARAMETERS: tuple[Parameter, ...] = get_args(Parameter)
ANY, EVERYWHERE = "any", "ALL"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a row speaks of.

    Attributes:
        form: A form of goods, technology or service; `any` for all.
        destination: ISO 3166 alpha-2 code, a group of places, or `ALL`.
        user: `civil` or `military`; `any` for both.
    """

    form: str = ANY
    destination: str = EVERYWHERE
    user: str = ANY


class Scoped(Protocol):
    """A row that speaks of something."""

    @property
    def id(self) -> str:
        """Id of the row."""

    @property
    def scope(self) -> Scope:
        """What it speaks of."""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One figure with its range.

    Attributes:
        parameter: What it measures.
        value: Most likely value [unit].
        low: Low end of the range [unit].
        high: High end of the range [unit].
        begins_on: First day for which it holds; None without a beginning.
        ends_on: Last day for which it holds; None until another report.
        reported_on: Day of the report; None for a prior, which is always known.
        sample: Number of applications, companies or reports behind it; 0 for a prior.
        quality: measured, reported, estimated or assumed.
        reports: Rows of `licence_practice` it rests on.
    """

    id: str
    parameter: Parameter
    scope: Scope
    value: float
    low: float
    high: float
    unit: str
    begins_on: Day | None = None
    ends_on: Day | None = None
    reported_on: Day | None = None
    sample: int = 0
    quality: str = "assumed"
    reports: tuple[str, ...] = ()
    source_id: str = ""
    note: str = ""

    def holds(self, on: Day) -> bool:
        """Returns whether it holds on a day."""
        return _within(self.begins_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class PracticeEvent:
    """A halt, a slow-down, or unused licences, by report; never law.

    Attributes:
        share: Share of the decisions that are not taken meanwhile (halt, slow-down), or of the licences that are not
            used.
        low: Low end of that share.
        high: High end of that share.
        begins_on: First day.
        ends_on: Last day; None until another report.
        reported_on: Day of the report.
    """

    id: str
    kind: EventKind
    scope: Scope
    share: float
    low: float
    high: float
    begins_on: Day
    ends_on: Day | None
    reported_on: Day
    sample: int = 0
    quality: str = "reported"
    reports: tuple[str, ...] = ()
    source_id: str = ""
    note: str = ""

    def holds(self, on: Day) -> bool:
        """Returns whether it holds on a day."""
        return _within(self.begins_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class GeneralLicence:
    """General licences of exporters: within them usual shipments to named customers need no application.

    Attributes:
        holders: Exporters by report.
        customers: For which customers it is valid.
        share: Share of the usual shipments that they cover.
        low: Low end of that share.
        high: High end of that share.
        begins_on: First day.
        life_months: Months of validity [months].
        renewed_share: Share renewed when the validity ends.
        reported_on: Day of the report.
    """

    id: str
    scope: Scope
    holders: tuple[str, ...]
    customers: str
    share: float
    low: float
    high: float
    begins_on: Day
    life_months: int
    renewed_share: float
    reported_on: Day
    sample: int = 0
    quality: str = "reported"
    reports: tuple[str, ...] = ()
    source_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CustomsHold:
    """Goods that are not controlled but look so, withheld for inspection.

    Attributes:
        share: Share of the shipments withheld.
        low: Low end of that share.
        high: High end of that share.
        days: Days held [calendar days].
        days_low: Fewest days [calendar days].
        days_high: Most days [calendar days].
        begins_on: First day.
        ends_on: Last day; None until another report.
        reported_on: Day of the report.
    """

    id: str
    scope: Scope
    share: float
    low: float
    high: float
    days: float
    days_low: float
    days_high: float
    begins_on: Day
    ends_on: Day | None
    reported_on: Day
    sample: int = 0
    quality: str = "reported"
    reports: tuple[str, ...] = ()
    source_id: str = ""
    note: str = ""

    def holds(self, on: Day) -> bool:
        """Returns whether it holds on a day."""
        return _within(self.begins_on, self.ends_on, on)


@dataclass(frozen=True, slots=True)
class DeskPractice:
    """Everything reported or assumed about the licensing desk.

    Attributes:
        groups: Members of each group of places.
        off: Elements that are switched off.
    """

    rows: tuple[DeskRow, ...]
    events: tuple[PracticeEvent, ...] = ()
    general: tuple[GeneralLicence, ...] = ()
    holds: tuple[CustomsHold, ...] = ()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    off: frozenset[Element] = frozenset()

    def row(
        self, parameter: Parameter, form: str, country: str, user: str, on: Day, known: Day = Day.max
    ) -> DeskRow | None:
        """Returns the row that holds for a queue on a day: the nearest place first, then form, user, newest beginning.

        Args:
            parameter: The figure.
            form: Form of the goods, technology or service.
            country: ISO 3166 alpha-2 code of the destination.
            user: `civil` or `military`.
            on: The day.
            known: Reports after it do not count.
        """
        found = [
            row
            for row in self.rows
            if row.parameter == parameter
            and row.holds(on)
            and _known(row.reported_on, known)
            and self.fits(row.scope, form, country, user)
        ]
        return max(found, key=self._near, default=None)

    def value(self, parameter: Parameter, form: str, country: str, user: str, on: Day, known: Day = Day.max) -> float:
        """Returns the value of the row that holds for a queue on a day.

        Raises:
            LookupError: If no row holds; the packed table has one for every queue.
        """
        row = self.row(parameter, form, country, user, on, known)
        if row is None:
            raise LookupError(f"no row of the licensing desk gives {parameter} for {form}, {country}, {user} on {on}")
        return row.value

    def fits(self, scope: Scope, form: str, country: str, user: str) -> bool:
        """Returns whether a row speaks of a queue."""
        here = scope.destination in (EVERYWHERE, country) or country in self.groups.get(scope.destination, frozenset())
        return here and scope.form in (ANY, form) and scope.user in (ANY, user)

    def nearness(self, scope: Scope) -> tuple[int, bool, bool]:
        """Returns how narrow a scope is: place (country, group, everywhere), then form, then user."""
        place = 0 if scope.destination == EVERYWHERE else 1 if scope.destination in self.groups else 2
        return place, scope.form != ANY, scope.user != ANY

    def _near(self, row: DeskRow) -> tuple[tuple[int, bool, bool], Day, str]:
        return self.nearness(row.scope), row.begins_on or Day.min, row.id

    def without(self, elements: Iterable[Element]) -> DeskPractice:
        """Returns the same desk with more elements switched off."""
        return replace(self, off=self.off | frozenset(elements))

    def known_by(self, day: Day) -> DeskPractice:
        """Returns the rows reported by a day, and the priors; what ends later has no known end."""
        return replace(
            self,
            rows=tuple(_open(row, day) for row in self.rows if _known(row.reported_on, day)),
            events=tuple(_open(row, day) for row in self.events if row.reported_on <= day),
            general=tuple(row for row in self.general if row.reported_on <= day),
            holds=tuple(_open(row, day) for row in self.holds if row.reported_on <= day),
        )


RowT = TypeVar("RowT", DeskRow, PracticeEvent, CustomsHold)


def _open(row: RowT, day: Day) -> RowT:
    """Returns a row without its end if that is later than a day."""
    return replace(row, ends_on=None) if row.ends_on is not None and row.ends_on > day else row


def _known(reported_on: Day | None, known: Day) -> bool:
    return reported_on is None or reported_on <= known


def _within(begins_on: Day | None, ends_on: Day | None, on: Day) -> bool:
    return (begins_on is None or begins_on <= on) and (ends_on is None or on <= ends_on)
