"""Required approvals and how to obtain them: licence routes, documents, steps, time limits and obligations.

Law only. Reported practice is shown separately, with its own label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coercivity.base.days import Day, WorkingCalendar
from coercivity.base.truth import NO, UNKNOWN, YES, Truth
from coercivity.law.consequences.applicability import Basis, Entry, Reach, Where, is_export_control
from coercivity.law.consequences.licensing import (
    ClockEnd,
    ClockRule,
    Document,
    LegalDuty,
    Licensing,
    LicensingStep,
    TrackId,
    TrackRule,
    load_licensing,
)
from coercivity.law.engine.decide import Decision
from coercivity.law.rules.rulebook import Rule, Rulebook

_DUAL_USE: tuple[TrackId, ...] = ("single", "general", "certificate")
_LICENCE_EFFECTS = ("licence_required", "case_by_case", "presumed_denial")
_OTHER: tuple[TrackId, ...] = ("ordinary_export_licence", "technology_licence")
_CATALOGUE = ("sc-331-tier", "mofcom-most-2023-57", "mofcom-most-2025-28")


@dataclass(frozen=True, slots=True)
class Because:
    """A reason in words, with its legal basis."""

    text: Mapping[str, str]
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document required by law.

    Attributes:
        sure: False if it depends on missing information.
    """

    rule: Document
    sure: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step on a licence route."""

    rule: LicensingStep
    sure: bool


@dataclass(frozen=True, slots=True)
class Follows:
    """An obligation during or after the transaction."""

    rule: LegalDuty
    sure: bool


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A time limit as it applies to one decision.

    Attributes:
        no_limit: Cases without a limit that apply; with any, there is no end date.
        may_fall_away: Cases without a limit that may apply.
        sure: False if it depends on missing information.
    """

    rule: ClockRule
    no_limit: tuple[Because, ...]
    may_fall_away: tuple[Because, ...]
    sure: bool

    def clock(self, start_on: Day, calendar: WorkingCalendar) -> ClockEnd:
        """Returns the last day of the period, or why there is none.

        Args:
            start_on: Date of the event that starts the time limit.
            calendar: Chinese working days; after its last year the end is unknown.

        Source: Decree 792, Articles 17 and 26(2).
        """
        return ClockEnd(None, "no_limit") if self.no_limit else self.rule.clock(start_on, calendar)

    def clock_after(self, before: ClockEnd, calendar: WorkingCalendar) -> ClockEnd:
        """Returns the same if the period starts when another one ends.

        Args:
            before: End of the other period.
            calendar: Chinese working days; after its last year the end is unknown.

        Source: Decree 331, Articles 32 and 34.
        """
        return ClockEnd(None, "no_limit") if self.no_limit and before.day else self.rule.clock_after(before, calendar)


@dataclass(frozen=True, slots=True)
class OpenTrack:
    """An available licence route.

    Attributes:
        sure: False if the finding itself is undetermined.
        unless: Reasons that may close it.
    """

    rule: TrackRule
    sure: bool
    unless: tuple[Because, ...]
    papers: tuple[Paper, ...]
    steps: tuple[NextStep, ...]
    clocks: tuple[RunningClock, ...]


@dataclass(frozen=True, slots=True)
class ClosedTrack:
    """A closed licence route, with the reasons."""

    rule: TrackRule
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """The approval procedure, by law.

    Attributes:
        tracks: Available licence routes. One per regime is enough; every regime named is needed.
        closed: Closed licence routes of the relevant regimes.
        refused_in_principle: A licence can be applied for, with a presumption of denial.
        clocks: Time limits other than those of the routes.
        duties: Obligations during or after the transaction.
    """

    tracks: tuple[OpenTrack, ...]
    closed: tuple[ClosedTrack, ...]
    refused_in_principle: bool
    clocks: tuple[RunningClock, ...]
    duties: tuple[Follows, ...]

    def track(self, track_id: TrackId) -> OpenTrack | None:
        """Returns an available licence route by its id, or None.

        Source: Decree 792, Article 15.
        """
        return next((track for track in self.tracks if track.rule.id == track_id), None)


