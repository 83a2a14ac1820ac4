"""`coercivity decide`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError
from coercivity.cli.options import (
    TIMED_LAW,
    AsJson,
    Assume,
    Facts,
    Known,
    MaybeDay,
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
        explain: Print the audit trail, step by step.
        papers: Print licence routes, documents, time limits, obligations and penalties, plus reported practice.
        flips: Print the smallest fact changes, and the next date, that would change the result.
        windows: Print the result for every date from one year before to two years after, as periods.
    """
    from coercivity.verbs.answers import gravest
    from coercivity.verbs.decide import Standing, decide_file, facts_from_pairs, text_of
    from coercivity.verbs.decide import decide as decide_one

    _timed(by, papers)
    law, context, text = by.law, context_of(from_, to), None
    file = None if deal is None else file_of(deal)
    if file is not None and file.suffix.lower() != ".txt":
        beside = {"--fact": fact, "--standing": standing, "--said-by": said_by, "--said-on": said_on}
        _alone(file, {**beside, "--from": from_, "--to": to})
        answers = decide_file(file, on=on, known=known, assume=assume, law=law)
    else:
        facts = facts_from_pairs(fact or [], law)
        stated = facts_from_pairs(standing or [], law)
        block = Standing(said_by, stated, said_on=said_on)
        if deal is None:
            said = {**facts, **context}
            answers = [decide_one(said, on=on, known=known, assume=assume, standing=block, law=law)]
        else:
            from coercivity.verbs.texts.decide import decide_text

            words = text_of(file) if file is not None else deal
            text = decide_text(
                words, on=on, known=known, assume=assume, cells=context, facts=facts, standing=block, law=law
            )
            answers = text.answers
    extras = papers or flips or windows
    if json_:
        # Details are not part of the proof.
        told = [found.as_dict() for found in answers] if text is None else text.as_dict()["deals"]
        put_json(
            [
                {**plain, **(_details(found, papers, flips, windows) if extras else {})}
                for plain, found in zip(told, answers, strict=True)
            ]
        )
    else:
        if text is not None:
            put(*text.read_lines(lang))
        for found in answers:
            put(*found.lines(lang, explain=explain))
            if extras:
                put(*_detail_lines(found, lang, papers, flips, windows))
        put(phrase("not_legal_advice", lang))
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
