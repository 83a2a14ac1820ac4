"""`coercivity decide`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from coercivity.base.errors import CoercivityError
from coercivity.cli.jurisdictions import (
    CHINA,
    Asked,
    Spoken,
    answers_of_file,
    answers_of_words,
    papers_given,
    put_answers,
    with_china_only,
    with_others_only,
)
from coercivity.cli.options import (
    TIMED_LAW,
    AsJson,
    Assume,
    Facts,
    Known,
    MaybeDay,
    Paths,
    Stated,
    TextLang,
    TimedLawOptions,
)
from coercivity.cli.out import put, put_json
from coercivity.cli.show import phrase
from coercivity.cli.texts import Place, context_of, file_of

if TYPE_CHECKING:
    from coercivity.base.words import Lang
    from coercivity.verbs.answers import Answer
    from coercivity.verbs.depth import DepthData
    from coercivity.verbs.law import Law


def decide(
    deal: str | None = None,
    *,
    from_: Place = "",
    to: Place = "",
    fact: Facts = None,
    standing: Stated = None,
    said_by: str = "",
    said_on: str = "",
    on: MaybeDay = None,
    known: Known = None,
    assume: Assume = None,
    jurisdiction: str | None = None,
    steps: Path | None = None,
    lot_papers: Path | None = None,
    words: Paths = None,
    by: TimedLawOptions = TIMED_LAW,
    explain: bool = False,
    papers: bool = False,
    flips: bool = False,
    windows: bool = False,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Check a deal in words or in facts, or every deal in a file.

    Exit code: 0 PROCEED, 10 LICENCE, 20 STOP, 30 UNKNOWN (the most restrictive of several); 2 for bad input.

    Args:
        deal: The deal in words; or a YAML file with `deals` or `cases` and an optional `standing` block of compliance
            declarations; or a .txt file with the words of a deal.
        from_: Country from which it goes.
        to: Destination.
        said_by: Person or department making the compliance declarations.
        said_on: Day on which they were made and the lists were searched, YYYY-MM-DD.
        on: Transaction date, YYYY-MM-DD or today.
        jurisdiction: Whose law, e.g. CN,US,EU: one answer for each, the most restrictive first. Default: China.
        steps: With --jurisdiction: where each step of the chain was done (YAML), from which facts follow.
        lot_papers: Documents of the lots of the deal (CSV or YAML); end uses of one lot that differ are refused.
        words: Lexicon of your own (CSV), read before the built-in words. Can be repeated.
        explain: Print the audit trail, step by step.
        papers: Print licence routes, documents, time limits, obligations and penalties, plus reported practice.
        flips: Print the smallest fact changes, and the next date, that would change the result.
        windows: Print the result for every date from one year before to two years after, as periods.
    """
    _timed(by, papers)
    law = replace(by.law, words=tuple(words or ()))
    file = None if deal is None else file_of(deal)
    asked: _Asked = {"on": on, "known": known, "assume": assume, "law": law}
    of_file = file is not None and file.suffix.lower() != ".txt"
    if file is not None and of_file:
        beside = {"--fact": fact, "--standing": standing, "--said-by": said_by, "--said-on": said_on}
        _alone(file, {**beside, "--from": from_, "--to": to, "--steps": steps, "--lot-papers": lot_papers})
    if jurisdiction not in (None, CHINA):
        every = Asked(jurisdiction, on, known, assume, law)
        block = (standing or [], said_by, said_on)
        spoken = Spoken(deal, file, fact or [], context_of(from_, to), block, steps, lot_papers)
        in_file = file if of_file else None
        several = with_china_only(
            {"--papers": papers},
            lambda: answers_of_words(spoken, every) if in_file is None else answers_of_file(in_file, every),
        )
        return put_answers(several, lang, explain=explain, json=json_, flips=flips, windows=windows)
    with_others_only(steps)
    if file is not None and of_file:
        answers, read, told = _of_file(file, asked)
    else:
        block = (standing or [], said_by, said_on)
        given = _Beside(fact or [], context_of(from_, to), block, papers_given(lot_papers))
        answers, read, told = _of_words(deal, file, given, asked, lang)
    extras = papers or flips or windows
    if json_:
        # Details are not part of the proof.
        more = [dict(_details(found, papers, flips, windows)) if extras else {} for found in answers]
        put_json([{**plain, **detail} for plain, detail in zip(told, more, strict=True)])
    else:
        put(*read)
        for found in answers:
            put(*found.lines(lang, explain=explain))
            if extras:
                put(*_detail_lines(found, lang, papers, flips, windows))
        put(phrase("not_legal_advice", lang))
    return _exit_code(answers)


