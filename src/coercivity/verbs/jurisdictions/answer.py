"""The answers of several jurisdictions to one deal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from coercivity.base.words import Lang, say
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.law.engine.defeat import open_facts
from coercivity.law.explain.conflicts import ConflictFound
from coercivity.law.rules.model import GRAVITY, Finding, Outcome
from coercivity.papers.deal.answer import Answer
from coercivity.papers.deal.answer_frames import answer_frames
from coercivity.papers.deal.lots.text import lot_data, lot_lines
from coercivity.papers.deal.report_data import AnswerData, LotData
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.names import clause_name
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.tables.tabled import Frames, Tabled
from coercivity.papers.shared.terminal import wrapped
from coercivity.papers.shared.words import paper_words
from coercivity.verbs.jurisdictions.ways import ScenarioWay

_WORDS = paper_words("deal_jurisdictions", "words")
_JOINTS: dict[Lang, str] = {"en": "; ", "zh": "；"}


class WayData(TypedDict):
    """The result of one scenario as data."""

    scenario: dict[str, str]
    outcome: str
    finding: str
    hash: str


class SideData(TypedDict):
    """The answer of one jurisdiction as data."""

    jurisdiction: str
    name: dict[str, str]
    obligations: list[str]
    open_obligations: dict[str, list[str]]
    scenarios: list[WayData]
    answer: AnswerData


class ConflictData(TypedDict):
    """A conflict of two laws as data; `sure` if everything that it depends on is decided.

    `both` says that both laws cannot be satisfied on this route; it is empty where that is not certain.
    """

    id: str
    kind: str
    sure: bool
    title: dict[str, str]
    clauses: list[str]
    ask: dict[str, str]
    never: dict[str, str]
    both: dict[str, str]


class DealData(TypedDict):
    """The answers to one deal as data, the most restrictive first."""

    id: str
    title: str
    outcome: str
    conflicts: list[ConflictData]
    papers: NotRequired[list[LotData]]
    jurisdictions: list[SideData]


@dataclass(frozen=True, slots=True)
class SideAnswer:
    """The answer of one jurisdiction.

    Attributes:
        jurisdiction: Its code; `CN-foreign-rules` for the Chinese instruments that answer foreign rules.
        name: Its name, by language.
        answer: Outcome, grounds, reasons and proof, as for China alone.
        ways: The result in each open scenario.
    """

    jurisdiction: str
    name: Mapping[str, str]
    answer: Answer
    ways: tuple[ScenarioWay, ...]

    @property
    def outcome(self) -> Outcome:
        """One of four."""
        return self.answer.outcome

    @property
    def obligations(self) -> tuple[str, ...]:
        """Clauses of which an obligation follows, in every scenario of an unknown status."""
        decision, book = self.answer.decision, self.answer.book
        if decision is None:
            return ()
        owed = set.intersection(*(set(branch.benign.bites) for branch in decision.branches))
        return tuple(book.rules[r].id for r in sorted(owed) if book.rules[r].provision.effect == "obligation")

    @property
    def open_obligations(self) -> dict[str, list[str]]:
        """Clauses of which an obligation may follow, with the facts that would settle it; they hold nothing back."""
        decision, book = self.answer.decision, self.answer.book
        found: dict[str, set[str]] = {}
        for branch in decision.branches if decision is not None else ():
            for rank in branch.benign.might:
                rule = book.rules[rank]
                if rule.bite is Finding.EXEMPT:
                    found.setdefault(rule.id, set()).update(open_facts(book, branch.benign, rule))
        order = book.catalogue.order
        return {name: sorted(facts, key=order.__getitem__) for name, facts in found.items()}

    def as_dict(self) -> SideData:
        """Returns the answer as plain data for JSON."""
        told: list[WayData] = [
            {"scenario": dict(w.picks), "outcome": w.outcome.value, "finding": w.finding.word, "hash": w.hash}
            for w in self.ways
        ]
        return {
            "jurisdiction": self.jurisdiction,
            "name": dict(self.name),
            "obligations": list(self.obligations),
            "open_obligations": self.open_obligations,
            "scenarios": told,
            "answer": self.answer.as_dict(),
        }

    def lines(self, lang: Lang, *, explain: bool = False) -> Iterator[str]:
        """Yields the answer as lines of text."""
        yield _w("side", lang).format(self.jurisdiction, say(self.name, lang))
        for line in self.answer.lines(lang, explain=explain):
            yield f"  {line}"
        yield from self._open_lines(lang) if self.outcome is not Outcome.UNKNOWN else ()
        outcomes = {way.outcome for way in self.ways}
        if len(outcomes) == 1:
            yield from wrapped(_w("every", lang).format(outcome_text(self.ways[0].outcome.value, lang)), "      ")
        for way in self.ways if len(outcomes) > 1 else ():
            picked = _JOINTS[lang].join(self._picked(name, value, lang) for name, value in way.picks.items())
            yield from wrapped(_w("way", lang).format(picked, outcome_text(way.outcome.value, lang)), "      ")

    def _open_lines(self, lang: Lang) -> Iterator[str]:
        joint = "、" if lang == "zh" else ", "
        for name, facts in self.open_obligations.items():
            rule = self.answer.book.rule(name)
            assert rule is not None
            clause = clause_name(rule.instrument, rule.provision, lang)
            missing = joint.join(_w("fact", lang).format(fact_label(fact, lang), fact) for fact in facts)
            word = "may_follow" if missing else "may_follow_text"
            yield from wrapped(_w(word, lang).format(clause, name, missing), "      ! ")

    def _picked(self, name: str, value: str, lang: Lang) -> str:
        words = self.answer.book.catalogue[name].values[value].as_dict()
        return _w("pick", lang).format(fact_label(name, lang), value, say(words, lang).rstrip(".。"))


@dataclass(frozen=True, slots=True)
class DealAnswers(Tabled):
    """The answers of several jurisdictions to one deal.

    Attributes:
        sides: One answer per jurisdiction, the most restrictive first; of equal ones in the order of the request.
        conflicts: Where Chinese law and that of another jurisdiction conflict, each with the next question.
        lot_findings: What the documents of the lots of the deal show.

    Examples:
        >>> facts = {"us_defence_contract": "true", "magnet_type": ["NdFeB"], "melted_in": ["CN"]}
        >>> found = coercivity.decide_jurisdictions({**facts, "from": "CN"}, jurisdiction="CN,US", on="2026-10-01")
        >>> found.outcome.value, found.sides[0].jurisdiction
        ('STOP', 'US')
    """

    id: str
    title: str
    sides: tuple[SideAnswer, ...]
    conflicts: tuple[ConflictFound, ...] = ()
    lot_findings: tuple[LotFinding, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The most restrictive outcome, in the order PROCEED, LICENCE, UNKNOWN, STOP.

        Where it is certain that two laws cannot both be met, it is UNKNOWN at least, whatever each law alone allows.
        """
        clash = any(one.sure and one.text.kind == "clash" for one in self.conflicts)
        return max(self.sides[0].outcome, Outcome.UNKNOWN if clash else Outcome.PROCEED, key=GRAVITY.__getitem__)

    def of(self, jurisdiction: str) -> SideAnswer:
        """Returns the answer of one jurisdiction.

        Raises:
            KeyError: If it was not asked.
        """
        found = {side.jurisdiction: side for side in self.sides}
        return found[jurisdiction]

    def as_dict(self) -> DealData:
        """Returns the answers as plain data for JSON."""
        told = [side.as_dict() for side in self.sides]
        found: DealData = {
            "id": self.id,
            "title": self.title,
            "outcome": self.outcome.value,
            "conflicts": [_conflict_data(one) for one in self.conflicts],
            "jurisdictions": told,
        }
        if self.lot_findings:
            found["papers"] = lot_data(self.lot_findings)
        return found

    def lines(self, lang: Lang, *, explain: bool = False) -> Iterator[str]:
        """Yields the answers as lines of text, the most restrictive first."""
        yield from self.head_lines(lang)
        for side in self.sides:
            yield from side.lines(lang, explain=explain)

    def head_lines(self, lang: Lang) -> Iterator[str]:
        """Yields the results in one line, and what is about several of them."""
        joint = "、" if lang == "zh" else ", "
        told = joint.join(
            _w("short", lang).format(side.jurisdiction, outcome_text(side.outcome.value, lang)) for side in self.sides
        )
        head = f"{self.id}  {outcome_text(self.outcome.value, lang)}  {told}"
        yield f"{head} - {self.title}" if self.title else head
        for one in self.conflicts:
            yield from _conflict_lines(one, lang)
        yield from lot_lines(self.lot_findings, lang, "  ")

    def _frames(self) -> Frames:
        return answer_frames([side.answer for side in self.sides])

    def _headline(self) -> str:
        return next(self.lines("en"))


