"""Files of deals and worked cases: one format for a single deal, a list of deals, and the cases of the rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Fault, Faults, brief_value, nearest
from coercivity.cases.claims import LICENCE_KEYS, Claim, licence_named, read_claims
from coercivity.cases.gather import Standing, gather
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.cases.lot_papers.files import FilePapers
from coercivity.cases.steps.deals import deal_with_steps
from coercivity.cases.steps.keys import likely
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.input import Content, Input
from coercivity.data.textyaml import TextList, TextMap, line_of, load_file
from coercivity.intake.cells.stated import stated_facts
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.derived_facts import CONFLICT
from coercivity.law.rules.load import CASES, law_folder
from coercivity.law.rules.rulebook import Rulebook

WORKED_CASES = "worked_cases"
_CASE_KEYS: tuple[str, ...] = ("id", "title", "date", "on", "known", "facts", "unread", "claims", "words", "standing")
_CASE_KEYS += ("expected", "expect", "steps", "papers", *LICENCE_KEYS)
_FILE_KEYS = ("standing", "cases", "deals", "title", "about", "date", "on", "known", "papers")
_SAME = (("cases", "deals"), ("date", "on"), ("expected", "expect"), LICENCE_KEYS)
_STANDING_KEYS = ("said_by", "said_on", "screened", "statement", "facts")
_SCREENED_KEYS = ("lists", "version", "result", "party_sets", "by", "on")


@dataclass(frozen=True, slots=True)
class CaseDeal:
    """One deal of a file.

    Attributes:
        on: Transaction date, if the file gives it.
        known: Information cut-off, if the file gives it.
        expected: Expectations of a worked case: finding, outcome and more.
        claims: What an order, a label or a supplier says about it, as evidence; never read by a rule.
        words: The same in free text, as evidence; never read by a rule.
        raw_facts: Facts as written in the deal itself.
        file: Name of the file, for messages.
        contradictions: Facts of the deal that cannot both be true; such a deal is not decided.
        lot_findings: What the documents of its lots show.
        licence: Number of the licence it is shipped under; empty without one. No rule reads it.
    """

    id: str
    title: str
    on: Day | None
    known: Day | None
    deal: Deal
    expected: Mapping[str, object]
    words: Mapping[str, object]
    raw_facts: Mapping[str, object]
    file: str = ""
    claims: tuple[Claim, ...] = ()
    contradictions: tuple[Fault, ...] = ()
    lot_findings: tuple[LotFinding, ...] = ()
    licence: str = ""


def read_cases(book: Rulebook, path: Input, *, keep_contradictions: bool = False) -> list[CaseDeal]:
    """Reads the deals of a file.

    Args:
        book: The rulebook, for its facts and lists.
        path: The file, or its uploaded content.
        keep_contradictions: Whether to keep a deal with contradictory facts in the list, with its contradictions;
            otherwise they are an error of the file.

    Raises:
        CoercivityError: With every error in the file: location, nearest names, next step.
    """
    content = load_file(path)
    faults = Faults()
    name = path.name if isinstance(path, Content) or path.name != CASES else f"{path.parent.name}/{path.name}"
    found = _Reader(book, name, faults).read(content)
    if not keep_contradictions:
        faults.items.extend(fault for case in found for fault in case.contradictions)
    faults.raise_if_any()
    return found


def packed_standing() -> Standing:
    """Returns the compliance declarations shared by the worked cases of the pack."""
    faults = Faults()
    standing = read_standing(load_file(law_folder() / "standing.yaml"), "standing.yaml", faults, Standing())
    faults.raise_if_any()
    return standing


@dataclass(frozen=True, slots=True)
class _Days:
    """The dates that a file gives for all its deals."""

    on: Day | None
    known: Day | None


class _Reader:
    def __init__(self, book: Rulebook, name: str, faults: Faults) -> None:
        self.book, self.name, self.faults = book, name, faults
        self.papers = FilePapers(book, faults)

    def read(self, content: object) -> list[CaseDeal]:
        if not isinstance(content, TextMap):
            self.faults.add("CASE-FORM", "expected a mapping with standing and cases", where=f"{self.name}:1")
            return []
        for key in content:
            close, step = likely(key, _FILE_KEYS, ("standing", "cases", "deals"), 3)
            if close or step:
                self._fault("KEY-UNKNOWN", f"unknown key {key!r}", content.key_lines[key], close, step)
        standing = self._file_standing(content.get("standing"))
        self._once(content)
        key = "cases" if "cases" in content else "deals"
        entries = content.get(key)
        if not isinstance(entries, TextList):
            line = content.key_lines.get(key, content.line)
            self._fault("CASE-FORM", "expected a list `cases` or `deals`", line, next="see docs/files.md")
            return []
        if not entries:
            line = content.key_lines[key]
            self._fault("CASE-FORM", f"the list `{key}` is empty", line, next="add a deal; see docs/files.md")
        days = _Days(self._on(content), self._day(content, "known"))
        places = list(zip(entries, entries.entry_lines, strict=True))
        found = [self._case(entry, rank, line, standing, days) for rank, (entry, line) in enumerate(places, 1)]
        seen: dict[str, int] = {}
        for case, line in zip(found, entries.entry_lines, strict=True):
            if case is not None and case.id in seen:
                what = f"duplicate id {brief_value(case.id)!r}, first used on line {seen[case.id]}"
                self._fault("CASE-ID", what, line)
            if case is not None:
                seen.setdefault(case.id, line)
        kept = [case for case in found if case is not None]
        has_papers = self.papers.read(content, self.name, [case.id for case in kept])
        return [self._with_papers(case) for case in kept] if has_papers else kept

    def _with_papers(self, case: CaseDeal) -> CaseDeal:
        """Returns a deal with what the documents of its lots show."""
        own = Faults()
        deal, told = self.papers.deal(case.deal, case.id, f"{self.name}, {case.id}", own)
        return replace(case, deal=deal, lot_findings=told, contradictions=(*case.contradictions, *own.items))

    def _fault(self, code: str, what: str, line: int, close: tuple[str, ...] = (), next: str = "") -> None:
        self.faults.add(code, what, where=f"{self.name}:{line}", nearest=close, next=next)

    def _once(self, raw: TextMap) -> None:
        """Rejects two names for the same field with different values: one of them would be dropped."""
        for one, other in _SAME:
            if one in raw and other in raw and raw[one] != raw[other]:
                days = f": {raw[one]} and {raw[other]}" if one == "date" else ""
                what = (
                    f"`{one}` and `{other}` are two names for the same field, with different values{brief_value(days)}"
                )
                first, line = sorted((raw.key_lines[one], raw.key_lines[other]))
                self._fault("CASE-TWICE", what, line, next=f"keep one of them; the first is on line {first}")

    def _file_standing(self, raw: object) -> Standing:
        if raw is None:
            return Standing()
        if raw == WORKED_CASES:
            return packed_standing()
        return read_standing(raw, self.name, self.faults, Standing(), self.book.catalogue)

    def _case(self, raw: object, rank: int, line: int, standing: Standing, days: _Days) -> CaseDeal | None:
        if not isinstance(raw, TextMap):
            self._fault("CASE-FORM", f"entry {rank} is not a mapping", line)
            return None
        case_id = str(raw.get("id", rank))
        where = f"{self.name}:{raw.line}, {case_id}"
        for key in raw:
            close, step = likely(key, _CASE_KEYS, ("facts", "date", "known", "standing", "expected", "steps"), 1)
            if close or step:
                self._fault("KEY-UNKNOWN", f"unknown key {key!r} in a case", raw.key_lines[key], close, step)
        facts = raw.get("facts", TextMap(raw.line))
        if not isinstance(facts, TextMap):
            self._fault("CASE-FORM", "facts must be a mapping of fact names to values", raw.key_lines["facts"])
            return None
        if "standing" in raw:
            standing = read_standing(raw["standing"], self.name, self.faults, standing, self.book.catalogue)
        if "papers" in raw:
            facts = self.papers.of_deal(case_id, facts, raw["papers"], where)
        own = Faults()
        places = {name: f"{self.name}:{line}, {case_id}" for name, line in facts.key_lines.items()}
        self._once(raw)
        on, known = self._on(raw), self._day(raw, "known")
        day = on if {"date", "on"} & set(raw) else days.on
        deal = gather(self.book, facts, standing=standing, where=where, places=places, on=day, faults=own)
        if "steps" in raw:
            deal = deal_with_steps(self.book, deal, raw["steps"], where, own, day)
        return CaseDeal(
            id=case_id,
            title=str(raw.get("title", "")),
            on=day,
            known=known if "known" in raw else days.known,
            deal=replace(deal, unread=tuple(dict.fromkeys((*deal.unread, *self._unread(raw))))),
            contradictions=tuple(self._apart(own)),
            expected=self._expected(raw),
            words=raw.get("words", {}),
            raw_facts=stated_facts(self.book.catalogue, facts, where=where, faults=Faults()).facts,
            file=self.name,
            claims=read_claims(self.book.catalogue, raw["claims"], where, self.faults) if "claims" in raw else (),
            licence=licence_named(raw, self.name, self.faults),
        )

    def _apart(self, own: Faults) -> Iterator[Fault]:
        """Collects the contradictions of a deal; its other errors are errors of the file."""
        for fault in own.items:
            if fault.code == CONFLICT:
                yield fault
            else:
                self.faults.items.append(fault)

    def _unread(self, raw: TextMap) -> tuple[str, ...]:
        """Returns what the deal says that could not be read; it keeps the result undetermined."""
        unread = raw.get("unread", TextList(raw.line))
        if isinstance(unread, TextList) and all(isinstance(word, str) and word.strip() for word in unread):
            return tuple(dict.fromkeys(unread))
        what = f"`unread` must be a list of words, found {brief_value(unread)!r}"
        self._fault("CASE-FORM", what, raw.key_lines["unread"], next="write [unit] or omit it")
        return ()

    def _expected(self, raw: TextMap) -> Mapping[str, object]:
        key = "expected" if "expected" in raw else "expect"
        expected = raw.get(key, TextMap(raw.line))
        if not isinstance(expected, TextMap):
            what = f"`{key}` must be a mapping, found {brief_value(expected)!r}"
            self._fault("CASE-FORM", what, raw.key_lines[key], next="write {finding: ..., outcome: ...}")
            return {}
        return expected

    def _on(self, raw: TextMap) -> Day | None:
        """Returns the transaction date under either of its names; `_once` rejects two that differ."""
        return self._day(raw, "date" if "date" in raw else "on")

    def _day(self, raw: TextMap, key: str) -> Day | None:
        if key not in raw:
            return None
        try:
            return parse_day(str(raw[key]))
        except ValueError as error:
            self._fault("DATE", str(error), raw.key_lines[key], next="write the date as YYYY-MM-DD")
            return None


def read_standing(
    raw: object, name: str, faults: Faults, base: Standing, catalogue: FactCatalogue | None = None
) -> Standing:
    """Returns a `standing` block merged over another: what a case declares replaces what the file declares.

    Args:
        raw: The block.
        name: Name of the file, for messages.
        faults: Collects every error found.
        base: The block that it is merged over.
        catalogue: Facts, by which synonyms are told; without it the block keeps the names of the file.
    """
    if not isinstance(raw, TextMap):
        faults.add("CASE-FORM", "standing must be a mapping", where=f"{name}:1")
        return base
    for key in raw:
        if key not in _STANDING_KEYS:
            where = f"{name}:{raw.key_lines[key]}"
            faults.add(
                "KEY-UNKNOWN",
                f"unknown key {key!r} in `standing`",
                where=where,
                nearest=nearest(key, _STANDING_KEYS),
            )
    own, screened = (_mapping(raw, key, name, faults) for key in ("facts", "screened"))
    if catalogue is not None:
        own = stated_facts(catalogue, own, where=f"{name}, standing", faults=faults).facts
    facts = {**base.facts, **own}
    if "party_sets" in screened:
        if own.get("party_sets", screened["party_sets"]) != screened["party_sets"]:
            where = f"{name}:{line_of(raw, ('screened', 'party_sets'))}"
            what = (
                "party_sets under `facts` and under `screened` are two names for the same field, with different values"
            )
            faults.add("CASE-TWICE", what, where=where, next="keep one of them")
        facts["party_sets"] = screened["party_sets"]
    _check_screened(screened, name, faults)
    lists = screened.get("lists", list(base.lists))
    return Standing(
        said_by=str(raw.get("said_by", screened.get("by", base.said_by))),
        facts=facts,
        lists=tuple(str(entry) for entry in lists) if isinstance(lists, list) else base.lists,
        version=str(screened.get("version", base.version)),
        said_on=str(raw.get("said_on", screened.get("on", base.said_on))),
    )


def _check_screened(screened: Mapping[str, object], name: str, faults: Faults) -> None:
    """Adds an error for what would be read as a search of all lists: a key misspelt, or lists that are not a list."""
    if not isinstance(screened, TextMap):
        return
    for key in screened:
        if key not in _SCREENED_KEYS:
            where, close = f"{name}:{screened.key_lines[key]}", nearest(key, _SCREENED_KEYS)
            faults.add("KEY-UNKNOWN", f"unknown key {key!r} in `screened`", where=where, nearest=close)
    lists = screened.get("lists", [])
    if not isinstance(lists, list):
        where = f"{name}:{screened.key_lines['lists']}"
        what = f"`lists` must be a list of restricted-party lists, found {brief_value(lists)!r}"
        faults.add("CASE-FORM", what, where=where, next=f"write [{brief_value(lists)}], or omit it for all lists")


def _mapping(raw: TextMap, key: str, name: str, faults: Faults) -> Mapping[str, object]:
    found = raw.get(key, {})
    if isinstance(found, dict):
        return found
    what = f"`{key}` must be a mapping, found {brief_value(found)!r}"
    faults.add("CASE-FORM", what, where=f"{name}:{raw.key_lines[key]}", next="see docs/files.md")
    return {}
