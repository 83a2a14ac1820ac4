"""Rows on the steps of a chain as written: step, element, country, share, who says so, evidence and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.exact import SCALE, Interval, exact_text, parse_exact
from coercivity.base.sums import total
from coercivity.data.catalogue import nearest_country
from coercivity.data.values import ANY_COUNTRY
from coercivity.law.engine.derived_facts import RARE_EARTHS
from coercivity.law.rules.rulebook import Rulebook

Step = Literal[
    "mined",
    "separated",
    "refined",
    "metal",
    "alloy_melted",
    "powder",
    "sintered",
    "bonded",
    "diffused",
    "magnetised",
    "recycled",
    "assembled",
]
Evidence = Literal["declared", "certified", "tested", "inferred"]
STEPS: tuple[str, ...] = get_args(Step)
EVIDENCE: tuple[str, ...] = get_args(Evidence)
BY_ELEMENT = frozenset({"mined", "separated", "refined", "metal"})  # from the alloy on a step is of all elements
ALL, OPEN = "all", "?"
KEYS = ("step", "element", "country", "share", "by", "evidence", "on", "technology", "part1_value_share")
_MISSING = {"step": "step is missing", "by": "by is missing", "evidence": "evidence is missing", "on": "on is missing"}
_ADD = {"step": "add step", "by": "add by: who says so", "evidence": "add evidence", "on": "add on: the day"}
_NOT = {"step": "is not a step of a chain", "evidence": "is not a kind of evidence"}
UNKNOWN_SHARE = Interval(0, SCALE)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One statement about where a step was done.

    Attributes:
        element: The element that it is about; `all` from the alloy on.
        country: Country of the site; `?` if it is not known.
        share: Share of the step that was done there, by mass [fraction, with both limits].
        by: Who says so.
        evidence: declared, certified by an outside body, tested in a laboratory, or inferred by us.
        said_on: Day of the statement.
        technology: Country of the technology used; blank if not stated.
        part1_value_share: Share of the value of the whole item that is this input, where it is one of the inputs of
            annex 1 part 1 of MOFCOM 61/2025 [fraction]; None if not stated.
    """

    step: Step
    element: str
    country: str
    share: Interval
    by: str
    evidence: Evidence
    said_on: Day
    technology: str = ""
    part1_value_share: Interval | None = None

    @property
    def settles(self) -> bool:
        """Whether it can give a yes or a no: an inference cannot, and a test tells how much, never whose."""
        return self.evidence in ("declared", "certified")

    @property
    def speaker(self) -> str:
        """Who says so, on which evidence and day."""
        return f"{self.by} ({self.evidence}, {self.said_on})"