def procedure(book: Rulebook, decision: Decision) -> Procedure:
    """Returns the required approvals and the obligations, by law.

    Args:
        book: The rulebook.
        decision: The decision.

    Source: Export Control Law, Articles 12 to 20; Decree 792, Articles 14 to 38; Decree 331, Articles 29 to 42.
    """
    return _Proceeding(book, decision).run()


class _Proceeding:
    def __init__(self, book: Rulebook, decision: Decision) -> None:
        self.book, self.decision = book, decision
        self.table: Licensing = load_licensing(book)
        self.reach = Reach(book, decision, self.table.groups)
        self.sure = self._rules(self.reach.sure)
        self.open = self._rules(self.reach.open)
        self.exempt = self._rules(self.reach.exempt) if decision.certificate_first else []
        self.barred = [rule for rule in self.sure if rule.provision.effect == "prohibited" and not self._special(rule)]

    def _rules(self, ranks: Iterable[int]) -> list[Rule]:
        return [self.book.rules[rank] for rank in sorted(ranks)]

    def _special(self, rule: Rule) -> bool:
        return self.reach.list_of(rule) == "control_list"

    def run(self) -> Procedure:
        opened, closed = [], []
        for track_id in self._in_play():
            reasons, unless = self._closings(track_id)
            if reasons:
                closed.append(ClosedTrack(self.table.track(track_id), tuple(reasons)))
            else:
                opened.append(self._open_track(track_id, tuple(unless)))
        clocks = [self._clock(rule, truth) for rule in self.table.clocks if (truth := self._applies(rule, rule.where))]
        asked = [(rule, self._applies(rule, rule.where)) for rule in self.table.duties]
        duties = [Follows(rule, truth is YES) for rule, truth in asked if truth]
        refused = any(rule.provision.effect == "presumed_denial" for rule in self.sure)
        return Procedure(tuple(opened), tuple(closed), refused and bool(opened), tuple(clocks), tuple(duties))

    def _in_play(self) -> list[TrackId]:
        """Returns the licence routes of the regimes that affect this deal."""
        found: list[TrackId] = []
        if self._licences() or self.exempt or any(_dual_use(rule) for rule in self.barred):
            found += _DUAL_USE
        if any(self._special(rule) for rule in self.sure):
            found += [track for track in (*_DUAL_USE, "special_application") if track not in found]
        for track in _OTHER:
            if any(track in rule.provision.track for rule in (*self.sure, *self.open)):
                found.append(track)
        if "technology_licence" not in found and any(rule.instrument.id in _CATALOGUE for rule in self.barred):
            found.append("technology_licence")
        return found

    def _licences(self) -> list[Rule]:
        """Returns the dual-use rules that require a licence: those that apply, or else those that may."""
        sure = [rule for rule in self.sure if _asks(rule)]
        return sure or [rule for rule in self.open if _asks(rule)]

    def _closings(self, track: TrackId) -> tuple[list[Because], list[Because]]:
        """Returns the reasons that certainly close a route, and those that might."""
        reasons = [_of_rule(rule) for rule in self.barred if _bars(rule, track)]
        unless: list[Because] = []
        for closing in self.table.closings:
            if track in closing.closes and (truth := self._applies(closing, closing.where)):
                entry = Because(closing.text.as_dict(), tuple(closing.basis))
                (reasons if truth is YES else unless).append(entry)
        if track in _DUAL_USE:
            reasons += self._not_offered(track)
            unless += [_only(rule) for rule in self.open if _asks(rule) and self._withholds(rule, track)]
        unless += [_of_rule(rule) for rule in self.open if rule.provision.effect == "prohibited"]
        return reasons, unless

    def _not_offered(self, track: TrackId) -> list[Because]:
        """Returns why no rule opens a dual-use licence route."""
        if self.exempt:
            return [] if track == "certificate" else [_EXEMPT_WAY]
        if track == "certificate":
            return [_NO_CASE]
        return [_only(rule) for rule in self._licences() if self._withholds(rule, track)]

    def _withholds(self, rule: Rule, track: TrackId) -> bool:
        offered = rule.provision.track
        return track != "certificate" and bool(offered) and track not in offered

    def _open_track(self, track: TrackId, unless: tuple[Because, ...]) -> OpenTrack:
        papers = [
            Paper(rule, truth is YES)
            for rule in self.table.documents
            if track in rule.tracks and (truth := self._applies(rule, rule.where))
        ]
        steps = [
            NextStep(rule, truth is YES)
            for rule in self.table.steps
            if track in rule.tracks and (truth := self._applies(rule, rule.where))
        ]
        clocks = [self._clock(self.table.clock(step.rule.clock), YES) for step in steps if step.rule.clock]
        rule = self.table.track(track)
        return OpenTrack(rule, self._is_sure(track), unless, tuple(papers), tuple(steps), tuple(clocks))

    def _is_sure(self, track: TrackId) -> bool:
        """Returns whether a rule that applies, or an established exemption, requires this route."""
        if track in _OTHER:
            return any(track in rule.provision.track for rule in self.sure)
        if track == "special_application":
            return any(self._special(rule) for rule in self.sure)
        return bool(self.exempt) or any(_asks(rule) for rule in self.sure)

    def _clock(self, rule: ClockRule, truth: Truth) -> RunningClock:
        off: list[Because] = []
        may: list[Because] = []
        for entry in rule.no_limit:
            met = UNKNOWN if entry.where is None else self.reach.met(entry.where)
            if met is not NO:
                (off if met is YES else may).append(Because(entry.text.as_dict(), tuple(entry.basis)))
        return RunningClock(rule, tuple(off), tuple(may), truth is YES)

    def _applies(self, entry: Entry, wheres: list[Where] | None) -> Truth:
        """Returns whether an entry applies; NO is falsy, so that callers can use `if`."""
        truth = YES if wheres is None else self.reach.met(wheres)
        return truth if truth is NO else min(truth, self.reach.in_force(entry))


