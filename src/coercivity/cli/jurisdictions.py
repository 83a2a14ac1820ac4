"""`coercivity decide --jurisdiction`: the answers of several jurisdictions on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coercivity.base.errors import Argument, CoercivityError, Fault, Faults
from coercivity.cli.out import put, put_json
from coercivity.cli.show import phrase

if TYPE_CHECKING:
    from coercivity.base.words import Lang
    from coercivity.verbs.jurisdictions.decide import DealAnswers
    from coercivity.verbs.law import Law

CHINA = "CN"
JURISDICTION = Argument("jurisdiction")


class Asked(NamedTuple):
    """What is asked of every deal."""

    jurisdiction: str
    on: str | None
    known: str | None
    assume: str | None
    law: Law


class Spoken(NamedTuple):
    """A deal in words or facts: words or a text file, facts, places, and compliance declarations with their author."""

    deal: str | None
    file: Path | None
    facts: Sequence[str]
    places: Mapping[str, str]
    standing: tuple[Sequence[str], str, str]
    steps: Path | None = None
    papers: Path | None = None


def with_china_alone(given: Mapping[str, object]) -> None:
    """Raises CoercivityError if an option was given that is known for Chinese law alone."""
    named = [name for name, value in given.items() if value]
    if named:
        raise CoercivityError([_china_only(named)])


def _china_only(named: Sequence[str]) -> Fault:
    what = f"{' and '.join(named)} cannot be combined with several jurisdictions"
    return Fault("ARGUMENT", what, where=JURISDICTION, next="ask for China alone, or omit it")


def with_china_only(given: Mapping[str, object], work: Callable[[], list[DealAnswers]]) -> list[DealAnswers]:
    """Returns the answers, unless an option was given that is known for Chinese law alone.

    Raises:
        CoercivityError: With that fault, and every one of the request itself.
    """
    named, faults = [name for name, value in given.items() if value], Faults()
    if named:
        faults.items.append(_china_only(named))
    try:
        found = work()
    except CoercivityError as error:
        raise CoercivityError([*faults.items, *error.faults]) from None
    faults.raise_if_any()
    return found


def with_others_only(steps: Path | None) -> None:
    """Raises CoercivityError for steps without another jurisdiction: a file of deals states them in the deal."""
    if steps is not None:
        raise CoercivityError.of(
            "ARGUMENT",
            "--steps without --jurisdiction has no effect",
            where=Argument("steps"),
            next="add --jurisdiction, or write the steps into a file of deals",
        )


def papers_given(path: Path | None) -> list[Mapping[str, object]]:
    """Returns the documents of the lots of a deal, from a table or a YAML file; none if no file is given."""
    from coercivity.verbs.decide import papers_of

    return [] if path is None else papers_of(path)


def answers_of_file(file: Path, asked: Asked) -> list[DealAnswers]:
    """Returns the answers to the deals of a file."""
    from coercivity.verbs.jurisdictions.decide import file_in_jurisdictions

    return file_in_jurisdictions(file, **asked._asdict())


def answers_of_words(spoken: Spoken, asked: Asked) -> list[DealAnswers]:
    """Returns the answers to a deal in words or facts."""
    from coercivity.verbs.decide import Standing, facts_from_pairs, text_of
    from coercivity.verbs.jurisdictions.decide import (
        decide_jurisdictions,
        pairs_in_jurisdictions,
        steps_of,
        text_in_jurisdictions,
    )

    pairs, said_by, said_on = spoken.standing
    standing = Standing(said_by, facts_from_pairs(pairs, asked.law.of(CHINA)), said_on=said_on)
    places = [] if spoken.deal is not None else [f"{name}={place}" for name, place in spoken.places.items()]
    facts = pairs_in_jurisdictions([*spoken.facts, *places], asked.law)
    steps = () if spoken.steps is None else steps_of(spoken.steps)
    papers = papers_given(spoken.papers)
    if spoken.deal is None:
        return [decide_jurisdictions(facts, standing=standing, steps=steps, papers=papers, **asked._asdict())]
    words = spoken.deal if spoken.file is None else text_of(spoken.file)
    return text_in_jurisdictions(
        words, cells=spoken.places, facts=facts, standing=standing, steps=steps, papers=papers, **asked._asdict()
    )


def put_answers(
    found: Sequence[DealAnswers], lang: Lang, *, explain: bool, json: bool, flips: bool = False, windows: bool = False
) -> int:
    """Prints the answers, with what would change each if asked; returns the exit code of the most restrictive one."""
    from coercivity.verbs.jurisdictions.decide import gravest_of
    from coercivity.verbs.jurisdictions.depth import lines_with_depth, plain_with_depth

    if json:
        put_json([plain_with_depth(one, turns=flips, days=windows) for one in found])
    else:
        for one in found:
            put(*lines_with_depth(one, lang, explain=explain, turns=flips, days=windows))
        put(phrase("not_legal_advice", lang))
    return gravest_of(found).exit_code if found else 0