class _Asked(TypedDict):
    on: str | None
    known: str | None
    assume: str | None
    law: Law


class _Beside(NamedTuple):
    """What is given beside a deal: facts, places, declarations with their author, and documents."""

    fact: list[str]
    context: Mapping[str, str]
    block: tuple[list[str], str, str]
    papers: list[Mapping[str, object]]


_Found = tuple[list["Answer"], list[str], Sequence[Mapping[str, object]]]


def _of_file(file: Path, asked: _Asked) -> _Found:
    """Returns the results of a file of deals, no lines about words, and the results as data."""
    from coercivity.verbs.decide import decide_file

    answers = decide_file(file, **asked)
    return answers, [], [found.as_dict() for found in answers]


def _of_words(
    deal: str | None,
    file: Path | None,
    beside: _Beside,
    asked: _Asked,
    lang: Lang,
) -> _Found:
    """Returns the results of a deal in words or facts, what was read in the words, and the results as data."""
    from coercivity.verbs.decide import Standing, facts_from_pairs, text_of
    from coercivity.verbs.decide import decide as decide_one

    context, papers = beside.context, beside.papers
    places = [] if deal is not None else [f"{name}={place}" for name, place in context.items()]
    facts, (pairs, said_by, said_on) = facts_from_pairs([*beside.fact, *places], asked["law"]), beside.block
    standing = Standing(said_by, facts_from_pairs(pairs, asked["law"]), said_on=said_on)
    if deal is None:
        answer = decide_one(facts, standing=standing, papers=papers, **asked)
        return [answer], [], [answer.as_dict()]
    from coercivity.verbs.texts.decide import decide_text

    words = deal if file is None else text_of(file)
    text = decide_text(words, cells=context, facts=facts, standing=standing, papers=papers, **asked)
    return text.answers, list(text.read_lines(lang)), text.as_dict()["deals"]


def _exit_code(answers: list[Answer]) -> int:
    from coercivity.verbs.answers import gravest

    return gravest(answers).exit_code if answers else 0


def _details(found: Answer, papers: bool, flips: bool, windows: bool) -> DepthData:
    from coercivity.verbs.depth import depth_dict

    return depth_dict(found, papers=papers, turns=flips, days=windows)


def _detail_lines(found: Answer, lang: Lang, papers: bool, flips: bool, windows: bool) -> Iterable[str]:
    from coercivity.verbs.depth import depth_lines

    return depth_lines(found, lang, papers=papers, turns=flips, days=windows)


def _timed(by: TimedLawOptions, papers: bool) -> None:
    """Raises CoercivityError for a calendar without the time limits that it would be used for."""
    given = [name for name, value in (("--calendar", by.calendar), ("--assume-holidays", by.assume_holidays)) if value]
    if given and not papers:
        what = f"{' and '.join(given)} without --papers: no time limit is printed"
        raise CoercivityError.of("ARGUMENT", what, where="arguments", next="add --papers")


def _alone(file: Path, beside: Mapping[str, object]) -> None:
    """Raises CoercivityError for facts or declarations given together with a file, where they would have no effect."""
    given = [name for name, value in beside.items() if value]
    if given:
        raise CoercivityError.of(
            "FACT-FILE",
            f"{' and '.join(given)} cannot be combined with a deals file",
            where=file.as_posix(),
            next="write it into the file, or omit the file to check one deal",
        )
