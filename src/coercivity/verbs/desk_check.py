"""`desk-check`: files, decisions and times of the licensing desk of a run beside the reports of practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from coercivity.base.canonical import sha256_of_text
from coercivity.base.days import Day, needed_day
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.json_types import Json
from coercivity.base.months import Month, month_text
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.files.kept.store import Store
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.results.run_answer import RunAnswer
from coercivity.market.run.licensing.desk_practice import desk_elements, practice_of, without_elements
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.result_key import REPORTS, key_of
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario, scenario_hash
from coercivity.market.run.simulate import BEGIN, Progress, capacities
from coercivity.papers.market.desk.beside import Beside
from coercivity.papers.market.desk.comparison import compared_branch, inputs_of
from coercivity.papers.market.desk.figures import Queues
from coercivity.papers.market.desk.report_csv import check_csv
from coercivity.papers.market.desk.report_data import Asked, DeskCheckBody, DeskCheckBranch, DeskCheckData
from coercivity.papers.market.desk.report_html import check_page
from coercivity.papers.market.desk.report_text import check_lines
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.pages import PageLang
from coercivity.practice.desk import ANY, EVERYWHERE, Element
from coercivity.practice.records import load_records, load_reports
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.desk_queues import control_of, place_names, queues_asked
from coercivity.verbs.kept import keep, law_hash, run_store, taken
from coercivity.verbs.outlook import DESK_WITHOUT, json_text, outlook_words, packs_of, resting, span
from coercivity.verbs.runs import answers_to

SCHEMA = "coercivity/desk-check/1"
PAGE_FILES: dict[PageLang, str] = {"en": "desk-check.html", "zh": "desk-check.zh.html"}
REPORT_FILE, TABLE_FILE = "desk-check.json", "desk-check.csv"


@dataclass(frozen=True, slots=True)
class DeskCheck:
    """The licensing desk of a run beside reports.

    Attributes:
        body: Everything as plain data.
        title: Title of the scenario.
        notices: What went wrong with the cache; the result is not affected.
    """

    body: DeskCheckData
    title: Text
    notices: tuple[Fault, ...] = ()

    def lines(self, lang: Lang = "en") -> tuple[str, ...]:
        """Returns the same as lines of text."""
        return check_lines(self.body, self.title, lang)

    def csv(self, lang: Lang = "en") -> bytes:
        """Returns the rows of practice with figure and misfit as CSV."""
        return check_csv(self.body, lang)

    def html(self, lang: PageLang = "en") -> str:
        """Returns the same as a page, with charts."""
        return check_page(self.body, self.title, lang, sister=PAGE_FILES["en" if lang == "zh" else "zh"])

    def write(self, out: Path) -> tuple[Path, ...]:
        """Writes the page in both languages, the report data and the table into a folder, and returns their paths.

        Raises:
            CoercivityError: If it is a file, another run is using the folder, or it cannot be written.
        """
        if out.exists() and not out.is_dir():
            step = "give a folder after --out"
            raise CoercivityError.of("OUT", "it is a file, not a folder", where=out.as_posix(), next=step)
        pages: dict[PageLang, bytes] = {lang: self.html(lang).encode() for lang in PAGE_FILES}
        files = {PAGE_FILES[lang]: page for lang, page in pages.items()}
        files |= {REPORT_FILE: json_text(self.body).encode() + b"\n", TABLE_FILE: self.csv()}
        with held(out):
            return write_set(out, files)


def desk_check(
    scenario: str = AS_KNOWN,
    *,
    first: str,
    last: str,
    known: str | None = None,
    form: str = ANY,
    destination: str = EVERYWHERE,
    user: str = ANY,
    desk_without: Sequence[str] = (),
    law: Law = PACKED,
    cache: bool = True,
    progress: Progress | None = None,
) -> DeskCheck:
    """Returns files, decisions and times of the licensing desk by month and queue, beside the reports of practice.

    Every report, event, general licence and customs hold is listed, with the misfit or the reason why there is none.
    Nothing is fitted to them; those that the desk rests on are marked.

    Args:
        scenario: Id of a packed scenario or path of a file.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        known: Information cut-off; by default each month uses the notices published by then.
        form: Form of the goods, technology or service; `any` for all.
        destination: ISO 3166 alpha-2 code, a group of places such as EU, or `ALL`.
        user: `civil` or `military`; `any` for both.
        desk_without: Elements of the licensing desk that are switched off, as for `outlook`.
        law: The rulebook to use.
        cache: Whether results are taken from the cache and kept there.
        progress: Called with (months done, all).

    Raises:
        CoercivityError: With every error in the arguments and the scenario, or if a month has no feasible plan.

    Examples:
        The market takes some seconds, so the tests skip it.

        >>> found = coercivity.desk_check(first="2025-04", last="2025-06")  # doctest: +SKIP
        >>> found.body["branches"][0]["control_from"]  # doctest: +SKIP
        '2025-04-04'
    """
    store = run_store(on=cache)
    off = (desk_without,) if isinstance(desk_without, str) else tuple(desk_without)
    words: _Words = (scenario, first, last, known, (form, destination, user), off)
    key = _key(words, law) if store is not None else None
    kept: _Kept | None = taken(store, key)
    if kept is None:
        kept = _found(asked_of(words, law), law, store, progress)
        if key is not None and _key(words, law) == key:  # no file changed meanwhile
            keep(store, key, kept)
    return DeskCheck(kept["body"], kept["title"], tuple(store.notices) if store is not None else ())


# Scenario, first and last month, information cut-off, the queues (form, destination, user), elements switched off.
_Words = tuple[str, str, str, str | None, tuple[str, str, str], tuple[str, ...]]


class _Kept(TypedDict):
    body: DeskCheckData
    title: Text


@dataclass(frozen=True, slots=True)
class DeskAsked:
    """A question that was checked."""

    book: Rulebook
    months: tuple[Month, Month]
    known: Day | None
    queues: Asked
    scenario: Scenario


def _key(words: _Words, law: Law) -> str | None:
    rules = law_hash(law)
    if rules is None:
        return None
    scenario, first, last, known, queues, off = words
    try:
        asked = scenario_hash(scenario)
    except CoercivityError:  # told, with every other error, when the answer is made
        return None
    parts: dict[str, Json] = {"law": rules, "scenario": [scenario, asked], "months": [first, last], "known": known}
    return key_of("desk-check", {**parts, "queues": list(queues), "desk_without": list(off)}, *REPORTS)


def asked_of(words: _Words, law: Law) -> DeskAsked:
    """Returns a question that was checked.

    Args:
        words: Scenario, first and last month, information cut-off, the queues (form, destination, user), and elements
            of the desk that are switched off.
        law: The rulebook to use.

    Raises:
        CoercivityError: With every error in them.
    """
    scenario, first, last, known, queues, off = words
    book, faults = law.book(), Faults()
    months, seen, read, asked = (0, 0), None, None, None
    elements: tuple[Element, ...] = ()
    with faults.kept():
        months = span(first, last)
    with faults.kept():
        seen = needed_day(known, KNOWN) if known is not None else None
    with faults.kept():
        asked = queues_asked(*queues)
    with faults.kept():
        elements = desk_elements(off, DESK_WITHOUT)
    with faults.kept():
        through = seen_through(book, months[1], seen) if months[1] else None
        read = read_scenario(scenario, capacities(), book, through)
    faults.raise_if_any()
    assert read is not None
    assert asked is not None
    return DeskAsked(book, months, seen, asked, without_elements(read, elements))


def _found(asked: DeskAsked, law: Law, store: Store | None, progress: Progress | None) -> _Kept:
    book, (first, last) = asked.book, asked.months
    runs = runs_of(book, asked.scenario, last, asked.known)
    # The tables begin with the model, so that sums to date count from the beginning of the control.
    questions = [RunQuestion(run, min(first, BEGIN), last, asked.known) for run in runs]
    answers = answers_to(book, law, questions, store=store, progress=progress)
    practice = practice_of(asked.scenario, asked.known)
    body: DeskCheckBody = {
        "schema": SCHEMA,
        "engine": ENGINE_VERSION,
        "packs": packs_of(book),
        "scenario": asked.scenario.id,
        "known": "" if asked.known is None else asked.known.isoformat(),
        "desk_without": list(asked.scenario.desk.off),
        "from": month_text(first),
        "to": month_text(last),
        "asked": asked.queues,
        "places": place_names(book),
        "months": [month_text(month) for month in range(first, last + 1)],
        "branches": [_branch(asked, run, answer) for run, answer in zip(runs, answers, strict=True)],
        "inputs": inputs_of(practice),
        "assumed": resting(answers),
        "limits": outlook_words()["limits"],
    }
    return {"body": {**body, "hash": sha256_of_text(json_text(body))}, "title": asked.scenario.title.as_dict()}


def _branch(asked: DeskAsked, run: RunAsked, answer: RunAnswer) -> DeskCheckBranch:
    tables = answer["tables"]
    assert tables is not None
    beside = Beside(
        first=asked.months[0],
        last=asked.months[1],
        queues=Queues(answer["months"], tables["desk"]),
        control=control_of(asked.book, answer["months"], tables),
        practice=practice_of(asked.scenario, asked.known),
        reports=load_reports(),
        records=load_records(),
    )
    return compared_branch(beside, run.branch, asked.queues)
