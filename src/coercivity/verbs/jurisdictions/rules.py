"""`rules` for several jurisdictions: whose rulebook, the grade of its sources, and the scenarios of its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import ASSUME, PACKED, Law
from coercivity.files.write.whole import write_file
from coercivity.law.explain.upcoming import AgendaEntry
from coercivity.law.rules.jurisdictions.names import JURISDICTION
from coercivity.law.rules.model import CHINA, Instrument, Provision
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.ics import calendar_ics
from coercivity.papers.shared.names import name_of
from coercivity.papers.shared.rules_text import rules_word
from coercivity.papers.shared.words import paper_words
from coercivity.verbs.jurisdictions.request import assumed_by_side, law_of, notices_asked, read_codes, side_names
from coercivity.verbs.jurisdictions.shown import RuleScenario, scenarios_of
from coercivity.verbs.replay import RegimeDiff, rules_diff
from coercivity.verbs.rules import InstrumentRow, ProvisionState, rules_calendar, rules_list, rules_show, rules_status

_GRADES = paper_words("rules_text", "grades")


class AbroadRow(InstrumentRow):
    """An instrument of one jurisdiction in brief: also the grade of its source, and the scenarios its clauses read."""

    jurisdiction: str
    grade: str
    scenarios: list[str]


class AbroadState(ProvisionState):
    """The status of a clause of one jurisdiction, with the scenarios that it reads besides."""

    jurisdiction: str
    scenarios: list[str]


@dataclass(frozen=True, slots=True)
class LawSide:
    """The rulebook of one jurisdiction.

    Attributes:
        code: Jurisdiction; `CN-foreign-rules` for the Chinese instruments that answer foreign rules.
        name: Its name, by language.
        law: The rulebook.
        assume: Planning assumptions about suspensions of it, as written.
    """

    code: str
    name: Mapping[str, str]
    law: Law
    assume: str | None = None

    @property
    def abroad(self) -> bool:
        """Whether it is not the rulebook on Chinese export control."""
        return self.code != CHINA

    def head(self, lang: Lang) -> str:
        """Returns the line above what is told of it: `[US] United States`."""
        return rules_word("side", lang, self.code, say(self.name, lang))


def law_sides(jurisdiction: str | Sequence[str], law: Law = PACKED, assume: str | None = None) -> list[LawSide]:
    """Returns the rulebooks of some jurisdictions, in the order given; China has two.

    Args:
        jurisdiction: Codes, such as `US,EU`.
        law: The rulebook on China.
        assume: Planning assumptions for suspensions.

    Raises:
        CoercivityError: With every jurisdiction that does not exist and every assumption that cannot be placed.
    """
    faults = Faults()
    codes = read_codes(jurisdiction, faults)
    assumed, scenarios = assumed_by_side(assume, law, faults)
    for name in scenarios:
        what = f"scenario {name!r} changes no status"
        faults.add("ASSUME", what, where=ASSUME, next="omit it; clauses that depend on it are marked")
    if law.pack is not None:
        what = "a rulebook of your own is of one jurisdiction"
        faults.add("ARGUMENT", what, where=JURISDICTION, next="omit --jurisdiction, or --pack")
    notices_asked(law, codes, faults)
    faults.raise_if_any()
    return [
        LawSide(side, name, law.of(CHINA) if side == CHINA else law_of(code, law), assumed.get(side))
        for code in codes
        for side, name in side_names(code)
    ]


def list_in(side: LawSide) -> list[AbroadRow]:
    """Returns the instruments of a jurisdiction as plain rows."""
    book = side.law.book()
    return [
        {
            **row,
            "jurisdiction": side.code,
            "grade": book.instruments[row["id"]].grade or "",
            "scenarios": [one.name for one in scenarios_in(side, book.instruments[row["id"]].provisions)],
        }
        for row in rules_list(side.law)
    ]


def status_in(side: LawSide, on: str, known: str | None = None) -> list[AbroadState]:
    """Returns the status of every clause of a jurisdiction on a date, with the scenarios that it reads.

    Raises:
        CoercivityError: If a date or an assumption is invalid.
    """
    book = side.law.book()
    found = list[AbroadState]()
    for row in rules_status(on, known, side.assume, side.law):
        held = book.provision(row["provision"])
        read = scenarios_in(side, [held[1]] if held is not None else [])
        found.append({**row, "jurisdiction": side.code, "scenarios": [one.name for one in read]})
    return found


def show_in(sides: Sequence[LawSide], name: str) -> list[tuple[LawSide, Instrument, tuple[Provision, ...], str]]:
    """Returns an instrument or clause of some jurisdictions, with the interpretation; of each that has the name.

    Raises:
        CoercivityError: If none of them has it, with the nearest names of all of them.
    """
    found, nearest = [], list[str]()
    for side in sides:
        try:
            found.append((side, *rules_show(name, side.law)))
        except CoercivityError as error:
            nearest += [close for fault in error.faults for close in fault.nearest]
            last: Fault = error.faults[0]
    if not found:
        raise CoercivityError.of(last.code, last.what, nearest=tuple(dict.fromkeys(nearest)), next=last.next)
    return found


def scenarios_in(side: LawSide, provisions: Iterable[Provision]) -> list[RuleScenario]:
    """Returns the scenarios that some clauses of a jurisdiction read, each with these clauses."""
    named = {provision.id for provision in provisions}
    found = [(one, tuple(name for name in one.clauses if name in named)) for one in scenarios_of(side.law)]
    return [replace(one, clauses=clauses) for one, clauses in found if clauses]


def grade_text(grade: str | None, lang: Lang) -> str:
    """Returns how near to the official text a source is, in a few words; blank where each clause says so."""
    return say(_GRADES[grade], lang) if grade else ""


def abroad_lines(side: LawSide, instrument: Instrument, provisions: Sequence[Provision], lang: Lang) -> Iterator[str]:
    """Yields the grade of the source of an instrument, and the scenarios of its clauses with their values."""
    if instrument.grade:
        yield rules_word("grade", lang, grade_text(instrument.grade, lang))
    for one in scenarios_in(side, provisions):
        clauses = rules_word("joint", lang).join(one.clauses)
        yield rules_word("scenario", lang, fact_label(one.name, lang), one.name, clauses)
        yield f"    {say(one.question, lang)}"
        for value, meaning in one.branches.items():
            yield f"    {rules_word('entry', lang, value, say(meaning, lang))}"


def name_in(side: LawSide, instrument_id: str, lang: Lang) -> str:
    """Returns the short name of an instrument of a jurisdiction."""
    return name_of(side.law.book(), instrument_id, lang)


def diff_in(side: LawSide, before: str, after: str, known: str | None = None) -> RegimeDiff:
    """Returns the clauses of a jurisdiction whose status differs between two dates.

    Raises:
        CoercivityError: If a date or an assumption is invalid.
    """
    return rules_diff(before, after, known=known, assume=side.assume, law=side.law)


def upcoming_in(side: LawSide, on: str, known: str | None = None, to: str | None = None) -> list[AgendaEntry]:
    """Returns the upcoming dates of a jurisdiction after a date, sorted.

    Raises:
        CoercivityError: If a date is invalid.
    """
    return rules_calendar(on, known, to, side.law)


def upcoming_rows(side: LawSide, entries: Iterable[AgendaEntry]) -> list[dict[str, str]]:
    """Returns upcoming dates of a jurisdiction as plain data."""
    keys = ("day", "kind", "instrument_id", "by", "note")
    return [
        {
            "jurisdiction": side.code,
            **{key: str(getattr(entry, key)) for key in keys},
            "clauses": " ".join(entry.scope),
        }
        for entry in entries
    ]


def write_calendar_of(path: Path, found: Sequence[tuple[LawSide, Sequence[AgendaEntry]]]) -> None:
    """Writes the upcoming dates of several jurisdictions to one iCalendar file, dated by the newest rulebook.

    Raises:
        CoercivityError: If the file cannot be written.
    """
    books = [side.law.book() for side, _ in found]
    names = {name: name_of(book, name, "en") for book in books for name in book.instruments}
    told = [replace(one, note="; ".join(filter(None, (*one.scope, one.note)))) for _, own in found for one in own]
    entries = sorted(told, key=lambda entry: (entry.day, entry.instrument_id))
    stamp = max(parse_day(book.version.partition("+")[0]) for book in books)
    write_file(path, calendar_ics(entries, name=lambda name: names.get(name, name), stamp=stamp))
