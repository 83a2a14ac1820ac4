"""Files of deals and worked cases: one form for a single deal, a desk's list, and the cases beside the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults, nearest
from coercivity.data.textyaml import TextList, TextMap, load_file
from coercivity.desk.gather import Standing, gather
from coercivity.law.decide import Deal
from coercivity.law.load import law_folder
from coercivity.law.rulebook import Rulebook

WORKED_CASES = "worked_cases"
_CASE_KEYS = ("id", "title", "date", "on", "known", "facts", "words", "standing", "expected", "expect")
_STANDING_KEYS = ("said_by", "said_on", "screened", "statement", "facts")


@dataclass(frozen=True, slots=True)
class CaseDeal:
    """One deal of a file.

    Attributes:
        on: Day of the act, where the file gives it.
        known: Day of knowledge, where the file gives it.
        expected: What a worked case expects: finding, outcome and more.
        words: The same in free text, as evidence; never read by a rule.
        raw_facts: Facts as written in the deal itself.
    """

    id: str
    title: str
    on: Day | None
    known: Day | None
    deal: Deal
    expected: Mapping[str, Any]
    words: Mapping[str, Any]
    raw_facts: Mapping[str, Any]


def read_cases(book: Rulebook, path: Path) -> list[CaseDeal]:
    """Returns the deals of a file.

    Raises:
        CoercivityError: With every fault of the file: place, nearest names, next step.
    """
    content = load_file(path)
    faults = Faults()
    found = _Reader(book, path.name, faults).read(content)
    faults.raise_if_any()
    return found


def packed_standing() -> Standing:
    """Returns the standing block shared by the worked cases of the pack."""
    faults = Faults()
    standing = read_standing(load_file(law_folder() / "standing.yaml"), "standing.yaml", faults, Standing())
    faults.raise_if_any()
    return standing


class _Reader:
    def __init__(self, book: Rulebook, name: str, faults: Faults) -> None:
        self.book, self.name, self.faults = book, name, faults

    def read(self, content: Any) -> list[CaseDeal]:
        if not isinstance(content, TextMap):
            self.faults.add("CASE-FORM", "a mapping with standing and cases expected", where=f"{self.name}:1")
            return []
        for key in content:
            if key not in ("standing", "cases", "deals", "title", "about", "on", "known"):
                close = nearest(key, ("standing", "cases", "deals"))
                if close:
                    self._fault("KEY-UNKNOWN", f"key {key!r} is not known here", content.key_lines[key], close)
        standing = self._file_standing(content.get("standing"))
        entries = content.get("cases", content.get("deals"))
        if not isinstance(entries, TextList):
            self.faults.add("CASE-FORM", "a list `cases` or `deals` expected", where=f"{self.name}:{content.line}")
            return []
        found = [self._case(entry, rank, standing, content) for rank, entry in enumerate(entries)]
        seen: dict[str, int] = {}
        for case, line in zip(found, entries.entry_lines, strict=True):
            if case is not None and case.id in seen:
                self._fault("CASE-ID", f"id {case.id!r} stands twice, first on line {seen[case.id]}", line)
            if case is not None:
                seen.setdefault(case.id, line)
        return [case for case in found if case is not None]

    def _fault(self, code: str, what: str, line: int, close: tuple[str, ...] = (), next: str = "") -> None:
        self.faults.add(code, what, where=f"{self.name}:{line}", nearest=close, next=next)

    def _file_standing(self, raw: Any) -> Standing:
        if raw is None:
            return Standing()
        if raw == WORKED_CASES:
            return packed_standing()
        return read_standing(raw, self.name, self.faults, Standing())

    def _case(self, raw: Any, rank: int, standing: Standing, content: TextMap) -> CaseDeal | None:
        if not isinstance(raw, TextMap):
            self._fault("CASE-FORM", f"entry {rank + 1} is not a mapping", content.line)
            return None
        case_id = str(raw.get("id", rank + 1))
        where = f"{self.name}:{raw.line}, {case_id}"
        for key in raw:
            if key not in _CASE_KEYS and (
                close := nearest(key, ("facts", "date", "known", "standing", "expected"), most=1)
            ):
                self._fault("KEY-UNKNOWN", f"key {key!r} is not known in a case", raw.key_lines[key], close)
        facts = raw.get("facts", TextMap(raw.line))
        if not isinstance(facts, TextMap):
            self._fault("CASE-FORM", "facts must be a mapping of fact names to values", raw.key_lines["facts"])
            return None
        if "standing" in raw:
            standing = read_standing(raw["standing"], self.name, self.faults, standing)
        places = {name: f"{self.name}:{line}, {case_id}" for name, line in facts.key_lines.items()}
        on = self._day(raw, "date", content) or self._day(raw, "on", content)
        expected = raw.get("expected", raw.get("expect", {}))
        return CaseDeal(
            id=case_id,
            title=str(raw.get("title", "")),
            on=on,
            known=self._day(raw, "known", content),
            deal=gather(self.book, facts, standing=standing, where=where, places=places, faults=self.faults),
            expected=expected if isinstance(expected, dict) else {},
            words=raw.get("words", {}),
            raw_facts=facts,
        )

    def _day(self, raw: TextMap, key: str, content: TextMap) -> Day | None:
        source = raw if key in raw else content
        if key not in source:
            return None
        try:
            return parse_day(str(source[key]))
        except ValueError as error:
            self._fault("DATE", str(error), source.key_lines[key], next="write a day as YYYY-MM-DD")
            return None


def read_standing(raw: Any, name: str, faults: Faults, base: Standing) -> Standing:
    """Returns a standing block, laid over another: what a case states replaces what the file states."""
    if not isinstance(raw, TextMap):
        faults.add("CASE-FORM", "standing must be a mapping", where=f"{name}:1")
        return base
    for key in raw:
        if key not in _STANDING_KEYS:
            where = f"{name}:{raw.key_lines[key]}"
            faults.add(
                "KEY-UNKNOWN",
                f"key {key!r} is not known in a standing block",
                where=where,
                nearest=nearest(key, _STANDING_KEYS),
            )
    facts = {**base.facts, **_mapping(raw.get("facts"))}
    screened = _mapping(raw.get("screened"))
    if "party_sets" in screened:
        facts["party_sets"] = screened["party_sets"]
    lists = screened.get("lists", list(base.lists))
    return Standing(
        said_by=str(raw.get("said_by", base.said_by)),
        facts=facts,
        lists=tuple(str(entry) for entry in lists) if isinstance(lists, list) else base.lists,
        version=str(screened.get("version", base.version)),
    )


def _mapping(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, dict) else {}
