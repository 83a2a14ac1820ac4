"""`ownership`: what the ownership rule of each regime makes of a company, by a file of who owns whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import Argument, Fault, Faults
from coercivity.base.exact import exact_text
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, clocks
from coercivity.data.input import Content, Input
from coercivity.data.parties.ownership import OwnershipCase, OwnershipGraph
from coercivity.intake.ownership.assess import assess, no_entity
from coercivity.intake.ownership.draft import name_key
from coercivity.intake.ownership.facts import entity_of, filled
from coercivity.intake.ownership.ftm_file import write_ftm
from coercivity.intake.ownership.read import CaseRead, read_case, read_cases
from coercivity.intake.ownership.regimes import Regime, regimes_of
from coercivity.intake.ownership.results import OwnershipAnswer, RegimeAnswer, Step
from coercivity.intake.ownership.screened import screened_graph, upstream
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.ownership.text import OwnershipText

__all__ = ["CaseReport", "OwnershipReport", "ownership", "ownership_cases", "ownership_ftm"]

LANGS: tuple[Lang, ...] = ("en", "zh")
TARGET = Argument("target")


@dataclass(frozen=True)
class OwnershipReport:
    r"""What each regime makes of a company.

    Attributes:
        answer: The answers of the regimes, with the stakes that decide them.
        gaps: The same if a listed party may hold the shares of which the file states no owner, for companies of which
            it states any.
        graph: The stakes and listings, with listings found by screening names.
        book: The rulebook.

    Examples:
        >>> _ = Path("owners.csv").write_text("owner,owned,percent,list\nWeiren,Astra,40,control_list\n")
        >>> report = coercivity.ownership("owners.csv", target="Astra", on="2025-10-20")
        >>> report.structure("cn_61_2025"), report.near_miss, report.with_gaps("cn_61_2025").structure
        ('not_caught', True, 'unknown')
    """

    answer: OwnershipAnswer
    gaps: OwnershipAnswer
    graph: OwnershipGraph
    book: Rulebook

    @property
    def near_miss(self) -> bool:
        """Whether a regime nearly catches the company."""
        return self.answer.near_miss

    def structure(self, regime: str) -> str:
        """Returns what the ownership alone gives under a regime: `caught`, `not_caught` or `unknown`."""
        found = self.answer.regime(regime)
        return found.structure if found is not None else "unknown"

    def with_gaps(self, regime: str) -> RegimeAnswer:
        """Returns the answer of a regime if a listed party may hold the shares of which the file states no owner."""
        found = self.gaps.regime(regime)
        assert found is not None
        return found

    def text(self, lang: Lang = "en") -> OwnershipText:
        """Returns the texts of the report in a language."""
        return OwnershipText(self.book, self.graph, lang)

    @property
    def regimes(self) -> Iterator[tuple[Regime, RegimeAnswer]]:
        """Each regime with its answer, in the order of the pack."""
        rules = {regime.id: regime for regime in regimes_of(self.book).regimes}
        return ((rules[answer.regime], answer) for answer in self.answer.regimes)

    def as_dict(self) -> dict[str, object]:
        """Returns the report as plain data for JSON."""
        answer = self.answer
        texts = {lang: self.text(lang) for lang in LANGS}
        return {
            "target": answer.name,
            "on": answer.on.isoformat(),
            "known": answer.known.isoformat(),
            "near_miss": answer.near_miss,
            "unstated_share": answer.unstated.text(),
            "answers": {rule.id: _plain(self, rule, one, texts) for rule, one in self.regimes},
            "notes": [
                {
                    "code": note.code,
                    "where": note.where,
                    "about": note.about,
                    "text": dict(zip(LANGS, told, strict=True)),
                }
                for note, *told in zip(answer.notes, *(texts[lang].notes(answer) for lang in LANGS), strict=True)
            ],
            "ownership_sha256": self.graph.sha256,
        }


@dataclass(frozen=True)
class CaseReport:
    """One case of a file of cases: its report, or its faults."""

    case_id: str
    report: OwnershipReport | None
    faults: tuple[Fault, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Returns the case as one line of JSON: structure, status and reason of each regime, or the faults."""
        if self.report is None:
            return {"id": self.case_id, "faults": [fault.as_dict() for fault in self.faults]}
        text, target = self.report.text(), self.report.answer.target
        answers = {
            rule.id: {
                "structure": one.structure,
                "status": one.status.value,
                "reason": text.reason(one, target, rule),
            }
            for rule, one in self.report.regimes
        }
        return {"id": self.case_id, "answers": answers, "near_miss": self.report.near_miss}


def ownership(
    file: str | Path | Content,
    *,
    target: str | None = None,
    on: str | None = None,
    known: str | None = None,
    law: Law = PACKED,
) -> OwnershipReport:
    r"""Returns what the ownership rule of each regime makes of a company.

    Shares of which the file states no owner are read as held by parties not listed, and the report says how much that
    is; an owner written `?` may be any party. Owners whose listing the file does not state are screened by name.

    Args:
        file: Who owns whom: CSV, FollowTheMoney JSON lines, or YAML or JSON of one graph.
        target: The company asked about; default: as the file states.
        on: The day asked about, YYYY-MM-DD; default: as the file states.
        known: Information cut-off for the status of the rules.
        law: The rulebook, with lists of the user's own.

    Raises:
        CoercivityError: With every error in the file and the arguments.

    Examples:
        >>> _ = Path("stakes.csv").write_text("owner,owned,percent,list\nWeiren,Astra,60,control_list\n")
        >>> report = coercivity.ownership("stakes.csv", target="Astra", on="2025-10-20")
        >>> report.structure("cn_61_2025"), report.structure("cn_named_only"), report.near_miss
        ('caught', 'not_caught', False)
        >>> report.as_dict()["answers"]["cn_61_2025"]["text"]["en"]
        'Weiren holds 60 % of Astra; 50 % or more counts'
    """
    faults = Faults()
    case = read_case(_input(file), faults)
    book = law.book()
    times = clocks(book, on, known, None, faults)
    read = all(fault.where in (ON, KNOWN) for fault in faults.items)
    entity = _target(case, target, faults) if read else ""  # only in a file that could be read
    day = times.on or case.on
    if day is None and on is None and read:
        faults.add("ARGUMENT", "on is missing", where=ON, next="write the day asked about as YYYY-MM-DD")
    faults.raise_if_any()
    assert day is not None
    return _report(case, entity, day, times.known, book)