def read_steps(book: Rulebook, raw: object, where: str, faults: Faults) -> tuple[StepRow, ...]:
    """Returns the rows of a block `steps`; every error is added, with the nearest names.

    Args:
        book: The rulebook, for its countries and elements.
        raw: A list of mappings as text.
        where: Location for messages.
        faults: Collects every error found.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        what = f"steps must be a list of rows, found {brief_value(raw)!r}"
        faults.add("STEP-FORM", what, where=where, next="write [{step: mined, country: AU, ...}]; see docs/steps.md")
        return ()
    rows = [_row(book, entry, f"{where}, step {rank}", faults) for rank, entry in enumerate(raw, 1)]
    found = tuple(row for row in rows if row is not None)
    _apart(found, where, faults)
    _sums(found, where, faults)
    return found


def _row(book: Rulebook, raw: object, where: str, faults: Faults) -> StepRow | None:
    if isinstance(raw, Mapping):
        return _Row(book, raw, where, faults).read()
    what = f"expected a mapping, found {brief_value(raw)!r}"
    faults.add("STEP-FORM", what, where=where, next="write {step: mined, country: AU, ...}")
    return None


class _Row:
    def __init__(self, book: Rulebook, raw: Mapping[object, object], where: str, faults: Faults) -> None:
        self._book, self._raw, self._where, self._faults = book, raw, where, faults

    def read(self) -> StepRow | None:
        before = len(self._faults.items)
        for key in self._raw:
            if key not in KEYS:
                self._add("", f"unknown key {brief_value(key)!r}", nearest(str(key), KEYS))
        for key, what in _MISSING.items():
            if not str(self._raw.get(key, "")).strip():
                self._add(key, what, next=_ADD[key])
        step, evidence = self._word("step", STEPS), self._word("evidence", EVIDENCE)
        element, day = self._element(step), self._day()
        country = self._country("country", OPEN)
        technology = self._country("technology", "")
        share = self._share("share") or UNKNOWN_SHARE
        value = self._share("part1_value_share")
        if len(self._faults.items) > before or day is None:
            return None
        by = str(self._raw["by"]).strip()
        return StepRow(step, element, country, share, by, evidence, day, technology, value)  # type: ignore[arg-type] # the two words were checked above

    def _at(self, key: str) -> str:
        return f"{self._where}, {key}" if key else self._where

    def _add(self, key: str, what: str, close: tuple[str, ...] = (), next: str = "see docs/steps.md") -> None:
        self._faults.add("STEP-FORM", what, where=self._at(key), nearest=close, next=next)

    def _word(self, key: str, known: tuple[str, ...]) -> str:
        word = str(self._raw.get(key, ""))
        if word.strip() and word not in known:
            self._add(key, f"{brief_value(word)!r} {_NOT[key]}", nearest(word, known), f"one of {', '.join(known)}")
        return word

    def _element(self, step: str) -> str:
        word = str(self._raw.get("element", ALL))
        known = (ALL, *sorted(RARE_EARTHS), "B", "Co", "Fe")
        if word not in known:
            what = f"{brief_value(word)!r} is not a valid element"
            self._add("element", what, nearest(word, known), "write its symbol, or all")
        elif word != ALL and step in STEPS and step not in BY_ELEMENT:
            self._add("element", f"{step} is of all elements, not of {word}", next="omit element")
        return word

    def _day(self) -> Day | None:
        text = str(self._raw.get("on", ""))
        try:
            return parse_day(text) if text.strip() else None
        except ValueError as error:
            self._faults.add("DATE", str(error), where=self._at("on"), next="write the date as YYYY-MM-DD")
            return None

    def _country(self, key: str, otherwise: str) -> str:
        word = str(self._raw.get(key, otherwise))
        countries = self._book.catalogue.countries
        if word not in (OPEN, otherwise) and (word not in countries or word == ANY_COUNTRY):
            step = "use ISO 3166 alpha-2, or ? if it is not known"
            close = tuple(code for code in nearest_country(countries, word) if code != ANY_COUNTRY)
            self._add(key, f"{brief_value(word)!r} is not a country code", close, step)
        return word

    def _share(self, key: str) -> Interval | None:
        if key not in self._raw:
            return None
        raw = self._raw[key]
        ends = [str(end) for end in raw] if isinstance(raw, list) else [str(raw)]
        try:
            if len(ends) not in (1, 2):
                raise ValueError("expected a number or a range [low, high]")
            found = Interval(parse_exact(ends[0]), parse_exact(ends[-1]))
            if found.low < 0 or found.high > SCALE:
                raise ValueError("outside 0 to 1 (shares are fractions: 0.1 percent is 0.001)")
        except ValueError as error:
            what = f"{brief_value('..'.join(ends))!r}: {error}"
            self._faults.add("STEP-SHARE", what, where=self._at(key), next="write 0.7, or a range from low to high")
            return None
        return found


def _apart(rows: tuple[StepRow, ...], where: str, faults: Faults) -> None:
    """Adds a fault for two statements about one country of which only one can be true."""
    settled = [row for row in rows if row.settles and row.country != OPEN]
    for rank, one in enumerate(settled):
        for other in settled[rank + 1 :]:
            same = (one.step, one.country) == (other.step, other.country)
            same = same and (one.element == other.element or ALL in (one.element, other.element))
            if same and (one.share.low > other.share.high or other.share.low > one.share.high):
                element = other.element if one.element == ALL else one.element
                of = f"{one.step} in {one.country}" + ("" if element == ALL else f" of {element}")
                what = f"two statements about {of} contradict each other: {_said(one)} and {_said(other)}"
                faults.add("STEP-CONFLICT", what, where=where, next="remove the wrong one, or state a range")


def _said(row: StepRow) -> str:
    low, high = exact_text(row.share.low), exact_text(row.share.high)
    return f"{low if low == high else f'{low} to {high}'} by {row.speaker}"


def _sums(rows: tuple[StepRow, ...], where: str, faults: Faults) -> None:
    """Adds a fault for every step of an element whose countries certainly had more than all of it."""
    for (step, element), by_country in sorted(shares(rows).items()):
        lowest = total(one.low for one in by_country.values())
        if lowest > SCALE:
            parts = ", ".join(f"{country} {exact_text(one.low)}" for country, one in sorted(by_country.items()))
            of = "" if element == ALL else f" of {element}"
            what = f"the shares of {step}{of} sum to {exact_text(lowest)} at least: {parts}"
            faults.add("STEP-SHARE", what, where=where, next="the shares of a step sum to 1 at most; correct them")


def shares(rows: Sequence[StepRow]) -> dict[tuple[str, str], dict[str, Interval]]:
    """Returns the share of every country by step and element.

    Several statements about one country give the range that spans them, and a statement about all elements is one about
    each. Evidence that cannot settle does not lower a share that is certain; alone it leaves the lower limit at 0.
    """
    return {key: _spans(about(rows, *key)) for key in {(row.step, row.element): None for row in rows}}


def about(rows: Sequence[StepRow], step: str, element: str) -> list[StepRow]:
    """Returns the statements about a step of an element; those about all elements are among them."""
    return [row for row in rows if row.step == step and row.element in (element, ALL)]


def _spans(rows: Sequence[StepRow]) -> dict[str, Interval]:
    found: dict[str, Interval] = {}
    for country in {row.country: None for row in rows}:
        own = [row for row in rows if row.country == country]
        lows = [row.share.low for row in own if row.settles]
        highs = [row.share.high if row.settles or row.share.high else SCALE for row in own]
        found[country] = Interval(min(lows, default=0), max(highs))
    return found