def _asks(rule: Rule) -> bool:
    effect = rule.provision.ceiling if rule.provision.effect == "unknown" else rule.provision.effect
    return effect in _LICENCE_EFFECTS and is_export_control(rule)


def _dual_use(rule: Rule) -> bool:
    return is_export_control(rule) and (rule.any_item or rule.provision.dual_use)


def _bars(rule: Rule, track: TrackId) -> bool:
    """Returns whether a prohibition closes a route: the Catalogue closes only its own."""
    return track == "technology_licence" if rule.instrument.id in _CATALOGUE else True


def _of_rule(rule: Rule) -> Because:
    basis = Basis(instrument=rule.instrument.id, article=rule.provision.ref, provision=rule.id)
    return Because(rule.provision.gist.as_dict(), (basis,))


def _only(rule: Rule) -> Because:
    """Returns the reason that a rule offers only other routes."""
    gist = rule.provision.gist.as_dict()
    text = {"en": f"Only the single licence is available here. {gist['en']}"}
    if "zh" in gist:
        text["zh"] = f"此处只能申请单项许可。{gist['zh']}"
    return Because(text, _of_rule(rule).basis)


_NO_CASE = Because(
    {"en": "No Article 19 case has been established.", "zh": "未确认属于第十九条所列情形。"},
    (Basis(instrument="sc-792-2024", article="19"),),
)
_EXEMPT_WAY = Because(
    {
        "en": "An Article 19 case: the certificate replaces the licence.",
        "zh": "属于第十九条所列情形：以出口凭证代替许可。",
    },
    (Basis(instrument="sc-792-2024", article="19"),),
)