def ownership_cases(
    file: str | Path | Content, *, on: str | None = None, known: str | None = None, law: Law = PACKED
) -> Iterator[CaseReport] | None:
    """Returns the reports of a file with `cases:` one by one, or None if the file holds a single graph.

    A case that cannot be read is a report of its faults; the others are answered.

    Args:
        file: YAML or JSON with `cases`, each a graph with `id`, `target` and `on`.
        on: The day asked about, for cases that state none.
        known: Information cut-off for the status of the rules.
        law: The rulebook, with lists of the user's own.

    Raises:
        CoercivityError: If the file is no file of graphs, or an argument is invalid.
    """
    cases = read_cases(_input(file))
    if cases is None:
        return None
    book, faults = law.book(), Faults()
    times = clocks(book, on, known, None, faults)
    faults.raise_if_any()
    return (_case_report(case, times.on, times.known, book) for case in cases)


def ownership_ftm(file: str | Path | Content) -> str:
    """Returns a file of who owns whom as FollowTheMoney JSON lines.

    Raises:
        CoercivityError: With every error in the file.
    """
    faults = Faults()
    case = read_case(_input(file), faults)
    faults.raise_if_any()
    return write_ftm(case.graph)


def _case_report(read: CaseRead, on: Day | None, known: Day | None, book: Rulebook) -> CaseReport:
    if read.case is None:
        return CaseReport(read.case_id, None, read.faults)
    faults = Faults()
    entity, day = _target(read.case, None, faults), read.case.on or on
    if day is None:
        faults.add("ARGUMENT", "on is missing", where=ON, next="write the day asked about as YYYY-MM-DD")
    if faults.items or day is None:
        return CaseReport(read.case_id, None, tuple(faults.items))
    return CaseReport(read.case_id, _report(read.case, entity, day, known, book))


def _report(case: OwnershipCase, entity: str, day: Day, known: Day | None, book: Rulebook) -> OwnershipReport:
    seen = known or case.known or book.default_known(day)
    whole = screened_graph(upstream(case.graph, [entity]), book, day, seen)
    gaps = assess(filled(whole, day), entity, day, book, known=seen)
    return OwnershipReport(assess(whole, entity, day, book, known=seen), gaps, whole, book)


def _target(case: OwnershipCase, target: str | None, faults: Faults) -> str:
    """Returns the id of the company asked about; blank after adding that the file does not name it, or none is."""
    entity = _entity(case.graph, target) if target is not None else case.target
    if not entity and target:
        faults.items += no_entity(case.graph, target, TARGET).faults
    elif not entity:
        faults.add("ARGUMENT", "target is missing", where=TARGET, next="name the company asked about")
    return entity


def _entity(graph: OwnershipGraph, target: str) -> str:
    """Returns the entity with an id or name, exactly or as folded; blank if there is none."""
    key = name_key(target)
    exact = (one for one in graph.entities if key in map(name_key, (one, *graph.names.get(one, ()))))
    return next(exact, "") or entity_of(graph, target)


def _in_each(answer: OwnershipAnswer, texts: Mapping[Lang, OwnershipText]) -> Iterator[dict[str, str]]:
    """Yields each note in each language."""
    for told in zip(*(texts[lang].notes(answer) for lang in LANGS), strict=True):
        yield dict(zip(LANGS, told, strict=True))


def _plain(
    report: OwnershipReport, rule: Regime, one: RegimeAnswer, texts: Mapping[Lang, OwnershipText]
) -> dict[str, object]:
    target = report.answer.target
    return {
        "name": {lang: say(rule.name.as_dict(), lang) for lang in LANGS},
        "structure": one.structure,
        "structure_with_gaps": report.with_gaps(rule.id).structure,
        "status": one.status.value,
        "status_until": one.status_until.isoformat() if one.status_until else "",
        "reason": one.ground,
        "text": {lang: texts[lang].reason(one, target, rule) for lang in LANGS},
        "near_miss": one.near_miss,
        "share": one.share.text(),
        "threshold": exact_text(rule.threshold) if rule.threshold is not None else "",
        "steps": [_plain_step(report, step) for step in one.steps],
        "settles": {lang: list(texts[lang].settles(one)) for lang in LANGS},
        "source": rule.source,
    }


def _plain_step(report: OwnershipReport, step: Step) -> dict[str, object]:
    return {
        "owner": report.graph.name(step.owner),
        "owned": report.graph.name(step.owned),
        "kind": step.kind,
        "share": step.stated.text(),
        "counted": step.counted.text(),
        "from": step.from_on.isoformat() if step.from_on else "",
        "to": step.to_on.isoformat() if step.to_on else "",
        "lists": [one.list_id for one in step.lists],
        "certain": step.sure,
    }


def _input(file: str | Path | Content) -> Input:
    return file if isinstance(file, Content) else Path(file)
