"""The content of a report on a case: checked arguments, its key in the cache, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.canonical import hash_files
from coercivity.base.days import Day, day_of
from coercivity.base.errors import Faults
from coercivity.base.json_types import Json
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import KNOWN, ON, Law, assumptions
from coercivity.files.kept.store import Store
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption
from coercivity.market.run.result_key import REPORTS, key_of
from coercivity.papers.brief.report_data import BriefReport, FurtherParts
from coercivity.papers.brief.report_text import summary
from coercivity.papers.firm.report_text import survival_short
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.terminal import wrapped
from coercivity.verbs.kept import law_hash

if TYPE_CHECKING:
    from coercivity.cases.brief.brief import Brief
    from coercivity.papers.shared.parts import Practice

MOST_BYTES = 50_000_000  # of a case folder whose report is kept


@dataclass(frozen=True, slots=True)
class BriefAsked:
    """The arguments of a report."""

    case_dir: Path
    on: Day | str
    known: Day | str | None
    assume: str | None
    lang: Lang
    law: Law
    supply: bool


@dataclass(frozen=True, slots=True)
class BriefChecked:
    """The rulebook, and the arguments after they were checked."""

    book: Rulebook
    on: Day
    known: Day | None
    assume: Mapping[str, Assumption]


class KeptBrief(TypedDict):
    """A report as it is kept: its outcome, pages, report data as JSON, and summary."""

    outcome: str
    html: str
    html_zh: str
    json: str
    summary: list[str]


def is_file(out: Path | None) -> bool:
    """Returns whether a file is in the place of the folder for the results."""
    return out is not None and out.exists() and not out.is_dir()


def brief_key(asked: BriefAsked) -> str | None:
    """Returns the key of a report; None if it is not kept, or there is an error in what is asked."""
    rules, folder = law_hash(asked.law), asked.case_dir
    if rules is None or not folder.is_dir():
        return None
    found = sorted(path for path in folder.iterdir() if path.is_file())
    if sum(path.stat().st_size for path in found) > MOST_BYTES:
        return None
    parts: dict[str, Json] = {
        "law": rules,
        "case": hash_files((path.name, path.read_bytes()) for path in found),
        "name": folder.name,
        "on": str(asked.on),
        "known": str(asked.known),
        "assume": asked.assume,
        "lang": asked.lang,
        "supply": asked.supply,
    }
    return key_of("case", parts, *REPORTS, "firm", "intake")


def checked_brief(asked: BriefAsked, out: Path | None) -> BriefChecked:
    """Returns the rulebook and the arguments of a report.

    Raises:
        CoercivityError: With every error in them.
    """
    book, faults = asked.law.book(), Faults()
    on, known = asked.on, asked.known
    day = on if isinstance(on, Day) else day_of(on, ON, faults)
    known_day = known if isinstance(known, Day) or known is None else day_of(known, KNOWN, faults)
    seen_from = known_day or (book.default_known(day) if day is not None else None)
    picked = assumptions(book, asked.assume, faults, known=seen_from)
    if out is not None and is_file(out):
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    faults.raise_if_any()
    assert day is not None
    return BriefChecked(book, day, known_day, picked)


def decided_brief(
    asked: BriefAsked, checked: BriefChecked | None = None, progress: Callable[[int, int], None] | None = None
) -> Brief:
    """Returns the transactions of a case as decided.

    Args:
        asked: The arguments.
        checked: The same after they were checked; by default they are checked here.
        progress: Called with (transactions done, all).

    Raises:
        CoercivityError: With every error in the arguments or the case.
    """
    from coercivity.cases.brief.brief import make_brief

    by = checked or checked_brief(asked, None)
    return make_brief(by.book, asked.case_dir, by.on, known=by.known, assume=by.assume, progress=progress)


def made_brief(
    asked: BriefAsked,
    checked: BriefChecked,
    found: Brief,
    store: Store | None,
    progress: Callable[[int, int], None] | None,
) -> KeptBrief:
    """Returns a report from the transactions as decided.

    Args:
        asked: The arguments.
        checked: The same after they were checked.
        found: The transactions.
        store: Where results are kept.
        progress: Called with (months done, all) of each run of the market.

    Raises:
        CoercivityError: With every error in the files of the company, or if a month has no feasible plan.
    """
    from coercivity.papers.brief.report_html import page
    from coercivity.papers.brief.report_json import report_bytes, report_data
    from coercivity.verbs.brief_supply import as_text, case_supply, with_names
    from coercivity.verbs.survive import has_firm, survive

    book, folder, law, assume = checked.book, asked.case_dir, asked.law, asked.assume
    firm = survive(folder, checked.on, known=checked.known, assume=assume, law=law) if has_firm(folder) else None
    market = case_supply(book, law, found, assume, store, progress) if asked.supply else None
    more: FurtherParts = {}
    if firm is not None:
        more["survival"] = firm.body
    if market is not None:
        more["supply"] = {name: as_text(part) for name, part in with_names(market).items()}
    body = report_data(book, found, _practice(found), more)
    return {
        "outcome": found.outcome.value,
        "html": page(book, body, lang="en", supply=market),
        "html_zh": page(book, body, lang="zh", supply=market),
        "json": report_bytes(body).decode(),
        "summary": list(_summary(body, market, asked.lang)),
    }


def _summary(body: BriefReport, market: OutlookReport | None, lang: Lang) -> Iterator[str]:
    yield from summary(body, lang=lang)
    for words in body["calendar"]["words"] if "calendar" in body else ():
        yield from wrapped(say(words, lang), "! ")
    if "survival" in body:
        yield ""
        yield from survival_short(body["survival"], lang)
    if market is not None:
        from coercivity.papers.outlook.report_text import summary as supply_summary

        yield ""
        yield from supply_summary(market, lang)


def _practice(found: Brief) -> Practice:
    """Returns reported practice by destination, up to the information cut-off."""
    from coercivity.papers.shared.parts import destination_of
    from coercivity.practice.times import practice_times

    places = sorted({place for row in found.rows if (place := destination_of(row.transaction.deal)) is not None})
    seen_from = min(found.on, found.known)
    return {place: practice_times(seen_from, place) for place in places}