def deal_answers(
    id: str,
    title: str,
    sides: list[SideAnswer],
    conflicts: tuple[ConflictFound, ...] = (),
    lot_findings: tuple[LotFinding, ...] = (),
) -> DealAnswers:
    """Returns the answers to a deal, the most restrictive first."""
    ranked = tuple(sorted(sides, key=lambda side: -GRAVITY[side.outcome]))
    return DealAnswers(id, title, ranked, conflicts, lot_findings)


def _conflict_data(one: ConflictFound) -> ConflictData:
    text = one.text
    return {
        "id": text.id,
        "kind": text.kind,
        "sure": one.sure,
        "title": text.title.as_dict(),
        "clauses": list(one.clauses),
        "ask": text.ask.as_dict(),
        "never": text.never.as_dict() if text.never is not None else {},
        "both": dict(_WORDS["no_way"]) if one.cannot_satisfy_both else {},
    }


def _conflict_lines(one: ConflictFound, lang: Lang) -> Iterator[str]:
    text = one.text
    word = _w(text.kind if one.sure else f"{text.kind}_open", lang)
    clauses = ("、" if lang == "zh" else ", ").join(one.clauses)
    told = (word, text.id, say(text.title.as_dict(), lang), clauses)
    yield from wrapped(_w("conflict", lang).format(*told), "  ! ")
    if one.cannot_satisfy_both:
        yield from wrapped(_w("no_way", lang), "      ")
    yield from wrapped(_w("next", lang).format(say(text.ask.as_dict(), lang)), "      ")
    if text.never is not None:
        yield from wrapped(say(text.never.as_dict(), lang), "      ")


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)
